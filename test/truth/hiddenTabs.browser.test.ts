import { expect, test } from 'vitest';
import { createSimulator } from '../../src/testing.js';
import { isProgress, LATENCY, lasting } from './support.js';
import { openTab, tickTabs, setUpTabs } from './tabs.js';

setUpTabs();

test('the only tab knows of an end that it awaits within a minute, though it is hidden', async () => {
  const simulator = createSimulator({ tier: 'off', faults: [LATENCY] });
  const tab = await openTab(simulator, 'hidden-alone');
  const id = simulator.addContainer({ generation: lasting(3_600_000) });
  const shown = tab.follow(id);
  tab.client.schedule.awaitEnd(id);
  await tickTabs(5_000);
  expect(shown.progress()?.status).toBe('processing');
  tab.hide();
  await tickTabs(5_000);
  simulator.finish(id);
  await tickTabs(65_000, 500);
  expect(shown.progress()?.status).toBe('completed');
});

test('of what a hidden tab shows only what it awaits is read for it by another one, and not as often as what is seen', async () => {
  const simulator = createSimulator({ tier: 'off', faults: [LATENCY] });
  const [seen, hidden] = [await openTab(simulator, 'hidden-beside'), await openTab(simulator, 'hidden-beside')];
  const add = () => simulator.addContainer({ generation: lasting(3_600_000) });
  seen.follow(add());
  await tickTabs(2_000);
  const ids = Array.from({ length: 10 }, add);
  const [awaited = '', ...others] = ids;
  for (const id of ids) hidden.follow(id);
  const endKnown = hidden.follow(awaited);
  hidden.client.schedule.awaitEnd(awaited);
  await tickTabs(5_000);
  hidden.hide();
  await tickTabs(1_000);
  simulator.clearRequests();
  await tickTabs(20_000, 250);
  const paths = simulator.requests.map(({ path }) => path).filter((path) => isProgress.test(path));
  expect(paths.filter((path) => others.some((id) => path.includes(id)))).toEqual([]);
  expect(paths.length).toBeGreaterThan(0);
  simulator.finish(awaited);
  await tickTabs(65_000, 500);
  expect(endKnown.progress()?.status).toBe('completed');
});
