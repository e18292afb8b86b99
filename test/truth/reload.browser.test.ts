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
