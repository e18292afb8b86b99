import { afterEach, describe, expect, test, vi } from 'vitest';
import { setup, slow } from './support.js';

afterEach(() => {
  vi.useRealTimers();
});

describe('faults in place of an answer', () => {
  test('status, with its code, its Retry-After as given, and the envelope', async () => {
    const { simulator, get } = setup({ faults: [{ kind: 'status', status: 503, retryAfter: 'Sat, 18 Apr 2026 09:31:00 GMT' }] });
    const { status, headers, body } = await get('/v1/whoami');
    expect([status, headers.get('retry-after'), body.error.code]).toEqual([503, 'Sat, 18 Apr 2026 09:31:00 GMT', 'UNAVAILABLE']);
    expect(headers.get('x-request-id')).toBe(body.error.requestId);
    simulator.setFaults([{ kind: 'status', status: 503, code: 'KILL_SWITCH' }]);
    expect((await get('/v1/whoami')).body.error.code).toBe('KILL_SWITCH');
    simulator.setFaults([{ kind: 'status' }]);
    expect((await get('/v1/whoami')).body.error.code).toBe('INTERNAL');
    simulator.setFaults([]);
    expect((await get('/v1/whoami')).status).toBe(200);
  });

  test('html and empty', async () => {
    const { simulator, get } = setup({ faults: [{ kind: 'html', status: 502 }] });
    const html = await get('/v1/whoami');
    expect([html.status, html.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8']);
    expect(html.text).toContain('<!doctype html>');
    simulator.setFaults([{ kind: 'empty' }]);
    const empty = await get('/v1/whoami');
    expect([empty.status, empty.text]).toEqual([200, '']);
  });

  test('drop rejects as the platform does, and is logged with status 0', async () => {
    const { simulator, get } = setup({ faults: [{ kind: 'drop' }] });
    await expect(get('/v1/whoami')).rejects.toThrow(new TypeError('fetch failed'));
    expect(simulator.requests[0]?.status).toBe(0);
  });

  test('hang ends with the abort only', async () => {
    const { simulator } = setup({ faults: [{ kind: 'hang' }] });
    const controller = new AbortController();
    const pending = simulator.fetch('https://a.example/v1/whoami', { signal: controller.signal });
    controller.abort();
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('a fault that takes effect loses only the answer: the retry meets its own container', async () => {
    const { simulator, get, post, project } = setup();
    const path = `/v1/projects/${project}/content/slideshow-builder`;
    const key = { 'idempotency-key': 'k' };
    simulator.setFaults([{ kind: 'drop', match: /^POST /, times: 1, takesEffect: true }]);
    await expect(post(path, { hook: 'Hi' }, key)).rejects.toThrow('fetch failed');
    const retry = await post(path, { hook: 'Hi' }, key);
    expect(retry.headers.get('idempotent-replayed')).toBe('true');
    expect((await get(`/v1/projects/${project}/content`)).body.items).toHaveLength(1);
    simulator.setFaults([{ kind: 'drop', match: /^POST /, times: 1 }]);
    await expect(post(path, { hook: 'Hi' })).rejects.toThrow('fetch failed');
    expect((await get(`/v1/projects/${project}/content`)).body.items).toHaveLength(1);
  });
});

describe('faults in the body', () => {
  test('truncated-json is cut in the middle', async () => {
    const { get } = setup({ faults: [{ kind: 'truncated-json' }] });
    const { status, text } = await get('/v1/whoami');
    expect(status).toBe(200);
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  });

  test('unknown-status, in container, progress and rows', async () => {
    const { simulator, get, project } = setup({ faults: [{ kind: 'unknown-status' }], generation: slow });
    const id = simulator.addContainer();
    expect((await get(`/v1/content/${id}`)).body.status).toBe('rendering_v2');
    expect((await get(`/v1/content/${id}/progress`)).body.status).toBe('rendering_v2');
    expect((await get(`/v1/projects/${project}/content`)).body.items[0]?.status).toBe('rendering_v2');
  });

  test('unknown-preview-kind and unsafe-url add up', async () => {
    const { simulator, get, project } = setup({ faults: [{ kind: 'unknown-preview-kind' }, { kind: 'unsafe-url' }] });
    const id = simulator.addContainer({ state: 'completed', generation: { kind: 'slideshow' } });
    const { preview, assets } = (await get(`/v1/content/${id}`)).body;
    expect(preview).toMatchObject({ kind: 'hologram', primaryUrl: 'javascript:alert(1)', videoUrl: null });
    expect(new Set(preview?.imageUrls)).toEqual(new Set(['javascript:alert(1)']));
    expect(assets[0]?.url).toBe('javascript:alert(1)');
    expect((await get(`/v1/projects/${project}/content`)).text).not.toContain('https://');
    const asset = await get(`/v1/content/${id}/assets/${assets[0]?.assetId}`);
    expect(asset.body.url).toBe('javascript:alert(1)');
  });

  test('unsafe-url reaches the old edition too', async () => {
    const { simulator, get, project } = setup({ edition: 'legacy', faults: [{ kind: 'unsafe-url' }] });
    simulator.addContainer({ state: 'completed' });
    expect((await get(`/v1/projects/${project}/content`)).body.items[0]?.primaryAsset?.thumbnailUrl).toBe('javascript:alert(1)');
  });

  test('bad-row takes the id from one row', async () => {
    const { get, project } = setup({ containers: 9, faults: [{ kind: 'bad-row' }] });
    const { items } = (await get(`/v1/projects/${project}/content`)).body;
    expect(items.filter((row) => !('id' in row))).toHaveLength(1);
  });
});

describe('which requests are hit', () => {
  test('match by text or pattern, also one with the g flag, without the query', async () => {
    const { simulator, get, project } = setup({ faults: [{ kind: 'status', match: /progress$/g }] });
    const id = simulator.addContainer();
    for (let index = 0; index < 3; index += 1) expect((await get(`/v1/content/${id}/progress?x=1`)).status).toBe(500);
    expect((await get(`/v1/content/${id}`)).status).toBe(200);
    simulator.setFaults([{ kind: 'status', match: `GET /v1/projects/${project}/content` }]);
    expect((await get(`/v1/projects/${project}/content?limit=1`)).status).toBe(500);
  });

  test('times counts down, rate is a share', async () => {
    const { simulator, get } = setup({ tier: 'off', faults: [{ kind: 'status', times: 2 }] });
    const statuses = async (count: number) => {
      const seen: number[] = [];
      for (let index = 0; index < count; index += 1) seen.push((await get('/v1/whoami')).status);
      return seen;
    };
    expect(await statuses(3)).toEqual([500, 500, 200]);
    simulator.setFaults([{ kind: 'status', rate: 0.3 }]);
    const hit = (await statuses(1000)).filter((status) => status === 500).length;
    expect(hit).toBeGreaterThan(240);
    expect(hit).toBeLessThan(360);
  });

  test('a request that is hit has still been spent', async () => {
    const { simulator, get } = setup({ faults: [{ kind: 'status', status: 500 }] });
    await get('/v1/whoami');
    expect(simulator.rateLimit().reads).toBe(119);
  });

  test('media are hit by their name only', async () => {
    const { simulator } = setup({
      faults: [
        { kind: 'status', status: 500 },
        { kind: 'status', status: 403, match: 'GET /media/dawn-run.mp4' },
      ],
    });
    expect((await simulator.fetch('https://media.simulator.invalid/dawn-run.mp4')).status).toBe(403);
    expect((await simulator.fetch('https://media.simulator.invalid/dawn-run.jpg')).status).toBe(200);
    expect(simulator.requests).toEqual([]);
  });
});

describe('latency and aborts', () => {
  test('latency holds the answer back, with the state at the time of the request', async () => {
    vi.useFakeTimers();
    const { simulator, get } = setup({ faults: [{ kind: 'latency', latencyMs: 500, times: 1 }] });
    const id = simulator.addContainer({ state: 'completed' });
    const late = get(`/v1/content/${id}`);
    await vi.advanceTimersByTimeAsync(0);
    simulator.decide(id, 'approved');
    await vi.advanceTimersByTimeAsync(499);
    let settled = false;
    void late.then(() => {
      settled = true;
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(settled).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect((await late).body.approvalStatus).toBe('pending');
    expect((await get(`/v1/content/${id}`)).body.approvalStatus).toBe('approved');
  });

  test('a range of latency is drawn from the seed; two latencies add up', async () => {
    vi.useFakeTimers();
    const { get } = setup({
      faults: [
        { kind: 'latency', latencyMs: [100, 200] },
        { kind: 'latency', latencyMs: 1000 },
      ],
    });
    const late = get('/v1/whoami');
    await vi.advanceTimersByTimeAsync(1099);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(101);
    expect((await late).status).toBe(200);
  });

  test('an abort ends the wait at once and leaves no timer', async () => {
    vi.useFakeTimers();
    const { simulator } = setup({ faults: [{ kind: 'latency', latencyMs: 60_000 }] });
    const controller = new AbortController();
    const late = simulator.fetch('https://a.example/v1/whoami', { signal: controller.signal });
    const request = new Request('https://a.example/v1/whoami', { signal: controller.signal });
    const other = simulator.fetch(request);
    await vi.advanceTimersByTimeAsync(10);
    controller.abort();
    await expect(late).rejects.toMatchObject({ name: 'AbortError' });
    await expect(other).rejects.toMatchObject({ name: 'AbortError' });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a signal aborted before sends nothing, and its own reason comes back', async () => {
    const { simulator } = setup();
    const reason = new DOMException('Too slow', 'TimeoutError');
    await expect(simulator.fetch('https://a.example/v1/whoami', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(simulator.requests).toEqual([]);
  });

  test('without latency no timer is used, so answers come under fake timers', async () => {
    vi.useFakeTimers();
    const { get } = setup();
    expect((await get('/v1/whoami')).status).toBe(200);
    expect(vi.getTimerCount()).toBe(0);
  });
});
