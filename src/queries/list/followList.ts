import type { QueryClient } from '@tanstack/react-query';
import type { LayersClient } from '../../client/LayersClient.js';
import { Alarm } from '../../internal/alarm.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import type { ContainerSummary } from '../../model/container.js';
import { checkDueAt, dueAt, type ListCadence } from './due.js';
import { type ListActions, listActions } from './listActions.js';
import type { ListData } from './listData.js';
import { patchList } from './patchLists.js';
import { finishedRows, type ListScheduler, listScheduler, retryPause } from './seam.js';

/** What a mounted list lives by. */
export interface FollowListOptions {
  queryClient: QueryClient;
  queryKey: readonly unknown[];
  /** How it refreshes. `false`: rows in flight are not looked after either. */
  cadence: ListCadence;
}

/**
 * Keeps a mounted list current: refreshes it when that is due and the page is visible, checks what is loaded further down, has its rows in flight looked
 * after, and takes in what is read of its containers elsewhere. Returns what ends that.
 */
export function followList(client: LayersClient, { queryClient, queryKey, cadence }: FollowListOptions): () => void {
  const scheduler = listScheduler(client);
  const mountedAt = monotonicNow();
  const find = () => listActions(client, queryClient, queryKey);
  const alarm = new Alarm(() => look());
  let data: ListData | undefined;
  let inFlight: ContainerSummary[] = [];
  let isAsking = false;

  const next = (list: ListActions) => {
    const head = dueAt(momentOf(list, scheduler, { cadence, mountedAt, hasRowsInFlight: inFlight.length > 0 }));
    const check = list.failure === null ? checkDueAt(cadence, list.checked.to, list.checked.at) : Number.POSITIVE_INFINITY;
    return { at: Math.min(head, check), isCheck: check < head };
  };
  const look = () => {
    const list = find();
    if (list === undefined) return;
    if (list.query.state.data !== data) {
      data = list.query.state.data;
      inFlight = data?.containers.filter(({ status }) => status === 'queued' || status === 'processing') ?? [];
      if (cadence !== false) scheduler.follow(inFlight);
    }
    if (isAsking || list.query.state.fetchStatus !== 'idle') return;
    // Hidden, nothing is planned: the next turn is when the page is seen again.
    if (!scheduler.isPageVisible()) return alarm.clear();
    const { at, isCheck } = next(list);
    if (at > monotonicNow()) return alarm.set(at);
    isAsking = true;
    // By the time its turn comes, another who shows the list may have read it.
    const run = async () => (next(list).at > monotonicNow() ? undefined : isCheck ? list.check() : list.refresh('sweep'));
    void scheduler.request({ priority: isCheck ? 'rest' : 'sweep', run }).finally(() => {
      isAsking = false;
      if (!isOver) look();
    });
  };

  let isOver = false;
  const leave = find()?.follow({ awaits: scheduler.awaits, look });
  const stops = [
    scheduler.subscribe(look),
    scheduler.onRows((told) => {
      const list = find();
      if (list?.query.state.data) patchList(list.query as never, finishedRows(list.query.state.data, told));
    }),
    queryClient.getQueryCache().subscribe(({ query }) => {
      if (query === (find()?.query as unknown)) look();
    }),
  ];
  look();
  return () => {
    isOver = true;
    alarm.clear();
    for (const stop of stops) stop();
    scheduler.follow([]);
    leave?.();
  };
}

type Known = { cadence: ListCadence; mountedAt: number; hasRowsInFlight: boolean };

function momentOf({ query, readAt, failure, hasNews }: ListActions, scheduler: ListScheduler, known: Known) {
  const pause = failure === null ? null : retryPause(failure.error, failure.count, query.queryHash);
  const retryAt = failure === null || pause === null ? null : pause === false ? Number.POSITIVE_INFINITY : failure.at + pause;
  return { ...known, hasData: query.state.data !== undefined, readAt, retryAt, shownAt: scheduler.shownAt(), hasNews };
}
