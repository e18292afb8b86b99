import { expect, test } from 'vitest';
import { LayersError } from '../../src/core.js';
import { Tracks } from '../../src/schedule/tracks.js';

const SECOND = 1_000;
const failure = new LayersError({ code: 'BAD_GATEWAY', status: 502, message: 'It failed.' });
const told = new LayersError({ code: 'UNAVAILABLE', status: 503, retryAfterMs: 30_000, message: 'It failed.' });

/** Two that are followed, both read at 0 s and failing since. */
function outage() {
  const tracks = new Tracks();
  const fail = (id: string, askedAt: number, at: number, error = failure) =>
    tracks.note({ kind: 'error', id, read: 'progress', error, askedAt: askedAt * SECOND }, at * SECOND, () => true);
  const succeed = (id: string, at: number) => {
    const value = {
      containerId: id,
      status: 'processing',
      rawStatus: 'processing',
      stage: null,
      stageProgress: null,
      etaSeconds: null,
      updatedAt: null,
    } as const;
    tracks.note({ kind: 'progress', id, value, askedAt: at * SECOND }, at * SECOND, () => true);
  };
  for (const id of ['a', 'b']) {
    tracks.follow({}, { id, wants: 'progress', interval: undefined }, undefined, 0, true);
    succeed(id, 0);
  }
  for (let at = 10; at <= 250; at += 60) for (const id of ['a', 'b']) fail(id, at, at + 10);
  return { fail, succeed, retryAt: (id: string) => (tracks.all.get(id)?.retryAt ?? Number.NaN) / SECOND };
}

test('a read that was sent during an outage and fails after its end is due at once, and then at its backoff', () => {
  const { fail, succeed, retryAt } = outage();
  succeed('b', 305);
  fail('a', 298, 308);
  expect(retryAt('a')).toBe(308);
  fail('a', 308, 318);
  expect(retryAt('a')).toBeGreaterThanOrEqual(318 + 45);
});

test('not where the server said when', () => {
  const { fail, succeed, retryAt } = outage();
  succeed('b', 305);
  fail('a', 298, 308, told);
  expect(retryAt('a')).toBeGreaterThanOrEqual(338);
});

test('not where others were read all the time', () => {
  const { fail, succeed, retryAt } = outage();
  for (let at = 296; at < 310; at += 1) succeed('b', at);
  fail('a', 308, 318);
  expect(retryAt('a')).toBeGreaterThanOrEqual(318 + 45);
});
