import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SimulatorFault } from '../../src/testing.js';
import {
  busiestMinute,
  closePages,
  followRow,
  isDetail,
  isList,
  isProgress,
  LATENCY,
  lasting,
  openPage,
  type Page,
  type Row,
  stopTime,
  tick,
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

const SECOND = 1_000;
const rowsOf = (page: Page, count: number, hooks?: ('container' | 'progress')[], onScreen = true) =>
  Array.from({ length: count }, () =>
    followRow(page, page.simulator.addContainer({ generation: lasting(3_600 * SECOND) }), onScreen, hooks),
  );
const fail = (page: Page, fault: Partial<SimulatorFault>) =>
  page.simulator.setFaults([{ kind: 'status', ...fault } as SimulatorFault, LATENCY]);
const finish = (page: Page, rows: readonly Row[]) => {
  for (const { id } of rows) page.simulator.finish(id);
};
const statuses = (rows: readonly Row[]) => rows.map((row) => (row.container() ?? row.progress())?.status);
const times = (page: Page, path = /./, status?: number) =>
  page.sent.filter((each) => path.test(each.path) && (status === undefined || each.status === status)).map(({ at }) => at);

/** Lets time go by until a read fails with a status; returns when it was sent. */
async function failed(page: Page, status: number): Promise<number> {
  for (let waited = 0; waited < 30 * SECOND && times(page, /./, status).length === 0; waited += 100) await tick(100);
  return times(page, /./, status)[0] as number;
}

const REFUSALS = [
  { status: 503, seconds: 5 },
  { status: 503, seconds: 20 },
  { status: 503, seconds: 60 },
  { status: 429, seconds: 60 },
];

describe.each(REFUSALS)('a list that alone answers $status with Retry-After $seconds', ({ status, seconds }) => {
  test.each([
    { count: 2, hooks: undefined },
    { count: 3, hooks: undefined },
    { count: 6, hooks: ['container' as const] },
    { count: 10, hooks: ['progress' as const] },
  ])('holds all reads as told, and then what is on screen is read first ($count, $hooks)', async ({ count, hooks }) => {
    const page = openPage();
    const rows = rowsOf(page, count, hooks);
    await tick(10 * SECOND);
    fail(page, { status, retryAfter: String(seconds), match: isList });
    const at = await failed(page, status);
    await tick(1 * SECOND);
    finish(page, rows);
    const before = page.sent.length;
    await tick(seconds * SECOND - 1_500);
    expect(page.sent.length).toBe(before);
    // One read after the other once the pause is over.
    await tick(1_500 + (count * 2 + 3) * 700);
    expect(statuses(rows)).toEqual(rows.map(() => 'completed'));
    expect(times(page, isList).filter((each) => each > at + SECOND).length).toBeLessThanOrEqual(1);
  });

  test('is tried more and more rarely, never holds others for more than half of the time for long, and is read again once it is well', async () => {
    const page = openPage();
    const rows = rowsOf(page, 4);
    await tick(10 * SECOND);
    fail(page, { status, retryAfter: String(seconds), match: isList });
    await failed(page, status);
    await tick(600 * SECOND);
    const from = Date.now();
    await tick(600 * SECOND);
    const tries = times(page, isList).filter((each) => each > from).length;
    expect(tries).toBeGreaterThanOrEqual(Math.floor(600 / (seconds + 75 + 10)) - 1);
    expect(tries).toBeLessThanOrEqual(Math.ceil(600 / (seconds + 45)) + 1);
    for (const row of rows) expect(row.container()?.status).toBe('processing');
    expect(busiestMinute(times(page))).toBeLessThanOrEqual(96);
    page.simulator.setFaults([LATENCY]);
    const well = Date.now();
    await tick((seconds + 75 + 10) * SECOND);
    expect(times(page, isList).filter((each) => each > well).length).toBeGreaterThan(1);
    expect(rows.map((row) => row.freshness().reason)).toEqual(rows.map(() => null));
  });
});

test('a list that alone answers 429 without Retry-After does not hold what is on screen for ever', async () => {
  const page = openPage();
  const rows = rowsOf(page, 4, ['container']);
  await tick(10 * SECOND);
  fail(page, { status: 429, match: isList });
  await tick(300 * SECOND);
  finish(page, rows);
  await tick(66 * SECOND);
  expect(statuses(rows)).toEqual(rows.map(() => 'completed'));
});

describe('lists work, and one kind of single read answers 503 with Retry-After 60', () => {
  test.each([
    { what: 'progress', match: isProgress, hooks: ['progress' as const] },
    { what: 'progress', match: isProgress, hooks: undefined },
    { what: 'records', match: isDetail, hooks: undefined },
  ])('$what ($hooks): after each pause the list is read first, and soon more often than what fails', async ({ match, hooks }) => {
    const page = openPage();
    const rows = rowsOf(page, 8, hooks);
    await tick(10 * SECOND);
    fail(page, { status: 503, retryAfter: '60', match });
    finish(page, rows.slice(0, 4));
    await tick(70 * SECOND);
    expect(statuses(rows.slice(0, 4))).toEqual(Array(4).fill('completed'));
    await tick(300 * SECOND);
    const from = Date.now();
    await tick(600 * SECOND);
    const tries = times(page, match, 503).filter((each) => each > from).length;
    expect(tries).toBeGreaterThanOrEqual(2);
    expect(tries).toBeLessThanOrEqual(8);
    expect(times(page, isList).filter((each) => each > from).length).toBeGreaterThan(40);
    finish(page, rows);
    await tick(70 * SECOND);
    expect(statuses(rows)).toEqual(rows.map(() => 'completed'));
  });

  test('and where every read answers so, the first is sent when the pause is over', async () => {
    const page = openPage();
    rowsOf(page, 4);
    await tick(10 * SECOND);
    fail(page, { status: 503, retryAfter: '20' });
    const at = await failed(page, 503);
    await tick(19 * SECOND);
    const before = page.sent.length;
    page.simulator.setFaults([LATENCY]);
    await tick(6 * SECOND);
    expect(Math.min(...times(page).slice(before)) - at).toBeGreaterThanOrEqual(20 * SECOND);
    expect(page.sent.length).toBeGreaterThan(before);
  });
});

describe('a container alone', () => {
  test.each([
    { route: 'progress', match: isProgress, hooks: ['progress' as const] },
    { route: 'progress', match: isProgress, hooks: undefined },
    { route: 'record', match: isDetail, hooks: ['container' as const] },
  ])('whose $route answers 502 is known to have ended from another read ($hooks)', async ({ match, hooks }) => {
    const page = openPage();
    const [row] = rowsOf(page, 1, hooks) as [Row];
    await tick(10 * SECOND);
    fail(page, { status: 502, match });
    await tick(60 * SECOND);
    expect(row.freshness()).toMatchObject({ state: 'slowed', reason: 'failing' });
    const before = page.sent.length;
    await tick(60 * SECOND);
    // No more than its cadence, and its failing read at its backoff.
    expect(page.sent.length - before).toBeGreaterThanOrEqual(60 / 5);
    expect(page.sent.length - before).toBeLessThanOrEqual(60 / 5 + 5);
    page.simulator.finish(row.id);
    await tick(6 * SECOND);
    expect(statuses([row])).toEqual(['completed']);
  });

  test('of which nothing can be read is asked for at its backoff', async () => {
    const page = openPage();
    rowsOf(page, 1);
    await tick(10 * SECOND);
    fail(page, { status: 502 });
    await tick(120 * SECOND);
    const before = page.sent.length;
    await tick(300 * SECOND);
    expect(page.sent.length - before).toBeGreaterThanOrEqual(4);
    expect(page.sent.length - before).toBeLessThanOrEqual(8);
  });

  test('whose progress is refused is not asked for its record instead', async () => {
    const page = openPage();
    rowsOf(page, 1, ['progress']);
    await tick(10 * SECOND);
    fail(page, { status: 404, match: isProgress });
    await tick(5 * SECOND);
    const before = page.sent.length;
    await tick(60 * SECOND);
    expect(page.sent.length).toBe(before);
  });
});

describe('what has ended', () => {
  const ENDS = [['progress'], ['container', 'progress'], ['container']] as ('container' | 'progress')[][];

  test.each(ENDS)('is not said to fail for a read that is no longer wanted (%s %s)', async (...given) => {
    const page = openPage();
    const rows = rowsOf(
      page,
      3,
      given.filter((each) => each !== undefined),
    );
    await tick(10 * SECOND);
    // The list tells the ends.
    fail(page, { status: 502, match: /content\/cnt/ });
    await tick(10 * SECOND);
    finish(page, rows);
    await tick(8 * SECOND);
    expect(statuses(rows)).toEqual(rows.map(() => 'completed'));
    page.simulator.setFaults([LATENCY]);
    await tick(75 * SECOND);
    expect(rows.map((row) => row.freshness())).toEqual(rows.map(() => expect.objectContaining({ state: 'live', reason: 'ended' })));
    expect(rows.map((row) => row.error())).toEqual(rows.map(() => null));
  });

  test('has no error of a read that failed after its end was known', async () => {
    const page = openPage();
    const rows = rowsOf(page, 3, ['progress']);
    await tick(10 * SECOND);
    fail(page, { kind: 'hang', match: isProgress });
    await tick(5 * SECOND);
    finish(page, rows);
    await tick(8 * SECOND);
    expect(statuses(rows)).toEqual(rows.map(() => 'completed'));
    await tick(60 * SECOND);
    expect(rows.map((row) => row.freshness().reason)).toEqual(rows.map(() => 'ended'));
    expect(rows.map((row) => row.error())).toEqual(rows.map(() => null));
  });
});
