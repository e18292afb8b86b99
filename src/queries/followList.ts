import type { QueryClient } from '@tanstack/react-query';
import type { LayersClient } from '../client/LayersClient.js';
import { LONGEST_TIMER_MS } from '../internal/longestTimer.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import { findList } from './containerListOptions.js';
import { FollowedRows } from './followedRows.js';
import { dueAt, type ListCadence } from './listDue.js';
import { addFollower } from './listFollowers.js';
import type { ListData } from './listPage.js';
import { letGoOfLeft, refreshList } from './listRefresh.js';
import { takeRows } from './listRows.js';

/** What a mounted list lives by. */
export interface FollowListOptions {
  /** How it refreshes by itself. `false`: rows in flight are not looked after either. */
  cadence: ListCadence;
}

/**
 * Keeps a list that is mounted current: refreshes it when that is due and the page is visible, has the read loop look after its rows in flight (one list
 * read for all of them), and takes in what is read of its containers elsewhere. Returns what ends that.
 */
export function followList(
  client: LayersClient,
  queryClient: QueryClient,
  queryKey: readonly unknown[],
  { cadence }: FollowListOptions,
): () => void {
  const { reads } = client;
  const mountedAt = monotonicNow();
  const rows = new FollowedRows(client);
  const query = () => findList(queryClient, queryKey);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let timerAt = Number.POSITIVE_INFINITY;
  let data: ListData | undefined;

  const schedule = (at: number) => {
    if (at === timerAt) return;
    clearTimeout(timer);
    timerAt = at;
    if (at === Number.POSITIVE_INFINITY) return;
    const ring = () => {
      timerAt = Number.POSITIVE_INFINITY;
      look();
    };
    timer = setTimeout(ring, Math.min(Math.max(0, Math.ceil(at - monotonicNow())), LONGEST_TIMER_MS));
  };
  const look = () => {
    const list = query();
    if (list?.state.data === undefined) return;
    if (cadence !== false && list.state.data !== data) {
      data = list.state.data;
      rows.follow(data);
    }
    if (list.state.fetchStatus !== 'idle') return;
    // Hidden, nothing is planned: the loop's next turn is when the page is seen again.
    if (!reads.visibility.isPageVisible) return schedule(Number.POSITIVE_INFINITY);
    const at = dueAt(list, { cadence, mountedAt, shownAt: reads.shownAt, hasRowsInFlight: rows.isAny });
    if (at > monotonicNow()) schedule(at);
    else void refreshList(list, 'visible');
  };
  const followed = query();
  const leave = followed && addFollower(followed, { awaits: (row) => rows.awaits(row) });
  const stops = [
    reads.subscribe(look),
    reads.onRows((told) => {
      rows.seen(told);
      const list = query();
      if (list) takeRows(list, told);
    }),
    queryClient.getQueryCache().subscribe(({ query: changed }) => {
      if (changed === query()) look();
    }),
  ];
  look();
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
    rows.clear();
    // Who comes back finds what fits.
    if (followed && leave?.()) letGoOfLeft(followed);
  };
}
