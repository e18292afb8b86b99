'use client';
import { type ForwardedRef, forwardRef } from 'react';
import { useContainer } from '../../hooks/useContainer.js';
import { useDecision } from '../../hooks/useDecision.js';
import type { ElementProps } from '../../internal/renderElement.js';
import type { ApprovalResult } from '../../model/approval.js';
import type { Container, ContainerSummary } from '../../model/container.js';
import { ApprovalActionsView } from './ApprovalActionsView.js';
import type { ReviewState } from './reviewState.js';
import { useHandlers } from './useHandlers.js';

/** What `className`, `style` and `render` functions of {@link ApprovalActions} are given. */
export interface ApprovalActionsState {
  /** Written as `data-state`. */
  state: ReviewState;
  /** Whether the post that waited for the approval was not scheduled. Written as `data-unscheduled`. */
  unscheduled: boolean;
}

export interface ApprovalActionsOwnProps {
  /** Whether an approval may carry a note, behind a button. @default true */
  withNote?: boolean | undefined;
  /** `false`: this person may look and not decide; the buttons say so and do nothing. @default true */
  canDecide?: boolean | undefined;
}

interface ConnectedProps {
  /** Called with the API's answer to a decision that was taken here. */
  onDecided?: ((result: ApprovalResult) => void) | undefined;
  onApprove?: undefined;
  onReject?: undefined;
}

/** Props of {@link ApprovalActions}: a `containerId`, or a `container` and, outside of a `LayersProvider`, what to do. */
export type ApprovalActionsProps = ElementProps<'div', ApprovalActionsState> &
  ApprovalActionsOwnProps &
  (
    | ({
        /** Reads the container through the nearest `LayersProvider`, and decides through it; draws nothing until it has come. */
        containerId: string | null | undefined;
        container?: undefined;
      } & ConnectedProps)
    | ({
        containerId?: undefined;
        /** A container or a list row; no read is spent. Decides through the nearest `LayersProvider`. `null` and `undefined` draw nothing. */
        container: Container | ContainerSummary | null | undefined;
      } & ConnectedProps)
    | {
        containerId?: undefined;
        container: Container | ContainerSummary | null | undefined;
        /** Approves; needs no provider. While its promise is pending the buttons wait; a rejection is told, a `LayersError` in words of its own. */
        onApprove: (input: { note?: string }) => unknown;
        /** Rejects, like `onApprove`. */
        onReject: (input: { reason: string }) => unknown;
        onDecided?: undefined;
      }
  );

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
export const ApprovalActions = forwardRef(function ApprovalActions(
  { containerId, container, onApprove, onReject, onDecided, ...props }: ApprovalActionsProps,
  ref: ForwardedRef<HTMLDivElement>,
) {
  if (onApprove)
    return container ? <PlainActions {...props} key={container.id} {...{ container, onApprove, onReject }} rootRef={ref} /> : null;
  if (container) return <DecidingActions {...props} key={container.id} container={container} onDecided={onDecided} rootRef={ref} />;
  if (containerId) return <ReadingActions {...props} key={containerId} containerId={containerId} onDecided={onDecided} rootRef={ref} />;
  return null;
});

interface CommonProps extends ElementProps<'div', ApprovalActionsState>, ApprovalActionsOwnProps {
  rootRef: ForwardedRef<HTMLDivElement>;
}

interface DecidingProps extends CommonProps {
  container: Container | ContainerSummary;
  onDecided: ConnectedProps['onDecided'];
}

function ReadingActions({ containerId, ...props }: Omit<DecidingProps, 'container'> & { containerId: string }) {
  const { data } = useContainer(containerId);
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
