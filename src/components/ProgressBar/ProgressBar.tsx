'use client';
import { type ForwardedRef, forwardRef } from 'react';
import { useContainer } from '../../hooks/useContainer.js';
import { useContainerProgress } from '../../hooks/useContainerProgress.js';
import { useFreshness } from '../../hooks/useFreshness.js';
import { useOnScreen } from '../../hooks/useOnScreen.js';
import { type ElementProps, mergeRefs } from '../../internal/renderElement.js';
import type { FreshnessReason, FreshnessState } from '../../client/reads/freshness.js';
import type { Container } from '../../model/container.js';
import type { LayersError } from '../../model/errors.js';
import type { ContainerProgress } from '../../progress/ContainerProgress.js';
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
}

/** Props of {@link ProgressBar} that do not depend on where the data comes from. */
export interface ProgressBarOwnProps {
  /** Accessible name of the bar. @default the catalogue's `progressLabel`, "Progress" */
  label?: string | undefined;
  /** Words for stages by wire name; they win over the catalogue's. */
  stageLabels?: Record<string, string> | undefined;
  /** Why generation failed. @default with `containerId`, the container's own once it has failed */
  lastError?: Container['lastError'] | undefined;
  /** Why the last reading failed. With progress, the bar says that updates are late; without, that there are none. @default with `containerId`, the reading's own */
  error?: LayersError | null | undefined;
  /** How current the data is, and why, from `useFreshness`. @default with `containerId`, the container's own; else live */
  freshness?: { state: FreshnessState; reason: FreshnessReason } | undefined;
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
 * Parts: `data-part="words"`, `"stage"`, `"share"`, `"track"` (the `progressbar`), `"fill"`, `"message"`, `"details"`.
 *
 * Variables: `--layers-accent`, `--layers-track` (the text colour at 13%), `--layers-track-size` (6px), `--layers-text`, `--layers-text-muted`,
 * `--layers-border-strong` (queued), `--layers-ok`, `--layers-bad`, `--layers-neutral`, `--layers-warn` (stalled).
 */
export const ProgressBar = forwardRef(function ProgressBar(
  { containerId, progress, ...props }: ProgressBarProps,
  ref: ForwardedRef<HTMLDivElement>,
) {
  if (containerId) return <ConnectedProgressBar {...props} containerId={containerId} rootRef={ref} />;
  return <ProgressBarView {...props} progress={progress ?? null} rootRef={ref} />;
});

interface ConnectedProps extends ElementProps<'div', ProgressBarState>, ProgressBarOwnProps {
  containerId: string;
  rootRef: ForwardedRef<HTMLDivElement>;
}

function ConnectedProgressBar({ containerId, lastError, error: givenError, freshness: givenFreshness, rootRef, ...props }: ConnectedProps) {
  const onScreen = useOnScreen(containerId);
  const freshness = useFreshness(containerId);
  const { data: progress = null, error } = useContainerProgress(containerId);
  // The progress body has no error: what went wrong is on the container.
  const { data: container } = useContainer(progress?.status === 'failed' && lastError === undefined ? containerId : null);
  return (
    <ProgressBarView
      {...props}
      progress={progress}
      error={givenError ?? error}
      lastError={lastError ?? container?.lastError ?? null}
      freshness={givenFreshness ?? freshness}
      rootRef={mergeRefs(rootRef ?? undefined, onScreen) as ForwardedRef<HTMLDivElement>}
    />
  );
}
