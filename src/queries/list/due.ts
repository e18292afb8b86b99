import type { ContainerSummary } from '../../model/container.js';
import type { ContainerPage } from '../../model/containerPage.js';
import { createdAt, type ListData } from './listData.js';

/** The automatic refresh of a list, in milliseconds. */
export const LIST_REFRESH = {
  /** While something in it is in flight; and what is older is read again when somebody comes to look. */
  default: 30_000,
  /** The shortest interval that can be asked for, also for a page that comes back into view. */
  floor: 5_000,
} as const;

/** How a list refreshes: every so many milliseconds, `'in-flight'`: while it shows something that changes, `false`: not. */
export type ListCadence = number | 'in-flight' | false;

/** What {@link dueAt} decides from, on the clock of `monotonicNow`. */
export interface ListMoment {
  cadence: ListCadence;
  /** Whether the list has data. */
  hasData: boolean;
  /** When its first page was last read. */
  readAt: number;
  /** When a first page that failed may be tried again: `Infinity` where that cannot help, `null` where the last one did not fail. */
  retryAt: number | null;
  /** When somebody began to look. */
  mountedAt: number;
  /** When the page last came back into view. */
  shownAt: number;
  hasRowsInFlight: boolean;
  /** Whether a container that belongs above its rows was read elsewhere. */
  hasNews: boolean;
}

/**
 * When the first page of a list is due, on the clock of `monotonicNow`:
 *
 * 1. at once where it was older than 30 s when somebody began to look, whatever the cadence;
 * 2. when the page comes back into view, or a newer container was read elsewhere, 5 s after the last time at the earliest;
 * 3. at the interval asked for, or every 30 s while it shows something in flight;
 * 4. after a failed refresh by its backoff, and never where reading again cannot help;
 * 5. else never: `Infinity`.
 *
 * Without a cadence only the first holds, and the fourth for a list that has nothing to show.
 */
export function dueAt({ cadence, hasData, readAt, retryAt, ...moment }: ListMoment): number {
  if (!hasData) return retryAt ?? Number.POSITIVE_INFINITY;
  const due: number[] = [];
  if (moment.mountedAt - readAt >= LIST_REFRESH.default) due.push(moment.mountedAt);
  if (cadence !== false && (moment.hasNews || moment.shownAt > readAt)) due.push(readAt + LIST_REFRESH.floor);
  if (typeof cadence === 'number') due.push(readAt + cadence);
  if (cadence === 'in-flight' && moment.hasRowsInFlight) due.push(readAt + LIST_REFRESH.default);
  if (retryAt === null) return Math.min(...due);
  return cadence === false ? Math.max(Math.min(...due), retryAt) : retryAt;
}

/**
 * When the next page further down is due to be checked for rows that are gone: one for each interval, 30 s at the least, from the last check or the
 * refresh that began the round, until all that is loaded was read again.
 */
export function checkDueAt(cadence: ListCadence, checkedTo: number, lastAt: number): number {
  if (cadence === false || checkedTo === Number.NEGATIVE_INFINITY) return Number.POSITIVE_INFINITY;
  return lastAt + Math.max(LIST_REFRESH.default, typeof cadence === 'number' ? cadence : 0);
}

/** The row from which the next check of loaded rows begins, when those down to a time of creation were read; `undefined`: all were. */
export const nextToCheck = ({ containers }: ListData, checkedTo: number): ContainerSummary | undefined =>
  containers.find((row) => createdAt(row) <= checkedTo);

/** Down to which time of creation a page has read the loaded rows again; `-Infinity`: to their end, or as far as times tell. */
export function checkedBy({ containers }: ListData, page: ContainerPage): number {
  const [last, end] = [containers.at(-1), page.containers.at(-1)];
  if (page.nextCursor === null || last === undefined || end === undefined) return Number.NEGATIVE_INFINITY;
  return createdAt(end) >= createdAt(last) && !page.containers.some(({ id }) => id === last.id) ? createdAt(end) : Number.NEGATIVE_INFINITY;
}
