import type { ElementProps } from '../../internal/renderElement.js';
import type { PlatformFit } from '../../model/container.js';

/** What `className`, `style` and `render` functions of `PlatformFitNotice` are given. */
export interface PlatformFitNoticeState {
  /**
   * `unfit` - at least one platform will not take it; `remarks` - all will, and there is something to know; `unavailable` - the container could
   * not be read. Written as `data-state`.
   */
  state: 'unfit' | 'remarks' | 'unavailable';
}

/** Props of `PlatformFitNotice` that do not depend on where the data comes from. */
export interface PlatformFitNoticeOwnProps {
  /** Draws one pill for each platform that it does not fit, and no issues: for a card. @default false */
  compact?: boolean | undefined;
}

/** Props of `PlatformFitNotice`: a container's `platformFit`, or the `containerId` to read it from. */
export type PlatformFitNoticeProps = ElementProps<'div', PlatformFitNoticeState> &
  PlatformFitNoticeOwnProps &
  (
    | {
        /** How each platform takes an upload. `null` (generated content) and `undefined` draw nothing. */
        platformFit?: readonly PlatformFit[] | null | undefined;
        containerId?: undefined;
      }
    | {
        platformFit?: undefined;
        /** Reads the container through the nearest `LayersProvider`; draws nothing until it has come, and says so where it cannot be read. */
        containerId: string | null | undefined;
      }
  );
