import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { closePages, followRow, isList, lasting, openPage, type Page, type Row, stopTime, tick } from './support.js';

// On a slow machine too.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  closePages();
  vi.useRealTimers();
});

const add = (page: Page, durationMs = 3_600_000) => page.simulator.addContainer({ generation: lasting(durationMs) });
const rowsOf = (page: Page, count: number, durationMs?: number) =>
  Array.from({ length: count }, () => followRow(page, add(page, durationMs), true));
const refuse = (page: Page, status: number, match: RegExp = /GET/) => page.simulator.setFaults([{ kind: 'status', status, match }]);
const renew = (page: Page) => page.simulator.setFaults([]);
const setVisible = (page: Page, isVisible: boolean) => page.client.schedule.setPageVisible(isVisible);
/** How many reads left while `during` took its time. */
async function readsWhile(page: Page, during: () => unknown): Promise<number> {
  const before = page.sent.length;
  await during();
  return page.sent.length - before;
}
const isWell = (row: Row) =>
  !['failing', 'refused', 'network'].includes(row.freshness().reason ?? '') && row.error() === null && row.container() !== undefined;
/** Milliseconds until every row is well, at most so many. */
async function untilWell(rows: readonly Row[], atMost: number): Promise<number> {
  let waited = 0;
  for (; waited < atMost && !rows.every(isWell); waited += 500) await tick(500);
  return rows.every(isWell) ? waited : Number.POSITIVE_INFINITY;
}

describe.each([1, 6, 40])('a session that is refused (401), with %i rows', (count) => {
  test('for 5 s is well again within 12 s, by itself', async () => {
    const page = openPage({ tier: 'off', faults: [] }, { readsPerMinute: 600 });
    const rows = rowsOf(page, count);
    await tick(10_000);
    refuse(page, 401);
    await tick(5_000);
    expect(rows.some((row) => row.error() !== null)).toBe(true);
    renew(page);
    expect(await untilWell(rows, 12_000)).toBeLessThanOrEqual(12_000);
  });

  test('for ten minutes costs a read a minute for the whole page, and says that reads fail', async () => {
    const page = openPage({ tier: 'off', faults: [] }, { readsPerMinute: 600 });
    const rows = rowsOf(page, count);
    await tick(10_000);
    refuse(page, 401);
    await tick(5_000);
    const first = await readsWhile(page, () => tick(120_000, () => {}, 500));
    // Tries after 8, 16, 32 and 60 s, each with jitter of ±25%, from somewhere between two of them on.
    expect(first).toBeGreaterThanOrEqual(3);
    expect(first).toBeLessThanOrEqual(8);
    const later = await readsWhile(page, () => tick(475_000, () => {}, 500));
    expect(later).toBeGreaterThanOrEqual(5);
    expect(later).toBeLessThanOrEqual(11);
    for (const row of rows) expect(row.freshness()).toMatchObject({ state: 'slowed', reason: 'failing' });
    renew(page);
    // The next try is at most 75 s away.
    expect(await untilWell(rows, 90_000)).toBeLessThanOrEqual(90_000);
  });

  test('is asked for at once when the page is shown, and when a row mounts', async () => {
    for (const how of ['shown', 'mounted']) {
      const page = openPage({ tier: 'off', faults: [] }, { readsPerMinute: 600 });
      const rows = rowsOf(page, count);
      await tick(10_000);
      refuse(page, 401);
      await tick(300_000, () => {}, 500);
      // The last try is a moment ago, so the next is most of a minute away.
      const before = page.sent.length;
      for (let waited = 0; waited < 90_000 && page.sent.length === before; waited += 500) await tick(500);
      renew(page);
      await tick(3_000);
      expect(rows.every(isWell)).toBe(false);
      if (how === 'shown') {
        setVisible(page, false);
        setVisible(page, true);
      } else rows.push(followRow(page, rows[0]?.id as string, true));
      // As long as the budget needs to read each row.
      expect(await untilWell(rows, 10_000)).toBeLessThanOrEqual(count < 10 ? 2_000 : 10_000);
      page.close();
    }
  });
});

describe('while the session is refused', () => {
  test('rows that mount again and again cost a read every 2 s at most', async () => {
    const page = openPage({ tier: 'off', faults: [] });
    const ids = Array.from({ length: 20 }, () => add(page));
    refuse(page, 401);
    const reads = await readsWhile(page, async () => {
      for (let round = 0; round < 60; round += 1) {
        const rows = ids.slice(round % 15, (round % 15) + 5).map((id) => followRow(page, id, true));
        await tick(500);
        for (const row of rows) row.stop();
      }
    });
    expect(reads).toBeGreaterThanOrEqual(8);
    // What was on its way when the first refusal came, and fifteen tries.
    expect(reads).toBeLessThanOrEqual(22);
  });

  test('one container whose read alone is answered 401 holds up no other', async () => {
    const page = openPage({ tier: 'off', faults: [] });
    const rows = rowsOf(page, 6);
    const [bad, ...others] = rows as [Row, ...Row[]];
    await tick(10_000);
    refuse(page, 401, new RegExp(bad.id));
    await tick(20_000);
    const before = page.sent.length;
    await tick(60_000);
    const paths = page.sent.slice(before).map(({ path }) => path);
    const ofBad = paths.filter((path) => path.includes(bad.id)).length;
    expect(ofBad).toBeGreaterThanOrEqual(1);
    expect(ofBad).toBeLessThanOrEqual(6);
    for (const { id } of others) expect(paths.filter((path) => path.includes(id)).length).toBeGreaterThanOrEqual(6);
    expect(others.every(isWell)).toBe(true);
  });

  test('lists that alone are answered 401 hold up no row', async () => {
    const page = openPage({ tier: 'off', faults: [] });
    const rows = rowsOf(page, 6);
    await tick(10_000);
    refuse(page, 401, isList);
    await tick(60_000);
    const before = page.sent.length;
    await tick(60_000);
    expect(rows.every(isWell)).toBe(true);
    expect(page.sent.length - before).toBeGreaterThan(60);
    renew(page);
    await tick(75_000);
    expect(
      page.sent.filter(({ path, at, status }) => isList.test(path) && status === 200 && at > Date.now() - 10_000).length,
    ).toBeGreaterThan(0);
  });

  test('every row of a page that is opened says so within 5 s, and all have data within 10 s of its renewal', async () => {
    const page = openPage({ tier: 'off', faults: [] }, { readsPerMinute: 600 });
    refuse(page, 401);
    const rows = rowsOf(page, 40);
    await tick(5_000);
    for (const row of rows) expect(row.error()).toMatchObject({ status: 401 });
    const late = followRow(page, add(page), true);
    await tick(100);
    expect(late.error()).toMatchObject({ status: 401 });
    expect(page.sent.length).toBeLessThanOrEqual(30);
    renew(page);
    setVisible(page, false);
    setVisible(page, true);
    expect(await untilWell([...rows, late], 12_000)).toBeLessThanOrEqual(12_000);
  });

  test('rows that end meanwhile have their whole record soon after', async () => {
    const page = openPage({ tier: 'off', faults: [] });
    const rows = rowsOf(page, 6, 30_000);
    await tick(15_000);
    refuse(page, 401);
    await tick(30_000);
    renew(page);
    await tick(40_000);
    for (const row of rows) {
      expect(row.container()).toMatchObject({ status: 'completed', assets: [{}] });
      expect(row.container()?.isPartial).toBeUndefined();
      expect(row.error()).toBeNull();
      expect(row.freshness()).toMatchObject({ state: 'live', reason: 'ended' });
    }
  });
});

describe.each([403, 404])('a row that is refused with %i', (status) => {
  const one = async (durationMs?: number) => {
    const page = openPage({ tier: 'off', faults: [] });
    const [row] = rowsOf(page, 1, durationMs) as [Row];
    await tick(5_000);
    refuse(page, status);
    await tick(5_000);
    expect(row.freshness()).toMatchObject({ state: 'paused', reason: 'refused' });
    return { page, row };
  };

  test('is not asked for by itself, and not where the page was hidden for less than a minute', async () => {
    const { page, row } = await one();
    renew(page);
    const reads = await readsWhile(page, async () => {
      await tick(600_000, () => {}, 500);
      setVisible(page, false);
      await tick(50_000);
      setVisible(page, true);
      setVisible(page, true);
      await tick(20_000);
    });
    expect(reads).toBe(0);
    expect(row.freshness()).toMatchObject({ state: 'paused', reason: 'refused' });
  });

  test('is asked for once when the page is shown after more than a minute', async () => {
    const { page, row } = await one();
    const show = async () => {
      setVisible(page, false);
      await tick(61_000);
      setVisible(page, true);
      await tick(20_000);
    };
    expect(await readsWhile(page, show)).toBe(1);
    renew(page);
    await show();
    expect(isWell(row)).toBe(true);
  });

  test('is asked for when a component mounts', async () => {
    const { page, row } = await one();
    expect(
      await readsWhile(page, async () => {
        followRow(page, row.id, true);
        await tick(20_000);
      }),
    ).toBe(1);
    renew(page);
    const again = followRow(page, row.id, true);
    await tick(3_000);
    expect([row, again].every(isWell)).toBe(true);
  });

  test('is asked for again once a list shows it: what ended has its record, and says that it ended', async () => {
    const page = openPage({ tier: 'off', faults: [] });
    const rows = rowsOf(page, 6, 60_000);
    await tick(15_000);
    refuse(page, status);
    await tick(30_000);
    renew(page);
    await tick(120_000);
    for (const row of rows) {
      expect(row.container()).toMatchObject({ status: 'completed', assets: [{}] });
      expect(row.container()?.isPartial).toBeUndefined();
      expect(row.error()).toBeNull();
      expect(row.freshness()).toMatchObject({ state: 'live', reason: 'ended' });
    }
  });

  test('while lists show it costs less and less, and holds up no other', async () => {
    const page = openPage({ tier: 'off', faults: [] });
    const rows = rowsOf(page, 6);
    await tick(10_000);
    refuse(page, status, /content\/[^/]+(\/progress)?$/);
    await tick(300_000, () => {}, 500);
    const before = page.sent.length;
    await tick(300_000, () => {}, 500);
    const own = page.sent.slice(before).filter(({ path }) => !isList.test(path)).length;
    expect(own).toBeGreaterThanOrEqual(4);
    expect(own).toBeLessThanOrEqual(18);
    for (const { id } of rows) page.simulator.finish(id);
    await tick(20_000);
    for (const row of rows) {
      expect(row.container()?.status).toBe('completed');
      expect(row.freshness().state).not.toBe('paused');
    }
  });
});
