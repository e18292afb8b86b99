import { describe, expect, test } from 'vitest';
import { checkDueAt, checkedBy, dueAt, type ListMoment, nextToCheck } from '../../../src/queries/list/due.js';
import { listOf, page, row } from './rows.js';

const NEVER = Number.POSITIVE_INFINITY;

/** Milliseconds until a list is due that was read so long ago. */
const dueIn = (readAgo: number, moment: Partial<ListMoment> = {}): number =>
  dueAt({
    cadence: 'in-flight',
    hasData: true,
    readAt: -readAgo,
    retryAt: null,
    mountedAt: -readAgo - 1,
    shownAt: Number.NEGATIVE_INFINITY,
    hasRowsInFlight: false,
    hasNews: false,
    newsInARow: 0,
    isPushed: false,
    ...moment,
  });

describe('a first page', () => {
  test('where nothing is in flight and nobody has come to look, is never due', () => {
    expect(dueIn(3_600_000)).toBe(NEVER);
  });

  test('is due 30 s after the last time while something is in flight; without a cadence not', () => {
    expect(dueIn(10_000, { hasRowsInFlight: true })).toBe(20_000);
    expect(dueIn(10_000, { hasRowsInFlight: true, isPushed: true })).toBe(50_000);
    expect(dueIn(10_000, { hasRowsInFlight: true, cadence: false })).toBe(NEVER);
  });

  test('is due as often as asked for, in flight or not', () => {
    expect(dueIn(10_000, { cadence: 60_000 })).toBe(50_000);
    expect(dueIn(10_000, { cadence: 60_000, hasRowsInFlight: true })).toBe(50_000);
  });

  test.each(['in-flight', 60_000, false] as const)(
    'with a cadence of %s is due at once where it was old when it was mounted',
    (cadence) => {
      expect(dueIn(30_000, { mountedAt: 0, cadence })).toBe(0);
      expect(dueIn(29_999, { mountedAt: 0, cadence })).toBeGreaterThan(0);
    },
  );

  test('is due when the page is seen again, or something newer was read elsewhere: not within 5 s of the last time', () => {
    expect(dueIn(1_000, { shownAt: 0 })).toBe(4_000);
    expect(dueIn(60_000, { shownAt: 0 })).toBeLessThanOrEqual(0);
    expect(dueIn(60_000, { shownAt: 0, cadence: false })).toBe(NEVER);
    expect(dueIn(1_000, { hasNews: true })).toBe(4_000);
    // Where something new comes all the time, more seldom.
    expect(dueIn(1_000, { hasNews: true, newsInARow: 1 })).toBe(9_000);
    expect(dueIn(1_000, { hasNews: true, newsInARow: 100 })).toBe(29_000);
    expect(dueIn(1_000, { hasNews: true, cadence: false })).toBe(NEVER);
  });

  test('that failed is tried again by its backoff; not where that cannot help', () => {
    expect(dueIn(60_000, { retryAt: 2_000 })).toBe(2_000);
    expect(dueIn(60_000, { retryAt: 2_000, hasRowsInFlight: true })).toBe(2_000);
    expect(dueIn(60_000, { retryAt: 2_000, cadence: false })).toBe(NEVER);
    expect(dueIn(60_000, { retryAt: 2_000, cadence: false, mountedAt: 0 })).toBe(2_000);
    expect(dueIn(60_000, { retryAt: NEVER, hasRowsInFlight: true })).toBe(NEVER);
  });

  test.each(['in-flight', false] as const)('of a list without data is due only after it failed, with a cadence of %s', (cadence) => {
    expect(dueIn(60_000, { hasData: false, cadence, mountedAt: 0 })).toBe(NEVER);
    expect(dueIn(60_000, { hasData: false, cadence, retryAt: 2_000 })).toBe(2_000);
  });
});

describe('a check of rows further down', () => {
  test('is due an interval after the last, 30 s at the least, and never where all was read or nothing refreshes', () => {
    expect(checkDueAt('in-flight', 5_000, 100, false)).toBe(30_100);
    expect(checkDueAt(5_000, 5_000, 100, false)).toBe(30_100);
    expect(checkDueAt(60_000, 5_000, 100, false)).toBe(60_100);
    expect(checkDueAt(false, 5_000, 100, false)).toBe(30_100);
    expect(checkDueAt(false, Number.NEGATIVE_INFINITY, 100, false)).toBe(NEVER);
    expect(checkDueAt(60_000, Number.NEGATIVE_INFINITY, 100, false)).toBe(NEVER);
  });

  test('begins at the first row that was not read, rows of one time together', () => {
    expect(nextToCheck(listOf([9, 8, 7, 6]), 7_000)?.id).toBe('cnt_7');
    expect(nextToCheck(listOf([9, 8, 6]), 7_000)?.id).toBe('cnt_6');
    expect(nextToCheck(listOf([9, 8]), 7_000)).toBeUndefined();
    expect(nextToCheck({ ...listOf([]), containers: [row(9, { createdAt: null })] }, 7_000)).toBeUndefined();
  });

  test('has done its part down to the end of its page, and all where that is the end of what is loaded', () => {
    const list = listOf([9, 8, 7, 6], { nextCursor: 'after 6' });
    const all = Number.NEGATIVE_INFINITY;
    expect(checkedBy(list, page([9, 8], 'after 8'))).toBe(8_000);
    expect(checkedBy(list, page([9, 8, 7, 6], 'after 6'))).toBe(all);
    expect(checkedBy(list, page([9, 5], 'after 5'))).toBe(all);
    expect(checkedBy(list, page([9, 8]))).toBe(all);
    expect(checkedBy(list, { ...page([], 'c'), containers: [row(9, { createdAt: null })] })).toBe(all);
  });
});
