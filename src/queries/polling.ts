import { type AskedInterval, mayRecover, retryDelay, steadyJitter } from './cadence.js';
import { failuresInARow, type PolledQuery } from './polledQuery.js';

/** Options that every polled query takes. */
export interface PollingOptions {
  /** Milliseconds between two reads in flight, at least 1,000; `false` reads once. @default the documented cadence: 2 s, and 5 s once a stage has lasted 30 s */
  refetchInterval?: AskedInterval;
}

/**
 * The part of the query options that makes a query poll and rest by our rules:
 *
 * 1. terminal data: no read any more, by interval, focus or reconnection;
 * 2. an error that reading again cannot mend (404, 403, …): none until someone asks;
 * 3. another error: backs off from 2 s to 60 s, never before `Retry-After`, also when something mounts or the page is seen again;
 * 4. otherwise `delay(data, query)`.
 *
 * A hidden page reads nothing, and once it is seen again everything in flight is read once (TanStack's visibility rule). There is no retry below
 * the interval: an error is told at once, beside the last good data.
 */
export function pollingOptions<Data>(
  isTerminal: (data: Data) => boolean,
  delay: (data: Data, query: PolledQuery<Data>) => number | false,
) {
  const afterError = (query: PolledQuery<Data>): number | false => {
    const failures = failuresInARow(query);
    return retryDelay(query.state.error, failures, steadyJitter(query.queryHash, failures));
  };
  const mayReadAgain = (query: PolledQuery<Data>): boolean => {
    const pause = afterError(query);
    return pause === false || Date.now() >= query.state.errorUpdatedAt + pause;
  };
  const catchUp = (query: PolledQuery<Data>): false | 'always' => {
    const { data, status, error } = query.state;
    if (status === 'error') return mayRecover(error) && mayReadAgain(query) ? 'always' : false;
    return data !== undefined && isTerminal(data) ? false : 'always';
  };
  return {
    refetchInterval: (query: PolledQuery<Data>): number | false => {
      const { data, status } = query.state;
      if (status === 'error') return afterError(query);
      failuresInARow(query);
      return data === undefined || isTerminal(data) ? false : delay(data, query);
    },
    // What mounts while the data is younger than one tick joins it; terminal data stays good until it is invalidated.
    staleTime: (query: PolledQuery<Data>): number => {
      const { data, status, dataUpdatedAt, errorUpdatedAt } = query.state;
      if (data === undefined) return 0;
      if (status === 'error') return errorUpdatedAt - dataUpdatedAt + (afterError(query) || 0);
      return isTerminal(data) ? Number.POSITIVE_INFINITY : delay(data, query) || 0;
    },
    retryOnMount: mayReadAgain,
    refetchOnWindowFocus: catchUp,
    refetchOnReconnect: catchUp,
    retry: false as const,
    // Offline is an error like another, told at once; the browser's own word for it is often wrong.
    networkMode: 'always' as const,
  };
}
