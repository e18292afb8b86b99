'use client';
import type { ComponentType } from 'react';
import type { Container, ContainerSummary } from '../../model/container.js';
import { containerName } from '../../model/containerName.js';
import type { LayersError } from '../../model/errors.js';
import { type ContainerStatus, isTerminalStatus } from '../../model/status.js';
import { advanceProgress } from '../../progress/advanceProgress.js';
import type { ContainerProgress } from '../../progress/ContainerProgress.js';
import { useMessages } from '../../provider/MessagesContext.js';
import { ArcIcon, ClockIcon, CrossIcon, FrameIcon, type IconProps, QuestionIcon, SlashIcon } from '../icons.js';
import { ProgressBar } from '../ProgressBar/ProgressBar.js';

interface CardWellProps {
  container: Container | ContainerSummary;
  progress: ContainerProgress | null;
  progressError?: LayersError | null | undefined;
}

/** What a card's frame holds where there is no media: progress, or why there is none. */
export function CardWell({ container, progress, progressError }: CardWellProps) {
  const { messages } = useMessages();
  const { status, lastError } = container;
  if (!isTerminalStatus(status)) {
    const name = containerName(container);
    return <ProgressBar progress={progress ?? statusAlone(container)} error={progressError} {...(name !== null && { label: name })} />;
  }
  const Icon = marks[status] ?? FrameIcon;
  return (
    <div data-part="empty">
      <Icon size={24} />
      {status === 'completed' ? messages.noMedia : messages.status(status)}
      {status === 'failed' && lastError && (
        <p data-part="message" dir="auto">
          {lastError.message}
        </p>
      )}
    </div>
  );
}

const marks: Partial<Record<ContainerStatus, ComponentType<IconProps>>> = {
  queued: ClockIcon,
  processing: ArcIcon,
  failed: CrossIcon,
  canceled: SlashIcon,
  unknown: QuestionIcon,
};

/** What a frame too small for words holds where there is no media. */
export function CardMark({ status }: { status: ContainerStatus }) {
  const Icon = marks[status] ?? FrameIcon;
  return (
    <div data-part="empty">
      <Icon size={20} />
    </div>
  );
}

/** All that a list row says of its progress. */
function statusAlone({ id, status, rawStatus }: Container | ContainerSummary): ContainerProgress {
  const nothing = { stage: null, stageProgress: null, etaSeconds: null, updatedAt: null };
  return advanceProgress(null, { containerId: id, status, rawStatus, ...nothing }, 0);
}
