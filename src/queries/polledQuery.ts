import { monotonicNow } from '../internal/monotonicNow.js';

/** TanStack's query, as far as the polling rules need it. */
export interface PolledQuery<Data> {
  queryHash: string;
  state: {
    data: Data | undefined;
    error: unknown;
    status: 'pending' | 'error' | 'success';
    fetchStatus: 'fetching' | 'paused' | 'idle';
    isInvalidated: boolean;
    dataUpdateCount: number;
    dataUpdatedAt: number;
    errorUpdateCount: number;
    errorUpdatedAt: number;
  };
  observers: {
    options: { enabled?: unknown; refetchInterval?: unknown };
    refetch(options: { cancelRefetch: boolean }): Promise<unknown>;
  }[];
  isActive(): boolean;
  setData(data: Data, options: { manual: boolean }): Data;
  invalidate(): void;
}

interface Streak {
  dataUpdateCount: number;
  errorsBefore: number;
}

const streaks = new WeakMap<object, Streak>();

/** How many reads of a query failed since the last that did not. TanStack's own count starts again at every read. */
export function failuresInARow<Data>(query: PolledQuery<Data>): number {
  const { dataUpdateCount, errorUpdateCount, status } = query.state;
  let streak = streaks.get(query);
  if (streak === undefined || streak.dataUpdateCount !== dataUpdateCount) {
    streak = { dataUpdateCount, errorsBefore: status === 'error' ? errorUpdateCount - 1 : errorUpdateCount };
    streaks.set(query, streak);
  }
  return errorUpdateCount - streak.errorsBefore;
}

const settled = new WeakMap<object, { updates: number; at: number }>();

/** When the last answer or error of a query came, on the clock of `monotonicNow`, as far as it was looked at then; `null` before the first. */
export function settledAt<Data>(query: PolledQuery<Data>): number | null {
  const updates = query.state.dataUpdateCount + query.state.errorUpdateCount;
  if (updates === 0 && query.state.data === undefined) return null;
  const known = settled.get(query);
  if (known?.updates === updates) return known.at;
  const at = monotonicNow();
  settled.set(query, { updates, at });
  return at;
}

/** Notes that what a query has is what the server says now, though nothing was written to it. */
export function settleNow<Data>(query: PolledQuery<Data>): void {
  settled.set(query, { updates: query.state.dataUpdateCount + query.state.errorUpdateCount, at: monotonicNow() });
}

const seen = new WeakMap<object, number>();

/** When a query was first looked at, on the clock of `monotonicNow`. */
export function firstSeenAt(query: object): number {
  const at = seen.get(query) ?? monotonicNow();
  seen.set(query, at);
  return at;
}

/** When what a query reads last changed, and the longest it was quiet before that, in milliseconds. */
export interface News {
  at: number;
  longestQuiet: number;
}

const news = new WeakMap<object, News & { data: unknown }>();

/** Keeps count of a query's news, each time it is looked at; `null` before the first. */
export function lastNews<Data>(query: PolledQuery<Data>, newsOf: ((data: Data) => unknown) | undefined): News | null {
  if (query.state.data === undefined) return null;
  const data = newsOf ? newsOf(query.state.data) : query.state.data;
  const known = news.get(query);
  if (known !== undefined && known.data === data) return known;
  const at = monotonicNow();
  const next = { data, at, longestQuiet: known === undefined ? 0 : Math.max(known.longestQuiet, at - known.at) };
  news.set(query, next);
  return next;
}

const fromRows = new WeakMap<object, number>();

/** Notes that what a query has of its end came from a list row, which is not the whole record. */
export function noteRow<Data>(query: PolledQuery<Data>): void {
  fromRows.set(query, query.state.dataUpdateCount);
}

/** Whether that is still so: nothing was read since. */
export function isFromRow<Data>(query: PolledQuery<Data>): boolean {
  return fromRows.get(query) === query.state.dataUpdateCount;
}

const stages = new WeakMap<object, { stage: string; since: number }>();

/** How long a query has been seen in the same stage (or status, where a record has no stage), in milliseconds. */
export function millisecondsInStage(query: object, stage: string): number {
  const now = monotonicNow();
  const known = stages.get(query);
  if (known?.stage === stage) return now - known.since;
  stages.set(query, { stage, since: now });
  return 0;
}
