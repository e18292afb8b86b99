'use client';
import { type ForwardedRef, useEffect, useRef } from 'react';
import { type ElementProps, mergeRefs } from '../../internal/renderElement.js';
import type { ContainerProgress } from '../../progress/ContainerProgress.js';
import { useReads } from '../../provider/LayersContext.js';
import { endsLife, tellEnd } from '../../progress/ends.js';
import { estimateBy } from '../../progress/options.js';
import { jobKey } from '../../model/ids.js';
import { ProgressBarView } from './ProgressBarView.js';
import type { ProgressBarOwnProps, ProgressBarProps, ProgressBarState } from './types.js';
import { guarded } from '../guarded.js';

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
export const ProgressBar = guarded(
  'ProgressBar',
  { tag: 'div' },
  function ProgressBar({ containerId, jobId, progress, ...props }: ProgressBarProps, ref: ForwardedRef<HTMLDivElement>) {
    if (containerId) return <ConnectedProgressBar {...props} containerId={containerId} rootRef={ref} />;
    if (jobId) return <JobProgressBar {...props} jobId={jobId} rootRef={ref} />;
    return <PlainProgressBar {...props} progress={progress ?? null} rootRef={ref} />;
  },
);

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
  const reads = useReads();
  const onScreen = reads.useOnScreen(containerId);
  const freshness = reads.useFreshness(containerId);
  const { data: progress = null, error } = reads.useContainerProgress(containerId, {
    onComplete,
    onFail,
    estimate: estimateBy(props.stages),
  });
  const known = reads.useKnownContainer(containerId);
  // The progress body has neither the error nor the media: they are on the container.
  const lacksError = progress?.status === 'failed' && lastError === undefined;
  const lacksMedia = progress?.status === 'completed' && props.hasMedia === undefined && !known?.preview;
  const { data: container } = reads.useContainer(lacksError || lacksMedia ? containerId : null);
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

interface JobProps extends Omit<ConnectedProps, 'containerId'> {
  jobId: string;
}

function JobProgressBar({ jobId, lastError, error: givenError, freshness: givenFreshness, onComplete, onFail, ...props }: JobProps) {
  const reads = useReads();
  const freshness = reads.useFreshness(jobKey(jobId));
  const { data: progress = null, error } = reads.useJobProgress(jobId, { onComplete, onFail });
  const { data: job } = reads.useJob(progress?.status === 'failed' && lastError === undefined ? jobId : null);
  return (
    <ProgressBarView
      {...props}
      progress={progress}
      error={givenError ?? error}
      lastError={lastError ?? job?.error ?? null}
      freshness={givenFreshness ?? freshness}
    />
  );
}
