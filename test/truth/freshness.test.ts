import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { containerKey } from '../../src/core.js';
import { createSimulator, type SimulatorGeneration } from '../../src/testing.js';
import {
  closePages,
  followRow,
  isDetail,
  isList,
  isProgress,
  lasting,
  openPage,
  openPageOf,
  type Page,
  type Row,
  tick,
  stopTime,
} from './support.js';

// On a slow machine too.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  closePages();
  vi.useRealTimers();
});

// A budget in which six on screen need not be read less often.
const open = () => openPage({ tier: 'off' }, { readsPerMinute: 600 });
const add = (page: Page, generation: SimulatorGeneration = lasting(3_600_000), createdAt = Date.now()) =>
  page.simulator.addContainer({ generation, createdAt });
const rowsOf = (page: Page, count: number, onScreen: boolean, hooks?: ('container' | 'progress')[]) =>
  Array.from({ length: count }, () => followRow(page, add(page), onScreen, hooks));
const states = (rows: readonly Row[]) => [...new Set(rows.map((row) => row.freshness().state))];
const ages = (rows: readonly Row[]) => rows.map((row) => Date.now() - (row.freshness().lastReadAt ?? 0));

const HOOKS = [['container'], ['progress'], ['container', 'progress']] as ('container' | 'progress')[][];

describe.each(HOOKS)('rows that are followed by %s %s', (...given) => {
  const hooks = given.filter((each) => each !== undefined);

  test.each(['status 502', 'html', 'empty', 'truncated'] as const)(
    'while the list fails (%s): rows say so or are read singly, and ends are known',
    async (how) => {
      const page = open();
      const rows = rowsOf(page, 6, true, hooks);
      await tick(10_000);
      expect(states(rows)).toEqual(['live']);
      const fault = {
        'status 502': { kind: 'status', status: 502 },
        html: { kind: 'html', status: 502 },
        empty: { kind: 'empty' },
        truncated: { kind: 'truncated-json' },
      } as const;
      page.simulator.setFaults([{ ...fault[how], match: isList }]);
      await tick(20_000);
      for (const { id } of rows) page.simulator.finish(id);
      const before = page.reads(isProgress).length + page.reads(isDetail).length;
      await tick(60_000);
      // What is on screen is read by itself where the list cannot tell of it.
      expect(page.reads(isProgress).length + page.reads(isDetail).length).toBeGreaterThan(before);
      for (const row of rows)
        for (const hook of hooks) expect(hook === 'container' ? row.container()?.status : row.progress()?.status).toBe('completed');
    },
  );

  test('off screen, while the list fails: they are not said to be live', async () => {
    const page = open();
    const rows = rowsOf(page, 6, false, hooks);
    await tick(10_000);
    expect(states(rows)).toEqual(['live']);
    page.simulator.setFaults([{ kind: 'status', status: 502, match: isList }]);
    await tick(60_000);
    const isOld = ({ id }: Row) => Date.now() - (page.toldAt.get(containerKey(id)) ?? 0) > 20_000;
    expect(states(rows.filter(isOld))).not.toContain('live');
    for (const { id } of rows) page.simulator.finish(id);
    page.simulator.setFaults([]);
    await tick(70_000);
    expect(rows.map((row) => row.freshness().state)).toEqual(rows.map(() => 'live'));
    for (const row of rows) expect((row.container() ?? row.progress())?.status).toBe('completed');
  });

  test.each([true, false])('on screen %s, when every request is dropped: offline, and live again afterwards', async (onScreen) => {
    const page = open();
    const rows = rowsOf(page, 5, onScreen, hooks);
    await tick(10_000);
    page.simulator.setFaults([{ kind: 'drop' }]);
    await tick(30_000);
    expect(states(rows)).toEqual(['offline']);
    page.simulator.setFaults([]);
    await tick(70_000);
    expect(states(rows)).toEqual(['live']);
  });

  test('when every request is refused with 502: slowed, for it fails', async () => {
    const page = open();
    const rows = rowsOf(page, 5, true, hooks);
    await tick(10_000);
    page.simulator.setFaults([{ kind: 'status', status: 502 }]);
    await tick(30_000);
    for (const row of rows) expect(row.freshness()).toMatchObject({ state: 'slowed', reason: 'failing' });
  });

  test('a row that a sweep told unchanged was read then', async () => {
    const page = open();
    const rows = rowsOf(page, 6, false, hooks);
    await tick(60_000);
    expect(page.reads(isList).length).toBeGreaterThan(5);
    for (const age of ages(rows)) expect(age).toBeLessThan(8_000);
    for (const row of rows) expect((row.freshness().nextReadAt ?? 0) - Date.now()).toBeLessThan(10_000);
  });

  // Of one alone nothing but its progress is read, which doesn't say when the job began.
  test.each(hooks?.join() === 'progress' ? [4] : [1, 4])(
    '%i that have been in flight for longer than the deadline when the page is opened: the deadline has passed',
    async (count) => {
      const page = open();
      const createdAt = Date.now() - 40 * 60_000;
      const rows = Array.from({ length: count }, () => followRow(page, add(page, lasting(3 * 3_600_000), createdAt), true, hooks));
      await tick(70_000);
      const before = page.sent.length;
      for (const row of rows) expect(row.freshness()).toMatchObject({ state: 'slowed', reason: 'deadline' });
      await tick(180_000);
      expect(page.sent.length).toBeGreaterThan(before);
      expect(page.sent.length - before).toBeLessThanOrEqual(4 * count + 4);
    },
  );

  test.each([
    { onScreen: true, count: 1 },
    { onScreen: true, count: 5 },
    { onScreen: false, count: 5 },
  ])(
    'a job without news is told as stalled ($count, on screen $onScreen)',
    async ({ onScreen, count }) => {
      const page = openPage({ tier: 'off' }, { readsPerMinute: 600, deadlineMs: 24 * 3_600_000 });
      const stuck: SimulatorGeneration = { ...lasting(100_000), outcome: 'stalled', endsAt: 0.1, eta: 'none' };
      const rows = Array.from({ length: count }, () => followRow(page, add(page, stuck), onScreen, hooks));
      await tick(20_000);
      expect(states(rows)).toEqual(['live']);
      await tick(15 * 60_000, () => {}, 500);
      for (const row of rows) expect(row.freshness()).toMatchObject({ state: 'stalled', reason: 'quiet' });
      page.simulator.finish(rows[0]?.id as string);
      await tick(15_000);
      expect(rows[0]?.freshness()).toMatchObject({ state: 'live', reason: 'ended' });
    },
    120_000,
  );
});

test('a stage that usually takes two minutes is not stalled after one', async () => {
  // A server that tells the stage and no more.
  const simulator = createSimulator({ tier: 'off' });
  const page = openPageOf(simulator, {
    fetch: async (url, init) => {
      const response = await simulator.fetch(url, init);
      if (!isProgress.test(url)) return response;
      return Response.json({ ...(await response.json()), stageProgress: null, etaSeconds: null, updatedAt: null });
    },
  });
  const usual: SimulatorGeneration = {
    queuedMs: 2_000,
    stages: [
      { stage: 'writing_script', durationMs: 10_000 },
      { stage: 'generating_visuals', durationMs: 120_000 },
      { stage: 'finalizing', durationMs: 5_000 },
    ],
    kind: 'video',
    outcome: 'completed',
    eta: 'none',
  };
  // Learned from one that was followed from its start to its end.
  followRow(page, add(page, usual), true);
  await tick(140_000);
  const row = followRow(page, add(page, usual), true);
  const told = new Set<string>();
  await tick(125_000, () => told.add(row.freshness().state));
  expect([...told]).toEqual(['live']);
});

test('a page that is hidden says so, and is live soon after it is seen', async () => {
  const page = open();
  const rows = rowsOf(page, 4, true);
  await tick(5_000);
  page.client.schedule.setPageVisible(false);
  const before = page.sent.length;
  await tick(300_000, () => {}, 1_000);
  expect(page.sent.length).toBe(before);
  for (const row of rows) expect(row.freshness()).toMatchObject({ state: 'paused', reason: 'hidden' });
  page.client.schedule.setPageVisible(true);
  await tick(4_000);
  for (const age of ages(rows)) expect(age).toBeLessThan(5_000);
  expect(states(rows)).toEqual(['live']);
});

describe('two on screen', () => {
  test('cost list reads as well, and no more reads than their cadence', async () => {
    const page = open();
    const rows = rowsOf(page, 2, true, ['progress']);
    await tick(20_000);
    expect(page.reads(isList).length).toBeGreaterThan(0);
    expect(page.reads(isProgress).length).toBeGreaterThan(4);
    // Ten polls each and a list read every 5 s, after the record and the list that tell their project.
    expect(page.sent.length).toBeLessThanOrEqual(26);
    for (const age of ages(rows)) expect(age).toBeLessThanOrEqual(6_000);
  });

  test('in a tight budget the one that is about to end is read first, at its end', async () => {
    const page = openPage({ tier: 'off' }, { readsPerMinute: 12 });
    const late = Array.from({ length: 8 }, () => followRow(page, add(page), true));
    const endsAt = Date.now() + 60_000;
    const soon = followRow(page, add(page, lasting(60_000)), true);
    await tick(75_000);
    expect((soon.over.progress ?? Number.POSITIVE_INFINITY) - endsAt).toBeLessThanOrEqual(6_000);
    expect((soon.over.container ?? Number.POSITIVE_INFINITY) - endsAt).toBeLessThanOrEqual(6_000);
    for (const row of late) expect(row.progress()).toBeDefined();
  });
});
