import { type Query, QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, test } from 'vitest';
import { type ContainerPage, LayersError } from '../../../src/core.js';
import { monotonicNow } from '../../../src/internal/monotonicNow.js';
import { addCaches } from '../../../src/queries/cacheOf.js';
import type { ContainerCache } from '../../../src/queries/containerCache.js';
import { ListActions } from '../../../src/queries/list/listActions.js';
import { addNewcomers } from '../../../src/queries/list/newcomers.js';
import { type ListData, patchRows } from '../../../src/queries/list/listData.js';
import { shareList } from '../../../src/queries/list/containerListOptions.js';
import type { Priority } from '../../../src/schedule/priority.js';
import type { LayersClient } from '../../../src/schedule/scheduledClient.js';
import { listOf, page, row, seconds } from './rows.js';

interface Read {
  cursor: string | null;
  until: string | undefined;
  priority: Priority;
  signal: AbortSignal;
  answer: (page: ContainerPage, old?: { askedAt: number; failure: LayersError }) => Promise<void>;
  fail: (error: LayersError) => Promise<void>;
}

const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

/** A list that is shown, of a server whose every answer is given by hand. */
function shownList(initialData?: ListData) {
  const queryClient = new QueryClient();
  const reads: Read[] = [];
  /** The priorities of reads that waited for their slot before they were asked for. */
  const entered: Priority[] = [];
  const merged: [rows: number[], askedAt: number][] = [];
  const queryKey = ['layers', 'scope', 'list', 'prj_1', {}];
  const options = {
    queryKey,
    queryFn: () => actions.read(),
    structuralSharing: shareList,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    ...(initialData && { initialData }),
  };
  const observer = new QueryObserver<ListData, LayersError>(queryClient, options);
  const query = observer.getCurrentQuery() as unknown as Query<ListData, LayersError>;
  const readPage: LayersClient['schedule']['reads']['page'] = (_, { until }, cursor = null, priority, signal) =>
    new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
      const answer: Read['answer'] = (value, old) => {
        resolve({ value, askedAt: 0, ...old });
        return settled();
      };
      const fail = (error: LayersError) => {
        reject(error);
        return settled();
      };
      reads.push({ cursor, until, priority: priority ?? (entered.pop() as Priority), signal: signal as AbortSignal, answer, fail });
    });
  const mergeRows: ContainerCache['mergeRows'] = (_, rows, askedAt) => {
    merged.push([seconds(rows), askedAt]);
    return rows.map((each) => (each.id === 'cnt_9' ? { ...each, hook: 'known better' } : each));
  };
  const queue = { pump: () => {}, enter: async (priority: () => Priority) => void entered.push(priority()) };
  const client = {
    schedule: { reads: { page: readPage }, isAwaited: () => false, listRead: () => {} },
    lines: { 'read-light': { queue } },
  } as unknown as LayersClient;
  addCaches(client, () => ({ mergeRows, isMounting: () => false }) as unknown as ContainerCache);
  const actions = new ListActions(client, queryClient, query);
  const stop = observer.subscribe(() => undefined);
  const leave = actions.follow(() => undefined);
  const read = (index: number) => reads[index] as Read;
  const data = () => query.state.data as ListData;
  return { queryClient, queryKey, observer, query, actions, reads, read, merged, data, stop, leave };
}

const refused = new LayersError({ code: 'HTTP_500', message: 'No.', status: 500 });

test('the first rows, a refresh, what a person asks for, more, and a check are read with their urgency, and merged before they are kept', async () => {
  const { reads, read, actions, observer, data, merged } = shownList();
  await settled();
  await read(0).answer(page([9, 8], 'after 8'));
  void actions.refresh('sweep');
  await read(1).answer(page([9, 8], 'after 8'));
  void actions.refresh();
  await read(2).answer(page([9, 8], 'after 8'));
  void observer.refetch();
  await read(3).answer(page([9, 8], 'after 8'));
  void actions.loadMore();
  await read(4).answer(page([7, 6], 'after 6'));
  void actions.refresh('sweep');
  await read(5).answer(page([9, 8], 'after 8'));
  void actions.check();
  await read(6).answer(page([8, 7, 6], 'after 6'));
  expect(reads.map(({ priority }) => priority)).toEqual(['list', 'sweep', 'person', 'person', 'person', 'sweep', 'rest']);
  expect(merged.map(([rows]) => rows.length)).toEqual([2, 2, 2, 2, 2, 2, 3]);
  expect(seconds(data().containers)).toEqual([9, 8, 7, 6]);
  expect(data().containers[0]?.hook).toBe('known better');
});

test('the last good page of a server part fails the refresh; it is taken if it is newer than what is shown, and else changes nothing', async () => {
  const { read, actions, data, query } = shownList();
  await settled();
  await read(0).answer(page([9, 8]));
  const before = monotonicNow();
  void actions.refresh('sweep');
  await read(1).answer(page([8]), { askedAt: before - 60_000, failure: refused });
  expect(seconds(data().containers)).toEqual([9, 8]);
  expect(query.state).toMatchObject({ status: 'error', error: refused });
  void actions.refresh('sweep');
  await read(2).answer(page([11, 9, 8]), { askedAt: monotonicNow(), failure: refused });
  expect(seconds(data().newer)).toEqual([11]);
  expect(query.state).toMatchObject({ status: 'error', error: refused });
  expect(actions.failure?.count).toBe(2);
  void actions.refresh('sweep');
  await read(3).answer(page([11, 9, 8]));
  expect([query.state.status, query.state.error, actions.failure]).toEqual(['success', null, null]);
});

describe('what is written while something is read', () => {
  test('stays, also in the moment between an answer and the end of the fetch', async () => {
    const { queryClient, read, actions, data, query } = shownList(listOf([9, 8], { nextCursor: 'c' }));
    void actions.refresh();
    const stop = queryClient.getQueryCache().subscribe(({ type }) => {
      if (type !== 'updated' || query.state.data?.newer.length !== 1) return;
      stop();
      queueMicrotask(() => actions.write((list) => patchRows(list, [row(8, { hook: 'decided' })])));
    });
    await read(0).answer(page([11, 9, 8], 'after 8'));
    expect(seconds(data().newer)).toEqual([11]);
    expect(data().containers[1]?.hook).toBe('decided');
    expect(query.state).toMatchObject({ status: 'success', fetchStatus: 'idle' });
  });

  test.each(['refresh', 'check'] as const)('by a row that was told since is not taken for gone by a %s', async (action) => {
    const { read, actions, data } = shownList(listOf([9, 7], { nextCursor: 'c' }));
    if (action === 'check') actions.checked = { to: 9_000, at: 0 };
    void actions[action]();
    actions.write((list) => addNewcomers(list, [row(8)]));
    await read(0).answer(page([9, 7], 'after 7'));
    expect(seconds(data().newer)).toEqual([8]);
  });

  test('is not counted as a read, and leaves an error that is told', async () => {
    const { read, actions, query } = shownList(listOf([9]));
    void actions.refresh();
    await read(0).fail(refused);
    const { dataUpdatedAt } = query.state;
    actions.write((list) => patchRows(list, [row(9, { status: 'failed' })]));
    expect(query.state).toMatchObject({ dataUpdatedAt, status: 'error', error: refused });
  });
});

describe('reads that cross', () => {
  test('of the first page: the one that was asked for last holds, whichever answers last', async () => {
    const { read, observer, data } = shownList(listOf([9], { nextCursor: 'c' }));
    void observer.refetch();
    void observer.refetch();
    await read(1).answer(page([11, 9], 'c'));
    await read(0).answer(page([9], 'c'));
    expect(read(0).signal.aborted).toBe(true);
    expect(seconds(data().newer)).toEqual([11]);
  });

  test('a refresh is not waited for by loading more, nor the other way round', async () => {
    const { read, reads, actions, data } = shownList(listOf([9, 8], { nextCursor: 'after 8' }));
    void actions.refresh();
    void actions.loadMore();
    void actions.refresh();
    void actions.loadMore();
    expect(reads.map(({ cursor }) => cursor)).toEqual([null, 'after 8']);
    await read(1).answer(page([7], null));
    await read(0).answer(page([10, 9], 'after 9'));
    expect([seconds(data().containers), seconds(data().newer)]).toEqual([[9, 8, 7], [10]]);
    expect(data().nextCursor).toBeNull();
  });

  test('a page of a list that began anew meanwhile is left, and its own next page is read', async () => {
    const { read, actions, data } = shownList(listOf([9], { nextCursor: 'after 9', newer: [row(20)], gap: 'after 20' }));
    void actions.loadMore();
    actions.showNew();
    await read(0).answer(page([8], null));
    expect(read(1).cursor).toBe('after 20');
    await read(1).answer(page([19], 'after 19'));
    expect(seconds(data().containers)).toEqual([20, 19]);
    expect(actions.load.isFetchingNextPage).toBe(false);
  });

  test.each([
    ['loading more', (list: ReturnType<typeof shownList>) => list.actions.loadMore()],
    ['a check', (list: ReturnType<typeof shownList>) => list.actions.check()],
    ['a refresh', (list: ReturnType<typeof shownList>) => list.actions.refresh()],
  ])('%s of a list that was removed from the cache leaves nothing in it', async (_, begin) => {
    const list = shownList(listOf([9, 8], { nextCursor: 'after 8' }));
    list.actions.checked = { to: 9_000, at: 0 };
    void begin(list);
    list.leave();
    list.stop();
    list.queryClient.clear();
    await list.read(0).answer(page([9]));
    expect(list.queryClient.getQueryCache().getAll()).toEqual([]);
  });
});

describe('loading more', () => {
  test('that fails is told apart from the list, and no more once it was done', async () => {
    const { read, actions, query, data } = shownList(listOf([9], { nextCursor: 'after 9' }));
    const states: unknown[] = [];
    actions.loadChanged.add(() => states.push([actions.load.isFetchingNextPage, actions.load.loadMoreError?.status ?? null]));
    void actions.loadMore();
    await read(0).fail(refused);
    void actions.loadMore();
    await read(1).answer(page([8]));
    expect(states).toEqual([
      [true, null],
      [false, 500],
      [true, 500],
      [false, null],
    ]);
    expect(query.state).toMatchObject({ error: null, status: 'success' });
    expect(seconds(data().containers)).toEqual([9, 8]);
  });

  test('is given up when nobody looks any more, and is no error', async () => {
    const { read, actions, leave, data } = shownList(listOf([9], { nextCursor: 'after 9' }));
    void actions.loadMore();
    leave();
    await settled();
    expect(read(0).signal.aborted).toBe(true);
    expect(actions.load).toEqual({ isFetchingNextPage: false, loadMoreError: null });
    expect(seconds(data().containers)).toEqual([9]);
  });

  test('at the end reads nothing', async () => {
    const { reads, actions } = shownList(listOf([9]));
    await actions.loadMore();
    expect(reads).toEqual([]);
  });
});

test('a round of checks begins with a refresh and goes down page by page, and a refresh in between does not begin it again', async () => {
  const long = Array.from({ length: 9 }, (_, index) => 9 - index);
  const { read, reads, actions } = shownList(listOf(long));
  const refresh = async (index: number) => {
    void actions.refresh('sweep');
    await read(index).answer(page([9, 8, 7], 'after 7'));
  };
  await refresh(0);
  expect(actions.checked.to).toBe(7_000);
  void actions.check();
  void actions.check();
  await read(1).answer(page([7, 6, 5], 'after 5'));
  expect(actions.checked.to).toBe(5_000);
  await refresh(2);
  void actions.check();
  await read(3).answer(page([5, 4, 3, 2, 1], null));
  expect(actions.checked.to).toBe(Number.NEGATIVE_INFINITY);
  expect(reads.map(({ until }) => until)).toEqual([undefined, row(7.001).createdAt, undefined, row(5.001).createdAt]);
  await refresh(4);
  expect(actions.checked.to).toBe(7_000);
});
