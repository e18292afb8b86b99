import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advanceJob, type Job, parseJob } from '../../src/model/index.js';

const running = (part: object = {}) => parseJob({ jobId: 'job_1', kind: 'content_generate', status: 'running', ...part });

describe('advanceJob', () => {
  test('keeps what only the 202 tells', () => {
    const accepted = running({ stage: 'queued', projectId: 'prj_1', containerIds: ['cnt_1'], startedAt: '2026-04-18T12:04:11.000Z' });
    expect(advanceJob(accepted, running({ stage: 'generating_visuals', progress: 0.42 }))).toMatchObject({
      projectId: 'prj_1',
      containerIds: ['cnt_1'],
      startedAt: '2026-04-18T12:04:11.000Z',
      stage: 'generating_visuals',
      progress: 0.42,
    });
  });

  test('another job begins anew', () => {
    expect(advanceJob(running({ progress: 0.9 }), parseJob({ jobId: 'job_2', status: 'running', progress: 0.1 })).progress).toBe(0.1);
  });

  test('one that failed or was stopped stays where it was', () => {
    expect(advanceJob(running({ progress: 0.4 }), running({ status: 'failed' })).progress).toBe(0.4);
    expect(advanceJob(running({ progress: 0.4 }), running({ status: 'canceled' })).progress).toBe(0.4);
  });

  test('whatever comes in whatever order, progress never falls and an end stays', () => {
    const readings = fc.array(
      fc.record({
        status: fc.constantFrom('running', 'running', 'running', 'completed', 'failed', 'canceled', 'new_word'),
        progress: fc.option(fc.double({ min: -1, max: 2 }), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(readings, (all) => {
        const jobs: Job[] = [];
        for (const reading of all) jobs.push(advanceJob(jobs.at(-1) ?? null, running(reading)));
        const shares = jobs.map(({ progress }) => progress ?? 0);
        expect(shares).toEqual([...shares].sort((one, other) => one - other));
        const end = jobs.findIndex(({ status }) => status !== 'running');
        expect(end === -1 || jobs.slice(end).every((job) => job === jobs[end])).toBe(true);
      }),
    );
  });
});
