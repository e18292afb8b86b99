'use client';
import { type ForwardedRef } from 'react';
import { useDecision } from '../../hooks/useDecision.js';
import type { ElementProps } from '../../internal/renderElement.js';
import type { Container, ContainerSummary } from '../../model/container.js';
import { containerKey } from '../../model/ids.js';
import { useReads } from '../../provider/LayersContext.js';
import { ApprovalActionsView } from './ApprovalActionsView.js';
import type { ApprovalActionsOwnProps, ApprovalActionsProps, ApprovalActionsState, DecidingActionsProps } from './types.js';
import { useHandlers } from './useHandlers.js';
import { guarded } from '../guarded.js';

/**
 * Approve and reject: two buttons while a container waits for approval, and afterwards what was decided. A rejection asks for its reason in a dialog. It
 * draws nothing where nothing is to be decided (`not_required`, an unknown status, a container that was not made).
 *
 * Attributes: `data-state` (`waiting` - not completed yet; `pending`, `deciding`, `failed` - not saved; `forbidden`, `conflict` - somebody else decided;
 * `approved`, `rejected`), `data-unscheduled`. Parts: `data-part="message"`, `"actions"`, `"approve"`, `"reject"`, `"note"`, `"dialog"`, `"heading"`,
 * `"consequence"`, `"field"`, `"label"`, `"text"`, `"problem"`, `"count"`, `"failure"`, `"choices"`, `"confirm"`, `"cancel"`, `"details"`.
 *
 * Variables: `--layers-accent`, `--layers-on-accent` (words on the accent), `--layers-surface`, `--layers-text`, `--layers-text-muted`,
 * `--layers-border`, `--layers-border-strong`, `--layers-bad`, `--layers-warn`, `--layers-warn-soft`.
 *
 * @example
 * <ApprovalActions containerId={id} />
 */
export const ApprovalActions = guarded(
  'ApprovalActions',
  { tag: 'div' },
  function ApprovalActions(
    { containerId, container, onApprove, onReject, onDecided, ...props }: ApprovalActionsProps,
    ref: ForwardedRef<HTMLDivElement>,
  ) {
    const key = container && containerKey(container.id);
    if (onApprove) return container ? <PlainActions {...props} key={key} {...{ container, onApprove, onReject }} rootRef={ref} /> : null;
    if (container) return <DecidingActions {...props} key={key} container={container} onDecided={onDecided} rootRef={ref} />;
    if (!containerId) return null;
    return <ReadingActions {...props} key={containerKey(containerId)} containerId={containerId} onDecided={onDecided} rootRef={ref} />;
  },
);

interface CommonProps extends ElementProps<'div', ApprovalActionsState>, ApprovalActionsOwnProps {
  rootRef: ForwardedRef<HTMLDivElement>;
}

interface DecidingProps extends CommonProps {
  container: Container | ContainerSummary;
  onDecided: DecidingActionsProps['onDecided'];
}

function ReadingActions({ containerId, ...props }: Omit<DecidingProps, 'container'> & { containerId: string }) {
  const { data } = useReads().useContainer(containerId);
  return data ? <DecidingActions {...props} container={data} /> : null;
}

function DecidingActions({ container, onDecided, ...props }: DecidingProps) {
  const { deciding, failed, result, isForbidden, decide } = useDecision(container.id, onDecided);
  const decision = {
    deciding: deciding?.decision ?? null,
    error: failed?.error ?? null,
    failed: failed?.input.decision ?? null,
    scheduling: result?.pendingSchedulePromotion?.status ?? null,
    reason: result?.reason ?? null,
    isForbidden,
  };
  return <ApprovalActionsView {...props} container={container} decision={decision} decide={decide} />;
}

interface PlainProps extends CommonProps {
  container: Container | ContainerSummary;
  onApprove: (input: { note?: string }) => unknown;
  onReject: (input: { reason: string }) => unknown;
}

function PlainActions({ container, onApprove, onReject, ...props }: PlainProps) {
  const { taken, decision, decide } = useHandlers(container, onApprove, onReject);
  return <ApprovalActionsView {...props} container={{ ...container, ...taken }} decision={decision} decide={decide} />;
}
