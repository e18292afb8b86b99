import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Link } from '../../../src/server/store/link.js';
import { createMemoryStore } from '../../../src/server/store/memoryStore.js';
import { createRedisStore } from '../../../src/server/store/redisStore.js';
import { hasRedis, RedisServer } from './redis.js';
import { takePart } from './takePart.js';
import { buildWorker, Worker } from './workers.js';

const patience = { timeout: 10_000, interval: 20 };
const ends: (() => void)[] = [];
let prefix = 0;

afterEach(() => {
  prefix += 1;
  for (const end of ends.splice(0)) end();
});

function join(...asked: Parameters<typeof takePart>) {
  const process = takePart(...asked);
  ends.push(() => process.processes.close());
  return process;
}

describe('with a store in memory', () => {
  test('the one process leads at once, and no timer is set', () => {
    const { processes, leads } = join(new Link(createMemoryStore(), () => {}));
    expect(processes.isLeader).toBe(true);
    expect(leads).toEqual([true]);
    processes.tell('nobody is there');
    processes.close();
    expect(leads).toEqual([true, false]);
  });
});

describe.skipIf(!hasRedis)('several processes', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  afterAll(() => redis.end());

  async function open() {
    const client = await redis.client();
    const store = createRedisStore(client, { prefix: `p${prefix}` });
    const link = new Link(store, () => {});
    ends.push(() => {
      link.close();
      client.destroy();
    });
    return { link, client, store };
  }
  async function pair(follows: string[] = ['a']) {
    const leader = join((await open()).link);
    await expect.poll(() => leader.processes.isLeader, patience).toBe(true);
    const follower = join((await open()).link, follows);
    await expect.poll(() => leader.following.get(follower.link.id), patience).toEqual(follows);
    return { leader, follower };
  }

  test('one of them leads, and follows what the others follow, also when that changes', async () => {
    const { leader, follower } = await pair();
    expect(follower.processes.isLeader).toBe(false);
    follower.follows = ['a', 'b'];
    follower.processes.changed();
    await expect.poll(() => leader.following.get(follower.link.id), patience).toEqual(['a', 'b']);
    follower.processes.close();
    await expect.poll(() => leader.following.size, patience).toBe(0);
  });

  test('20,000 containers can be followed', async () => {
    const { follower, leader } = await pair(Array.from({ length: 20_000 }, (_, index) => `cnt_0190f3c2-7b1e-7c55-9d3a-${index}`));
    expect(leader.following.get(follower.link.id)).toHaveLength(20_000);
  });

  test('news reach all others, in order', async () => {
    const { leader, follower } = await pair();
    for (const news of ['1', '2', '3']) leader.processes.tell(news);
    follower.processes.tell('from a webhook');
    await expect.poll(() => follower.news, patience).toEqual(['1', '2', '3']);
    await expect.poll(() => leader.news, patience).toEqual(['from a webhook']);
    expect(leader.anew).toBeLessThanOrEqual(2);
  });

  test('who misses news is told everything anew', async () => {
    const { leader, follower } = await pair();
    const before = leader.anew;
    leader.processes.tell('heard');
    await expect.poll(() => follower.news, patience).toEqual(['heard']);
    // Its connection for messages is cut, and comes back.
    await redis.client().then(async (client) => {
      await client.sendCommand(['CLIENT', 'KILL', 'TYPE', 'pubsub']);
      leader.processes.tell('lost on the way');
      client.destroy();
    });
    await expect.poll(() => follower.news.includes('lost on the way') || leader.anew > before, patience).toBe(true);
  });

  test('a leader that closes is replaced', async () => {
    const { leader, follower } = await pair();
    leader.processes.close();
    await expect.poll(() => follower.processes.isLeader, patience).toBe(true);
  });

  test('a leader that is killed is replaced, and the next one follows what the others follow', async () => {
    await redis.end();
    await redis.begin();
    const file = await buildWorker('leader');
    const workers = Array.from({ length: 3 }, () => new Worker(file, { redis: redis.url }));
    ends.push(() => void Promise.all(workers.map((worker) => worker.kill())));
    for (let left = 3; left > 1; left -= 1) {
      await expect.poll(() => workers.filter(({ said }) => said.includes('leads')).length, patience).toBe(1);
      const leader = workers.find(({ said }) => said.includes('leads'));
      await expect.poll(() => leader?.said.filter((line) => line === 'is followed').length, patience).toBeGreaterThanOrEqual(left - 1);
      await leader?.kill();
      workers.splice(workers.indexOf(leader as Worker), 1);
      await expect.poll(() => workers.some(({ said }) => said.includes('leads')), patience).toBe(true);
    }
  });

  test('each leads itself while the store is away, and one of them when it is back', async () => {
    const { leader, follower } = await pair();
    await redis.end();
    await expect.poll(() => leader.processes.isLeader && follower.processes.isLeader, patience).toBe(true);
    await redis.begin();
    await expect.poll(() => Number(leader.processes.isLeader) + Number(follower.processes.isLeader), patience).toBe(1);
    const [first, second] = leader.processes.isLeader ? [leader, follower] : [follower, leader];
    await expect.poll(() => first.following.has(second.link.id), patience).toBe(true);
  });

  test('messages of any other shape are ignored', async () => {
    const { leader, follower } = await pair();
    const { store } = await open();
    for (const text of [
      '',
      '{',
      'null',
      '{"v":1,"from":"x","kind":"news","body":{"name":"reads","body":{"number":-1}}}',
      '{"v":1,"from":3}',
    ])
      await store.publish(text);
    leader.processes.tell('still there');
    await expect.poll(() => follower.news, patience).toEqual(['still there']);
  });
});
