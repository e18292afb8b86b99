import type { QueryClient } from '@tanstack/react-query';
import { Alarm } from '../../internal/alarm.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import type { ContainerSummary } from '../../model/container.js';
import { containerKey } from '../../model/ids.js';
import type { LayersClient } from '../../schedule/scheduledClient.js';
import { cacheOf } from '../cacheOf.js';
import { checkDueAt, dueAt, type ListCadence } from './due.js';
import { type ListActions, listActions } from './listActions.js';
import type { ListData } from './listData.js';

/** Options of {@link followList}. */
export interface FollowListOptions {
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
  const rows = new FollowedRows(client, queryClient);
  const find = () => listActions(client, queryClient, queryKey);
  const alarm = new Alarm(() => look());
  let data: ListData | undefined;
  let isReading = false;
  let isOver = false;

  const next = (list: ListActions) => {
    const { readAt, failure, hasNews, query, checked } = list;
    const hasData = query.state.data !== undefined;
    const isBack = failure?.isNetwork === true && schedule.isReachable(failure.at);
    const retryAt = (isBack ? failure.at : failure?.retryAt) ?? null;
    const head = dueAt({
      cadence,
      mountedAt,
      hasRowsInFlight: rows.size > 0,
      hasData,
      readAt,
      retryAt,
      shownAt: schedule.page.shownAt,
      hasNews,
    });
    const check = failure === null ? checkDueAt(cadence, checked.to, checked.at) : Number.POSITIVE_INFINITY;
    return { at: Math.min(head, check), isCheck: check < head };
  };
  const look = () => {
    const list = find();
    if (list === undefined) return;
    if (list.query.state.data !== data) {
      data = list.query.state.data;
      if (cadence !== false) rows.follow(data?.containers ?? [], list.readAt);
    }
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
  const leave = find()?.follow({ awaits: (row) => rows.awaits(row), look });
  const stops = [
    schedule.subscribe(look),
    queryClient.getQueryCache().subscribe(({ query }) => {
      if (query === (find()?.query as unknown)) look();
    }),
  ];
  look();
  return () => {
    isOver = true;
    alarm.clear();
    for (const stop of stops) stop();
    rows.follow([], 0);
    leave?.();
  };
}

/** Follows the status of a list's rows in flight. */
class FollowedRows {
  readonly #client: LayersClient;
  readonly #queryClient: QueryClient;
  readonly #tokens = new Map<string, { id: string }>();

  constructor(client: LayersClient, queryClient: QueryClient) {
    this.#client = client;
    this.#queryClient = queryClient;
  }

  get size(): number {
    return [...this.#tokens.keys()].filter((key) => this.#client.schedule.isAwaited(key)).length;
  }

  /** @param readAt when they were read */
  follow(rows: readonly ContainerSummary[], readAt: number): void {
    const inFlight = new Map(
      rows.filter(({ status }) => status === 'queued' || status === 'processing').map((row) => [containerKey(row.id), row]),
    );
    const { schedule } = this.#client;
    for (const [key, token] of this.#tokens) {
      if (inFlight.has(key)) continue;
      this.#tokens.delete(key);
      schedule.unfollow(token, { id: token.id, wants: 'status' });
    }
    for (const [key, row] of inFlight) {
      if (this.#tokens.has(key)) continue;
      const token = { id: row.id };
      const follow = { id: row.id, wants: 'status', interval: undefined } as const;
      this.#tokens.set(key, token);
      schedule.follow(token, follow, cacheOf(this.#client, this.#queryClient).factsOfRow(row, readAt));
    }
  }

  /** Whether a row is followed and hasn't ended. */
  awaits({ id }: ContainerSummary): boolean {
    return this.#tokens.has(containerKey(id)) && this.#client.schedule.isAwaited(containerKey(id));
  }
}
