import { expect, test } from 'vitest';
import { errorOf, setup } from '../support.js';

test('health blames the API, and not authorize, where authorize asks whose something is and the API fails', async () => {
  const { get, server, reported } = setup({
    authorize: async (_request, _target, { projectId }) => (await projectId()) === 'prj_1',
    fetch: async () => new Response('', { status: 503 }),
  });
  const answer = await get('/v1/content/c1');
  expect([answer.status, (await errorOf(answer)).code, reported]).toEqual([503, 'AUTHORIZATION_FAILED', []]);
  expect(server.health()).toMatchObject({
    status: 'degraded',
    reasons: [expect.stringContaining('The last request to the API failed: 503')],
  });
});

test('health blames authorize for what it answers itself, and not for a 500 of the API', async () => {
  const broken = setup({ authorize: () => Promise.reject(new Error('database is down')) });
  expect((await broken.get('/v1/content/c1')).status).toBe(500);
  expect(broken.server.health().reasons).toEqual([expect.stringContaining('authorize')]);
  const { get, server } = setup({ fetch: async () => new Response('', { status: 500 }) });
  expect((await get('/v1/content/c1')).status).toBe(500);
  expect(server.health().reasons).toEqual([expect.stringContaining('The last request to the API failed: 500')]);
});
