import { expect, test, vi } from 'vitest';
import { monotonicNow } from '../../../src/internal/monotonicNow.js';
import { Budget } from '../../../src/schedule/budget.js';
import { type Priority } from '../../../src/schedule/priority.js';
import { Queue } from '../../../src/schedule/queue.js';
import { Link } from '../../../src/server/store/link.js';
import { createMemoryStore } from '../../../src/server/store/memoryStore.js';
import { createRedisStore } from '../../../src/server/store/redisStore.js';
import { SharedSlots } from '../../../src/server/store/sharedSlots.js';
import { hasRedis, RedisServer } from './redis.js';

const LIMIT = 44;
const WINDOW_MS = 4_000;

test.skipIf(!hasRedis)('two processes together read as evenly as one, and the more urgent reads of one go first', async () => {
  const redis = await RedisServer.start();
  const ends: (() => void)[] = [];
  const sent: { at: number; priority: Priority }[] = [];
  const open = async (priority: Priority) => {
    const client = await redis.client();
    const link = new Link(createRedisStore(client), () => {});
    const budget = new Budget({ limit: LIMIT, windowMs: WINDOW_MS });
    const slots: SharedSlots = new SharedSlots({ link, name: 'read', budget, changed: () => queue.pump() });
    const queue = new Queue(slots);
    const owner = {};
    ends.push(() => {
      queue.close(owner);
      link.close();
      client.destroy();
    });
    return async () => {
      for (;;) {
        await queue.enter(() => priority, owner);
        sent.push({ at: monotonicNow(), priority });
      }
    };
  };
  try {
    for (const read of [await open('screen'), await open('rest')]) read().catch(() => {});
    await expect.poll(() => sent.length, { timeout: 20_000 }).toBeGreaterThan(60);
  } finally {
    for (const end of ends) end();
    await redis.end();
  }
  // A quarter of the window holds a quarter of the limit, what may be ahead, and two granted before that are sent late.
  const mostInQuarter = Math.max(...sent.map(({ at }) => sent.filter((other) => other.at >= at && other.at < at + WINDOW_MS / 4).length));
  expect(mostInQuarter).toBeLessThanOrEqual(LIMIT / 4 + 3 + 2);
  const urgent = sent.filter(({ priority }) => priority === 'screen').length / sent.length;
  expect(urgent).toBeGreaterThan(0.8);
  expect(urgent).toBeLessThan(1);
});

test.skipIf(!hasRedis)(
  'a process that began later knows what was sent before, when Redis has lost its count and who sent it is gone',
  async () => {
    const redis = await RedisServer.start();
    const sent: number[] = [];
    const open = async () => {
      const client = await redis.client();
      const link = new Link(createRedisStore(client), () => {});
      const budget = new Budget({ limit: LIMIT, windowMs: WINDOW_MS, isPaced: false });
      // When the budget counted it: what comes after takes as long as the machine is busy.
      budget.onDepart = (at) => void sent.push(at);
      const slots: SharedSlots = new SharedSlots({ link, name: 'read', budget, changed: () => queue.pump() });
      const queue = new Queue(slots);
      const owner = {};
      const read = async (count: number) => {
        for (let each = 0; each < count; each += 1) {
          await queue.enter(() => 'person', owner);
        }
      };
      const end = () => {
        queue.close(owner);
        link.close();
        client.destroy();
      };
      return { read, end };
    };
    const first = await open();
    await first.read(40);
    const second = await open();
    await second.read(1);
    first.end();
    await redis.end();
    await redis.begin();
    second.read(LIMIT).catch(() => {});
    await expect.poll(() => sent.length, { timeout: 20_000 }).toBeGreaterThan(LIMIT + 5);
    second.end();
    await redis.end();
    // The API's window is 50 ms shorter than the one that is kept.
    const most = Math.max(...sent.map((at) => sent.filter((other) => other >= at && other < at + WINDOW_MS - 50).length));
    expect(most).toBeLessThanOrEqual(LIMIT);
  },
);

test('a process that has never reached the store takes a sixteenth of the budget', async () => {
  const away = () => Promise.reject(new Error('away'));
  const link = new Link({ ...createMemoryStore(), isShared: true, subscribe: away, present: away }, () => {});
  await expect.poll(() => link.isAway).toBe(true);
  const budget = new Budget({ limit: 40, isPaced: false });
  const slots = new SharedSlots({ link, name: 'read', budget, changed: () => {} });
  let sent = 0;
  for (let now = monotonicNow(); slots.nextAt('person', now) <= now; sent += 1) slots.depart('person', now);
  expect(sent).toBe(2);
  link.close();
});

test.each([[Number.NaN], [-5], [null], [{}], [Number.POSITIVE_INFINITY]])(
  'a store that answers %j instead of a wait counts as away',
  async (reply) => {
    let asked = 0;
    const take = async () => {
      asked += 1;
      return reply as number;
    };
    const errors: string[] = [];
    const link = new Link({ ...createMemoryStore(), isShared: true, take }, ({ code }) => void errors.push(code));
    const budget = new Budget({ limit: 40, isPaced: false });
    const slots: SharedSlots = new SharedSlots({ link, name: 'read', budget, changed: () => queue.pump() });
    const queue = new Queue(slots);
    await queue.enter(() => 'person', {});
    expect(asked).toBeLessThanOrEqual(2);
    expect(errors).toEqual(['INVALID_RESPONSE']);
    link.close();
  },
);

test('a store that never answers counts as away after 2 s', async () => {
  vi.useFakeTimers();
  const never = () => new Promise<never>(() => {});
  const errors: string[] = [];
  const link = new Link(
    { ...createMemoryStore(), isShared: true, subscribe: never, present: never, claim: never },
    ({ code }) => void errors.push(code),
  );
  const claimed = link.ask((store) => store.claim('webhook', 1_000));
  await vi.advanceTimersByTimeAsync(1_900);
  expect(link.isAway).toBe(false);
  await vi.advanceTimersByTimeAsync(200);
  expect(link.isAway).toBe(true);
  expect(await claimed).toBeUndefined();
  expect(errors).toEqual(['TIMEOUT']);
  link.close();
  vi.useRealTimers();
});
