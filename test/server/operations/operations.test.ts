import promClient from 'prom-client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { LayersServerEvent } from '../../../src/server.js';
import { apiKey, setup } from '../support.js';

afterEach(() => void vi.useRealTimers());

const refusing = (status: number, code: string) => async () =>
  Response.json({ error: { code, message: `Bad key ${apiKey}` } }, { status, headers: { 'x-request-id': 'req_up' } });

describe('onError', () => {
  test.each([
    [401, 'UNAUTHENTICATED', 'revoked'],
    [403, 'FORBIDDEN_SCOPE', 'content:read'],
    [402, 'BILLING_EXHAUSTED', 'Add credits'],
    [503, 'KILL_SWITCH', 'suspended'],
    [429, 'RATE_LIMITED', 'readsPerMinute'],
  ])('hears of %i %s of the API, with what to do, once a minute', async (status, code, advice) => {
    vi.useFakeTimers();
    const { get, reported } = setup({ fetch: refusing(status, code) });
    const read = async (id: string) => {
      const pending = get(`/v1/content/${id}`);
      await vi.advanceTimersByTimeAsync(13_000);
      await pending;
    };
    await read('c1');
    await read('c2');
    expect(reported.map((error) => [error.code, error.status, error.requestId])).toEqual([[code, status, 'req_up']]);
    expect(reported[0]?.message).toContain(advice);
    expect(JSON.stringify(reported) + String(reported[0])).not.toContain(apiKey);
    await vi.advanceTimersByTimeAsync(60_000);
    await read('c3');
    expect(reported).toHaveLength(2);
  });

  test('hears of a broken authorize for each request, but 20 times a minute at most', async () => {
    vi.useFakeTimers();
    const { get, reported } = setup({ authorize: () => Promise.reject(new Error('database is down')) });
    for (let each = 0; each < 100; each += 1) await get('/v1/content/c1');
    expect(reported).toHaveLength(20);
    await vi.advanceTimersByTimeAsync(60_000);
    await get('/v1/content/c1');
    expect(reported[20]?.details).toMatchObject({ suppressed: 80, method: 'GET' });
  });
});

describe('onRequest', () => {
  test('is called for each request of a browser and of the API, without ids', async () => {
    const events: LayersServerEvent[] = [];
    const { get, post, simulator } = setup({ onRequest: (event) => void events.push(event) });
    const id = simulator.addContainer({ state: 'completed' });
    const first = await get(`/v1/content/${id}`);
    await get(`/v1/content/${id}`);
    await get(`/v1/content/${id}`, { headers: { 'if-none-match': first.headers.get('etag') as string } });
    await post(`/v1/content/${id}/reject`, '{"reason":"No"}');
    await get('/v1/nowhere');
    await get(`/v1/content/${id}`, { method: 'BREW' });
    const route = 'GET /v1/content/:containerId';
    expect(events.map((each) => [each.kind, each.route, each.action, each.status, each.cache])).toEqual([
      ['upstream', route, 'read', 200, null],
      ['request', route, 'read', 200, 'miss'],
      ['request', route, 'read', 200, 'hit'],
      ['request', route, 'read', 304, 'not-modified'],
      ['upstream', 'POST /v1/content/:containerId/reject', 'reject', 200, null],
      ['request', 'POST /v1/content/:containerId/reject', 'reject', 200, null],
      ['request', 'other', null, 404, null],
      ['request', 'other', null, 405, null],
    ]);
    expect(events[1]?.requestId).toBe(first.headers.get('x-request-id'));
    expect(JSON.stringify(events)).not.toContain(id.replace(/^cnt_/, ''));
  });

  test('says that an older response was served while the API fails', async () => {
    vi.useFakeTimers();
    let fails = false;
    const events: LayersServerEvent[] = [];
    const { get } = setup({
      onRequest: (event) => void events.push(event),
      fetch: async () => (fails ? new Response('', { status: 500 }) : Response.json({ id: 'c1' })),
    });
    await get('/v1/content/c1');
    fails = true;
    await vi.advanceTimersByTimeAsync(8_000);
    expect((await get('/v1/content/c1')).status).toBe(200);
    expect(events.findLast(({ kind }) => kind === 'request')?.cache).toBe('stale');
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('full');
      },
    ],
    ['rejects', () => Promise.reject(new Error('full'))],
  ])('harms nothing when it %s', async (_, onRequest) => {
    const { get, simulator, reported } = setup({ onRequest });
    expect((await get(`/v1/content/${simulator.addContainer()}`)).status).toBe(200);
    await vi.waitFor(() => expect(reported.length).toBeGreaterThan(0));
    expect(reported[0]?.message).toContain('onRequest');
  });
});

describe('metrics', () => {
  test('count requests by route, status and source, with gauges of the budget and no ids', async () => {
    const register = new promClient.Registry();
    const { get, simulator } = setup({ metrics: { ...promClient, register } });
    const id = simulator.addContainer({ state: 'completed' });
    for (let each = 0; each < 2; each += 1) await get(`/v1/content/${id}`);
    await get('/v1/content/nowhere', { method: 'BREW' });
    const text = await register.metrics();
    for (const line of [
      'layers_requests_total{route="GET /v1/content/:containerId",status="200",cache="miss"} 1',
      'layers_requests_total{route="GET /v1/content/:containerId",status="200",cache="hit"} 1',
      'layers_requests_total{route="other",status="405",cache="none"} 1',
      'layers_upstream_requests_total{route="GET /v1/content/:containerId",status="200"} 1',
      'layers_request_seconds_count{route="GET /v1/content/:containerId"} 2',
      'layers_upstream_seconds_count{route="GET /v1/content/:containerId"} 1',
      'layers_budget_spent_reads 1',
      'layers_budget_limit_reads 6000',
      'layers_queued_reads 0',
      'layers_paused 0',
    ])
      expect(text).toContain(line);
    expect(text).toMatch(/layers_kept_response_bytes [1-9]/);
    expect(text).not.toContain(id);
    expect(text).not.toContain(apiKey);
  });

  test('are registered again by a server part that is created again', async () => {
    const register = new promClient.Registry();
    setup({ metrics: { ...promClient, register } });
    const { get } = setup({ metrics: { ...promClient, register } });
    await get('/v1/nowhere');
    expect(await register.metrics()).toContain('layers_requests_total{route="other",status="404",cache="none"} 1');
  });
});

describe('health', () => {
  test('is ok, degraded after a failure, failing after three, and ok again', async () => {
    let status = 200;
    const { get, server } = setup({ fetch: async () => (status === 200 ? Response.json({ id: 'c1' }) : new Response('', { status })) });
    expect(server.health()).toMatchObject({ status: 'ok', reasons: [], lastReadAt: null, pausedUntil: null, queued: 0 });
    await get('/v1/content/c0');
    expect(server.health()).toMatchObject({ status: 'ok', lastReadAt: expect.stringMatching(/Z$/), budget: { spent: 1, limit: 6_000 } });
    status = 500;
    const seen: string[] = [];
    for (const id of ['c1', 'c2', 'c3']) {
      await get(`/v1/content/${id}`);
      seen.push(server.health().status);
    }
    expect(seen).toEqual(['degraded', 'degraded', 'failing']);
    expect(server.health().reasons[0]).toContain('500');
    status = 200;
    await get('/v1/content/c4');
    expect(server.health().status).toBe('ok');
  });

  test('is failing as soon as the key is refused, and degraded while authorize fails', async () => {
    const refused = setup({ fetch: refusing(401, 'UNAUTHENTICATED') });
    await refused.get('/v1/content/c1');
    expect(refused.server.health().status).toBe('failing');
    const broken = setup({ authorize: () => Promise.reject(new Error('database is down')) });
    await broken.get('/v1/content/c1');
    expect(broken.server.health()).toMatchObject({ status: 'degraded', reasons: [expect.stringContaining('authorize')] });
  });
});
