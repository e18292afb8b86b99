import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { monotonicNow } from '../../src/internal/monotonicNow.js';
import { type Limits, sharedLines } from '../../src/schedule/sharedBudget.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const byDefault: Limits = { readsPerMinute: 96, isBudgetFixed: false, writesPerMinute: 48, isWriteBudgetFixed: false, shareTabs: false };
const sender = () => {};
const reads = (name: string, limits: Partial<Limits> = {}, by: object = sender) =>
  sharedLines(by, name, { ...byDefault, ...limits })['read-light'];

/** Lets go of what nobody holds. */
async function collected() {
  for (let round = 0; round < 3; round += 1) {
    // A weak reference that was just followed holds until the task is over.
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);

describe('clients of one name', () => {
  test('that send by the same fetch spend from one budget, others from their own', () => {
    const { budget, queue } = reads('one');
    expect(reads('one').budget).toBe(budget);
    expect(reads('one').queue).toBe(queue);
    expect(reads('two').budget).not.toBe(budget);
    expect(reads('one', {}, () => {}).budget).not.toBe(budget);
  });

  test('have a budget for each class of requests', () => {
    const lines = sharedLines(sender, 'classes', byDefault);
    const now = monotonicNow();
    expect(Object.values(lines).map(({ budget }) => budget.limit(now))).toEqual([96, 48, 16]);
    lines['write-light'].budget.depart('person', now);
    expect(Object.values(lines).map(({ budget }) => budget.spent(now))).toEqual([0, 1, 0]);
  });

  test('keep the lowest limit that any of them chose; one by default lowers nothing, and follows the tier', () => {
    const limit = (limits: Partial<Limits>) => reads('limits', limits).budget.limit(monotonicNow());
    const { budget } = reads('limits');
    budget.hear({ status: 200, retryAfterMs: null, limit: 1_200, remaining: 1_000 }, monotonicNow());
    expect(limit({})).toBe(960);
    expect(limit({ readsPerMinute: 200, isBudgetFixed: true })).toBe(200);
    expect(limit({ readsPerMinute: 30, isBudgetFixed: true })).toBe(30);
    expect(limit({ readsPerMinute: 200, isBudgetFixed: true })).toBe(30);
    const writes = () => sharedLines(sender, 'limits', { ...byDefault, writesPerMinute: 5, isWriteBudgetFixed: true })['write-light'];
    expect(writes().budget.limit(monotonicNow())).toBe(5);
  });

  test('a burst of writes leaves at once, one of reads does not', () => {
    const lines = sharedLines(sender, 'burst', byDefault);
    const now = monotonicNow();
    for (let request = 0; request < 10; request += 1) {
      expect(lines['write-light'].budget.nextAt('rest', now)).toBe(now);
      lines['write-light'].budget.depart('rest', now);
      lines['read-light'].budget.depart('rest', now);
    }
    expect(lines['read-light'].budget.nextAt('rest', now)).toBeGreaterThan(now);
  });
});

describe('after a garbage collection', () => {
  test.each(['budget', 'queue'] as const)('a client that holds only the %s still shares it', async (part) => {
    const held = reads(`held ${part}`)[part];
    await collected();
    expect(reads(`held ${part}`)[part]).toBe(held);
  });

  test('what a client spent before it was dropped is known to the next', async () => {
    const spend = () => {
      const { budget } = reads('spent');
      for (let request = 0; request < 5; request += 1) budget.depart('person', monotonicNow());
      return new WeakRef(budget);
    };
    const dropped = spend();
    await collected();
    pass(59_000);
    expect(reads('spent').budget.spent(monotonicNow())).toBe(5);
    pass(1_100);
    reads('unrelated');
    await collected();
    expect(dropped.deref()).toBeUndefined();
    expect(reads('spent').budget.spent(monotonicNow())).toBe(0);
  });

  test('a pause is known to the next as well', async () => {
    const until = monotonicNow() + 300_000;
    const pause = () => reads('paused').budget.hear({ status: 429, retryAfterMs: 300_000, limit: null, remaining: null }, monotonicNow());
    pause();
    pass(120_000);
    reads('unrelated');
    await collected();
    expect(reads('paused').budget.pausedUntil).toBe(until);
  });

  test('thousands of names that came and went are forgotten', async () => {
    const refs = Array.from({ length: 2_000 }, (_, person) => {
      const { budget } = reads(`person ${person}`);
      budget.depart('first', monotonicNow());
      return new WeakRef(budget);
    });
    pass(61_000);
    reads('unrelated');
    await collected();
    // A collector may miss a few that a register still names.
    expect(refs.filter((ref) => ref.deref() !== undefined).length).toBeLessThan(20);
  });
});
