import type { FreshnessReason, FreshnessState } from '../client/reads/freshness.js';
import { humanize } from '../internal/humanize.js';
import { counted, date, number, span, timeAgo, whole } from '../internal/intl.js';
import type { ApprovalStatus, ContainerStatus } from '../model/status.js';
import { type GridMessages, gridEnglish } from './gridMessages.js';
import { type MakingMessages, makingEnglish } from './makingMessages.js';
import { type ApprovalMessages, approvalEnglish } from './approvalMessages.js';
import { type PlayerMessages, playerEnglish } from './playerMessages.js';
import { type PlayerPartMessages, playerPartEnglish } from './playerPartMessages.js';
import { type ScreenMessages, screenEnglish } from './screenMessages.js';

/**
 * Every word this library shows or says. Give `LayersProvider` the ones to replace; the rest stay English.
 * Functions get the provider's `locale`, so that one pack can leave numbers, durations and plurals to `Intl`.
 */
export interface LayersMessages extends PlayerMessages, PlayerPartMessages, GridMessages, MakingMessages, ApprovalMessages, ScreenMessages {
  /** Accessible name of a progress bar. */
  progressLabel: string;
  /** Before the first reading has come. */
  progressLoading: string;
  /** In place of the remaining time, when the last readings failed. */
  progressLate: string;
  /** In place of the remaining time, when what is shown is older than it should be: in a word or two, why. */
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
  /** Between the parts of what a voice reads. @default ', ' */
  separator: string;
  /** Name of the list of stages. */
  stages: string;
  /** Where a stage of that list is; for a voice. */
  stageState: (state: 'done' | 'current' | 'upcoming') => string;
  /** What a voice is told of one of several: its name, and what is new. */
  announcement: (name: string, news: string) => string;
  /** What a voice is told where more run than it can be told of one by one. Counts of what runs, and of what has ended since the last time. */
  announcementSummary: (counts: AnnouncedCounts, locale: string) => string;
  /** Where a container is in its life. */
  status: (status: ContainerStatus) => string;
  /** The same in the width of a card's badge. */
  statusShort: (status: ContainerStatus) => string;
  /** Where a container is in review. */
  approval: (status: ApprovalStatus) => string;
  /** The same in the width of a card's badge. */
  approvalShort: (status: ApprovalStatus) => string;
  /** Title of a container without a hook and a caption. */
  untitled: string;
  /** A card's container has not come yet. */
  cardLoading: string;
  /** A card's container could not be read. */
  cardUnavailable: string;
  /** A moment as time passed, from milliseconds since 1970. */
  timeAgo: (time: number, now: number, locale: string) => string;
  /** A moment as a date in UTC, the same on a server and in every browser. */
  date: (time: number, locale: string) => string;
}

/** How many containers run, and how many have ended since a voice was last told. */
export interface AnnouncedCounts {
  running: number;
  completed: number;
  failed: number;
  canceled: number;
}

const stages: Record<string, string> = {
  queued: 'Waiting to start',
  generating_visuals: 'Generating visuals',
  finalizing: 'Finishing touches',
};

const statuses: Record<ContainerStatus, string> = {
  queued: 'Waiting to start',
  processing: 'Being made',
  completed: 'Ready',
  failed: 'Could not be made',
  canceled: 'Stopped',
  unknown: 'Status unknown',
};

const approvals: Record<ApprovalStatus, string> = {
  not_required: 'No approval needed',
  pending: 'Waiting for your approval',
  approved: 'Approved',
  rejected: 'Rejected',
  unknown: 'Review unknown',
};

const shortStatuses: Partial<Record<ContainerStatus, string>> = {
  queued: 'Waiting',
  processing: 'Making',
  failed: 'Not made',
  unknown: 'Unknown',
};

const shortApprovals: Partial<Record<ApprovalStatus, string>> = { pending: 'To approve', not_required: 'No approval', unknown: 'Unknown' };

const english: Omit<
  LayersMessages,
  keyof (PlayerMessages & PlayerPartMessages & GridMessages & MakingMessages & ApprovalMessages & ScreenMessages)
> = {
  progressLabel: 'Progress',
  progressLoading: 'Checking progress',
  progressLate: 'updates are late',
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
  separator: ', ',
  stages: 'Stages',
  stageState: (state) => ({ done: 'done', current: 'now', upcoming: 'to come' })[state],
  announcement: (name, news) => `${name}: ${news}`,
  announcementSummary: ({ running, completed, failed, canceled }, locale) =>
    counted([
      [running, `${whole(running, locale)} being made`],
      [completed, `${whole(completed, locale)} ready`],
      [failed, `${whole(failed, locale)} could not be made`],
      [canceled, `${whole(canceled, locale)} stopped`],
    ]).join(', '),
  status: (status) => statuses[status],
  statusShort: (status) => shortStatuses[status] ?? statuses[status],
  approval: (status) => approvals[status],
  approvalShort: (status) => shortApprovals[status] ?? approvals[status],
  untitled: 'Untitled',
  cardLoading: 'Loading',
  cardUnavailable: 'This could not be loaded.',
  timeAgo,
  date,
};

/** The English words. */
// Not spread: a bundler keeps a spread even where nothing uses its result.
export const englishMessages: LayersMessages = /* @__PURE__ */ Object.assign(
  {},
  playerEnglish,
  playerPartEnglish,
  approvalEnglish,
  gridEnglish,
  makingEnglish,
  screenEnglish,
  english,
);
