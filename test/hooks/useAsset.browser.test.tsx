import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, renderHook } from 'vitest-browser-react';
import { useAsset } from '../../src/index.js';
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

async function container(world: World): Promise<[string, string]> {
  const id = world.simulator.addContainer({ state: 'completed', format: 'ugc-remix', generation: { kind: 'video' } });
  const { assets } = await world.client.getContainer(id);
  world.simulator.clearRequests();
  return [id, assets[0]?.id ?? ''];
}

describe('useAsset', () => {
  test.each(['current', 'legacy'] as const)('reads one file of the %s edition, once for all that ask', async (edition) => {
    const world = createWorld({ edition }, { edition });
    const [id, assetId] = await container(world);
    const { result } = await renderHook(() => [useAsset(id, assetId).data, useAsset(id.replace('cnt_', ''), assetId).data], {
      wrapper: world.wrapper,
    });
    await pass(1_000);
    expect(result.current[0]).toMatchObject({ id: assetId, kind: 'video', url: expect.stringMatching(/^https:.*\.mp4$/) });
    expect(result.current[1]).toBe(result.current[0]);
    await pass(600_000);
    expect(world.reads()).toHaveLength(1);
  });

  test.each([
    ['a failure', { kind: 'status', status: 502, times: 1 }, 6_000],
    ['a pause that the server asks for', { kind: 'status', status: 503, retryAfter: '30', times: 1 }, 40_000],
    ['a connection that is lost', { kind: 'drop', times: 1 }, 6_000],
  ] as const)('%s is told, and gone with a read soon after', async (_, fault, within) => {
    const world = createWorld();
    const [id, assetId] = await container(world);
    world.simulator.setFaults([{ ...fault, match: /assets/ } as never]);
    const { result } = await renderHook(
      () => {
        const { data, error } = useAsset(id, assetId);
        return { data, error };
      },
      { wrapper: world.wrapper },
    );
    await pass(500);
    expect(result.current.error?.retryable).toBe(true);
    await pass(within);
    expect([result.current.error, result.current.data?.id]).toEqual([null, assetId]);
    expect(world.reads()).toHaveLength(2);
  });

  test('a failure now and then is gone as soon as the first one', async () => {
    const world = createWorld();
    const [id, assetId] = await container(world);
    const { result } = await renderHook(
      () => {
        const { data, error, refetch } = useAsset(id, assetId);
        return { data, error, refetch };
      },
      { wrapper: world.wrapper },
    );
    await pass(500);
    for (let round = 1; round <= 8; round += 1) {
      world.simulator.setFaults([{ kind: 'status', status: 502, times: 1, match: /assets/ }]);
      void result.current.refetch();
      await pass(500);
      expect(result.current.error?.status).toBe(502);
      await pass(6_000);
      expect(result.current.error).toBeNull();
      expect(world.reads()).toHaveLength(1 + 2 * round);
    }
  });

  test('what is refused is not read again', async () => {
    const world = createWorld();
    const [id, assetId] = await container(world);
    world.simulator.setFaults([{ kind: 'status', status: 403, match: /assets/ }]);
    await renderHook(() => useAsset(id, assetId), { wrapper: world.wrapper });
    await pass(120_000);
    expect(world.reads()).toHaveLength(1);
  });

  test('an address that runs out is read anew before it does, not while the page is hidden', async () => {
    const world = createWorld({ assetUrlLifeMs: 300_000 });
    const [id, assetId] = await container(world);
    const { result } = await renderHook(() => useAsset(id, assetId).data, { wrapper: world.wrapper });
    await pass(200_000);
    expect(world.reads()).toHaveLength(1);
    await pass(80_000);
    expect(world.reads()).toHaveLength(2);
    expect(Date.parse(result.current?.expiresAt ?? '')).toBeGreaterThan(Date.now() + 200_000);
    hidePage();
    await pass(900_000);
    expect(world.reads()).toHaveLength(2);
    showPage();
    await pass(1_000);
    expect(world.reads()).toHaveLength(3);
  });

  test('a clock that is far ahead of the server does not read in a storm', async () => {
    const world = createWorld({ assetUrlLifeMs: -3_600_000 });
    const [id, assetId] = await container(world);
    await renderHook(() => useAsset(id, assetId).data, { wrapper: world.wrapper });
    await pass(600_000);
    expect(world.reads().length).toBeLessThanOrEqual(11);
  });

  test('an unsafe address is none', async () => {
    const world = createWorld();
    const [id, assetId] = await container(world);
    world.simulator.setFaults([{ kind: 'unsafe-url' }]);
    const { result } = await renderHook(() => useAsset(id, assetId).data, { wrapper: world.wrapper });
    await pass(100);
    expect(result.current).toMatchObject({ id: assetId, url: null, thumbnailUrl: null });
  });

  test('what is not there is told once', async () => {
    const world = createWorld({ assetUrlLifeMs: 100_000 });
    const [id] = await container(world);
    const { result } = await renderHook(() => useAsset(id, 'nothing').error, { wrapper: world.wrapper });
    await pass(600_000);
    expect(result.current).toMatchObject({ code: 'NOT_FOUND' });
    expect(world.reads()).toHaveLength(1);
  });

  test.each([
    [null, 'a'],
    ['c', undefined],
    ['', ''],
  ])('%o and %o read nothing', async (id, assetId) => {
    const world = createWorld();
    await renderHook(() => useAsset(id, assetId), { wrapper: world.wrapper });
    await pass(10_000);
    expect(world.reads()).toEqual([]);
  });
});
