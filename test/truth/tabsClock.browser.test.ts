import { expect, test, vi } from 'vitest';
import { createSimulator } from '../../src/testing.js';
import { openTab, tickTabs, setUpTabs } from './tabs.js';

setUpTabs();

test('a tab that was opened after the clock was set back shows what it reads, although the leader is ahead', async () => {
  const simulator = createSimulator({ tier: 'off' });
  const id = simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
  const leader = await openTab(simulator, 'tabs-clock');
  leader.follow(id);
  await tickTabs(5_000);
  vi.setSystemTime(Date.now() - 180_000);
  const follower = await openTab(simulator, 'tabs-clock');
  const row = follower.follow(id);
  await tickTabs(1_000);
  expect(row.container()?.approvalStatus).toBe('pending');
  expect(follower.sent).toEqual([]);
  simulator.decide(id, 'rejected');
  row.refetch();
  await tickTabs(1_000);
  expect(follower.sent.map(({ path }) => path)).toContain(`/v1/content/${id}`);
  expect(row.container()?.approvalStatus).toBe('rejected');
});
