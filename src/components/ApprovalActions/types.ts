import type { ReactNode } from 'react';
import type { ElementProps } from '../../internal/renderElement.js';
import type { ApprovalResult } from '../../model/approval.js';
import type { Container, ContainerSummary } from '../../model/container.js';
import type { ReviewState } from './reviewState.js';

/** What `className`, `style` and `render` functions of `ApprovalActions` are given. */
export interface ApprovalActionsState {
  /** Written as `data-state`. */
  state: ReviewState;
  /** Whether the post that waited for the approval was not scheduled. Written as `data-unscheduled`. */
  unscheduled: boolean;
}

/** The buttons of an `ApprovalActions`. */
export type ApprovalActionsPart = 'approve' | 'reject' | 'note';

/** What a function that draws a button of an `ApprovalActions` is given. */
export interface ApprovalActionsPartProps {
  state: ReviewState;
  container: Container | ContainerSummary;
  /** The button as it would be drawn. */
  children: ReactNode;
  /** What it does: `approve` sends the approval, `reject` asks for the reason, `note` opens the field. `undefined` while nothing can be decided. */
  onClick: (() => void) | undefined;
}

/** Props of `ApprovalActions` that do not depend on where the data comes from. */
export interface ApprovalActionsOwnProps {
  /** Whether an approval may carry a note, behind a button. @default true */
  withNote?: boolean | undefined;
  /** `false`: this person may look and not decide; the buttons say so and do nothing. @default true */
  canDecide?: boolean | undefined;
  /**
   * `false`: the words say that a new version re-opens what was rejected; `true`: that a rejection can't be undone.
   * @default false with a client of the `legacy` edition, whose `regenerate` re-opens it; else true
   */
  isRejectionFinal?: boolean | undefined;
  /** Draws single buttons in place of the component's own. */
  parts?: { [Part in ApprovalActionsPart]?: ((props: ApprovalActionsPartProps) => ReactNode) | undefined } | undefined;
}

/** Props of one that decides through a provider. */
export interface DecidingActionsProps {
  /** Called with the API's answer to a decision that was taken here. */
  onDecided?: ((result: ApprovalResult) => void) | undefined;
  onApprove?: undefined;
  onReject?: undefined;
}

/** Props of `ApprovalActions`: a `containerId`, or a `container` and, outside of a `LayersProvider`, what to do. */
export type ApprovalActionsProps = ElementProps<'div', ApprovalActionsState> &
  ApprovalActionsOwnProps &
  (
    | ({
        /** Reads the container through the nearest `LayersProvider`, and decides through it; draws nothing until it has come. */
        containerId: string | null | undefined;
        container?: undefined;
      } & DecidingActionsProps)
    | ({
        containerId?: undefined;
        /** A container or a list row; no read is spent. Decides through the nearest `LayersProvider`. `null` and `undefined` draw nothing. */
        container: Container | ContainerSummary | null | undefined;
      } & DecidingActionsProps)
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
