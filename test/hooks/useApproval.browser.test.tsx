import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, renderHook } from 'vitest-browser-react';
import { useApproval, useContainer, useContainerList } from '../../src/index.js';
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

/** A review screen: one container open, the list beside it, and the decision. */
function useReview(world: World, id: string, limit = 25) {
  const container = useContainer(id);
  const list = useContainerList(world.projectId, { limit, refreshInterval: false });
  const approval = useApproval(id);
  return {
    container: { data: container.data, error: container.error, refetch: container.refetch },
    list: { data: list.data, refetch: list.refetch, fetchNextPage: list.fetchNextPage },
    approval: { data: approval.data, error: approval.error, isPending: approval.isPending, mutate: approval.mutate },
    row: list.data?.containers.find((row) => row.id.endsWith(id.replace(/^cnt_/, ''))),
  };
}

async function review(world: World, id: string, limit?: number) {
  const { result } = await renderHook(() => useReview(world, id, limit), { wrapper: world.wrapper });
  await pass(100);
  return result;
}

const waiting = { state: 'completed', approvalStatus: 'pending' } as const;

describe('approving', () => {
  test('is written to the container and to the list, without a read', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const other = world.simulator.addContainer(waiting);
    const result = await review(world, id);
    expect(result.current.container.data?.approvalStatus).toBe('pending');
    expect(result.current.row?.approvalStatus).toBe('pending');
    const before = { reads: world.reads().length, other: result.current.list.data?.containers.find((row) => row.id === other) };
    result.current.approval.mutate({ decision: 'approve', note: 'Good' });
    await pass(100);
    expect(result.current.approval.data).toMatchObject({ approvalStatus: 'approved', decidedBy: expect.any(String), reason: null });
    expect(result.current.container.data).toMatchObject({ approvalStatus: 'approved', rawApprovalStatus: 'approved', status: 'completed' });
    expect(result.current.row).toMatchObject({ approvalStatus: 'approved', rawApprovalStatus: 'approved' });
    expect(result.current.list.data?.containers.find((row) => row.id === other)).toBe(before.other);
    await pass(60_000);
    expect(world.reads()).toHaveLength(before.reads);
  });

  test('by the bare id reaches the rows that carry the prefix, on every loaded page', async () => {
    const world = createWorld();
    const ids = Array.from({ length: 5 }, () => world.simulator.addContainer(waiting));
    const result = await review(world, (ids[0] as string).replace(/^cnt_/, ''), 2);
    void result.current.list.fetchNextPage();
    await pass(100);
    void result.current.list.fetchNextPage();
    await pass(100);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(100);
    expect(result.current.list.data?.containers).toHaveLength(5);
    expect(result.current.row?.approvalStatus).toBe('approved');
    expect(result.current.container.data?.approvalStatus).toBe('approved');
    expect(result.current.list.data?.containers.filter((row) => row.approvalStatus === 'approved')).toHaveLength(1);
  });

  test('says that it is on its way while it is', async () => {
    const world = createWorld({ faults: [{ kind: 'latency', latencyMs: 1_000, match: /POST/ }] });
    const id = world.simulator.addContainer(waiting);
    const result = await review(world, id);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(400);
    expect(result.current.approval.isPending).toBe(true);
    expect(result.current.container.data).toMatchObject({ approvalStatus: 'approved', rawApprovalStatus: 'pending' });
    expect(result.current.row).toMatchObject({ approvalStatus: 'approved', rawApprovalStatus: 'pending' });
    await pass(1_000);
    expect(result.current.approval.isPending).toBe(false);
    expect(result.current.container.data?.rawApprovalStatus).toBe('approved');
    expect(result.current.container.data?.approvalStatus).toBe('approved');
  });

  test('works where nothing is loaded: nothing half-filled is put into the cache', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const { result } = await renderHook(
      () => {
        const { data, mutate } = useApproval(id);
        return { data, mutate };
      },
      { wrapper: world.wrapper },
    );
    result.current.mutate({ decision: 'approve' });
    await pass(100);
    expect(result.current.data?.approvalStatus).toBe('approved');
    expect(world.queryClient.getQueryCache().getAll()).toHaveLength(0);
  });
});

test.each([null, undefined])('of nothing (%s) renders, and sends nothing', async (id) => {
  const world = createWorld();
  const { result } = await renderHook(() => useApproval(id), { wrapper: world.wrapper });
  expect(result.current).toMatchObject({ status: 'idle', error: null });
  result.current.mutate({ decision: 'approve' });
  await pass(100);
  expect(result.current.error).toMatchObject({ code: 'INVALID_INPUT', details: { path: 'containerId' } });
  expect(world.simulator.requests).toHaveLength(0);
});

describe('rejecting', () => {
  test('with a reason is written to the container and to the list', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const result = await review(world, id);
    result.current.approval.mutate({ decision: 'reject', reason: 'Off brand' });
    await pass(100);
    expect(result.current.approval.data).toMatchObject({ approvalStatus: 'rejected', reason: 'Off brand' });
    expect(result.current.container.data?.approvalStatus).toBe('rejected');
    expect(result.current.row?.approvalStatus).toBe('rejected');
  });

  test.each([
    ['empty', ''],
    ['too long', 'x'.repeat(1_025)],
    ['blank', ' \n '],
    ['missing', undefined],
  ])('with a reason that is %s names the field, and sends nothing', async (_, reason) => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const result = await review(world, id);
    result.current.approval.mutate({ decision: 'reject', reason: reason as string });
    await pass(100);
    expect(result.current.approval.error).toMatchObject({ code: 'INVALID_INPUT', status: null, details: { path: 'reason' } });
    expect(world.simulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(0);
    expect(result.current.approval.isPending).toBe(false);
    expect(result.current.container.data?.approvalStatus).toBe('pending');
    expect(result.current.container.error).toBeNull();
    result.current.approval.mutate({ decision: 'reject', reason: 'Off brand' });
    await pass(100);
    expect(result.current.approval.error).toBeNull();
    expect(result.current.container.data?.approvalStatus).toBe('rejected');
  });
});

describe('somebody else was faster', () => {
  test('the conflict is told, the container is read again once, and shows what holds', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const result = await review(world, id);
    world.simulator.decide(id, 'approved');
    world.simulator.clearRequests();
    result.current.approval.mutate({ decision: 'reject', reason: 'Off brand' });
    await pass(60_000);
    expect(result.current.approval.error).toMatchObject({ code: 'CONFLICT', status: 409, details: { approvalStatus: 'approved' } });
    expect(result.current.container.data?.approvalStatus).toBe('approved');
    expect(world.reads(/content\/[^/?]+$/)).toHaveLength(1);
  });

  test('the list shows what holds too', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const result = await review(world, id);
    world.simulator.decide(id, 'approved');
    result.current.approval.mutate({ decision: 'reject', reason: 'Off brand' });
    await pass(1_000);
    expect(result.current.row?.approvalStatus).toBe('approved');
  });

  test('a container that needs no approval is told as such', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ state: 'completed', approvalStatus: 'not_required' });
    const result = await review(world, id);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(100);
    expect(result.current.approval.error).toMatchObject({ code: 'CONFLICT', details: { approvalStatus: 'not_required' } });
    expect(result.current.container.data?.approvalStatus).toBe('not_required');
  });
});

describe('a read that began before the decision does not undo it', () => {
  test('on the container', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const result = await review(world, id);
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 3_000, match: /GET/, times: 1 }]);
    void result.current.container.refetch();
    await pass(100);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(10_000);
    expect(result.current.container.data?.approvalStatus).toBe('approved');
    expect(result.current.container.error).toBeNull();
  });

  test('on the container, and where that was its first read the container is not left without one', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 3_000, match: /GET .*content\/[^/]+$/, times: 1 }]);
    const result = await review(world, id);
    // The list has told of it meanwhile; its record is still under way.
    expect(result.current.container.data).toMatchObject({ isPartial: true, approvalStatus: 'pending' });
    result.current.approval.mutate({ decision: 'approve' });
    await pass(10_000);
    expect(result.current.container.data?.approvalStatus).toBe('approved');
  });

  test('on the list, whose refetch was on its way', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const result = await review(world, id);
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 3_000, match: /GET/, times: 1 }]);
    void result.current.list.refetch();
    await pass(100);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(10_000);
    expect(result.current.row?.approvalStatus).toBe('approved');
  });

  test('on the list, whose next page was on its way and still comes', async () => {
    const world = createWorld();
    const oldest = world.simulator.addContainer(waiting);
    const id = world.simulator.addContainer(waiting);
    const result = await review(world, id, 1);
    expect(result.current.row?.approvalStatus).toBe('pending');
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 3_000, match: /GET/, times: 1 }]);
    void result.current.list.fetchNextPage();
    await pass(100);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(10_000);
    expect(result.current.list.data?.containers.map((row) => row.id)).toEqual([id, oldest]);
    expect(result.current.row?.approvalStatus).toBe('approved');
  });
});

describe('what goes wrong', () => {
  test('a key that may read but not approve: FORBIDDEN_SCOPE is told, and the container stays pending', async () => {
    const world = createWorld(
      { apiKeys: [{ key: 'reader', tier: 'off', scopes: ['content:read'] }] },
      { headers: { authorization: 'Bearer reader' } },
    );
    const id = world.simulator.addContainer(waiting);
    const result = await review(world, id);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(100);
    expect(result.current.approval.error).toMatchObject({
      code: 'FORBIDDEN_SCOPE',
      status: 403,
      details: { requiredScope: 'content:approve' },
      requestId: expect.stringMatching(/^req_/),
    });
    expect(result.current.container.data?.approvalStatus).toBe('pending');
    expect(result.current.row?.approvalStatus).toBe('pending');
  });

  test('a decision that took effect although its answer was lost is found out by reading, and is not sent twice', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const result = await review(world, id);
    world.simulator.setFaults([{ kind: 'drop', match: /POST/, times: 1, takesEffect: true }]);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(60_000);
    expect(result.current.approval.error).toMatchObject({ code: 'NETWORK' });
    expect(result.current.container.data?.approvalStatus).toBe('approved');
    expect(world.simulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test.each(['empty', 'truncated-json'] as const)('an answer that is %s is told, and what holds is read', async (kind) => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const result = await review(world, id);
    world.simulator.setFaults([{ kind, match: /POST/, times: 1, takesEffect: true }]);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(1_000);
    expect(result.current.approval.error).toMatchObject({ code: 'INVALID_RESPONSE', requestId: expect.stringMatching(/^req_/) });
    expect(result.current.container.data?.approvalStatus).toBe('approved');
  });

  test('while the read budget is spent a decision still goes out', async () => {
    const world = createWorld({}, { readsPerMinute: 2 });
    const id = world.simulator.addContainer(waiting);
    const result = await review(world, id);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(500);
    expect(result.current.approval.data?.approvalStatus).toBe('approved');
  });
});
