import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Reader } from '../../../src/server/reader/reader.js';
import { Link } from '../../../src/server/store/link.js';
import { createRedisStore } from '../../../src/server/store/redisStore.js';
import { hasRedis, RedisServer } from './redis.js';

describe.skipIf(!hasRedis)('what another process has read', () => {
  let redis: RedisServer;
  let ends: (() => void)[] = [];
  beforeEach(async () => {
    redis = await RedisServer.start();
  });
  afterEach(async () => {
    vi.useRealTimers();
    for (const end of ends) end();
    ends = [];
    await redis.end();
  });

  async function open() {
    const client = await redis.client();
    const store = createRedisStore(client);
    const link = new Link(store, () => {});
    const sent: string[] = [];
    const reader = new Reader({
      link,
      readsPerMinute: 96,
      send: async (path) => {
        sent.push(path);
        return { status: 200, headers: new Headers({ etag: '"1"' }), text: '{"id":"a","status":"processing"}' };
      },
    });
    ends.push(() => {
      link.close();
      client.destroy();
    });
    const read = (id = 'a') => {
      const { signal } = new AbortController();
      return reader.read({ path: `/v1/content/${id}`, kind: 'container', containerId: id, viewer: 'one', isNew: false, signal });
    };
    return { client, store, reader, sent, read };
  }
  type Process = Awaited<ReturnType<typeof open>>;
  const isKept = async ({ client }: Process) => {
    await expect.poll(() => client.exists('layers-react:key:read /v1/content/a')).toBe(1);
  };

  test('is not read again, and is no younger than it is', async () => {
    // However long it is on its way here, no time passes.
    vi.useFakeTimers({ toFake: ['Date'] });
    const [first, second] = [await open(), await open()];
    const mine = await first.read();
    await isKept(first);
    const theirs = await second.read();
    expect(second.sent).toEqual([]);
    expect(theirs).toMatchObject({ status: 200, text: mine.text });
    expect(theirs.headers.get('etag')).toBe('"1"');
    expect(theirs.askedAt).toBeLessThanOrEqual(mine.askedAt);
  });

  test('is read again once somebody has written, in whichever process', async () => {
    const [first, second] = [await open(), await open()];
    await first.read();
    await isKept(first);
    await second.read();
    const channel = 'layers-react:messages';
    await expect.poll(async () => (await first.client.pubSubNumSub(channel))[channel]).toBe(2);
    first.reader.wrote('a');
    await expect.poll(() => second.read().then(() => second.sent.length)).toBe(1);
  });

  test('is taken by a read that waits for its turn', async () => {
    const [first, second] = [await open(), await open()];
    const channel = 'layers-react:messages';
    await expect.poll(async () => (await first.client.pubSubNumSub(channel))[channel]).toBe(2);
    await first.store.pause('read', 60_000);
    const theirs = second.read();
    await expect.poll(() => second.reader.status().queued).toBe(1);
    await first.reader.scheduled('/v1/content/a', undefined);
    expect((await theirs).status).toBe(200);
    expect(second.sent).toEqual([]);
    expect(second.reader.status().queued).toBe(0);
  });

  test('is read again where the store holds garbage', async () => {
    const process = await open();
    const garbage = ['{', 'null', '{"text":3}', '{"text":"","ageMs":-1,"headers":[]}', '{"text":"","ageMs":0,"headers":[["a b","c"]]}'];
    for (const [index, text] of garbage.entries()) {
      await process.store.set(`read /v1/content/${index}`, text, 60_000);
      expect((await process.read(`${index}`)).status).toBe(200);
    }
    expect(process.sent).toHaveLength(garbage.length);
  });
});
