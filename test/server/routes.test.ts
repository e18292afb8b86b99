import { describe, expect, test } from 'vitest';
import { createLayersClient } from '../../src/core.js';
import { apiKey, errorOf, setup } from './support.js';

describe('routes', () => {
  test('a client reads, follows and decides through it as it would at the API', async () => {
    const { simulator, server, projectId } = setup();
    const id = simulator.addContainer({ state: 'completed', generation: { kind: 'video' } });
    const other = simulator.addContainer({ state: 'completed' });
    const making = simulator.addContainer();
    const client = createLayersClient({
      baseUrl: 'https://partner.example/api/layers',
      fetch: (url, init) => server.fetch(new Request(url, init)),
    });
    const container = await client.getContainer(id);
    expect([container.id, container.preview?.kind]).toEqual([id, 'video']);
    expect((await client.getProgress(making)).containerId).toBe(making);
    const page = await client.listContainers(projectId, { status: ['completed', 'failed'], limit: 1 });
    expect(page.containers.map((row) => row.id)).toEqual([other]);
    const next = await client.listContainers(projectId, { status: ['completed', 'failed'], limit: 1 }, { cursor: page.nextCursor });
    expect(next.containers.map((row) => row.id)).toEqual([id]);
    expect((await client.getAsset(id, container.assets[0]?.id ?? '')).kind).toBe('video');
    const job = await client.getJob(simulator.jobId(making) ?? '');
    expect(await client.getJob(job.jobId)).toBe(job);
    expect((await client.approve(id, { note: 'Good' })).approvalStatus).toBe('approved');
    expect((await client.reject(other, { reason: 'Too dark' })).approvalStatus).toBe('rejected');
    await expect(client.approve(id)).rejects.toMatchObject({ code: 'CONFLICT', status: 409, details: { approvalStatus: 'approved' } });
  });

  test.each(['current', 'legacy'] as const)('a client makes, remakes, clones and stops through it in the %s edition', async (edition) => {
    const { simulator, server, asked, projectId } = setup({}, { edition, apiKeys: [{ key: apiKey, tier: 'off' }] });
    const client = createLayersClient({
      baseUrl: 'https://partner.example/api/layers',
      edition,
      fetch: (url, init) => server.fetch(new Request(url, init)),
    });
    const input = { format: 'ugc-remix', hook: 'Hi', influencerId: 'inf_1' } as const;
    const job = await client.generate(projectId, input, { idempotencyKey: 'intent-1' });
    const generated = { action: 'generate', kind: 'list', projectId };
    expect(asked.at(-1)).toEqual(edition === 'current' ? { ...generated, format: 'ugc-remix' } : generated);
    expect(await client.generate(projectId, input, { idempotencyKey: 'intent-1' })).toEqual({ ...job, isReplay: true });
    expect(await client.cancelJob(job.jobId)).toMatchObject({ accepted: true });
    expect(asked.at(-1)).toEqual({ action: 'cancel', kind: 'job', jobId: job.jobId });
    const id = simulator.addContainer({ state: 'completed' });
    expect((await client.regenerate(id)).containerIds).toEqual([id]);
    expect(asked.at(-1)).toEqual({ action: 'regenerate', kind: 'container', containerId: id });
    expect((await client.cloneFromPost(id, { mode: 'fork', variations: 2 })).containerIds).toHaveLength(2);
    expect(asked.at(-1)).toEqual({ action: 'clone', kind: 'container', containerId: id });
  });

  test('what may not be started is not, and is not told from what is not there', async () => {
    const { post, sent } = setup({ authorize: (_, { action }) => action === 'read' });
    for (const path of ['/v1/projects/p/content/ugc-remix', '/v1/projects/p/content', '/v1/content/c/regenerate', '/v1/jobs/j/cancel'])
      expect((await post(path)).status).toBe(404);
    expect(sent).toEqual([]);
  });

  test.each([
    'https://partner.example/v1/content/cnt_1',
    'https://partner.example/api/layers/v1/content/cnt_1',
    'https://partner.example/api/v1/layers/v1/content/cnt_1',
    'http://localhost:3000/v1/v1/content/cnt_1?x=1#y',
  ])('are matched from /v1/ on: %s', async (url) => {
    const { server, sent } = setup();
    await server.fetch(new Request(url));
    expect(sent.map((each) => each.url)).toEqual(['https://api.invalid/v1/content/cnt_1']);
  });

  test('an id may be spelled like a part of a path', async () => {
    const { get, asked } = setup();
    await get('/v1/content/v1/progress');
    expect(asked).toEqual([{ action: 'read', kind: 'progress', containerId: 'v1' }]);
  });

  test.each([
    ['GET', '/v1/content'],
    ['GET', '/v1/content/'],
    ['GET', '/v1/whoami'],
    ['GET', '/v1/credits'],
    ['POST', '/v1/projects/prj_1/content/upload'],
    ['POST', '/v1/projects/prj_1/content/anything-else'],
    ['POST', '/v1/jobs'],
    ['PATCH', '/v1/projects/prj_1/content-review-policy'],
    ['GET', '/v1/content/a/assets'],
    ['GET', '/v2/content/a'],
    ['GET', '/'],
  ])('anything else is not there: %s %s', async (method, path) => {
    const { get, sent, asked } = setup();
    const response = await get(path, { method });
    expect([response.status, (await errorOf(response)).code]).toEqual([404, 'NOT_FOUND']);
    expect([sent, asked]).toEqual([[], []]);
  });

  test.each([
    ['POST', '/v1/content/a', 'GET'],
    ['DELETE', '/v1/content/a', 'GET'],
    ['PATCH', '/v1/content/a', 'GET'],
    ['OPTIONS', '/v1/content/a', 'GET'],
    ['PUT', '/v1/projects/a/content', 'GET, POST'],
    ['GET', '/v1/projects/a/content/ugc-remix', 'POST'],
    ['GET', '/v1/jobs/a/cancel', 'POST'],
    ['PUT', '/v1/content/a/approve', 'POST'],
    ['GET', '/v1/content/a/reject', 'POST'],
  ])('a wrong method is refused and told the right one: %s %s', async (method, path, allow) => {
    const { get, sent } = setup();
    const response = await get(path, { method });
    expect([response.status, response.headers.get('allow'), (await errorOf(response)).code]).toEqual([405, allow, 'METHOD_NOT_ALLOWED']);
    expect(response.headers.has('access-control-allow-origin')).toBe(false);
    expect(sent).toEqual([]);
  });

  test('HEAD spends no read', async () => {
    const { get, sent } = setup();
    expect((await get('/v1/content/a', { method: 'HEAD' })).status).toBe(405);
    expect(sent).toEqual([]);
  });
});

describe('what goes up', () => {
  test('of the query only what the list knows', async () => {
    const { get, sent, projectId } = setup();
    const known =
      'status=queued&status=processing&format=ugc-remix&creativeType=generated&since=2026-01-01T00%3A00%3A00Z&until=2026-02-01T00%3A00%3A00Z&limit=5&cursor=a%2Bb%26c';
    await get(`/v1/projects/${projectId}/content?${known}&apiKey=x&fields=secret&__proto__=1`);
    await get('/v1/content/cnt_1?status=queued&expand=all');
    expect(sent.map(({ url }) => url.replace('https://api.invalid', ''))).toEqual([
      `/v1/projects/${projectId}/content?${known}`,
      '/v1/content/cnt_1',
    ]);
  });

  test.each([
    ['current', { authorization: `Bearer ${apiKey}` }],
    ['legacy', { 'x-api-key': apiKey }],
  ] as const)('of the headers none, and the key in place of whatever the browser had: %s edition', async (edition, key) => {
    const { get, post, sent } = setup({ edition });
    const headers = {
      accept: 'text/html',
      'if-none-match': 'W/"1"',
      authorization: 'Bearer of-the-user',
      cookie: 'session=1',
      'x-api-key': 'lp_live_other',
      'x-forwarded-for': '10.0.0.1',
      'x-layers-organization': 'org_2',
      host: 'evil.example',
      referer: 'https://partner.example/secret',
    };
    await get('/v1/jobs/job_1', { headers });
    await post('/v1/content/cnt_1/approve', '{}', { ...headers, 'content-type': 'application/json; charset=x; boundary=y' });
    expect(sent.map((each) => Object.fromEntries(each.headers))).toEqual([
      { accept: 'application/json', ...key },
      { accept: 'application/json', 'content-type': 'application/json', ...key },
    ]);
  });

  test.each(['"', '*', '1', '"1", "2"', '"a"b"', `"${'a'.repeat(201)}"`, `"${'a'.repeat(12_000)}"`])(
    'no If-None-Match that is no ETag of the API: %.20s',
    async (etag) => {
      const { get, sent } = setup();
      await get('/v1/jobs/job_1', { headers: { 'if-none-match': etag } });
      expect(sent[0]?.headers.has('if-none-match')).toBe(false);
    },
  );

  test('no query of more than 4,096 characters', async () => {
    const { get, sent } = setup();
    const path = (length: number) => `/v1/projects/p1/content?cursor=${'a'.repeat(length - 'cursor='.length)}`;
    expect((await get(path(4096))).status).not.toBe(414);
    expect(sent).toHaveLength(1);
    const response = await get(path(4097));
    expect([response.status, (await errorOf(response)).code]).toEqual([414, 'URI_TOO_LONG']);
    expect((await get(`/v1/projects/p1/content?${'status=queued&'.repeat(400)}`)).status).toBe(414);
    expect(sent).toHaveLength(1);
  });

  test('no redirect is followed with the key', async () => {
    const { get, sent } = setup();
    await get('/v1/content/cnt_1');
    expect(sent[0]?.init.redirect).toBe('manual');
  });

  test.each([
    '/v1/content/..%2F..%2Fwhoami',
    '/v1/content/%2e%2e%2fwhoami',
    '/v1/content/%2E%2E',
    '/v1/content/a%2Fprogress',
    '/v1/content/a%5Cb',
    '/v1/content/a%00b',
    '/v1/content/a%3Fadmin=1',
    '/v1/content/a%23b',
    '/v1/content/a%252Fb',
    '/v1/content/%E0%A4%A',
    '/v1/content/é',
    '/v1/content/a b',
    '/v1/content/@evil.example',
    '/v1/content/a:80',
    `/v1/content/${'a'.repeat(129)}`,
    '/v1/content/cnt_1/assets/..%2f..%2fx',
    '/v1/projects/..%2f/content',
    '/v1/jobs/https:%2f%2fevil.example',
  ])('no path leads elsewhere: %s', async (path) => {
    const { get, sent, asked } = setup();
    const response = await get(path);
    expect([response.status, (await errorOf(response)).code]).toEqual([404, 'NOT_FOUND']);
    expect([sent, asked]).toEqual([[], []]);
  });

  test('dots in a path are resolved before it is matched, so what is judged is what is asked', async () => {
    const { get, sent, asked } = setup();
    await get('/v1/content/mine/../theirs');
    expect(asked).toEqual([{ action: 'read', kind: 'container', containerId: 'theirs' }]);
    expect(sent.map(({ url }) => url)).toEqual(['https://api.invalid/v1/content/theirs']);
  });

  test('an id goes up as it came, in each of its forms', async () => {
    const { get, sent } = setup();
    for (const id of ['cnt_7d18b9a1-8b2c-4f3e-a4d5-6e7f8a9b0c1d', '7d18b9a1', 'cnt_01HXZ9.a-b_c', 'a'.repeat(128)]) {
      await get(`/v1/content/${id}`);
      expect(sent.at(-1)?.url).toBe(`https://api.invalid/v1/content/${id}`);
    }
    await get('/v1/content/%63nt_1');
    expect(sent.at(-1)?.url).toBe('https://api.invalid/v1/content/cnt_1');
  });
});

describe('the id of an asset is opaque', () => {
  test.each(['ast:01', 'YWJj==', 'a+b', "a'(b)!", 'a;b,c~d@e$f&g', 'x'.repeat(512)])('and goes up as it came: %.20s', async (assetId) => {
    const { get, sent, asked } = setup();
    await get(`/v1/content/cnt_1/assets/${encodeURIComponent(assetId)}`);
    expect(sent.map(({ url }) => url)).toEqual([`https://api.invalid/v1/content/cnt_1/assets/${encodeURIComponent(assetId)}`]);
    expect(asked.at(-1)).toEqual({ action: 'read', kind: 'asset', containerId: 'cnt_1', assetId });
  });

  test.each(['..', '.', '...', '..;a', 'a/b', '../x', 'a\\b', 'a?b', 'a#b', 'a%2fb', 'a b', 'a\u0000b', 'é', 'x'.repeat(513)])(
    'and leads nowhere else: %.20s',
    async (assetId) => {
      const { get, sent } = setup();
      const response = await get(`/v1/content/cnt_1/assets/${encodeURIComponent(assetId).replaceAll('.', '%2e')}`);
      expect(response.status).toBe(404);
      expect(sent).toEqual([]);
    },
  );
});

describe('the formats that may be generated', () => {
  test('are those known today where nothing is set', async () => {
    const { post, sent } = setup();
    expect((await post('/v1/projects/p/content/podcast-clip')).status).toBe(404);
    expect(sent).toEqual([]);
  });

  test('can be more or fewer, and each is asked about', async () => {
    const routes: string[] = [];
    const { post, sent, asked } = setup({ formats: ['podcast_clip'], onRequest: ({ route }) => void routes.push(route) });
    await post('/v1/projects/p/content/podcast-clip');
    expect(asked.at(-1)).toEqual({ action: 'generate', kind: 'list', projectId: 'p', format: 'podcast-clip' });
    expect((await post('/v1/projects/p/content/ugc-remix')).status).toBe(404);
    expect(sent.map(({ url }) => new URL(url).pathname)).toEqual(['/v1/projects/p/content/podcast-clip']);
    expect(new Set(routes)).toEqual(new Set(['POST /v1/projects/:projectId/content/:format', 'other']));
  });

  test.each([[['uploads']], [['a/b']], ['ugc-remix'], [['']]])('that are none are refused at start: %j', (formats) => {
    expect(() => setup({ formats: formats as never })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: { path: 'formats' } }),
    );
  });
});
