import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Budget } from '../../src/schedule/budget.js';
import { PRIORITIES, type Priority } from '../../src/schedule/priority.js';
import type { RateLimitInfo } from '../../src/client/transport.js';

const MINUTE = 60_000;
const BACKGROUND = PRIORITIES.slice(1);
const said = (part: Partial<RateLimitInfo>): RateLimitInfo => ({ status: 200, retryAfterMs: null, limit: null, remaining: null, ...part });
const gapsOf = (times: readonly number[]) => times.slice(1).map((time, index) => time - (times[index] as number));

/** Lets requests of a priority leave as early as they may, and gives the times at which they left. */
function drain(budget: Budget, priority: Priority, from: number, until: number, most = Number.POSITIVE_INFINITY): number[] {
  const left: number[] = [];
  for (let now = budget.nextAt(priority, from); now < until && left.length < most; now = budget.nextAt(priority, now)) {
    budget.depart(priority, now);
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

describe('how many requests leave', () => {
  test.each([1, 2, 7, 48, 96, 960])('never more than the limit of %d in any 60 s, and nearly all of it over time', (limit) => {
    for (const priority of ['screen', 'person'] as const) {
      const left = drain(new Budget({ limit }), priority, 0, 10 * MINUTE);
      expect(busiestMinute(left)).toBeLessThanOrEqual(limit);
      expect(left.length).toBeGreaterThanOrEqual(Math.floor(limit * 0.9) * 9);
    }
  });

  test('background requests are spaced evenly after a small burst: no drought at the end of a minute', () => {
    const gaps = gapsOf(drain(new Budget({ limit: 96 }), 'screen', 0, 5 * MINUTE));
    expect(Math.max(...gaps.slice(0, 7))).toBe(0);
    expect(Math.min(...gaps.slice(7))).toBeGreaterThan(600);
    expect(Math.max(...gaps)).toBeLessThan(750);
  });

  test('a client that has just started sends eight at once, and so does one after a quiet time', () => {
    const started = new Budget({ limit: 96 });
    expect(drain(started, 'first', 0, 1)).toHaveLength(8);
    expect(drain(started, 'first', 2 * MINUTE, 2 * MINUTE + 1)).toHaveLength(8);
    expect(Math.max(...gapsOf(drain(started, 'first', 2 * MINUTE + 1, 5 * MINUTE)))).toBeLessThan(750);
  });

  test('spacing() is what the background is spaced by', () => {
    const budget = new Budget({ limit: 96 });
    drain(budget, 'rest', 0, 5 * MINUTE);
    const gaps = gapsOf(drain(budget, 'rest', 5 * MINUTE, 6 * MINUTE));
    expect(budget.spacing(6 * MINUTE)).toBeCloseTo(Math.max(...gaps), 0);
    expect(budget.spacing(6 * MINUTE)).toBeGreaterThan(600);
  });

  test('the background never uses what is reserved for a person: 8% of the limit', () => {
    const budget = new Budget({ limit: 96 });
    drain(budget, 'rest', 0, 2 * MINUTE);
    expect(budget.spent(2 * MINUTE)).toBeLessThanOrEqual(88);
    expect(drain(budget, 'person', 2 * MINUTE, 2 * MINUTE + 1).length).toBeGreaterThanOrEqual(8);
  });

  test('a person gets through at once up to a sixth of the limit, and is then spaced as well', () => {
    const left = drain(new Budget({ limit: 96 }), 'person', 0, 4 * MINUTE);
    expect(left.filter((at) => at === 0)).toHaveLength(16);
    expect(Math.min(...gapsOf(left).slice(16))).toBeGreaterThan(500);
  });

  test('hundreds of requests of a person never spend the window: another one leaves within a second at any time', () => {
    const budget = new Budget({ limit: 96 });
    drain(budget, 'rest', 0, 2 * MINUTE);
    const left = drain(budget, 'person', 2 * MINUTE, 10 * MINUTE, 400);
    expect(left).toHaveLength(400);
    expect(Math.max(...gapsOf(left))).toBeLessThan(1_000);
    expect(budget.nextAt('rest', left.at(-1) as number) - (left.at(-1) as number)).toBeLessThan(1_000);
  });

  test('many hooks mounted at once leave a person free to act in the same second', () => {
    const budget = new Budget({ limit: 96 });
    drain(budget, 'first', 0, 1_000);
    expect(budget.nextAt('person', 1_000)).toBe(1_000);
  });

  test('a limit of 1 is kept, and still sends', () => {
    expect(drain(new Budget({ limit: 1 }), 'rest', 0, 5 * MINUTE)).toHaveLength(5);
    expect(drain(new Budget({ limit: 1 }), 'person', 0, 5 * MINUTE)).toHaveLength(5);
  });

  test('unpaced, requests leave at once while there is room, all but the reserve; a person has the rest', () => {
    const budget = new Budget({ limit: 48, isPaced: false });
    expect(drain(budget, 'rest', 0, 1_000)).toHaveLength(46);
    expect(budget.nextAt('rest', 1_000)).toBeGreaterThan(MINUTE);
    expect(drain(budget, 'person', 1_000, 2_000)).toEqual([1_000, 1_000]);
    expect(drain(new Budget({ limit: 48, isPaced: false }), 'person', 0, 1_000)).toHaveLength(48);
  });

  test('whatever priorities, pauses, departures elsewhere and responses come in whatever order, no 60 s hold more than the limit', () => {
    const step = fc.record({
      priority: fc.constantFrom<Priority>(...PRIORITIES),
      wait: fc.integer({ min: 0, max: 9_000 }),
      elsewhere: fc.option(fc.integer({ min: 0, max: 70_000 }), { freq: 8 }),
      info: fc.option(
        fc.record({
          status: fc.constantFrom(200, 304, 429, 500, 503),
          retryAfterMs: fc.option(fc.integer({ min: 0, max: 20_000 })),
          limit: fc.option(fc.integer({ min: 0, max: 300 })),
          remaining: fc.option(fc.integer({ min: 0, max: 300 })),
        }),
      ),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 150 }),
        fc.boolean(),
        fc.boolean(),
        fc.array(step, { maxLength: 300 }),
        (limit, isPaced, isFixed, steps) => {
          const budget = new Budget({ limit, isPaced });
          if (isFixed) budget.limitTo(limit);
          const known: number[] = [];
          const left: { at: number; allowed: number; inWindow: number }[] = [];
          let now = 0;
          for (const { priority, wait, elsewhere, info } of steps) {
            if (elsewhere !== null) {
              budget.note(now - elsewhere);
              known.push(now - elsewhere);
            }
            const at = budget.nextAt(priority, now);
            expect(at).toBeGreaterThanOrEqual(now);
            expect(at).toBeGreaterThanOrEqual(budget.pausedUntil);
            expect(Number.isFinite(at)).toBe(true);
            if (at <= now + wait) {
              budget.depart(priority, at);
              known.push(at);
              left.push({ at, allowed: budget.limit(at), inWindow: known.filter((other) => at - other <= MINUTE).length });
              now = at;
            } else now += wait;
            if (info) budget.hear(info, now);
          }
          for (const { allowed, inWindow } of left) expect(inWindow).toBeLessThanOrEqual(allowed);
          expect(left.filter(({ allowed }) => isFixed && allowed > limit)).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('whatever a background of mixed priorities does, no 10 s hold more than even spacing and a small burst', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 200 }),
        fc.array(fc.tuple(fc.constantFrom(...BACKGROUND), fc.option(fc.integer({ min: 0, max: 30_000 }), { freq: 9 })), { maxLength: 200 }),
        (limit, requests) => {
          const budget = new Budget({ limit });
          let now = 0;
          const left = requests.map(([priority, quiet]) => {
            now = budget.nextAt(priority, now + (quiet ?? 0));
            budget.depart(priority, now);
            return now;
          });
          const most = 4 + 1 + (10_000 / (MINUTE + 50)) * limit * 0.9;
          for (const at of left) expect(left.filter((other) => other >= at && other < at + 10_000).length).toBeLessThanOrEqual(most);
        },
      ),
    );
  });

  test('a person who acts now and then never waits as long as 2 s, whatever the background does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 10_000, max: 40_000 })), { maxLength: 20 }),
        (acts) => {
          const budget = new Budget({ limit: 96 });
          let now = 0;
          for (const [clicks, pause] of acts) {
            const at = now + pause;
            drain(budget, 'rest', now, at);
            now = at;
            for (let click = 0; click < clicks; click += 1) {
              now = budget.nextAt('person', now);
              budget.depart('person', now);
            }
            expect(now - at).toBeLessThan(2_000);
          }
        },
      ),
    );
  });
});

describe('what left elsewhere', () => {
  test('counts like what left here: after a reload only the rest of the window is left', () => {
    const budget = new Budget({ limit: 96 });
    for (let at = 0; at < 90; at += 1) budget.note(at * 660);
    expect(budget.spent(59_500)).toBe(90);
    const left = drain(budget, 'first', 59_500, 2 * MINUTE);
    expect(left[0]).toBeGreaterThan(61_000);
    expect(Math.max(...gapsOf(left))).toBeLessThan(3_000);
    expect(left.length).toBeGreaterThan(70);
  });

  test('counts in any order', () => {
    const budget = new Budget({ limit: 10 });
    for (const at of [30_000, 10_000, 20_000]) budget.note(at);
    expect(budget.spent(40_000)).toBe(3);
    expect(budget.nextAt('rest', 40_000)).toBeLessThan(50_000);
    expect(budget.spent(75_000)).toBe(2);
    expect(budget.spent(30_000 + MINUTE + 51)).toBe(0);
  });
});

describe('what the server says', () => {
  test('after a 429 with Retry-After: 7 nothing leaves for 7 s, then requests leave one by one', () => {
    const budget = new Budget({ limit: 96 });
    budget.depart('screen', 0);
    budget.hear(said({ status: 429, retryAfterMs: 7_000 }), 100);
    for (const priority of PRIORITIES) expect(budget.nextAt(priority, 200)).toBe(7_100);
    const left = drain(budget, 'person', 200, 17_000);
    expect(left[0]).toBe(7_100);
    expect(left.length).toBeGreaterThan(8);
    expect(Math.min(...gapsOf(left))).toBeGreaterThan(600);
  });

  test('unpaced requests leave one by one after a pause as well', () => {
    const budget = new Budget({ limit: 60, isPaced: false });
    budget.hear(said({ status: 429, retryAfterMs: 7_000 }), 1_200);
    const left = drain(budget, 'rest', 1_200, 15_000);
    expect(left[0]).toBe(8_200);
    expect(left.length).toBeGreaterThan(3);
    expect(Math.min(...gapsOf(left))).toBeGreaterThan(1_000);
  });

  test.each([503, 500, 403])('a %d with Retry-After pauses everything, and lowers nothing', (status) => {
    const budget = new Budget({ limit: 96 });
    budget.hear(said({ status, retryAfterMs: 30_000 }), 0);
    for (const priority of PRIORITIES) expect(budget.nextAt(priority, 10)).toBe(30_000);
    expect(budget.limit(10)).toBe(96);
  });

  test('an error without Retry-After, and a response that succeeded, pause nothing', () => {
    const budget = new Budget({ limit: 96 });
    budget.hear(said({ status: 503 }), 0);
    budget.hear(said({ status: 202, retryAfterMs: 5_000 }), 0);
    expect(budget.nextAt('screen', 10)).toBe(10);
  });

  test('a Retry-After is never shortened, by a 429 or by anything else', () => {
    const budget = new Budget({ limit: 60 });
    budget.hear(said({ status: 429, retryAfterMs: 300_000 }), 0);
    budget.hear(said({ status: 429, retryAfterMs: 1_000 }), 100);
    budget.hear(said({ status: 503, retryAfterMs: 2_000 }), 200);
    budget.hear(said({}), 300);
    expect(budget.nextAt('person', 400)).toBe(300_000);
  });

  test.each([429, 503])('a %d with a Retry-After of a day pauses for ten minutes, for a person too', (status) => {
    const budget = new Budget({ limit: 60 });
    budget.hear(said({ status, retryAfterMs: 100_000_000 }), 0);
    expect(budget.nextAt('person', 0)).toBe(600_000);
  });

  test('a 429 that names no time waits longer each time it comes again, and starts over after a success', () => {
    const budget = new Budget({ limit: 60 });
    const pauses = [0, 10_000, 20_000, 30_000, 60_000, 130_000, 260_000].map((now) => {
      budget.hear(said({ status: 429 }), now);
      return budget.pausedUntil - now;
    });
    expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    budget.hear(said({}), 400_000);
    budget.hear(said({ status: 429 }), 400_001);
    expect(budget.pausedUntil).toBe(402_001);
  });

  test('"Retry-After: 0" is no pause', () => {
    const budget = new Budget({ limit: 96 });
    budget.hear(said({ status: 429, retryAfterMs: 0 }), 0);
    expect(budget.nextAt('person', 0)).toBe(0);
  });

  test('a 429 lowers the limit, which comes back over the next minutes; ten responses of one overrun lower it once', () => {
    const budget = new Budget({ limit: 96 });
    for (let response = 0; response < 10; response += 1) budget.hear(said({ status: 429, retryAfterMs: 1_000 }), response * 10);
    expect(budget.limit(100)).toBe(72);
    budget.hear(said({ status: 429, retryAfterMs: 1_000 }), 5_000);
    expect(budget.limit(5_000)).toBeLessThan(60);
    expect(budget.limit(5_000 + MINUTE)).toBeLessThan(84);
    expect(budget.limit(5_000 + 2 * MINUTE)).toBe(96);
  });

  test('a limit by default follows the one that the server names, up and down', () => {
    const budget = new Budget({ limit: 96 });
    const limits = [240, 600, 1_200, 6_000, 120, 60].map((limit) => {
      budget.hear(said({ limit, remaining: limit }), 0);
      return budget.limit(0);
    });
    expect(limits).toEqual([192, 480, 960, 4_800, 96, 48]);
  });

  test('a lowered limit stays lowered when the server names a larger tier', () => {
    const budget = new Budget({ limit: 96 });
    budget.hear(said({ status: 429, retryAfterMs: 0 }), 0);
    budget.hear(said({ limit: 1_200, remaining: 1_200 }), 10);
    expect(budget.limit(10)).toBe(720);
  });

  test('a chosen limit is never raised, only lowered, and comes back', () => {
    const budget = new Budget({ limit: 96 });
    budget.limitTo(96);
    const limits = [6_000, 120, 60, 240].map((limit) => {
      budget.hear(said({ limit, remaining: limit }), 0);
      return budget.limit(0);
    });
    expect(limits).toEqual([96, 96, 48, 96]);
  });

  test.each([0, -1, 6_001, 100_000])('a limit of %d is noise', (limit) => {
    const budget = new Budget({ limit: 96 });
    budget.hear(said({ limit, remaining: 1_000 }), 0);
    expect(budget.limit(0)).toBe(96);
    const writes = new Budget({ limit: 48, largestLimit: 3_000 });
    writes.hear(said({ limit: 3_001 }), 0);
    expect(writes.limit(0)).toBe(48);
  });

  test('a key that others have nearly used up is spared', () => {
    const budget = new Budget({ limit: 96 });
    budget.hear(said({ limit: 120, remaining: 3 }), 0);
    expect(budget.limit(0)).toBeLessThan(96);
  });

  test('another client of the scope can only lower the limit, for good', () => {
    const budget = new Budget({ limit: 96 });
    budget.limitTo(40);
    budget.limitTo(60);
    budget.hear(said({ limit: 6_000, remaining: 6_000 }), 0);
    expect(budget.limit(0)).toBe(40);
  });
});
