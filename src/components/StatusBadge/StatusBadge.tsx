'use client';
import { type ForwardedRef, forwardRef, type ReactNode } from 'react';
import { useContainer } from '../../hooks/useContainer.js';
import type { ElementProps } from '../../internal/renderElement.js';
import type { ContainerStatus } from '../../model/status.js';
import { useMessages } from '../../provider/MessagesContext.js';
import { renderBadge } from '../Badge.js';
import { ArcIcon, CheckIcon, ClockIcon, CrossIcon, QuestionIcon, SlashIcon } from '../icons.js';

/** What `className`, `style` and `render` functions of {@link StatusBadge} are given. */
export interface StatusBadgeState {
  /** Written as `data-state`. */
  state: ContainerStatus;
}

interface StatusBadgeOwnProps {
  /** Uses the shorter words that fit a card. @default false */
  compact?: boolean | undefined;
}

/** Props of {@link StatusBadge}: a `status`, or the `containerId` to read it from. */
export type StatusBadgeProps = ElementProps<'span', StatusBadgeState> &
  StatusBadgeOwnProps &
  (
    | {
        /** Where the container is in its life; `null` and `undefined` draw nothing. */
        status?: ContainerStatus | null | undefined;
        containerId?: undefined;
      }
    | {
        status?: undefined;
        /** Reads the container through the nearest `LayersProvider`; draws nothing until it has come. */
        containerId: string | null | undefined;
      }
  );

/**
 * Where a container is in its life: a pill with an icon and a word.
 *
 * Attributes: `data-state` (`queued`, `processing`, `completed`, `failed`, `canceled`, `unknown`). Parts: `data-part="icon"`, `"word"`.
 *
 * Variables: `--layers-neutral`, `--layers-neutral-soft`, `--layers-ok`, `--layers-ok-soft`, `--layers-bad`, `--layers-bad-soft`, `--layers-text`,
 * `--layers-accent`, `--layers-accent-soft` (the accent at 14% on the surface).
 */
export const StatusBadge = forwardRef(function StatusBadge(
  { status, containerId, ...props }: StatusBadgeProps,
  ref: ForwardedRef<HTMLSpanElement>,
) {
  if (containerId) return <ConnectedStatusBadge {...props} containerId={containerId} rootRef={ref} />;
  return status ? <StatusBadgeView {...props} status={status} rootRef={ref} /> : null;
});

interface ViewProps extends ElementProps<'span', StatusBadgeState>, StatusBadgeOwnProps {
  status: ContainerStatus;
  rootRef: ForwardedRef<HTMLSpanElement>;
}

function ConnectedStatusBadge({ containerId, ...props }: Omit<ViewProps, 'status'> & { containerId: string }) {
  const { data } = useContainer(containerId);
  return data ? <StatusBadgeView {...props} status={data.status} /> : null;
}

const icons: Record<ContainerStatus, ReactNode> = {
  queued: <ClockIcon />,
  processing: <ArcIcon />,
  completed: <CheckIcon />,
  failed: <CrossIcon />,
  canceled: <SlashIcon />,
  unknown: <QuestionIcon />,
};

function StatusBadgeView({ status, compact = false, rootRef, ...props }: ViewProps) {
  const { messages } = useMessages();
  // A caller without types may pass a word that this version does not know.
  const state = Object.hasOwn(icons, status) ? status : 'unknown';
  const word = compact ? messages.statusShort(state) : messages.status(state);
  return renderBadge({ name: 'layers-StatusBadge', state: { state }, icon: icons[state], word, props, ref: rootRef });
}
