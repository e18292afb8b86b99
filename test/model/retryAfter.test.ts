import { describe, expect, test } from 'vitest';
import { parseRetryAfter } from '../../src/model/retryAfter.js';

const NOW = Date.UTC(2026, 3, 18, 9, 30, 0);

describe('parseRetryAfter', () => {
  test.each([
    ['5', 5000],
    ['0', 0],
    ['007', 7000],
    ['120', 120_000],
    [' 5 ', 5000],
    ['86400', 86_400_000],
  ])('%j seconds', (header, expected) => {
    expect(parseRetryAfter(header, NOW)).toBe(expected);
  });

  test.each([
    ['Sat, 18 Apr 2026 09:30:05 GMT', 5000],
    ['Saturday, 18-Apr-26 09:30:05 GMT', 5000],
    ['Sat Apr 18 09:30:05 2026', 5000],
    ['Fri May  1 09:30:00 2026', 13 * 86_400_000],
    ['Sat, 18 Apr 2026 09:30:00 GMT', 0],
    ['Sat, 18 Apr 2026 09:29:59 GMT', 0],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 0],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 0],
    ['Sun Nov  6 08:49:37 1994', 0],
  ])('HTTP date %j', (header, expected) => {
    expect(parseRetryAfter(header, NOW)).toBe(expected);
  });

  test('is rounded up, never down', () => {
    expect(parseRetryAfter('Sat, 18 Apr 2026 09:30:05 GMT', NOW + 0.25)).toBe(5000);
    expect(parseRetryAfter('Sat, 18 Apr 2026 09:30:05 GMT', NOW - 0.25)).toBe(5001);
  });

  test('stays a number that JSON can hold', () => {
    expect(parseRetryAfter('9'.repeat(400), NOW)).toBe(Number.MAX_SAFE_INTEGER);
  });

  test.each([null, '', ' ', '5.5', '-1', '+5', '1e3', '0x10', '5s', '5, 10', 'soon', '２', 'NaN', 'Infinity'].map((header) => [header]))(
    '%j is null',
    (header) => {
      expect(parseRetryAfter(header, NOW)).toBeNull();
    },
  );

  test.each([
    '2026-04-18T09:30:05Z',
    'Apr 18, 2026',
    'Sat, 18 Apr 2026 09:30:05',
    'Sat, 18 Apr 2026 09:30:05 PST',
    'Sat, 18 Foo 2026 09:30:05 GMT',
    'Sat, 18 Apr 2026',
    '18 Apr 2026 09:30:05 GMT',
  ])('%j is no HTTP date', (header) => {
    expect(parseRetryAfter(header, NOW)).toBeNull();
  });
});
