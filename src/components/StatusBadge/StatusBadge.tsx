'use client';
import { type ForwardedRef, type ReactNode } from 'react';
import type { ElementProps } from '../../internal/renderElement.js';
import type { ContainerStatus } from '../../model/status.js';
import { useReads } from '../../provider/LayersContext.js';
import { useWords } from '../../provider/MessagesContext.js';
import { renderBadge } from '../Badge.js';
import { ArcIcon, CheckIcon, ClockIcon, CrossIcon, QuestionIcon, SlashIcon } from '../icons.js';
import type { StatusBadgeOwnProps, StatusBadgeProps, StatusBadgeState } from './types.js';
import { statusBadgeWords } from './words.js';
import { guarded } from '../guarded.js';

/**
 * Where a container is in its life: a pill with an icon and a word.
 *
 * Attributes: `data-state` (`queued`, `processing`, `completed`, `failed`, `canceled`, `unknown`, and `unavailable` where the container could not be
 * read). Parts: `data-part="icon"`, `"word"`.
 *
 * Variables: `--layers-neutral`, `--layers-neutral-soft`, `--layers-ok`, `--layers-ok-soft`, `--layers-bad`, `--layers-bad-soft`, `--layers-text`,
 * `--layers-accent`, `--layers-accent-soft` (the accent at 14% on the surface).
 */
export const StatusBadge = guarded(
  'StatusBadge',
  { tag: 'span' },
  function StatusBadge({ status, containerId, ...props }: StatusBadgeProps, ref: ForwardedRef<HTMLSpanElement>) {
    if (containerId) return <ConnectedStatusBadge {...props} containerId={containerId} rootRef={ref} />;
    return status ? <StatusBadgeView {...props} status={status} rootRef={ref} /> : null;
  },
);

interface ViewProps extends ElementProps<'span', StatusBadgeState>, StatusBadgeOwnProps {
  status: ContainerStatus | 'unavailable';
  rootRef: ForwardedRef<HTMLSpanElement>;
}

function ConnectedStatusBadge({ containerId, ...props }: Omit<ViewProps, 'status'> & { containerId: string }) {
  const { data, error } = useReads().useContainer(containerId);
  const status = data?.status ?? (error ? 'unavailable' : null);
  return status && <StatusBadgeView {...props} status={status} />;
}

const icons: Record<ContainerStatus | 'unavailable', ReactNode> = {
  queued: <ClockIcon />,
  processing: <ArcIcon />,
  completed: <CheckIcon />,
  failed: <CrossIcon />,
  canceled: <SlashIcon />,
  unknown: <QuestionIcon />,
  unavailable: <QuestionIcon />,
};

function StatusBadgeView({ status, compact = false, rootRef, ...props }: ViewProps) {
  const { messages } = useWords(statusBadgeWords);
  // A caller without types may pass a word that this version does not know.
  const state = Object.hasOwn(icons, status) ? status : 'unknown';
  return renderBadge({ name: 'layers-StatusBadge', state: { state }, icon: icons[state], word: wordOf(), props, ref: rootRef });

  function wordOf(): string {
    if (state === 'unavailable') return compact ? messages.unavailable : messages.statusUnavailable;
    return compact ? messages.statusShort(state) : messages.status(state);
  }
}
