import { beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { hasRedis, RedisServer } from './redis.js';
import { buildWorker, countingApi, Worker } from './workers.js';

/** Windows are short, so that the test sees several. */
const WINDOW_MS = 4_000;
const LIMIT = 40;
const patience = { timeout: 40_000, interval: 50 };

let file = '';
beforeAll(async () => {
  file = await buildWorker('worker');
});

/** A Redis, an API, and processes that read it. They mostly wait, so that several of these fit on a machine at a time. */
async function house({ onTestFinished, expect: expectHere }: TestContext) {
  const redis = await RedisServer.start();
  const api = await countingApi();
  const workers: Worker[] = [];
  onTestFinished(async () => {
    await Promise.all(workers.map((worker) => worker.kill()));
    api.close();
    await redis.end();
  });
  return {
    redis,
    api,
    workers,
    begin: async (count: number) => {
      const settings = { redis: redis.url, api: api.url, limit: LIMIT, windowMs: WINDOW_MS, processes: workers.length + count };
      const more = Array.from({ length: count }, () => new Worker(file, settings));
      workers.push(...more);
      await expectHere.poll(() => more.every(({ said }) => said.includes('reads')), patience).toBe(true);
    },
    reads: (more: number) => {
      const before = api.departures.length;
      return expectHere.poll(() => api.departures.length - before, patience).toBeGreaterThanOrEqual(more);
    },
    everybodySaid: async (line: string) => {
      await expectHere.poll(() => workers.every(({ said }) => said.includes(line)), patience).toBe(true);
    },
    keepsTheBudget: () => {
      expect(api.mostIn(WINDOW_MS)).toBeLessThanOrEqual(LIMIT);
      expect(workers.flatMap(({ said }) => said)).not.toContain('unhandled');
    },
  };
}

describe.skipIf(!hasRedis)('the budget of several processes', () => {
  test.for([2, 10])('%i processes together keep to it, and use most of it', async (count, context) => {
    const { api, begin, reads, keepsTheBudget } = await house(context);
    await begin(count);
    await reads(100);
    keepsTheBudget();
    expect(api.mostIn(WINDOW_MS)).toBeGreaterThan(LIMIT * 0.6);
  });

  describe.concurrent('of a few', () => {
    test('one that is killed and begins again does not forget what was sent', async (context) => {
      const { workers, begin, reads, keepsTheBudget } = await house(context);
      await begin(2);
      for (let time = 0; time < 3; time += 1) {
        await reads(15);
        await workers.shift()?.kill();
        await begin(1);
      }
      await reads(30);
      keepsTheBudget();
      expect(workers).toHaveLength(2);
    });

    test('after an outage longer than the window they go on without a pause', async (context) => {
      const { redis, api, begin, reads, everybodySaid, keepsTheBudget } = await house(context);
      await begin(3);
      await reads(20);
      await redis.end();
      await everybodySaid('away');
      await reads(2 * LIMIT);
      await redis.begin();
      const from = Date.now();
      await everybodySaid('back');
      await reads(2 * LIMIT);
      keepsTheBudget();
      const after = api.departures.filter((at) => at >= from).sort((one, other) => one - other);
      expect(Math.max(...after.slice(1).map((at, index) => at - (after[index] as number)))).toBeLessThan(WINDOW_MS / 2);
    });
  });

  describe.concurrent('whose Redis', () => {
    test.for([
      ['is restarted and has lost everything', (redis: RedisServer) => redis.end(), (redis: RedisServer) => redis.begin()],
      ['hangs', async (redis: RedisServer) => redis.hang(), async (redis: RedisServer) => redis.resume()],
    ] as const)('%s is kept to: they go on reading, say so once, and join again', async ([, stop, resume], context) => {
      const { redis, workers, begin, reads, everybodySaid, keepsTheBudget } = await house(context);
      await begin(3);
      await reads(40);
      await stop(redis);
      await everybodySaid('away');
      await reads(10);
      await resume(redis);
      await everybodySaid('back');
      await reads(80);
      keepsTheBudget();
      for (const { said } of workers) {
        expect(said.slice(0, 3)).toEqual(['reads', 'away', 'back']);
        // A machine that is too busy to answer in time can take a store away again.
        expect(said.filter((line, index) => line === said[index - 1])).toEqual([]);
      }
    });
  });
});
