import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { changeStream, pauseAfter, readStream } from '../../../src/queries/push/stream.js';

const SERVER_NOW = Date.UTC(2030, 0, 1, 12);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const dateIn = (seconds: number) => new Date(SERVER_NOW + seconds * 1000).toUTCString();

/** The error of a stream that a gateway refuses with these headers. */
async function refused(headers: Record<string, string>, ask: typeof readStream | typeof changeStream = readStream): Promise<unknown> {
  const settings = { baseUrl: 'https://stream.invalid', fetch: async () => new Response('busy', { status: 503, headers }) };
  const body = { stream: null, follow: [], projects: [] };
  const { signal } = new AbortController();
  const sent =
    ask === readStream ? readStream(settings as never, body, null, signal, () => {}) : changeStream(settings as never, body, signal);
  return sent.catch((error: unknown) => error);
}

test.each([
  ['two minutes ahead', 120],
  ['two minutes behind', -120],
  ['right', 0],
])('a dated Retry-After is as long as the server means it, with a clock that is %s', async (_, ahead) => {
  vi.setSystemTime(SERVER_NOW + ahead * 1000);
  const headers = { date: dateIn(0), 'retry-after': dateIn(30) };
  expect(await refused(headers)).toMatchObject({ status: 503, retryAfterMs: 30_000 });
  expect(await refused(headers, changeStream)).toMatchObject({ status: 503, retryAfterMs: 30_000 });
  expect(pauseAfter(await refused(headers), 1)).toBeGreaterThanOrEqual(30_000);
});

test('without a date of the server a dated Retry-After counts from now', async () => {
  vi.setSystemTime(SERVER_NOW);
  expect(await refused({ 'retry-after': dateIn(30) })).toMatchObject({ retryAfterMs: 30_000 });
  expect(await refused({ 'retry-after': '30' })).toMatchObject({ retryAfterMs: 30_000 });
});
