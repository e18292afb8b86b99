'use client';
import { type ForwardedRef, type ReactNode } from 'react';
import type { ElementProps } from '../../internal/renderElement.js';
import type { ApprovalStatus } from '../../model/status.js';
import { useReads } from '../../provider/LayersContext.js';
import { useWords } from '../../provider/MessagesContext.js';
import { renderBadge } from '../Badge.js';
import { CheckIcon, ClockIcon, CrossIcon, DashIcon, QuestionIcon } from '../icons.js';
import type { ApprovalBadgeOwnProps, ApprovalBadgeProps, ApprovalBadgeState } from './types.js';
import { approvalBadgeWords } from './words.js';
import { guarded } from '../guarded.js';

/**
 * Where a container is in review: a pill with an icon and a word. `not_required` draws nothing unless asked for.
 *
 * Attributes: `data-state` (`pending`, `approved`, `rejected`, `not_required`, `unknown`, and `unavailable` where the container could not be
 * read). Parts: `data-part="icon"`, `"word"`.
 *
 * Variables: `--layers-warn`, `--layers-warn-soft`, `--layers-ok`, `--layers-ok-soft`, `--layers-bad`, `--layers-bad-soft`,
 * `--layers-neutral`, `--layers-neutral-soft`.
 */
export const ApprovalBadge = guarded(
  'ApprovalBadge',
  { tag: 'span' },
  function ApprovalBadge({ status, containerId, ...props }: ApprovalBadgeProps, ref: ForwardedRef<HTMLSpanElement>) {
    if (containerId) return <ConnectedApprovalBadge {...props} containerId={containerId} rootRef={ref} />;
    return status ? <ApprovalBadgeView {...props} status={status} rootRef={ref} /> : null;
  },
);

interface ViewProps extends ElementProps<'span', ApprovalBadgeState>, ApprovalBadgeOwnProps {
  status: ApprovalStatus | 'unavailable';
  rootRef: ForwardedRef<HTMLSpanElement>;
}

function ConnectedApprovalBadge({ containerId, ...props }: Omit<ViewProps, 'status'> & { containerId: string }) {
  const { data, error } = useReads().useContainer(containerId);
  // Progress doesn't carry it.
  const isKnown = data !== undefined && !(data.isPartial && data.rawApprovalStatus === '' && data.approvalStatus === 'unknown');
  const status = isKnown ? data.approvalStatus : error ? 'unavailable' : null;
  return status && <ApprovalBadgeView {...props} status={status} />;
}

const icons: Record<ApprovalStatus | 'unavailable', ReactNode> = {
  not_required: <DashIcon />,
  pending: <ClockIcon />,
  approved: <CheckIcon />,
  rejected: <CrossIcon />,
  unknown: <QuestionIcon />,
  unavailable: <QuestionIcon />,
};

function ApprovalBadgeView({ status, showNotRequired = false, compact = false, rootRef, ...props }: ViewProps) {
  const { messages } = useWords(approvalBadgeWords);
  // A caller without types may pass a word that this version does not know.
  const state = Object.hasOwn(icons, status) ? status : 'unknown';
  if (state === 'not_required' && !showNotRequired) return null;
  return renderBadge({ name: 'layers-ApprovalBadge', state: { state }, icon: icons[state], word: wordOf(), props, ref: rootRef });

  function wordOf(): string {
    if (state === 'unavailable') return compact ? messages.unavailable : messages.approvalUnavailable;
    return compact ? messages.approvalShort(state) : messages.approval(state);
  }
}
