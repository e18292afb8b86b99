import type { Freshness, FreshnessReason, FreshnessState } from '../../schedule/freshness.js';
import type { ElementProps } from '../../internal/renderElement.js';
import type { Container } from '../../model/container.js';
import type { LayersError } from '../../model/errors.js';
import type { ContainerProgress } from '../../progress/ContainerProgress.js';
import type { StagePlan } from '../../progress/options.js';
import type { ProgressEndHandlers } from '../../progress/ends.js';
import type { ProgressBarStatus } from './describeProgress.js';

/** What `className`, `style` and `render` functions of `ProgressBar` are given. */
export interface ProgressBarState {
  /** Written as `data-state`, on the root and on every part. */
  state: ProgressBarStatus;
  /** Written as `data-value`: whole percent, rounded down; absent while there is no honest number. */
  value: number | null;
  /** Written as `data-late` when the data is out of date. */
  late: boolean;
  /** Written as `data-freshness`: how far what is shown can be trusted to be current. */
  freshness: FreshnessState;
  /** Written as `data-without-media` on one that was completed without any. */
  withoutMedia: boolean;
}

/** How current a bar's data is: what `useFreshness` gives, or as much of it as there is. */
export interface ProgressBarFreshness {
  state: FreshnessState;
  reason: FreshnessReason;
  /** Gives the times of the last reading and of the next when asked. */
  read?: (() => Pick<Freshness, 'lastReadAt'> & Partial<Pick<Freshness, 'nextReadAt'>>) | undefined;
}

/** Props of `ProgressBar` that do not depend on where the data comes from. */
export interface ProgressBarOwnProps extends ProgressEndHandlers {
  /** Accessible name of the bar. @default the container's caption or hook, where the provider's cache has its record; else `progressLabel`, "Progress" */
  label?: string | undefined;
  /** Words for stages by wire name; they win over the catalogue's. */
  stageLabels?: Record<string, string> | undefined;
  /** Why generation failed. @default with `containerId`, the container's own once it has failed */
  lastError?: Container['lastError'] | undefined;
  /** Why the last reading failed. With progress, the bar says that updates are late; without, that there are none. @default with `containerId`, the reading's own */
  error?: LayersError | null | undefined;
  /**
   * How current the data is, and why, from `useFreshness`; with `read`, a late bar also says how old it is, and any bar when it is read
   * again where that is long. @default with `containerId`, the container's
   * own; else live
   */
  freshness?: ProgressBarFreshness | undefined;
  /**
   * Lists the stages under the bar: `true` those that were seen, a plan those to expect. With `containerId`, the estimate rests on a plan that has `seconds`,
   * too. @default false
   */
  stages?: boolean | StagePlan | undefined;
  /**
   * `false`: it was completed without any media, and the bar says so. @default as the container's record in the provider's cache tells, which a bar with
   * `containerId` reads once where neither that nor a list row has any media; else true
   */
  hasMedia?: boolean | undefined;
}

/** Props of `ProgressBar`: a `progress`, or the `containerId` or `jobId` to follow. */
export type ProgressBarProps = ElementProps<'div', ProgressBarState> &
  ProgressBarOwnProps &
  (
    | {
        /** What is known of the job, from `useContainerProgress` or `advanceProgress`; `null`: nothing yet. Needs no provider. */
        progress?: ContainerProgress | null | undefined;
        containerId?: undefined;
        jobId?: undefined;
      }
    | {
        progress?: undefined;
        /** Follows the job while there is no `containerId`. `null` and `undefined` read nothing. */
        jobId?: string | null | undefined;
        /** Follows the container through the nearest `LayersProvider`; `null` and `undefined` read nothing. */
        containerId: string | null | undefined;
      }
    | {
        progress?: undefined;
        containerId?: undefined;
        /** Follows a job of any kind through the nearest `LayersProvider`; `null` and `undefined` read nothing. */
        jobId: string | null | undefined;
      }
  );
