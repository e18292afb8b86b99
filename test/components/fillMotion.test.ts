import { describe, expect, it } from 'vitest';
import { drawnBar } from '../../bench/progress/estimators.js';
import { LONGEST_STANDSTILL, measure, sumUp } from '../../bench/progress/measure.js';
import { watch } from '../../bench/progress/polls.js';
import { drawLives } from '../../bench/progress/traces.js';
import { type FillTarget, moveFill, shareAt } from '../../src/components/ProgressBar/fillMotion.js';

const target = (values: Partial<FillTarget>): FillTarget => ({
  life: 'one',
  percent: 40,
  ahead: 50,
  isCompleted: false,
  isStill: false,
  ...values,
});

describe('moveFill', () => {
  it('starts where the first reading is, and moves from there to where the estimate will be ten seconds later', () => {
    expect(moveFill(null, target({}), 0)).toMatchObject({ from: 0.4, to: 0.5, seconds: 10 });
    expect(moveFill(null, target({ ahead: null }), 0)).toMatchObject({ from: 0.4, to: 0.4, seconds: 0 });
    expect(moveFill(null, target({ percent: 100, isCompleted: true, isStill: true }), 0)).toMatchObject({ to: 1, seconds: 0 });
  });

  it('goes on from where it is, to where the estimate will be', () => {
    const first = moveFill(null, target({}), 0);
    const second = moveFill(first, target({ percent: 42, ahead: 52 }), 2000);
    expect(shareAt(second, 2000)).toBeCloseTo(0.42);
    expect(shareAt(second, 7000)).toBeCloseTo(0.47);
    expect(shareAt(second, 60_000)).toBeCloseTo(0.52);
  });

  it('stands where it ran ahead of a reading that stands still', () => {
    const first = moveFill(null, target({ ahead: 80 }), 0);
    const next = moveFill(first, target({ percent: 42, ahead: null }), 7000);
    expect(next.from).toBeCloseTo(0.68);
    expect(next.to).toBeCloseTo(0.68);
  });

  it('creeps where it ran ahead of a reading that is at work', () => {
    const first = moveFill(null, target({ ahead: 80 }), 0);
    const next = moveFill(first, target({ percent: 42, ahead: 45 }), 10_000);
    expect(shareAt(next, 10_000)).toBeCloseTo(0.8);
    expect(shareAt(next, 14_000) - shareAt(next, 10_000)).toBeGreaterThanOrEqual(0.001);
  });

  it('stops short of the end before it is completed', () => {
    const first = moveFill(null, target({ percent: 98, ahead: 98.5 }), 0);
    expect(moveFill(first, target({ percent: 98.5, ahead: 150 }), 1000).to).toBe(0.99);
    expect(moveFill(first, target({ percent: 100, isCompleted: true, isStill: true }), 1000)).toMatchObject({ to: 1, seconds: 0.24 });
  });

  // A transition that is given its end again doesn't start again: the place that is drawn is that of the first.
  it('goes on as it was where it is given the same end once more, and so is never drawn back by a nearer one', () => {
    const first = moveFill(null, target({ percent: 90, ahead: 99 }), 0);
    const again = moveFill(first, target({ percent: 95, ahead: 99 }), 8000);
    expect(again).toMatchObject({ from: 0.9, startedAt: 0, seconds: 10, least: 0.95 });
    const nearer = moveFill(again, target({ percent: 95, ahead: 96 }), 9000);
    expect(nearer.from).toBeCloseTo(0.981);
    expect(nearer.to).toBeGreaterThan(nearer.from);
  });

  it('stays where it was when it failed, or waits to start again', () => {
    const first = moveFill(null, target({ ahead: 80 }), 0);
    expect(moveFill(first, target({ percent: 41, isStill: true }), 3000)).toMatchObject({ seconds: 0, to: shareAt(first, 3000) });
  });

  it('reaches what is learned by motion, at most 2.9 percent a second, whether it works, stands or failed', () => {
    const first = moveFill(null, target({ percent: 5, ahead: 6 }), 0);
    for (const learned of [
      target({ percent: 60, ahead: 64 }),
      target({ percent: 60, ahead: null }),
      target({ percent: 60, isStill: true }),
    ]) {
      const next = moveFill(first, learned, 1000);
      expect(next.from).toBeLessThan(0.06);
      expect((next.to - next.from) / next.seconds).toBeLessThanOrEqual(0.0291);
      expect(next.seconds).toBeGreaterThanOrEqual(10);
    }
  });

  it('starts anew with another life', () => {
    const first = moveFill(null, target({ percent: 90 }), 0);
    expect(moveFill(first, target({ life: 'two', percent: 5, ahead: 15 }), 1000)).toMatchObject({ from: 0.05, to: 0.15 });
  });
});

// Seeds that the estimate was not worked out on.
it.each([777, 4242])('over 500 lives with ETAs of ±30% (%i) it is seen to move every 4 s, never back, and never to 99', (seed) => {
  const measured = drawLives(seed, 500).flatMap(({ format, lives }, group) =>
    lives.flatMap((life, index) => {
      const watched = watch([life], { noise: 0.3, bias: 1 }, seed + group * 1000 + index);
      return measure(watched, drawnBar({ format, createdAt: watched.createdAt }));
    }),
  );
  const { lives, backward, early100, frozen, longestFreeze, highest } = sumUp(measured);
  expect({ lives, backward, early100, frozen }).toEqual({ lives: 500, backward: 0, early100: 0, frozen: 0 });
  expect(longestFreeze).toBeLessThanOrEqual(LONGEST_STANDSTILL);
  expect(highest).toBeLessThan(99);
});
