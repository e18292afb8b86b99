import { describe, expect, it } from 'vitest';
import { advanceEta, type EtaBucket } from '../../src/progress/advanceEta.js';

const walk = (...seconds: (number | null)[]) => {
  let bucket: EtaBucket = null;
  return seconds.map((left) => (bucket = advanceEta(bucket, left)));
};

describe('advanceEta', () => {
  it('rounds up to tens of seconds and to minutes', () => {
    expect(walk(8, null, 31, null, 50, null, 51, null, 121)).toEqual([
      { unit: 'seconds', value: 10 },
      null,
      { unit: 'seconds', value: 40 },
      null,
      { unit: 'seconds', value: 50 },
      null,
      { unit: 'minutes', value: 1 },
      null,
      { unit: 'minutes', value: 3 },
    ]);
  });

  it('falls at once, and does not rise for a tremble', () => {
    const [, second, third, fourth] = walk(125, 118, 125, 155);
    expect([second, third, fourth]).toEqual(Array.from({ length: 3 }, () => ({ unit: 'minutes', value: 2 })));
  });

  it('rises when the time left is well above the words', () => {
    expect(walk(118, 170).at(-1)).toEqual({ unit: 'minutes', value: 3 });
    expect(walk(8, 15).at(-1)).toEqual({ unit: 'seconds', value: 10 });
    expect(walk(8, 25).at(-1)).toEqual({ unit: 'seconds', value: 30 });
  });

  it('is overdue at nothing left, until there is clearly more again', () => {
    expect(walk(4, 0, 5, 20)).toEqual([{ unit: 'seconds', value: 10 }, 'overdue', 'overdue', { unit: 'seconds', value: 20 }]);
  });

  it('knows nothing of what is not a number, and gives the same object for the same words', () => {
    expect(advanceEta({ unit: 'seconds', value: 10 }, Number.NaN)).toBeNull();
    const before: EtaBucket = { unit: 'minutes', value: 2 };
    expect(advanceEta(before, 100)).toBe(before);
    expect(JSON.stringify(advanceEta(null, Number.POSITIVE_INFINITY))).toBe('{"unit":"minutes","value":10080}');
  });
});
