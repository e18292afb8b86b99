import type { ContainerProgress } from '../../progress/ContainerProgress.js';
import type { MessagesContextValue } from '../../provider/MessagesContext.js';

/** What a bar can show. `indeterminate`: at work, or nothing known yet; `error`: nothing could be read. */
export type ProgressBarStatus = 'indeterminate' | 'queued' | 'running' | 'completed' | 'failed' | 'canceled' | 'error';

/** A bar in words and one number. */
export interface ProgressDescription {
  state: ProgressBarStatus;
  /** Whole percent, rounded down; 100 only when completed; `null` when there is no honest number. */
  percent: number | null;
  /** What happens now. */
  headline: string;
  /** Share and time left, as shown; empty when neither is known. */
  share: string;
  /** All of it for a voice; `undefined` when nothing is known. */
  valueText: string | undefined;
}

interface DescribeOptions extends MessagesContextValue {
  stageLabels?: Record<string, string> | undefined;
  /** Why what is known is older than it should be; `null` when it is current. */
  late: string | null;
  /** The last reading failed. */
  failed: boolean;
}

/** Puts a container's progress into words. Pure. */
export function describeProgress(progress: ContainerProgress | null, options: DescribeOptions): ProgressDescription {
  const { locale, messages, late, failed } = options;
  if (!progress) {
    const headline = failed ? messages.progressUnavailable : messages.progressLoading;
    return { state: failed ? 'error' : 'indeterminate', percent: null, headline, share: '', valueText: failed ? headline : undefined };
  }
  const percent = wholePercent(progress);
  const state = stateOf(progress, percent);
  const headline = headlineOf(progress, options);
  if (state === 'completed' || state === 'failed' || state === 'canceled') {
    return { state, percent, headline, share: '', valueText: headline };
  }
  const shown = state === 'running' && percent !== null ? messages.percent(percent, locale) : '';
  const left = finiteOrNull(progress.remainingSeconds);
  const time = (length: 'short' | 'long') => {
    if (late !== null) return late;
    return left === null ? '' : messages.remaining(Math.max(0, left), locale, length);
  };
  return {
    state,
    percent,
    headline,
    share: [shown, time('short')].filter(Boolean).join(' · '),
    valueText: [headline, shown, time('long')].filter(Boolean).join(', '),
  };
}

function wholePercent(progress: ContainerProgress): number | null {
  if (progress.status === 'completed') return 100;
  const percent = finiteOrNull(progress.percent);
  return percent === null ? null : Math.floor(Math.min(99, Math.max(0, percent)));
}

function stateOf(progress: ContainerProgress, percent: number | null): ProgressBarStatus {
  const { status } = progress;
  if (status === 'queued' || status === 'completed' || status === 'failed' || status === 'canceled') return status;
  return percent === null ? 'indeterminate' : 'running';
}

function headlineOf({ status, stage }: ContainerProgress, { messages, stageLabels }: DescribeOptions): string {
  if (status !== 'processing' && status !== 'unknown') return messages.status(status);
  if (stage === null || stage === '') return messages.working;
  return (stageLabels && Object.hasOwn(stageLabels, stage) ? stageLabels[stage] : undefined) ?? messages.stage(stage);
}

function finiteOrNull(value: number | null): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
