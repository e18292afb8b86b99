import { expect, onTestFinished, test } from 'vitest';
import { createLayersServer, createRedisStore } from '../../../src/server.js';
import { createSimulator } from '../../../src/testing.js';
import { closePages, followRow, lasting, openPageOf, type Row } from '../../truth/support.js';
import { hasRedis, RedisServer } from './redis.js';

const apiKey = 'lp_live_of_the_house';
/** Of a short outage: what failed a few times is tried again within 20 s. */
const soon = { timeout: 25_000, interval: 50 };

const reasonsOf = (rows: readonly Row[]) => [...new Set(rows.map((row) => row.freshness().reason))];
const errorsOf = (rows: readonly Row[]) => [...new Set(rows.map((row) => (row.error() as { code?: string } | null)?.code ?? null))];

test.skipIf(!hasRedis)(
  'an outage of the API is said to the viewers of two processes, by push and by polling, and its end soon',
  async () => {
    const redis = await RedisServer.start();
    const simulator = createSimulator({ apiKeys: [{ key: apiKey, tier: 'off' }] });
    const clients = [await redis.client(), await redis.client()];
    const servers = clients.map((client) =>
      createLayersServer({
        apiKey,
        authorize: () => true,
        baseUrl: 'https://api.invalid',
        fetch: simulator.fetch,
        readsPerMinute: 1_200,
        store: createRedisStore(client),
        onError: () => {},
      }),
    );
    onTestFinished(async () => {
      closePages();
      for (const server of servers) server.close();
      for (const client of clients) client.destroy();
      await redis.end();
    });
    const inFlight = () => simulator.addContainer({ generation: lasting(3_600_000) });
    const shared = inFlight();
    const open = (push: 'auto' | false) =>
      servers.map((server) => openPageOf(simulator, { push, fetch: (url, init) => server.fetch(new Request(url, init)) }));
    const rows = [...open('auto'), ...open(false)].flatMap((page) => [shared, inFlight()].map((id) => followRow(page, id, true)));
    await expect.poll(() => rows.every((row) => row.progress() !== undefined && row.freshness().state === 'live'), soon).toBe(true);

    simulator.setFaults([{ kind: 'status', status: 503 }]);
    await expect.poll(() => [reasonsOf(rows), errorsOf(rows)], soon).toEqual([['failing'], ['UNAVAILABLE']]);
    expect(rows.map((row) => row.container()?.status)).toEqual(rows.map(() => 'processing'));

    simulator.setFaults([]);
    await expect.poll(() => [reasonsOf(rows), errorsOf(rows)], soon).toEqual([[null], [null]]);
  },
);
