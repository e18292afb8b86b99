import { afterEach, describe, expect, test, vi } from 'vitest';
import { errorOf, setup } from './support.js';

afterEach(() => {
  vi.useRealTimers();
});

describe('the API', () => {
  test('that cannot be reached is 502', async () => {
    const { get, post } = setup({}, { faults: [{ kind: 'drop' }] });
    for (const response of [await get('/v1/content/c1'), await post('/v1/content/c1/approve')])
      expect([response.status, (await errorOf(response)).code]).toEqual([502, 'UPSTREAM_UNREACHABLE']);
  });

  test('at an address where nothing listens is 502', async () => {
    const { simulator } = setup();
    const closed = await simulator.listen();
    await closed.close();
    const { get } = setup({ fetch: undefined, baseUrl: closed.url });
    expect((await get('/v1/content/c1')).status).toBe(502);
  });

  test('whose fetch throws at once is 502 too', async () => {
    const { get } = setup({
      fetch: () => {
        throw new TypeError('bad argument');
      },
    });
    expect((await get('/v1/content/c1')).status).toBe(502);
  });

  test('that hangs is 504 after the time it has, and its request is aborted', async () => {
    vi.useFakeTimers();
    const { get, sent } = setup({ timeoutMs: 3000 }, { faults: [{ kind: 'hang' }] });
    const pending = get('/v1/content/c1');
    await vi.advanceTimersByTimeAsync(2999);
    expect(sent[0]?.init.signal?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    const response = await pending;
    expect([response.status, (await errorOf(response)).code]).toEqual([504, 'UPSTREAM_TIMEOUT']);
    expect(sent[0]?.init.signal?.aborted).toBe(true);
  });

  test('that sends headers and then nothing is 504, also where a fetch does not heed its signal', async () => {
    vi.useFakeTimers();
    const { get } = setup({ fetch: async () => new Response(new ReadableStream()) });
    const pending = get('/v1/content/c1');
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await pending).status).toBe(504);
  });

  test('leaves no timer behind when it answers', async () => {
    vi.useFakeTimers();
    const { get } = setup();
    await get('/v1/content/c1');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is not read on for a browser that left', async () => {
    const { get, sent } = setup({}, { faults: [{ kind: 'hang' }] });
    const browser = new AbortController();
    const pending = get('/v1/content/c1', { signal: browser.signal });
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    browser.abort();
    expect((await pending).status).toBe(499);
    expect(sent[0]?.init.signal?.aborted).toBe(true);
  });

  test('is not read at all for a browser that left while it was authorized', async () => {
    const browser = new AbortController();
    const { get, sent } = setup({
      authorize: async () => {
        browser.abort();
        return true;
      },
    });
    expect((await get('/v1/content/c1', { signal: browser.signal })).status).toBe(499);
    expect(sent).toEqual([]);
  });

  test('hears a decision to the end, also when its page is closed', async () => {
    const { simulator, server, sent } = setup({}, { faults: [{ kind: 'latency', latencyMs: 20 }] });
    const id = simulator.addContainer({ state: 'completed' });
    const browser = new AbortController();
    const pending = server.fetch(
      new Request(`https://partner.example/v1/content/${id}/approve`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
        signal: browser.signal,
      }),
    );
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    browser.abort();
    expect((await pending).status).toBe(200);
  });

  test('over HTTP answers as well', async () => {
    const { simulator } = setup();
    const api = await simulator.listen();
    try {
      const { get } = setup({ fetch: undefined, baseUrl: api.url });
      const id = simulator.addContainer({ state: 'completed' });
      const response = await get(`/v1/content/${id}`);
      expect([response.status, ((await response.json()) as { id: string }).id]).toEqual([200, id]);
    } finally {
      await api.close();
    }
  });
});

describe('the handler', () => {
  test('needs no this, and takes what a framework passes beside the request', async () => {
    const { server, simulator } = setup();
    const { fetch } = server;
    const id = simulator.addContainer({ state: 'completed' });
    const GET = fetch as (request: Request, context: { params: object }) => Promise<Response>;
    expect((await GET(new Request(`https://partner.example/api/v1/content/${id}`), { params: {} })).status).toBe(200);
  });
});
