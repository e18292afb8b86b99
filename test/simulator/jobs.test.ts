import { describe, expect, test } from 'vitest';
import { jobAt } from '../../src/simulator/jobs.js';
import { planRun } from '../../src/simulator/plan.js';
import { randomFrom } from '../../src/simulator/random.js';
import { setup, slow, start } from './support.js';

describe('reading a job', () => {
  test('progress only moves forward and the terminal state is sticky', async () => {
    const { simulator, get, advance } = setup({ generation: slow });
    const path = `/v1/jobs/${simulator.jobId(simulator.addContainer())}`;
    const seen: number[] = [];
    for (let second = 0; second < 80; second += 1) {
      seen.push((await get(path)).body.progress);
      advance(1000);
    }
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBeLessThan(1);
    const done = await get(path);
    expect(done.body).toMatchObject({ status: 'completed', finishedAt: '2026-04-18T09:31:20.000Z' });
    advance(86_400_000);
    expect((await get(path)).text).toBe(done.text);
  });

  test('an unchanged job answers 304 to its ETag, and the 304 costs a read', async () => {
    const { simulator, get, advance } = setup({ generation: slow });
    const path = `/v1/jobs/${simulator.jobId(simulator.addContainer())}`;
    const first = await get(path);
    const etag = first.headers.get('etag') ?? '';
    const { reads } = simulator.rateLimit();
    for (const header of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const { status, text, headers } = await get(path, { 'if-none-match': header });
      expect([status, text, headers.get('etag')]).toEqual([304, '', etag]);
    }
    expect(simulator.rateLimit().reads).toBe(reads - 4);
    advance(20_000);
    expect((await get(path, { 'if-none-match': etag })).status).toBe(200);
  });

  test('a failed and a canceled job say how they ended', async () => {
    const { simulator, get, advance } = setup();
    const failed = simulator.jobId(simulator.addContainer({ generation: { ...slow, outcome: 'failed' } }));
    const canceled = simulator.jobId(simulator.addContainer({ generation: { ...slow, outcome: 'canceled' } }));
    advance(80_000);
    const body = (await get(`/v1/jobs/${failed}`)).body;
    expect(body).toMatchObject({ status: 'failed', error: { code: expect.any(String), message: expect.any(String) } });
    expect((await get(`/v1/jobs/${canceled}`)).body).not.toHaveProperty('error');
  });
});

describe('a job with several containers', () => {
  const parts = (outcomes: readonly ('completed' | 'failed' | 'canceled' | 'stalled')[]) =>
    outcomes.map((outcome, index) => ({
      containerId: `cnt_${index}`,
      credits: 50,
      // The second waits ten seconds longer in the queue.
      run: planRun({ ...slow, queuedMs: 2000 + index * 10_000, outcome }, 'video', start, randomFrom(1, index)),
    }));
  const job = (...outcomes: Parameters<typeof parts>[0]) => ({
    jobId: 'job_1',
    projectId: 'prj_1',
    startedAt: start,
    parts: parts(outcomes),
  });

  test('is in the stage of the one furthest behind, and as far as their mean', () => {
    expect(jobAt(job('completed', 'completed'), start + 6000)).toMatchObject({ status: 'running', stage: 'queued', progress: 0.06 });
    expect(jobAt(job('completed', 'completed'), start + 85_000)).toMatchObject({
      status: 'running',
      stage: 'finalizing',
      finishedAt: null,
    });
  });

  test('completes when any of them did, at the time of the last', () => {
    const late = start + 200_000;
    expect(jobAt(job('failed', 'completed'), late)).toMatchObject({ status: 'completed', finishedAt: start + 90_000, error: null });
    expect(jobAt(job('failed', 'canceled'), late)).toMatchObject({ status: 'failed', error: { code: expect.any(String) } });
    expect(jobAt(job('canceled', 'canceled'), late)).toMatchObject({ status: 'canceled', error: null });
    expect(jobAt(job('completed', 'stalled'), late)).toMatchObject({ status: 'running' });
  });
});

describe('canceling a job', () => {
  test('is accepted with 202 and takes effect a moment later', async () => {
    const { simulator, get, post, advance } = setup({ generation: slow });
    const id = simulator.addContainer();
    const path = `/v1/jobs/${simulator.jobId(id)}`;
    advance(30_000);
    const { status, body } = await post(`${path}/cancel`);
    expect([status, body]).toEqual([202, { jobId: simulator.jobId(id), accepted: true }]);
    expect((await get(path)).body.status).toBe('running');
    advance(2000);
    expect((await get(path)).body.status).toBe('canceled');
    expect((await get(`/v1/content/${id}/progress`)).body).toMatchObject({ status: 'canceled', stage: 'generating_visuals' });
  });

  test('answers 200 once the job is over, and 409 in its last stage', async () => {
    const { simulator, post, advance } = setup({ generation: slow });
    const jobId = simulator.jobId(simulator.addContainer());
    advance(75_000);
    const { status, body } = await post(`/v1/jobs/${jobId}/cancel`);
    expect([status, body.error.code]).toEqual([409, 'CONFLICT']);
    expect(body.error.details).toEqual({ subcode: 'JOB_CANCEL_UNAVAILABLE', jobId, stage: 'finalizing' });
    advance(10_000);
    const late = await post(`/v1/jobs/${jobId}/cancel`);
    expect([late.status, late.body]).toEqual([200, { jobId, accepted: false, reason: 'ALREADY_COMPLETED' }]);
  });
});
