import type { QueryClient } from '@tanstack/react-query';
import type { LayersClient } from '../client/LayersClient.js';
import type { Followed } from '../client/reads/followed.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import { containerKey } from '../model/ids.js';
import { CADENCE, retryDelay, steadyJitter } from './cadence.js';
import { findList } from './containerListOptions.js';
import { type ListData, rowsOf } from './listPage.js';
import { lastHeadRead, refreshList } from './listRefresh.js';
import { type ListQuery, takeRows } from './listRows.js';
import { failuresInARow } from './polledQuery.js';

/** The refresh of a list by itself, in milliseconds. */
export const LIST_REFRESH = {
  default: 30_000,
  /** Nobody may ask for more often, and a page that comes back into view does not either. */
  floor: 5_000,
} as const;

/** What a mounted list lives by. */
export interface FollowListOptions {
  /** Milliseconds between two refreshes; `false`: none, and rows in flight are not looked after. */
  interval: number | false;
}

/**
 * Keeps a list that is mounted current: refreshes it while the page is visible, has the read loop look after its rows in flight (one list read for all of
 * them), and takes in what is read of its containers elsewhere. Returns what ends that.
 */
export function followList(
  client: LayersClient,
  queryClient: QueryClient,
  queryKey: readonly unknown[],
  { interval }: FollowListOptions,
): () => void {
  const { reads } = client;
  const rows = new Map<string, FollowedRow>();
  const query = () => findList(queryClient, queryKey);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let timerAt = Number.POSITIVE_INFINITY;
  let data: ListData | undefined;

  const schedule = (at: number) => {
    if (at === timerAt) return;
    clearTimeout(timer);
    timerAt = at;
    timer = setTimeout(
      () => {
        timerAt = Number.POSITIVE_INFINITY;
        look();
      },
      Math.min(Math.max(0, Math.ceil(at - monotonicNow())), 2 ** 31 - 1),
    );
  };
  const look = () => {
    const list = query();
    if (list?.state.data === undefined) return;
    if (interval !== false && list.state.data !== data) {
      data = list.state.data;
      followRows(client, rows, data);
    }
    if (list.state.fetchStatus !== 'idle') return;
    const at = dueAt(list, interval, reads.shownAt);
    // Hidden, nothing is planned: the loop's next turn is when the page is seen again.
    if (at === false || !reads.visibility.isPageVisible) return;
    if (at > monotonicNow()) schedule(at);
    else void refreshList(list, 'visible');
  };
  const stops = [
    reads.subscribe(look),
    reads.onRows((told) => {
      const list = query();
      for (const row of told) rows.get(containerKey(row.id))?.seen();
      if (list) takeRows(list, told);
    }),
    queryClient.getQueryCache().subscribe(({ query: changed }) => {
      if (changed === query()) look();
    }),
  ];
  // A list that was left for a while is refreshed when it is seen again, also where nothing polls.
  const list = query();
  if (interval === false && list && dueAt(list, LIST_REFRESH.default, reads.shownAt) <= monotonicNow()) void refreshList(list, 'asked');
  look();
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
    rows.clear();
  };
}

/** When a list is to be refreshed, on the clock of `monotonicNow`; `false`: not by itself. */
function dueAt(query: ListQuery, interval: number, shownAt: number): number;
function dueAt(query: ListQuery, interval: number | false, shownAt: number): number | false;
function dueAt(query: ListQuery, interval: number | false, shownAt: number): number | false {
  if (interval === false) return false;
  const readAt = lastHeadRead(query);
  const { status, error, errorUpdatedAt } = query.state;
  if (status === 'error') {
    const failures = failuresInARow(query);
    const pause = retryDelay(error, failures, steadyJitter(query.queryHash, failures));
    const failedAt = monotonicNow() - Math.max(0, Date.now() - errorUpdatedAt);
    return pause === false ? Number.POSITIVE_INFINITY : Math.max(readAt + interval, failedAt + pause);
  }
  return readAt + (shownAt > readAt ? Math.min(interval, LIST_REFRESH.floor) : interval);
}

interface FollowedRow extends Followed {
  /** It was read somewhere. */
  seen(): void;
}

/** Has the loop look after the rows that are in flight, and after no others. */
function followRows(client: LayersClient, rows: Map<string, FollowedRow>, { pages }: ListData): void {
  const inFlight = new Set<string>();
  for (const { id, status } of rowsOf(pages)) {
    if (status !== 'queued' && status !== 'processing') continue;
    const key = containerKey(id);
    inFlight.add(key);
    if (rows.has(key)) continue;
    const row = followedRow(client, id, () => rows.get(key) === row);
    rows.set(key, row);
    client.reads.follow(row, row);
  }
  for (const key of rows.keys()) if (!inFlight.has(key)) rows.delete(key);
}

/** A row in flight, as the loop sees it: no record is read for it while a list read tells its status. */
function followedRow(client: LayersClient, id: string, isActive: () => boolean): FollowedRow {
  let at = monotonicNow();
  let isReading = false;
  let failures = 0;
  let error: unknown = null;
  return {
    kind: 'row',
    id,
    isActive,
    delay: () => (failures === 0 ? CADENCE.slow : retryDelay(error, failures, 0)),
    settledAt: () => at,
    lastNews: () => null,
    errorCode: () => null,
    isReading: () => isReading,
    needsDetail: () => false,
    etaSeconds: () => null,
    hasEnded: () => false,
    read: () => {
      isReading = true;
      return client
        .getContainer(id)
        .then(() => {
          failures = 0;
          return null;
        })
        .catch((reason: unknown) => {
          failures += 1;
          error = reason;
          return reason;
        })
        .finally(() => {
          isReading = false;
          at = monotonicNow();
          client.reads.wake();
        });
    },
    receive: () => undefined,
    take: () => undefined,
    seen: () => {
      at = monotonicNow();
      failures = 0;
    },
  };
}
