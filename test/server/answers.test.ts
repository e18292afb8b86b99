import { describe, expect, test } from 'vitest';
import { answering, apiKey, errorOf, json, setup } from './support.js';

describe('what comes down', () => {
  test('is the answer of the API, never stored by what is between', async () => {
    const { simulator, get } = setup();
    const id = simulator.addContainer({ state: 'completed' });
    const direct = await simulator.fetch(`https://api.invalid/v1/content/${id}`, { headers: { authorization: `Bearer ${apiKey}` } });
    const response = await get(`/v1/content/${id}`);
    expect(await response.text()).toBe(await direct.text());
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
  });

  test('has only the headers that a browser has use for', async () => {
    const { get } = answering('{}', {
      headers: {
        ...json,
        etag: '"1"',
        'retry-after': '7',
        date: 'Sat, 18 Apr 2026 09:30:00 GMT',
        'x-request-id': 'req_1',
        'x-ratelimit-limit': '120',
        'x-ratelimit-endpoint-class': 'read-light',
        'set-cookie': 'session=1',
        'access-control-allow-origin': '*',
        'cache-control': 'public, max-age=60',
        'content-encoding': 'gzip',
        'x-internal-host': '10.0.0.1',
        'x-ratelimit_secret': '1',
        server: 'nginx',
        via: '1.1 gateway',
      },
    });
    expect(Object.fromEntries((await get('/v1/content/c1')).headers)).toEqual({
      age: '0',
      'cache-control': 'no-store',
      'content-type': 'application/json',
      date: 'Sat, 18 Apr 2026 09:30:00 GMT',
      etag: '"1"',
      'retry-after': '7',
      'x-content-type-options': 'nosniff',
      'x-layers-events': '1',
      'x-request-id': 'req_1',
    });
  });

  test('304 passes, without a body', async () => {
    const { simulator, get } = setup({}, { now: () => 1_776_504_600_000 });
    const path = `/v1/jobs/${simulator.jobId(simulator.addContainer())}`;
    const etag = (await get(path)).headers.get('etag') ?? '';
    const response = await get(path, { headers: { 'if-none-match': etag } });
    expect([response.status, await response.text(), response.headers.get('etag')]).toEqual([304, '', etag]);
  });

  test('an error of the API keeps status, code, message, request id, details and Retry-After', async () => {
    const limited = await setup({}, { faults: [{ kind: 'status', status: 429, retryAfter: '7' }] }).get('/v1/content/c1');
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await errorOf(limited)).toMatchObject({ code: 'RATE_LIMITED', requestId: limited.headers.get('x-request-id') });
    const { get, projectId } = setup();
    const invalid = await get(`/v1/projects/${projectId}/content?limit=1000`);
    expect([invalid.status, (await errorOf(invalid)).details]).toEqual([422, { issues: [expect.objectContaining({ path: ['limit'] })] }]);
  });

  test('a request id is made where the API gave none, and none is passed that is no id', async () => {
    for (const headers of [json, { ...json, 'x-request-id': '<script>' }]) {
      const good = await answering('{}', { headers }).get('/v1/content/c1');
      expect(good.headers.get('x-request-id')).toMatch(/^req_[0-9a-f-]{36}$/);
      const bad = await answering('{"error":{"code":"NOT_FOUND","message":"Not here."}}', { status: 404, headers }).get('/v1/content/c1');
      expect((await errorOf(bad)).requestId).toBe(bad.headers.get('x-request-id'));
      expect(bad.headers.get('x-request-id')).toMatch(/^req_[0-9a-f-]{36}$/);
    }
  });

  test.each([400, 404, 429, 500, 502, 503])('HTML with %i becomes an envelope with that status', async (status) => {
    const { get } = setup({}, { faults: [{ kind: 'html', status, retryAfter: '3' }] });
    const response = await get('/v1/content/c1');
    const text = await response.text();
    expect([response.status, response.headers.get('content-type')]).toEqual([status, 'application/json; charset=utf-8']);
    expect(JSON.parse(text)).toEqual({ error: { code: `HTTP_${status}`, message: expect.any(String), requestId: expect.any(String) } });
    expect(text).not.toContain('<');
    expect(response.headers.get('retry-after')).toBe('3');
  });

  test.each<[string, BodyInit | null, ResponseInit]>([
    ['HTML with 200', '<!doctype html><p>Sign in</p>', { headers: { 'content-type': 'text/html' } }],
    ['text with 200', 'ok', {}],
    ['a redirect', null, { status: 302, headers: { location: 'https://evil.example/?key=1' } }],
    ['204 of a gateway', null, { status: 204 }],
  ])('%s is no answer: 502', async (_, body, init) => {
    const headers = new Headers(init.headers);
    headers.set('x-request-id', 'req_1');
    const response = await answering(body, { ...init, headers }).get('/v1/content/c1');
    expect([response.status, await errorOf(response)]).toEqual([
      502,
      { code: 'UPSTREAM_INVALID', message: expect.any(String), requestId: 'req_1' },
    ]);
    expect([response.headers.get('x-request-id'), response.headers.has('location')]).toEqual(['req_1', false]);
  });

  test.each(['null', '"no"', '[]', '{"error":"no"}', '{"error":{"code":"x","message":"<b>"}}', '{"error":', '{"message":"secret stack"}'])(
    'an error body that is no envelope is replaced: %s',
    async (body) => {
      const response = await answering(body, { status: 500, headers: json }).get('/v1/content/c1');
      expect([response.status, (await errorOf(response)).code]).toEqual([500, 'HTTP_500']);
    },
  );

  test.each(['truncated-json', 'empty'] as const)('data that is cut short (%s) is no answer: 502, which is tried again', async (kind) => {
    const { simulator, get } = setup({}, { faults: [{ kind }] });
    const response = await get(`/v1/content/${simulator.addContainer({ state: 'completed' })}`);
    expect([response.status, (await errorOf(response)).code]).toEqual([502, 'UPSTREAM_INVALID']);
  });
});

describe('the key', () => {
  const spellings = [
    ['as it stands', apiKey],
    ['as a URL has it', encodeURIComponent(apiKey)],
    ['as a URL has it, in lower case', encodeURIComponent(apiKey).replace(/%../g, (code) => code.toLowerCase())],
    ['as some JSON writers have it', apiKey.replaceAll('/', '\\/')],
    ['in escapes', apiKey.replace(/./g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`)],
  ] as const;

  test.each(spellings)('in an error body, %s, never comes down', async (_, spelling) => {
    const body = `{"error":{"code":"UNAUTHENTICATED","message":"Bad key ${spelling}","requestId":"req_1","details":{"key":"${spelling}"}}}`;
    const response = await answering(body, { status: 401, headers: json }).get('/v1/content/c1');
    const text = await response.text();
    expect([response.status, JSON.parse(text).error.code]).toEqual([401, 'HTTP_401']);
    expect(JSON.stringify(JSON.parse(text))).not.toContain('lp_live_');
  });

  test.each(spellings)('in data, %s, never comes down', async (_, spelling) => {
    const response = await answering(`{"id":"c1","caption":"${spelling}"}`, { headers: json }).get('/v1/content/c1');
    expect([response.status, await response.text()]).toEqual([502, expect.not.stringContaining('live')]);
  });

  test('with a quote in it is known by how JSON has it', async () => {
    const key = 'lp_live_a+b/c"d=7f';
    const fetch = async () => Response.json({ error: { code: 'UNAUTHENTICATED', message: `Bad key ${key}` } }, { status: 401 });
    const { code } = await errorOf(await setup({ apiKey: key, fetch }).get('/v1/content/c1'));
    expect(code).toBe('HTTP_401');
  });

  test('in a header never comes down', async () => {
    for (const [, spelling] of spellings)
      for (const status of [200, 304, 404]) {
        const headers = { ...json, etag: `"${spelling}"`, 'x-request-id': spelling, 'x-ratelimit-key': spelling };
        const response = await answering(status === 304 ? null : '{}', { status, headers }).get('/v1/content/c1');
        expect(response.headers.has('x-ratelimit-key')).toBe(false);
        expect(response.headers.get('etag') ?? '').not.toContain(spelling);
        expect(response.headers.get('x-request-id')).toMatch(/^req_/);
        expect(await response.text()).not.toContain('lp_live_');
      }
  });

  test('is in nothing that a whole visit brings down, good or bad', async () => {
    const { simulator, get, post, projectId } = setup();
    const id = simulator.addContainer({ state: 'completed' });
    const visit = async () => [
      await get(`/v1/content/${id}`),
      await get(`/v1/content/${id}/progress`),
      await get(`/v1/projects/${projectId}/content?limit=999`),
      await get('/v1/nowhere'),
      await post(`/v1/content/${id}/approve`),
      await post(`/v1/content/${id}/approve`, '{'),
    ];
    const answers = await visit();
    for (const kind of ['html', 'drop', 'empty', 'status'] as const) {
      simulator.setFaults([{ kind }]);
      answers.push(...(await visit()));
    }
    for (const answer of answers) {
      expect(JSON.stringify([...answer.headers]) + (await answer.text())).not.toContain(apiKey);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('x-request-id')).toMatch(/^req_/);
    }
  });

  test('is in no error that the upstream fetch throws', async () => {
    const { get } = setup({ fetch: () => Promise.reject(new TypeError(`cannot fetch with Bearer ${apiKey}`)) });
    expect(await (await get('/v1/content/c1')).text()).not.toContain(apiKey);
  });
});
