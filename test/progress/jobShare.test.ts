import { describe, expect, it } from 'vitest';
import { parseProgress } from '../../src/model/progress.js';
import type { ContainerProgress } from '../../src/progress/ContainerProgress.js';
import { advanceProgress } from '../../src/progress/advanceProgress.js';
import { progressAt } from '../../src/progress/progressAt.js';
import { date, snapshot } from './support.js';

/** A job in the place of a progress, as the route can answer. */
const job = (progress: number, more: object = {}) => parseProgress({ jobId: 'job_1', status: 'running', progress, ...more }, 'cnt_1');

const advance = (shares: number[], createdAt: string | null = null) =>
  shares.reduce<ContainerProgress | null>(
    (before, share, index) => advanceProgress(before, job(share, { updatedAt: date(30 + 5 * index) }), 5_000 * index, { createdAt }),
    null,
  );

describe('a job in the place of a progress', () => {
  it('is of the container that was asked for, running is processing, and its progress is the share of the whole', () => {
    const read = { containerId: 'cnt_1', status: 'processing', rawStatus: 'running', stageProgress: null, jobProgress: 0.4 };
    expect(job(0.4)).toMatchObject(read);
    expect(job(0.4, { containerId: 'cnt_other' })).toMatchObject(read);
    expect(parseProgress({ jobId: 'job_1', containerId: 'cnt_1', status: 'running', progress: 0.4 })).toMatchObject(read);
    expect(job(7)).toMatchObject({ jobProgress: 1 });
    expect(job(Number.NaN)).not.toHaveProperty('jobProgress');
  });

  it.each(['completed', 'failed', 'canceled'] as const)('that is %s ends it', (status) => {
    expect(job(1, { status })).toMatchObject({ status });
  });

  it('needs a container, from the request or in the body', () => {
    expect(() => parseProgress({ jobId: 'job_1', status: 'running', progress: 0.4 })).toThrow('`containerId` is missing');
  });

  it('is told by its `jobId`: without one, `running` and `progress` mean nothing, and the body names its container', () => {
    expect(parseProgress({ containerId: 'cnt_1', status: 'running', progress: 0.4 }, 'cnt_1')).toMatchObject({ status: 'unknown' });
    expect(parseProgress({ containerId: 'cnt_1', status: 'running', progress: 0.4 })).not.toHaveProperty('jobProgress');
    expect(() => parseProgress({ status: 'processing' }, 'cnt_1')).toThrow('`containerId` is missing');
  });
});

describe('the share of a whole job', () => {
  it('is the percent, and never falls', () => {
    expect(advance([0.4])).toMatchObject({ percent: 40, basis: 'job', remainingSeconds: null });
    expect(advance([0.4, 0.6])?.percent).toBe(60);
    expect(advance([0.4, 0.6, 0.2])?.percent).toBeGreaterThanOrEqual(60);
    expect(advance([0.4, 1])?.percent).toBeLessThanOrEqual(99);
  });

  it('tells the time left once it is known when the job began', () => {
    // 35 s for the first half.
    expect(advance([0.4, 0.5], date(0))?.remainingSeconds).toBeCloseTo(35, 5);
  });

  it('does not outlive its life', () => {
    const known = advance([0.8]);
    const ended = advanceProgress(known, job(1, { status: 'completed', updatedAt: date(60) }), 30_000);
    expect(ended).toMatchObject({ percent: 100, basis: 'completed' });
    const again = advanceProgress(ended, snapshot(70, { etaSeconds: null }), 40_000);
    expect(again).toMatchObject({ percent: null, stageProgress: 0.1 });
    expect(again).not.toHaveProperty('jobProgress');
  });

  it('moves on between two tellings at the pace so far, and beside an ETA is only what the bar does not fall behind', () => {
    const options = { createdAt: date(0) };
    const told = advanceProgress(null, job(0.5, { updatedAt: date(50) }), 50_000, options);
    const next = advanceProgress(told, snapshot(54, { etaSeconds: null }), 54_000, options);
    expect(next.basis).toBe('job');
    expect(progressAt(next, 54_000).percent).toBeCloseTo(54, 0);
    expect(next.remainingSeconds).toBeCloseTo(46, 0);
    const estimated = advanceProgress(next, snapshot(56, { etaSeconds: 150 }), 56_000, options);
    expect(estimated.basis).toBe('eta');
    expect(estimated.percent).toBeGreaterThanOrEqual(54);
  });

  it('dates a reading without a date by the time of the server', () => {
    const now = { createdAt: null, jobStartedAt: date(0), serverTime: date(40) };
    expect(advanceProgress(null, job(0.4), 1_000, now).remainingSeconds).toBeCloseTo(60, 5);
  });
});
