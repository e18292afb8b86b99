import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, renderHook } from 'vitest-browser-react';
import { containerListOptions, containerListPresets, useApproval, useContainerList } from '../../src/index.js';
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
  vi.useRealTimers();
});

describe('a row that no longer fits', () => {
  const inFlight = { ...containerListPresets.inFlight };

  async function withOneEnded() {
    const world = createWorld();
    const made = [1, 2, 3].map(() => world.simulator.addContainer({ generation: { outcome: 'stalled' } })) as [string, string, string];
    const list = await listOf(world, inFlight);
    world.simulator.finish(made[1]);
    await pass(8_000);
    return { world, made, ...list };
  }

  test('by its status stays where it is and shows its end, through every refresh by itself', async () => {
    const { result, made, world } = await withOneEnded();
    for (let refreshes = 0; refreshes < 3; refreshes += 1) {
      expect(ids(result.current)).toEqual([...made].reverse());
      expect(result.current.data?.containers[1]).toMatchObject({ status: 'completed', preview: { kind: expect.any(String) } });
      await pass(31_000);
    }
    expect(world.reads(/content\?status/).length).toBeGreaterThan(3);
  });

  test.each(['refresh', 'showNew'] as const)('leaves with %s()', async (action) => {
    const { result, made } = await withOneEnded();
    void result.current[action]();
    await pass(100);
    expect(ids(result.current)).toEqual([made[2], made[0]]);
  });

  test('has left for whoever comes back, without a read', async () => {
    const { world, unmount, made } = await withOneEnded();
    await unmount();
    const before = world.reads().length;
    const { result } = await renderHook(() => useShown(world.projectId, inFlight), { wrapper: world.wrapper });
    expect(ids(result.current)).toEqual([made[2], made[0]]);
    expect(world.reads()).toHaveLength(before);
  });

  test('stays while its end is not known yet, and leaves when it is gone', async () => {
    const world = createWorld();
    const made = [1, 2].map(() => world.simulator.addContainer({ generation: { outcome: 'stalled' } })) as [string, string];
    const { result } = await listOf(world, { ...inFlight, refreshInterval: 5_000 });
    world.simulator.removeContainer(made[0]);
    await pass(20_000);
    expect(ids(result.current)).toEqual([made[1]]);
  });

  test('by its approval stays where it is and says what was decided, until somebody asks', async () => {
    const world = createWorld();
    const made = finished(world, 4);
    const { result } = await renderHook(
      () => {
        const { data, refresh } = useContainerList(world.projectId, { ...containerListPresets.needsReview, refreshInterval: 30_000 });
        const { mutate } = useApproval(made[2] as string);
        return { data, refresh, mutate };
      },
      { wrapper: world.wrapper },
    );
    await pass(100);
    result.current.mutate({ decision: 'approve' });
    world.simulator.decide(made[1] as string, 'rejected');
    await pass(65_000);
    expect(result.current.data?.containers.map(({ approvalStatus }) => approvalStatus)).toEqual([
      'pending',
      'approved',
      'rejected',
      'pending',
    ]);
    await Promise.all([result.current.refresh(), pass(100)]);
    expect(ids(result.current)).toEqual([made[3], made[0]]);
  });
});

describe('what is read elsewhere', () => {
  test('of a container that has come to fit waits to be shown, where it belongs, without a read of the list', async () => {
    const world = createWorld();
    const old = finished(world, 3, 2_000_000);
    const slow = world.simulator.addContainer({ createdAt: Date.now() - 1_500_000, generation: { outcome: 'stalled' } });
    const young = finished(world, 3);
    const { result } = await listOf(world, { ...containerListPresets.library, limit: 5 });
    const [top, , third] = ids(result.current);
    world.simulator.finish(slow);
    await Promise.all([world.client.getContainer(slow), pass(100)]);
    expect(result.current.data).toMatchObject({ newCount: 1 });
    expect(ids(result.current)).not.toContain(slow);
    result.current.showNew();
    await pass(10);
    expect(ids(result.current)).toEqual([top, young[1], third, slow, old[2], old[1]]);
    expect(result.current.data?.containers[3]).not.toHaveProperty('assets');
    expect(world.reads(/content\?/)).toHaveLength(1);
    await loadAll(result);
    expect(ids(result.current)).toHaveLength(7);
  });

  test('of a container that is newer than all has the list refreshed, once, for there may be more', async () => {
    const world = createWorld();
    finished(world, 3);
    const { result } = await listOf(world);
    await pass(60_000);
    const added = [1, 2].map(() => world.simulator.addContainer({ state: 'completed' }));
    await Promise.all([world.client.getContainer(added[0] as string), pass(1_000)]);
    expect(result.current.data).toMatchObject({ newCount: 2 });
    const before = world.reads().length;
    await Promise.all([world.client.getContainer(added[0] as string), pass(60_000)]);
    expect(world.reads()).toHaveLength(before + 1);
  });

  test.each([
    ['another status', { status: 'failed' }],
    ['another format', { format: 'ugc-remix' }],
    ['another kind', { creativeType: 'uploaded' }],
    ['another approval', { approval: 'rejected' }],
    ['an earlier time', { until: '2020-01-01T00:00:00Z' }],
  ] as const)('of a container of %s is nothing to the list', async (_, filters) => {
    const world = createWorld();
    finished(world, 3);
    const { result } = await listOf(world, filters);
    const before = { reads: world.reads(/content\?/).length, data: result.current.data };
    const added = world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending', format: 'slideshow-builder' });
    await Promise.all([world.client.getContainer(added), pass(60_000)]);
    expect(result.current.data).toBe(before.data);
    expect(world.reads(/content\?/)).toHaveLength(before.reads);
  });
});

describe('where nobody looks', () => {
  test('reading a list again puts what is new on top, by one read', async () => {
    const world = createWorld();
    const made = finished(world, 30);
    const { unmount } = await listOf(world, undefined, 2);
    await unmount();
    const added = finished(world, 3, 1_000);
    await pass(60_000);
    const options = containerListOptions(world.client, world.projectId);
    const before = world.reads().length;
    await Promise.all([world.queryClient.prefetchQuery({ ...options, staleTime: 30_000 }), pass(100)]);
    expect(world.reads()).toHaveLength(before + 1);
    const { result } = await listOf(world);
    expect(ids(result.current)).toEqual([...made, ...added].reverse());
    expect(world.reads()).toHaveLength(before + 1);
  });

  test('a page that is hidden from the start reads its first rows, and nothing more until it is seen', async () => {
    const world = createWorld();
    finished(world, 3);
    hidePage();
    const { result } = await listOf(world, { refreshInterval: 5_000 });
    await pass(600_000);
    expect(world.reads()).toHaveLength(1);
    world.simulator.addContainer({ state: 'completed' });
    showPage();
    await pass(1_000);
    expect(world.reads()).toHaveLength(2);
    expect(result.current.data).toMatchObject({ newCount: 1 });
  });
});

describe('without a connection', () => {
  test('what is shown stays, the error is told, and the list comes back by itself', async () => {
    const world = createWorld();
    finished(world, 3);
    world.simulator.addContainer({ generation: { outcome: 'stalled' } });
    const { result } = await listOf(world);
    world.simulator.setFaults([{ kind: 'drop' }]);
    await pass(60_000);
    expect(result.current.error).toMatchObject({ code: 'NETWORK' });
    expect(ids(result.current)).toHaveLength(4);
    world.simulator.setFaults([]);
    await pass(70_000);
    expect(result.current.error).toBeNull();
  });
});

describe('another filter', () => {
  const show = (world: World) =>
    renderHook(
      (
        { projectId, status }: { projectId: string; status: 'completed' | 'failed' } = { projectId: world.projectId, status: 'completed' },
      ) => {
        const { data, isPlaceholderData } = useContainerList(projectId, { status, keepPreviousData: true });
        return { data, isPlaceholderData };
      },
      { wrapper: world.wrapper },
    );

  test('keeps what is shown until its own rows are there, where that is asked for, but never those of another project', async () => {
    const world = createWorld({ projectIds: ['prj_one', 'prj_two'] });
    const done = world.simulator.addContainer({ projectId: 'prj_one', state: 'completed' });
    const failed = world.simulator.addContainer({ projectId: 'prj_one', state: 'failed' });
    const { result, rerender } = await show(world);
    await pass(100);
    expect(ids(result.current)).toEqual([done]);
    await rerender({ projectId: 'prj_one', status: 'failed' });
    expect(result.current).toMatchObject({ isPlaceholderData: true });
    expect(ids(result.current)).toEqual([done]);
    await pass(100);
    expect(result.current).toMatchObject({ isPlaceholderData: false });
    expect(ids(result.current)).toEqual([failed]);
    await rerender({ projectId: 'prj_two', status: 'failed' });
    expect(result.current.data).toBeUndefined();
  });
});
