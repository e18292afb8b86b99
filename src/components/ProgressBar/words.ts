import type { FreshnessReason, FreshnessState } from '../../schedule/freshness.js';
import { humanize } from '../../internal/humanize.js';
import { number, span } from '../../internal/intl.js';
import { type StatusMessages, statusEnglish } from '../../provider/statusWords.js';
import { type CommonMessages, commonEnglish } from '../words.js';

/** The words of `ProgressBar`. */
export interface ProgressBarMessages {
  /** Accessible name of a progress bar. */
  progressLabel: string;
  /** Before the first reading has come. */
  progressLoading: string;
  /** Replaces the remaining time when the data is out of date: the reason, in a word or two. */
  freshness: (state: FreshnessState, reason: FreshnessReason) => string;
  /** When no reading has ever come. */
  progressUnavailable: string;
  /** In flight, where the server names no stage. */
  working: string;
  /** A stage by its wire name (`generating_visuals`); the set is open. */
  stage: (stage: string) => string;
  /** A share in whole percent, 0 to 100. */
  percent: (percent: number, locale: string) => string;
  /**
   * The time left; `long` is for a voice. `seconds` comes in steps, so that words stand still: tens up to 50, then whole minutes (60, 120, …). A bar
   * puts other words in place only when `seconds` is another.
   */
  remaining: (seconds: number, locale: string, length: 'short' | 'long') => string;
  /** In place of the time left, once that has run out. */
  overdue: string;
  /** How long something has waited to start, in the same steps as `remaining`. */
  waited: (seconds: number, locale: string, length: 'short' | 'long') => string;
  /** How old what is shown is, where it is late; the same steps. */
  updatedAgo: (seconds: number, locale: string, length: 'short' | 'long') => string;
  /** When it is read again, where that is long; `seconds` in the same steps, rounded up. */
  nextUpdate: (seconds: number, locale: string, length: 'short' | 'long') => string;
  /** Name of the list of stages. */
  stages: string;
  /** Where a stage of that list is; for a voice. */
  stageState: (state: 'done' | 'current' | 'upcoming') => string;
}

const stages: Record<string, string> = {
  queued: 'Waiting to start',
  generating_visuals: 'Generating visuals',
  finalizing: 'Finishing touches',
};

/** Their English. */
export const progressBarEnglish: ProgressBarMessages = {
  progressLabel: 'Progress',
  progressLoading: 'Checking progress',
  freshness: (state, reason) => {
    if (state === 'stalled') return 'taking longer than usual';
    if (reason === 'network') return 'no connection';
    if (reason === 'deadline') return 'still running';
    if (reason === 'hidden') return '';
    return state === 'paused'
      ? 'updates are paused'
      : state === 'slowed' && reason === 'budget'
        ? 'updates are slower'
        : 'updates are late';
  },
  progressUnavailable: 'Progress is not available',
  working: 'Working on it',
  stage: (stage) => (Object.hasOwn(stages, stage) ? stages[stage] : undefined) ?? humanize(stage),
  percent: (percent, locale) => number(locale, { style: 'percent', maximumFractionDigits: 0 }).format(percent / 100),
  remaining: (seconds, locale, length) => {
    if (seconds <= 10) return 'a few seconds';
    if (seconds < 60) return length === 'long' ? 'less than a minute' : `under ${span(60, locale, length)}`;
    return `about ${span(seconds, locale, length)}`;
  },
  overdue: 'taking longer than usual',
  waited: span,
  updatedAgo: (seconds, locale, length) => `updated ${span(seconds, locale, length)} ago`,
  nextUpdate: (seconds, locale, length) => `next update in ${span(seconds, locale, length)}`,
  stages: 'Stages',
  stageState: (state) => ({ done: 'done', current: 'now', upcoming: 'to come' })[state],
};

/** What a bar says, in English. */
export const progressBarWords: ProgressBarMessages & StatusMessages & CommonMessages = {
  ...commonEnglish,
  ...statusEnglish,
  ...progressBarEnglish,
};
