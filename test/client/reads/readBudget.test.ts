import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Lane, ReadBudget } from '../../../src/client/reads/readBudget.js';

const MINUTE = 60_000;

/** Lets reads of a lane leave as early as they may, and gives the times at which they left. */
function drain(budget: ReadBudget, lane: Lane, from: number, until: number): number[] {
  const left: number[] = [];
  for (let now = budget.nextAt(lane, from); now < until; now = budget.nextAt(lane, now)) {
    budget.depart(lane, now);
    left.push(now);
  }
  return left;
}

/** The most departures in any 60 s. */
function busiestMinute(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  let first = 0;
  let most = 0;
  sorted.forEach((time, last) => {
    while (time - (sorted[first] as number) > MINUTE) first += 1;
    most = Math.max(most, last - first + 1);
  });
  return most;
}

describe('how many reads leave', () => {
  test.each([1, 2, 7, 96, 960])('never more than the limit of %d in any 60 s, and nearly all of it over time', (limit) => {
    const left = drain(new ReadBudget(limit), 'visible', 0, 10 * MINUTE);
    expect(busiestMinute(left)).toBeLessThanOrEqual(limit);
    expect(left.length).toBeGreaterThanOrEqual(Math.floor(limit * 0.9) * 9);
  });

  test('background reads are spaced evenly: no burst at the start of a minute, no drought at its end', () => {
    const left = drain(new ReadBudget(96), 'visible', 0, 5 * MINUTE).slice(4);
    const gaps = left.slice(1).map((time, index) => time - (left[index] as number));
    expect(Math.max(...gaps)).toBeLessThan(3 * Math.min(...gaps) + 500);
    expect(Math.max(...gaps)).toBeLessThan(2_500);
  });

  test('a person does not wait behind a minute that the background has used', () => {
    const budget = new ReadBudget(96);
    drain(budget, 'rest', 0, 2 * MINUTE);
    for (let asked = 0; asked < 4; asked += 1) {
      expect(budget.nextAt('asked', 2 * MINUTE)).toBe(2 * MINUTE);
      budget.depart('asked', 2 * MINUTE);
    }
  });

  test('many things opened at once leave at once, within the limit, and the background makes room', () => {
    const budget = new ReadBudget(96);
    const asked = drain(budget, 'asked', 0, 1);
    expect(asked).toHaveLength(96);
    expect(budget.nextAt('visible', 1)).toBeGreaterThan(MINUTE);
  });

  test('a limit of 1 is kept, and still reads', () => {
    const budget = new ReadBudget(1);
    expect(drain(budget, 'rest', 0, 5 * MINUTE)).toHaveLength(5);
  });

  test('whatever lanes, pauses and answers come in whatever order, no 60 s hold more than the limit', () => {
    const step = fc.record({
      lane: fc.constantFrom<Lane>('asked', 'visible', 'rest'),
      wait: fc.integer({ min: 0, max: 9_000 }),
      word: fc.option(
        fc.record({
          status: fc.constantFrom(200, 304, 429, 500),
          retryAfterMs: fc.option(fc.integer({ min: 0, max: 20_000 })),
          limit: fc.option(fc.integer({ min: 0, max: 300 })),
          remaining: fc.option(fc.integer({ min: 0, max: 300 })),
        }),
      ),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 150 }), fc.array(step, { maxLength: 400 }), (limit, steps) => {
        const budget = new ReadBudget(limit);
        const left: number[] = [];
        let now = 0;
        for (const { lane, wait, word } of steps) {
          const at = budget.nextAt(lane, now);
          expect(at).toBeGreaterThanOrEqual(now);
          expect(at).toBeGreaterThanOrEqual(budget.pausedUntil);
          expect(Number.isFinite(at)).toBe(true);
          if (at <= now + wait) {
            budget.depart(lane, at);
            left.push(at);
            now = at;
          } else now += wait;
          if (word) budget.hear(word, now);
        }
        expect(busiestMinute(left)).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what the server says', () => {
  const refused = (retryAfterMs: number | null) => ({ status: 429, retryAfterMs, limit: null, remaining: null });

  test('after a 429 with Retry-After: 7 nothing leaves for 7 s in any lane, then reads leave one by one', () => {
    const budget = new ReadBudget(96);
    budget.depart('visible', 0);
    budget.hear(refused(7_000), 100);
    for (const lane of ['asked', 'visible', 'rest'] as const) expect(budget.nextAt(lane, 200)).toBeGreaterThanOrEqual(7_100);
    const left = drain(budget, 'asked', 200, 17_000);
    expect(left[0]).toBe(7_100);
    expect(left.length).toBeLessThan(17);
    expect(Math.min(...left.slice(1).map((time, index) => time - (left[index] as number)))).toBeGreaterThan(500);
  });

  test('a 429 that names no time pauses for 2 s, and "0" for no time at all', () => {
    const silent = new ReadBudget(96);
    silent.hear(refused(null), 0);
    expect(silent.nextAt('asked', 0)).toBe(2_000);
    const zero = new ReadBudget(96);
    zero.hear(refused(0), 0);
    expect(zero.nextAt('asked', 0)).toBe(0);
  });

  test('a 429 lowers the limit, which comes back over the next minutes', () => {
    const budget = new ReadBudget(96);
    budget.hear(refused(0), 0);
    expect(budget.allowed(0)).toBe(72);
    expect(budget.allowed(MINUTE)).toBe(96);
  });

  test('ten answers of one overrun lower it once', () => {
    const budget = new ReadBudget(96);
    for (let answer = 0; answer < 10; answer += 1) budget.hear(refused(1_000), answer * 10);
    expect(budget.allowed(200)).toBe(72);
  });

  test('a server whose limit is lower than ours is believed; one whose limit is higher changes nothing', () => {
    const low = new ReadBudget(96);
    low.hear({ status: 200, retryAfterMs: null, limit: 60, remaining: 60 }, 0);
    expect(low.allowed(0)).toBe(48);
    const high = new ReadBudget(96);
    high.hear({ status: 200, retryAfterMs: null, limit: 1_200, remaining: 1_200 }, 0);
    expect(high.allowed(0)).toBe(96);
  });

  test('a limit by default follows a larger tier that the server names; a chosen one, and a number that is no tier, do not', () => {
    const tier = { status: 200, retryAfterMs: null, limit: 1_200, remaining: 1_200 };
    const byDefault = new ReadBudget(96, false);
    byDefault.hear(tier, 0);
    expect(byDefault.allowed(0)).toBe(960);
    byDefault.hear(refused(0), 10);
    expect(byDefault.allowed(10)).toBe(720);
    const chosen = new ReadBudget(96);
    chosen.hear(tier, 0);
    expect(chosen.allowed(0)).toBe(96);
    const guessed = new ReadBudget(96, false);
    guessed.hear({ ...tier, limit: 100_000, remaining: 100_000 }, 0);
    expect(guessed.allowed(0)).toBe(96);
  });

  test('a key that others have nearly used up is spared', () => {
    const budget = new ReadBudget(96);
    budget.hear({ status: 200, retryAfterMs: null, limit: 120, remaining: 3 }, 0);
    expect(budget.allowed(0)).toBeLessThan(96);
  });
});
