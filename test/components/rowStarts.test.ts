import { describe, expect, it } from 'vitest';
import { rowAt, rowsIn, startsOf } from '../../src/components/ContainerGrid/rowStarts.js';

const metrics = { count: 5, guess: 100, gap: 10 };

describe('where rows begin', () => {
  it('is guessed for those that were not measured', () => {
    expect([...startsOf(metrics, new Map())]).toEqual([0, 110, 220, 330, 440, 550]);
    expect([...startsOf(metrics, new Map([[1, 150]]))]).toEqual([0, 110, 270, 380, 490, 600]);
  });

  it('is nowhere but at the beginning without rows', () => {
    const none = startsOf({ ...metrics, count: 0 }, new Map());
    expect([...none]).toEqual([0]);
    expect(rowAt(none, 500)).toBe(0);
    expect(rowsIn(none, 0, 500, 1)).toEqual({ first: 0, end: 0 });
  });
});

describe('the row at a place', () => {
  const starts = startsOf(metrics, new Map([[1, 150]]));

  it.each([
    [-40, 0],
    [0, 0],
    [109, 0],
    [110, 1],
    [269, 1],
    [270, 2],
    [489, 3],
    [490, 4],
    [9_000, 4],
  ])('%i pixels down', (place, row) => {
    expect(rowAt(starts, place)).toBe(row);
  });
});

describe('the rows of a view', () => {
  const starts = startsOf({ count: 100, guess: 90, gap: 10 }, new Map());

  it('are those in it and as many more as are asked for', () => {
    expect(rowsIn(starts, 1_000, 1_500, 0)).toEqual({ first: 10, end: 16 });
    expect(rowsIn(starts, 1_000, 1_500, 2)).toEqual({ first: 8, end: 18 });
  });

  it('end where the rows do', () => {
    expect(rowsIn(starts, -500, -100, 1)).toEqual({ first: 0, end: 2 });
    expect(rowsIn(starts, 50_000, 50_500, 1)).toEqual({ first: 98, end: 100 });
  });
});
