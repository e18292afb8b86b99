import { QueryClientProvider, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, render, renderHook } from 'vitest-browser-react';
import { containerListOptions, layersKeys, type UseContainerListOptions, useContainerList } from '../../src/index.js';
import { ids } from '../support/lists.js';
import { pass } from '../support/time.js';
import { createWorld, type World } from '../support/world.js';
import { lasting, stopTime } from './support.js';

beforeEach(() => {
  stopTime();
});
afterEach(async () => {
  await cleanup();
  vi.useRealTimers();
});

function library(count: number): World & { library: string[] } {
  const world = createWorld();
  const made = Array.from({ length: count }, (_, index) =>
    world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending', createdAt: Date.now() - 1_000_000 + index * 1_000 }),
  );
  return { ...world, library: made.reverse() };
}

async function mount(world: World, options?: UseContainerListOptions) {
  const hook = await renderHook(() => useContainerList(world.projectId, options), { wrapper: world.wrapper });
  await pass(500);
  return hook.result;
}

describe('the result is an ordinary object', () => {
  test('that a spread, a rest and Object.assign copy with all that it holds', async () => {
    const world = library(5);
    const result = await mount(world);
    const spread = { ...result.current };
    const { loadMore, ...rest } = result.current;
    for (const copy of [spread, rest, Object.assign({}, result.current)]) {
      expect(ids(copy)).toEqual(world.library);
      expect(copy).toMatchObject({ status: 'success', error: null, isPending: false, hasNextPage: false, isFetchingNextPage: false });
      expect(typeof copy.refetch).toBe('function');
    }
    expect(typeof loadMore).toBe('function');
  });

  test('whose keys are its own, and whose prototype is that of any object', async () => {
    const result = await mount(library(1));
    const keys = Object.keys(result.current);
    const promised = [
      'data',
      'error',
      'status',
      'isPending',
      'refetch',
      'hasNextPage',
      'isFetchingNextPage',
      'loadMore',
      'refresh',
      'showNew',
      'sentinelRef',
    ];
    expect(keys).toEqual(expect.arrayContaining([...promised, 'loadMoreError', 'fetchNextPage']));
    expect(Object.getPrototypeOf(result.current)).toBe(Object.prototype);
  });

  test('whose functions stay the same, and whose loadMore goes by its old name, too', async () => {
    const world = library(50);
    const result = await mount(world, { limit: 10 });
    const { loadMore, refresh, showNew, sentinelRef, fetchNextPage } = result.current;
    expect(fetchNextPage).toBe(loadMore);
    void loadMore();
    await pass(500);
    expect(ids(result.current)).toEqual(world.library.slice(0, 20));
    expect(result.current).toMatchObject({ hasNextPage: true, isFetchingNextPage: false });
    expect([result.current.loadMore, result.current.refresh, result.current.showNew, result.current.sentinelRef]).toEqual([
      loadMore,
      refresh,
      showNew,
      sentinelRef,
    ]);
  });

  test('that renders again only for what was read of it', async () => {
    const world = library(30);
    let renders = 0;
    const { result } = await renderHook(
      () => {
        renders += 1;
        return useContainerList(world.projectId, { limit: 10 }).data;
      },
      { wrapper: world.wrapper },
    );
    await pass(500);
    expect(result.current?.containers).toHaveLength(10);
    const before = renders;
    await world.queryClient.invalidateQueries({ queryKey: layersKeys.lists(world.client, world.projectId) });
    await pass(2_000);
    expect(world.reads().length).toBeGreaterThan(1);
    expect(renders).toBe(before);
  });
});

describe('what can be asked of a list', () => {
  test('loadMore tells a failure beside the rows, and goes on where it failed', async () => {
    const world = library(30);
    const result = await mount(world, { limit: 10 });
    world.simulator.setFaults([{ kind: 'status', status: 500, match: 'GET', times: 1 }]);
    void result.current.loadMore();
    await pass(500);
    expect(result.current.loadMoreError).toMatchObject({ name: 'LayersError', status: 500 });
    expect(ids(result.current)).toEqual(world.library.slice(0, 10));
    expect(result.current.status).toBe('success');
    void result.current.loadMore();
    await pass(500);
    expect(ids(result.current)).toEqual(world.library.slice(0, 20));
    expect(result.current.loadMoreError).toBeNull();
  });

  test('refresh reads once and counts what is new, showNew puts it in without a read', async () => {
    const world = library(30);
    const result = await mount(world, { limit: 10, refreshInterval: false });
    void result.current.loadMore();
    await pass(500);
    const fresh = world.simulator.addContainer({ state: 'completed' });
    const before = world.reads().length;
    void result.current.refresh();
    await pass(500);
    expect(world.reads().length).toBe(before + 1);
    expect(result.current.data).toMatchObject({ newCount: 1 });
    expect(ids(result.current)).toEqual(world.library.slice(0, 20));
    result.current.showNew();
    await pass(100);
    expect(ids(result.current)).toEqual([fresh, ...world.library.slice(0, 20)]);
    expect(world.reads().length).toBe(before + 1);
  });

  test('rows that were deleted below the first page leave, without a reload of the list', async () => {
    const world = library(40);
    const result = await mount(world, { limit: 10, refreshInterval: 10_000 });
    for (let page = 0; page < 3; page += 1) {
      void result.current.loadMore();
      await pass(500);
    }
    expect(ids(result.current)).toEqual(world.library);
    for (const index of [12, 25, 38]) world.simulator.removeContainer(world.library[index] as string);
    const left = world.library.filter((_, index) => ![12, 25, 38].includes(index));
    void result.current.refresh();
    await pass(120_000);
    expect(ids(result.current)).toEqual(left);
  });

  test('rows that cannot be read are told with their place and the reason', async () => {
    const world = library(5);
    world.simulator.setFaults([{ kind: 'bad-row', match: 'GET' }]);
    const result = await mount(world);
    expect(result.current.data?.invalidCount).toBeGreaterThan(0);
    expect(result.current.data?.invalid).toHaveLength(result.current.data?.invalidCount ?? -1);
    for (const each of result.current.data?.invalid ?? [])
      expect(each).toEqual({ index: expect.any(Number), reason: expect.stringMatching(/\w+/) });
  });
});

describe('containerListOptions are ordinary query options', () => {
  const list = (world: World) => containerListOptions(world.client, world.projectId, { limit: 10 });

  test('for useQuery', async () => {
    const world = library(12);
    const { result } = await renderHook(() => useQuery(list(world) as never), { wrapper: world.wrapper });
    await pass(500);
    const { data } = result.current as { data: { containers: { id: string }[]; newCount: number } | undefined };
    expect(data?.containers.map(({ id }) => id)).toEqual(world.library.slice(0, 10));
    expect(data).toMatchObject({ newCount: 0, hasMoreNew: false, invalid: [], invalidCount: 0, lookedAt: 10 });
  });

  test('for useSuspenseQuery', async () => {
    const world = library(3);
    function Screen() {
      const { data } = useSuspenseQuery(list(world) as never) as { data: { containers: unknown[] } };
      return <output>{data.containers.length}</output>;
    }
    const { container } = await render(
      <QueryClientProvider client={world.queryClient}>
        <Suspense fallback={<i>waiting</i>}>
          <Screen />
        </Suspense>
      </QueryClientProvider>,
    );
    await pass(500);
    await expect.poll(() => container.textContent).toBe('3');
  });

  test('for prefetchQuery: the hook then has its rows at once, and reads nothing', async () => {
    const world = library(12);
    void world.queryClient.prefetchQuery(list(world) as never);
    await pass(500);
    const before = world.reads().length;
    expect(before).toBe(1);
    const { result } = await renderHook(() => useContainerList(world.projectId, { limit: 10 }), { wrapper: world.wrapper });
    expect(ids(result.current)).toEqual(world.library.slice(0, 10));
    await pass(2_000);
    expect(world.reads().length).toBe(before);
  });
});

test('a row of a list is the container as it is known, whoever read it', async () => {
  const world = createWorld();
  const id = world.simulator.addContainer({ generation: lasting(4_000) });
  const result = await mount(world, { refreshInterval: false });
  expect(result.current.data?.containers[0]).toMatchObject({ id, status: 'processing' });
  await pass(6_000);
  const before = world.reads(/projects/).length;
  await renderHook(() => useQuery({ queryKey: ['elsewhere'], queryFn: () => world.client.getContainer(id) }), { wrapper: world.wrapper });
  await pass(1_000);
  expect(world.reads(/projects/).length).toBe(before);
  expect(result.current.data?.containers[0]).toMatchObject({ id, status: 'completed' });
});
