'use client';
import { useEffect, useRef } from 'react';
import { hasNoFocus } from '../../internal/dom.js';
import type { LayersError } from '../../model/errors.js';
import { useWords } from '../../provider/MessagesContext.js';
import { Details } from '../Details.js';
import { problemSentence } from '../problemSentence.js';
import { AlertIcon, OutIcon } from '../icons.js';
import { playerWords } from './words.js';

interface MediaProblemProps {
  /** What happened. */
  sentence: string;
  requestId?: string | null | undefined;
  /** Moves the focus to the button or link, when it was on what failed and is nowhere now. */
  takesFocus?: boolean | undefined;
  /** Tries again. @default nothing that could help is offered */
  onRetry?: (() => void) | undefined;
  /** The file itself, for what the browser can do with it elsewhere. */
  href?: string | null | undefined;
}

/** One sentence over a dimmed frame, and a way on. */
export function MediaProblem({ sentence, requestId, takesFocus = false, onRetry, href }: MediaProblemProps) {
  const { messages } = useWords(playerWords);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = root.current;
    // What failed had it, and is gone. Who has begun something else meanwhile keeps theirs.
    if (!takesFocus || !element || !hasNoFocus(element.ownerDocument)) return;
    element.querySelector<HTMLElement>('button, a')?.focus({ preventScroll: true });
  }, [takesFocus]);
  return (
    <div ref={root} data-part="problem">
      <AlertIcon size={24} />
      <p data-part="sentence">{sentence}</p>
      {onRetry && (
        <button type="button" data-part="retry" onClick={onRetry}>
          {messages.tryAgain}
        </button>
      )}
      {href && (
        <a data-part="link" href={href} target="_blank" rel="noopener noreferrer">
          <span>{messages.openFile}</span>
          <OutIcon />
        </a>
      )}
      <Details requestId={requestId} />
    </div>
  );
}

/** What to say of a container that can't be read. One that isn't there may be there later. */
export function unavailable(error: LayersError, sentence: string, onRetry: () => void): MediaProblemProps {
  return { sentence: problemSentence(error, sentence), requestId: error.requestId, onRetry };
}
