import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lane, ServerWord } from '../../../src/client/reads/readBudget.js';
import { WriteBudget } from '../../../src/client/writes/writeBudget.js';

const MINUTE = 60_000;
const budgetOf = (limit: number, isFixed = true) => new WriteBudget({ limit, isFixed, tiers: [600, 3_000] });
const word = (part: Partial<ServerWord>): ServerWord => ({ status: 200, retryAfterMs: null, limit: null, remaining: null, ...part });

/** Lets writes of a lane leave as early as they may, and gives the times at which they left. */
function drain(budget: WriteBudget, lane: Lane, from: number, until: number): number[] {
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
  return Math.max(...sorted.map((time, last) => last + 1 - sorted.findIndex((first) => time - first <= MINUTE)));
}

describe('how many writes leave', () => {
  test.each([1, 2, 7, 48, 480])('never more than the limit of %d in any 60 s, and nearly all of it over time', (limit) => {
    const left = drain(budgetOf(limit), 'asked', 0, 10 * MINUTE);
    expect(busiestMinute(left)).toBe(limit);
    expect(left.length).toBeGreaterThanOrEqual(limit * 9);
  });

  test('whatever the order of lanes and the pauses between, never more than the limit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.tuple(fc.constantFrom<Lane>('asked', 'rest'), fc.integer({ min: 0, max: 20_000 })), { maxLength: 200 }),
        (limit, writes) => {
          const budget = budgetOf(limit);
          let now = 0;
          const left = writes.map(([lane, pause]) => {
            now = budget.nextAt(lane, now + pause);
            budget.depart(lane, now);
            return now;
          });
          expect(left.length === 0 || busiestMinute(left) <= limit).toBe(true);
        },
      ),
    );
  });

  test('as many at once as there is room for: somebody waits for each', () => {
    expect(drain(budgetOf(48), 'asked', 0, 1_000)).toEqual(Array.from({ length: 48 }, () => 0));
  });

  test('a person still gets through at once while a list of containers has used its share', () => {
    const budget = budgetOf(48);
    const bulk = drain(budget, 'rest', 0, 1_000);
    expect(bulk).toHaveLength(46);
    expect(budget.nextAt('rest', 1_000)).toBeGreaterThan(MINUTE);
    expect(budget.nextAt('asked', 1_000)).toBe(1_000);
  });

  test('with a limit of one nothing is kept back, or a list would never end', () => {
    expect(budgetOf(1).nextAt('rest', 0)).toBe(0);
  });
});

describe('what the server says', () => {
  test('a 429 stops every lane for the time it names, and then they leave one by one', () => {
    const budget = budgetOf(60);
    budget.depart('asked', 1_000);
    budget.hear(word({ status: 429, retryAfterMs: 7_000 }), 1_200);
    for (const lane of ['asked', 'rest'] as const) expect(budget.nextAt(lane, 1_200)).toBe(8_200);
    const after = drain(budget, 'rest', 8_200, 12_000);
    expect(after.slice(1).map((at, index) => at - (after[index] ?? 0))).toEqual([1_000, 1_000, 1_000]);
  });

  test('a Retry-After is never shortened by a later, shorter one', () => {
    const budget = budgetOf(60);
    budget.hear(word({ status: 429, retryAfterMs: 60_000 }), 0);
    budget.hear(word({ status: 429, retryAfterMs: 1_000 }), 100);
    expect(budget.nextAt('asked', 200)).toBe(60_000);
  });

  test('a 429 that names no time waits longer each time it comes again, and starts over after an answer', () => {
    const budget = budgetOf(60);
    const pauses = [0, 10_000, 20_000, 30_000].map((now) => {
      budget.hear(word({ status: 429 }), now);
      return budget.pausedUntil - now;
    });
    expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000]);
    budget.hear(word({}), 50_000);
    budget.hear(word({ status: 429 }), 50_001);
    expect(budget.pausedUntil).toBe(52_001);
  });

  test('answers of one burst count as one refusal', () => {
    const budget = budgetOf(60);
    for (const now of [0, 1, 2, 3]) budget.hear(word({ status: 429 }), now);
    expect(budget.pausedUntil).toBe(2_003);
  });

  test('a larger tier raises a limit that nobody chose, and only a tier that is documented', () => {
    const chosen = budgetOf(48, true);
    const open = budgetOf(48, false);
    for (const budget of [chosen, open]) budget.hear(word({ limit: 999_999 }), 0);
    expect([chosen.limit, open.limit]).toEqual([48, 48]);
    for (const budget of [chosen, open]) budget.hear(word({ limit: 600 }), 0);
    expect([chosen.limit, open.limit]).toEqual([48, 480]);
  });
});
