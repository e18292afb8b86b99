import { describe, expect, test } from 'vitest';
import { setup, slow, start } from './support.js';

describe('a container on its way', () => {
  test('shows the picture that a hook goes with', async () => {
    const { simulator, get } = setup();
    const hooks = { 'Your evenings are not a backlog': 'evening-calendar', 'POV: three minutes\nwithout your phone': 'slow-coffee' };
    for (const [hook, name] of Object.entries(hooks)) {
      const id = simulator.addContainer({ format: 'ugc-remix', state: 'completed', hook });
      const { body } = await get(`/v1/content/${id}`);
      expect(body.preview?.primaryUrl).toContain(name);
    }
  });

  test('is safe to read in flight: what is not there yet is null or empty', async () => {
    const { simulator, get, advance } = setup({ generation: slow });
    const id = simulator.addContainer({ format: 'slideshow-builder', hook: 'wait for it...\nthis 🧠' });
    for (const status of ['queued', 'processing']) {
      const { body } = await get(`/v1/content/${id}`);
      expect(body).toMatchObject({
        status,
        hook: 'wait for it...\nthis 🧠',
        caption: null,
        preview: null,
        assets: [],
        completedAt: null,
        failedAt: null,
        lastError: null,
      });
      advance(5000);
    }
  });

  test('goes through its stages; stageProgress starts again at each', async () => {
    const { simulator, get, advance } = setup({ generation: slow });
    const id = simulator.addContainer();
    const seen: unknown[] = [];
    for (const step of [0, 2000, 5000, 5000, 30_000, 30_000, 4000, 4000]) {
      advance(step);
      const { status, stage, stageProgress, etaSeconds } = (await get(`/v1/content/${id}/progress`)).body;
      seen.push([status, stage, stageProgress, etaSeconds]);
    }
    expect(seen).toEqual([
      ['queued', 'queued', 0, 80],
      ['processing', 'writing_script', 0, 78],
      ['processing', 'writing_script', 0.5, 73],
      ['processing', 'generating_visuals', 0, 68],
      ['processing', 'generating_visuals', 0.5, 38],
      ['processing', 'finalizing', 0, 8],
      ['processing', 'finalizing', 0.5, 4],
      ['completed', 'finalizing', 1, null],
    ]);
  });

  test('completes with a preview of every kind', async () => {
    const { simulator, get } = setup({ mediaBaseUrl: 'https://cdn.example/files' });
    const read = async (kind: 'video' | 'slideshow' | 'image') => {
      const id = simulator.addContainer({ state: 'completed', generation: { kind } });
      return (await get(`/v1/content/${id}`)).body;
    };
    const video = await read('video');
    expect(video.preview).not.toHaveProperty('imageUrls');
    expect(video.preview?.primaryUrl).toBe(video.preview?.videoUrl);
    expect(video.preview?.videoUrl).toMatch(/^https:\/\/cdn\.example\/files\/[\w-]+\.mp4$/);
    expect(video.preview?.hlsUrl).toBeNull();
    const slideshow = await read('slideshow');
    expect(slideshow.preview?.imageUrls).toHaveLength(5);
    expect(slideshow.assets).toHaveLength(5);
    expect(slideshow.preview).toMatchObject({ videoUrl: null, durationMs: null, thumbnailUrl: slideshow.preview?.imageUrls?.[0] });
    const image = await read('image');
    expect(image.preview).toMatchObject({ kind: 'image', imageUrls: [image.preview?.primaryUrl], thumbnailUrl: image.preview?.primaryUrl });
  });

  test('can lack a poster and a probed duration, and can have HLS', async () => {
    const { simulator, get } = setup();
    const bare = simulator.addContainer({ state: 'completed', generation: { kind: 'video', poster: false, probed: false } });
    expect((await get(`/v1/content/${bare}`)).body.preview).toMatchObject({ thumbnailUrl: null, durationMs: null, kind: 'video' });
    const urls = new Set<string | null | undefined>();
    for (let index = 0; index < 12; index += 1) {
      const id = simulator.addContainer({ state: 'completed', generation: { kind: 'video', hls: true } });
      urls.add((await get(`/v1/content/${id}`)).body.preview?.hlsUrl);
    }
    expect([...urls].some((url) => url?.endsWith('.m3u8'))).toBe(true);
  });

  test('fails where it was told to: stage and stageProgress stay, the container has the error', async () => {
    const lastError = { code: 'CONTENT_POLICY', message: 'Declined.' };
    const { simulator, get, advance } = setup();
    const id = simulator.addContainer({ generation: { ...slow, outcome: 'failed', endsAt: 0.375, lastError } });
    advance(29_000);
    expect((await get(`/v1/content/${id}/progress`)).body).toMatchObject({ status: 'processing', stageProgress: 0.28 });
    advance(60_000);
    const { body } = await get(`/v1/content/${id}/progress`);
    expect(body).toMatchObject({ status: 'failed', stage: 'generating_visuals', stageProgress: 0.3, etaSeconds: null });
    expect(body.updatedAt).toBe('2026-04-18T09:30:30Z');
    const container = (await get(`/v1/content/${id}`)).body;
    expect(container).toMatchObject({ lastError, failedAt: '2026-04-18T09:30:30Z', completedAt: null, preview: null, assets: [] });
  });

  test('can be canceled by plan, and can stall for ever with a body that never moves', async () => {
    const { simulator, get, advance } = setup();
    const canceled = simulator.addContainer({ generation: { ...slow, outcome: 'canceled' } });
    const stalled = simulator.addContainer({ generation: { ...slow, outcome: 'stalled', endsAt: 0.5, eta: 'noisy' } });
    advance(60_000);
    expect((await get(`/v1/content/${canceled}`)).body).toMatchObject({ status: 'canceled', lastError: null, failedAt: null });
    const before = await get(`/v1/content/${stalled}/progress`);
    expect(before.body).toMatchObject({ status: 'processing', updatedAt: '2026-04-18T09:30:40Z' });
    advance(3_600_000);
    expect((await get(`/v1/content/${stalled}/progress`)).text).toBe(before.text);
  });

  test('gives the same bytes within a second, and later updatedAt after it', async () => {
    const { simulator, get, advance } = setup({ generation: { ...slow, eta: 'noisy' } });
    const id = simulator.addContainer();
    advance(20_100);
    const first = await get(`/v1/content/${id}/progress`);
    advance(800);
    expect((await get(`/v1/content/${id}/progress`)).text).toBe(first.text);
    advance(200);
    const second = await get(`/v1/content/${id}/progress`);
    expect(second.body.updatedAt > first.body.updatedAt).toBe(true);
  });

  test('estimates within 30% when noisy, and not at all when told so', async () => {
    const { simulator, get, advance } = setup();
    const noisy = simulator.addContainer({ generation: { ...slow, eta: 'noisy' } });
    const silent = simulator.addContainer({ generation: { ...slow, eta: 'none' } });
    const ratios = new Set<number>();
    for (let second = 1; second < 60; second += 1) {
      advance(1000);
      const eta = (await get(`/v1/content/${noisy}/progress`)).body.etaSeconds ?? Number.NaN;
      ratios.add(eta / (80 - second));
    }
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(0.65);
    expect(Math.max(...ratios)).toBeLessThanOrEqual(1.35);
    expect(Math.max(...ratios) - Math.min(...ratios)).toBeGreaterThan(0.2);
    expect((await get(`/v1/content/${silent}/progress`)).body.etaSeconds).toBeNull();
  });

  test('can be finished, decided and removed by hand', async () => {
    const { simulator, get, advance } = setup({ generation: { ...slow, outcome: 'stalled' } });
    const [one, two] = [simulator.addContainer(), simulator.addContainer()];
    advance(10_000);
    simulator.finish(one);
    simulator.finish(two, 'failed');
    expect((await get(`/v1/content/${one}`)).body).toMatchObject({ status: 'completed', completedAt: '2026-04-18T09:30:10Z' });
    expect((await get(`/v1/content/${two}`)).body.lastError?.code).toMatch(/^[A-Z_]+$/);
    simulator.finish(two, 'completed');
    expect((await get(`/v1/content/${two}`)).body.status).toBe('failed');
    simulator.decide(one, 'rejected');
    expect((await get(`/v1/content/${one}`)).body.approvalStatus).toBe('rejected');
    simulator.removeContainer(one);
    expect((await get(`/v1/content/${one}`)).status).toBe(404);
    expect(() => simulator.finish(one)).toThrow('has no container');
  });
});

describe('ids and assets', () => {
  test('a bare uuid names the same container', async () => {
    const { simulator, get, project } = setup();
    const id = simulator.addContainer();
    expect((await get(`/v1/content/${id.slice(4)}`)).body.id).toBe(id);
    expect((await get(`/v1/projects/${project.slice(4)}/content`)).body.items).toHaveLength(1);
  });

  test('unknown and foreign ids answer 404 alike', async () => {
    const mine = 'prj_11111111-1111-4111-8111-111111111111';
    const theirs = 'prj_22222222-2222-4222-8222-222222222222';
    const { simulator, get } = setup({ projectIds: [mine, theirs], apiKeys: [{ key: 'a', projectIds: [mine] }, { key: 'b' }] });
    const id = simulator.addContainer({ projectId: theirs });
    const key = { authorization: 'Bearer a' };
    const paths = [`/v1/content/${id}`, `/v1/content/${id}/progress`, `/v1/projects/${theirs}/content`, `/v1/jobs/${simulator.jobId(id)}`];
    for (const path of [...paths, '/v1/content/cnt_nope', '/v1/jobs/job_nope', '/v1/projects/nope/content']) {
      const { status, body } = await get(path, key);
      expect([path, status, body.error.code]).toEqual([path, 404, 'NOT_FOUND']);
    }
    expect((await get('/v1/projects', key)).body.items.map((item) => item.id)).toEqual([mine]);
    for (const path of paths) expect((await get(path, { authorization: 'Bearer b' })).status).toBe(200);
  });

  test('an asset is described by its opaque id', async () => {
    const { simulator, get } = setup();
    const id = simulator.addContainer({ state: 'completed', generation: { kind: 'video' } });
    const [asset] = (await get(`/v1/content/${id}`)).body.assets;
    const { body } = await get(`/v1/content/${id}/assets/${asset?.assetId}`);
    expect(body).toMatchObject({ ...asset, containerId: id, mimeType: 'video/mp4' });
    expect(typeof body.durationMs).toBe('number');
    expect((await get(`/v1/content/${id}/assets/video-nope`)).status).toBe(404);
    const picture = simulator.addContainer({ state: 'completed', generation: { kind: 'image' } });
    const [file] = (await get(`/v1/content/${picture}`)).body.assets;
    expect((await get(`/v1/content/${picture}/assets/${file?.assetId}`)).body).not.toHaveProperty('durationMs');
  });

  test('a container made in the past is finished by the clock alone', async () => {
    const { simulator, get } = setup({ generation: slow });
    const id = simulator.addContainer({ createdAt: start - 80_000 });
    expect((await get(`/v1/content/${id}`)).body).toMatchObject({ status: 'completed', completedAt: '2026-04-18T09:30:00Z' });
  });
});
