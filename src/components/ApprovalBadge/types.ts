import type { ElementProps } from '../../internal/renderElement.js';
import type { ApprovalStatus } from '../../model/status.js';

/** What `className`, `style` and `render` functions of `ApprovalBadge` are given. */
export interface ApprovalBadgeState {
  /** Written as `data-state`; `unavailable`: the container could not be read. */
  state: ApprovalStatus | 'unavailable';
}

/** Props of `ApprovalBadge` that do not depend on where the data comes from. */
export interface ApprovalBadgeOwnProps {
  /** Draws the badge also where nothing is to be approved. @default false */
  showNotRequired?: boolean | undefined;
  /** Uses the shorter words that fit a card. @default false */
  compact?: boolean | undefined;
}

/** Props of `ApprovalBadge`: a `status`, or the `containerId` to read it from. */
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
        /** Reads the container through the nearest `LayersProvider`; draws nothing until it has come, and says so where it cannot be read. */
        containerId: string | null | undefined;
      }
  );
