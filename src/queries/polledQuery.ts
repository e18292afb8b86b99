import { monotonicNow } from '../internal/monotonicNow.js';

/** What the polling rules look at: TanStack's query, as far as they need it. */
export interface PolledQuery<Data> {
  queryHash: string;
  state: {
    data: Data | undefined;
    error: unknown;
    status: 'pending' | 'error' | 'success';
    dataUpdateCount: number;
    dataUpdatedAt: number;
    errorUpdateCount: number;
    errorUpdatedAt: number;
  };
}

interface Streak {
  dataUpdateCount: number;
  errorsBefore: number;
}

const streaks = new WeakMap<object, Streak>();

/** How many reads of a query failed since the last that did not. TanStack's own count starts again at every interval. */
export function failuresInARow(query: PolledQuery<unknown>): number {
  const { dataUpdateCount, errorUpdateCount, status } = query.state;
  let streak = streaks.get(query);
  if (streak === undefined || streak.dataUpdateCount !== dataUpdateCount) {
    streak = { dataUpdateCount, errorsBefore: status === 'error' ? errorUpdateCount - 1 : errorUpdateCount };
    streaks.set(query, streak);
  }
  return errorUpdateCount - streak.errorsBefore;
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
