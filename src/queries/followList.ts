import type { QueryClient } from '@tanstack/react-query';
import type { LayersClient } from '../schedule/createLayersClient.js';
import { Alarm } from '../internal/alarm.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import type { ContainerSummary } from '../model/container.js';
import { findList } from './containerListOptions.js';
import { FollowedRows } from './followedRows.js';
import { dueAt, type ListCadence } from './listDue.js';
import { addFollower } from './listFollowers.js';
import type { ListData } from './listPage.js';
import { letGoOfLeft, refreshList } from './listRefresh.js';
import { filtersOf, type ListQuery, takeRows, writeRows } from './listRows.js';
import { addWaiting, findNewcomers } from './newcomers.js';

const nameOf = ({ id, rawStatus, rawApprovalStatus }: ContainerSummary) => `${id} ${rawStatus} ${rawApprovalStatus}`;

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
  const alarm = new Alarm(() => look());
  let data: ListData | undefined;
  let hasNews = false;

  const look = () => {
    const list = query();
    if (list?.state.data === undefined) return;
    if (cadence !== false && list.state.data !== data) {
      data = list.state.data;
      rows.follow(data);
    }
    if (list.state.fetchStatus !== 'idle') return;
    // Hidden, nothing is planned: the loop's next turn is when the page is seen again.
    if (!reads.visibility.isPageVisible) return alarm.clear();
    const at = dueAt(list, { cadence, mountedAt, shownAt: reads.shownAt, hasRowsInFlight: rows.isAny, hasNews });
    if (at > monotonicNow()) return alarm.set(at);
    hasNews = false;
    void refreshList(list, 'visible');
  };
  const told = new Set<string>();
  const hear = (list: ListQuery, heard: readonly ContainerSummary[]) => {
    rows.seen(heard);
    takeRows(list, heard);
    const unheard = heard.filter((row) => !told.has(nameOf(row)));
    const known = list.state.data;
    if (known === undefined || unheard.length === 0) return;
    const { within, hasNewer } = findNewcomers(known, unheard, String(queryKey[3]), filtersOf(list));
    if (within.length > 0) writeRows(list, (before) => addWaiting(before, within));
    if (!hasNewer) return;
    // Each once: what the list does not have after that, it will not have.
    for (const row of unheard) told.add(nameOf(row));
    hasNews = true;
    look();
  };
  const followed = query();
  const leave = followed && addFollower(followed, { awaits: (row) => rows.awaits(row) });
  const stops = [
    reads.subscribe(look),
    reads.onRows((heard) => {
      const list = query();
      if (list) hear(list, heard);
    }),
    queryClient.getQueryCache().subscribe(({ query: changed }) => {
      if (changed === query()) look();
    }),
  ];
  look();
  return () => {
    alarm.clear();
    for (const stop of stops) stop();
    rows.clear();
    // Who comes back finds what fits.
    if (followed && leave?.()) letGoOfLeft(followed);
  };
}
