import { expect, test } from 'vitest';
import { monotonicNow } from '../../../src/internal/monotonicNow.js';
import { Budget } from '../../../src/schedule/budget.js';
import { Link } from '../../../src/server/store/link.js';
import { createRedisStore } from '../../../src/server/store/redisStore.js';
import { SharedSlots } from '../../../src/server/store/sharedSlots.js';
import { hasRedis, RedisServer } from './redis.js';

test.skipIf(!hasRedis)('Retry-After pauses all processes, those that begin later included', async () => {
  const redis = await RedisServer.start();
  const ends: (() => void)[] = [];
  const open = async () => {
    const client = await redis.client();
    const link = new Link(createRedisStore(client), () => {});
    ends.push(() => {
      link.close();
      client.destroy();
    });
    const slots = new SharedSlots({ link, name: 'read', budget: new Budget({ limit: 96 }), changed: () => {} });
    /** For how long a person's request has to wait. */
    const wait = () => slots.nextAt('person', monotonicNow()) - monotonicNow();
    return { slots, wait };
  };
  try {
    const [first, second] = [await open(), await open()];
    await expect.poll(() => second.wait()).toBeLessThanOrEqual(0);
    first.slots.hear({ status: 429, retryAfterMs: 40_000, limit: null, remaining: null });
    await expect.poll(() => second.wait()).toBeGreaterThan(20_000);
    const third = await open();
    await expect.poll(() => third.wait()).toBeGreaterThan(20_000);
  } finally {
    for (const end of ends) end();
    await redis.end();
  }
});
