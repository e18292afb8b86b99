import { describe, expect, it } from 'vitest';
import { advanceProgress } from '../../src/progress/advanceProgress.js';
import { date, fold, snapshot, wholeLife } from './support.js';

const completed = (at: number) =>
  snapshot(at, { status: 'completed', rawStatus: 'completed', stage: 'finalizing', stageProgress: 1, etaSeconds: null });
const failed = (at: number) => snapshot(at, { status: 'failed', rawStatus: 'failed', stageProgress: 0.3, etaSeconds: null });

describe('lives', () => {
  it.each([completed(20), failed(20), snapshot(20, { status: 'canceled', rawStatus: 'canceled' })])(
    'is absorbed by $status',
    (terminal) => {
      const end = fold([
        [0, snapshot(0)],
        [20, terminal],
      ]);
      for (const late of [
        snapshot(18),
        snapshot(20, { stageProgress: 0.9 }),
        snapshot(0, { updatedAt: null }),
        completed(30),
        failed(30),
      ]) {
        expect(advanceProgress(end, late, 30_000)).toBe(end);
      }
    },
  );

  it('starts a new life for a newer snapshot in flight', () => {
    const end = fold([
      [0, snapshot(0)],
      [20, completed(20)],
    ]);
    const again = advanceProgress(end, snapshot(60, { status: 'queued', rawStatus: 'queued', stage: null, stageProgress: 0 }), 60_000);
    expect(again).toMatchObject({ percent: null, isTerminal: false, startedAt: 60_000, stageStartedAt: 60_000, stages: [] });
    const running = advanceProgress(again, snapshot(62, { etaSeconds: 98 }), 62_000);
    expect(running.percent).toBeLessThan(10);
    expect(advanceProgress(running, completed(20), 64_000)).toBe(running);
  });

  it('does not take createdAt for the start of a life that was regenerated', () => {
    const end = fold(
      [
        [0, snapshot(0)],
        [20, completed(20)],
      ],
      { createdAt: date(-600) },
    );
    expect(advanceProgress(end, snapshot(24), 24_000, { createdAt: date(-600) }).percent).toBe(0);
  });

  it('claims no share of a regeneration that nobody saw begin, until its job tells when it did', () => {
    const end = fold([[20, completed(20)]]);
    const again = advanceProgress(end, snapshot(90), 90_000, { createdAt: date(-600) });
    expect(again.percent).toBeNull();
    expect(again.remainingSeconds).toBeCloseTo(60, -1);
    const told = advanceProgress(again, snapshot(92), 92_000, { createdAt: date(-600), jobStartedAt: date(30) });
    expect(told.percent).toBeCloseTo(51, -1);
  });
});

describe('stages', () => {
  it('never shows less of a stage than before, and takes a missing share for no news', () => {
    const progress = fold([
      [0, snapshot(0, { stageProgress: 0.6 })],
      [2, snapshot(2, { stageProgress: 0.4 })],
      [4, snapshot(4, { stageProgress: null })],
    ]);
    expect(progress.stageProgress).toBe(0.6);
  });

  it('shows a stage that the server runs again from its start, but not one that an undated answer brings back', () => {
    const left: [number, ReturnType<typeof snapshot>][] = [
      [0, snapshot(0, { stageProgress: 0.9 })],
      [2, snapshot(2, { stage: 'finalizing', stageProgress: 0.2 })],
    ];
    expect(fold([...left, [4, snapshot(4, { stageProgress: 0.1 })]]).stageProgress).toBe(0.1);
    expect(fold([...left, [4, snapshot(4, { stageProgress: 0.1, updatedAt: null })]]).stageProgress).toBe(0.9);
    expect(fold([...left, [4, snapshot(4, { stageProgress: 0.1 })]]).stages).toEqual(['generating_visuals', 'finalizing']);
  });

  it('keeps stageStartedAt within a stage, also while the server names none, and moves it at the next', () => {
    const steps = [
      [0, snapshot(0)],
      [10, snapshot(10)],
      [12, snapshot(12, { stage: null })],
      [31, snapshot(31)],
    ] satisfies [number, ReturnType<typeof snapshot>][];
    expect(fold(steps)).toMatchObject({ stageStartedAt: 0, observedAt: 31_000, stages: ['generating_visuals'] });
    expect(fold([...steps, [33, snapshot(33, { stage: 'finalizing' })]])).toMatchObject({ stageStartedAt: 33_000, startedAt: 0 });
  });
});

describe('time', () => {
  it('stands still where the clock is not a number or runs backwards', () => {
    const before = fold([[10, snapshot(0)]], { createdAt: date(0) });
    for (const now of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3, -1e300]) {
      const after = advanceProgress(before, snapshot(2, { stageProgress: 0.2 }), now);
      expect(after).toMatchObject({ observedAt: 10_000, stageProgress: 0.2 });
      expect(after.percent).toBeGreaterThanOrEqual(before.percent ?? 0);
    }
  });

  it('gives the same output for the same input, as plain JSON', () => {
    const steps = wholeLife(1, (left) => left);
    for (let length = 1; length <= steps.length; length++) {
      const progress = fold(steps.slice(0, length));
      expect(progress).toStrictEqual(fold(steps.slice(0, length)));
      expect(JSON.parse(JSON.stringify(progress))).toStrictEqual(progress);
    }
  });
});
