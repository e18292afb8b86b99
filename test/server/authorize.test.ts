import { describe, expect, test } from 'vitest';
import type { Authorize } from '../../src/server.js';
import { errorOf, setup } from './support.js';

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

  test.each([undefined, null, 1, 'yes', {}, [true]])('only true lets through, not %j', async (value) => {
    const { get, sent } = setup({ authorize: (() => value) as unknown as Authorize });
    expect((await get('/v1/content/c1')).status).toBe(404);
    expect(sent).toEqual([]);
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
  ])('%s is 500, without what was thrown', async (_, authorize) => {
    const { get, sent } = setup({ authorize });
    const response = await get('/v1/content/c1');
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(JSON.parse(text)).toEqual({
      error: { code: 'AUTHORIZATION_FAILED', message: expect.any(String), requestId: expect.stringMatching(/^req_/) },
    });
    expect(text).not.toContain('hunter2');
    expect(sent).toEqual([]);
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
