import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLayersServer } from '../../../src/server.js';
import { createRedisStore } from '../../../src/server/store/redisStore.js';
import { createSimulator } from '../../../src/testing.js';
import { hasRedis, RedisServer } from './redis.js';

describe.skipIf(!hasRedis)('a job that another process has started', () => {
  let redis: RedisServer;
  const ends: (() => void)[] = [];
  beforeEach(async () => {
    redis = await RedisServer.start();
  });
  afterEach(async () => {
    for (const end of ends.splice(0)) end();
    await redis.end();
  });

  const apiKey = 'lp_live_of_two_processes';
  const simulator = createSimulator({ apiKeys: [{ key: apiKey, tier: 'standard' }] });
  const [projectId = ''] = simulator.projectIds;

  /** A process whose viewers own projects, and nothing else. */
  async function open(owned = projectId) {
    const client = await redis.client();
    const server = createLayersServer({
      apiKey,
      baseUrl: 'https://api.invalid',
      fetch: simulator.fetch,
      authorize: async (_request, _target, { projectId: find }) => (await find()) === owned,
      store: createRedisStore(client),
    });
    ends.push(() => {
      server.close();
      client.destroy();
    });
    return (path: string, init?: RequestInit) => server.fetch(new Request(`https://host.invalid/v1${path}`, init));
  }
  const start = async (send: Awaited<ReturnType<typeof open>>) => {
    const response = await send(`/projects/${projectId}/content/ugc-remix`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify({ hook: 'Hi', influencerId: 'inf_1' }),
    });
    expect(response.status).toBe(202);
    return ((await response.json()) as { jobId: string }).jobId;
  };

  test("is its project's while it runs, when nothing that can be read names that: read, and canceled", async () => {
    const [first, second] = [await open(), await open()];
    const jobId = await start(first);
    await expect.poll(async () => (await second(`/jobs/${jobId}`)).status).toBe(200);
    expect(
      (await second(`/jobs/${jobId}/cancel`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })).status,
    ).toBe(202);
  });

  test('does not exist for whoever owns another project', async () => {
    const [first, second] = [await open(), await open('prj_of_somebody_else')];
    expect((await second(`/jobs/${await start(first)}`)).status).toBe(404);
  });
});
