import { describe, expect, test } from 'vitest';
import { LayersError } from '../../src/core.js';
import { inFlightInterval, retryDelay } from '../../src/schedule/cadence.js';

const error = (status: number, retryAfterMs: number | null = null, code = `HTTP_${status}`) =>
  new LayersError({ code, status, retryAfterMs, message: 'It failed.' });

describe('the documented cadence', () => {
  test('2 s, then 5 s once the same stage has lasted 30 s', () => {
    expect(inFlightInterval(0)).toBe(2_000);
    expect(inFlightInterval(30_000)).toBe(2_000);
    expect(inFlightInterval(30_001)).toBe(5_000);
  });

  test.each([1, 999, 1_000])('an interval of %d ms that a caller asks for is never under 1 s', (asked) => {
    expect(inFlightInterval(0, asked)).toBe(1_000);
  });

  test.each([false, 0, -5, Number.NaN, Number.POSITIVE_INFINITY] as const)('%s is none, as in TanStack Query', (asked) => {
    expect(inFlightInterval(0, asked)).toBe(false);
  });

  test('a slower one is kept', () => {
    expect(inFlightInterval(0, 7_500)).toBe(7_500);
  });
});

describe('after an error', () => {
  test('backs off from 2 s to 60 s', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 100].map((failures) => retryDelay(error(500), failures, 0.5))).toEqual([
      2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
    ]);
  });

  test('each waits another while, a quarter below to a quarter above, from the first failure on', () => {
    expect([retryDelay(error(500), 1, 0), retryDelay(error(500), 1, 1)]).toEqual([1_500, 2_500]);
    expect([retryDelay(error(500), 4, 0), retryDelay(error(500), 4, 1)]).toEqual([12_000, 20_000]);
  });

  test('Retry-After is never shortened, also where it is longer than the ceiling', () => {
    for (const random of [0, 0.5, 1]) {
      expect(retryDelay(error(429, 7_000), 1, random)).toBe(7_000);
      expect(retryDelay(error(503, 180_000), 1, random)).toBe(180_000);
    }
    // What fails again comes after what works, once the pause is over.
    expect([0, 1].map((random) => retryDelay(error(503, 30_000), 3, random))).toEqual([36_000, 40_000]);
    expect([0, 1].map((random) => retryDelay(error(503, 180_000), 9, random))).toEqual([225_000, 255_000]);
    expect(retryDelay(error(429, 0), 1, 0)).toBe(1_500);
  });

  test('a Retry-After of up to ten minutes is kept; a longer one is asked again after ten', () => {
    expect(retryDelay(error(429, 600_000), 1, 0.5)).toBe(600_000);
    expect(retryDelay(error(429, 100_000_000), 1, 0.5)).toBe(600_000);
  });

  test.each([400, 402, 403, 404, 409, 422])('a %d is not read again', (status) => {
    expect(retryDelay(error(status), 1, 0)).toBe(false);
  });

  test('a 401 is read again, with backoff: a session can be renewed', () => {
    expect([1, 2, 9].map((failures) => retryDelay(error(401), failures, 0.5))).toEqual([2_000, 4_000, 60_000]);
  });

  test('a suspended key is not read again, an answer that was cut off and anything unknown is', () => {
    expect(retryDelay(error(503, null, 'KILL_SWITCH'), 1, 0)).toBe(false);
    expect(retryDelay(new LayersError({ code: 'INVALID_RESPONSE', message: 'Cut off.' }), 2, 0.5)).toBe(4_000);
    expect(retryDelay(new Error('Something else'), 1, 0.5)).toBe(2_000);
  });
});
