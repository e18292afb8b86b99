import type { ElementProps } from '../../internal/renderElement.js';
import type { ContainerStatus } from '../../model/status.js';

/** What `className`, `style` and `render` functions of `StatusBadge` are given. */
export interface StatusBadgeState {
  /** Written as `data-state`; `unavailable`: the container could not be read. */
  state: ContainerStatus | 'unavailable';
}

/** Props of `StatusBadge` that do not depend on where the data comes from. */
export interface StatusBadgeOwnProps {
  /** Uses the shorter words that fit a card. @default false */
  compact?: boolean | undefined;
}

/** Props of `StatusBadge`: a `status`, or the `containerId` to read it from. */
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
        /** Reads the container through the nearest `LayersProvider`; draws nothing until it has come, and says so where it cannot be read. */
        containerId: string | null | undefined;
      }
  );
