import { stat } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../../src/server/store/memoryStore.js';
import { createRedisStore } from '../../../src/server/store/redisStore.js';
import type { LayersStore } from '../../../src/server/store/store.js';
import { hasRedis, RedisServer } from './redis.js';

type Client = Awaited<ReturnType<RedisServer['client']>>;

/** What holds for every store. @param clean names that no other test uses */
function keepsItsWord(open: () => LayersStore, name: (of: string) => string): void {
  test('grants a budget up to its limit, then says when to ask again', async () => {
    const store = open();
    const takes = await Promise.all(Array.from({ length: 30 }, () => store.take(name('budget'), 12, 60_000)));
    expect(takes.filter((wait) => wait === 0)).toHaveLength(12);
    for (const wait of takes.filter((each) => each > 0)) {
      expect(wait).toBeGreaterThan(50_000);
      expect(wait).toBeLessThanOrEqual(60_000);
    }
    expect(await store.take(name('budget'), 13, 60_000)).toBe(0);
  });

  test('counts what was sent without it, from when it was sent', async () => {
    const store = open();
    await store.take(name('counted'), 4, 60_000);
    await store.count(name('counted'), 60_000, [50_000, 1_000, 20_000, 70_000]);
    const ages = await store.spent(name('counted'), 60_000);
    expect(ages.map((age) => Math.floor(age / 10_000))).toEqual([5, 2, 0, 0]);
    const wait = await store.take(name('counted'), 4, 60_000);
    expect(wait).toBeGreaterThan(1_000);
    expect(wait).toBeLessThanOrEqual(10_000);
  });

  test('says when the requests of a budget were granted', async () => {
    const store = open();
    expect(await store.spent(name('told'), 60_000)).toEqual([]);
    for (let index = 0; index < 3; index += 1) await store.take(name('told'), 10, 60_000);
    const ages = await store.spent(name('told'), 60_000);
    expect(ages).toHaveLength(3);
    expect(ages).toEqual([...ages].sort((one, other) => other - one));
    for (const age of ages) expect(age).toBeLessThan(30_000);
  });

  test('grants again as soon as the window has room, and no sooner', async () => {
    const store = open();
    for (let count = 0; count < 3; count += 1) expect(await store.take(name('short'), 3, 200)).toBe(0);
    const from = performance.now();
    for (;;) {
      const wait = await store.take(name('short'), 3, 200);
      if (wait === 0) break;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
    expect(performance.now() - from).toBeGreaterThan(100);
  });

  test('grants nothing during a pause, which a shorter one does not end', async () => {
    const store = open();
    await store.pause(name('paused'), 40_000);
    await store.pause(name('paused'), 5);
    expect(await store.take(name('paused'), 10, 60_000)).toBeGreaterThan(35_000);
  });

  test('keeps a value for its time', async () => {
    const store = open();
    expect(await store.get(name('value'))).toBeNull();
    await store.set(name('value'), 'ü"\n', 60_000);
    const { value, leftMs } = (await store.get(name('value'))) ?? { value: null, leftMs: 0 };
    expect(value).toBe('ü"\n');
    expect(leftMs).toBeGreaterThan(50_000);
    expect(leftMs).toBeLessThanOrEqual(60_000);
    await store.remove(name('value'));
    expect(await store.get(name('value'))).toBeNull();
  });

  test('gives a claim to one of many', async () => {
    const store = open();
    const claims = await Promise.all(Array.from({ length: 20 }, () => store.claim(name('claim'), 60_000)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    await store.remove(name('claim'));
    expect(await store.claim(name('claim'), 60_000)).toBe(true);
  });

  test('gives a lease to one holder, who can keep it and end it; nobody else can', async () => {
    const store = open();
    expect(await store.lease(name('lease'), 'a', 60_000)).toBe(true);
    expect(await store.lease(name('lease'), 'b', 60_000)).toBe(false);
    expect(await store.lease(name('lease'), 'a', 60_000)).toBe(true);
    await store.endLease(name('lease'), 'b');
    expect(await store.lease(name('lease'), 'b', 60_000)).toBe(false);
    await store.endLease(name('lease'), 'a');
    expect(await store.lease(name('lease'), 'b', 60_000)).toBe(true);
  });

  test('brings a message to all who listen, until they stop', async () => {
    const store = open();
    const heard: string[] = [];
    const end = await store.subscribe((message) => void heard.push(message));
    await store.publish('one');
    await expect.poll(() => heard).toEqual(['one']);
    await end();
    await store.publish('two');
    expect(heard).toEqual(['one']);
    await store.close();
  });
}

describe('the memory store', () => {
  const store = createMemoryStore();
  keepsItsWord(
    () => store,
    (of) => of,
  );
});

describe.skipIf(!hasRedis)('the Redis store', () => {
  let redis: RedisServer;
  let client: Client;
  let prefix = 0;
  beforeAll(async () => {
    redis = await RedisServer.start();
    client = await redis.client();
    // Each test's store listens to it.
    client.setMaxListeners(100);
  });
  afterEach(() => void (prefix += 1));
  afterAll(async () => {
    client.destroy();
    await redis.end();
  });
  const open = () => createRedisStore(client, { prefix: `test${prefix}` });
  keepsItsWord(open, (of) => of);

  test('counts the processes that are alive', async () => {
    const store = open();
    expect(await store.present('a', 60_000)).toBe(1);
    expect(await store.present('b', 60_000)).toBe(2);
    expect(await store.present('b', 60_000)).toBe(2);
    await store.present('a', 1);
    await expect.poll(() => store.present('b', 60_000)).toBe(1);
  });

  test('counts what a process knows of where Redis has lost its count, and nothing of it otherwise', async () => {
    const store = open();
    expect(await store.take('lost', 4, 60_000, [10, 20, 30])).toBe(0);
    expect(await store.take('lost', 4, 60_000, [])).toBeGreaterThan(59_000);
    expect(await store.take('lost', 5, 60_000, [10, 20, 30])).toBe(0);
  });

  test('counts what the process knows that knows most, also where another one asks first after Redis has lost its count', async () => {
    const store = open();
    expect(await store.take('lost', 6, 60_000, [20])).toBe(0);
    expect(await store.take('lost', 6, 60_000, [50_000, 40_000, 30_000, 20_000, 20])).toBe(0);
    const wait = await store.take('lost', 6, 60_000, [20]);
    expect(wait).toBeGreaterThan(9_000);
    expect(wait).toBeLessThanOrEqual(10_000);
  });

  test('spaces the background requests of all processes together, after a few that may be ahead', async () => {
    const store = open();
    const turn = (process: string) => ({ process, spacingMs: 10_000, waitedMs: 0 });
    const waits = [];
    for (const process of ['a', 'b', 'a', 'b', 'a']) waits.push(await store.take('paced', 90, 60_000, [], turn(process)));
    expect(waits.slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(waits[4]).toBeGreaterThan(5_000);
    expect(waits[4]).toBeLessThanOrEqual(10_000);
    // A person doesn't wait for it.
    expect(await store.take('paced', 90, 60_000)).toBe(0);
  });

  test('grants a slot to the process that has waited longest', async () => {
    const store = open();
    const ask = (process: string, waitedMs: number) => store.take('line', 90, 60_000, [], { process, spacingMs: 1, waitedMs });
    await store.pause('line', 20);
    expect(await ask('patient', 10_000)).toBeGreaterThan(0);
    const others: number[] = [];
    do others.push(...(await Promise.all(['a', 'b', 'c', 'd', 'e'].map((each) => ask(each, 0)))));
    while ((await ask('patient', 10_000)) > 0);
    expect(others.every((wait) => wait > 0)).toBe(true);
    await expect.poll(() => ask('a', 1)).toBe(0);
  });

  test('leaves nothing in Redis that never expires', async () => {
    const store = open();
    await store.take('b', 4, 60_000, [], { process: 'a', spacingMs: 60_000, waitedMs: 0 });
    await store.take('b', 1, 60_000, [], { process: 'a', spacingMs: 60_000, waitedMs: 0 });
    await store.pause('b', 1_000);
    await store.set('v', '', 1_000);
    await store.claim('c', 1_000);
    await store.lease('l', 'me', 1_000);
    await store.present('me', 1_000);
    const keys = await client.keys(`test${prefix}:*`);
    expect(keys).toHaveLength(8);
    for (const key of keys) expect(await client.pTTL(key)).toBeGreaterThan(0);
  });

  test('takes a reply that came while this process was busy', async () => {
    const sendCommand = async () => (await stat('.')).isDirectory() && 'OK';
    const reply = createRedisStore({ sendCommand, duplicate: () => client.duplicate(), on: () => {} }).set('k', '', 1_000);
    for (const until = performance.now() + 1_100; performance.now() < until; );
    await expect(reply).resolves.toBeUndefined();
  });

  test('rejects a reply of the wrong kind', async () => {
    const store = createRedisStore({ sendCommand: async () => ['garbage'], duplicate: () => client.duplicate(), on: () => {} });
    for (const call of [
      store.take('b', 1, 1),
      store.count('b', 1, [0]),
      store.get('k'),
      store.set('k', '', 1),
      store.claim('k', 1),
      store.present('p', 1),
    ])
      await expect(call).rejects.toMatchObject({ code: 'INVALID_RESPONSE' });
  });
});

describe.skipIf(!hasRedis)('a Redis that is away', () => {
  test('is told within about a second, whether it hangs or is gone, and used again when it is back', async () => {
    const redis = await RedisServer.start();
    const client = await redis.client();
    const store = createRedisStore(client);
    try {
      redis.hang();
      await expect(store.get('k')).rejects.toMatchObject({ code: 'TIMEOUT' });
      await expect(store.subscribe(() => {})).rejects.toMatchObject({ code: 'TIMEOUT' });
      redis.resume();
      await expect.poll(() => store.claim('k', 60_000).catch(() => null)).toBe(true);
      await redis.end();
      await expect(store.claim('late', 60_000)).rejects.toMatchObject({ retryable: true });
      await redis.begin();
      // What was asked in vain is not carried out later.
      await expect.poll(() => store.claim('late', 60_000).catch(() => null)).toBe(true);
    } finally {
      await store.close();
      client.destroy();
      await redis.end();
    }
  });
});
