'use client';
import type { LayersError } from '../../model/errors.js';
import { useWords } from '../../provider/MessagesContext.js';
import { GridProblem } from './GridProblem.js';
import { gridWords } from './words.js';

interface GridEndProps {
  count: number;
  lookedAt: number | undefined;
  hasNextPage: boolean;
  isFetching: boolean;
  error: LayersError | null;
  onLoadMore: (() => void) | undefined;
  onRetry: (() => void) | undefined;
}

/** Below the last row: more, what went wrong with it, or how many there are. */
export function GridEnd({ count, lookedAt, hasNextPage, isFetching, error, onLoadMore, onRetry }: GridEndProps) {
  const { messages, locale } = useWords(gridWords);
  // Not while it is tried again: the button says so, and the alert is new when that fails as well.
  if (error && !isFetching) return <GridProblem sentence={messages.gridMoreFailed} error={error} onRetry={onRetry} />;
  if (!hasNextPage) return <p data-part="end">{messages.gridEnd(count, locale)}</p>;
  return (
    <div data-part="end">
      {count === 0 && lookedAt !== undefined && lookedAt > 0 && <p>{messages.gridLookedAt(lookedAt, locale)}</p>}
      {/* Not disabled while it works: that would take the focus away. */}
      <button type="button" data-part="more" aria-disabled={isFetching || undefined} onClick={isFetching ? undefined : onLoadMore}>
        {isFetching ? messages.gridLoadingMore : messages.gridLoadMore}
      </button>
    </div>
  );
}
