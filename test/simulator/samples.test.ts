import { describe, expect, test } from 'vitest';
import { keys, sample, setup, slow } from './support.js';

describe('current edition, against the documented samples', () => {
  test('a completed video container has the members of the sample', async () => {
    const { simulator, get } = setup();
    const id = simulator.addContainer({ format: 'ugc-remix', state: 'completed' });
    const { body } = await get(`/v1/content/${id}`);
    const expected = sample('get-container.edition-new.completed-video.json');
    expect(keys(body)).toEqual(keys(expected));
    expect(keys(body.preview)).toEqual(keys(expected.preview));
    expect(keys(body.preview)).toEqual(keys(sample('preview.edition-new.video.json')));
    expect(keys(body.assets[0])).toEqual(keys((expected.assets as unknown[])[0]));
    expect(body.id).toMatch(/^cnt_[0-9a-f-]{36}$/);
    expect(body.projectId).toMatch(/^prj_[0-9a-f-]{36}$/);
  });

  test('an upload adds platformFit, and has neither format nor hook', async () => {
    const { simulator, get } = setup();
    const { body } = await get(`/v1/content/${simulator.addContainer({ creativeType: 'uploaded', hook: 'ignored' })}`);
    expect(body).toMatchObject({ status: 'completed', format: null, hook: null, creativeType: 'uploaded', adsEnrollment: 'opted_out' });
    const fit = sample('get-container.edition-new.uploaded-platformFit-fragment.json').platformFit as unknown[];
    expect(keys((body.platformFit as unknown[])[0])).toEqual(keys(fit[0]));
  });

  test.each([
    ['processing', 20_000],
    ['completed', 80_000],
  ])('progress while %s has the members of the sample', async (status, after) => {
    const { simulator, get, advance } = setup({ generation: slow });
    const id = simulator.addContainer();
    advance(after);
    const { body } = await get(`/v1/content/${id}/progress`);
    expect(keys(body)).toEqual(keys(sample(`get-progress.edition-new.${status}.json`)));
    expect(body.status).toBe(status);
  });

  test('jobs, running and completed', async () => {
    const { simulator, get, advance } = setup({ generation: slow });
    const path = `/v1/jobs/${simulator.jobId(simulator.addContainer())}`;
    const running = await get(path);
    expect(keys(running.body)).toEqual(keys(sample('get-job.edition-new.running.json')));
    advance(80_000);
    const { body } = await get(path);
    const expected = sample('get-job.edition-new.completed.jsonc');
    expect(keys(body)).toEqual(keys({ ...expected, startedAt: '' }));
    expect(keys(body.result)).toEqual(keys(expected.result));
  });

  test('the 202 of a generate route, approvals, policy, whoami, credits, projects, asset', async () => {
    const { simulator, get, post, patch, project } = setup();
    const accepted = await post(`/v1/projects/${project}/content/slideshow-builder`, { hook: 'Hello' });
    const { containerId: _, ...rest } = sample('job-accepted.edition-new.running-202.json');
    expect(keys(accepted.body)).toEqual(keys({ ...rest, containerIds: [] }));
    const [one, two] = [simulator.addContainer({ state: 'completed' }), simulator.addContainer({ state: 'completed' })];
    expect(keys((await post(`/v1/content/${one}/approve`)).body)).toEqual(keys(sample('approve.edition-new.approved.json')));
    const rejected = await post(`/v1/content/${two}/reject`, { reason: 'Off-brand.' });
    expect(keys(rejected.body)).toEqual(keys(sample('reject.edition-new.rejected.json')));
    const again = await post(`/v1/content/${two}/reject`, { reason: 'Off-brand.' });
    const documented = sample('reject.edition-new.error-409-already-rejected.json') as { error: object };
    expect(again.body.error).toEqual({ ...documented.error, requestId: again.body.error.requestId });
    const policy = await patch(`/v1/projects/${project}/content-review-policy`, { policy: 'review_first_n', firstN: 3 });
    expect(keys(policy.body)).toEqual(keys(sample('content-review-policy.edition-new.review-first-n.json')));
    expect(keys((await get('/v1/whoami')).body)).toEqual(keys(sample('whoami.edition-new.ok.json')));
    expect(keys((await get('/v1/credits')).body)).toEqual(keys(sample('credits.edition-new.ok.json')));
    expect(keys((await get('/v1/projects')).body)).toEqual(keys(sample('list-projects.edition-old.page.json')));
    const { body } = await get(`/v1/content/${one}`);
    const asset = await get(`/v1/content/${one}/assets/${body.assets[0]?.assetId}`);
    expect(keys(asset.body)).toEqual(expect.arrayContaining(keys(sample('get-asset.edition-new.video.json'))));
  });
});

describe('old edition, against the documented samples', () => {
  test('a completed container has the members of the sample', async () => {
    const { simulator, get } = setup({ edition: 'legacy' });
    const id = simulator.addContainer({ format: 'video_remix', state: 'completed' });
    const { body } = await get(`/v1/content/${id}`);
    const expected = sample('get-container.edition-old.completed.json');
    expect(keys(body)).toEqual(keys(expected));
    expect(keys(body.assets[0])).toEqual(keys((expected.assets as unknown[])[0]));
    expect(body.id).toMatch(/^cnt_[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(body.format).toBe('video_remix');
  });

  test('a list row has a primaryAsset and no preview', async () => {
    const { simulator, get, project } = setup({ edition: 'legacy' });
    simulator.addContainer({ format: 'video_remix', state: 'completed' });
    const { body } = await get(`/v1/projects/${project}/content`);
    const [row] = sample('list-containers.edition-old.page.json').items as { primaryAsset: object }[];
    expect(keys(body.items[0])).toEqual(keys(row));
    expect(keys(body.items[0]?.primaryAsset)).toEqual(keys(row?.primaryAsset));
  });

  test('says generating, in progress, container and list, and understands no processing', async () => {
    const { simulator, get, advance, project } = setup({ edition: 'legacy', generation: slow });
    const id = simulator.addContainer();
    advance(20_000);
    const { body } = await get(`/v1/content/${id}/progress`);
    expect(keys(body)).toEqual(keys(sample('get-progress.edition-old.generating.json')));
    expect(body.status).toBe('generating');
    expect((await get(`/v1/content/${id}`)).body.status).toBe('generating');
    expect((await get(`/v1/projects/${project}/content?status=queued&status=generating`)).body.items).toHaveLength(1);
    const refused = await get(`/v1/projects/${project}/content?status=processing`);
    expect([refused.status, refused.body.error.code]).toEqual([400, 'VALIDATION_FAILED']);
  });

  test('the unified generate route takes the documented request and answers the documented 202', async () => {
    const { get, post, project } = setup({ edition: 'legacy' });
    const request = sample('generate-content.edition-old.request.json');
    const { status, body } = await post(`/v1/projects/${project}/content`, request);
    expect(status).toBe(202);
    expect(keys(body)).toEqual(keys(sample('generate-content.edition-old.accepted-202.json')));
    expect((await get(`/v1/content/${body.containerId}`)).body).toMatchObject({ brief: request.brief, format: 'auto', status: 'queued' });
  });

  test('approval-policy in both directions, whoami, and routes of the current edition unknown', async () => {
    const { get, patch, project } = setup({ edition: 'legacy' });
    const path = `/v1/projects/${project}/approval-policy`;
    expect(keys((await get(path)).body)).toEqual(keys(sample('approval-policy.edition-old.gate-on.json')));
    const on = await patch(path, { requiresApproval: true, firstNPostsBlocked: 5, autoApproveAfter: 'PT24H' });
    expect(on.body).toMatchObject({ requiresApproval: true, firstNPostsBlocked: 5, autoApproveAfter: 'PT24H' });
    const off = await patch(path, { requiresApproval: false, firstNPostsBlocked: 0, autoApproveAfter: null });
    expect(off.body).toMatchObject({ requiresApproval: false, firstNPostsBlocked: 0, autoApproveAfter: null });
    const wrong = await patch(path, { firstNPostsBlocked: 51, autoApproveAfter: 'tomorrow', requiresApproval: 'yes' });
    expect([wrong.status, wrong.body.error.code, wrong.body.error.details?.issues?.length]).toEqual([400, 'VALIDATION', 3]);
    expect(keys((await get('/v1/whoami')).body)).toEqual(keys(sample('whoami.edition-old.ok.json')));
    expect((await get(`/v1/projects/${project}/content-review-policy`)).status).toBe(404);
  });
});
