import { monotonicNow } from '../internal/monotonicNow.js';
import { retryDelay, steadyJitter } from './cadence.js';
import { lastHeadRead } from './listRefresh.js';
import type { ListQuery } from './listRows.js';
import { failuresInARow } from './polledQuery.js';

/** The refresh of a list by itself, in milliseconds. */
export const LIST_REFRESH = {
  /** While something in it is in flight; and what is older is read again when somebody comes to look. */
  default: 30_000,
  /** Nobody may ask for more often, and a page that comes back into view does not either. */
  floor: 5_000,
} as const;

/** How a list refreshes by itself: every so many milliseconds, `'in-flight'`: while it shows something that changes, `false`: not. */
export type ListCadence = number | 'in-flight' | false;

/** What {@link dueAt} decides from, on the clock of `monotonicNow`. */
export interface ListMoment {
  cadence: ListCadence;
  /** When somebody began to look. */
  mountedAt: number;
  /** When the page last came back into view. */
  shownAt: number;
  hasRowsInFlight: boolean;
  /** Whether something was told elsewhere of a container that belongs above its rows. */
  hasNews: boolean;
}

/**
 * When a list is to be refreshed by itself, on the clock of `monotonicNow`:
 *
 * 1. at once where it was older than 30 s when somebody began to look, whatever the cadence;
 * 2. when the page comes back into view, or a container that is newer was read elsewhere, 5 s after the last time at the earliest;
 * 3. every so often: as asked for, or every 30 s while it shows something in flight;
 * 4. after a refresh that failed by its backoff, and never where reading again cannot help;
 * 5. else never: `Infinity`.
 *
 * Without a cadence only the first holds.
 */
export function dueAt(query: ListQuery, { cadence, mountedAt, shownAt, hasRowsInFlight, hasNews }: ListMoment): number {
  const readAt = lastHeadRead(query);
  const due: number[] = [];
  if (mountedAt > readAt && mountedAt - readAt >= LIST_REFRESH.default) due.push(mountedAt);
  if (cadence !== false && (hasNews || shownAt > readAt)) due.push(readAt + LIST_REFRESH.floor);
  if (typeof cadence === 'number') due.push(readAt + cadence);
  if (cadence === 'in-flight' && hasRowsInFlight) due.push(readAt + LIST_REFRESH.default);
  if (query.state.status !== 'error') return Math.min(...due);
  // A page that failed to load is a person's to ask for again; it only puts off what is due anyway.
  const isOwed = cadence !== false && query.state.fetchMeta?.fetchMore === undefined;
  const mayTryAt = retryAt(query);
  return Math.max(isOwed ? mayTryAt : Math.min(...due), mayTryAt);
}

function retryAt(query: ListQuery): number {
  const { error, errorUpdatedAt } = query.state;
  const failures = failuresInARow(query);
  const pause = retryDelay(error, failures, steadyJitter(query.queryHash, failures));
  return pause === false ? Number.POSITIVE_INFINITY : monotonicNow() - Math.max(0, Date.now() - errorUpdatedAt) + pause;
}
