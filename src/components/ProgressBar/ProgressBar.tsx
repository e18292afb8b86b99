'use client';
import { type ForwardedRef, forwardRef, useEffect, useRef } from 'react';
import { useContainer } from '../../hooks/useContainer.js';
import { useContainerProgress } from '../../hooks/useContainerProgress.js';
import { useFreshness } from '../../hooks/useFreshness.js';
import { useOnScreen } from '../../hooks/useOnScreen.js';
import { type ElementProps, mergeRefs } from '../../internal/renderElement.js';
import { endsLife, type ProgressEndHandlers, tellEnd } from '../../queries/progressEnds.js';
import type { Freshness, FreshnessReason, FreshnessState } from '../../client/reads/freshness.js';
import type { Container } from '../../model/container.js';
import type { LayersError } from '../../model/errors.js';
import type { ContainerProgress } from '../../progress/ContainerProgress.js';
import type { PlannedStage } from '../../progress/options.js';

import type { ProgressBarStatus } from './describeProgress.js';
import { ProgressBarView } from './ProgressBarView.js';

/** What `className`, `style` and `render` functions of {@link ProgressBar} are given. */
export interface ProgressBarState {
  /** Written as `data-state`, on the root and on every part. */
  state: ProgressBarStatus;
  /** Written as `data-value`: whole percent, rounded down; absent while there is no honest number. */
  value: number | null;
  /** Written as `data-late` when what is shown is older than it should be. */
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
  /** Gives the time of the last reading when asked. */
  read?: (() => Pick<Freshness, 'lastReadAt'>) | undefined;
}

/** Props of {@link ProgressBar} that do not depend on where the data comes from. */
export interface ProgressBarOwnProps extends ProgressEndHandlers {
  /** Accessible name of the bar. @default the container's hook or caption, where the provider's cache has its record; else `progressLabel`, "Progress" */
  label?: string | undefined;
  /** Words for stages by wire name; they win over the catalogue's. */
  stageLabels?: Record<string, string> | undefined;
  /** Why generation failed. @default with `containerId`, the container's own once it has failed */
  lastError?: Container['lastError'] | undefined;
  /** Why the last reading failed. With progress, the bar says that updates are late; without, that there are none. @default with `containerId`, the reading's own */
  error?: LayersError | null | undefined;
  /**
   * How current the data is, and why, from `useFreshness`; with `read`, a late bar also says how old it is. @default with `containerId`, the container's
   * own; else live
   */
  freshness?: ProgressBarFreshness | undefined;
  /** Lists the stages under the bar: `true` those that were seen, a plan those to expect. @default false */
  stages?: boolean | readonly (string | PlannedStage)[] | undefined;
  /** `false`: it was completed without any media, and the bar says so. @default as the container's record in the provider's cache tells, else true */
  hasMedia?: boolean | undefined;
}

/** Props of {@link ProgressBar}: a `progress`, or the `containerId` to follow. */
export type ProgressBarProps = ElementProps<'div', ProgressBarState> &
  ProgressBarOwnProps &
  (
    | {
        /** What is known of the job, from `useContainerProgress` or `advanceProgress`; `null`: nothing yet. Needs no provider. */
        progress?: ContainerProgress | null | undefined;
        containerId?: undefined;
      }
    | {
        progress?: undefined;
        /** Follows the container through the nearest `LayersProvider`; `null` and `undefined` read nothing. */
        containerId: string | null | undefined;
      }
  );

/**
 * How far a container is: one line of words over a bar. It never runs backwards, never shows 100 before the end, and says so when it does not know.
 *
 * Attributes: `data-state` (`indeterminate`, `queued`, `running`, `completed`, `failed`, `canceled`, `error`), `data-value`, `data-late`,
 * `data-freshness` (`live`, `slowed`, `paused`, `stalled`, `offline`).
 * Parts: `data-part="words"`, `"stage"`, `"share"`, `"track"` (the `progressbar`), `"fill"` (with `data-overdue` once the time left has run out),
 * `"message"`, `"details"`; with `stages` also `"stages"`, `"stage-item"` (`data-state`: `done`, `current`, `upcoming`), `"stage-mark"`,
 * `"stage-name"`, `"stage-track"`, `"stage-fill"`.
 *
 * Variables: `--layers-accent`, `--layers-track` (the text colour at 13%), `--layers-track-size` (6px), `--layers-text`, `--layers-text-muted`,
 * `--layers-border-strong` (queued), `--layers-ok`, `--layers-bad`, `--layers-neutral`, `--layers-warn` (stalled, overdue).
 */
export const ProgressBar = forwardRef(function ProgressBar(
  { containerId, progress, ...props }: ProgressBarProps,
  ref: ForwardedRef<HTMLDivElement>,
) {
  if (containerId) return <ConnectedProgressBar {...props} containerId={containerId} rootRef={ref} />;
  return <PlainProgressBar {...props} progress={progress ?? null} rootRef={ref} />;
});

interface PlainProps extends ElementProps<'div', ProgressBarState>, ProgressBarOwnProps {
  progress: ContainerProgress | null;
  rootRef: ForwardedRef<HTMLDivElement>;
}

function PlainProgressBar({ onComplete, onFail, ...props }: PlainProps) {
  const { progress } = props;
  const before = useRef<ContainerProgress | null>(null);
  useEffect(() => {
    if (progress && before.current && endsLife(before.current, progress)) tellEnd({ onComplete, onFail }, progress);
    before.current = progress;
  }, [progress, onComplete, onFail]);
  return <ProgressBarView {...props} />;
}

interface ConnectedProps extends ElementProps<'div', ProgressBarState>, ProgressBarOwnProps {
  containerId: string;
  rootRef: ForwardedRef<HTMLDivElement>;
}

function ConnectedProgressBar({
  containerId,
  lastError,
  error: givenError,
  freshness: givenFreshness,
  onComplete,
  onFail,
  rootRef,
  ...props
}: ConnectedProps) {
  const onScreen = useOnScreen(containerId);
  const freshness = useFreshness(containerId);
  const { data: progress = null, error } = useContainerProgress(containerId, { onComplete, onFail });
  // The progress body has no error: what went wrong is on the container.
  const { data: container } = useContainer(progress?.status === 'failed' && lastError === undefined ? containerId : null);
  return (
    <ProgressBarView
      {...props}
      progress={progress}
      containerId={containerId}
      error={givenError ?? error}
      lastError={lastError ?? container?.lastError ?? null}
      freshness={givenFreshness ?? freshness}
      rootRef={mergeRefs(rootRef ?? undefined, onScreen) as ForwardedRef<HTMLDivElement>}
    />
  );
}
