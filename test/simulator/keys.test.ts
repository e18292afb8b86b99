import { describe, expect, test } from 'vitest';
import { setup } from './support.js';

describe('keys and scopes', () => {
  test('without a known key the answer is 401, with its class and request id', async () => {
    const { get } = setup({ apiKeys: [{ key: 'lp_live_1' }] });
    for (const headers of [{}, { authorization: 'Bearer nope' }, { 'x-api-key': 'lp_live_1' }]) {
      const { status, body, headers: answered } = await get('/v1/whoami', headers);
      expect([status, body.error.code]).toEqual([401, 'UNAUTHENTICATED']);
      expect(answered.get('x-request-id')).toBe(body.error.requestId);
      expect(answered.get('x-ratelimit-endpoint-class')).toBe('read-light');
    }
    expect((await get('/v1/whoami', { authorization: 'Bearer lp_live_1' })).status).toBe(200);
  });

  test('the old edition takes X-Api-Key too', async () => {
    const { get } = setup({ edition: 'legacy', apiKeys: [{ key: 'lp_live_1' }] });
    expect((await get('/v1/whoami', { 'x-api-key': 'lp_live_1' })).status).toBe(200);
    expect((await get('/v1/whoami', { authorization: 'Bearer lp_live_1' })).status).toBe(200);
  });

  test('a missing scope answers 403 and names it', async () => {
    const { simulator, send, project } = setup({ apiKeys: [{ key: 'k', scopes: ['nothing:else'] }] });
    const id = simulator.addContainer({ state: 'completed' });
    const cases: readonly (readonly [string, string, string])[] = [
      ['GET', `/v1/content/${id}`, 'content:read'],
      ['GET', `/v1/content/${id}/progress`, 'content:read'],
      ['GET', `/v1/projects/${project}/content`, 'content:read'],
      ['GET', `/v1/projects/${project}/top-performers?metric=views`, 'metrics:read'],
      ['POST', `/v1/projects/${project}/content/slideshow-builder`, 'content:write'],
      ['POST', `/v1/content/${id}/approve`, 'content:approve'],
      ['GET', '/v1/jobs/job_1', 'jobs:read'],
      ['POST', '/v1/jobs/job_1/cancel', 'jobs:cancel'],
      ['PATCH', `/v1/projects/${project}/content-review-policy`, 'projects:write'],
    ];
    for (const [method, path, requiredScope] of cases) {
      const { status, body } = await send(method, path, undefined, { authorization: 'Bearer k' });
      expect([path, status, body.error.code, body.error.details]).toEqual([path, 403, 'FORBIDDEN_SCOPE', { requiredScope }]);
    }
    expect((await send('GET', '/v1/credits', undefined, { authorization: 'Bearer k' })).status).toBe(200);
  });

  test('whoami tells tier and scopes', async () => {
    const { get } = setup({ apiKeys: [{ key: 'k', tier: 'pilot', scopes: ['content:read'] }] });
    const { body } = await get('/v1/whoami', { authorization: 'Bearer k' });
    expect(body).toMatchObject({ rateLimitTier: 'pilot', scopes: ['content:read'], apiKeyId: expect.stringMatching(/^key_/) });
  });
});

describe('paths', () => {
  test('are matched from /v1/ on, whatever stands before', async () => {
    const { simulator } = setup();
    for (const base of ['https://api.layers.com', 'http://localhost:1/a/b/c', '']) {
      expect((await simulator.fetch(`${base}/v1/whoami`)).status).toBe(200);
    }
    expect((await simulator.fetch(new URL('https://a.example/v1/whoami?x=1'))).status).toBe(200);
    expect((await simulator.fetch(new Request('https://a.example/v1/whoami'))).status).toBe(200);
  });

  test('unknown ones answer 404, wrong methods 405 with Allow', async () => {
    const { simulator, get, send, project } = setup();
    for (const path of ['/v1/nothing', '/v1/content', '/v1/content/%E0%A4%A', '/elsewhere']) {
      const { status, body } = await get(path);
      expect([path, status, body.error.code]).toEqual([path, 404, 'NOT_FOUND']);
    }
    const { status, body, headers } = await send('DELETE', `/v1/projects/${project}/content`);
    expect([status, body.error.code, headers.get('allow')]).toEqual([405, 'METHOD_NOT_ALLOWED', 'GET, POST']);
    expect((await send('OPTIONS', '/v1/whoami')).headers.has('access-control-allow-origin')).toBe(false);
    expect(simulator.requests).toHaveLength(5);
  });

  test('every request is logged with its status and time', async () => {
    const { simulator, get, advance } = setup();
    await get('/v1/whoami?a=1');
    advance(5);
    await get('/v1/nothing');
    const at = simulator.requests[0]?.at ?? 0;
    expect(simulator.requests).toEqual([
      { method: 'GET', path: '/v1/whoami?a=1', status: 200, at },
      { method: 'GET', path: '/v1/nothing', status: 404, at: at + 5 },
    ]);
    simulator.clearRequests();
    expect(simulator.requests).toEqual([]);
  });
});
