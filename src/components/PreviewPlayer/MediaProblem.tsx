'use client';
import { useEffect, useRef } from 'react';
import { useWords } from '../../provider/MessagesContext.js';
import { Details } from '../Details.js';
import { AlertIcon } from '../icons.js';
import { commonEnglish } from '../words.js';

interface MediaProblemProps {
  /** What happened. */
  sentence: string;
  requestId?: string | null | undefined;
  /** Moves the focus to the button, when it was on what failed. */
  takesFocus?: boolean | undefined;
  onRetry: () => void;
}

/** One sentence over a dimmed frame, and a way on. */
export function MediaProblem({ sentence, requestId, takesFocus = false, onRetry }: MediaProblemProps) {
  const { messages } = useWords(commonEnglish);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (takesFocus) button.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  return (
    <div data-part="problem">
      <AlertIcon size={24} />
      <p data-part="sentence">{sentence}</p>
      <button ref={button} type="button" data-part="retry" onClick={onRetry}>
        {messages.tryAgain}
      </button>
      <Details requestId={requestId} />
    </div>
  );
}
