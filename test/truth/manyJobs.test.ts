import { QueryObserver } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';
import { jobOptions } from '../../src/core.js';
import { busiestMinute, closePages, lasting, openPage, quantile, stopTime, tick } from './support.js';

afterEach(() => {
  closePages();
  vi.useRealTimers();
});

test('100 jobs mounted at once all have data within the time in which the budget reads each once', async () => {
  stopTime();
  const page = openPage();
  const jobs = Array.from({ length: 100 }, (_, index) =>
    page.simulator.jobId(page.simulator.addContainer({ generation: lasting(index % 3 === 0 ? 1_000 : 600_000) })),
  );
  await tick(2_000);
  const startedAt = Date.now();
  const times = jobs.map((jobId, index) => {
    expect(jobId).not.toBeNull();
    const first = { at: Number.POSITIVE_INFINITY, index };
    const observer = new QueryObserver(page.queryClient, jobOptions(page.client, jobId ?? ''));
    observer.subscribe(({ data }) => {
      if (data !== undefined && first.at === Number.POSITIVE_INFINITY) first.at = Date.now() - startedAt;
    });
    return first;
  });
  await tick(100_000);
  const all = times.map(({ at }) => at);
  // What the budget leaves to the background reads 100 in 68 s.
  expect(Math.max(...all)).toBeLessThanOrEqual(70_000);
  expect(quantile(all, 0.5)).toBeLessThanOrEqual(36_000);
  // Those in flight are polled again as soon as each has data.
  expect(page.sent.length).toBeGreaterThanOrEqual(140);
  expect(busiestMinute(page.sent.map(({ at }) => at))).toBeLessThanOrEqual(96);
});
