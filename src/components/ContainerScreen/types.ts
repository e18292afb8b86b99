import type { ReactNode } from 'react';
import type { ElementProps } from '../../internal/renderElement.js';
import type { ApprovalResult } from '../../model/approval.js';
import type { Container, ContainerSummary } from '../../model/container.js';
import type { LayersError } from '../../model/errors.js';
import type { ContainerProgress } from '../../progress/ContainerProgress.js';
import type { ProgressEndHandlers } from '../../progress/ends.js';
import type { ProgressBarProps } from '../ProgressBar/types.js';
import type { ApprovalActionsPart } from '../ApprovalActions/types.js';
import type { PostDetailsParts } from '../PostDetails/types.js';
import type { Refresh } from '../PreviewPlayer/useRenewal.js';
import type { ScreenState } from './screenState.js';

/** What `className`, `style` and `render` functions of `ContainerScreen` are given. */
export interface ContainerScreenState {
  /** Written as `data-state`. */
  state: ScreenState;
  /** Written as `data-revealed` on a container that was seen in flight and then completed. */
  revealed: boolean;
}

/** The parts of a screen, from top to bottom. `details` is a `PostDetails`, once it is completed. `actions` holds `decision`, with its buttons `approve`, `reject` and `note`, and then `again` and `notify`. */
export type ContainerScreenPart =
  | 'heading'
  | 'media'
  | 'progress'
  | 'sentence'
  | 'details'
  | 'actions'
  | 'decision'
  | ApprovalActionsPart
  | 'again'
  | 'notify';

/** What a function that draws a part of a screen is given. */
export interface ContainerScreenPartProps {
  state: ScreenState;
  /** `null`: not there yet, or it could not be read. */
  container: Container | ContainerSummary | null;
  /** `null`: nothing is known of it. */
  progress: ContainerProgress | null;
  /** What the screen would draw; `null` where the part has nothing to show. */
  children: ReactNode;
  /** What the part's button does; `undefined` where it has none, or there is nothing to be done. */
  onClick?: (() => void) | undefined;
  /** Reads the container again when the address of its media has run out: `onRefresh` of a `PreviewPlayer` in place of the screen's. */
  onRefresh?: Refresh | undefined;
}

/** Props of `ContainerScreen` that do not depend on where the data comes from. */
export interface ContainerScreenOwnProps {
  /** What stands at the top. @default the container's hook, its topic or its caption */
  heading?: ReactNode;
  /** The level of the heading among the page's headings. @default 1 */
  headingLevel?: 1 | 2 | 3 | 4 | undefined;
  /** Frame of what is not there yet; the media have their own. @default '9:16' */
  aspectRatio?: string | undefined;
  /** Lists the stages under the bar, and with `seconds` the estimate rests on them, as in `ProgressBar`. @default false */
  stages?: ProgressBarProps['stages'];
  /** Words for stages by wire name. */
  stageLabels?: ProgressBarProps['stageLabels'];
  /** `false`: this person may look, and neither decide nor regenerate what failed. @default true */
  canDecide?: boolean | undefined;
  /**
   * Makes it again, or another, after it failed, was stopped or was rejected.
   * @default with `containerId`, one that failed is regenerated in place; else there is no such button
   */
  onMakeAgain?: (() => void) | undefined;
  /** Draws parts of `details` in place of its own; `speaker` is a slot for whoever presents the content. */
  detailParts?: PostDetailsParts | undefined;
  /** Draws parts in place of the screen's own. `children` is what the screen would draw, so that it can be put into something. */
  parts?: { [Part in ContainerScreenPart]?: ((props: ContainerScreenPartProps) => ReactNode) | undefined } | undefined;
}

/** Props of `ContainerScreen`: the `containerId` to follow, or a `container` and what is to be done with it. */
export type ContainerScreenProps = ElementProps<'div', ContainerScreenState> &
  ContainerScreenOwnProps &
  (
    | ({
        /** Follows the container and its progress through the nearest `LayersProvider`; `null` and `undefined` read nothing. */
        containerId: string | null | undefined;
        container?: undefined;
        /** Called with the API's answer to a decision that was taken here. */
        onDecided?: ((result: ApprovalResult) => void) | undefined;
        /** Offers to notify the person of the end while it is in flight, where the browser can and they have not been asked. @default true */
        offersNotification?: boolean | undefined;
        /** Shows the share done in the page's title. @default false */
        titleProgress?: boolean | undefined;
      } & ProgressEndHandlers)
    | {
        containerId?: undefined;
        /** `null`: not there yet. Needs no provider. */
        container: Container | ContainerSummary | null;
        /** How far it is, while in flight. */
        progress?: ContainerProgress | null | undefined;
        /** Why it could not be read. */
        error?: LayersError | null | undefined;
        /** Reads it again. */
        onRetry?: (() => void) | undefined;
        /** Approves and rejects, as in `ApprovalActions`; without both nothing can be decided. */
        onApprove?: ((input: { note?: string }) => unknown) | undefined;
        onReject?: ((input: { reason: string }) => unknown) | undefined;
      }
  );
