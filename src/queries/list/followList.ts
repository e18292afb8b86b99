import type { QueryClient } from '@tanstack/react-query';
import { Alarm } from '../../internal/alarm.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import { containerKey } from '../../model/ids.js';
import type { LayersClient } from '../../schedule/scheduledClient.js';
import type { Follow } from '../../schedule/track.js';
import { cacheOf } from '../cacheOf.js';
import { checkDueAt, dueAt, type ListCadence } from './due.js';
import { type ListActions, listActions } from './listActions.js';
import type { ListData } from './listData.js';

/** Options of {@link followList}. */
interface FollowListOptions {
  queryClient: QueryClient;
  queryKey: readonly unknown[];
  /** How it refreshes. `false`: its rows in flight aren't followed either. */
  cadence: ListCadence;
}

/**
 * Keeps a mounted list current: refreshes it when due while the page is visible, checks loaded rows further down, and follows rows in flight. Returns a
 * function that ends this.
 */
export function followList(client: LayersClient, { queryClient, queryKey, cadence }: FollowListOptions): () => void {
  const { schedule } = client;
  const mountedAt = monotonicNow();
  /** The rows in flight that are followed, by key. */
  const follows = new Map<string, Follow>();
  const find = () => listActions(client, queryClient, queryKey);
  const alarm = new Alarm(() => look());
  let data: ListData | undefined;
  let isReading = false;
  let isOver = false;

  const unfollow = (key: string, follow: Follow) => {
    follows.delete(key);
    schedule.unfollow(follow, follow);
  };
  const followRows = ({ query, readAt }: ListActions) => {
    if (query.state.data === data || cadence === false) return;
    data = query.state.data;
    const rows = data?.containers.filter(({ status }) => status === 'queued' || status === 'processing') ?? [];
    const inFlight = new Map(rows.map((row) => [containerKey(row.id), row]));
    for (const [key, follow] of follows) if (!inFlight.has(key)) unfollow(key, follow);
    for (const [key, row] of inFlight) {
      if (follows.has(key)) continue;
      const follow: Follow = { id: row.id, wants: 'status', interval: undefined };
      follows.set(key, follow);
      schedule.follow(follow, follow, cacheOf(client, queryClient).factsOfRow(row, readAt));
    }
  };

  const next = ({ readAt, failure, hasNews, query, checked }: ListActions) => {
    const { shownAt, onlineAt } = schedule.page;
    // Once the connection is back, nothing waits for the end of a backoff.
    const isBack = failure?.isNetwork === true && onlineAt > failure.at;
    const retryAt = (isBack ? failure.at : failure?.retryAt) ?? null;
    const hasData = query.state.data !== undefined;
    const hasRowsInFlight = [...follows.keys()].some((key) => schedule.isAwaited(key));
    const head = dueAt({ cadence, mountedAt, hasRowsInFlight, hasData, readAt, retryAt, shownAt, hasNews });
    const check = failure === null ? checkDueAt(cadence, checked.to, checked.at) : Number.POSITIVE_INFINITY;
    return { at: Math.min(head, check), isCheck: check < head };
  };
  const look = () => {
    const list = find();
    if (list === undefined) return;
    followRows(list);
    if (isReading || list.query.state.fetchStatus !== 'idle') return;
    // A hidden page plans nothing until it becomes visible.
    if (!schedule.page.isVisible) return alarm.clear();
    const { at, isCheck } = next(list);
    if (at > monotonicNow()) return alarm.set(at);
    isReading = true;
    void (isCheck ? list.check() : list.refresh('sweep')).finally(() => {
      isReading = false;
      if (!isOver) look();
    });
  };
  const stops = [
    schedule.subscribe(look),
    queryClient.getQueryCache().subscribe(({ query }) => {
      if (query === (find()?.query as unknown)) look();
    }),
    find()?.follow(look),
  ];
  look();
  return () => {
    isOver = true;
    alarm.clear();
    for (const stop of stops) stop?.();
    for (const [key, follow] of follows) unfollow(key, follow);
  };
}
