import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Authorize, LayersTarget } from '../../src/server.js';
import { errorOf, setup } from './support.js';

afterEach(() => void vi.useRealTimers());

const viewer = (request: Request) => request.headers.get('x-user');
const as = (user: string, more: RequestInit = {}) => ({ headers: { 'x-user': user }, ...more });

/** A server part that counts what it asks. */
function counted(authorize: Authorize = () => true, options: Parameters<typeof setup>[0] = {}) {
  const asked: LayersTarget[] = [];
  const world = setup({
    viewer,
    authorize: (request, target, help) => {
      asked.push(target);
      return authorize(request, target, help);
    },
    ...options,
  });
  return { ...world, asked, id: world.simulator.addContainer({ state: 'completed' }) };
}

describe('a decision about a read', () => {
  test('is remembered for the viewer and the target for 3 s, in either spelling of the id', async () => {
    vi.useFakeTimers();
    const { get, asked, id } = counted();
    const bare = id.replace(/^cnt_/, '');
    for (const each of [
      bare,
      `cnt_${bare}`,
      encodeURIComponent(bare),
      bare.replace(/^./, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
    ])
      expect((await get(`/v1/content/${each}`, as('ann'))).status).toBe(200);
    expect(asked).toHaveLength(1);
    await get(`/v1/content/${id}`, as('eve'));
    expect(asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(2_999);
    await get(`/v1/content/${id}`, as('ann'));
    expect(asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    await get(`/v1/content/${id}`, as('ann'));
    expect(asked).toHaveLength(3);
    await get(`/v1/content/${id}/progress`, as('ann'));
    expect(asked).toHaveLength(4);
  });

  test('is remembered for 1 s at most where it denies', async () => {
    vi.useFakeTimers();
    let isAllowed = false;
    const { get, asked, id, sent } = counted(() => isAllowed);
    const status = async () => (await get(`/v1/content/${id}`, as('ann'))).status;
    expect([await status(), await status(), asked.length, sent.length]).toEqual([404, 404, 1, 0]);
    isAllowed = true;
    await vi.advanceTimersByTimeAsync(999);
    expect(await status()).toBe(404);
    await vi.advanceTimersByTimeAsync(1);
    expect(await status()).toBe(200);
  });

  test.each([
    ['without viewer', { viewer: undefined }],
    ['with authorizeForMs: 0', { authorizeForMs: 0 }],
    ['for nobody known', { viewer: () => null }],
  ])('is not remembered %s', async (_, options) => {
    const { get, asked, id } = counted(() => true, options);
    for (let each = 0; each < 3; each += 1) await get(`/v1/content/${id}`, as('ann'));
    expect(asked).toHaveLength(3);
  });

  test('is asked for once by those who ask at the same time, and one who leaves takes it from nobody', async () => {
    const leaving = new AbortController();
    const { get, asked, id } = counted(
      (request) =>
        new Promise((resolve, reject) => {
          request.signal.addEventListener('abort', () => reject(request.signal.reason));
          if (!leaving.signal.aborted) queueMicrotask(() => setTimeout(() => leaving.abort()));
          else resolve(true);
        }),
    );
    const first = get(`/v1/content/${id}`, as('ann', { signal: leaving.signal }));
    const others = [1, 2].map(() => get(`/v1/content/${id}`, as('ann')));
    expect([(await first).status, ...(await Promise.all(others)).map(({ status }) => status)]).toEqual([499, 200, 200]);
    expect(asked.length).toBeLessThanOrEqual(3);
  });

  test('is not remembered where authorize failed, and never covers a write', async () => {
    let fails = true;
    const { get, post, asked, id } = counted(() => {
      if (fails) throw new Error('database is down');
      return true;
    });
    expect((await get(`/v1/content/${id}`, as('ann'))).status).toBe(500);
    fails = false;
    expect((await get(`/v1/content/${id}`, as('ann'))).status).toBe(200);
    await post(`/v1/content/${id}/approve`, '{}', { 'x-user': 'ann' });
    await post(`/v1/content/${id}/approve`, '{}', { 'x-user': 'ann' });
    expect(asked.map(({ action }) => action)).toEqual(['read', 'read', 'approve', 'approve']);
  });

  test('a failing viewer hides nothing from the operator and shows nothing to a stranger', async () => {
    const failing = { viewer: () => Promise.reject(new Error('no session')) };
    expect((await counted(() => false, failing).get('/v1/content/c1')).status).toBe(404);
    const { get, reported, sent } = counted(() => true, failing);
    expect([(await get('/v1/content/c1')).status, reported.map(({ code }) => code), sent]).toEqual([500, ['AUTHORIZATION_FAILED'], []]);
  });
});

describe('the project of a target', () => {
  const ofProject =
    (owned: () => string): Authorize =>
    async (request, _, { projectId }) =>
      request.headers.get('x-user') === 'ann' && (await projectId()) === owned();

  test('is known for every route, from one read at most, whatever the spelling', async () => {
    let owned = '';
    const { get, id, sent, projectId } = counted(
      ofProject(() => owned),
      { authorizeForMs: 0 },
    );
    owned = projectId;
    const bare = id.replace(/^cnt_/, '');
    for (const path of [`${bare}`, `cnt_${bare}`, `${bare}/progress`, `cnt_${bare}/progress`]) {
      expect((await get(`/v1/content/${path}`, as('ann'))).status).toBe(200);
    }
    expect((await get(`/v1/projects/${projectId}/content`, as('ann'))).status).toBe(200);
    // Every path once: the read of the container was kept for its own route.
    expect(sent).toHaveLength(5);
  });

  test('is known from a list, without a read', async () => {
    let owned = '';
    const { get, id, sent, projectId } = counted(ofProject(() => owned));
    owned = projectId;
    await get(`/v1/projects/${projectId}/content`, as('ann'));
    expect((await get(`/v1/content/${id}/progress`, as('ann'))).status).toBe(200);
    expect(sent).toHaveLength(2);
  });

  test('gives nothing away: theirs and what does not exist have the same response, no sooner than 500 ms', async () => {
    vi.useFakeTimers();
    const { get, id } = counted(
      ofProject(() => 'another'),
      { authorizeForMs: 0 },
    );
    for (const path of [id, 'cnt_00000000-0000-4000-8000-000000000000', id]) {
      let isOver = false;
      const pending = get(`/v1/content/${path}`, as('ann')).finally(() => (isOver = true));
      await vi.advanceTimersByTimeAsync(499);
      expect(isOver).toBe(false);
      await vi.advanceTimersByTimeAsync(1_000);
      const { requestId, ...error } = await errorOf(await pending);
      expect([error, requestId]).toEqual([{ code: 'NOT_FOUND', message: expect.any(String) }, expect.stringMatching(/^req_/)]);
    }
  });

  test('is not read for a stranger, and 503 where the API fails', async () => {
    const { get, sent } = counted(
      ofProject(() => 'p1'),
      { fetch: async () => new Response('', { status: 500 }) },
    );
    expect([(await get('/v1/content/c1', as('eve'))).status, sent.length]).toEqual([404, 0]);
    expect((await get('/v1/content/c1', as('ann'))).status).toBe(503);
  });
});

describe('organization', () => {
  test('goes up from the option, never from the browser, for reads and writes', async () => {
    const { get, post, sent } = setup({ organization: (request) => (request.headers.get('x-user') === 'ann' ? 'org_a' : null) });
    const forged = { 'x-layers-organization': 'org_forged' };
    await get('/v1/content/c1', { headers: { ...forged, 'x-user': 'ann' } });
    await get('/v1/content/c1', { headers: forged });
    await post('/v1/content/c1/approve', '{}', { ...forged, 'x-user': 'ann' });
    expect(sent.map(({ headers }) => headers.get('x-layers-organization'))).toEqual(['org_a', null, 'org_a']);
  });

  test('keeps responses apart, and shares the budget', async () => {
    const fetch = vi.fn(async (_: string, { headers }: RequestInit) =>
      Response.json({ id: 'c1', of: new Headers(headers).get('x-layers-organization') }),
    );
    const { get, server } = setup({ organization: viewer, fetch });
    const read = async (user: string) => (await (await get('/v1/content/c1', as(user))).json()).of;
    expect(await Promise.all(['org_a', 'org_b', 'org_a'].map(read))).toEqual(['org_a', 'org_b', 'org_a']);
    expect([await read('org_b'), fetch.mock.calls.length, server.health().budget.spent]).toEqual(['org_b', 2, 2]);
  });

  test.each(['org a', 'org_a\r\nx: y', '', 7])('%j is 500 and goes nowhere', async (organization) => {
    const { get, sent, reported } = setup({ organization: () => organization as string });
    expect([(await get('/v1/content/c1')).status, sent.length, reported.length]).toEqual([500, 0, 1]);
  });
});
