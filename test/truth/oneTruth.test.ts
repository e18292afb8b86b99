import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Container, containerListOptions, layersKeys } from '../../src/core.js';
import { closePages, followRow, isDetail, isList, isProgress, LATENCY, lasting, openPage, type Page, tick, stopTime } from './support.js';

// On a slow machine too.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  closePages();
  vi.useRealTimers();
});

const add = (page: Page, durationMs = 600_000) => page.simulator.addContainer({ generation: lasting(durationMs) });

/** Mounts a list of the project's containers. */
function followList(page: Page) {
  return new QueryObserver(page.queryClient, containerListOptions(page.client, page.projectId) as never).subscribe(() => {});
}

/** Whether all of a container is known. */
const isWhole = (container: Container) => container.status === 'completed' && container.isPartial !== true;

const onlyARecordSays = ({ hook, lastError, updatedAt, assets, captions, brief }: Container) => ({
  hook,
  lastError,
  updatedAt: updatedAt === null ? 'none' : 'some',
  assets: assets.length,
  captions,
  brief,
});

describe.each(['current', 'legacy'] as const)('what a source does not carry never erases what another said (%s)', (edition) => {
  const open = () => openPage({ edition }, { edition });

  test.each([
    { hooks: ['container'] as const, onScreen: true },
    { hooks: ['container'] as const, onScreen: false },
    { hooks: ['container', 'progress'] as const, onScreen: true },
    { hooks: ['container', 'progress'] as const, onScreen: false },
  ])('a sweep ($hooks, on screen $onScreen)', async ({ hooks, onScreen }) => {
    const page = open();
    // Its status changes between two sweeps, which is what a row then tells.
    const id = page.simulator.addContainer({ generation: { ...lasting(600_000), queuedMs: 12_000 } });
    const row = followRow(page, id, onScreen, [...hooks]);
    await tick(3_000);
    row.refetch();
    await tick(1_000);
    const known = onlyARecordSays(row.container() as Container);
    expect(known.hook ?? known.brief).not.toBeNull();
    const others = [1, 2, 3].map(() => followRow(page, add(page), false));
    await tick(30_000);
    expect(page.reads(isList).length).toBeGreaterThan(3);
    expect(row.container()?.status).toBe('processing');
    const now = onlyARecordSays(row.container() as Container);
    // A date that its progress adds meanwhile erases nothing.
    expect(now).toEqual({ ...known, updatedAt: known.updatedAt === 'some' ? 'some' : now.updatedAt });
    for (const other of others) expect(other.container()).toBeDefined();
  });

  test('a list, for what failed and for what is completed', async () => {
    const page = open();
    const failed = page.simulator.addContainer({
      generation: { ...lasting(3_000), outcome: 'failed', lastError: { code: 'CONTENT_POLICY', message: 'No.' } },
    });
    const completed = add(page, 3_000);
    const rows = [failed, completed].map((id) => followRow(page, id, true));
    await tick(15_000);
    const known = rows.map((row) => onlyARecordSays(row.container() as Container));
    expect(known[0]?.lastError).toEqual({ code: 'CONTENT_POLICY', message: 'No.' });
    expect(known[1]?.assets).toBeGreaterThan(0);
    const preview = rows[1]?.container()?.preview;
    const stop = followList(page);
    await tick(3_000);
    expect(rows.map((row) => onlyARecordSays(row.container() as Container))).toEqual(known);
    expect(rows[1]?.container()?.preview).toEqual(preview);
    stop();
  });

  test('a progress snapshot', async () => {
    const page = open();
    const row = followRow(page, add(page), true);
    await tick(2_000);
    row.refetch();
    await tick(1_000);
    const known = onlyARecordSays(row.container() as Container);
    const before = page.reads(isProgress).length;
    await tick(12_000);
    expect(page.reads(isProgress).length).toBeGreaterThan(before);
    expect({ ...onlyARecordSays(row.container() as Container), updatedAt: 'some' }).toEqual({ ...known, updatedAt: 'some' });
  });
});

describe('a container has data as soon as anything is known of it, and says whether that is all', () => {
  test('after a list', async () => {
    const page = openPage();
    const id = add(page, 20_000);
    const stop = followList(page);
    await tick(2_000);
    const before = page.sent.length;
    const row = followRow(page, id, true);
    expect(row.container()).toMatchObject({ id, status: expect.stringMatching(/queued|processing/), isPartial: true });
    expect(row.progress()).toMatchObject({ status: row.container()?.status });
    expect(page.sent.length).toBe(before);
    await tick(30_000);
    expect(row.container()).toSatisfy(isWhole);
    expect(row.container()?.assets.length).toBeGreaterThan(0);
    stop();
  });

  test('after a progress snapshot', async () => {
    const page = openPage();
    const id = add(page, 20_000);
    followRow(page, id, true, ['progress']);
    await tick(2_000);
    expect(page.reads(isDetail)).toHaveLength(0);
    const row = followRow(page, id, true, ['container']);
    expect(row.container()).toMatchObject({ status: 'processing', isPartial: true, assets: [], hook: null });
    await tick(30_000);
    expect(row.container()).toSatisfy((container: Container) => isWhole(container) && container.hook !== null);
  });

  test('after a sweep', async () => {
    const page = openPage();
    const ids = [1, 2, 3, 4].map(() => add(page, 20_000));
    for (const id of ids) followRow(page, id, true, ['progress']);
    await tick(6_000);
    expect(page.reads(isList).length).toBeGreaterThan(0);
    const rows = ids.map((id) => followRow(page, id, true, ['container']));
    for (const row of rows) expect(row.container()).toMatchObject({ status: 'processing', projectId: page.projectId });
    await tick(30_000);
    for (const row of rows) expect(row.container()).toSatisfy(isWhole);
  });

  test('a record that was read is not partial, and stays so through sweeps', async () => {
    const page = openPage();
    const row = followRow(page, add(page), true);
    await tick(1_000);
    row.refetch();
    await tick(2_000);
    expect(row.container()?.isPartial ?? false).toBe(false);
    for (let other = 0; other < 3; other += 1) followRow(page, add(page), true);
    await tick(20_000);
    expect(row.container()?.isPartial ?? false).toBe(false);
  });
});

test('one container on screen that a list told of is read in full soon, though it is in flight', async () => {
  const page = openPage();
  const id = add(page);
  const stop = followList(page);
  await tick(2_000);
  const row = followRow(page, id, true);
  await tick(10_000);
  expect(row.container()).toMatchObject({ hook: expect.any(String) });
  expect(row.container()?.isPartial ?? false).toBe(false);
  stop();
});

test('all that is known of a container is one entry of the cache, under one key', async () => {
  const page = openPage();
  const id = add(page);
  expect(layersKeys.progress(page.client, id)).toEqual(layersKeys.container(page.client, id));
  followRow(page, id, true);
  await tick(5_000);
  const entries = page.queryClient.getQueryCache().findAll({ queryKey: layersKeys.all(page.client) });
  expect(entries).toHaveLength(1);
  const { data } = entries[0]?.state ?? {};
  expect(JSON.parse(JSON.stringify(data))).toEqual(data);
});

describe('newer wins, by the server', () => {
  test('a record that was asked for before the end and comes after it changes nothing', async () => {
    const page = openPage({ faults: [] });
    const ids = [1, 2, 3].map(() => add(page));
    const rows = ids.map((id) => followRow(page, id, true));
    await tick(3_000);
    page.simulator.setFaults([{ kind: 'latency', match: /GET \/v1\/content\/[^/]+$/, latencyMs: 9_000, times: 1 }]);
    rows[0]?.refetch();
    await tick(1_000);
    page.simulator.finish(ids[0] as string);
    await tick(5_500);
    expect(rows[0]?.progress()?.status).toBe('completed');
    expect(rows[0]?.container()?.status).toBe('completed');
    await tick(6_000, () => {
      expect([rows[0]?.container()?.status, rows[0]?.progress()?.status]).toEqual(['completed', 'completed']);
    });
  });

  test('a list that was asked for before a decision and comes after it does not undo it', async () => {
    const page = openPage({ faults: [] });
    const id = page.simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    const row = followRow(page, id, true);
    await tick(2_000);
    page.simulator.setFaults([{ kind: 'latency', match: isList, latencyMs: 4_000, times: 1 }]);
    const stop = followList(page);
    await tick(500);
    await page.client.approve(id);
    row.refetch();
    await tick(6_000);
    expect(row.container()?.approvalStatus).toBe('approved');
    stop();
  });
});

test('terminal is absorbing: whatever answers late, and no read in the hour after', async () => {
  const page = openPage({ faults: [{ kind: 'latency', latencyMs: [40, 3_000] }] });
  const rows = Array.from({ length: 12 }, (_, index) => followRow(page, add(page, 10_000 + index * 1_000), index < 6));
  const seen = new Set<string>();
  const back: string[] = [];
  await tick(60_000, () => {
    for (const row of rows)
      for (const [hook, status] of [['container', row.container()?.status] as const, ['progress', row.progress()?.status] as const]) {
        if (status === 'completed') seen.add(`${hook} ${row.id}`);
        else if (seen.has(`${hook} ${row.id}`)) back.push(`${hook} ${row.id} ${status}`);
      }
  });
  expect(back).toEqual([]);
  expect(seen.size).toBe(24);
  page.simulator.setFaults([LATENCY]);
  const before = page.sent.length;
  await tick(3_600_000, () => {}, 10_000);
  expect(page.sent.length).toBe(before);
});
