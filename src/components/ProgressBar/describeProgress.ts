import type { FreshnessReason, FreshnessState } from '../../schedule/freshness.js';
import type { ContainerProgress } from '../../progress/ContainerProgress.js';
import { progressAt } from '../../progress/progressAt.js';
import type { MessagesContextValue } from '../../provider/MessagesContext.js';
import { type BarTime, inSteps, untilInSteps } from './barTime.js';
import type { progressBarWords } from './words.js';

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
  /** The time left has run out. */
  overdue: boolean;
}

/** Why the data is out of date. */
export interface Lateness {
  state: FreshnessState;
  reason: FreshnessReason;
}

/** What {@link describeProgress} looks at beside the progress. */
export interface DescribeOptions extends MessagesContextValue<typeof progressBarWords> {
  stageLabels?: Record<string, string> | undefined;
  /** `null`: current enough for what it says of the time left. */
  late: Lateness | null;
  /** The last reading failed. */
  failed: boolean;
  /** It is known to have been completed without any media. */
  withoutMedia: boolean;
  time: BarTime | null;
  /** Milliseconds since the last reading; `null`: not known. */
  age: number | null;
  /** Milliseconds until the next reading; `null`: not known. */
  wait: number | null;
}

/** Puts a container's progress into words. Pure. */
export function describeProgress(progress: ContainerProgress | null, options: DescribeOptions): ProgressDescription {
  const { locale, messages, failed, withoutMedia } = options;
  if (!progress) {
    const headline = failed ? messages.progressUnavailable : messages.progressLoading;
    const state = failed ? 'error' : 'indeterminate';
    return { state, percent: null, headline, share: '', valueText: failed ? headline : undefined, overdue: false };
  }
  const percent = wholePercent(progress, options.time);
  const state = stateOf(progress, percent);
  const headline = headlineOf(progress, options);
  if (state === 'completed' || state === 'failed' || state === 'canceled') {
    const share = state === 'completed' && withoutMedia ? messages.noMedia : '';
    const valueText = [headline, share].filter(Boolean).join(messages.separator);
    return { state, percent, headline, share, valueText, overdue: false };
  }
  const shown = state === 'running' && percent !== null ? messages.percent(percent, locale) : '';
  return {
    state,
    percent,
    headline,
    share: [shown, ...timeWords(state, options, 'short')].filter(Boolean).join(' · '),
    valueText: [headline, shown, ...timeWords(state, options, 'long')].filter(Boolean).join(messages.separator),
    overdue: options.late === null && state !== 'queued' && options.time?.left === 'overdue',
  };
}

/** What there is to say of time: how much is left, or how old all this is, and when it is read again where that is long. */
function timeWords(state: ProgressBarStatus, options: DescribeOptions, length: 'short' | 'long'): string[] {
  const { locale, messages, wait } = options;
  const seconds = untilInSteps((wait ?? 0) / 1000);
  const words = readingWords(state, options, length);
  return seconds === 0 ? words : [...words, messages.nextUpdate(seconds, locale, length)];
}

function readingWords(
  state: ProgressBarStatus,
  { locale, messages, late, time, age }: DescribeOptions,
  length: 'short' | 'long',
): string[] {
  if (late !== null) {
    const words = messages.freshness(late.state, late.reason);
    const seconds = age === null || late.state === 'stalled' || late.reason === 'deadline' || words === '' ? 0 : inSteps(age / 1000);
    if (seconds < 20) return [words];
    const updated = messages.updatedAgo(seconds, locale, length);
    return late.state === 'offline' ? [words, updated] : [updated];
  }
  if (state === 'queued') return time && time.waited > 0 ? [messages.waited(time.waited, locale, length)] : [];
  if (!time || time.left === null) return [];
  if (time.left === 'overdue') return [messages.overdue];
  return [messages.remaining(time.left.unit === 'minutes' ? time.left.value * 60 : time.left.value, locale, length)];
}

/** The number, as the bar has reached it. */
function wholePercent(progress: ContainerProgress, time: BarTime | null): number | null {
  if (progress.status === 'completed') return 100;
  const { percent } = time ?? progressAt(progress, progress.observedAt);
  return typeof percent === 'number' && Number.isFinite(percent) ? Math.floor(Math.min(99, Math.max(0, percent))) : null;
}

function stateOf(progress: ContainerProgress, percent: number | null): ProgressBarStatus {
  const { status } = progress;
  if (status === 'queued' || status === 'completed' || status === 'failed' || status === 'canceled') return status;
  return percent === null ? 'indeterminate' : 'running';
}

function headlineOf({ status, stage }: ContainerProgress, options: DescribeOptions): string {
  if (status !== 'processing' && status !== 'unknown') return options.messages.status(status);
  return stage === null || stage === '' ? options.messages.working : stageLabel(stage, options);
}

/** A stage in words: the caller's, else the catalogue's. */
export function stageLabel(stage: string, { messages, stageLabels }: Pick<DescribeOptions, 'messages' | 'stageLabels'>): string {
  return (stageLabels && Object.hasOwn(stageLabels, stage) ? stageLabels[stage] : undefined) ?? messages.stage(stage);
}
