import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasRedis, RedisServer } from './redis.js';
import { buildWorker, countingApi, Worker } from './workers.js';

/** Windows are short, so that the test sees several. */
const WINDOW_MS = 4_000;
const LIMIT = 40;
const patience = { timeout: 40_000, interval: 50 };

describe.skipIf(!hasRedis)('the budget of several processes', () => {
  let file: string;
  let redis: RedisServer;
  let api: Awaited<ReturnType<typeof countingApi>>;
  let workers: Worker[];

  beforeAll(async () => {
    file = await buildWorker('worker');
  });
  beforeEach(async () => {
    redis = await RedisServer.start();
    api = await countingApi();
    workers = [];
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.kill()));
    api.close();
    await redis.end();
  });

  async function begin(count: number): Promise<void> {
    const settings = { redis: redis.url, api: api.url, limit: LIMIT, windowMs: WINDOW_MS, processes: workers.length + count };
    const more = Array.from({ length: count }, () => new Worker(file, settings));
    workers.push(...more);
    await expect.poll(() => more.every(({ said }) => said.includes('reads')), patience).toBe(true);
  }
  const reads = (more: number) => {
    const before = api.departures.length;
    return expect.poll(() => api.departures.length - before, patience).toBeGreaterThanOrEqual(more);
  };
  const everybodySaid = async (line: string) => {
    await expect.poll(() => workers.every(({ said }) => said.includes(line)), patience).toBe(true);
  };
  function keepsTheBudget(): void {
    expect(api.mostIn(WINDOW_MS)).toBeLessThanOrEqual(LIMIT);
    expect(workers.flatMap(({ said }) => said)).not.toContain('unhandled');
  }

  test.each([2, 10])('%i processes together keep to it, and use most of it', async (count) => {
    await begin(count);
    await reads(100);
    keepsTheBudget();
    expect(api.mostIn(WINDOW_MS)).toBeGreaterThan(LIMIT * 0.6);
  });

  test('a process that is killed and begins again does not forget what was sent', async () => {
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

  test.each([
    ['is restarted and has lost everything', () => redis.end(), () => redis.begin()],
    ['hangs', async () => redis.hang(), async () => redis.resume()],
  ])('they keep to it while Redis %s, go on reading, say so once, and join again', async (_, stop, resume) => {
    await begin(3);
    await reads(40);
    await stop();
    await everybodySaid('away');
    await reads(10);
    await resume();
    await everybodySaid('back');
    await reads(80);
    keepsTheBudget();
    for (const { said } of workers) expect(said).toEqual(['reads', 'away', 'back']);
  });

  test('after an outage longer than the window they go on without a pause', async () => {
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
