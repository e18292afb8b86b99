import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, renderHook } from 'vitest-browser-react';
import { useClone, useContainer, useContainerList, useContainerProgress, useRegenerate } from '../../src/index.js';
import { createSentWorld } from '../support/sentWorld.js';
import { pass, stopTime } from '../support/time.js';
import { shortLife, type World } from '../support/world.js';

beforeEach(() => {
  stopTime();
});

afterEach(async () => {
  await cleanup();
  vi.useRealTimers();
});

function useScreen(world: World, id: string) {
  return {
    regenerate: useRegenerate(id),
    record: useContainer(id).data,
    progress: useContainerProgress(id).data,
    row: useContainerList(world.projectId, { refreshInterval: false }).data?.containers.find((row) => row.id === id),
  };
}

describe.each(['current', 'legacy'] as const)('useRegenerate in the %s edition', (edition) => {
  const setup = (options: Parameters<typeof createSentWorld>[0] = {}) => {
    const world = createSentWorld({ edition, generation: shortLife(10_000), ...options }, { edition });
    const id = world.simulator.addContainer({ state: 'completed', approvalStatus: 'approved', createdAt: Date.now() - 60_000 });
    return { world, id };
  };

  test('the container begins another life everywhere at once: waiting, undecided, then made', async () => {
    const { world, id } = setup();
    const { result } = await renderHook(() => useScreen(world, id), { wrapper: world.wrapper });
    await pass(1_000);
    const before = result.current;
    expect(before).toMatchObject({ record: { status: 'completed', approvalStatus: 'approved' }, progress: { percent: 100 } });
    world.simulator.clearRequests();
    await before.regenerate.mutateAsync();
    await pass(100);
    expect(result.current.regenerate.problem).toBeNull();
    expect(result.current).toMatchObject({
      record: { status: 'queued', approvalStatus: 'pending', preview: null, assets: [] },
      progress: { status: 'queued', isTerminal: false },
      row: { status: 'queued', approvalStatus: 'pending' },
    });
    expect(result.current.progress?.percent ?? 0).toBeLessThan(50);
    // That it waits to start is known; its progress is read once, however many look at it.
    expect(world.reads(/\/content\/[^/]+$/)).toHaveLength(0);
    expect(world.reads(/\/progress$/)).toHaveLength(1);
    await pass(15_000);
    expect(result.current).toMatchObject({ record: { status: 'completed', approvalStatus: 'pending' }, progress: { percent: 100 } });
    expect(result.current.record?.createdAt).toBe(before.record?.createdAt);
    expect(result.current.record?.assets[0]?.id).not.toBe(before.record?.assets[0]?.id);
  });

  test('a read that left before does not bring the old life back', async () => {
    const { world, id } = setup();
    const { result } = await renderHook(() => ({ ...useScreen(world, id), refetch: useContainer(id).refetch }), { wrapper: world.wrapper });
    await pass(1_000);
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 4_000, match: /GET .*content\/[^/]+$/, times: 1 }]);
    void result.current.refetch();
    await pass(500);
    await result.current.regenerate.mutateAsync();
    await pass(4_500);
    expect(result.current.record?.status).toBe('processing');
    await pass(12_000);
    expect(result.current.record?.status).toBe('completed');
  });

  test('kept media stay in view', async () => {
    const { world, id } = setup();
    const { result } = await renderHook(() => useScreen(world, id), { wrapper: world.wrapper });
    await pass(1_000);
    const { preview } = result.current.record ?? {};
    await result.current.regenerate.mutateAsync({ preserveAssets: true, patch: { hook: 'New' } });
    await pass(2_500);
    expect(result.current.record).toMatchObject({ status: 'processing', preview });
    expect(world.sent.at(-1)?.body).toEqual({ preserveAssets: true, patch: { hook: 'New' } });
  });

  test('a double click is one request; while it runs, another is a conflict that is read again', async () => {
    const { world, id } = setup();
    const { result } = await renderHook(() => useScreen(world, id), { wrapper: world.wrapper });
    await pass(500);
    result.current.regenerate.mutate();
    result.current.regenerate.mutate();
    await pass(500);
    expect(world.sent).toHaveLength(1);
    result.current.regenerate.mutate();
    await pass(500);
    expect(result.current.regenerate.problem?.kind).toBe('conflict');
  });

  test('an answer lost after it began is found again', async () => {
    const { world, id } = setup({ faults: [{ kind: 'drop', match: /regenerate/, times: 1, takesEffect: true }] });
    const { result } = await renderHook(() => useScreen(world, id), { wrapper: world.wrapper });
    await pass(500);
    result.current.regenerate.mutate();
    await pass(4_000);
    expect(result.current.regenerate).toMatchObject({ status: 'success', data: { isReplay: true } });
    expect(result.current.record?.status).toBe('processing');
    expect(result.current.progress?.isTerminal).toBe(false);
  });

  test('an input that cannot be used is told at its field', async () => {
    const { world, id } = setup();
    const { result } = await renderHook(() => useScreen(world, id), { wrapper: world.wrapper });
    result.current.regenerate.mutate({ patch: 'hook' as never });
    await pass(100);
    expect(result.current.regenerate.problem?.fields).toMatchObject([{ field: 'patch', problem: 'invalid' }]);
    expect(world.sent).toEqual([]);
  });
});

describe.each(['current', 'legacy'] as const)('useClone in the %s edition', (edition) => {
  test('makes new containers, which the list learns of', async () => {
    const world = createSentWorld({ edition }, { edition });
    const id = world.simulator.addContainer({ state: 'completed', createdAt: Date.now() - 60_000 });
    const { result } = await renderHook(
      () => ({ clone: useClone(id), list: useContainerList(world.projectId, { refreshInterval: false }).data }),
      { wrapper: world.wrapper },
    );
    await pass(500);
    const accepted = await result.current.clone.mutateAsync({ mode: 'reimagine', variations: 3 });
    await pass(500);
    expect(accepted.containerIds).toHaveLength(3);
    expect(result.current.list?.newCount).toBe(3);
  });

  test('whose answers are all lost may have made some: the list looks', async () => {
    const world = createSentWorld({ edition, faults: [{ kind: 'drop', match: /clone/, times: 4, takesEffect: true }] }, { edition });
    const id = world.simulator.addContainer({ state: 'completed', createdAt: Date.now() - 60_000 });
    const { result } = await renderHook(
      () => ({ clone: useClone(id), list: useContainerList(world.projectId, { refreshInterval: false }).data }),
      { wrapper: world.wrapper },
    );
    await pass(500);
    result.current.clone.mutate({ mode: 'reimagine', variations: 3 });
    await pass(30_000);
    expect(result.current.clone.problem?.kind).toBe('unknown');
    expect(result.current.list?.newCount).toBe(3);
  });

  test.each([
    [{ mode: 'copy' }, 'mode', 'This cannot be used.'],
    [{}, 'mode', 'Fill this in.'],
    [{ mode: 'fork', variations: 11 }, 'variations', 'Use a whole number from 1 to 10.'],
  ])('%j is told at its field', async (input, field, message) => {
    const world = createSentWorld({ edition }, { edition });
    const id = world.simulator.addContainer({ state: 'completed' });
    const { result } = await renderHook(() => useClone(id), { wrapper: world.wrapper });
    result.current.mutate(input as never);
    await pass(100);
    expect(result.current.problem?.fields).toMatchObject([{ field, message }]);
    expect(world.sent).toEqual([]);
  });
});
