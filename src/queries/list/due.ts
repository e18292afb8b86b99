import type { ContainerSummary } from '../../model/container.js';
import type { ContainerPage } from '../../model/containerPage.js';
import { isLayersError } from '../../model/errors.js';
import { ANEW_AFTER_MS, refusedFor, retryDelay } from '../../schedule/cadence.js';
import { reachesEnd } from './foldPage.js';
import { type ListData } from './listData.js';
import { createdAt } from './rows.js';

/** The automatic refresh of a list, in milliseconds. */
export const LIST_REFRESH = {
  /** While a row is in flight; and the age at which a mount refreshes. */
  default: 30_000,
  /** The same while the server part pushes what happens to its rows. */
  pushed: 60_000,
  /** The shortest `refreshInterval`, and the shortest time between refreshes when the page becomes visible. */
  floor: 5_000,
} as const;

/** How a list refreshes: an interval in milliseconds; `'in-flight'`: every 30 s while a row is in flight; `false`: not. */
export type ListCadence = number | 'in-flight' | false;

/** Input of {@link dueAt}. Times are milliseconds on the clock of `monotonicNow`. */
export interface ListMoment {
  cadence: ListCadence;
  hasData: boolean;
  /** When its first page was last read. */
  readAt: number;
  /** When a failed refresh can be retried; `Infinity`: a retry can't succeed; `null`: the last one succeeded. */
  retryAt: number | null;
  mountedAt: number;
  /** When the page last became visible. */
  shownAt: number;
  hasRowsInFlight: boolean;
  /** Whether a newer container was read elsewhere, and how many refreshes in a row were due for that. */
  hasNews: boolean;
  newsInARow: number;
  isPushed: boolean;
}

/**
 * When a list is due for a refresh, on the clock of `monotonicNow`:
 *
 * 1. at once if it was older than 30 s at mount, whatever the cadence;
 * 2. when the page becomes visible, or a newer container was read elsewhere, at least 5 s after the last refresh; up to 30 s where that happens again and again;
 * 3. at the requested interval, or every 30 s (60 s while its rows are pushed) while a row is in flight;
 * 4. after a failed refresh with backoff, and never if a retry can't succeed;
 * 5. otherwise never: `Infinity`.
 *
 * With cadence `false` only the first rule applies, and the fourth to a list without data.
 */
export function dueAt(moment: ListMoment): number {
  const { cadence, hasData, readAt, retryAt, mountedAt, shownAt, hasRowsInFlight, hasNews, newsInARow, isPushed } = moment;
  if (!hasData) return retryAt ?? Number.POSITIVE_INFINITY;
  const atMount = mountedAt - readAt >= LIST_REFRESH.default ? mountedAt : Number.POSITIVE_INFINITY;
  if (cadence === false) return Math.max(atMount, retryAt ?? atMount);
  if (retryAt !== null) return retryAt;
  const interval = cadence !== 'in-flight' ? cadence : hasRowsInFlight ? everyMs(isPushed) : Number.POSITIVE_INFINITY;
  const { floor, default: longest } = LIST_REFRESH;
  const news = hasNews ? Math.min(longest, floor * 2 ** Math.min(newsInARow, 10)) : Number.POSITIVE_INFINITY;
  return Math.min(atMount, readAt + Math.min(interval, news, shownAt > readAt ? floor : Number.POSITIVE_INFINITY));
}

/** When the next page of loaded rows is due to be checked for deleted ones: after the interval, and at least 30 s (60 s while pushed), until all were checked. */
export function checkDueAt(cadence: ListCadence, checkedTo: number, lastAt: number, isPushed: boolean): number {
  if (checkedTo === Number.NEGATIVE_INFINITY) return Number.POSITIVE_INFINITY;
  return lastAt + Math.max(everyMs(isPushed), typeof cadence === 'number' ? cadence : 0);
}

const everyMs = (isPushed: boolean) => LIST_REFRESH[isPushed ? 'pushed' : 'default'];

/** The row where the next check starts, given the creation time down to which rows were checked; `undefined`: all were. */
export const nextToCheck = ({ containers }: ListData, checkedTo: number): ContainerSummary | undefined =>
  containers.find((row) => createdAt(row) <= checkedTo);

/** The creation time down to which a page has checked the loaded rows; `-Infinity`: all of them. */
export const checkedBy = ({ containers }: ListData, page: ContainerPage): number =>
  (!reachesEnd(containers, page) && createdAt(page.containers.at(-1))) || Number.NEGATIVE_INFINITY;

/** The last of `count` failures in a row, and when it can be retried; `Infinity`: a retry can't succeed. */
export interface ListFailure {
  count: number;
  at: number;
  retryAt: number;
  /** `network`: no connection; `session`: a 401; `refused`: a retry can't succeed unless something has changed; `null`: anything else. */
  why: 'network' | 'session' | 'refused' | null;
}

/** From so many failures in a row on the server part is asked every 16 s: it backs off from the API by itself, and has the last good response for everybody. */
const MOST_OF_SERVER_PART = 4;

/** A failed refresh, after the failure before it. @param hasLastGood whether the last good response of the server part came with it */
export function failureAfter(before: ListFailure | null, error: unknown, at: number, hasLastGood: boolean): ListFailure {
  const count = Math.min((before?.count ?? 0) + 1, hasLastGood ? MOST_OF_SERVER_PART : Number.POSITIVE_INFINITY);
  const pause = retryDelay(error, count, Math.random());
  if (pause === false) return { count, at, retryAt: Number.POSITIVE_INFINITY, why: 'refused' };
  const { code = null, status = null } = isLayersError(error) ? error : {};
  return { count, at, retryAt: at + pause, why: code === 'NETWORK' ? 'network' : status === 401 ? 'session' : null };
}

/**
 * When a list that failed is read again: a session or connection that works for others brings it back at once, and so does, a while after the failure, a mount
 * or a page that is shown (for what was refused: after more than a minute).
 */
export function retryAtAfter(
  { count, at, retryAt, why }: ListFailure,
  { isReachable, mountedAt, shownAt, hiddenFor }: { isReachable: boolean; mountedAt: number; shownAt: number; hiddenFor: number },
): number {
  if (why === null) return retryAt;
  if (why !== 'refused' && isReachable) return at;
  const isShown = why === 'session' || hiddenFor >= ANEW_AFTER_MS;
  const isAnew = why !== 'network' && Math.max(mountedAt, isShown ? shownAt : mountedAt) > at;
  return isAnew ? Math.min(retryAt, at + refusedFor(why === 'session' ? 1 : count)) : retryAt;
}
