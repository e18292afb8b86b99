import { environmentManager } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { containerOptions, containerProgressOptions } from '../../src/core.js';
import { closePages, isDetail, isList, lasting, openPage, type Page, quantile, stopTime, tick } from './support.js';

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  environmentManager.setIsServer(() => false);
  closePages();
  vi.useRealTimers();
});

const addRows = ({ simulator }: Page, count: number) =>
  Array.from({ length: count }, () => simulator.addContainer({ generation: lasting(100_000) }));

/** Fetches without an observer, as suspended rows and loaders do, and the times in milliseconds until each has data. */
function fetchAll(page: Page, ids: string[]) {
  const startedAt = Date.now();
  const times: number[] = [];
  for (const id of ids) void page.queryClient.fetchQuery(containerOptions(page.client, id)).then(() => times.push(Date.now() - startedAt));
  return times;
}

const followed = ({ client }: Page) => [...client.schedule.follows()];

describe('30 rows that are fetched at once without an observer', () => {
  test('all have data soon, from a list, and a click in the same second leaves within 2 s', async () => {
    const page = openPage();
    const times = fetchAll(page, addRows(page, 30));
    await tick(500);
    const clickedAt = Date.now();
    void page.client.listContainers(page.projectId, { limit: 7 });
    await tick(10_000);
    const click = page.sent.find(({ path }) => path.includes('limit=7'));
    expect((click?.at ?? Number.POSITIVE_INFINITY) - clickedAt).toBeLessThanOrEqual(2_000);
    expect(times).toHaveLength(30);
    expect(quantile(times, 0.5)).toBeLessThanOrEqual(1_500);
    expect(quantile(times, 0.95)).toBeLessThanOrEqual(4_000);
    expect(page.reads(isList).length).toBeGreaterThanOrEqual(2);
    expect(page.sent.length).toBeLessThanOrEqual(8);
    expect(followed(page)).toEqual([]);
  });

  test('are read in the background where a list has told of them, and a click does not wait for them', async () => {
    const page = openPage();
    const ids = addRows(page, 30);
    fetchAll(page, ids);
    await tick(5_000);
    const before = page.sent.length;
    const times = fetchAll(page, ids);
    await tick(500);
    const clickedAt = Date.now();
    void page.client.listContainers(page.projectId, { limit: 7 });
    await tick(60_000);
    expect((page.sent.find(({ path }) => path.includes('limit=7'))?.at ?? Number.POSITIVE_INFINITY) - clickedAt).toBeLessThanOrEqual(100);
    expect(times).toHaveLength(30);
    expect(page.reads(isDetail).length).toBeGreaterThanOrEqual(30);
    expect(page.sent.length - before).toBeLessThanOrEqual(31);
    expect(followed(page)).toEqual([]);
  });

  test('leave nothing followed when they are canceled', async () => {
    const page = openPage();
    for (const id of addRows(page, 30)) void page.queryClient.prefetchQuery(containerOptions(page.client, id));
    await tick(10);
    expect(followed(page)).toHaveLength(29);
    await page.queryClient.cancelQueries();
    expect(followed(page)).toEqual([]);
    const before = page.sent.length;
    await tick(30_000);
    expect(page.sent.length).toBe(before);
  });

  test('leave nothing followed when the client is closed', async () => {
    const page = openPage();
    const failed = vi.fn();
    for (const id of addRows(page, 30)) page.queryClient.fetchQuery(containerOptions(page.client, id)).catch(failed);
    await tick(10);
    page.client.close();
    await tick(100);
    expect(followed(page)).toEqual([]);
    expect(failed).toHaveBeenCalledTimes(30);
    expect(failed).toHaveBeenCalledWith(expect.objectContaining({ code: 'CLOSED' }));
  });

  test('leave nothing followed when their reads fail', async () => {
    const page = openPage({ faults: [{ kind: 'status', status: 404 }] });
    const failed = vi.fn();
    for (const id of addRows(page, 3)) page.queryClient.fetchQuery(containerOptions(page.client, id)).catch(failed);
    await tick(10_000);
    expect(failed).toHaveBeenCalledTimes(3);
    expect(followed(page)).toEqual([]);
  });
});

describe.each([false, true])('one that is fetched alone (on a server: %s)', (isServer) => {
  beforeEach(() => {
    environmentManager.setIsServer(() => isServer);
  });

  test.each([
    ['its record', containerOptions],
    ['its progress', containerProgressOptions],
  ] as const)('reads %s at once, without a timer, and follows nothing', async (_, options) => {
    const page = openPage({ faults: [] });
    const [id] = addRows(page, 1) as [string];
    const done = page.queryClient.fetchQuery(options(page.client, id) as never);
    await vi.advanceTimersByTimeAsync(0);
    expect(page.sent).toHaveLength(1);
    await done;
    expect(followed(page)).toEqual([]);
    await tick(20_000);
    expect(page.sent).toHaveLength(1);
  });
});

test('several in a hidden page are answered, too', async () => {
  const page = openPage();
  page.client.schedule.setPageVisible(false);
  const times = fetchAll(page, addRows(page, 3));
  await tick(5_000);
  expect(times).toHaveLength(3);
});
