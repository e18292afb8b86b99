'use client';
import type { Container, ContainerSummary } from '../../model/container.js';
import { containerName } from '../../model/containerName.js';
import type { LayersError } from '../../model/errors.js';
import { isTerminalStatus } from '../../model/status.js';
import type { ContainerProgress } from '../../progress/ContainerProgress.js';
import { useWords } from '../../provider/MessagesContext.js';
import { awaitsOutcome } from '../awaitsOutcome.js';
import { ProgressBar } from '../ProgressBar/ProgressBar.js';
import type { ProgressBarFreshness } from '../ProgressBar/types.js';
import { StatusIcon } from '../StatusIcon.js';
import { statusAlone } from '../statusAlone.js';
import { cardWords } from './words.js';

interface CardWellProps {
  container: Container | ContainerSummary;
  progress: ContainerProgress | null;
  progressError?: LayersError | null | undefined;
  freshness?: ProgressBarFreshness | undefined;
}

/** What a card's frame holds where there is no media: progress, or why there is none. */
export function CardWell({ container, progress, progressError, freshness }: CardWellProps) {
  const { messages } = useWords(cardWords);
  const { status, lastError } = container;
  if (!isTerminalStatus(status) || awaitsOutcome(container)) {
    const name = containerName(container);
    return (
      <ProgressBar
        progress={progress ?? statusAlone(container)}
        error={progressError}
        freshness={freshness}
        {...(name !== null && { label: name })}
      />
    );
  }
  return (
    <div data-part="empty">
      <StatusIcon status={status} size={24} />
      <span>{status === 'completed' ? messages.noMedia : messages.status(status)}</span>
      {status === 'failed' && lastError && (
        <p data-part="message" dir="auto">
          {lastError.message}
        </p>
      )}
    </div>
  );
}
