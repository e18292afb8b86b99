import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, render, renderHook } from 'vitest-browser-react';
import {
  ContainerGrid,
  type ContainerSummary,
  containerListPresets,
  layersKeys,
  useApproval,
  useContainer,
  useContainerList,
} from '../../src/index.js';
import { hidePage, showPage } from '../support/page.js';
import { finished, ids, listOf, loadAll, useShown } from '../support/lists.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, type World } from '../support/world.js';

beforeEach(() => {
  stopTime();
});

afterEach(async () => {
  await cleanup();
  showPage();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('a refresh', () => {
  test('of 50 loaded pages is one read', async () => {
    const world = createWorld();
    finished(world, 250);
    const { result } = await listOf(world, { limit: 5 });
    await loadAll(result);
    expect(result.current.data?.containers).toHaveLength(250);
    const before = { reads: world.reads().length, data: result.current.data };
    await Promise.all([result.current.refresh(), pass(100)]);
    expect(world.reads().slice(before.reads)).toEqual([`/v1/projects/${world.projectId}/content?limit=5`]);
    expect(result.current.data).toBe(before.data);
  });

  test('leaves every row where it is, counts the new ones, and showNew puts them in without a read', async () => {
    const world = createWorld();
    finished(world, 60);
    const { result } = await listOf(world, undefined, 2);
    const before = result.current.data?.containers ?? [];
    const added = [world.simulator.addContainer({ state: 'completed' }), world.simulator.addContainer({ state: 'completed' })];
    await Promise.all([result.current.refresh(), pass(100)]);
    expect(result.current.data?.newCount).toBe(2);
    expect(result.current.data?.containers).toBe(before);
    const reads = world.reads().length;
    result.current.showNew();
    await pass(10);
    expect(ids(result.current)).toEqual([...added.reverse(), ...before.map(({ id }) => id)]);
    expect(result.current.data?.containers.slice(2).every((row, index) => row === before[index])).toBe(true);
    expect(result.current.data?.newCount).toBe(0);
    expect(world.reads()).toHaveLength(reads);
    await loadAll(result);
    expect(new Set(ids(result.current)).size).toBe(62);
    expect(ids(result.current)).toHaveLength(62);
  });

  test('changes one row in place: that one is new, all others are the same objects', async () => {
    const world = createWorld();
    const made = finished(world, 60);
    const { result } = await listOf(world, undefined, 2);
    const before = result.current.data?.containers ?? [];
    world.simulator.decide(made[55] as string, 'approved');
    await Promise.all([result.current.refresh(), pass(100)]);
    const after = result.current.data?.containers ?? [];
    expect(after.filter((row, index) => row !== before[index])).toEqual([
      expect.objectContaining({ id: made[55], approvalStatus: 'approved' }),
    ]);
  });

  test('takes a row out that was removed from the first page, and keeps those below it', async () => {
    const world = createWorld();
    const made = finished(world, 60);
    const { result } = await listOf(world, undefined, 2);
    world.simulator.removeContainer(made[50] as string);
    await Promise.all([result.current.refresh(), pass(100)]);
    expect(ids(result.current)).toHaveLength(49);
    expect(ids(result.current)).not.toContain(made[50]);
  });

  test('finds more than a page of new rows by the cursor, as far down as the first that is known', async () => {
    const world = createWorld();
    finished(world, 20);
    const { result } = await listOf(world, { limit: 10 });
    const before = world.reads().length;
    const added = finished(world, 25, 500_000);
    await Promise.all([result.current.refresh(), pass(1_000)]);
    expect(world.reads()).toHaveLength(before + 3);
    expect(result.current.data).toMatchObject({ newCount: 25, hasMoreNew: false });
    result.current.showNew();
    await pass(10);
    expect(ids(result.current).slice(0, 25)).toEqual(added.reverse());
    expect(ids(result.current)).toHaveLength(35);
  });

  test('of more news than one refresh reads is bounded; shown, the list begins with the newest, and loses none on the way down', async () => {
    const world = createWorld();
    finished(world, 20);
    const { result } = await listOf(world, { limit: 5 }, 2);
    const before = world.reads().length;
    finished(world, 80, 500_000);
    await Promise.all([result.current.refresh(), pass(1_000)]);
    expect(world.reads()).toHaveLength(before + 10);
    expect(result.current.data).toMatchObject({ newCount: 50, hasMoreNew: true });
    expect(result.current.data?.containers).toHaveLength(10);
    result.current.showNew();
    await pass(10);
    await loadAll(result);
    expect(ids(result.current)).toHaveLength(100);
    expect(new Set(ids(result.current)).size).toBe(100);
    expect(result.current.data).toMatchObject({ newCount: 0, hasMoreNew: false });
  });

  test('that fails keeps what is shown, tells why, and the next one mends it', async () => {
    const world = createWorld();
    finished(world, 5);
    const { result } = await listOf(world);
    const before = result.current.data;
    world.simulator.setFaults([{ kind: 'status', status: 500, times: 1 }]);
    await Promise.all([result.current.refresh(), pass(100)]);
    expect(result.current.error).toMatchObject({ status: 500 });
    expect(result.current.data).toBe(before);
    await Promise.all([result.current.refresh(), pass(100)]);
    expect(result.current.error).toBeNull();
  });

  test('asked for while one is under way is that one; asked for while more is loading does not wait for it', async () => {
    const world = createWorld();
    finished(world, 60);
    const { result } = await listOf(world);
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 1_000 }]);
    const before = world.reads().length;
    await Promise.all([result.current.refresh(), result.current.refresh(), pass(3_000)]);
    expect(world.reads()).toHaveLength(before + 1);
    void result.current.loadMore();
    await Promise.all([result.current.refresh(), pass(5_000)]);
    expect(world.reads()).toHaveLength(before + 3);
    expect(result.current.data?.containers).toHaveLength(50);
  });

  test('in which a decision falls does not undo it', async () => {
    const world = createWorld();
    const made = finished(world, 5);
    const { result } = await renderHook(
      () => {
        const { data, refresh } = useContainerList(world.projectId);
        const { mutate } = useApproval(made[2] as string);
        return { data, refresh, mutate };
      },
      { wrapper: world.wrapper },
    );
    await pass(100);
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 1_000, match: 'GET' }]);
    const refreshed = result.current.refresh();
    await pass(10);
    result.current.mutate({ decision: 'approve' });
    await pass(500);
    expect(result.current.data?.containers[2]?.approvalStatus).toBe('approved');
    await Promise.all([refreshed, pass(2_000)]);
    expect(result.current.data?.containers[2]?.approvalStatus).toBe('approved');
  });
});

describe('by itself', () => {
  test('a list of which nothing is in flight reads nothing in an hour; seen again, its first page, and once what is loaded below', async () => {
    const world = createWorld();
    finished(world, 60);
    await listOf(world, undefined, 2);
    await pass(3_600_000);
    expect(world.reads()).toHaveLength(2);
    hidePage();
    await pass(600_000);
    expect(world.reads()).toHaveLength(2);
    showPage();
    await pass(20_000);
    expect(world.reads().slice(2)).toEqual([`/v1/projects/${world.projectId}/content`]);
    await pass(3_600_000);
    expect(world.reads()).toHaveLength(4);
    // As many as are loaded, and a few more.
    expect(world.reads()[3]).toMatch(/until=.*limit=50/);
  });

  test('a list that shows something in flight refreshes every 30 s, and no more once that has ended', async () => {
    const world = createWorld();
    finished(world, 5);
    const [one, other] = [1, 2].map(() => world.simulator.addContainer({ generation: { outcome: 'stalled' } })) as [string, string];
    const { result } = await listOf(world);
    const heads = () => world.reads(/content$/).length;
    await pass(95_000);
    expect(heads()).toBe(4);
    world.simulator.finish(one);
    world.simulator.finish(other);
    await pass(10_000);
    expect(result.current.data?.containers.map(({ status }) => status)).toEqual(Array(7).fill('completed'));
    const before = world.reads().length;
    await pass(3_600_000);
    expect(world.reads()).toHaveLength(before);
  });

  test('a list refreshes as often as asked for while the page is visible, once for all that show it, and not while it is hidden', async () => {
    const world = createWorld();
    finished(world, 60);
    const options = { refreshInterval: 30_000 };
    await renderHook(() => [useShown(world.projectId, options), useShown(world.projectId, options)], { wrapper: world.wrapper });
    await pass(29_000);
    expect(world.reads()).toHaveLength(1);
    await pass(2_000);
    expect(world.reads()).toHaveLength(2);
    await pass(60_000);
    expect(world.reads()).toHaveLength(4);
    hidePage();
    await pass(600_000);
    expect(world.reads()).toHaveLength(4);
    showPage();
    await pass(500);
    expect(world.reads()).toHaveLength(5);
    await pass(25_000);
    expect(world.reads()).toHaveLength(5);
  });

  test('a page that comes back after a moment has its list refreshed, but not within 5 s of the last time', async () => {
    const world = createWorld();
    finished(world, 5);
    await listOf(world);
    hidePage();
    await pass(1_000);
    showPage();
    await pass(1_000);
    expect(world.reads()).toHaveLength(1);
    await pass(5_000);
    expect(world.reads()).toHaveLength(2);
  });

  test.each([
    [60_000, 130_000, 3],
    [10, 21_000, 5],
    [Number.NaN, 300_000, 1],
    [undefined, 300_000, 1],
    [Number.POSITIVE_INFINITY, 300_000, 1],
    [false, 300_000, 1],
  ])('with an interval of %s, there are after %i ms %i reads', async (refreshInterval, milliseconds, reads) => {
    const world = createWorld();
    finished(world, 5);
    await listOf(world, { refreshInterval: refreshInterval as number | false | undefined });
    await pass(milliseconds);
    expect(world.reads()).toHaveLength(reads);
  });

  test('a refresh that fails is tried again more and more rarely, and one that cannot succeed is not', async () => {
    const world = createWorld();
    finished(world, 5);
    const { result } = await listOf(world, { refreshInterval: 5_000 });
    world.simulator.setFaults([{ kind: 'html', status: 502 }]);
    await pass(300_000);
    expect(world.reads().length).toBeLessThan(14);
    expect(result.current.data?.containers).toHaveLength(5);
    world.simulator.setFaults([{ kind: 'status', status: 403, code: 'FORBIDDEN_SCOPE' }]);
    await pass(120_000);
    const before = world.reads().length;
    await pass(600_000);
    expect(world.reads()).toHaveLength(before);
  });

  test('a list that is shown again after a while is refreshed by one read, also where nothing polls', async () => {
    const world = createWorld();
    finished(world, 60);
    const { unmount } = await listOf(world, undefined, 2);
    await unmount();
    await pass(60_000);
    const { result } = await listOf(world);
    expect(world.reads()).toHaveLength(3);
    expect(result.current.data?.containers).toHaveLength(50);
  });

  test('in StrictMode, and shown twice, a list with rows in flight reads as much as once', async () => {
    const readsOf = async (isTwice: boolean) => {
      const world = createWorld();
      finished(world, 3);
      for (let index = 0; index < 2; index += 1) world.simulator.addContainer({ generation: { outcome: 'stalled' } });
      const { unmount } = await renderHook(() => [useShown(world.projectId), useContainerList(isTwice ? world.projectId : null).data], {
        wrapper: ({ children }) =>
          isTwice ? (
            <StrictMode>
              <world.wrapper>{children}</world.wrapper>
            </StrictMode>
          ) : (
            <world.wrapper>{children}</world.wrapper>
          ),
      });
      await pass(90_000);
      await unmount();
      return world.reads().length;
    };
    expect(await readsOf(true)).toBeLessThanOrEqual((await readsOf(false)) + 1);
  });

  test('nobody polls a list that is gone', async () => {
    const world = createWorld();
    finished(world, 5);
    world.simulator.addContainer({ generation: { outcome: 'stalled' } });
    const { unmount } = await listOf(world);
    await unmount();
    const before = world.reads().length;
    await pass(300_000);
    expect(world.reads()).toHaveLength(before);
  });
});

describe('rows further down', () => {
  const checks = (world: World) => world.reads(/until=/);

  test('that are gone leave little by little: 200 rows for each refresh, all of them once', async () => {
    const world = createWorld();
    const made = finished(world, 700);
    const { result } = await listOf(world, { limit: 100, refreshInterval: 30_000 }, 7);
    expect(ids(result.current)).toHaveLength(700);
    const gone = [550, 400, 210, 0].map((index) => made[index] as string);
    for (const id of gone) world.simulator.removeContainer(id);
    const before = result.current.data?.containers ?? [];
    await pass(31_000);
    expect(ids(result.current)).toHaveLength(700);
    expect(checks(world)).toHaveLength(0);
    await pass(30_000);
    expect(checks(world)).toHaveLength(1);
    expect(ids(result.current)).toEqual([...made].reverse().filter((id) => id !== gone[0]));
    await pass(110_000);
    expect(ids(result.current)).toEqual([...made].reverse().filter((id) => !gone.includes(id)));
    expect(result.current.data?.containers.every((row) => before.includes(row))).toBe(true);
    // One for each refresh.
    expect(checks(world).length).toBeLessThanOrEqual(world.reads().length - 7 - checks(world).length);
  });

  test('are not checked where the first page covers all, without a refresh by itself, hidden, or when nobody looks', async () => {
    const world = createWorld();
    finished(world, 60);
    await listOf(world, { limit: 100, refreshInterval: 30_000 });
    const { unmount } = await listOf(world, { limit: 20, refreshInterval: false }, 3);
    await pass(300_000);
    expect(checks(world)).toHaveLength(0);
    await unmount();
    const other = await listOf(world, { limit: 30, refreshInterval: 30_000 }, 2);
    await pass(31_000);
    hidePage();
    await pass(300_000);
    expect(checks(world)).toHaveLength(0);
    await other.unmount();
    showPage();
    await pass(300_000);
    expect(checks(world)).toHaveLength(0);
  });

  test.each([0, -1, false] as const)('nothing is read by itself with a refreshInterval of %s', async (refreshInterval) => {
    const world = createWorld();
    finished(world, 10);
    await listOf(world, { limit: 20, refreshInterval });
    const before = world.simulator.requests.length;
    await pass(300_000);
    expect(world.simulator.requests).toHaveLength(before);
  });

  test('are checked once after a refresh that a person asks for, also where nothing refreshes by itself', async () => {
    const world = createWorld();
    const made = finished(world, 60);
    const { result } = await listOf(world, { limit: 20, refreshInterval: false }, 3);
    world.simulator.removeContainer(made[3] as string);
    await Promise.all([result.current.refresh(), pass(300_000)]);
    expect(ids(result.current)).toHaveLength(59);
    expect(checks(world)).toHaveLength(1);
  });

  test('a check that fails is made up for by the next', async () => {
    let failures = 0;
    const source = createWorld();
    const fail = async (url: string, init: RequestInit) => {
      const isCheck = url.includes('until=') && failures === 0;
      if (isCheck) failures += 1;
      return isCheck ? new Response('', { status: 500 }) : source.simulator.fetch(url, init);
    };
    const world = { ...createWorld({}, { fetch: fail }), projectId: source.projectId };
    const made = finished(source, 40);
    const { result } = await listOf(world, { limit: 20, refreshInterval: 30_000 }, 2);
    source.simulator.removeContainer(made[3] as string);
    await pass(70_000);
    expect(failures).toBe(1);
    expect(ids(result.current)).toHaveLength(40);
    expect(result.current.error).toBeNull();
    await pass(30_000);
    expect(ids(result.current)).toHaveLength(39);
  });
});

describe('rows in flight', () => {
  test('on any page change with one list read for all of them, also to what they have become', async () => {
    const world = createWorld();
    const life = { queuedMs: 0, stages: [{ stage: 'generating_visuals', durationMs: 8_000 }], outcome: 'completed' } as const;
    const old = Date.now() - 1_200_000;
    const flying = [0, 1, 2].map((index) =>
      world.simulator.addContainer({
        createdAt: old + index,
        generation: { ...life, stages: [{ stage: 'generating_visuals', durationMs: 1_210_000 }] },
      }),
    );
    finished(world, 40);
    const { result } = await listOf(world, { refreshInterval: 60_000 }, 2);
    const row = () => result.current.data?.containers.find(({ id }) => id === flying[1]);
    expect(row()?.status).toBe('processing');
    const before = world.reads().length;
    await pass(25_000);
    expect(row()).toMatchObject({ status: 'completed', preview: { kind: expect.any(String) } });
    const reads = world.reads().slice(before);
    expect(reads.filter((path) => /content\?since=.+&limit=200$/.test(path)).length).toBeGreaterThanOrEqual(4);
    expect(reads.length).toBeLessThan(9);
    // All ended: nothing is read for them any more.
    const after = world.reads().length;
    await pass(30_000);
    expect(world.reads().length - after).toBeLessThanOrEqual(1);
  });

  test('that is alone is read by itself, until it has ended', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({
      generation: { queuedMs: 0, stages: [{ stage: 'finalizing', durationMs: 8_000 }], outcome: 'failed' },
    });
    const { result } = await listOf(world, { refreshInterval: 60_000 });
    await pass(12_000);
    expect(result.current.data?.containers[0]).toMatchObject({ id, status: 'failed', lastError: { code: expect.any(String) } });
    const before = world.reads().length;
    await pass(40_000);
    expect(world.reads()).toHaveLength(before);
  });

  test('that was removed on the server is not asked for without end', async () => {
    const world = createWorld();
    const made = [1, 2].map(() => world.simulator.addContainer({ generation: { outcome: 'stalled' } }));
    await listOf(world, { refreshInterval: 600_000 });
    world.simulator.removeContainer(made[0] as string);
    await pass(60_000);
    expect(world.reads(/content\/cnt_/).filter((path) => path.includes(made[0] as string)).length).toBeLessThan(4);
  });

  test('what is read of a container elsewhere is shown in every list, but nothing that is behind', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: { queuedMs: 0, stages: [{ stage: 'finalizing', durationMs: 600_000 }] } });
    const { result } = await listOf(world);
    expect(result.current.data?.containers[0]?.status).toBe('processing');
    world.simulator.finish(id);
    await Promise.all([world.client.getContainer(id), pass(100)]);
    expect(result.current.data?.containers[0]).toMatchObject({ id, status: 'completed' });
    const row = result.current.data?.containers[0] as ContainerSummary;
    world.client.schedule.tell([
      { kind: 'row', id, value: { ...row, status: 'processing', rawStatus: 'processing' }, askedAt: Date.now() },
    ]);
    await pass(100);
    expect(result.current.data?.containers[0]?.status).toBe('completed');
  });
});

describe('a container that a list knows', () => {
  test('is shown at once when it is opened, as far as it is known, and read once', async () => {
    const world = createWorld();
    const [id] = finished(world, 1) as [string];
    await listOf(world);
    const before = world.reads().length;
    const { result } = await renderHook(
      () => {
        const { data, isPlaceholderData } = useContainer(id);
        return { data, isPlaceholderData };
      },
      { wrapper: world.wrapper },
    );
    expect(result.current).toMatchObject({ isPlaceholderData: false, data: { id, status: 'completed', assets: [], isPartial: true } });
    await pass(10_000);
    expect(result.current.data).not.toHaveProperty('isPartial');
    expect(result.current.data?.assets.length).toBeGreaterThan(0);
    expect(world.reads().slice(before)).toEqual([`/v1/content/${id}`]);
    expect(world.queryClient.getQueryData(layersKeys.container(world.client, id))).toMatchObject({ id });
  });
});

describe('an entry that begins while something renders', () => {
  test('reaches the cards of a grid that are shown beside it without a complaint of React', async () => {
    const complaints = vi.spyOn(console, 'error');
    const world = createWorld();
    const [id] = finished(world, 3) as [string];
    const { data } = (await listOf(world)).result.current;
    const Title = () => <h1>{useContainer(id).data?.status ?? 'none'}</h1>;
    const { container, rerender } = await render(<ContainerGrid containers={data?.containers ?? []} label="All" />, {
      wrapper: world.wrapper,
    });
    await rerender(
      <>
        <ContainerGrid containers={data?.containers ?? []} label="All" />
        <Title />
      </>,
    );
    await pass(1_000);
    expect(container.querySelector('h1')?.textContent).toBe('completed');
    expect(complaints).not.toHaveBeenCalled();
  });
});

describe('a cursor that the server refuses', () => {
  test('is found anew at the last row that is known: none twice, none lost, though rows came and went', async () => {
    const source = createWorld();
    const made = finished(source, 60);
    let refuse = false;
    const urls: string[] = [];
    const world = createWorld(
      {},
      {
        fetch: async (url, init) => {
          urls.push(url);
          const isOld = refuse && url.includes('cursor=');
          if (isOld) refuse = false;
          return source.simulator.fetch(isOld ? url.replace(/cursor=[^&]+/, 'cursor=old') : url, init);
        },
      },
    );
    const { result } = await renderHook(() => useShown(source.projectId, { limit: 10 }), {
      wrapper: world.wrapper,
    });
    await pass(100);
    void result.current.loadMore();
    await pass(10);
    const before = ids(result.current);
    expect(before).toHaveLength(20);
    // The last row that is known is gone as well, and others are on top.
    source.simulator.removeContainer(made[40] as string);
    finished(source, 5, 500_000);
    refuse = true;
    const reads = urls.length;
    void result.current.loadMore();
    await pass(1_000);
    expect(result.current.error).toBeNull();
    // Refused, and once more from there on.
    expect(urls.slice(reads).map((url) => new URL(url).searchParams.has('until'))).toEqual([false, true]);
    await loadAll(result);
    expect(ids(result.current)).toEqual([...before, ...made.slice(0, 40).reverse()]);
  });

  test('a filter that the server refuses is told, and not read again from the top', async () => {
    const world = createWorld({ faults: [{ kind: 'status', status: 422, code: 'VALIDATION' }] });
    const { result } = await listOf(world);
    expect(result.current.error).toMatchObject({ status: 422 });
    expect(world.reads()).toHaveLength(1);
  });
});

describe('loading more', () => {
  test('twice, also a while apart, is one read', async () => {
    const world = createWorld();
    finished(world, 60);
    const { result } = await listOf(world);
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 1_000 }]);
    void result.current.loadMore();
    await pass(500);
    void result.current.loadMore();
    await pass(3_000);
    expect(world.reads()).toHaveLength(2);
    expect(result.current.data?.containers).toHaveLength(50);
  });

  test('while a refresh is under way is not swallowed by it', async () => {
    const world = createWorld();
    finished(world, 60);
    const { result } = await listOf(world, { refreshInterval: 30_000 });
    await pass(29_000);
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 2_000 }]);
    await pass(2_000);
    expect(world.reads()).toHaveLength(2);
    void result.current.loadMore();
    await pass(500);
    expect(world.reads()).toHaveLength(3);
    await pass(10_000);
    expect(result.current.data?.containers).toHaveLength(50);
    expect(world.reads()).toHaveLength(3);
  });

  test.each([
    ['refresh()', (_: World, list: ReturnType<typeof useShown>) => void list.refresh()],
    ['refetch()', (_: World, list: ReturnType<typeof useShown>) => void list.refetch()],
    ['invalidateQueries', (world: World) => void world.queryClient.invalidateQueries()],
  ])('is done although %s comes in between', async (_, readAgain) => {
    const world = createWorld();
    finished(world, 60);
    const { result } = await listOf(world);
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 1_000 }]);
    const loaded = result.current.loadMore();
    await pass(500);
    const added = world.simulator.addContainer({ state: 'completed' });
    readAgain(world, result.current);
    await Promise.all([loaded, pass(5_000)]);
    expect(result.current.data?.containers).toHaveLength(50);
    expect(result.current.data?.newCount).toBe(1);
    expect(ids(result.current)).not.toContain(added);
  });

  test('gives no refresh up that somebody asked for', async () => {
    const world = createWorld();
    finished(world, 60);
    const { result } = await listOf(world);
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 1_000 }]);
    world.simulator.addContainer({ state: 'completed' });
    const refreshed = result.current.refresh();
    await pass(500);
    void result.current.loadMore();
    await Promise.all([refreshed, pass(5_000)]);
    expect(result.current.data?.containers).toHaveLength(50);
    expect(result.current.data?.newCount).toBe(1);
  });

  test('does not take away again what showNew put in meanwhile', async () => {
    const world = createWorld();
    finished(world, 60);
    const { result } = await listOf(world);
    const added = world.simulator.addContainer({ state: 'completed' });
    await Promise.all([result.current.refresh(), pass(100)]);
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 1_000 }]);
    void result.current.loadMore();
    await pass(500);
    result.current.showNew();
    await pass(10);
    expect(ids(result.current)[0]).toBe(added);
    await pass(3_000);
    expect(ids(result.current)[0]).toBe(added);
    expect(ids(result.current)).toHaveLength(51);
    expect(result.current.data?.newCount).toBe(0);
  });

  test('and going away meanwhile leaves nothing behind that reads', async () => {
    const world = createWorld();
    finished(world, 60);
    const { result, unmount } = await listOf(world);
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 1_000 }]);
    void result.current.loadMore();
    await pass(500);
    await unmount();
    await pass(60_000);
    expect(world.reads()).toHaveLength(2);
    world.simulator.setFaults([]);
    const again = await listOf(world);
    expect(ids(again.result.current)).toHaveLength(25);
    expect(again.result.current.error).toBeNull();
  });
});

describe('looking for an approval status', () => {
  test('goes on from page to page until enough is found, and says how many rows it looked at', async () => {
    const world = createWorld();
    for (let index = 0; index < 450; index += 1)
      world.simulator.addContainer({
        state: 'completed',
        approvalStatus: index % 30 === 0 ? 'pending' : 'approved',
        createdAt: Date.now() - 1_000_000 + index,
      });
    const { result } = await listOf(world, { ...containerListPresets.needsReview, limit: 10 });
    expect(world.reads()).toHaveLength(2);
    expect(result.current.data).toMatchObject({ lookedAt: 400 });
    expect(result.current.data?.containers.map(({ approvalStatus }) => approvalStatus)).toEqual(Array(13).fill('pending'));
    expect(result.current.hasNextPage).toBe(true);
    void result.current.loadMore();
    await pass(100);
    expect(result.current).toMatchObject({ hasNextPage: false, data: { lookedAt: 450 } });
    expect(result.current.data?.containers).toHaveLength(15);
  });

  test('stops after five pages where nothing is found, and says that there is more', async () => {
    const world = createWorld();
    for (let index = 0; index < 1_100; index += 1)
      world.simulator.addContainer({ state: 'completed', approvalStatus: 'approved', createdAt: Date.now() - 1_000_000 + index });
    const { result } = await listOf(world, { approval: 'pending' });
    await pass(5_000);
    expect(world.reads()).toHaveLength(5);
    expect(result.current).toMatchObject({ hasNextPage: true, data: { containers: [], lookedAt: 1_000 } });
    void result.current.loadMore();
    await pass(1_000);
    expect(result.current).toMatchObject({ hasNextPage: false, data: { containers: [], lookedAt: 1_100 } });
  });

  test('a refresh of it is one read, counts only what fits, and what was decided elsewhere leaves', async () => {
    const world = createWorld();
    const made = finished(world, 4);
    const { result } = await listOf(world, { ...containerListPresets.needsReview });
    world.simulator.addContainer({ state: 'completed', approvalStatus: 'approved' });
    world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    world.simulator.decide(made[1] as string, 'rejected');
    const before = world.reads().length;
    await Promise.all([result.current.refresh(), pass(100)]);
    expect(world.reads()).toHaveLength(before + 1);
    expect(result.current.data?.newCount).toBe(1);
    expect(ids(result.current)).toEqual([made[3], made[2], made[0]]);
  });

  test.each([['maybe'], [5], [['pending', null]]])('of %o is told as bad input, and reads nothing', async (approval) => {
    const world = createWorld({ containers: 3 });
    const { result } = await listOf(world, { approval: approval as never });
    expect(result.current.error).toMatchObject({ code: 'INVALID_INPUT', details: { path: 'approval' } });
    await pass(60_000);
    expect(world.reads()).toHaveLength(0);
  });
});

test('the presets are what the documentation names', () => {
  expect(containerListPresets.inFlight).toEqual({ status: ['queued', 'processing'] });
  expect(containerListPresets.rescueFailed('2026-04-01T00:00:00Z')).toEqual({ status: 'failed', since: '2026-04-01T00:00:00Z' });
  expect(containerListPresets.ugcOnly).toEqual({ format: 'ugc-remix' });
  expect(containerListPresets.library).toEqual({ status: 'completed' });
  expect(containerListPresets.needsReview).toEqual({ status: 'completed', approval: 'pending' });
});
