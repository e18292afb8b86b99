import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { errorOf, setup } from './support.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'], now: Date.UTC(2033, 0, 1) });
});
afterEach(() => {
  vi.useRealTimers();
});

test.each([
  ['decisions', '/v1/content/cnt_1/approve', 48],
  ['generations', '/v1/projects/prj_1/content/slideshow-builder', 16],
])('%s beyond the budget wait, then are refused with 429 and were never sent', async (_, path, limit) => {
  let count = 0;
  const { post } = setup({
    fetch: async () => {
      count += 1;
      return Response.json({});
    },
  });
  const responses = Array.from({ length: limit + 2 }, () => post(path));
  await vi.advanceTimersByTimeAsync(11_000);
  const settled = await Promise.all(responses);
  expect(count).toBe(limit);
  const refused = settled.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(2);
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(40);
  expect(await errorOf(refused[0] as Response)).toMatchObject({ code: 'RATE_LIMITED' });
  await vi.advanceTimersByTimeAsync(60_000);
  expect((await post(path)).status).toBe(200);
});
