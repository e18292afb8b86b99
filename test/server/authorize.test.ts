import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Authorize, LayersServerOptions } from '../../src/server.js';
import { apiKey, errorOf, setup } from './support.js';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('authorize', () => {
  test('is told what would be done to what', async () => {
    const { get, post, asked } = setup();
    await get('/v1/content/c1');
    await get('/v1/content/c1/progress');
    await get('/v1/projects/p1/content?limit=3');
    await get('/v1/content/c1/assets/a1');
    await get('/v1/jobs/j1');
    await post('/v1/content/c1/approve');
    await post('/v1/content/c1/reject', '{"reason":"No"}');
    expect(asked).toEqual([
      { action: 'read', kind: 'container', containerId: 'c1' },
      { action: 'read', kind: 'progress', containerId: 'c1' },
      { action: 'read', kind: 'list', projectId: 'p1' },
      { action: 'read', kind: 'asset', containerId: 'c1', assetId: 'a1' },
      { action: 'read', kind: 'job', jobId: 'j1' },
      { action: 'approve', kind: 'container', containerId: 'c1' },
      { action: 'reject', kind: 'container', containerId: 'c1' },
    ]);
  });

  test('false hides what is there just like what is not, and the API is not asked', async () => {
    const { simulator, get, sent } = setup({ authorize: async () => false });
    const id = simulator.addContainer({ state: 'completed' });
    const answers = await Promise.all([get(`/v1/content/${id}`), get('/v1/content/cnt_nowhere'), get('/v1/nowhere')]);
    const errors = await Promise.all(answers.map(errorOf));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(new Set(errors.map(({ code, message }) => `${code} ${message}`)).size).toBe(1);
    expect(sent).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['type undefined', undefined],
    ['null', null],
    ['type number', 1],
    ['type string', 'true'],
    ['type object', {}],
    ['type object', [true]],
    ['type object', Object(true)],
    ['type function', () => true],
  ])('only true lets through: %s is denied like false, and the operator is told', async (name, value) => {
    for (const answer of [value, Promise.resolve(value)]) {
      const { get, sent, reported } = setup({ authorize: (() => answer) as unknown as Authorize });
      const denied = await setup({ authorize: () => false }).get('/v1/content/c1');
      const response = await get('/v1/content/c1');
      const { requestId, ...error } = await errorOf(response);
      expect([response.status, { ...error, requestId: '' }]).toEqual([404, { ...(await errorOf(denied)), requestId: '' }]);
      expect(reported.map((each) => [each.code, each.requestId])).toEqual([['NOT_FOUND', requestId]]);
      expect(reported[0]?.message).toContain(name);
      expect(sent).toEqual([]);
    }
  });

  test('false is not reported', async () => {
    const { get, reported } = setup({ authorize: () => false });
    await get('/v1/content/c1');
    expect(reported).toEqual([]);
  });

  test.each<[string, Authorize]>([
    [
      'a throw',
      () => {
        throw new Error('password of the database: hunter2');
      },
    ],
    ['a rejection', () => Promise.reject(new Error('password of the database: hunter2'))],
    ['a rejection with no error', () => Promise.reject('hunter2')],
    ['a rejection with an answer', () => Promise.reject(new Response('hunter2'))],
  ])('%s is 500, without what was thrown, which only the operator gets', async (_, authorize) => {
    const { get, sent, reported } = setup({ authorize });
    const response = await get('/v1/content/c1');
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(JSON.parse(text)).toEqual({
      error: { code: 'AUTHORIZATION_FAILED', message: expect.any(String), requestId: expect.stringMatching(/^req_/) },
    });
    expect(text).not.toContain('hunter2');
    expect(sent).toEqual([]);
    expect(reported).toEqual([
      expect.objectContaining({
        name: 'LayersError',
        code: 'AUTHORIZATION_FAILED',
        message: 'layers-react: authorize threw, so the request was answered 500.',
        status: 500,
        requestId: JSON.parse(text).error.requestId,
        details: { method: 'GET', path: '/api/layers/v1/content/c1' },
      }),
    ]);
    const { cause } = reported[0] ?? {};
    expect(cause instanceof Response ? await cause.text() : String(cause)).toContain('hunter2');
  });

  test('that hangs is 500 at the time limit; an answer that comes later is without effect', async () => {
    vi.useFakeTimers();
    let answer: (isAllowed: boolean) => void = () => {};
    const { get, sent, reported } = setup({ timeoutMs: 4000, authorize: () => new Promise((resolve) => (answer = resolve)) });
    const pending = get('/v1/content/c1');
    await vi.advanceTimersByTimeAsync(3999);
    expect(reported).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect([(await pending).status, reported.map(({ code }) => code)]).toEqual([500, ['AUTHORIZATION_FAILED']]);
    answer(true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent).toEqual([]);
  });

  test('that rejects after the time limit breaks nothing', async () => {
    vi.useFakeTimers();
    let fail: (error: Error) => void = () => {};
    const { get } = setup({ authorize: () => new Promise((_, reject) => (fail = reject)) });
    const pending = get('/v1/content/c1');
    await vi.advanceTimersByTimeAsync(10_000);
    fail(new Error('too late'));
    expect((await pending).status).toBe(500);
  });

  test('is not waited for when the browser has disconnected', async () => {
    const browser = new AbortController();
    const { get, reported } = setup({
      authorize: () => {
        queueMicrotask(() => browser.abort());
        return new Promise(() => {});
      },
    });
    expect((await get('/v1/content/c1', { signal: browser.signal })).status).toBe(499);
    expect(reported).toEqual([]);
  });

  test('gets the very request, and may read its body', async () => {
    const seen: unknown[] = [];
    const { simulator, server } = setup({
      authorize: async (request, target) => {
        seen.push(request, request.headers.get('cookie'), await request.json(), target.containerId);
        return true;
      },
    });
    const id = simulator.addContainer({ state: 'completed' });
    const request = new Request(`https://partner.example/v1/content/${id}/reject`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: 'session=1' },
      body: '{"reason":"Too dark"}',
    });
    const response = await server.fetch(request);
    expect(seen).toEqual([request, 'session=1', { reason: 'Too dark' }, id]);
    expect(await response.json()).toMatchObject({ approvalStatus: 'rejected', reason: 'Too dark' });
  });

  test('one user of two sees only what is theirs', async () => {
    const owners = new Map<string, string>();
    const { simulator, get } = setup({
      authorize: (request, { containerId }) => owners.get(containerId ?? '') === request.headers.get('x-user'),
    });
    const [mine, theirs] = [simulator.addContainer({ state: 'completed' }), simulator.addContainer({ state: 'completed' })];
    owners.set(mine, 'me').set(theirs, 'them');
    const status = async (id: string, user: string) => (await get(`/v1/content/${id}`, { headers: { 'x-user': user } })).status;
    expect([await status(mine, 'me'), await status(theirs, 'me'), await status(theirs, 'them')]).toEqual([200, 404, 200]);
  });
});

describe('the operator', () => {
  const failure = new Error('database is down');
  const authorize = () => Promise.reject(failure);

  test.each<[string, LayersServerOptions['onError']]>([
    [
      'throws',
      () => {
        throw new Error('log is full');
      },
    ],
    ['rejects', () => Promise.reject(new Error('log is full'))],
  ])('finds the error in the console when onError %s, and the browser gets its response', async (_, onError) => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    const { get } = setup({ onError, authorize });
    expect((await get('/v1/content/c1')).status).toBe(500);
    await vi.waitFor(() => expect(logged).toHaveBeenCalledTimes(2));
    expect(logged.mock.calls.map(([error]) => (error as Error).cause)).toEqual([new Error('log is full'), failure]);
  });

  test('finds the error in the console without onError, too', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    await setup({ onError: undefined, authorize }).get('/v1/content/c1');
    expect(logged.mock.calls).toEqual([[expect.objectContaining({ code: 'AUTHORIZATION_FAILED', cause: failure })]]);
  });

  test('learns why the API could not be reached, without the API key', async () => {
    const caused = new Error(`bad header Bearer ${apiKey}`, { cause: new Error(encodeURIComponent(apiKey)) });
    const { get, reported } = setup({
      fetch: () => Promise.reject(Object.assign(new TypeError('fetch failed', { cause: caused }), { apiKey })),
    });
    await get('/v1/content/c1');
    expect(reported.map(({ cause }) => (cause as Error).message)).toEqual([
      'TypeError: fetch failed; caused by Error: bad header Bearer [API key]; caused by Error: [API key]',
    ]);
  });
});
