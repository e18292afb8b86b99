import type { LayersError } from '../../src/index.js';

/** What went wrong, in words, with the request id where there is one. */
export function Problem({ error, onRetry }: { error: LayersError; onRetry?: () => void }) {
  return (
    <div className="problem" role="alert">
      <p>{error.message}</p>
      {error.requestId && (
        <details>
          <summary>Details</summary>
          <code>{error.requestId}</code>
        </details>
      )}
      {onRetry && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
