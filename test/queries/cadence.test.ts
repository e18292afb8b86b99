import { describe, expect, test } from 'vitest';
import { LayersError } from '../../src/core.js';
import { inFlightDelay, retryDelay, steadyJitter } from '../../src/queries/cadence.js';

const error = (status: number, retryAfterMs: number | null = null, code = `HTTP_${status}`) =>
  new LayersError({ code, status, retryAfterMs, message: 'It failed.' });

describe('the documented cadence', () => {
  test('2 s, then 5 s once the same stage has lasted 30 s', () => {
    expect(inFlightDelay(0)).toBe(2_000);
    expect(inFlightDelay(30_000)).toBe(2_000);
    expect(inFlightDelay(30_001)).toBe(5_000);
  });

  test.each([0, 1, 999, -5, 1_000])('an interval of %d ms that a caller asks for is never under 1 s', (asked) => {
    expect(inFlightDelay(0, asked)).toBe(1_000);
  });

  test('a slower one is kept, none is none, and what is no number is the documented one', () => {
    expect(inFlightDelay(0, 7_500)).toBe(7_500);
    expect(inFlightDelay(0, false)).toBe(false);
    expect(inFlightDelay(0, Number.NaN)).toBe(2_000);
  });
});

describe('after an error', () => {
  test('backs off from 2 s to 60 s', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 100].map((failures) => retryDelay(error(500), failures, 0))).toEqual([
      2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
    ]);
  });

  test('jitter shortens by a quarter at most, and never below 2 s', () => {
    expect(retryDelay(error(500), 4, 1)).toBe(12_000);
    expect(retryDelay(error(500), 1, 1)).toBe(2_000);
  });

  test('Retry-After is never shortened, also where it is longer than the ceiling', () => {
    expect(retryDelay(error(429, 7_000), 1, 1)).toBe(7_000);
    expect(retryDelay(error(503, 180_000), 9, 1)).toBe(180_000);
    expect(retryDelay(error(429, 0), 1, 0)).toBe(2_000);
  });

  test.each([400, 401, 402, 403, 404, 409, 422])('a %d is not read again', (status) => {
    expect(retryDelay(error(status), 1, 0)).toBe(false);
  });

  test('a suspended key is not read again, an answer that was cut off is', () => {
    expect(retryDelay(error(503, null, 'KILL_SWITCH'), 1, 0)).toBe(false);
    expect(retryDelay(new LayersError({ code: 'INVALID_RESPONSE', message: 'Cut off.' }), 2, 0)).toBe(4_000);
  });

  test('jitter is the same at every look and differs between queries', () => {
    const values = Array.from({ length: 200 }, (_, index) => steadyJitter(`["layers","container","${index}"]`, 1));
    expect(steadyJitter('["layers"]', 3)).toBe(steadyJitter('["layers"]', 3));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
    expect(new Set(values).size).toBeGreaterThan(190);
    expect(values.reduce((sum, value) => sum + value) / values.length).toBeCloseTo(0.5, 1);
  });
});
