import { describe, expect, it } from 'vitest';
import type { ContainerProgress } from '../../src/progress/ContainerProgress.js';
import { advanceProgress, type AdvanceProgressOptions } from '../../src/progress/advanceProgress.js';
import { learnFromProgress, type ProgressHistory } from '../../src/progress/history.js';
import { progressAt } from '../../src/progress/progressAt.js';
import { date, fold, wholeLife } from './support.js';

/** The mean distance between the percent and the true share of time, over one life. */
function meanError(steps: ReturnType<typeof wholeLife>, options?: AdvanceProgressOptions): number {
  const total = steps.at(-1)?.[0] ?? 0;
  let progress: ContainerProgress | null = null;
  let [sum, count] = [0, 0];
  for (const [at, one] of steps.slice(0, -1)) {
    progress = advanceProgress(progress, one, at * 1000, options);
    if (progress.percent === null) continue;
    sum += Math.abs(progress.percent / 100 - at / total);
    count++;
  }
  return count === 0 ? Number.NaN : sum / count;
}

function learnt(paces: number[]): ProgressHistory | null {
  let history: ProgressHistory | null = null;
  for (const pace of paces) history = learnFromProgress(history, fold(wholeLife(pace)), 'video_remix');
  return history;
}

describe('sources', () => {
  it('rests on the ETA', () => {
    expect(meanError(wholeLife(1, (left) => left))).toBeLessThan(0.01);
    expect(fold(wholeLife(1, (left) => left).slice(0, 10)).basis).toBe('eta');
  });

  it('finds out an ETA that is half or double the truth', () => {
    expect(meanError(wholeLife(2, (left) => left / 2))).toBeLessThan(0.05);
    expect(meanError(wholeLife(2, (left) => left * 2))).toBeLessThan(0.05);
  });

  it('goes on counting when the ETA stops coming', () => {
    const steps = wholeLife(1, (left) => (left > 60 ? left : null));
    expect(meanError(steps)).toBeLessThan(0.05);
    expect(fold(steps.slice(0, 40)).basis).toBe('eta');
  });

  it('rests on a plan where there is no ETA', () => {
    const plan = [
      { stage: 'writing_script', seconds: 20 },
      { stage: 'generating_visuals', seconds: 60 },
      { stage: 'finalizing', seconds: 20 },
    ];
    expect(meanError(wholeLife(1), { plan })).toBeLessThan(0.02);
    expect(meanError(wholeLife(1.6), { plan })).toBeLessThan(0.08);
    expect(fold(wholeLife().slice(0, 20), { plan }).basis).toBe('plan');
  });

  it('rests on the order of the stages where a plan has no durations', () => {
    const plan = ['writing_script', 'generating_visuals', 'finalizing'].map((stage) => ({ stage }));
    const progress = fold(wholeLife().slice(0, 30), { plan });
    expect(progress.basis).toBe('stages');
    expect(progress.percent).toBeGreaterThan(30);
    expect(progress.percent).toBeLessThan(90);
  });

  it('rests on lives that were seen to finish where there is no ETA', () => {
    const history = learnt([0.8, 1, 1.2, 1, 0.9]);
    expect(meanError(wholeLife(1), { history, format: 'video-remix' })).toBeLessThan(0.03);
    expect(meanError(wholeLife(1.5), { history, format: 'video-remix' })).toBeLessThan(0.08);
    expect(fold(wholeLife().slice(0, 20), { history, format: 'video_remix' }).basis).toBe('history');
    expect(fold(wholeLife().slice(0, 20), { history, format: 'ugc-remix' }).percent).toBeNull();
    expect(fold(wholeLife().slice(0, 20), { history }).percent).not.toBeNull();
  });

  it('survives a plan and a history that are not what they should be', () => {
    const bad = {
      plan: [{ stage: 'generating_visuals', seconds: Number.NaN }, { stage: 4 }],
      history: { version: 1, formats: { x: [null, {}] } },
    };
    const progress = fold(wholeLife(1, (left) => left).slice(0, 20), bad as unknown as AdvanceProgressOptions);
    expect(JSON.parse(JSON.stringify(progress))).toStrictEqual(progress);
  });
});

describe('a page opened midway', () => {
  const midway = wholeLife(1, (left) => left).slice(25, -1);

  it('knows from createdAt how long the job has run, by the clock of the server alone', () => {
    const first = fold(midway.slice(0, 1), { createdAt: date(0) });
    expect(first.percent).toBeCloseTo(50, 0);
    expect(first.startedAt).toBe(50_000);
  });

  it.each([null, 'long ago', date(80), date(-80_000)])('takes no createdAt of %j', (createdAt) => {
    const first = fold(midway.slice(0, 5), { createdAt });
    expect(first).toMatchObject({ percent: null, basis: null, percentPerSecond: null });
    expect(first.remainingSeconds).toBeGreaterThan(35);
  });

  it('takes createdAt up when the record that tells it comes after the first snapshot', () => {
    const first = fold(midway.slice(0, 1));
    const [at, next] = midway[1] as (typeof midway)[number];
    const late = advanceProgress(first, next, at * 1000, { createdAt: date(0) });
    expect(late.percent).toBeCloseTo(52, 0);
    expect(late.memory.secondsBefore).toBe(50);
    // What it said at first is kept: a date that comes and goes is no reason to move the bar.
    const [then, third] = midway[2] as (typeof midway)[number];
    expect(advanceProgress(late, third, then * 1000).memory.secondsBefore).toBe(50);
  });

  it('takes no late createdAt that belongs to an earlier life', () => {
    const [at, next] = midway[1] as (typeof midway)[number];
    const late = advanceProgress(fold(midway.slice(0, 1)), next, at * 1000, { createdAt: date(-80_000) });
    expect(late.memory.secondsBefore).toBeNull();
  });

  it('claims no share without createdAt, whatever else is known: only how much time is left', () => {
    const history = learnt([1, 1, 1]);
    for (const length of [1, 5, 20]) {
      const progress = fold(midway.slice(0, length), { history, format: 'video-remix' });
      expect(progress).toMatchObject({ percent: null, basis: null, percentPerSecond: null });
      expect(progress.remainingSeconds).toBeCloseTo(52 - 2 * length, -1);
    }
  });

  it('takes createdAt up without news, once', () => {
    const [at, one] = midway[0] as (typeof midway)[number];
    const first = advanceProgress(null, one, at * 1000);
    const second = advanceProgress(first, one, (at + 4) * 1000, { createdAt: date(0) });
    expect(first.percent).toBeNull();
    expect(second.percent).toBeCloseTo(52, -1);
    expect(second.memory.eta).toBe(first.memory.eta);
    expect(advanceProgress(second, one, (at + 8) * 1000, { createdAt: date(0) })).toBe(second);
  });

  it('claims no more where the clock of the page was set forward', () => {
    const steps = wholeLife(1, (left) => left).slice(0, 10);
    const before = fold(steps);
    const [at, next] = wholeLife(1, (left) => left)[10] as (typeof steps)[number];
    const after = advanceProgress(before, next, (at + 3 * 3600) * 1000);
    expect(after.percent).toBeLessThan(30);
  });
});

describe('between snapshots', () => {
  const progress = fold(wholeLife(1, (left) => left).slice(0, 20));
  const at = (seconds: number) => progressAt(progress, progress.observedAt + seconds * 1000);

  it('moves, slows down after 7 s and stands still after 15 s without news', () => {
    expect(at(4).percent).toBeCloseTo((progress.percent ?? 0) + 4, 0);
    const [first, second] = [(at(9).percent ?? 0) - (at(7).percent ?? 0), (at(13).percent ?? 0) - (at(11).percent ?? 0)];
    expect(second).toBeLessThan(first);
    expect(second).toBeGreaterThan(0);
    expect(at(15)).toEqual(at(600));
    expect(at(600).percent).toBeLessThan(99);
    expect(at(4).remainingSeconds).toBeCloseTo((progress.remainingSeconds ?? 0) - 4, 6);
  });

  it('gives the moment of the snapshot for a time before it, or none', () => {
    expect(at(-50)).toEqual({ percent: progress.percent, remainingSeconds: progress.remainingSeconds });
    expect(progressAt(progress, Number.NaN)).toEqual(at(0));
  });
});
