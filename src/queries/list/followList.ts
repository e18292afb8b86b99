import { Alarm } from '../../internal/alarm.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import type { Follow } from '../../schedule/track.js';
import { cacheOf } from '../cacheOf.js';
import { checkDueAt, dueAt, type ListCadence, retryAtAfter } from './due.js';
import type { ListActions } from './listActions.js';
import { type ListData } from './listData.js';
import { keyOf } from './rows.js';

/** Keeps a mounted list current: refreshes it when due, checks rows further down, follows rows in flight (not with cadence `false`). Returns what ends this. */
export function followList(list: ListActions, cadence: ListCadence): () => void {
  const { client, queryClient, query } = list;
  const { schedule } = client;
  const mountedAt = monotonicNow();
  /** The rows in flight that are followed, by key. */
  const follows = new Map<string, Follow>();
  const alarm = new Alarm(() => look());
  let data: ListData | undefined;
  let isReading = false;
  let isOver = false;

  const followRows = (rows: ListData['containers']) => {
    const inFlight = new Map(rows.filter(({ status }) => status === 'queued' || status === 'processing').map((row) => [keyOf(row), row]));
    for (const [key, follow] of follows) {
      if (inFlight.has(key)) continue;
      follows.delete(key);
      schedule.unfollow(follow, follow);
    }
    for (const [key, row] of inFlight) {
      if (follows.has(key)) continue;
      const follow: Follow = { id: row.id, wants: 'status', interval: undefined };
      follows.set(key, follow);
      schedule.follow(follow, follow, cacheOf(client, queryClient).factsOfRow(row, list.readAt));
    }
  };
  const next = () => {
    const { readAt, failure, hasNews, newsInARow, checked } = list;
    const { shownAt, hiddenFor } = schedule.page;
    const isReachable = failure !== null && schedule.isReachable(failure.at);
    // What failed for another client, with its headers and address, says nothing of this one.
    const others = query.state.error ? 0 : null;
    const retryAt = failure ? retryAtAfter(failure, { isReachable, mountedAt, shownAt, hiddenFor }) : others;
    const hasRowsInFlight = [...follows.keys()].some((key) => schedule.isAwaited(key));
    const { isPushOpen: isPushed } = schedule;
    const hasData = data !== undefined;
    const head = dueAt({ cadence, mountedAt, hasRowsInFlight, hasData, readAt, retryAt, shownAt, hasNews, newsInARow, isPushed });
    const check = failure === null ? checkDueAt(cadence, checked.to, checked.at, isPushed) : Number.POSITIVE_INFINITY;
    return { at: Math.max(schedule.listsHeldUntil, Math.min(head, check)), isCheck: check < head };
  };
  const look = () => {
    // What the host wrote in another shape is dropped in a moment.
    if (isOver || !cacheOf(client, queryClient).isUsable(query)) return;
    if (query.state.data !== data) {
      data = query.state.data;
      if (cadence !== false) followRows(data?.containers ?? []);
    }
    if (isReading || query.state.fetchStatus !== 'idle') return;
    // A hidden page plans nothing until it becomes visible. What is static TanStack doesn't refetch: it would be due for ever.
    if (!schedule.page.isVisible || query.isStatic()) return alarm.clear();
    const { at, isCheck } = next();
    if (at > monotonicNow()) return alarm.set(at);
    isReading = true;
    schedule.tryList();
    void (isCheck ? list.check() : list.refresh('sweep')).finally(() => {
      isReading = false;
      look();
    });
  };
  const stop = () => {
    isOver = true;
    alarm.clear();
    for (const each of stops) each();
    followRows([]);
  };
  const stops = [
    schedule.subscribe(look),
    queryClient.getQueryCache().subscribe((event) => {
      if (event.query !== (query as unknown)) return;
      if (event.type === 'removed') stop();
      else look();
    }),
    list.follow(look),
  ];
  look();
  return stop;
}
