import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ContainerListQuery, containerListOptions } from '../../../src/core.js';
import { followList } from '../../../src/queries/list/followList.js';
import { listActions } from '../../../src/queries/list/listActions.js';
import type { ListData } from '../../../src/queries/list/listData.js';
import { closePages, followRow, lasting, openPage, openPageOf, stopTime, tick } from '../../truth/support.js';

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  closePages();
  vi.useRealTimers();
});

/** Changes the rows of each list page on the wire. */
type Rewrite = (rows: Record<string, unknown>[], path: string) => unknown[];

/** A list that doesn't refresh itself, of a server whose rows can be changed on the wire. */
function mount(filters: ContainerListQuery, rewrite: Rewrite = (rows) => rows) {
  const { simulator } = openPage({ tier: 'off' });
  const page = openPageOf(simulator, {
    readsPerMinute: 100_000,
    fetch: async (url, init) => {
      const response = await simulator.fetch(url, init);
      if (!response.ok || !/\/projects\/[^/]+\/content\?/.test(String(url))) return response;
      const body = (await response.json()) as { items: Record<string, unknown>[] };
      return Response.json({ ...body, items: rewrite(body.items, String(url)) });
    },
  });
  const { client, queryClient, projectId } = page;
  const options = containerListOptions(client, projectId, filters);
  const observer = new QueryObserver(queryClient, options);
  const list = listActions(client, queryClient, options.queryKey);
  const add = async (count: number, more: object = { state: 'completed' }) => {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      ids.unshift(simulator.addContainer(more));
      await tick(1_000);
    }
    return ids;
  };
  return {
    page,
    simulator,
    list,
    add,
    data: () => queryClient.getQueryData(options.queryKey) as ListData,
    told: () => observer.getCurrentResult().data,
    shown: () => (observer.getCurrentResult().data?.containers ?? []).map(({ id }) => id),
    open: async () => {
      observer.subscribe(() => undefined);
      followList(list, false);
      await tick(3_000);
    },
    refresh: () => Promise.all([list.refresh(), tick(3_000)]),
    loadMore: () => Promise.all([list.loadMore(), tick(3_000)]),
  };
}

const inFlight = { generation: lasting(1e9) };

describe('a list of what is in flight', () => {
  test('that does not refresh keeps a row that another component follows until its end is read', async () => {
    const { page, simulator, told, shown, open, refresh, add } = mount({ status: ['queued', 'processing'] });
    const [kept = '', other = ''] = await add(2, inFlight);
    await open();
    const hook = followRow(page, kept, true, ['progress']);
    for (const id of [kept, other]) simulator.finish(id);
    page.simulator.setFaults([{ kind: 'latency', latencyMs: 4_000, match: /progress/ }]);
    await refresh();
    expect(shown()).toEqual([kept]);
    await tick(30_000);
    expect(hook.progress()?.status).toBe('completed');
    expect(told()?.containers[0]).toMatchObject({ id: kept, status: 'completed' });
    await refresh();
    expect(shown()).toEqual([]);
  });

  test('of which nothing is left after a refresh shows what is new at once', async () => {
    const { page, simulator, told, shown, open, refresh, add } = mount({ status: ['queued', 'processing'] });
    const before = await add(2, inFlight);
    await open();
    expect(shown()).toEqual(before);
    const after = await add(3, inFlight);
    for (const id of before) simulator.finish(id);
    await Promise.all([...before.map((id) => page.client.getContainer(id)), tick(3_000)]);
    expect(shown()).toEqual(before);
    await refresh();
    expect(shown()).toEqual(after);
    expect(told()?.newCount).toBe(0);
  });
});

test('rows without a date are in the order of the server, and each is there once', async () => {
  const { simulator, list, told, shown, open, refresh, loadMore, add } = mount({ limit: 4 }, (rows) =>
    rows.map((row) => ({ ...row, createdAt: null })),
  );
  const first = await add(10);
  await open();
  await loadMore();
  expect(shown()).toEqual(first.slice(0, 8));
  simulator.removeContainer(first[2] as string);
  await refresh();
  const next = await add(3);
  await refresh();
  expect(shown()).toEqual(first.slice(0, 8).filter((id) => id !== first[2]));
  expect(told()?.newCount).toBe(3);
  list.showNew();
  await loadMore();
  expect(shown()).toEqual([...next, ...first.filter((id) => id !== first[2])]);
  const many = await add(50);
  await refresh();
  list.showNew();
  while (told()?.hasNextPage) await loadMore();
  expect(shown()).toEqual([...many, ...next, ...first.filter((id) => id !== first[2])]);
});

test('the only row in flight was deleted: it leaves a list of those in flight', async () => {
  const { simulator, list, shown, open, refresh, add } = mount({ status: ['queued', 'processing'], limit: 1 });
  const [id = ''] = await add(1, inFlight);
  await open();
  expect(shown()).toEqual([id]);
  simulator.removeContainer(id);
  followList(list, 30_000);
  await tick(3_000);
  await refresh();
  expect(shown()).toEqual([]);
});

describe('a page of which no row can be read', () => {
  test.each(['first', 'second'])('the %s one: the others are loaded, and a refresh loses none', async (which) => {
    let isBroken = true;
    const { list, told, shown, open, refresh, loadMore, add } = mount({ limit: 3 }, (rows, path) =>
      isBroken && path.includes('cursor=') === (which === 'second') ? rows.map(() => ({})) : rows,
    );
    const ids = await add(9);
    await open();
    while (told()?.hasNextPage) {
      isBroken = which === 'first' ? !told() : told()?.lookedAt === 3 && told()?.invalidCount === 0;
      await loadMore();
    }
    const readable = which === 'first' ? ids.slice(3) : [...ids.slice(0, 3), ...ids.slice(6)];
    expect(shown()).toEqual(readable);
    expect(told()?.invalidCount).toBe(3);
    isBroken = which === 'first';
    await refresh();
    expect(shown()).toEqual(readable);
    expect(told()).toMatchObject({ invalidCount: 3, newCount: 0, hasMoreNew: false });
    isBroken = false;
    await refresh();
    list.showNew();
    for (let round = 0; round < 3; round += 1) await Promise.all([list.check(), tick(3_000)]);
    list.showNew();
    expect(shown()).toEqual(ids);
    expect(told()?.invalidCount).toBe(0);
  });
});

test('loading more while a refresh is under way, and the other way round, loses no row and has none twice', async () => {
  const { simulator, list, told, shown, open, loadMore, add } = mount({ limit: 3 });
  const ids = await add(12);
  await open();
  for (let round = 0; round < 3; round += 1) {
    ids.unshift(...(await add(2)));
    simulator.removeContainer(ids.splice(2, 1)[0] as string);
    await Promise.all([list.refresh(), list.loadMore(), tick(3_000)]);
    await Promise.all([list.loadMore(), list.refresh(), tick(3_000)]);
    list.showNew();
    expect(shown()).toEqual(ids.slice(0, shown().length));
  }
  while (told()?.hasNextPage) await loadMore();
  expect(shown()).toEqual(ids);
});

test('rows that come to match on both sides of the end of the first page are both found', async () => {
  const { simulator, list, add, told, open, refresh, loadMore } = mount({ status: ['completed'], limit: 5 });
  const old = await add(8);
  const late = await add(2, inFlight);
  const top = await add(4);
  await open();
  await loadMore();
  await loadMore();
  expect(told()?.containers.map(({ id }) => id)).toEqual([...top, ...old]);
  for (const id of late) simulator.finish(id);
  await refresh();
  expect(told()?.newCount).toBe(1);
  await Promise.all([list.check(), tick(3_000)]);
  expect(told()?.newCount).toBe(2);
  list.showNew();
  expect(told()?.containers.map(({ id }) => id)).toEqual([...top, ...late, ...old]);
});
