import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { stopTime, tick as pass } from '../../truth/support.js';
import { errorOf } from '../support.js';
import { house } from './support.js';

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a stream follows a job by itself: what else is asked for under its id is refused, and neither asked about nor read', async () => {
  const { ask, inFlight, simulator, asked, sent, server } = house();
  const jobId = simulator.jobId(inFlight());
  const follow = (wants: string[]) => {
    const body = JSON.stringify({ stream: null, follow: [{ id: jobId, wants, isOnScreen: true, isKnown: false }], projects: [] });
    return ask([], {}, { body });
  };
  const refused = await Promise.all(
    [
      ['job', 'progress'],
      ['record', 'job'],
      ['job', 'job'],
    ].map(follow),
  );
  expect(refused.map(({ status }) => status)).toEqual([400, 400, 400]);
  expect((await errorOf(refused[0] as Response)).code).toBe('VALIDATION');
  await pass(5_000);
  expect([asked, sent]).toEqual([[], []]);
  expect((await follow(['job'])).status).toBe(200);
  await pass(5_000);
  expect(asked).toEqual([{ action: 'read', kind: 'job', jobId }]);
  expect(new Set(sent.map(({ url }) => url))).toEqual(new Set([`https://api.invalid/v1/jobs/${jobId}`]));
  server.close();
});
