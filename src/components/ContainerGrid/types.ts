import type { ReactNode } from 'react';
import type { ElementProps } from '../../internal/renderElement.js';
import type { ContainerSummary } from '../../model/container.js';
import type { StagePlan } from '../../progress/options.js';
import type { OpenHandler } from '../ContainerCard/types.js';
import type { LayersError } from '../../model/errors.js';
import type { ContainerListQuery } from '../../queries/list/containerListFilters.js';

/** What `className`, `style` and `render` functions of `ContainerGrid` are given. */
export interface ContainerGridState {
  /** Written as `data-state`: `ready` as soon as there is a row, whatever happens to the next ones. */
  state: 'loading' | 'error' | 'empty' | 'ready';
  /** Written as `data-variant`. */
  variant: 'grid' | 'list';
  /** Written as `data-selecting` while something is selected. */
  selecting: boolean;
}

/** Props of `ContainerGrid` that do not depend on where the data comes from. */
export interface ContainerGridOwnProps {
  /** Cards in columns, or one under the other with the frame at the side. @default 'grid' */
  variant?: 'grid' | 'list' | undefined;
  /** Accessible name. @default `gridLabel`, "Content" */
  label?: string | undefined;
  /** Makes the title of a card a link. */
  href?: ((container: ContainerSummary) => string | undefined) | undefined;
  /**
   * Makes the title of a card a button, or is called when its link is clicked: `event.preventDefault()` lets a router take it from there. A link that is opened
   * in another tab or window (Ctrl, Cmd, Shift or middle click) is the browser's. Enter on a card does the same, with Ctrl or Cmd in another tab.
   */
  onOpen?: OpenHandler | undefined;
  /** Draws a container instead of a card. Whatever has `data-part="open"` in it is what Enter opens. */
  renderItem?: ((container: ContainerSummary, index: number) => ReactNode) | undefined;
  /** Stands in the bar that stays at the upper edge: filters, say. */
  toolbar?: ReactNode;
  /** What is shown where there is nothing. @default `gridEmpty`, "Nothing here yet" */
  empty?: ReactNode;
  /** `scroll`: more is loaded before its end comes into view. `button`: only when a person asks. @default 'scroll' */
  loadMore?: 'scroll' | 'button' | undefined;
  /** Which containers can be selected: `true` those that wait for approval. @default false */
  selectable?: boolean | ((container: ContainerSummary) => boolean) | undefined;
  /** Ids of what is selected. @default kept here, beginning with `defaultSelectedIds` */
  selectedIds?: readonly string[] | undefined;
  /** @default [] */
  defaultSelectedIds?: readonly string[] | undefined;
  /**
   * Called with what is selected, in the order of the list, whenever a person changes that. Not when a selected row leaves or is decided elsewhere: what
   * `selectionActions` gets is always up to date.
   */
  onSelectionChange?: ((selectedIds: string[]) => void) | undefined;
  /** Stands beside the number of selected containers. @default with `projectId`, a button that approves them, and how that goes */
  selectionActions?: ((selectedIds: readonly string[]) => ReactNode) | undefined;
  /** Frame of the cards. @default '9:16' */
  aspectRatio?: string | undefined;
  /** The stages to expect, in order: with `seconds`, the estimates of what is followed rest on them. @default the provider's */
  stages?: StagePlan | undefined;
  /** Milliseconds since 1970 that times are told from. @default the time of day, once the page is live; a date in server HTML */
  now?: number | undefined;
  /**
   * Name under which the grid remembers, while the page lives, where somebody was, to be there again when it is mounted anew. `null`: nothing is
   * remembered.
   * @default with `projectId`, the project and its filters; else null
   */
  scrollKey?: string | null | undefined;
}

/** A row of a list that could not be read. */
export interface InvalidRow {
  /** Where it stood in its page, from 0. */
  index: number;
  /** What is wrong with it; empty: not known. */
  reason: string;
}

/** The data of a `ContainerGrid` whose rows come from props: it reads nothing. */
export interface ContainerGridData {
  /** Newest first. `undefined`: nothing has come yet, so cards of the same size hold the place. Needs no provider. */
  containers: readonly ContainerSummary[] | undefined;
  /** How many rows wait to be shown by `onShowNew`. @default 0 */
  newCount?: number | undefined;
  /** Whether there are more of them than were counted. @default false */
  hasMoreNew?: boolean | undefined;
  onShowNew?: (() => void) | undefined;
  /** Whether `onLoadMore` would bring more. @default false */
  hasNextPage?: boolean | undefined;
  isFetchingNextPage?: boolean | undefined;
  onLoadMore?: (() => void) | undefined;
  /** How many rows were looked through to find these, where that is more. */
  lookedAt?: number | undefined;
  /** Rows that could not be read and are left out: the grid says how many, and why under Details. @default [] */
  invalid?: readonly InvalidRow[] | undefined;
  /** What went wrong last. Beside rows it stands where the next ones would be. */
  error?: LayersError | null | undefined;
  /** Reads again what failed. */
  onRetry?: (() => void) | undefined;
}

/** Props of `ContainerGrid`: `containers`, or the `projectId` whose list to follow. */
export type ContainerGridProps = ElementProps<'div', ContainerGridState> &
  ContainerGridOwnProps &
  (
    | (ContainerGridData & { projectId?: undefined; filters?: undefined; refreshInterval?: undefined })
    | ({ [Key in keyof ContainerGridData]?: undefined } & {
        /** Follows the project's list through the nearest `LayersProvider`; `null` and `undefined` read nothing. */
        projectId: string | null | undefined;
        /** Which containers; `containerListPresets` has the lists that the documentation names. @default all */
        filters?: ContainerListQuery | undefined;
        /** As in `useContainerList`. */
        refreshInterval?: number | false | undefined;
      })
  );

/** What is shown of a selection. */
export interface SelectionBarProps {
  /** Ids of what is selected; may be none. */
  selected: readonly string[];
  containers: readonly ContainerSummary[];
  onClear: () => void;
  /** The bar had the focus, and is gone. */
  onFocusLost: () => void;
}

/** How a grid draws a container where nobody else does. */
export interface GridCardProps {
  container: ContainerSummary;
  variant: 'grid' | 'list';
  href: string | undefined;
  onOpen: OpenHandler | undefined;
  aspectRatio: string | undefined;
  now: number | undefined;
  stages: StagePlan | undefined;
}
