import { beforeEach, describe, expect, test } from 'vitest';
import type { LayersClientOptions } from '../../src/core.js';
import { monotonicNow } from '../../src/internal/monotonicNow.js';
import { pass, stopTime } from '../support/time.js';
import { createScene, life } from './scene.js';

beforeEach(() => {
  stopTime();
});

function createWorld(options: Partial<LayersClientOptions> = {}) {
  const { simulator, client, add, progress, record } = createScene({}, options);
  return {
    simulator,
    add: (durationMs: number) => add(life(durationMs)),
    follow: progress,
    record,
    await: (id: string) => client.schedule.awaitEnd(id),
    /** The page is one of several tabs, and the leader of all is silent from a time on. */
    leadFrom: (at: () => number) => {
      const ignored = () => {};
      let leads = at() === Number.NEGATIVE_INFINITY;
      client.schedule.leadBy({
        get leads() {
          return leads && at() <= monotonicNow();
        },
        get silentAt() {
          return at();
        },
        standIn: () => {
          leads = true;
          client.schedule.wake();
        },
        join: ignored,
        followsChanged: ignored,
        told: ignored,
      });
    },
    hide: () => client.schedule.setPageVisible(false),
    show: () => client.schedule.setPageVisible(true),
    reads: () => simulator.requests.length,
  };
}

describe('while the page is hidden', () => {
  test('nothing is read where nobody awaits an end', async () => {
    const world = createWorld();
    const id = world.add(600_000);
    world.follow(id);
    await pass(5_000);
    world.hide();
    const before = world.reads();
    await pass(600_000);
    expect(world.reads()).toBe(before);
    world.show();
    await pass(100);
    expect(world.reads()).toBe(before + 1);
  });

  test('what is awaited is read from the first second on, also where the page was hidden when it was opened', async () => {
    const world = createWorld();
    world.hide();
    const id = world.add(200_000);
    const { data } = world.follow(id);
    world.await(id);
    await pass(130_000);
    expect(world.reads()).toBeGreaterThan(0);
    expect(world.reads()).toBeLessThanOrEqual(3);
    await pass(200_000);
    expect(data()?.status).toBe('completed');
    const before = world.reads();
    await pass(600_000);
    expect(world.reads()).toBe(before);
  });

  test('what is awaited is read by a tab that may not lead any more, as soon as no other tab does', async () => {
    const world = createWorld();
    let leadsAt = Number.NEGATIVE_INFINITY;
    world.leadFrom(() => leadsAt);
    const id = world.add(100_000);
    const { data } = world.follow(id);
    world.await(id);
    await pass(5_000);
    leadsAt = monotonicNow() + 3_000;
    world.hide();
    const before = world.reads();
    await pass(130_000);
    expect(data()?.status).toBe('completed');
    expect(world.reads() - before).toBeGreaterThanOrEqual(1);
    expect(world.reads() - before).toBeLessThanOrEqual(4);
  });

  test('a read that stood in line when the page was hidden does not keep the end from being heard', async () => {
    const world = createWorld({ readsPerMinute: 4 });
    const ids = Array.from({ length: 12 }, () => world.add(200_000));
    const looks = ids.map((id) => {
      world.record(id);
      return world.follow(id);
    });
    const last = ids.at(-1) as string;
    world.await(last);
    await pass(1_000);
    world.hide();
    await pass(420_000);
    expect(looks.at(-1)?.data()?.status).toBe('completed');
  });

  test('awaited when it is hidden already, and let go again', async () => {
    const world = createWorld();
    const id = world.add(3_600_000);
    world.follow(id);
    await pass(5_000);
    world.hide();
    const letGo = world.await(id);
    const before = world.reads();
    await pass(180_000);
    expect(world.reads() - before).toBeGreaterThanOrEqual(2);
    expect(world.reads() - before).toBeLessThanOrEqual(4);
    letGo();
    const after = world.reads();
    await pass(600_000);
    expect(world.reads()).toBe(after);
  });

  test('a 429 pauses what is awaited as well, and its end is heard afterwards', async () => {
    const world = createWorld();
    const id = world.add(200_000);
    const { data } = world.follow(id);
    world.await(id);
    await pass(5_000);
    world.hide();
    world.simulator.setFaults([{ kind: 'status', status: 429, retryAfter: '150', times: 1 }]);
    const before = world.reads();
    await pass(200_000);
    expect(world.reads() - before).toBeLessThanOrEqual(2);
    await pass(200_000);
    expect(data()?.status).toBe('completed');
  });

  test('seen again, what was awaited is caught up at once', async () => {
    const world = createWorld();
    const [awaited, other] = [world.add(3_600_000), world.add(3_600_000)];
    for (const id of [awaited, other]) world.follow(id);
    world.await(awaited);
    await pass(10_000);
    world.hide();
    await pass(90_000);
    world.show();
    const before = world.reads();
    await pass(3_000);
    expect(world.reads() - before).toBeGreaterThanOrEqual(2);
  });
});
