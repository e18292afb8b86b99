import { expect, test } from 'vitest';
import { createSimulator } from '../../src/testing.js';
import { busiestMinute, LATENCY, lasting } from './support.js';
import { openTab, tickTabs, setUpTabs } from './tabs.js';

setUpTabs();

test.each([
  { often: 'every 20 s', loads: 6, stay: 20_000, least: 60 },
  { often: 'twelve times in a row', loads: 12, stay: 1_500, least: 20 },
])('a page that is loaded anew $often knows what was spent, to the read', async ({ loads, stay, least }) => {
  const simulator = createSimulator({ tier: 'off', faults: [LATENCY] });
  const ids = Array.from({ length: 60 }, () => simulator.addContainer({ generation: lasting(3_600_000) }));
  const load = async () => {
    const page = await openTab(simulator, `reload ${loads}`);
    const rows = ids.map((id) => page.follow(id));
    await tickTabs(stay);
    return { page, rows };
  };
  for (let time = 1; time < loads; time += 1) (await load()).page.leave();
  const { rows } = await load();
  await tickTabs(10_000);
  expect(rows.filter((row) => row.container() === undefined)).toEqual([]);
  expect(busiestMinute(simulator.requests.map(({ at }) => at))).toBeLessThanOrEqual(96);
  expect(busiestMinute(simulator.requests.map(({ at }) => at))).toBeGreaterThan(least);
});

/** A page that has spent more than the default in this minute, of an API whose larger limit it knows; and the next one. */
async function spent(name: string, chosen?: number) {
  const simulator = createSimulator({ limits: { reads: 600 }, faults: [LATENCY] });
  const ids = Array.from({ length: 60 }, () => simulator.addContainer({ generation: lasting(3_600_000) }));
  const open = () => openTab(simulator, name, chosen === undefined ? {} : { readsPerMinute: chosen });
  const page = await open();
  for (const id of ids) page.follow(id);
  await tickTabs(45_000, 250);
  return { simulator, ids, page, open };
}

test('a limit that the server named is known to the next page: it reads at once, although more than the default was spent', async () => {
  const { simulator, ids, page, open } = await spent('named');
  expect(page.sent.length).toBeGreaterThan(150);
  page.leave();
  const next = await open();
  const rows = ids.map((id) => next.follow(id));
  await tickTabs(4_000);
  expect(rows.filter((row) => row.container() === undefined)).toEqual([]);
  expect(next.sent.length).toBeGreaterThan(4);
  await tickTabs(30_000, 250);
  expect(busiestMinute(simulator.requests.map(({ at }) => at))).toBeLessThanOrEqual(480);
  expect(simulator.requests.filter(({ status }) => status === 429)).toEqual([]);
});

test('and to another tab: what a person asks for there leaves at once', async () => {
  const { ids, open } = await spent('named to others');
  const other = await open();
  const row = other.follow(ids[0] as string);
  await tickTabs(3_000);
  const before = other.sent.length;
  row.refetch();
  await tickTabs(1_000);
  expect(other.client.schedule.leads).toBe(false);
  expect(other.sent.length).toBeGreaterThan(before);
});

test('and raises none that the page has chosen', async () => {
  const { simulator, ids, page, open } = await spent('chosen', 90);
  page.leave();
  const next = await open();
  for (const id of ids) next.follow(id);
  await tickTabs(45_000, 250);
  expect(next.sent.length).toBeGreaterThan(20);
  expect(busiestMinute(simulator.requests.map(({ at }) => at))).toBeLessThanOrEqual(90);
});
