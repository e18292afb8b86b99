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
  observers: { options: { enabled?: unknown }; refetch(options: { cancelRefetch: boolean }): Promise<unknown> }[];
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
  if (updates === 0) return query.state.data === undefined ? null : monotonicNow();
  const seen = settled.get(query);
  if (seen?.updates === updates) return seen.at;
  const at = monotonicNow();
  settled.set(query, { updates, at });
  return at;
}

const stages = new WeakMap<object, { stage: string; since: number }>();

/** How long a query has been seen in the same stage (or status, where a record has no stage), in milliseconds. */
export function millisecondsInStage(query: object, stage: string): number {
  const now = monotonicNow();
  const seen = stages.get(query);
  if (seen?.stage === stage) return now - seen.since;
  stages.set(query, { stage, since: now });
  return 0;
}
