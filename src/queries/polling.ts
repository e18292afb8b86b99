import type { Followed } from '../client/reads/followed.js';
import type { ReadLoop } from '../client/reads/readLoop.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import { isLayersError } from '../model/errors.js';
import { type AskedInterval, CADENCE, retryDelay, steadyJitter } from './cadence.js';
import { failuresInARow, firstSeenAt, isFromRow, lastNews, noteRow, type PolledQuery, settledAt, settleNow } from './polledQuery.js';

/** Options that every polled query takes. */
export interface PollingOptions {
  /** Milliseconds between two reads in flight, at least 1,000; `false` reads once. @default the documented cadence: 2 s, and 5 s once a stage has lasted 30 s */
  refetchInterval?: AskedInterval;
}

/** How one kind of query polls. */
export interface PollingRules<Data> {
  kind: Followed['kind'];
  /** Id of the container or job. */
  id: string;
  isTerminal: (data: Data) => boolean;
  /** Milliseconds to the next read of something in flight; `false`: none. */
  delay: (data: Data, query: PolledQuery<Data>) => number | false;
  /** When something in flight was first seen so, on the clock of `monotonicNow`. @default when it was first followed */
  startedAt?: (data: Data) => number;
  etaSeconds?: (data: Data) => number | null;
  /** What of the data is news when it changes. @default all of it */
  newsOf?: (data: Data) => unknown;
  /** Takes in an answer that another tab read: the new data, or the same where it is no news. */
  receive: (data: Data | undefined, value: never) => Data;
  /** Takes in a list row: the new data, or `undefined` when the row brings nothing new. */
  take?: (data: Data, row: Parameters<Followed['take']>[0]) => Data | undefined;
}

/**
 * The part of the query options that makes a query poll and rest by our rules:
 *
 * 1. terminal data: no read any more, by interval, focus or reconnection;
 * 2. an error that reading again cannot mend (404, 403, …): none until someone asks;
 * 3. another error: backs off from 2 s to 60 s, never before `Retry-After`, also when something mounts or the page is seen again;
 * 4. past the client's deadline: once a minute;
 * 5. otherwise `delay(data, query)`, as far as the read budget allows.
 *
 * WHEN a read leaves is the read loop's to decide: one plan and one budget for all that is on screen, none while the page is hidden. There is no
 * retry below the loop: an error is told at once, beside the last good data.
 */
export function pollingOptions<Data>(reads: ReadLoop, rules: PollingRules<Data>) {
  const afterError = (query: PolledQuery<Data>): number | false => {
    const failures = failuresInARow(query);
    return retryDelay(query.state.error, failures, steadyJitter(query.queryHash, failures));
  };
  const mayReadAgain = (query: PolledQuery<Data>): boolean => {
    const pause = afterError(query);
    return pause === false || Date.now() >= query.state.errorUpdatedAt + pause;
  };
  const delay = (query: PolledQuery<Data>): number | false => {
    const { data, status } = query.state;
    if (status === 'error') return afterError(query);
    // Its first read waits for the budget: a sweep may answer it sooner.
    if (data === undefined) return CADENCE.base;
    return rules.isTerminal(data) ? false : inFlight(data, query);
  };
  const inFlight = (data: Data, query: PolledQuery<Data>): number | false => {
    const pause = rules.delay(data, query);
    const startedAt = rules.startedAt?.(data) ?? firstSeenAt(query);
    return pause !== false && monotonicNow() - startedAt > reads.deadlineMs ? Math.max(pause, CADENCE.ceiling) : pause;
  };
  const refetchInterval = (query: PolledQuery<Data>): false => {
    failuresInARow(query);
    shortest.delete(query);
    reads.follow(query, followed(query, rules));
    return false;
  };
  delays.set(refetchInterval, delay as (query: never) => number | false);
  return {
    // TanStack asks this of every mounted query after each of its changes, which is when the loop has to look at it again.
    refetchInterval,
    // What mounts while the data is younger than one tick joins it; terminal data stays good until it is invalidated.
    staleTime: (query: PolledQuery<Data>): number => {
      const { data, status, dataUpdatedAt, errorUpdatedAt } = query.state;
      if (data === undefined) return 0;
      if (status === 'error') return errorUpdatedAt - dataUpdatedAt + (afterError(query) || 0);
      return rules.isTerminal(data) ? Number.POSITIVE_INFINITY : inFlight(data, query) || 0;
    },
    retryOnMount: mayReadAgain,
    refetchOnWindowFocus: false as const,
    refetchOnReconnect: ({ state }: PolledQuery<Data>) => (isUnreachable(state.error) ? ('always' as const) : false),
    retry: false as const,
    // Offline is an error like another, told at once; the browser's own word for it is often wrong.
    networkMode: 'always' as const,
  };
}

/** The rule of each options object, found again through the one function of it that TanStack keeps with every observer. */
const delays = new WeakMap<object, (query: never) => number | false>();

const shortest = new WeakMap<object, { state: object; at: number; delay: number | false }>();

/** The shortest pause that anybody who looks at a query asks for; `false`: nobody wants another read. */
function soonestDelay<Data>(query: PolledQuery<Data>): number | false {
  // One turn of the read loop asks many times, of up to thousands of queries.
  const at = monotonicNow();
  const known = shortest.get(query);
  if (known !== undefined && known.state === query.state && known.at === at) return known.delay;
  let delay: number | false = false;
  for (const { options } of query.observers) {
    if (options.enabled === false || typeof options.refetchInterval !== 'function') continue;
    const asked = delays.get(options.refetchInterval)?.(query as never) ?? false;
    if (asked !== false && (delay === false || asked < delay)) delay = asked;
  }
  shortest.set(query, { state: query.state, at, delay });
  return delay;
}

function followed<Data>(query: PolledQuery<Data>, rules: PollingRules<Data>): Followed {
  settledAt(query);
  lastNews(query, rules.newsOf);
  return {
    kind: rules.kind,
    id: rules.id,
    isActive: () => query.isActive(),
    delay: () => soonestDelay(query),
    settledAt: () => settledAt(query),
    lastNews: () => lastNews(query, rules.newsOf),
    errorCode: () => (query.state.status === 'error' ? codeOf(query.state.error) : null),
    isReading: () => query.state.fetchStatus === 'fetching',
    needsDetail: () =>
      query.state.status !== 'error' && isFromRow(query) && query.state.data !== undefined && rules.isTerminal(query.state.data),
    hasEnded: () => query.state.data !== undefined && rules.isTerminal(query.state.data),
    etaSeconds: () => (query.state.data === undefined ? null : (rules.etaSeconds?.(query.state.data) ?? null)),
    read: async () => {
      const observer = query.observers.find(({ options }) => options.enabled !== false);
      await observer?.refetch({ cancelRefetch: false });
      return query.state.status === 'error' ? query.state.error : null;
    },
    receive: (value) => {
      const next = rules.receive(query.state.data, value as never);
      if (next === query.state.data && query.state.status === 'success') settleNow(query);
      else query.setData(next, { manual: true });
    },
    take: (row) => {
      const { data } = query.state;
      const next = data === undefined ? undefined : rules.take?.(data, row);
      if (next === undefined) return;
      query.setData(next, { manual: true });
      // A row is not the whole record: whoever looks at it next reads it.
      if (rules.kind === 'container' && rules.isTerminal(next)) {
        noteRow(query);
        query.invalidate();
      }
    },
  };
}

const codeOf = (error: unknown) => (isLayersError(error) ? error.code : 'UNKNOWN');

const isUnreachable = (error: unknown) => codeOf(error) === 'NETWORK';
