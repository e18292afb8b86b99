import { plural, whole } from '../../internal/intl.js';
import { type StatusMessages, statusEnglish } from '../../provider/statusWords.js';
import { type DecisionFailureMessages, decisionFailureEnglish } from '../ApprovalActions/failureWords.js';
import { type CommonMessages, commonEnglish } from '../words.js';

/** The words of `ContainerGrid`. */
export interface GridMessages {
  /** Accessible name of a grid without another. */
  gridLabel: string;
  /** Shows rows that wait to be shown: "3 new". */
  gridShowNew: (count: number, hasMore: boolean, locale: string) => string;
  /** While nothing has come yet; for a voice. */
  gridLoading: string;
  /** There is nothing to show. */
  gridEmpty: string;
  /** Nothing has come, and the last reading failed. */
  gridFailed: string;
  /** The next rows could not be read. */
  gridMoreFailed: string;
  /** Loads the next rows. */
  gridLoadMore: string;
  /** While the next rows are being read. */
  gridLoadingMore: string;
  /** Everything is loaded: how many there are. */
  gridEnd: (count: number, locale: string) => string;
  /** So many rows of the list could not be read, and are left out. */
  gridInvalid: (count: number, locale: string) => string;
  /** Looked through so many and found none yet. */
  gridLookedAt: (count: number, locale: string) => string;
  /** For a voice: so many more came, and how many there are now. */
  gridLoaded: (more: number, count: number, locale: string) => string;
  /** Name of the box that selects a container. */
  gridSelect: (name: string) => string;
  /** How many are selected. */
  gridSelected: (count: number, locale: string) => string;
  /** Selects none any more. */
  gridClearSelection: string;
  /** Approves so many at once. */
  bulkApprove: (count: number, locale: string) => string;
  /** How far that is. */
  bulkProgress: (done: number, total: number, locale: string) => string;
  /** The same while the rest wait for their turn: only so many may be decided a minute. */
  bulkPaused: (done: number, total: number, locale: string) => string;
  /** Lets the rest be. */
  bulkStop: string;
  /** How it came out. */
  bulkDone: (approved: number, failed: number, locale: string) => string;
}

/** Their English. */
export const gridEnglish: GridMessages = {
  gridLabel: 'Content',
  gridShowNew: (count, hasMore, locale) => `${whole(count, locale)}${hasMore ? '+' : ''} new`,
  gridLoading: 'Loading',
  gridEmpty: 'Nothing here yet',
  gridFailed: 'This list could not be loaded.',
  gridMoreFailed: 'More could not be loaded.',
  gridLoadMore: 'Load more',
  gridLoadingMore: 'Loading more',
  // By the rules of English, also in a page whose language has no words of its own here: 21 is a `one` in Russian.
  gridEnd: (count, locale) => plural(count, 'en', { one: `${whole(count, locale)} item`, other: `${whole(count, locale)} items` }),
  gridInvalid: (count, locale) =>
    plural(count, 'en', {
      one: `${whole(count, locale)} item couldn't be shown`,
      other: `${whole(count, locale)} items couldn't be shown`,
    }),
  gridLookedAt: (count, locale) => `None among the ${whole(count, locale)} newest`,
  gridLoaded: (more, count, locale) => `${whole(more, locale)} more, ${whole(count, locale)} in all`,
  gridSelect: (name) => `Select ${name}`,
  gridSelected: (count, locale) => `${whole(count, locale)} selected`,
  gridClearSelection: 'Clear',
  bulkApprove: (count, locale) => `Approve ${whole(count, locale)}`,
  bulkProgress: (done, total, locale) => `${whole(done, locale)} of ${whole(total, locale)}`,
  bulkPaused: (done, total, locale) => `${whole(done, locale)} of ${whole(total, locale)}, continuing in a moment`,
  bulkStop: 'Stop',
  bulkDone: (approved, failed, locale) =>
    `${whole(approved, locale)} approved${failed > 0 ? `, ${whole(failed, locale)} not approved` : ''}`,
};

/** What a grid says, in English. */
export const gridWords: GridMessages & StatusMessages & CommonMessages = { ...commonEnglish, ...statusEnglish, ...gridEnglish };

/** What the bar says with which many are approved, in English. */
export const bulkWords: GridMessages & CommonMessages & DecisionFailureMessages = { ...decisionFailureEnglish, ...gridWords };
