import { Component, type ReactNode, StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, renderHook } from 'vitest-browser-react';
import { layersKeys, type UseContainerListOptions, useContainerList } from '../../src/index.js';
import type { SimulatorOptions } from '../../src/testing.js';
import { hidePage, showPage } from '../support/page.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, type World } from '../support/world.js';

beforeEach(() => {
  stopTime();
});

afterEach(async () => {
  await cleanup();
  showPage();
  vi.useRealTimers();
});

/** What a list screen reads of the result: TanStack renders again only for what was read. */
function useShownList(projectId: string | null | undefined, options?: UseContainerListOptions) {
  const { data, error, status, fetchStatus, hasNextPage, loadMoreError, loadMore, refetch } = useContainerList(projectId, options);
  return { data, error, status, fetchStatus, hasNextPage, loadMoreError, loadMore, refetch };
}

const idsOf = (list: { data: { containers: { id: string }[] } | undefined }) => list.data?.containers.map(({ id }) => id);

/** A world whose lists are answered by a function of the cursor instead of the simulator. */
function answered(page: (cursor: string | null) => object): World & { cursors: (string | null)[] } {
  const cursors: (string | null)[] = [];
  const fetch = async (url: string) => {
    const cursor = new URL(url).searchParams.get('cursor');
    cursors.push(cursor);
    return Response.json(page(cursor));
  };
  return { ...createWorld({}, { fetch }), cursors };
}

/** A world in which everything is finished: what a list shows does not change by itself. */
function libraryOf(count: number, options?: SimulatorOptions): World {
  const world = createWorld(options);
  for (let index = 0; index < count; index += 1)
    world.simulator.addContainer({ state: 'completed', createdAt: Date.now() - 1_000_000 + index });
  return world;
}

const row = (id: string) => ({ id, status: 'completed', approvalStatus: 'pending' });

describe('pages', () => {
  test('are walked by the cursor to the end, newest first, every row once, and none is read past the end', async () => {
    const world = libraryOf(61);
    const { result } = await renderHook(() => useShownList(world.projectId), { wrapper: world.wrapper });
    await pass(100);
    expect(result.current.data?.containers).toHaveLength(25);
    expect(result.current.hasNextPage).toBe(true);
    while (result.current.hasNextPage) {
      void result.current.loadMore();
      await pass(100);
    }
    // A whole second is written without its milliseconds.
    const times = result.current.data?.containers.map(({ createdAt }) => Date.parse(createdAt ?? '')) ?? [];
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(new Set(idsOf(result.current)).size).toBe(61);
    expect(world.reads()).toHaveLength(3);
    void result.current.loadMore();
    await pass(1_000);
    expect(world.reads()).toHaveLength(3);
  });

  test.each([
    ['null', { nextCursor: null }],
    ['absent', {}],
    ['an empty string', { nextCursor: '' }],
  ])('end where the next cursor is %s', async (_, end) => {
    const world = answered((cursor) =>
      cursor === null ? { items: [row('cnt_1')], nextCursor: 'second' } : { items: [row('cnt_2')], ...end },
    );
    const { result } = await renderHook(() => useShownList('prj_1'), { wrapper: world.wrapper });
    await pass(100);
    expect(result.current.hasNextPage).toBe(true);
    void result.current.loadMore();
    await pass(100);
    expect(result.current.hasNextPage).toBe(false);
    expect(idsOf(result.current)).toEqual(['cnt_1', 'cnt_2']);
    expect(world.cursors).toEqual([null, 'second']);
  });

  test('are asked for with the cursor exactly as it came', async () => {
    const odd = 'eyJhIjoxfQ==+/&é 100%';
    const world = answered((cursor) => ({ items: [row(cursor === null ? 'cnt_1' : 'cnt_2')], nextCursor: cursor === null ? odd : null }));
    const { result } = await renderHook(() => useShownList('prj_1'), { wrapper: world.wrapper });
    await pass(100);
    void result.current.loadMore();
    await pass(100);
    expect(world.cursors).toEqual([null, odd]);
  });

  test('an empty project is an empty list, not an error and not a spinner', async () => {
    const world = createWorld();
    const { result } = await renderHook(() => useShownList(world.projectId), { wrapper: world.wrapper });
    await pass(100);
    expect(result.current).toMatchObject({ data: { containers: [], invalidCount: 0 }, status: 'success', hasNextPage: false });
  });

  test('rows that are put in on top between two page reads are neither shown twice nor push others out', async () => {
    const world = libraryOf(40);
    const { result } = await renderHook(() => useShownList(world.projectId), { wrapper: world.wrapper });
    await pass(100);
    const first = idsOf(result.current) ?? [];
    for (let index = 0; index < 3; index += 1) world.simulator.addContainer();
    void result.current.loadMore();
    await pass(100);
    expect(idsOf(result.current)?.slice(0, 25)).toEqual(first);
    expect(result.current.data?.containers).toHaveLength(40);
    expect(new Set(idsOf(result.current)).size).toBe(40);
  });

  test('a row that a server sends on two pages shows once, where it was first seen, in either spelling of its id', async () => {
    const world = answered((cursor) =>
      cursor === null
        ? { items: [row('cnt_3'), row('cnt_2')], nextCursor: 'offset-2' }
        : { items: [row('2'), row('cnt_3'), row('cnt_1')], nextCursor: null },
    );
    const { result } = await renderHook(() => useShownList('prj_1'), { wrapper: world.wrapper });
    await pass(100);
    void result.current.loadMore();
    await pass(100);
    expect(idsOf(result.current)).toEqual(['cnt_3', 'cnt_2', 'cnt_1']);
  });

  test('two clicks on "load more" are one read', async () => {
    const world = libraryOf(60);
    const { result } = await renderHook(() => useShownList(world.projectId), { wrapper: world.wrapper });
    await pass(100);
    void result.current.loadMore();
    void result.current.loadMore();
    await pass(100);
    expect(world.reads()).toHaveLength(2);
    expect(result.current.data?.containers).toHaveLength(50);
  });
});

describe('filters', () => {
  test.each(['current', 'legacy'] as const)('all reach the wire in the spelling of the %s edition', async (edition) => {
    const world = createWorld({ edition, containers: 5 }, { edition });
    const { result } = await renderHook(
      () =>
        useShownList(world.projectId, {
          status: ['queued', 'processing'],
          format: ['video-remix', 'ugc_remix'],
          creativeType: 'generated',
          since: '2020-01-01T00:00:00Z',
          until: '2099-01-01T01:00:00+01:00',
          limit: 7,
        }),
      { wrapper: world.wrapper },
    );
    await pass(100);
    const query = new URL(world.reads()[0] as string, 'https://wire.invalid').searchParams;
    const legacy = edition === 'legacy';
    expect(query.getAll('status').sort()).toEqual([legacy ? 'generating' : 'processing', 'queued']);
    expect(query.getAll('format').sort()).toEqual(legacy ? ['ugc_remix', 'video_remix'] : ['ugc-remix', 'video-remix']);
    expect(query.getAll('creativeType')).toEqual(['generated']);
    expect(query.get('since')).toBe('2020-01-01T00:00:00Z');
    expect(query.get('until')).toBe('2099-01-01T00:00:00.000Z');
    expect(query.get('limit')).toBe('7');
    expect(result.current.error).toBeNull();
  });

  test('go with every page', async () => {
    const world = libraryOf(60);
    const { result } = await renderHook(() => useShownList(world.projectId, { creativeType: 'generated', limit: 20 }), {
      wrapper: world.wrapper,
    });
    await pass(100);
    void result.current.loadMore();
    await pass(100);
    expect(world.reads()).toHaveLength(2);
    for (const path of world.reads()) expect(path).toContain('creativeType=generated&limit=20');
    expect(world.reads()[1]).toContain('&cursor=');
  });

  test('written inline are compared by value: rendering again reads nothing, also in StrictMode', async () => {
    const world = libraryOf(30);
    const { rerender } = await renderHook(() => useShownList(world.projectId, { status: ['completed', 'failed'], format: ['ugc-remix'] }), {
      wrapper: ({ children }) => (
        <StrictMode>
          <world.wrapper>{children}</world.wrapper>
        </StrictMode>
      ),
    });
    await pass(100);
    for (let index = 0; index < 10; index += 1) await rerender();
    await pass(60_000);
    expect(world.reads()).toHaveLength(1);
  });

  test('two components that spell the same filters differently share one read', async () => {
    const world = libraryOf(30);
    await renderHook(
      () => [
        useShownList(world.projectId, { status: ['failed', 'completed'], format: 'ugc-remix' }),
        useShownList(world.projectId, { format: ['ugc_remix'], status: ['completed', 'failed', 'failed'] }),
      ],
      { wrapper: world.wrapper },
    );
    await pass(1_000);
    expect(world.reads()).toHaveLength(1);
  });

  test.each([
    ['limit', { limit: 0 }],
    ['limit', { limit: 201 }],
    ['limit', { limit: 2.5 }],
    ['limit', { limit: Number.NaN }],
    ['status', { status: 'rendering' }],
    ['status', { status: ['completed', 'unknown'] }],
    ['status', { status: 5 }],
    ['status', { status: [null] }],
    ['format', { format: '' }],
    ['format', { format: 5 }],
    ['format', { format: [null] }],
    ['creativeType', { creativeType: 'drawn' }],
    ['since', { since: 'last tuesday' }],
    ['until', { until: '' }],
  ])('a bad %s is told in error and spends no read: %o', async (path, filters) => {
    const world = libraryOf(3);
    const { result } = await renderHook(() => useShownList(world.projectId, filters as never), { wrapper: world.wrapper });
    await pass(60_000);
    expect(result.current.error).toMatchObject({ name: 'LayersError', code: 'INVALID_INPUT', requestId: null, details: { path } });
    expect(result.current.data).toBeUndefined();
    expect(world.reads()).toHaveLength(0);
  });

  test('that are null are no filters: callers in JavaScript write them so', async () => {
    const world = libraryOf(3);
    const none = { status: null, format: null, creativeType: null, since: null, until: null, limit: null } as never;
    const { result } = await renderHook(() => useShownList(world.projectId, none), { wrapper: world.wrapper });
    await pass(100);
    expect(result.current.error).toBeNull();
    expect(result.current.data?.containers).toHaveLength(3);
    expect(world.reads()).toEqual([`/v1/projects/${world.projectId}/content`]);
  });
});

describe('what is asked for', () => {
  test('another filter loads the other list, and going back shows the first at once', async () => {
    const world = createWorld();
    const done = world.simulator.addContainer({ state: 'completed' });
    const failed = world.simulator.addContainer({ state: 'failed' });
    const { result, rerender } = await renderHook(
      (status: 'completed' | 'failed' = 'completed') => useShownList(world.projectId, { status: [status] }),
      { wrapper: world.wrapper },
    );
    await pass(100);
    expect(idsOf(result.current)).toEqual([done]);
    await rerender('failed');
    await pass(100);
    expect(idsOf(result.current)).toEqual([failed]);
    await rerender('completed');
    expect(idsOf(result.current)).toEqual([done]);
    await pass(100);
    expect(world.reads()).toHaveLength(2);
  });

  test('another project loads the other list, also while the first is still on its way', async () => {
    const world = createWorld({ projectIds: ['prj_one', 'prj_two'] });
    world.simulator.addContainer({ projectId: 'prj_one', state: 'completed' });
    const wanted = world.simulator.addContainer({ projectId: 'prj_two', state: 'completed' });
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 2_000, match: 'prj_one' }]);
    const { result, rerender } = await renderHook((projectId: string = 'prj_one') => useShownList(projectId), { wrapper: world.wrapper });
    await pass(500);
    await rerender('prj_two');
    await pass(5_000);
    expect(idsOf(result.current)).toEqual([wanted]);
  });

  test.each([null, undefined, ''])('a project of %o is inert', async (projectId) => {
    const world = libraryOf(3);
    const { result } = await renderHook(() => useShownList(projectId), { wrapper: world.wrapper });
    await pass(60_000);
    expect(result.current).toMatchObject({ status: 'pending', fetchStatus: 'idle', error: null });
    expect(world.reads()).toHaveLength(0);
  });

  test('nothing is read until enabled', async () => {
    const world = libraryOf(3);
    const { result, rerender } = await renderHook((enabled: boolean = false) => useShownList(world.projectId, { enabled }), {
      wrapper: world.wrapper,
    });
    await pass(10_000);
    expect(world.reads()).toHaveLength(0);
    await rerender(true);
    await pass(100);
    expect(result.current.data?.containers).toHaveLength(3);
    expect(world.reads()).toEqual([`/v1/projects/${world.projectId}/content`]);
  });
});

describe('what goes wrong', () => {
  test('loading more fails: the rows stay, the error is told, nothing is tried again by itself, and asking again works', async () => {
    const world = libraryOf(40);
    const { result } = await renderHook(() => useShownList(world.projectId), { wrapper: world.wrapper });
    await pass(100);
    const before = result.current.data;
    world.simulator.setFaults([{ kind: 'status', status: 500, times: 1 }]);
    void result.current.loadMore();
    await pass(300_000);
    expect(result.current.loadMoreError).toMatchObject({ code: 'INTERNAL', status: 500, requestId: expect.stringMatching(/^req_/) });
    expect(result.current.error).toBeNull();
    expect(result.current.data).toBe(before);
    expect(result.current.hasNextPage).toBe(true);
    expect(world.reads()).toHaveLength(2);
    void result.current.loadMore();
    await pass(100);
    expect(result.current.loadMoreError).toBeNull();
    expect(result.current.data?.containers).toHaveLength(40);
  });

  test('the first page fails: the error is told at once, and the list recovers by itself', async () => {
    const world = libraryOf(3, { faults: [{ kind: 'html', status: 502, times: 2 }] });
    const { result } = await renderHook(() => useShownList(world.projectId), { wrapper: world.wrapper });
    await pass(100);
    expect(result.current).toMatchObject({ status: 'error', data: undefined, error: { code: 'HTTP_502' } });
    await pass(10_000);
    expect(result.current.error).toBeNull();
    expect(result.current.data?.containers).toHaveLength(3);
    expect(world.reads()).toHaveLength(3);
    await pass(600_000);
    expect(world.reads()).toHaveLength(3);
  });

  test('a project that is not there is told once and not asked for again', async () => {
    const world = libraryOf(3);
    const { result } = await renderHook(() => useShownList('prj_00000000-0000-4000-8000-000000000000'), { wrapper: world.wrapper });
    await pass(300_000);
    expect(result.current.error).toMatchObject({ code: 'NOT_FOUND', status: 404 });
    expect(world.reads()).toHaveLength(1);
  });

  test('rows that cannot be read are counted over all pages, and cost the good ones nothing', async () => {
    const world = createWorld({ containers: 40, faults: [{ kind: 'bad-row' }] });
    const { result } = await renderHook(() => useShownList(world.projectId), { wrapper: world.wrapper });
    await pass(100);
    expect(result.current).toMatchObject({ error: null, data: { invalidCount: 1 } });
    expect(result.current.data?.containers).toHaveLength(24);
    void result.current.loadMore();
    await pass(100);
    expect(result.current.data?.invalidCount).toBe(2);
    expect(result.current.data?.containers).toHaveLength(38);
  });
});

describe('reading again', () => {
  test('neither a focus nor a reconnection reads the loaded pages again, and nothing polls; seen again, one page is read', async () => {
    const world = libraryOf(60);
    const { result } = await renderHook(() => useShownList(world.projectId), { wrapper: world.wrapper });
    await pass(100);
    void result.current.loadMore();
    await pass(600_000);
    hidePage();
    await pass(600_000);
    showPage();
    window.dispatchEvent(new Event('focus'));
    window.dispatchEvent(new Event('offline'));
    window.dispatchEvent(new Event('online'));
    await pass(10_000);
    expect(world.reads()).toHaveLength(3);
    expect(world.reads()[2]).not.toContain('cursor=');
  });

  test('brings nothing new: the same data, and no render for what did not change', async () => {
    const world = createWorld();
    for (let index = 0; index < 30; index += 1) world.simulator.addContainer({ state: 'completed' });
    let renders = 0;
    const { result } = await renderHook(
      () => {
        renders += 1;
        const { data, refetch, loadMore } = useContainerList(world.projectId);
        return { data, refetch, loadMore };
      },
      { wrapper: world.wrapper },
    );
    await pass(100);
    void result.current.loadMore();
    await pass(100);
    const before = { data: result.current.data, renders };
    expect(before.data?.containers).toHaveLength(30);
    void result.current.refetch();
    await pass(100);
    expect(world.reads()).toHaveLength(3);
    expect(result.current.data).toBe(before.data);
    expect(renders).toBe(before.renders);
  });

  test('brings one changed row: every other row stays the same object', async () => {
    const world = createWorld();
    const ids = Array.from({ length: 10 }, () => world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending' }));
    const { result } = await renderHook(() => useShownList(world.projectId), { wrapper: world.wrapper });
    await pass(100);
    const before = result.current.data?.containers ?? [];
    world.simulator.decide(ids[4] as string, 'approved');
    void result.current.refetch();
    await pass(100);
    const after = result.current.data?.containers ?? [];
    const changed = after.filter((container, index) => container !== before[index]);
    expect(changed).toEqual([expect.objectContaining({ id: ids[4], approvalStatus: 'approved' })]);
  });

  test.each([
    ['refetch()', (world: World, list: { refetch: () => unknown }) => void list.refetch()],
    [
      'invalidateQueries',
      (world: World) => void world.queryClient.invalidateQueries({ queryKey: layersKeys.lists(world.client, world.projectId) }),
    ],
    ['refetchQueries', (world: World) => void world.queryClient.refetchQueries()],
  ])('by %s is one read of the first page, folded in like a refresh', async (_, readAgain) => {
    const world = libraryOf(60);
    const { result } = await renderHook(() => useShownList(world.projectId, { limit: 10 }), { wrapper: world.wrapper });
    await pass(100);
    while (result.current.hasNextPage) {
      void result.current.loadMore();
      await pass(10);
    }
    const before = { reads: world.reads().length, rows: result.current.data?.containers };
    world.simulator.addContainer({ state: 'completed' });
    readAgain(world, result.current);
    await pass(100);
    expect(world.reads().slice(before.reads)).toEqual([`/v1/projects/${world.projectId}/content?limit=10`]);
    expect(result.current.data).toMatchObject({ newCount: 1 });
    expect(result.current.data?.containers).toBe(before.rows);
  });

  test('leaves no ghost on the first page; resetQueries begins the list anew, without those below either', async () => {
    const world = createWorld();
    const ids = Array.from({ length: 30 }, (_, index) =>
      world.simulator.addContainer({ state: 'completed', createdAt: Date.now() - 1_000_000 + index }),
    );
    const { result } = await renderHook(() => useShownList(world.projectId), { wrapper: world.wrapper });
    await pass(100);
    void result.current.loadMore();
    await pass(100);
    world.simulator.removeContainer(ids[20] as string);
    world.simulator.removeContainer(ids[2] as string);
    void result.current.refetch();
    await pass(100);
    expect(idsOf(result.current)).toEqual(ids.filter((_, index) => index !== 20).reverse());
    void world.queryClient.resetQueries({ queryKey: layersKeys.lists(world.client, world.projectId) });
    await pass(100);
    void result.current.loadMore();
    await pass(100);
    expect(idsOf(result.current)).toEqual(ids.filter((_, index) => index !== 20 && index !== 2).reverse());
  });
});

describe('the result', () => {
  test('is an ordinary object: a spread keeps the data and the actions, and nothing is inherited', async () => {
    const world = libraryOf(30);
    const { result } = await renderHook(() => ({ ...useContainerList(world.projectId) }), { wrapper: world.wrapper });
    await pass(100);
    expect(result.current.data?.containers).toHaveLength(25);
    expect(result.current).toMatchObject({ status: 'success', hasNextPage: true, isFetchingNextPage: false, loadMoreError: null });
    expect(result.current.fetchNextPage).toBe(result.current.loadMore);
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 1_000 }]);
    void result.current.loadMore();
    await pass(500);
    expect(result.current.isFetchingNextPage).toBe(true);
    await pass(1_000);
    expect(result.current).toMatchObject({ hasNextPage: false, isFetchingNextPage: false, data: { hasNextPage: false } });
    expect(result.current.data?.containers).toHaveLength(30);
  });

  test('has every property of TanStack\u2019s as its own', async () => {
    const world = libraryOf(3);
    const { result } = await renderHook(() => useContainerList(world.projectId), { wrapper: world.wrapper });
    await pass(100);
    const keys = Object.keys(result.current);
    for (const key of ['data', 'error', 'status', 'fetchStatus', 'isPlaceholderData', 'refetch', 'dataUpdatedAt'])
      expect(keys).toContain(key);
    expect(Object.getPrototypeOf(result.current)).toBe(Object.prototype);
  });

  test('renders for what was read of it alone', async () => {
    const world = libraryOf(60);
    const renders = { rows: 0, loading: 0, actions: 0 };
    const { result } = await renderHook(
      () => {
        const { error, loadMore } = useContainerList(world.projectId);
        renders.actions += 1;
        return { error, loadMore };
      },
      { wrapper: world.wrapper },
    );
    await renderHook(
      () => {
        renders.loading += 1;
        return useContainerList(world.projectId).isFetchingNextPage;
      },
      { wrapper: world.wrapper },
    );
    await renderHook(
      () => {
        renders.rows += 1;
        return useContainerList(world.projectId, { select: ({ containers }) => containers.length }).data;
      },
      { wrapper: world.wrapper },
    );
    await pass(100);
    const before = { ...renders };
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 1_000 }]);
    void result.current.loadMore();
    await pass(2_000);
    expect(renders.loading - before.loading).toBe(2);
    expect(renders.rows - before.rows).toBe(1);
    expect(renders.actions - before.actions).toBe(0);
  });

  test('has the same functions for as long as it is of the same list', async () => {
    const world = libraryOf(3);
    const { result, rerender } = await renderHook(
      (limit: number = 10) => {
        const { loadMore, refresh, showNew, sentinelRef } = useContainerList(world.projectId, { limit });
        return { loadMore, refresh, showNew, sentinelRef };
      },
      { wrapper: world.wrapper },
    );
    const before = result.current;
    await rerender(10);
    expect(result.current).toEqual(before);
    await rerender(20);
    expect(result.current.loadMore).not.toBe(before.loadMore);
  });
});

describe('two components that show one list', () => {
  test('share what is loading, what failed, and one read', async () => {
    const world = libraryOf(60);
    const use = () => {
      const { data, isFetchingNextPage, loadMoreError, loadMore } = useContainerList(world.projectId);
      return { data, isFetchingNextPage, loadMoreError, loadMore };
    };
    const { result } = await renderHook(() => [use(), use()] as const, { wrapper: world.wrapper });
    await pass(100);
    world.simulator.setFaults([
      { kind: 'latency', latencyMs: 1_000 },
      { kind: 'status', status: 500, times: 1 },
    ]);
    for (const { loadMore } of result.current) void loadMore();
    await pass(500);
    expect(result.current.map(({ isFetchingNextPage }) => isFetchingNextPage)).toEqual([true, true]);
    await pass(1_000);
    expect(world.reads()).toHaveLength(2);
    expect(result.current.map(({ loadMoreError }) => loadMoreError?.status)).toEqual([500, 500]);
    void result.current[1].loadMore();
    await pass(2_000);
    expect(result.current.map(({ data, loadMoreError }) => [data?.containers.length, loadMoreError])).toEqual([
      [50, null],
      [50, null],
    ]);
  });
});

describe('options of TanStack Query', () => {
  test('select takes what it wants, and the sentinel and hasNextPage go on', async () => {
    const world = libraryOf(60);
    const { result } = await renderHook(
      () => {
        const { data, hasNextPage, loadMore } = useContainerList(world.projectId, { limit: 30, select: () => 'always the same' });
        return { data, hasNextPage, loadMore };
      },
      { wrapper: world.wrapper },
    );
    await pass(100);
    expect(result.current).toMatchObject({ data: 'always the same', hasNextPage: true });
    void result.current.loadMore();
    await pass(100);
    expect(result.current).toMatchObject({ data: 'always the same', hasNextPage: false });
  });

  test('throwOnError gives what went wrong to the error boundary', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const world = libraryOf(3, { faults: [{ kind: 'status', status: 403, code: 'FORBIDDEN_SCOPE' }] });
    const thrown: unknown[] = [];
    class Boundary extends Component<{ children: ReactNode }> {
      override state = { failed: false };
      static getDerivedStateFromError = () => ({ failed: true });
      override componentDidCatch(error: unknown) {
        thrown.push(error);
      }
      override render() {
        return this.state.failed ? null : this.props.children;
      }
    }
    await renderHook(() => useShownList(world.projectId, { throwOnError: true }), {
      wrapper: ({ children }) => (
        <world.wrapper>
          <Boundary>{children}</Boundary>
        </world.wrapper>
      ),
    });
    await pass(100);
    expect(thrown).toEqual([expect.objectContaining({ status: 403 })]);
    vi.restoreAllMocks();
  });

  test('staleTime and gcTime are those that are given; none leaves those of the QueryClient', async () => {
    const world = libraryOf(3);
    world.queryClient.setDefaultOptions({ queries: { gcTime: 1_234 } });
    const mount = (options: UseContainerListOptions) =>
      renderHook(() => useShownList(world.projectId, options), { wrapper: world.wrapper });
    const query = () => world.queryClient.getQueryCache().find({ queryKey: layersKeys.list(world.client, world.projectId) });
    const first = await mount({});
    await pass(100);
    expect(query()?.gcTime).toBe(1_234);
    await first.unmount();
    await pass(1_000);
    await mount({ gcTime: 60_000, staleTime: 500 });
    await pass(100);
    expect(query()?.gcTime).toBe(60_000);
    expect(world.reads()).toHaveLength(2);
  });

  test('placeholderData stands in until the rows are there', async () => {
    const world = libraryOf(3);
    const rows = await world.client.listContainers(world.projectId);
    const placeholder = { ...rows, end: null, newer: [], gap: null, stays: [] };
    const { result } = await renderHook(
      () => {
        const { data, isPlaceholderData, hasNextPage } = useContainerList(world.projectId, { limit: 2, placeholderData: placeholder });
        return { data, isPlaceholderData, hasNextPage };
      },
      { wrapper: world.wrapper },
    );
    expect(result.current).toMatchObject({ isPlaceholderData: true, data: { containers: { length: 3 } }, hasNextPage: false });
    await pass(100);
    expect(result.current).toMatchObject({ isPlaceholderData: false, data: { containers: { length: 2 } }, hasNextPage: true });
  });

  test('placeholderData of rows alone is enough, a new object with each render, too', async () => {
    const world = libraryOf(3);
    const { result } = await renderHook(
      () => {
        const { data, isPlaceholderData } = useContainerList(world.projectId, { placeholderData: { containers: [] } });
        return { data, isPlaceholderData };
      },
      { wrapper: world.wrapper },
    );
    expect(result.current).toEqual({
      isPlaceholderData: true,
      data: { containers: [], newCount: 0, hasMoreNew: false, hasNextPage: false, invalid: [], invalidCount: 0, lookedAt: 0 },
    });
    await pass(100);
    expect(result.current).toMatchObject({ isPlaceholderData: false, data: { containers: { length: 3 } } });
  });

  test('no project is no list in the cache', async () => {
    const world = libraryOf(3);
    await renderHook(() => useShownList(null), { wrapper: world.wrapper });
    await pass(100);
    const keys = world.queryClient
      .getQueryCache()
      .getAll()
      .map(({ queryKey }) => queryKey);
    expect(keys.filter((key) => key.includes('list') || key.includes(''))).toEqual([]);
  });
});

test('the rows that cannot be read are told with their reason and where they stand', async () => {
  const world = createWorld({ containers: 40, faults: [{ kind: 'bad-row' }] });
  const { result } = await renderHook(() => useShownList(world.projectId), { wrapper: world.wrapper });
  await pass(100);
  void result.current.loadMore();
  await pass(100);
  const invalid = result.current.data?.invalid ?? [];
  expect(invalid.map(({ reason }) => reason.length > 0)).toEqual([true, true]);
  const [first, second] = invalid.map(({ index }) => index) as [number, number];
  expect(first).toBeLessThan(25);
  expect(second).toBeGreaterThanOrEqual(25);
});
