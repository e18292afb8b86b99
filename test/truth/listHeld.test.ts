import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { containerListOptions } from '../../src/core.js';
import { monotonicNow } from '../../src/internal/monotonicNow.js';
import { followList } from '../../src/queries/list/followList.js';
import { listActions } from '../../src/queries/list/listActions.js';
import { closePages, followRow, isList, LATENCY, lasting, openPage, type Page, stopTime, tick } from './support.js';

// On a slow machine too.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  closePages();
  vi.useRealTimers();
});

const SECOND = 1_000;

/** A list that is shown beside the progress of six in flight, ten seconds later; then every list answers 503. */
async function failingList(seconds: number, lists = 1) {
  const page = openPage();
  const { client, queryClient, projectId } = page;
  const rows = Array.from({ length: 6 }, () =>
    followRow(page, page.simulator.addContainer({ generation: lasting(3_600 * SECOND) }), true, ['progress']),
  );
  const [list] = Array.from({ length: lists }, (_, index) => {
    const options = containerListOptions(client, projectId, { limit: 50 - index });
    new QueryObserver(queryClient, options).subscribe(() => {});
    const shown = listActions(client, queryClient, options.queryKey);
    followList(shown, 'in-flight');
    return shown;
  });
  await tick(10 * SECOND);
  page.simulator.setFaults([{ kind: 'status', status: 503, retryAfter: String(seconds), match: isList }, LATENCY]);
  return { page, rows, list: list as NonNullable<typeof list>, from: Date.now() };
}

/** When lists were read since, and how many other reads there were. */
function readsSince({ sent }: Page, from: number) {
  const since = sent.filter(({ at }) => at >= from);
  const lists = since.filter(({ path }) => isList.test(path)).map(({ at }) => at);
  return { lists, single: since.length - lists.length };
}

test.each([
  { seconds: 30, lists: 1, least: 90 },
  { seconds: 30, lists: 3, least: 90 },
  { seconds: 10, lists: 1, least: 160 },
])('while $lists list(s) answer 503 with Retry-After $seconds, single reads go on and tell each end', async ({ seconds, lists, least }) => {
  const { page, rows, from } = await failingList(seconds, lists);
  for (const row of rows.slice(1)) {
    await tick(70 * SECOND);
    const endedAt = Date.now();
    page.simulator.finish(row.id);
    // All that the server asked for, and then as without a list.
    await tick((seconds + 15) * SECOND);
    expect((row.over.progress ?? Number.POSITIVE_INFINITY) - endedAt).toBeLessThanOrEqual((seconds + 15) * SECOND);
  }
  const reads = readsSince(page, from);
  expect(reads.single).toBeGreaterThan(least);
  expect(reads.lists.length).toBeGreaterThanOrEqual(4);
  // After each one that failed others go first, for at least 7.5 s.
  const gaps = reads.lists.slice(1).map((at, index) => at - (reads.lists[index] as number));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual((seconds + 7) * SECOND);
});

test('a person who refreshes such a list waits for the pause, and for nothing else', async () => {
  const { page, list } = await failingList(30);
  const failed = () => page.sent.find(({ status }) => status === 503);
  for (let waited = 0; waited < 40 && failed() === undefined; waited += 1) await tick(SECOND);
  await tick(34 * SECOND);
  expect(page.client.lines['read-light'].budget.pausedUntil).toBeLessThan(monotonicNow());
  expect(page.client.schedule.listsHeldUntil).toBeGreaterThan(monotonicNow());
  page.simulator.setFaults([LATENCY]);
  const from = Date.now();
  void list.refresh();
  await tick(2 * SECOND);
  expect(readsSince(page, from).lists.length).toBeGreaterThanOrEqual(1);
  // It works again: nothing is held any more.
  expect(page.client.schedule.listsHeldUntil).toBe(Number.NEGATIVE_INFINITY);
  await tick(40 * SECOND);
  expect(list.query.state.status).toBe('success');
  expect(readsSince(page, from).lists.length).toBeGreaterThan(2);
});

test('a list beside which nothing is read is held by nothing but its own backoff', async () => {
  const { page, rows, list } = await failingList(10);
  for (const row of rows) row.stop();
  for (const { id } of rows) page.simulator.finish(id);
  await tick(15 * SECOND);
  void list.refresh();
  await tick(30 * SECOND);
  expect(page.client.schedule.listsHeldUntil).toBe(Number.NEGATIVE_INFINITY);
});
