import { describe, expect, it } from 'vitest';
import { type FillTarget, moveFill, shareAt } from '../../src/components/ProgressBar/fillMotion.js';

const target = (values: Partial<FillTarget>): FillTarget => ({
  life: 'one',
  percent: 40,
  percentPerSecond: 1,
  isCompleted: false,
  isTerminal: false,
  ...values,
});

describe('moveFill', () => {
  it('starts where the first reading is', () => {
    expect(moveFill(null, target({}), 0)).toMatchObject({ from: 0.4, to: 0.4, seconds: 0 });
  });

  it('runs six seconds ahead of a reading', () => {
    const first = moveFill(null, target({}), 0);
    const second = moveFill(first, target({ percent: 42 }), 2000);
    expect(second.to).toBeCloseTo(0.48);
    expect(shareAt(second, 2000)).toBeCloseTo(0.4);
    expect(shareAt(second, 5000)).toBeCloseTo(0.44);
    expect(shareAt(second, 60_000)).toBeCloseTo(0.48);
  });

  it('stands where it ran ahead of a slower reading', () => {
    const first = moveFill(moveFill(null, target({}), 0), target({ percent: 41, percentPerSecond: 5 }), 1000);
    const next = moveFill(first, target({ percent: 42, percentPerSecond: null }), 7000);
    expect(next.from).toBeCloseTo(0.71);
    expect(next.to).toBeCloseTo(0.71);
  });

  it('stops short of the end before it is completed', () => {
    const first = moveFill(null, target({ percent: 98 }), 0);
    expect(moveFill(first, target({ percent: 98.5, percentPerSecond: 50 }), 1000).to).toBe(0.99);
    expect(moveFill(first, target({ percent: 100, isCompleted: true, isTerminal: true }), 1000)).toMatchObject({ to: 1, seconds: 0.24 });
  });

  it('stays where it was when it failed', () => {
    const first = moveFill(moveFill(null, target({}), 0), target({ percent: 41, percentPerSecond: 5 }), 0);
    expect(moveFill(first, target({ percent: 41, isTerminal: true }), 3000)).toMatchObject({ seconds: 0, to: shareAt(first, 3000) });
  });

  it('starts anew with another life', () => {
    const first = moveFill(null, target({ percent: 90 }), 0);
    expect(moveFill(first, target({ life: 'two', percent: 5 }), 1000)).toMatchObject({ from: 0.05, to: 0.05, seconds: 0 });
  });
});
