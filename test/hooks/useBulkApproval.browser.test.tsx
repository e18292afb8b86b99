import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, renderHook } from 'vitest-browser-react';
import { type BulkApprovalProgress, useApproval, useBulkApproval, useContainerList } from '../../src/index.js';
import { showPage } from '../support/page.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, type World } from '../support/world.js';

beforeEach(() => {
  stopTime();
});

afterEach(async () => {
  await cleanup();
  showPage();
  vi.useRealTimers();
});

const waiting = { state: 'completed', approvalStatus: 'pending' } as const;
const add = (world: World, count: number) => Array.from({ length: count }, () => world.simulator.addContainer(waiting));
const posts = (world: World) => world.simulator.requests.filter(({ method }) => method === 'POST');

/** A library with a bulk approval, and one container that is decided alone. */
async function library(world: World, alone = 'cnt_none') {
  const seen: BulkApprovalProgress[] = [];
  const { result } = await renderHook(
    () => {
      const bulk = useBulkApproval();
      const list = useContainerList(world.projectId, { limit: 200, refreshInterval: false });
      const { mutate, data } = useApproval(alone);
      seen.push(bulk.progress);
      return { bulk, rows: list.data?.containers ?? [], alone: { mutate, data } };
    },
    { wrapper: ({ children }) => <StrictMode>{world.wrapper({ children })}</StrictMode> },
  );
  await pass(100);
  return { result, seen };
}

/** The most requests in any 60 s. */
const busiestMinute = (times: readonly number[]) =>
  Math.max(...times.map((time) => times.filter((other) => other <= time && time - other < 60_000).length));

describe('approving many', () => {
  test('approves each once, and tells how far it is', async () => {
    const world = createWorld();
    const ids = add(world, 5);
    const { result, seen } = await library(world);
    expect(result.current.bulk.progress).toMatchObject({ state: 'idle', done: 0, total: 0, failed: [], rows: [] });
    void result.current.bulk.approve([...ids, ids[0] as string, (ids[1] as string).replace('cnt_', '')], { note: 'Good' });
    await pass(2_000);
    expect(result.current.bulk.progress).toMatchObject({ state: 'finished', done: 5, total: 5, failed: [], resumesAt: null });
    expect(
      result.current.bulk.progress.rows.map(({ containerId, state, result: answer }) => [containerId, state, answer?.approvalStatus]),
    ).toEqual(ids.map((id) => [id, 'approved', 'approved']));
    expect(posts(world)).toHaveLength(5);
    expect(result.current.rows.every((row) => row.approvalStatus === 'approved')).toBe(true);
    const counts = seen.map(({ done }) => done);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(result.current.bulk.isRunning).toBe(false);
  });

  test('of nothing is finished at once', async () => {
    const world = createWorld();
    const { result } = await library(world);
    await expect(result.current.bulk.approve([])).resolves.toMatchObject({ state: 'finished', total: 0 });
  });

  test('150 on the standard tier: never a 429, never more than 60 in a minute, and all get through', async () => {
    const world = createWorld({ tier: 'standard' });
    const ids = add(world, 150);
    const { result } = await library(world);
    const ended = vi.fn();
    void result.current.bulk.approve(ids).then(ended);
    await pass(2_000);
    expect(result.current.bulk.progress).toMatchObject({ state: 'paused', done: 46, total: 150 });
    expect(result.current.bulk.isRunning).toBe(true);
    expect(result.current.bulk.progress.resumesAt).toBeGreaterThan(Date.now() + 50_000);
    await pass(240_000);
    expect(ended).toHaveBeenCalledOnce();
    expect(result.current.bulk.progress).toMatchObject({ state: 'finished', done: 150, failed: [] });
    expect(posts(world).filter(({ status }) => status !== 200)).toEqual([]);
    expect(busiestMinute(posts(world).map(({ at }) => at))).toBeLessThanOrEqual(48);
  });

  test('shares the budget with single decisions, which go first', async () => {
    const world = createWorld({ tier: 'standard' });
    const [alone = '', ...ids] = add(world, 101);
    const { result } = await library(world, alone);
    void result.current.bulk.approve(ids);
    await pass(2_000);
    expect(result.current.bulk.progress.state).toBe('paused');
    result.current.alone.mutate({ decision: 'approve' });
    await pass(500);
    expect(result.current.alone.data?.approvalStatus).toBe('approved');
    expect(posts(world)).toHaveLength(47);
  });

  test('a 429 makes all wait for as long as it says, and fails none', async () => {
    const world = createWorld();
    const ids = add(world, 12);
    const { result } = await library(world);
    world.simulator.setFaults([{ kind: 'status', status: 429, retryAfter: '20', match: /POST/, times: 3 }]);
    void result.current.bulk.approve(ids);
    await pass(1_000);
    const refusedAt = Date.now();
    expect(result.current.bulk.progress).toMatchObject({ state: 'paused', failed: [] });
    expect(result.current.bulk.progress.done).toBeLessThan(12);
    const before = posts(world).length;
    await pass(18_000);
    expect(posts(world)).toHaveLength(before);
    await pass(60_000);
    expect(result.current.bulk.progress).toMatchObject({ state: 'finished', done: 12, failed: [] });
    expect(refusedAt).toBeLessThan(Date.now());
  });

  test('gives each the note that it was given with', async () => {
    const notes: unknown[] = [];
    let world: World;
    const fetch = async (input: string, init: RequestInit) => {
      if (init.method === 'POST') notes.push((JSON.parse(init.body as string) as { note?: string }).note);
      return world.simulator.fetch(input, init);
    };
    world = createWorld({ faults: [{ kind: 'latency', latencyMs: 200, match: /POST/ }] }, { fetch });
    const ids = add(world, 7);
    const { result } = await library(world);
    void result.current.bulk.approve(ids.slice(0, 6), { note: 'First' });
    await pass(50);
    void result.current.bulk.approve(ids, { note: 'Last' });
    await pass(3_000);
    expect(notes).toEqual(['First', 'First', 'First', 'First', 'First', 'First', 'Last']);
  });

  test('adds to what is under way', async () => {
    const world = createWorld({ faults: [{ kind: 'latency', latencyMs: 500, match: /POST/ }] });
    const ids = add(world, 6);
    const { result } = await library(world);
    void result.current.bulk.approve(ids.slice(0, 4));
    await pass(100);
    void result.current.bulk.approve(ids.slice(2));
    await pass(5_000);
    expect(result.current.bulk.progress).toMatchObject({ state: 'finished', done: 6, total: 6 });
    expect(posts(world)).toHaveLength(6);
    void result.current.bulk.approve([]);
    await pass(100);
    expect(result.current.bulk.progress.total).toBe(0);
  });
});

describe('what goes wrong', () => {
  test('is told row by row, and only that is tried again', async () => {
    const world = createWorld();
    const ids = add(world, 4);
    const [fine = '', broken = '', rejected = '', approved = ''] = ids;
    const { result } = await library(world);
    world.simulator.decide(rejected, 'rejected');
    world.simulator.decide(approved, 'approved');
    world.simulator.setFaults([{ kind: 'status', status: 500, match: new RegExp(`POST .*${broken}`), times: 1 }]);
    void result.current.bulk.approve(ids);
    await pass(2_000);
    const { progress } = result.current.bulk;
    expect(progress).toMatchObject({ state: 'finished', done: 4, total: 4 });
    expect(progress.failed.map(({ containerId, error }) => [containerId, error?.code])).toEqual([
      [broken, 'INTERNAL'],
      [rejected, 'CONFLICT'],
    ]);
    expect(progress.rows.find(({ containerId }) => containerId === approved)).toMatchObject({ state: 'approved', result: null });
    const statusOf = (id: string) => result.current.rows.find((row) => row.id === id)?.approvalStatus;
    expect([fine, broken, rejected, approved].map(statusOf)).toEqual(['approved', 'pending', 'rejected', 'approved']);
    world.simulator.clearRequests();
    void result.current.bulk.retry();
    await pass(2_000);
    expect(posts(world).map(({ path }) => path)).toEqual([`/v1/content/${broken}/approve`]);
    expect(result.current.bulk.progress.failed.map(({ containerId }) => containerId)).toEqual([rejected]);
    expect(statusOf(broken)).toBe('approved');
  });

  test('a key without the scope is found out before all have asked', async () => {
    const keys = [{ key: 'reader', tier: 'off' as const, scopes: ['content:read'] }];
    const world = createWorld({ apiKeys: keys }, { headers: { authorization: 'Bearer reader' } });
    const ids = add(world, 40);
    const { result } = await library(world);
    void result.current.bulk.approve(ids);
    await pass(5_000);
    expect(result.current.bulk.progress).toMatchObject({ state: 'finished', done: 40 });
    expect(result.current.bulk.progress.failed.map(({ error }) => error?.code)).toEqual(ids.map(() => 'FORBIDDEN_SCOPE'));
    expect(posts(world).length).toBeLessThanOrEqual(4);
    expect(result.current.rows.every((row) => row.approvalStatus === 'pending')).toBe(true);
  });

  test('offline, every row says so, and all can be tried again', async () => {
    const world = createWorld();
    const ids = add(world, 6);
    const { result } = await library(world);
    world.simulator.setFaults([{ kind: 'drop' }]);
    void result.current.bulk.approve(ids);
    await pass(2_000);
    expect(result.current.bulk.progress.failed.map(({ error }) => error?.code)).toEqual(ids.map(() => 'NETWORK'));
    expect(result.current.rows.every((row) => row.approvalStatus === 'pending')).toBe(true);
    world.simulator.setFaults([]);
    void result.current.bulk.retry();
    await pass(2_000);
    expect(result.current.bulk.progress).toMatchObject({ state: 'finished', done: 6, failed: [] });
  });

  test('a note that is too long is told, and nothing is sent', async () => {
    const world = createWorld();
    const ids = add(world, 3);
    const { result } = await library(world);
    void result.current.bulk.approve(ids, { note: 'x'.repeat(1_025) });
    await pass(1_000);
    expect(result.current.bulk.progress.failed.map(({ error }) => error?.details?.['path'])).toEqual(['note', 'note', 'note']);
    expect(posts(world)).toHaveLength(0);
  });
});

describe('stopping', () => {
  test('lets no other leave, keeps what is on its way, and can be taken up again', async () => {
    const world = createWorld({ faults: [{ kind: 'latency', latencyMs: 1_000, match: /POST/ }] });
    const ids = add(world, 10);
    const { result } = await library(world);
    void result.current.bulk.approve(ids);
    await pass(500);
    result.current.bulk.stop();
    await pass(5_000);
    expect(result.current.bulk.progress).toMatchObject({ state: 'stopped', done: 4, total: 10, failed: [] });
    expect(result.current.bulk.progress.rows.filter(({ state }) => state === 'waiting')).toHaveLength(6);
    expect(posts(world)).toHaveLength(4);
    void result.current.bulk.retry();
    await pass(10_000);
    expect(result.current.bulk.progress).toMatchObject({ state: 'finished', done: 10 });
    expect(posts(world)).toHaveLength(10);
  });

  test('and at once again: what is on its way comes out first, and each is sent once', async () => {
    const world = createWorld({ faults: [{ kind: 'latency', latencyMs: 1_000, match: /POST/ }] });
    const ids = add(world, 10);
    const { result } = await library(world);
    void result.current.bulk.approve(ids);
    await pass(500);
    result.current.bulk.stop();
    void result.current.bulk.retry();
    await pass(500);
    expect(result.current.bulk.isRunning).toBe(true);
    await pass(10_000);
    expect(result.current.bulk.progress).toMatchObject({ state: 'finished', done: 10, total: 10 });
    expect(posts(world)).toHaveLength(10);
  });

  test('drops what is left where others are approved next', async () => {
    const world = createWorld({ faults: [{ kind: 'latency', latencyMs: 1_000, match: /POST/ }] });
    const [last = '', ...ids] = add(world, 11);
    const { result } = await library(world);
    void result.current.bulk.approve(ids);
    await pass(500);
    result.current.bulk.stop();
    void result.current.bulk.approve([last]);
    await pass(10_000);
    expect(result.current.bulk.progress).toMatchObject({ state: 'finished', done: 5, total: 5 });
    expect(posts(world)).toHaveLength(5);
  });

  test.each([100, 300, 5_000])(
    'ends with the client (closed after %d ms): what is on its way comes out, nothing more is sent',
    async (ms) => {
      const world = createWorld({ tier: 'standard' });
      const { result } = await library(world);
      void result.current.bulk.approve(add(world, 120));
      await pass(ms);
      world.client.close();
      await pass(10);
      const sent = posts(world).length;
      expect(sent).toBeLessThan(120);
      await pass(180_000);
      expect(posts(world).length).toBe(sent);
      expect(result.current.bulk.progress).toMatchObject({ state: 'stopped', done: sent });
    },
  );

  test('works while the budget makes it wait', async () => {
    const world = createWorld({}, { writesPerMinute: 3 });
    const ids = add(world, 6);
    const { result } = await library(world);
    void result.current.bulk.approve(ids);
    await pass(1_000);
    expect(result.current.bulk.progress).toMatchObject({ state: 'paused', done: 2 });
    result.current.bulk.stop();
    await pass(180_000);
    expect(result.current.bulk.progress).toMatchObject({ state: 'stopped', done: 2 });
    expect(posts(world)).toHaveLength(2);
  });
});

describe('a client has one run', () => {
  const page = async (world: World) => {
    const rendered = await renderHook(() => useBulkApproval(), {
      wrapper: ({ children }) => <StrictMode>{world.wrapper({ children })}</StrictMode>,
    });
    await pass(10);
    return rendered;
  };

  test('that is seen, added to and stopped from another component once its own has gone', async () => {
    const world = createWorld({ faults: [{ kind: 'latency', latencyMs: 1_000, match: /POST/ }] });
    const ids = add(world, 30);
    const first = await page(world);
    void first.result.current.approve(ids.slice(0, 20));
    await pass(500);
    await first.unmount();
    await pass(1_000);
    const second = await page(world);
    expect(second.result.current.isRunning).toBe(true);
    expect(second.result.current.progress).toMatchObject({ state: 'running', total: 20 });
    void second.result.current.approve(ids.slice(10));
    await pass(50);
    expect(second.result.current.progress.total).toBe(30);
    second.result.current.stop();
    await pass(5_000);
    expect(second.result.current.progress.state).toBe('stopped');
    expect(posts(world)).toHaveLength(second.result.current.progress.done);
    expect(second.result.current.progress.done).toBeLessThan(20);
  });

  test('and is told how it came out where that ended unseen, but not for ever', async () => {
    const world = createWorld({ faults: [{ kind: 'latency', latencyMs: 1_000, match: /POST/ }] });
    const ids = add(world, 4);
    const first = await page(world);
    void first.result.current.approve(ids);
    await pass(100);
    await first.unmount();
    await pass(5_000);
    const second = await page(world);
    expect(second.result.current.progress).toMatchObject({ state: 'finished', done: 4 });
    await second.unmount();
    await pass(10);
    const third = await page(world);
    expect(third.result.current.progress.state).toBe('idle');
  });
});
