import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { monotonicNow } from '../../src/internal/monotonicNow.js';
import { LayersError } from '../../src/core.js';
import { dueAt, type ListMoment } from '../../src/queries/listDue.js';
import type { ListQuery } from '../../src/queries/listRows.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Milliseconds until a list is due that was read so long ago. */
function dueIn(readAgo: number, moment: Partial<ListMoment>, state: Partial<ListQuery['state']> = {}): number {
  const now = monotonicNow();
  const query = new QueryClient().getQueryCache().build(new QueryClient(), { queryKey: ['list'] }, {
    data: { pages: [], pageParams: [] },
    dataUpdatedAt: Date.now() - readAgo,
  } as never);
  query.setState({ status: 'success', ...state } as never);
  const never = Number.NEGATIVE_INFINITY;
  const calm = { cadence: 'in-flight', mountedAt: now - readAgo - 1, shownAt: never, hasRowsInFlight: false, hasNews: false } as const;
  return dueAt(query as never, { ...calm, ...moment }) - now;
}

const NEVER = Number.POSITIVE_INFINITY;

test('where nothing is in flight and nobody has come to look, never', () => {
  expect(dueIn(3_600_000, {})).toBe(NEVER);
});

test('while something is in flight, 30 s after the last time; without a cadence not', () => {
  expect(dueIn(10_000, { hasRowsInFlight: true })).toBe(20_000);
  expect(dueIn(10_000, { hasRowsInFlight: true, cadence: false })).toBe(NEVER);
});

test('as often as asked for, in flight or not', () => {
  expect(dueIn(10_000, { cadence: 60_000 })).toBe(50_000);
  expect(dueIn(10_000, { cadence: 60_000, hasRowsInFlight: true })).toBe(50_000);
});

test.each(['in-flight', 60_000, false] as const)(
  'with a cadence of %s: at once where it was old when it was mounted, not where it was young',
  (cadence) => {
    const now = monotonicNow();
    expect(dueIn(30_000, { mountedAt: now, cadence })).toBe(0);
    expect(dueIn(29_999, { mountedAt: now, cadence })).toBeGreaterThan(0);
  },
);

test('when the page is seen again, or something newer was read elsewhere: not within 5 s of the last time', () => {
  const shownAt = monotonicNow();
  expect(dueIn(1_000, { shownAt })).toBe(4_000);
  expect(dueIn(60_000, { shownAt })).toBeLessThanOrEqual(0);
  expect(dueIn(60_000, { shownAt, cadence: false })).toBe(NEVER);
  expect(dueIn(1_000, { hasNews: true })).toBe(4_000);
  expect(dueIn(1_000, { hasNews: true, cadence: false })).toBe(NEVER);
});

const failed = (status: number, part: object = {}) => ({
  status: 'error' as const,
  error: new LayersError({ code: `HTTP_${status}`, message: 'No.', status, ...(status >= 500 && { retryable: true }) }),
  errorUpdatedAt: Date.now(),
  errorUpdateCount: 1,
  fetchMeta: null,
  ...part,
});

test('after a refresh that failed it is tried again; not where that cannot help', () => {
  expect(dueIn(60_000, {}, failed(502))).toBe(2_000);
  expect(dueIn(60_000, { cadence: false }, failed(502))).toBe(NEVER);
  expect(dueIn(60_000, { hasRowsInFlight: true }, failed(403))).toBe(NEVER);
});

test('a page that failed to load is not tried again by itself, and puts off no more than what is due', () => {
  const fetchMeta = { fetchMore: { direction: 'forward' } };
  expect(dueIn(10_000, {}, failed(502, { fetchMeta }))).toBe(NEVER);
  expect(dueIn(10_000, { hasRowsInFlight: true }, failed(502, { fetchMeta }))).toBe(20_000);
  expect(dueIn(60_000, { hasRowsInFlight: true }, failed(502, { fetchMeta }))).toBe(2_000);
});
