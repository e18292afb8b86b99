import { QueryClient } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, renderHook } from 'vitest-browser-react';
import { LayersProvider, createLayersClient, layersKeys, useApproval, useContainer, useContainerList } from '../../src/index.js';
import type { ApprovalStatus } from '../../src/index.js';
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
const posts = (world: World) => world.simulator.requests.filter(({ method }) => method === 'POST');

interface ReviewOptions {
  approval?: ApprovalStatus;
  refreshInterval?: number | false;
}

/** A review screen: one container open, the list beside it, and the decision in two places. Every approval status that was ever drawn is kept. */
async function review(world: World, id: string, { approval: filter, refreshInterval = false }: ReviewOptions = {}) {
  const drawn: { detail: (string | undefined)[]; row: (string | undefined)[] } = { detail: [], row: [] };
  const { result } = await renderHook(
    () => {
      const container = useContainer(id);
      const list = useContainerList(world.projectId, { refreshInterval, approval: filter });
      const approval = useApproval(id);
      const elsewhere = useApproval(id.replace(/^cnt_/, ''));
      const row = list.data?.containers.find((each) => each.id === id);
      drawn.detail.push(container.data?.approvalStatus);
      drawn.row.push(row?.approvalStatus);
      return {
        container: { data: container.data, refetch: container.refetch },
        list: { data: list.data, refresh: list.refresh },
        row,
        approval: { data: approval.data, error: approval.error, isPending: approval.isPending, mutate: approval.mutate },
        elsewhere: { data: elsewhere.data, error: elsewhere.error, isPending: elsewhere.isPending, mutate: elsewhere.mutate },
      };
    },
    { wrapper: ({ children }) => <StrictMode>{world.wrapper({ children })}</StrictMode> },
  );
  await pass(100);
  return { result, drawn };
}

/** Whether something was drawn one way, then another, then the first way again. */
const flickers = (drawn: readonly (string | undefined)[]) => {
  const turns = drawn.filter((status, index) => status !== undefined && status !== drawn[index - 1]);
  return new Set(turns).size !== turns.length;
};

describe('a decision shows at once', () => {
  test('in the record and in the list, before its answer', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const { result, drawn } = await review(world, id);
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 5_000, match: /POST/ }]);
    result.current.approval.mutate({ decision: 'reject', reason: 'Off brand' });
    await pass(0);
    expect(result.current.container.data?.approvalStatus).toBe('rejected');
    expect(result.current.row?.approvalStatus).toBe('rejected');
    await pass(10_000);
    expect([flickers(drawn.detail), flickers(drawn.row)]).toEqual([false, false]);
    expect(posts(world)).toHaveLength(1);
  });

  test('only where the server waits for one: what is unknown or needs none is not shown as approved', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ state: 'completed', approvalStatus: 'not_required' });
    const { result, drawn } = await review(world, id);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(1_000);
    expect(result.current.approval.error?.code).toBe('CONFLICT');
    expect(new Set(drawn.detail)).toEqual(new Set([undefined, 'not_required']));
  });

  test('in a list of what waits for approval its row stays until the answer, and is gone with the next refresh', async () => {
    const world = createWorld();
    const [other, id] = [world.simulator.addContainer(waiting), world.simulator.addContainer(waiting)];
    const { result } = await review(world, id, { approval: 'pending' });
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 2_000, match: /POST/ }]);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(500);
    expect(result.current.row?.approvalStatus).toBe('approved');
    await pass(3_000);
    void result.current.list.refresh();
    await pass(1_000);
    expect(result.current.list.data?.containers.map((row) => row.id)).toEqual([other]);
  });

  test('and in such a list a row whose decision failed never went', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const { result, drawn } = await review(world, id, { approval: 'pending' });
    world.simulator.setFaults([{ kind: 'status', status: 500, match: /POST/, times: 1 }]);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(1_000);
    expect(result.current.row?.approvalStatus).toBe('pending');
    expect(drawn.row.slice(drawn.row.indexOf('pending'))).not.toContain(undefined);
  });
});

describe('a double click', () => {
  test('sends one request, from two places as from one, by either spelling of the id', async () => {
    const world = createWorld({ faults: [{ kind: 'latency', latencyMs: 300, match: /POST/ }] });
    const id = world.simulator.addContainer(waiting);
    const { result } = await review(world, id);
    result.current.approval.mutate({ decision: 'approve' });
    result.current.approval.mutate({ decision: 'approve' });
    result.current.elsewhere.mutate({ decision: 'approve' });
    await pass(1_000);
    expect(posts(world)).toHaveLength(1);
    expect(result.current.approval).toMatchObject({ error: null, data: { approvalStatus: 'approved' } });
    expect(result.current.elsewhere).toMatchObject({ error: null, data: { approvalStatus: 'approved' } });
  });

  test('by a slow hand, whose second click comes after the answer, sends one request and is no conflict', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const { result } = await review(world, id);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(400);
    expect(result.current.approval.data?.approvalStatus).toBe('approved');
    result.current.approval.mutate({ decision: 'approve' });
    await pass(1_000);
    expect(posts(world)).toHaveLength(1);
    expect(result.current.approval.error).toBeNull();
  });

  test('on both buttons decides once: the second waits, and is told what holds', async () => {
    const world = createWorld({ faults: [{ kind: 'latency', latencyMs: 300, match: /POST/ }] });
    const id = world.simulator.addContainer(waiting);
    const { result } = await review(world, id);
    result.current.approval.mutate({ decision: 'approve' });
    result.current.elsewhere.mutate({ decision: 'reject', reason: 'No' });
    await pass(1_000);
    expect(posts(world)).toHaveLength(1);
    expect(result.current.elsewhere.error).toMatchObject({ code: 'CONFLICT', details: { approvalStatus: 'approved' } });
    expect(result.current.container.data?.approvalStatus).toBe('approved');
  });

  test('on both buttons, where the first fails, sends the second', async () => {
    const world = createWorld({ faults: [{ kind: 'status', status: 500, match: /approve/, times: 1 }] });
    const id = world.simulator.addContainer(waiting);
    const { result } = await review(world, id);
    result.current.approval.mutate({ decision: 'approve' });
    result.current.elsewhere.mutate({ decision: 'reject', reason: 'No' });
    await pass(1_000);
    expect(result.current.approval.error).toMatchObject({ status: 500 });
    expect(result.current.elsewhere.data).toMatchObject({ approvalStatus: 'rejected' });
    expect([result.current.container.data?.approvalStatus, result.current.row?.approvalStatus]).toEqual(['rejected', 'rejected']);
  });

  test('after a failure is a new try', async () => {
    const world = createWorld({ faults: [{ kind: 'status', status: 500, match: /POST/, times: 1 }] });
    const id = world.simulator.addContainer(waiting);
    const { result } = await review(world, id);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(100);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(100);
    expect(posts(world)).toHaveLength(2);
    expect(result.current.container.data?.approvalStatus).toBe('approved');
  });
});

describe('a poll that lands in the middle of a decision', () => {
  const landings = [
    ['while it is on its way', 1_000],
    ['after its answer', 4_000],
  ] as const;

  test.each(landings)('on the record, %s, does not undo it', async (_, pollMs) => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const { result, drawn } = await review(world, id);
    world.simulator.setFaults([
      { kind: 'latency', latencyMs: pollMs, match: /GET/, times: 1 },
      { kind: 'latency', latencyMs: 2_000, match: /POST/, times: 1 },
    ]);
    void result.current.container.refetch();
    await pass(100);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(10_000);
    expect(result.current.container.data).toMatchObject({ approvalStatus: 'approved', rawApprovalStatus: 'approved' });
    expect(flickers(drawn.detail)).toBe(false);
  });

  test.each(landings)('on the list, %s, does not undo it', async (_, pollMs) => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const { result, drawn } = await review(world, id);
    world.simulator.setFaults([
      { kind: 'latency', latencyMs: pollMs, match: /GET/, times: 1 },
      { kind: 'latency', latencyMs: 2_000, match: /POST/, times: 1 },
    ]);
    void result.current.list.refresh();
    await pass(100);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(10_000);
    expect(result.current.row).toMatchObject({ approvalStatus: 'approved', rawApprovalStatus: 'approved' });
    expect(flickers(drawn.row)).toBe(false);
  });

  test.each(landings)('begun after the click and answered %s, it does not undo it in list or record', async (_, pollMs) => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const { result, drawn } = await review(world, id);
    world.simulator.setFaults([
      { kind: 'latency', latencyMs: pollMs, match: /GET/, times: 2 },
      { kind: 'latency', latencyMs: 2_000, match: /POST/, times: 1 },
    ]);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(100);
    void result.current.container.refetch();
    void result.current.list.refresh();
    await pass(10_000);
    expect([result.current.container.data?.approvalStatus, result.current.row?.approvalStatus]).toEqual(['approved', 'approved']);
    expect([flickers(drawn.detail), flickers(drawn.row)]).toEqual([false, false]);
  });

  test('begun after the click, while the server has not decided yet, it shows the decision until that has failed', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const { result, drawn } = await review(world, id);
    world.simulator.setFaults([{ kind: 'hang', match: /POST/ }]);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(100);
    void result.current.container.refetch();
    void result.current.list.refresh();
    await pass(5_000);
    expect(result.current.container.data).toMatchObject({ approvalStatus: 'approved', rawApprovalStatus: 'pending' });
    expect(result.current.row).toMatchObject({ approvalStatus: 'approved', rawApprovalStatus: 'pending' });
    await pass(20_000);
    for (const statuses of [drawn.detail, drawn.row]) {
      const turns = statuses.filter((status, index) => status !== undefined && status !== statuses[index - 1]);
      expect(turns).toEqual(['pending', 'approved', 'pending']);
    }
  });

  test('of a list that refreshes by itself does not undo it', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const { result, drawn } = await review(world, id, { refreshInterval: 5_000 });
    world.simulator.setFaults([
      { kind: 'latency', latencyMs: 700, match: /GET/ },
      { kind: 'latency', latencyMs: 12_000, match: /POST/, times: 1 },
    ]);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(30_000);
    expect(result.current.row?.rawApprovalStatus).toBe('approved');
    expect(flickers(drawn.row)).toBe(false);
  });

  test('a read that is given up because the screen is left does not undo it', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const { result } = await review(world, id);
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 5_000, match: /GET/ }]);
    void result.current.container.refetch();
    void result.current.list.refresh();
    await pass(100);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(500);
    await cleanup();
    await pass(500);
    expect(world.queryClient.getQueryData(layersKeys.container(world.client, id))).toMatchObject({ approvalStatus: 'approved' });
  });
});

describe('taken back', () => {
  test('offline: the error is told, and list and record say again what held', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const { result } = await review(world, id);
    world.simulator.setFaults([{ kind: 'drop' }]);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(1_000);
    expect(result.current.approval).toMatchObject({ isPending: false, error: { code: 'NETWORK' } });
    expect(result.current.container.data).toMatchObject({ approvalStatus: 'pending', rawApprovalStatus: 'pending' });
    expect(result.current.row).toMatchObject({ approvalStatus: 'pending', rawApprovalStatus: 'pending' });
    world.simulator.setFaults([]);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(1_000);
    expect(result.current.row?.approvalStatus).toBe('approved');
  });

  test('without overwriting what was read since', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const other = world.simulator.addContainer(waiting);
    const { result } = await review(world, id);
    world.simulator.setFaults([{ kind: 'hang', match: /POST/ }]);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(100);
    world.simulator.decide(other, 'rejected');
    world.simulator.addContainer(waiting);
    void result.current.list.refresh();
    await pass(500);
    world.simulator.setFaults([{ kind: 'status', status: 500, match: /GET/ }]);
    await pass(20_000);
    expect(result.current.approval.error?.code).toBe('TIMEOUT');
    expect(result.current.list.data?.containers.map((row) => [row.id, row.approvalStatus])).toEqual([
      [other, 'rejected'],
      [id, 'pending'],
    ]);
    expect(result.current.list.data?.newCount).toBe(1);
  });

  test('a read that says meanwhile that somebody else decided is what stays after a failure', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer(waiting);
    const { result, drawn } = await review(world, id);
    world.simulator.setFaults([{ kind: 'hang', match: /POST/ }]);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(100);
    world.simulator.decide(id, 'rejected');
    void result.current.container.refetch();
    void result.current.list.refresh();
    await pass(30_000);
    expect(result.current.approval.error?.code).toBe('TIMEOUT');
    expect([result.current.container.data?.approvalStatus, result.current.row?.approvalStatus]).toEqual(['rejected', 'rejected']);
    expect(flickers(drawn.row)).toBe(false);
  });

  test('a key without the scope is asked once, and nothing is read for it', async () => {
    const keys = [{ key: 'reader', tier: 'off' as const, scopes: ['content:read'] }];
    const world = createWorld({ apiKeys: keys }, { headers: { authorization: 'Bearer reader' } });
    const id = world.simulator.addContainer(waiting);
    const { result } = await review(world, id);
    const before = world.reads().length;
    result.current.approval.mutate({ decision: 'approve' });
    await pass(60_000);
    expect(result.current.approval.error?.code).toBe('FORBIDDEN_SCOPE');
    expect([posts(world).length, world.reads().length]).toEqual([1, before]);
  });
});

describe('two people approve the same container', () => {
  /** Another person: a client and a cache of their own, on the same API. */
  function colleague(world: World): World {
    const client = createLayersClient({ baseUrl: 'https://colleague.invalid', fetch: world.simulator.fetch });
    const queryClient = new QueryClient();
    const wrapper: World['wrapper'] = ({ children }) => (
      <LayersProvider client={client} queryClient={queryClient}>
        {children}
      </LayersProvider>
    );
    return { ...world, client, queryClient, wrapper };
  }

  test('one wins, the other is told who won and sees what holds, in list and record', async () => {
    const world = createWorld({ faults: [{ kind: 'latency', latencyMs: 200, match: /POST/ }] });
    const id = world.simulator.addContainer(waiting);
    const [first, second] = [await review(world, id), await review(colleague(world), id)];
    first.result.current.approval.mutate({ decision: 'approve' });
    second.result.current.approval.mutate({ decision: 'reject', reason: 'Off brand' });
    await pass(2_000);
    expect(posts(world).map(({ status }) => status)).toEqual([200, 409]);
    expect(first.result.current.approval).toMatchObject({ error: null, data: { approvalStatus: 'approved' } });
    expect(second.result.current.approval.error).toMatchObject({ code: 'CONFLICT', details: { approvalStatus: 'approved' } });
    for (const { result } of [first, second])
      expect([result.current.container.data?.approvalStatus, result.current.row?.approvalStatus]).toEqual(['approved', 'approved']);
  });

  test.each([true, false])('a 409 that does not say what holds is answered by reading it (record shown: %s)', async (isShown) => {
    let world: World;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const response = await world.simulator.fetch(input, init);
      if (response.status !== 409) return response;
      const { error } = await response.json();
      return Response.json({ error: { ...error, details: undefined } }, { status: 409 });
    };
    world = createWorld({}, { fetch: fetch as never });
    const id = world.simulator.addContainer(waiting);
    const { result } = await renderHook(
      () => {
        const { error, mutate, isPending } = useApproval(id);
        const { data } = useContainer(isShown ? id : null);
        const { data: list } = useContainerList(world.projectId, { refreshInterval: false });
        return { error, mutate, isPending, data, row: list?.containers[0] };
      },
      { wrapper: world.wrapper },
    );
    await pass(100);
    world.simulator.decide(id, 'rejected');
    world.simulator.clearRequests();
    result.current.mutate({ decision: 'approve' });
    await pass(2_000);
    expect(result.current.error).toMatchObject({ code: 'CONFLICT', status: 409, details: { approvalStatus: 'rejected' } });
    expect(result.current.row?.approvalStatus).toBe('rejected');
    expect(world.reads()).toHaveLength(1);
    expect(result.current.data?.approvalStatus).toBe(isShown ? 'rejected' : undefined);
  });

  test('a container that is made anew is not completed: the conflict leaves it pending, and is told', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: { queuedMs: 600_000 } });
    const { result } = await review(world, id);
    result.current.approval.mutate({ decision: 'approve' });
    await pass(500);
    expect(result.current.approval.error).toMatchObject({ code: 'CONFLICT', status: 409 });
    expect(result.current.row?.approvalStatus).toBe(result.current.container.data?.approvalStatus);
    expect(result.current.row?.approvalStatus).not.toBe('approved');
  });
});
