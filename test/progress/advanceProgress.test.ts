import { describe, expect, it } from 'vitest';
import { advanceProgress } from '../../src/progress/advanceProgress.js';
import { progressAt } from '../../src/progress/progressAt.js';
import { date, fold, snapshot, wholeLife } from './support.js';

const completed = (at: number) =>
  snapshot(at, { status: 'completed', rawStatus: 'completed', stage: 'finalizing', stageProgress: 1, etaSeconds: null });
const failed = (at: number) => snapshot(at, { status: 'failed', rawStatus: 'failed', stageProgress: 0.3, etaSeconds: null });

/** The snapshots tell a job that began with the first. */
const fromStart = (steps: Parameters<typeof fold>[0]) => fold(steps, { createdAt: date(0) });

describe('percent', () => {
  it('does not fall when the ETA jumps up', () => {
    const before = fromStart([
      [0, snapshot(0)],
      [10, snapshot(10, { etaSeconds: 40 })],
    ]);
    const after = advanceProgress(before, snapshot(12, { etaSeconds: 600 }), 12_000);
    expect(after.percent).toBeGreaterThanOrEqual(progressAt(before, 12_000).percent ?? 0);
  });

  it('does not fall when the stage resets its share', () => {
    const before = fromStart([
      [0, snapshot(0)],
      [30, snapshot(30, { stageProgress: 1, etaSeconds: 30 })],
    ]);
    const after = advanceProgress(before, snapshot(32, { stage: 'finalizing', stageProgress: 0, etaSeconds: 29 }), 32_000);
    expect(after.percent).toBeGreaterThanOrEqual(before.percent ?? 0);
    expect(after.stageProgress).toBe(0);
  });

  it('is at most 99 before the container is completed, even at an ETA of 0', () => {
    const progress = fromStart([
      [0, snapshot(0, { etaSeconds: 1 })],
      [500, snapshot(500, { etaSeconds: 0, stageProgress: 1 })],
    ]);
    expect(progress.percent).toBeLessThanOrEqual(99);
    expect(progressAt(progress, 1e9).percent).toBeLessThanOrEqual(99);
  });

  it('is 100 when completed, also when that is the first reading', () => {
    expect(fold([[0, completed(0)]])).toMatchObject({
      percent: 100,
      basis: 'completed',
      isTerminal: true,
      percentPerSecond: null,
      remainingSeconds: null,
    });
    expect(
      fold([
        [0, snapshot(0)],
        [2, completed(2)],
      ]).percent,
    ).toBe(100);
  });

  it('keeps its last value on failed and canceled, and the bar stays where it was', () => {
    const before = fromStart([
      [0, snapshot(0)],
      [20, snapshot(20, { etaSeconds: 40 })],
    ]);
    const after = advanceProgress(before, failed(22), 22_000);
    expect(after).toMatchObject({ percent: before.percent, isTerminal: true, percentPerSecond: null, remainingSeconds: null });
    expect(progressAt(after, 99_000).percent).toBe(progressAt(before, 22_000).percent);
    expect(fold([[0, failed(0)]]).percent).toBeNull();
  });

  it('is null while queued, with or without an ETA', () => {
    const queued = snapshot(0, { status: 'queued', rawStatus: 'queued', stage: null, stageProgress: null });
    expect(fold([[0, queued]])).toMatchObject({ percent: null, basis: null, percentPerSecond: null });
  });

  it('makes no new claim on a status from a newer server, and is not terminal', () => {
    const strange = (at: number) => snapshot(at, { status: 'unknown', rawStatus: 'polishing' });
    expect(fold([[0, strange(0)]])).toMatchObject({ percent: null, isTerminal: false });
    const before = fromStart([
      [0, snapshot(0)],
      [20, snapshot(20, { etaSeconds: 40 })],
    ]);
    const during = advanceProgress(before, strange(22), 22_000);
    expect(during).toMatchObject({ percent: before.percent, basis: before.basis, percentPerSecond: null, rawStatus: 'polishing' });
    const after = advanceProgress(during, snapshot(24, { etaSeconds: 36 }), 24_000);
    expect(after.percent).toBeGreaterThanOrEqual(progressAt(during, 24_000).percent ?? 0);
  });

  it('is null without a basis: no ETA, no plan, nothing learned', () => {
    const steps = wholeLife().slice(0, -1);
    expect(fold(steps)).toMatchObject({ percent: null, basis: null, percentPerSecond: null, remainingSeconds: null });
  });
});

describe('order', () => {
  it('gives previous itself for an older snapshot', () => {
    const before = fold([[0, snapshot(10)]]);
    expect(advanceProgress(before, snapshot(8, { stageProgress: 0.9 }), 2000)).toBe(before);
    expect(advanceProgress(before, completed(8), 2000)).toBe(before);
  });

  it('gives previous itself for an equal snapshot, whatever the time', () => {
    const before = fold([[0, snapshot(0)]]);
    expect(advanceProgress(before, snapshot(0), 60_000)).toBe(before);
    const undated = fold([[0, snapshot(0, { updatedAt: null })]]);
    expect(advanceProgress(undated, snapshot(0, { updatedAt: null }), 60_000)).toBe(undated);
    const lower = fold([
      [0, snapshot(0, { stageProgress: 0.5 })],
      [2, snapshot(2, { stageProgress: 0.4 })],
    ]);
    expect(advanceProgress(lower, snapshot(2, { stageProgress: 0.4 }), 4000)).toBe(lower);
  });

  it.each([null, 'yesterday', ''])('takes in a snapshot dated %j as not older', (updatedAt) => {
    const before = fold([[0, snapshot(10)]]);
    expect(advanceProgress(before, snapshot(0, { updatedAt, stageProgress: 0.2 }), 2000).stageProgress).toBe(0.2);
  });

  it('remembers the newest date over a snapshot without one', () => {
    const before = fold([
      [0, snapshot(10)],
      [2, snapshot(0, { updatedAt: null, stageProgress: 0.2 })],
    ]);
    expect(advanceProgress(before, snapshot(5, { stageProgress: 0.9 }), 4000)).toBe(before);
  });

  it('compares server dates only with server dates: a browser clock that is hours off changes nothing', () => {
    const steps = wholeLife(1, (left) => left);
    const shifted = fold(steps.slice(0, 20).map(([at, one]) => [at + 7200, one]));
    expect(shifted.percent).toBeCloseTo(fold(steps.slice(0, 20)).percent ?? Number.NaN, 6);
  });

  it('starts over for another container, but not for another spelling of the same id', () => {
    const before = fold([
      [0, snapshot(10)],
      [20, snapshot(30, { etaSeconds: 20 })],
    ]);
    expect(advanceProgress(before, snapshot(5, { containerId: 'cnt_2' }), 22_000)).toMatchObject({
      containerId: 'cnt_2',
      startedAt: 22_000,
    });
    expect(advanceProgress(before, snapshot(32, { containerId: '1' }), 22_000).startedAt).toBe(0);
  });
});
