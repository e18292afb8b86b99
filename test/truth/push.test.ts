import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
// Loaded here, so that nothing waits for the disk while time is stopped.
import '../../src/queries/push/push.js';
import { createLayersServer, type LayersServerOptions } from '../../src/server.js';
import { createSimulator, type SimulatorWebhookOptions } from '../../src/testing.js';
import { sign } from '../server/webhooks/support.js';
import { closePages, followRow, LATENCY, lasting, openPageOf, type Page, quantile, type Row, stopTime, tick } from './support.js';

vi.setConfig({ testTimeout: 120_000 });

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  closePages();
  vi.useRealTimers();
});

const apiKey = 'lp_live_of_the_house';
const webhookSecret = 'whsec_of_the_house';

/** A server part on a simulated API, and pages of viewers that can be cut off from it. */
function openHouse(options: Partial<LayersServerOptions> = {}, webhooks?: Partial<SimulatorWebhookOptions>) {
  const simulator = createSimulator({
    apiKeys: [{ key: apiKey, tier: 'standard' }],
    faults: [LATENCY],
    ...(webhooks && {
      webhooks: {
        url: 'https://partner.example/v1/webhooks',
        secret: webhookSecret,
        fetch: (request: Request) => server.fetch(request),
        ...webhooks,
      },
    }),
  });
  const server = createLayersServer({
    apiKey,
    authorize: () => true,
    baseUrl: 'https://api.invalid',
    fetch: simulator.fetch,
    webhookSecret,
    ...options,
  });
  const open = (viewer = 'one', send = (request: Request) => server.fetch(request)) =>
    openPageOf(simulator, {
      fetch: (url, init) => send(new Request(url, { ...init, headers: { ...(init.headers as Record<string, string>), cookie: viewer } })),
    });
  return { simulator, server, open };
}

const streams = (page: Page) => page.sent.filter(({ path }) => path.endsWith('/v1/events'));
const readsSince = (page: Page, at: number) => page.sent.filter((each) => each.method === 'GET' && each.at >= at).map(({ path }) => path);

describe('a viewer who follows by push', () => {
  test('asks for nothing of what is pushed, learns every end soon, and what is shown stays live', async () => {
    const { simulator, server, open } = openHouse();
    const endsAt = new Map<string, number>();
    for (let index = 0; index < 50; index += 1) {
      const lifeMs = 30_000 + 3_000 * (index % 25);
      endsAt.set(simulator.addContainer({ generation: { ...lasting(lifeMs), queuedMs: 0 } }), Date.now() + lifeMs);
    }
    const lasts = simulator.addContainer({ generation: lasting(400_000) });
    const pages = Array.from({ length: 10 }, (_, index) => open(`viewer=${index}`));
    const rows = pages.flatMap((page) => [...endsAt.keys()].map((id, index) => followRow(page, id, index < 10)));
    for (const page of pages) followRow(page, lasts, true);
    await tick(15_000);
    const from = Date.now();
    await tick(120_000);
    for (const page of pages) {
      expect(streams(page).length).toBeLessThanOrEqual(8);
      // A few records below the fold that the server part had no room for yet; no progress, and no list.
      expect(readsSince(page, from).filter((path) => /progress|projects/.test(path))).toEqual([]);
      expect(readsSince(page, from).length).toBeLessThanOrEqual(6);
      const { state, lastReadAt } = page.client.schedule.freshness(lasts);
      expect(state).toBe('live');
      expect(Date.now() - (lastReadAt ?? 0)).toBeLessThan(9_000);
    }
    const late = rows.map((row) => (row.over.container ?? Number.POSITIVE_INFINITY) - (endsAt.get(row.id) ?? 0));
    expect(quantile(late, 0.5)).toBeLessThan(2_500);
    expect(quantile(late, 0.95)).toBeLessThan(5_000);
    expect(Math.max(...late)).toBeLessThan(15_000);
    const reads = simulator.requests.map(({ at }) => at);
    expect(Math.max(...reads.map((at) => reads.filter((other) => other > at - 60_000 && other <= at).length))).toBeLessThanOrEqual(96);
    server.close();
  });

  test.each(['the process that has its stream', 'another process'])('follows what comes later, where %s is asked', async (who) => {
    const { simulator, server, open } = openHouse({ viewer: (request) => request.headers.get('cookie') });
    const other = createLayersServer({ apiKey, authorize: () => true, baseUrl: 'https://api.invalid', fetch: simulator.fetch });
    const opened: boolean[] = [];
    let first = true;
    const page = open('one', async (request) => {
      if (!request.url.endsWith('/v1/events')) return server.fetch(request);
      const process = first || who !== 'another process' ? server : other;
      first = false;
      const response = await process.fetch(request);
      opened.push(response.headers.get('content-type') === 'text/event-stream');
      return response;
    });
    followRow(page, simulator.addContainer({ generation: lasting(600_000) }), true);
    await tick(10_000);
    expect(opened).toEqual([true]);
    const endsAt = Date.now() + 25_000;
    const later = followRow(page, simulator.addContainer({ generation: { ...lasting(25_000), queuedMs: 0 } }), true);
    await tick(10_000);
    expect(opened).toEqual(who === 'another process' ? [true, false, true] : [true, false]);
    const from = Date.now();
    await tick(50_000);
    expect(readsSince(page, from).filter((path) => /progress|projects/.test(path))).toEqual([]);
    expect((later.over.container ?? Number.POSITIVE_INFINITY) - endsAt).toBeLessThan(8_000);
    expect(opened.filter(Boolean).length).toBeLessThanOrEqual(who === 'another process' ? 2 : 1);
    server.close();
    other.close();
  });

  test('polls again within 5 s of a stream that falls silent, and follows by push again later', async () => {
    let isSilent = false;
    const { simulator, server, open } = openHouse();
    const page = open('one', async (request) => {
      const response = await server.fetch(request);
      if (!request.url.endsWith('/v1/events') || response.body === null) return response;
      const silence = new TransformStream({ transform: (part, controller) => void (isSilent || controller.enqueue(part)) });
      return new Response(response.body.pipeThrough(silence), response);
    });
    const id = simulator.addContainer({ generation: lasting(600_000) });
    followRow(page, id, true);
    await tick(20_000);
    const quiet = Date.now();
    await tick(20_000);
    expect(readsSince(page, quiet)).toEqual([]);
    isSilent = true;
    const silentAt = Date.now();
    await tick(5_100 + 2_000);
    expect(readsSince(page, silentAt).length).toBeGreaterThan(0);
    await tick(60_000);
    expect(readsSince(page, silentAt).length).toBeGreaterThan(10);
    isSilent = false;
    await tick(90_000);
    const againAt = Date.now();
    await tick(20_000);
    expect(readsSince(page, againAt)).toEqual([]);
    server.close();
  });

  test.each([
    ['401, as a session that has run out', 401, { most: 20, backMs: 65_000 }],
    ['403, as a session without a right', 403, { most: 20, backMs: 65_000 }],
    ['500, as an authorize that fails', 500, { most: 22, backMs: 65_000 }],
    ['503 and Retry-After: 0', 503, { most: 22, backMs: 65_000, retryAfter: '0' }],
    ['503 and a Retry-After of a day', 503, { most: 2, backMs: 605_000, retryAfter: '86400' }],
    ['404, as a server part without push', 404, { most: 2, backMs: 305_000 }],
    ['405, as a host that takes no POST', 405, { most: 2, backMs: 305_000 }],
  ])('that is refused with %s is asked for again, neither late nor often', async (_, status, { most, backMs, ...given }) => {
    let isRefused = true;
    const headers: HeadersInit = 'retryAfter' in given ? { 'retry-after': given.retryAfter } : {};
    const { simulator, server, open } = openHouse();
    const page = open('one', async (request) =>
      isRefused && request.url.endsWith('/v1/events') ? new Response(null, { status, headers }) : server.fetch(request),
    );
    followRow(page, simulator.addContainer({ generation: lasting(3_600_000) }), true);
    await tick(450_000);
    expect(streams(page).length).toBeGreaterThan(0);
    expect(streams(page).length).toBeLessThanOrEqual(most);
    isRefused = false;
    await tick(backMs);
    const from = Date.now();
    await tick(20_000);
    expect(readsSince(page, from)).toEqual([]);
    server.close();
  });

  test('never sees an end that a webhook told taken back by reads that still say what was before', async () => {
    const { simulator, server, open } = openHouse();
    const ids = [0, 1].map(() => simulator.addContainer({ generation: lasting(3_600_000) }));
    const page = open();
    const rows = ids.map((id) => followRow(page, id, true));
    await tick(20_000);
    const body = JSON.stringify({ id: 'evt_1', type: 'content.generated', data: { id: ids[0], projectId: page.projectId, assets: [] } });
    const at = Math.floor(Date.now() / 1_000);
    const headers = { 'x-layers-event-id': 'evt_1', 'x-layers-signature': sign(body, { at, secrets: [webhookSecret] }) };
    await server.fetch(new Request('https://partner.example/v1/webhooks', { method: 'POST', headers, body }));
    const seen: string[] = [];
    const look = () => {
      const [row] = rows as [Row, ...Row[]];
      seen.push(`${row.container()?.status} ${row.progress()?.status} ${row.progress()?.percent}`);
    };
    await tick(4_000, look, 50);
    simulator.finish(ids[0] as string);
    await tick(10_000, look, 50);
    const first = seen.indexOf('completed completed 100');
    expect(first).toBeGreaterThanOrEqual(0);
    expect(first).toBeLessThan(10);
    expect(new Set(seen.slice(first))).toEqual(new Set(['completed completed 100']));
    expect(rows[0]?.container()).toMatchObject({ preview: { kind: expect.any(String) } });
    expect(rows[1]?.container()?.status).toBe('processing');
  });

  test('learns an end within 300 ms of its webhook, and has its media', async () => {
    const { simulator, server, open } = openHouse({}, {});
    const page = open();
    const endsAt = Date.now() + 61_300;
    const id = simulator.addContainer({ generation: { ...lasting(61_300), queuedMs: 0 } });
    for (let index = 0; index < 20; index += 1) followRow(page, simulator.addContainer({ generation: lasting(500_000) }), true);
    const row = followRow(page, id, false);
    await tick(60_000);
    for (let ms = 0; ms < 3_000; ms += 50) {
      await tick(50);
      await simulator.deliverWebhooks();
    }
    expect((row.over.container ?? Number.POSITIVE_INFINITY) - endsAt).toBeLessThan(450);
    await tick(5_000);
    expect(
      page.queryClient.getQueryData<{ preview: unknown }>(['layers', page.client.scope, 'container', id.replace('cnt_', ''), 'v1']),
    ).toMatchObject({
      status: 'completed',
      isPartial: false,
    });
    server.close();
  });

  test('polls what authorize denies, as if it did not exist, and nothing of it is pushed', async () => {
    const asked: string[] = [];
    const { simulator, server, open } = openHouse({
      authorize: (_, target) => {
        if (target.containerId) asked.push(target.containerId);
        return target.containerId !== theirs;
      },
    });
    const theirs = simulator.addContainer({ generation: lasting(300_000) });
    const own = simulator.addContainer({ generation: lasting(300_000) });
    const page = open();
    const denied = followRow(page, theirs, true);
    followRow(page, own, true);
    await tick(30_000);
    expect(asked).toContain(theirs);
    expect(denied.first.container).toBeNull();
    expect(streams(page).length).toBeGreaterThan(0);
    server.close();
  });
});
