import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { containerKey, containerProgressOptions, createLayersClient, type LayersClientOptions } from '../../../src/core.js';
import { createSimulator, type SimulatorOptions } from '../../../src/testing.js';
import { pass, stopTime } from '../../support/time.js';

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  vi.useRealTimers();
});

let scenes = 0;

function scene(options: SimulatorOptions = {}, client: Partial<LayersClientOptions> = {}) {
  scenes += 1;
  const simulator = createSimulator({ tier: 'off', ...options });
  const layers = createLayersClient({ baseUrl: `https://fresh-${scenes}.invalid`, fetch: simulator.fetch, ...client });
  const queryClient = new QueryClient();
  return {
    simulator,
    client: layers,
    follow: (id: string) => new QueryObserver(queryClient, containerProgressOptions(layers, id)).subscribe(() => {}),
    fresh: (id: string) => layers.reads.freshness(id),
  };
}

const long = { generation: { queuedMs: 0, stages: [{ stage: 'generating_visuals', durationMs: 7_200_000 }], eta: 'exact' } } as const;

describe('how fresh a container is', () => {
  test('live while it is read at the documented cadence, and it tells when the next read is due', async () => {
    const { simulator, follow, fresh } = scene();
    const id = simulator.addContainer(long);
    follow(id);
    await pass(5_000);
    const { state, reason, lastReadAt, nextReadAt } = fresh(id);
    expect([state, reason]).toEqual(['live', null]);
    expect((nextReadAt ?? 0) - (lastReadAt ?? 0)).toBeGreaterThanOrEqual(2_000);
    expect((nextReadAt ?? 0) - Date.now()).toBeLessThanOrEqual(2_100);
  });

  test('slowed when the budget has no room for the cadence of all that is on screen', async () => {
    const { simulator, follow, fresh } = scene({}, { readsPerMinute: 30 });
    const ids = Array.from({ length: 8 }, () => simulator.addContainer(long));
    for (const id of ids) follow(id);
    await pass(10_000);
    expect(fresh(ids[0] as string)).toMatchObject({ state: 'slowed', reason: 'budget' });
  });

  test('paused after a 429 for as long as the server asked, then live again', async () => {
    const { simulator, follow, fresh } = scene();
    const id = simulator.addContainer(long);
    follow(id);
    await pass(3_000);
    simulator.setFaults([{ kind: 'status', status: 429, retryAfter: '7', times: 1 }]);
    await pass(2_500);
    const now = fresh(id);
    expect(now).toMatchObject({ state: 'paused', reason: 'rate-limited' });
    expect((now.nextReadAt ?? 0) - Date.now()).toBeGreaterThan(4_000);
    await pass(12_000);
    expect(fresh(id)).toMatchObject({ state: 'live', reason: null });
  });

  test('paused while the page is hidden: no read is due', async () => {
    const { simulator, client, follow, fresh } = scene();
    const id = simulator.addContainer(long);
    follow(id);
    await pass(3_000);
    client.reads.visibility.override(false);
    expect(fresh(id)).toMatchObject({ state: 'paused', reason: 'hidden', nextReadAt: null });
  });

  test('offline when the server cannot be reached', async () => {
    const { simulator, follow, fresh } = scene();
    const id = simulator.addContainer(long);
    follow(id);
    await pass(3_000);
    simulator.setFaults([{ kind: 'drop' }]);
    await pass(4_000);
    expect(fresh(id)).toMatchObject({ state: 'offline', reason: 'network' });
  });

  test('slowed while reads fail', async () => {
    const { simulator, follow, fresh } = scene();
    const id = simulator.addContainer(long);
    follow(id);
    await pass(3_000);
    simulator.setFaults([{ kind: 'html', status: 502 }]);
    await pass(4_000);
    expect(fresh(id)).toMatchObject({ state: 'slowed', reason: 'failing' });
  });

  test('stalled when the server has reported nothing new for a minute and much longer than ever before', async () => {
    const { simulator, follow, fresh } = scene();
    const id = simulator.addContainer({
      generation: { ...long.generation, stages: [{ stage: 'generating_visuals', durationMs: 100_000 }], outcome: 'stalled', endsAt: 0.3 },
    });
    follow(id);
    await pass(25_000);
    expect(fresh(id).state).toBe('live');
    await pass(60_000);
    expect(fresh(id).state).toBe('live');
    await pass(15_000);
    expect(fresh(id)).toMatchObject({ state: 'stalled', reason: 'quiet' });
  });

  test('past its deadline it is read once a minute, which is no error', async () => {
    const { simulator, follow, fresh } = scene({}, { deadlineMs: 60_000 });
    const id = simulator.addContainer(long);
    follow(id);
    await pass(70_000);
    const before = simulator.requests.length;
    await pass(300_000);
    expect(simulator.requests.length - before).toBeGreaterThanOrEqual(4);
    expect(simulator.requests.length - before).toBeLessThanOrEqual(6);
    expect(fresh(id)).toMatchObject({ state: 'slowed', reason: 'deadline' });
  });

  test('a server whose clock is hours off changes nothing', async () => {
    for (const hours of [-9, 9]) {
      const { simulator, follow, fresh } = scene({ now: () => Date.now() + hours * 3_600_000 });
      const id = simulator.addContainer(long);
      follow(id);
      await pass(20_000);
      expect(fresh(id)).toMatchObject({ state: 'live', reason: null });
      expect(simulator.requests.length).toBeGreaterThan(8);
    }
  });

  test('ended, refused and unknown ones have no next read', async () => {
    const { simulator, follow, fresh } = scene();
    const done = simulator.addContainer({ state: 'completed' });
    const foreign = 'cnt_00000000-0000-4000-8000-000000000000';
    follow(done);
    follow(foreign);
    await pass(3_000);
    expect(fresh(done)).toMatchObject({ state: 'live', reason: 'ended', nextReadAt: null });
    expect(fresh(foreign)).toMatchObject({ state: 'paused', reason: 'refused', nextReadAt: null });
    expect(fresh('cnt_nobody')).toMatchObject({ state: 'live', reason: null, lastReadAt: null, nextReadAt: null });
  });

  test('an id in both spellings is one container, read once', async () => {
    const { simulator, follow, client } = scene();
    const id = simulator.addContainer(long);
    for (const each of [id, containerKey(id), id, containerKey(id)]) follow(each);
    await pass(1_000);
    expect(simulator.requests).toHaveLength(1);
    expect(client.reads.freshness(containerKey(id)).lastReadAt).toBe(client.reads.freshness(id).lastReadAt);
  });
});
