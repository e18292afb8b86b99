import { describe, expect, test } from 'vitest';
import { createSimulator, type SimulatorOptions } from '../../src/testing.js';
import { busiestMinute, LATENCY, lasting, quantile, type SentRequest } from './support.js';
import { openTab, type Tab, tickTabs, setUpTabs } from './tabs.js';

setUpTabs();

let origins = 0;

/** An API, and a way to open tabs of one person on it. */
function origin(options: SimulatorOptions = {}) {
  origins += 1;
  const scope = `tabs-${origins}`;
  const simulator = createSimulator({ tier: 'off', faults: [LATENCY], ...options });
  return { simulator, open: (more?: Parameters<typeof openTab>[2]) => openTab(simulator, scope, more) };
}

const readers = (tabs: readonly Tab[]) => tabs.filter(({ sent }) => sent.length > 0);
const after = (sent: readonly SentRequest[], at: number) => sent.filter((request) => request.at >= at);

describe('one tab schedules', () => {
  test('five tabs on twenty containers: one of them reads, and all of them know', async () => {
    const { simulator, open } = origin();
    const ids = Array.from({ length: 20 }, () => simulator.addContainer({ generation: lasting(3_600_000) }));
    const tabs: Tab[] = [];
    for (let index = 0; index < 5; index += 1) tabs.push(await open());
    await tickTabs(500);
    const rows = tabs.flatMap((tab) => ids.map((id) => tab.follow(id)));
    await tickTabs(6_000, 250);
    for (const row of rows) expect([row.container()?.status, row.progress()?.status]).toEqual(['processing', 'processing']);
    await tickTabs(12_000, 500);
    expect(readers(tabs)).toHaveLength(1);
    expect(simulator.requests.length).toBeGreaterThan(5);
    expect(busiestMinute(simulator.requests.map(({ at }) => at))).toBeLessThanOrEqual(96);
  });

  test('fifty rows in three tabs: every hook of every tab has data and knows of every end in time', async () => {
    const { simulator, open } = origin({ tier: 'standard' });
    const startedAt = Date.now();
    const lives = Array.from({ length: 50 }, (_, index) => {
      const totalMs = 8_000 + index * 300;
      return { id: simulator.addContainer({ generation: lasting(totalMs) }), endsAt: startedAt + totalMs };
    });
    const tabs = [await open(), await open(), await open()];
    const mountedAt = Date.now();
    const rows = tabs.flatMap((tab) => lives.map(({ id, endsAt }) => ({ ...tab.follow(id), endsAt })));
    await tickTabs(36_000, 125);
    const never = Number.POSITIVE_INFINITY;
    for (const hook of ['container', 'progress'] as const) {
      const firstData = rows.map(({ first }) => (first[hook] ?? never) - mountedAt);
      const known = rows.map(({ over, endsAt }) => (over[hook] ?? never) - endsAt);
      expect.soft(quantile(firstData, 0.95), `first data, ${hook}`).toBeLessThanOrEqual(4_000);
      expect.soft(quantile(known, 0.5), `median, ${hook}`).toBeLessThanOrEqual(2_500);
      expect.soft(quantile(known, 0.95), `p95, ${hook}`).toBeLessThanOrEqual(5_000);
      expect.soft(Math.max(...known), `last, ${hook}`).toBeLessThan(12_000);
    }
    expect(simulator.requests.filter(({ status }) => status === 429)).toHaveLength(0);
  });

  test('what only a follower shows is read by the leader', async () => {
    const { simulator, open } = origin();
    const [one, two] = [simulator, simulator].map((api) => api.addContainer({ generation: lasting(3_600_000) })) as [string, string];
    const leader = await open();
    leader.follow(one);
    await tickTabs(3_000);
    const follower = await open();
    const row = follower.follow(two);
    await tickTabs(4_000);
    expect(row.container()?.status).toBe('processing');
    expect(follower.sent).toEqual([]);
    await tickTabs(10_000);
    expect(follower.sent).toEqual([]);
  });
});

describe('what a person asks for in a follower', () => {
  async function leaderAndFollower(options: SimulatorOptions = {}, client: Parameters<typeof openTab>[2] = {}) {
    const { simulator, open } = origin(options);
    const id = simulator.addContainer({ generation: lasting(3_600_000) });
    const leader = await open(client);
    const shownByLeader = leader.follow(id);
    await tickTabs(4_000);
    const follower = await open(client);
    const shown = follower.follow(id);
    await tickTabs(4_000);
    expect(follower.sent).toEqual([]);
    return { simulator, open, id, leader, follower, shown, shownByLeader };
  }

  test('is read by its own tab, once, and told to the other', async () => {
    const { id, simulator, leader, follower, shown, shownByLeader } = await leaderAndFollower();
    simulator.finish(id);
    const at = Date.now();
    shown.refetch();
    await tickTabs(400);
    // Both hooks follow it, and it was in flight.
    expect(follower.sent.map(({ path }) => path).sort()).toEqual([`/v1/content/${id}`, `/v1/content/${id}/progress`]);
    expect(after(leader.sent, at).filter(({ path }) => path === `/v1/content/${id}`)).toEqual([]);
    expect([shown.container()?.status, shownByLeader.container()?.status]).toEqual(['completed', 'completed']);
  });

  test('is counted once', async () => {
    const { simulator, open } = origin();
    const ended = (count: number) => Array.from({ length: count }, () => simulator.addContainer({ state: 'completed' }));
    const [leader, follower] = [await open({ readsPerMinute: 30 }), await open({ readsPerMinute: 30 })];
    leader.follow(simulator.addContainer({ state: 'completed' }));
    await tickTabs(1_000);
    const [ofLeader, ofFollower] = [ended(40).map((id) => leader.follow(id)), ended(12).map((id) => follower.follow(id))];
    // All that ended is known by now, and what was spent on it is a minute ago.
    await tickTabs(240_000, 1_000);
    const from = Date.now();
    for (const row of ofFollower) row.refetch();
    // A sixth of the limit leaves at once, and the others are spaced.
    await tickTabs(20_000, 250);
    expect(after(follower.sent, from)).toHaveLength(12);
    for (const row of ofLeader) row.refetch();
    await tickTabs(38_000, 250);
    const spent = simulator.requests.filter(({ at }) => at >= from).length;
    expect(spent).toBeLessThanOrEqual(30);
    // Counted twice, twelve reads of the follower would leave room for six only.
    expect(spent).toBeGreaterThan(24);
  });

  test('a decision leaves from its own tab, and shows in all', async () => {
    const { simulator, open } = origin();
    const id = simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    const tabs = [await open(), await open(), await open()];
    const rows = tabs.map((tab) => tab.follow(id));
    await tickTabs(3_000);
    void tabs[2]?.client.approve(id);
    await tickTabs(3_000);
    expect(tabs.map(({ sent }) => sent.filter(({ method }) => method === 'POST').length)).toEqual([0, 0, 1]);
    expect(rows.map((row) => row.container()?.approvalStatus)).toEqual(['approved', 'approved', 'approved']);
  });

  test('what one tab read in full no other loses to a list', async () => {
    const { simulator, id, shown, shownByLeader, leader } = await leaderAndFollower();
    shown.refetch();
    await tickTabs(1_000);
    const hook = shown.container()?.hook;
    expect(hook).toEqual(expect.any(String));
    for (let index = 0; index < 3; index += 1) leader.follow(simulator.addContainer({ generation: lasting(3_600_000) }));
    await tickTabs(20_000);
    expect(leader.sent.filter(({ path }) => path.includes('/projects/')).length).toBeGreaterThan(1);
    expect([shown.container(), shownByLeader.container()].map((known) => [known?.id, known?.hook])).toEqual([
      [id, hook],
      [id, hook],
    ]);
  });
});

describe('the lock', () => {
  test('of a leader that hangs leaves one of the others to read for all of them', async () => {
    const { simulator, open } = origin({ tier: 'standard' });
    const tabs: Tab[] = [await open()];
    let release = () => {};
    const hung = new Promise<void>((resolve) => (release = resolve));
    void navigator.locks.request(`layers-react tabs ${tabs[0]?.client.connection}`, () => hung);
    for (let index = 1; index < 10; index += 1) tabs.push(await open());
    const lives = Array.from({ length: 50 }, (_, index) => {
      const totalMs = 15_000 + index * 1_000;
      return { id: simulator.addContainer({ generation: lasting(totalMs) }), endsAt: Date.now() + totalMs };
    });
    const rows = tabs.flatMap((tab) => lives.map(({ id, endsAt }) => ({ ...tab.follow(id), endsAt })));
    await tickTabs(80_000, 250);
    release();
    const late = rows.map(({ over, endsAt }) => Math.max(over.container ?? Number.POSITIVE_INFINITY, over.progress ?? 0) - endsAt);
    expect(quantile(late, 0.95)).toBeLessThanOrEqual(5_000);
    expect(Math.max(...late)).toBeLessThan(12_000);
    expect(readers(tabs)).toHaveLength(1);
    expect(busiestMinute(simulator.requests.map(({ at }) => at))).toBeLessThanOrEqual(96);
  });

  test('is not kept by a client that was closed before it was granted', async () => {
    const { simulator, open } = origin();
    const id = simulator.addContainer({ generation: lasting(3_600_000) });
    const early = await open();
    early.follow(id);
    // In the same turn: the browser has not answered yet.
    early.close();
    await tickTabs(2_000);
    const next = await open();
    const shown = next.follow(id);
    await tickTabs(5_000);
    expect(shown.progress()?.status).toBe('processing');
    expect(next.sent.length).toBeGreaterThan(1);
    expect(early.sent.length).toBe(0);
  });

  test('is not kept by one that was closed while it stood in line', async () => {
    const { simulator, open } = origin();
    const id = simulator.addContainer({ generation: lasting(3_600_000) });
    const leader = await open();
    leader.follow(id);
    await tickTabs(2_000);
    const inLine = await open();
    inLine.follow(id);
    inLine.close();
    const next = await open();
    const shown = next.follow(id);
    await tickTabs(2_000);
    leader.close();
    const at = Date.now();
    simulator.finish(id);
    await tickTabs(6_000);
    expect(shown.container()?.status).toBe('completed');
    expect(after(next.sent, at).length).toBeGreaterThan(0);
    expect(after(inLine.sent, at)).toEqual([]);
  });

  test.each(['close', 'hide', 'leave'] as const)('goes to the next tab when the leader goes (%s)', async (go) => {
    const { simulator, open } = origin();
    const ids = Array.from({ length: 4 }, () => simulator.addContainer({ generation: lasting(3_600_000) }));
    const [leader, next] = [await open(), await open()];
    for (const id of ids) leader.follow(id);
    await tickTabs(3_000);
    const rows = ids.map((id) => next.follow(id));
    await tickTabs(3_000);
    leader[go]();
    const at = Date.now();
    for (const id of ids) simulator.finish(id);
    await tickTabs(6_000);
    for (const row of rows) expect([row.container()?.status, row.progress()?.status]).toEqual(['completed', 'completed']);
    expect(after(next.sent, at).length).toBeGreaterThan(0);
  });
});

describe('what was spent', () => {
  test.each([
    { how: 'while the others are there', goes: false },
    { how: 'after the others have gone', goes: true },
  ])('is known to a tab that is newly opened, $how', async ({ goes }) => {
    const { simulator, open } = origin();
    const ids = Array.from({ length: 100 }, () => simulator.addContainer({ generation: lasting(3_600_000) }));
    for (let opened = 0; opened < 4; opened += 1) {
      const tab = await open({ readsPerMinute: 24 });
      for (const id of ids.slice(opened * 25)) tab.follow(id);
      await tickTabs(10_000, 250);
      if (goes) tab.leave();
    }
    expect(busiestMinute(simulator.requests.map(({ at }) => at))).toBeLessThanOrEqual(24);
    expect(simulator.requests.length).toBeGreaterThan(12);
  });
});
