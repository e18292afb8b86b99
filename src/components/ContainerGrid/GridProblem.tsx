'use client';
import type { LayersError } from '../../model/errors.js';
import { useWords } from '../../provider/MessagesContext.js';
import { Details } from '../Details.js';
import { AlertIcon } from '../icons.js';
import { gridWords } from './words.js';

interface GridProblemProps {
  sentence: string;
  error: LayersError;
  onRetry: (() => void) | undefined;
}

/** What went wrong, and a way on. */
export function GridProblem({ sentence, error, onRetry }: GridProblemProps) {
  const { messages } = useWords(gridWords);
  return (
    <div data-part="problem">
      <AlertIcon size={24} />
      <p data-part="sentence" role="alert">
        {sentence}
      </p>
      {onRetry && (
        <button type="button" data-part="retry" onClick={onRetry}>
          {messages.tryAgain}
        </button>
      )}
      <Details code={error.code} requestId={error.requestId} />
    </div>
  );
}
