import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cleanup, renderHook } from 'vitest-browser-react';
import { useBulkApproval } from '../../src/index.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld } from '../support/world.js';

beforeEach(() => {
  stopTime();
});

afterEach(async () => {
  await cleanup();
  vi.useRealTimers();
});

test('what has failed can be approved again while the others are under way, and nothing is sent twice', async () => {
  const world = createWorld();
  const add = () => world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
  const [broken = '', ...others] = Array.from({ length: 4 }, add);
  const { result } = await renderHook(() => useBulkApproval(), { wrapper: world.wrapper });
  world.simulator.setFaults([
    { kind: 'status', status: 500, match: new RegExp(`POST .*${broken}`), times: 1 },
    { kind: 'latency', latencyMs: 5_000, match: new RegExp(`POST .*(${others.join('|')})`) },
  ]);
  void result.current.approve([broken, ...others], { note: 'First' });
  await pass(1_000);
  expect(result.current.progress).toMatchObject({ state: 'running', done: 1, total: 4 });
  expect(result.current.progress.failed.map(({ containerId }) => containerId)).toEqual([broken]);
  const again = vi.fn();
  void result.current.approve([broken, ...others], { note: 'Second' }).then(again);
  await pass(1_000);
  expect(result.current.progress.failed).toEqual([]);
  await pass(10_000);
  expect(again).toHaveBeenCalledWith(expect.objectContaining({ state: 'finished', done: 4, total: 4, failed: [] }));
  const posts = world.simulator.requests.filter(({ method }) => method === 'POST').map(({ path }) => path);
  expect(posts.filter((path) => path.includes(broken))).toHaveLength(2);
  expect(posts).toHaveLength(5);
});
