import type { MouseEvent } from 'react';
import type { ElementProps } from '../../internal/renderElement.js';
import type { Container, ContainerSummary } from '../../model/container.js';
import type { ApprovalStatus, ContainerStatus } from '../../model/status.js';
import type { ContainerProgress } from '../../progress/ContainerProgress.js';
import type { StagePlan } from '../../progress/options.js';
import type { Refresh } from '../PreviewPlayer/useRenewal.js';

/** What `className`, `style` and `render` functions of `ContainerCard` are given. */
export interface ContainerCardState {
  /** Written as `data-state`. */
  state: ContainerStatus | 'loading' | 'error';
  /** Written as `data-approval`; absent until the container has come. */
  approval: ApprovalStatus | null;
  /** Written as `data-layout`. */
  layout: 'card' | 'row';
  /** Written as `data-revealed` on a card that was seen in flight and then completed. */
  revealed: boolean;
}

/** Is told which container is opened, and by which click. */
export type OpenHandler = (containerId: string, event: MouseEvent<HTMLElement>) => void;

/** Props of `ContainerCard` that do not depend on where the data comes from. */
export interface ContainerCardOwnProps {
  /** Makes the title a link. */
  href?: string | undefined;
  /**
   * Makes the title a button, or is called when its link is clicked: `event.preventDefault()` lets a router take it from there. A link that is opened in
   * another tab or window (Ctrl, Cmd, Shift or middle click) is the browser's.
   */
  onOpen?: OpenHandler | undefined;
  /** `row`: a small frame at the side, and the words beside it. @default 'card' */
  layout?: 'card' | 'row' | undefined;
  /** The frame's ratio, the same for every card, so that nothing moves when media arrives. @default '9:16' */
  aspectRatio?: string | undefined;
  /** Plays a video without its sound while a mouse is over it or the focus in it; not where data or motion are to be saved. @default true */
  playOnHover?: boolean | undefined;
  /** Milliseconds since 1970 that times are told from. @default the time of day, once the page is live; a date in server HTML */
  now?: number | undefined;
}

/** Props of `ContainerCard`: a `container`, or the `containerId` to follow. */
export type ContainerCardProps = ElementProps<'article', ContainerCardState> &
  ContainerCardOwnProps &
  (
    | {
        /** A record or a list row; `null` and `undefined`: not there yet, so a card of its size holds the place. Needs no provider. */
        container?: Container | ContainerSummary | null | undefined;
        /** How far it is, while in flight; `null`: not known. */
        progress?: ContainerProgress | null | undefined;
        /**
         * Reads the container again when its media fails: automatically at most once a minute, and on each "Try again". Return the new preview,
         * or pass it by `container`. @default the nearest `LayersProvider` reads it; without one, an address that has run out is an error
         */
        onRefresh?: Refresh | undefined;
        containerId?: undefined;
        stages?: undefined;
      }
    | {
        container?: undefined;
        progress?: undefined;
        onRefresh?: undefined;
        /** Follows the container and its progress through the nearest `LayersProvider`; `null` and `undefined` read nothing. */
        containerId: string | null | undefined;
        /** The stages to expect, in order: with `seconds`, how long each usually takes, the estimate rests on them. @default the provider's */
        stages?: StagePlan | undefined;
      }
  );
