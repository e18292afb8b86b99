'use client';
import { type ForwardedRef, forwardRef, type ReactNode } from 'react';
import { useContainer } from '../../hooks/useContainer.js';
import type { ElementProps } from '../../internal/renderElement.js';
import type { ApprovalStatus } from '../../model/status.js';
import { useMessages } from '../../provider/MessagesContext.js';
import { renderBadge } from '../Badge.js';
import { CheckIcon, ClockIcon, CrossIcon, DashIcon, QuestionIcon } from '../icons.js';

/** What `className`, `style` and `render` functions of {@link ApprovalBadge} are given. */
export interface ApprovalBadgeState {
  /** Written as `data-state`. */
  state: ApprovalStatus;
}

interface ApprovalBadgeOwnProps {
  /** Draws the badge also where nothing is to be approved. @default false */
  showNotRequired?: boolean | undefined;
  /** Uses the shorter words that fit a card. @default false */
  compact?: boolean | undefined;
}

/** Props of {@link ApprovalBadge}: a `status`, or the `containerId` to read it from. */
export type ApprovalBadgeProps = ElementProps<'span', ApprovalBadgeState> &
  ApprovalBadgeOwnProps &
  (
    | {
        /** Where the container is in review; `null` and `undefined` draw nothing. */
        status?: ApprovalStatus | null | undefined;
        containerId?: undefined;
      }
    | {
        status?: undefined;
        /** Reads the container through the nearest `LayersProvider`; draws nothing until it has come. */
        containerId: string | null | undefined;
      }
  );

/**
 * Where a container is in review: a pill with an icon and a word. `not_required` draws nothing unless asked for.
 *
 * Attributes: `data-state` (`pending`, `approved`, `rejected`, `not_required`, `unknown`). Parts: `data-part="icon"`, `"word"`.
 *
 * Variables: `--layers-warn`, `--layers-warn-soft`, `--layers-ok`, `--layers-ok-soft`, `--layers-bad`, `--layers-bad-soft`,
 * `--layers-neutral`, `--layers-neutral-soft`.
 */
export const ApprovalBadge = forwardRef(function ApprovalBadge(
  { status, containerId, ...props }: ApprovalBadgeProps,
  ref: ForwardedRef<HTMLSpanElement>,
) {
  if (containerId) return <ConnectedApprovalBadge {...props} containerId={containerId} rootRef={ref} />;
  return status ? <ApprovalBadgeView {...props} status={status} rootRef={ref} /> : null;
});

interface ViewProps extends ElementProps<'span', ApprovalBadgeState>, ApprovalBadgeOwnProps {
  status: ApprovalStatus;
  rootRef: ForwardedRef<HTMLSpanElement>;
}

function ConnectedApprovalBadge({ containerId, ...props }: Omit<ViewProps, 'status'> & { containerId: string }) {
  const { data } = useContainer(containerId);
  return data ? <ApprovalBadgeView {...props} status={data.approvalStatus} /> : null;
}

const icons: Record<ApprovalStatus, ReactNode> = {
  not_required: <DashIcon />,
  pending: <ClockIcon />,
  approved: <CheckIcon />,
  rejected: <CrossIcon />,
  unknown: <QuestionIcon />,
};

function ApprovalBadgeView({ status, showNotRequired = false, compact = false, rootRef, ...props }: ViewProps) {
  const { messages } = useMessages();
  // A caller without types may pass a word that this version does not know.
  const state = Object.hasOwn(icons, status) ? status : 'unknown';
  if (state === 'not_required' && !showNotRequired) return null;
  const word = compact ? messages.approvalShort(state) : messages.approval(state);
  return renderBadge({ name: 'layers-ApprovalBadge', state: { state }, icon: icons[state], word, props, ref: rootRef });
}
