import { beforeEach, describe, expect, test } from 'vitest';
import { containerKey, type LayersClientOptions } from '../../src/core.js';
import { monotonicNow } from '../../src/internal/monotonicNow.js';
import type { SimulatorOptions } from '../../src/testing.js';
import { pass, stopTime } from '../support/time.js';
import { createScene, isList, long } from './scene.js';

beforeEach(() => {
  stopTime();
});

function watch(simulation: SimulatorOptions = {}, options: Partial<LayersClientOptions> = {}) {
  const scene = createScene(simulation, options);
  return { ...scene, follow: scene.progress, fresh: (id: string) => scene.client.schedule.freshness(id) };
}

describe('how fresh a container is', () => {
  test('live while it is read at the documented cadence, and it tells when the next read is due', async () => {
    const { simulator, follow, fresh } = watch();
    const id = simulator.addContainer({ generation: long });
    follow(id);
    await pass(5_000);
    const { state, reason, lastReadAt, nextReadAt } = fresh(id);
    expect([state, reason]).toEqual(['live', null]);
    expect((nextReadAt ?? 0) - (lastReadAt ?? 0)).toBeGreaterThanOrEqual(2_000);
    expect((nextReadAt ?? 0) - monotonicNow()).toBeLessThanOrEqual(2_100);
  });

  test('slowed when the budget has no room for the cadence of all that is on screen', async () => {
    const { simulator, follow, fresh } = watch({}, { readsPerMinute: 30 });
    const ids = Array.from({ length: 8 }, () => simulator.addContainer({ generation: long }));
    for (const id of ids) follow(id);
    await pass(10_000);
    expect(fresh(ids[0] as string)).toMatchObject({ state: 'slowed', reason: 'budget' });
  });

  test('paused after a 429 for as long as the server asked, then live again', async () => {
    const { simulator, follow, fresh } = watch();
    const id = simulator.addContainer({ generation: long });
    follow(id);
    await pass(3_000);
    simulator.setFaults([{ kind: 'status', status: 429, retryAfter: '7', times: 1 }]);
    await pass(2_500);
    const now = fresh(id);
    expect(now).toMatchObject({ state: 'paused', reason: 'rate-limited' });
    expect((now.nextReadAt ?? 0) - monotonicNow()).toBeGreaterThan(4_000);
    await pass(12_000);
    expect(fresh(id)).toMatchObject({ state: 'live', reason: null });
  });

  test('paused while the page is hidden: no read is due', async () => {
    const { simulator, client, follow, fresh } = watch();
    const id = simulator.addContainer({ generation: long });
    follow(id);
    await pass(3_000);
    client.schedule.setPageVisible(false);
    expect(fresh(id)).toMatchObject({ state: 'paused', reason: 'hidden', nextReadAt: null });
  });

  test('offline when the server cannot be reached', async () => {
    const { simulator, follow, fresh } = watch();
    const id = simulator.addContainer({ generation: long });
    follow(id);
    await pass(3_000);
    simulator.setFaults([{ kind: 'drop' }]);
    await pass(4_000);
    expect(fresh(id)).toMatchObject({ state: 'offline', reason: 'network' });
  });

  test('slowed while reads fail', async () => {
    const { simulator, follow, fresh } = watch();
    const id = simulator.addContainer({ generation: long });
    follow(id);
    await pass(3_000);
    simulator.setFaults([{ kind: 'html', status: 502 }]);
    await pass(4_000);
    expect(fresh(id)).toMatchObject({ state: 'slowed', reason: 'failing' });
  });

  test('stalled when the server has reported nothing new for a minute and much longer than ever before', async () => {
    const { simulator, follow, fresh } = watch();
    const id = simulator.addContainer({
      generation: { ...long, stages: [{ stage: 'generating_visuals', durationMs: 100_000 }], outcome: 'stalled', endsAt: 0.3 },
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
    const { simulator, follow, fresh } = watch({}, { deadlineMs: 60_000 });
    const id = simulator.addContainer({ generation: long });
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
      const { simulator, follow, fresh } = watch({ now: () => Date.now() + hours * 3_600_000 });
      const id = simulator.addContainer({ generation: long });
      follow(id);
      await pass(20_000);
      expect(fresh(id)).toMatchObject({ state: 'live', reason: null });
      expect(simulator.requests.length).toBeGreaterThan(8);
    }
  });

  test('ended, refused and unknown ones have no next read', async () => {
    const { simulator, follow, fresh } = watch();
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
    const { simulator, follow, client } = watch();
    const id = simulator.addContainer({ generation: long });
    for (const each of [id, containerKey(id), id, containerKey(id)]) follow(each);
    await pass(1_000);
    expect(simulator.requests).toHaveLength(1);
    expect(client.schedule.freshness(containerKey(id)).lastReadAt).toBe(client.schedule.freshness(id).lastReadAt);
  });
});

describe('what rests on a list', () => {
  const six = (scene: ReturnType<typeof watch>, onScreen: boolean, generation = long) =>
    Array.from({ length: 6 }, () => {
      const id = scene.add(generation);
      return { id, ...scene.record(id, onScreen) };
    });

  test('was read when the list was, also where nothing changed', async () => {
    const scene = watch();
    const rows = six(scene, false);
    await pass(60_000);
    for (const { id } of rows) {
      const { state, reason, lastReadAt, nextReadAt } = scene.fresh(id);
      expect([state, reason]).toEqual(['live', null]);
      expect(monotonicNow() - (lastReadAt ?? 0)).toBeLessThanOrEqual(5_500);
      expect((nextReadAt ?? 0) - monotonicNow()).toBeLessThanOrEqual(5_500);
    }
  });

  test('on screen is read by itself while the list fails: every end is known all the same', async () => {
    const scene = watch();
    const rows = six(scene, true);
    await pass(10_000);
    scene.simulator.setFaults([{ kind: 'html', status: 502, match: /projects/ }]);
    await pass(20_000);
    for (const { id } of rows) scene.simulator.finish(id);
    await pass(10_000);
    expect(rows.map(({ data }) => data()?.status)).toEqual(Array(6).fill('completed'));
  });

  test('off screen says so while the list fails, and is told again when it is back', async () => {
    const scene = watch({}, { readsPerMinute: 12 });
    const rows = six(scene, false);
    await pass(60_000);
    scene.simulator.setFaults([{ kind: 'html', status: 502 }]);
    await pass(60_000);
    for (const { id } of rows) expect(scene.fresh(id)).toMatchObject({ state: 'slowed', reason: 'failing' });
    scene.simulator.setFaults([]);
    await pass(120_000);
    for (const { id } of rows) expect(scene.fresh(id).reason).not.toBe('failing');
    for (const { id } of rows) scene.simulator.finish(id);
    await pass(60_000);
    expect(rows.map(({ data }) => data()?.status)).toEqual(Array(6).fill('completed'));
  });

  test.each([true, false])('is offline when no request comes through (on screen: %s)', async (onScreen) => {
    const scene = watch();
    const rows = six(scene, onScreen);
    await pass(10_000);
    scene.simulator.setFaults([{ kind: 'drop' }]);
    await pass(40_000);
    for (const { id } of rows) expect(scene.fresh(id)).toMatchObject({ state: 'offline', reason: 'network' });
    scene.simulator.setFaults([]);
    await pass(90_000);
    for (const { id } of rows) expect(scene.fresh(id)).toMatchObject({ state: 'live', reason: null });
  });

  test('waits as long as a 503 asked, and says that it does', async () => {
    const scene = watch();
    const rows = six(scene, false);
    await pass(10_000);
    scene.simulator.setFaults([{ kind: 'status', status: 503, retryAfter: '30', times: 1 }]);
    await pass(6_000);
    scene.reads();
    await pass(20_000);
    expect(scene.reads()).toEqual([]);
    for (const { id } of rows) expect(scene.fresh(id).state).not.toBe('live');
    await pass(15_000);
    for (const { id } of rows) expect(scene.fresh(id).state).toBe('live');
    // Single reads go first for 10 s, a quarter more or less.
    await pass(10_000);
    expect(scene.reads().filter(isList).length).toBeGreaterThan(0);
  });

  test('is stalled after ten minutes without news, and not before', async () => {
    const scene = watch();
    const rows = six(scene, false);
    await pass(9 * 60_000);
    for (const { id } of rows) expect(scene.fresh(id)).toMatchObject({ state: 'live', reason: null });
    await pass(2 * 60_000);
    for (const { id } of rows) expect(scene.fresh(id)).toMatchObject({ state: 'stalled', reason: 'quiet' });
  });
});

test('a record that is read without its progress is stalled after ten minutes without news', async () => {
  const { add, record, fresh } = watch();
  const id = add();
  record(id);
  await pass(9 * 60_000);
  expect(fresh(id)).toMatchObject({ state: 'live', reason: null });
  await pass(2 * 60_000);
  expect(fresh(id)).toMatchObject({ state: 'stalled', reason: 'quiet' });
});

test('a quiet stage is not stalled before one and a half times what it usually takes', async () => {
  const { add, progress, simulator, fresh } = watch();
  // One that took 120 s teaches how long it may be quiet.
  const taught = progress(add({ ...long, stages: [{ stage: 'generating_visuals', durationMs: 120_000 }] }));
  await pass(130_000);
  expect(taught.data()?.status).toBe('completed');
  const id = simulator.addContainer({
    generation: { ...long, stages: [{ stage: 'generating_visuals', durationMs: 100_000 }], outcome: 'stalled', endsAt: 0 },
  });
  progress(id);
  await pass(120_000);
  expect(fresh(id)).toMatchObject({ state: 'live', reason: null });
  await pass(70_000);
  expect(fresh(id)).toMatchObject({ state: 'stalled', reason: 'quiet' });
});

test('the deadline counts from when the job began, not from when it was first seen here', async () => {
  const { simulator, progress, record, fresh } = watch();
  const createdAt = Date.now() - 31 * 60_000;
  const [one, other] = [
    simulator.addContainer({ createdAt, generation: long }),
    simulator.addContainer({ createdAt, generation: long, projectId: simulator.projectIds[0] }),
  ];
  progress(one);
  record(one);
  record(other, false);
  await pass(20_000);
  expect(fresh(one)).toMatchObject({ state: 'slowed', reason: 'deadline' });
  expect(fresh(other)).toMatchObject({ state: 'slowed', reason: 'deadline' });
});
