import { describe, expect, test } from 'vitest';
import { setup, slow } from './support.js';

const influencerId = 'inf_4a8e1bc2-0000-4000-8000-000000000000';

describe('the four routes', () => {
  test.each([
    ['slideshow-builder', { hook: 'wait for it...\nthis 🧠' }, { hook: 'wait for it...\nthis 🧠', influencerId: null, mediaId: null }],
    ['ugc-remix', { influencerId, hook: 'Hi' }, { hook: 'Hi', influencerId, mediaId: expect.stringMatching(/^med_/) }],
    [
      'ugc-remix',
      { socialAccountId: 'sac_1', mediaId: 'med_1' },
      { hook: null, influencerId: expect.stringMatching(/^inf_/), mediaId: 'med_1' },
    ],
    ['video-remix', { influencerId, tiktokVideoId: '7391' }, { hook: null, sourceTiktokId: '7391' }],
    ['slideshow-remix', { influencerId, tiktokVideoId: '7234567890987654321' }, { hook: null, sourceTiktokId: '7234567890987654321' }],
  ])('%s starts a job and echoes its inputs', async (format, input, echoed) => {
    const { simulator, get, post, project, advance } = setup({ generation: slow });
    const { status, body } = await post(`/v1/projects/${project}/content/${format}`, input);
    expect(status).toBe(202);
    expect(body).toMatchObject({ kind: 'content_generate', status: 'running', stage: 'queued', locationUrl: `/v1/jobs/${body.jobId}` });
    expect(body.containerIds).toHaveLength(1);
    const [id = ''] = body.containerIds;
    expect((await get(`/v1/content/${id}`)).body).toMatchObject({ format, status: 'queued', projectId: project, ...echoed });
    expect(simulator.jobId(id)).toBe(body.jobId);
    advance(80_000);
    expect((await get(`/v1/content/${id}`)).body.preview?.kind).toBe(format.startsWith('slideshow') ? 'slideshow' : 'video');
  });

  test.each([
    ['slideshow-builder', {}, 'hook'],
    ['slideshow-builder', { hook: '' }, 'hook'],
    ['slideshow-builder', { hook: 'x'.repeat(2001) }, 'hook'],
    ['slideshow-builder', { hook: 'x', influencerId: 7 }, 'influencerId'],
    ['ugc-remix', { hook: 'x' }, 'influencerId'],
    ['video-remix', { influencerId }, 'tiktokVideoId'],
    ['video-remix', { tiktokVideoId: '7391' }, 'influencerId'],
    ['slideshow-remix', { influencerId }, 'tiktokVideoId'],
  ])('%s refuses %j', async (format, input, path) => {
    const { simulator, get, post, project } = setup();
    const { status, body } = await post(`/v1/projects/${project}/content/${format}`, input);
    expect([status, body.error.code, body.error.details?.issues?.[0]?.path]).toEqual([422, 'VALIDATION', [path]]);
    expect((await get(`/v1/projects/${project}/content`)).body.items).toEqual([]);
    expect(simulator.rateLimit().longRunning).toBe(19);
  });

  test('name a missing app demo, and a source that is no slideshow', async () => {
    const { get, post, project } = setup({ appDemo: false });
    const demo = await post(`/v1/projects/${project}/content/ugc-remix`, { influencerId });
    expect([demo.status, demo.body.error.details?.code]).toEqual([422, 'MISSING_APP_DEMO']);
    expect((await post(`/v1/projects/${project}/content/ugc-remix`, { influencerId, mediaId: 'med_1' })).status).toBe(202);
    const sources = (await get(`/v1/projects/${project}/content/source-recommendations?kind=video`)).body.items;
    const video = await post(`/v1/projects/${project}/content/slideshow-remix`, { influencerId, tiktokVideoId: sources[0]?.tiktokId });
    expect([video.status, video.body.error.details?.code]).toEqual([422, 'NOT_A_SLIDESHOW']);
  });

  test.each(['{', '[1]', '"x"'])('refuses the body %s', async (text) => {
    const { post, project } = setup();
    expect((await post(`/v1/projects/${project}/content/slideshow-builder`, text)).status).toBe(422);
  });
});

describe('the older ways', () => {
  test('one route for every format fans out to variants of one job', async () => {
    const { get, post, project, advance } = setup({ generation: slow });
    const { status, body } = await post(`/v1/projects/${project}/content`, { format: 'slideshow-builder', hook: 'Hi', variantCount: 3 });
    expect([status, body.containerIds.length]).toEqual([202, 3]);
    advance(80_000);
    expect((await get(`/v1/jobs/${body.jobId}`)).body.result).toMatchObject({ containerIds: body.containerIds });
    expect((await post(`/v1/projects/${project}/content`, { format: 'slideshow-builder', hook: 'Hi', variantCount: 6 })).status).toBe(422);
    expect((await post(`/v1/projects/${project}/content`, { format: 'video_remix', hook: 'Hi' })).status).toBe(422);
  });

  test('takes an id of the caller, once', async () => {
    const { post, project } = setup({ edition: 'legacy' });
    const request = { format: 'auto', brief: { hook: 'Hi' }, id: '01HXZ9G7KMV2QX8Y1S5RJW3B7T' };
    expect((await post(`/v1/projects/${project}/content`, request)).body.containerId).toBe('cnt_01HXZ9G7KMV2QX8Y1S5RJW3B7T');
    expect((await post(`/v1/projects/${project}/content`, request)).status).toBe(409);
  });

  test('regenerates in place: same id, new assets, undecided again', async () => {
    const { simulator, get, post, advance } = setup({ generation: slow });
    const id = simulator.addContainer({ state: 'completed', format: 'ugc-remix' });
    await post(`/v1/content/${id}/approve`);
    const before = (await get(`/v1/content/${id}`)).body;
    const { status, body } = await post(`/v1/content/${id}/regenerate`);
    expect([status, body.containerId]).toEqual([202, id]);
    expect((await get(`/v1/content/${id}`)).body).toMatchObject({ status: 'queued', approvalStatus: 'pending', assets: [], preview: null });
    expect((await post(`/v1/content/${id}/regenerate`)).status).toBe(409);
    advance(80_000);
    const after = (await get(`/v1/content/${id}`)).body;
    expect(after.status).toBe('completed');
    expect(after.createdAt).toBe(before.createdAt);
    expect(after.assets[0]?.assetId).not.toBe(before.assets[0]?.assetId);
    expect((await get(`/v1/jobs/${body.jobId}`)).body.status).toBe('completed');
  });

  test('keeps the old media in view with preserveAssets, and patches the hook', async () => {
    const { simulator, get, post } = setup({ generation: slow });
    const id = simulator.addContainer({ state: 'completed', format: 'ugc-remix' });
    const before = (await get(`/v1/content/${id}`)).body;
    await post(`/v1/content/${id}/regenerate`, { preserveAssets: true, patch: { hook: 'New words' } });
    expect((await get(`/v1/content/${id}`)).body).toMatchObject({
      status: 'queued',
      preview: before.preview,
      assets: before.assets,
      hook: 'New words',
    });
    expect((await post(`/v1/content/${simulator.addContainer({ creativeType: 'uploaded' })}/regenerate`)).status).toBe(422);
  });

  test('clones into new containers', async () => {
    const { simulator, post } = setup();
    const id = simulator.addContainer({ state: 'completed' });
    const one = await post(`/v1/content/${id}/clone-from-post`, { mode: 'fork' });
    expect([one.status, typeof one.body.containerId]).toEqual([202, 'string']);
    expect((await post(`/v1/content/${id}/clone-from-post`, { mode: 'reimagine', variations: 10 })).body.containerIds).toHaveLength(10);
    expect((await post(`/v1/content/${id}/clone-from-post`, { mode: 'copy' })).status).toBe(422);
    expect((await post(`/v1/content/${id}/clone-from-post`, { mode: 'fork', variations: 11 })).status).toBe(422);
  });
});

describe('what generation costs', () => {
  test('reserves credits, spends them on completion, gives them back otherwise, and answers 402 without', async () => {
    const { get, post, project, advance } = setup({ credits: 170, generation: slow });
    const path = `/v1/projects/${project}/content`;
    await post(`${path}/ugc-remix`, { influencerId });
    expect((await get('/v1/credits')).body).toMatchObject({ balance: 170, reservedCredits: 120, available: 50 });
    const refused = await post(`${path}/ugc-remix`, { influencerId });
    expect([refused.status, refused.body.error.code]).toEqual([402, 'BILLING_EXHAUSTED']);
    const { body } = await post(`${path}/slideshow-builder`, { hook: 'Hi' });
    await post(`/v1/jobs/${body.jobId}/cancel`);
    advance(80_000);
    expect((await get('/v1/credits')).body).toMatchObject({ balance: 50, reservedCredits: 0, available: 50 });
    expect((await get('/v1/whoami')).body.creditBalance).toBe(50);
  });

  test('caps the jobs that run at once when asked to', async () => {
    const { post, project, advance } = setup({ maxConcurrentJobs: 1, generation: slow });
    const path = `/v1/projects/${project}/content/slideshow-builder`;
    await post(path, { hook: 'Hi' });
    const refused = await post(path, { hook: 'Hi' });
    expect([refused.status, refused.body.error.code, refused.headers.get('retry-after')]).toEqual([429, 'CONCURRENCY_LIMITED', '30']);
    advance(80_000);
    expect((await post(path, { hook: 'Hi' })).status).toBe(202);
  });
});

describe('Idempotency-Key', () => {
  const key = { 'idempotency-key': '7c2f1a3e-0b4c-4a11-9f7e-33c0a2c1bd55' };

  test('replays the first answer, also with other spacing, and makes one container', async () => {
    const { get, post, project, advance } = setup();
    const path = `/v1/projects/${project}/content/slideshow-builder`;
    const first = await post(path, { hook: 'Hi' }, key);
    advance(86_399_000);
    const second = await post(path, '{ "hook": "Hi" }', key);
    expect([second.status, second.text, second.headers.get('idempotent-replayed')]).toEqual([202, first.text, 'true']);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect((await get(`/v1/projects/${project}/content`)).body.items).toHaveLength(1);
    advance(2000);
    expect((await post(path, { hook: 'Hi' }, key)).body.jobId).not.toBe(first.body.jobId);
  });

  test('answers 409 to another body or another route', async () => {
    const { post, project } = setup();
    const path = `/v1/projects/${project}/content/slideshow-builder`;
    await post(path, { hook: 'Hi' }, key);
    for (const [other, body] of [
      [path, { hook: 'Ho' }],
      [`/v1/projects/${project}/content`, { hook: 'Hi' }],
    ] as const) {
      const refused = await post(other, body, key);
      expect([refused.status, refused.body.error.code]).toEqual([409, 'IDEMPOTENCY_CONFLICT']);
    }
  });

  test('belongs to one API key, and forgets refusals', async () => {
    const { post, project } = setup({ apiKeys: [{ key: 'a' }, { key: 'b' }] });
    const path = `/v1/projects/${project}/content/slideshow-builder`;
    const a = { ...key, authorization: 'Bearer a' };
    expect((await post(path, {}, a)).status).toBe(422);
    const one = await post(path, { hook: 'Hi' }, a);
    const two = await post(path, { hook: 'Hi' }, { ...key, authorization: 'Bearer b' });
    expect([one.status, two.status]).toEqual([202, 202]);
    expect(one.body.jobId).not.toBe(two.body.jobId);
  });
});
