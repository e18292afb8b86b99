import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, renderHook } from 'vitest-browser-react';
import { useContainer, useContainerProgress } from '../../src/index.js';
import { hidePage, showPage } from '../support/page.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife } from '../support/world.js';

beforeEach(() => {
  stopTime();
});

afterEach(async () => {
  await cleanup();
  showPage();
  vi.useRealTimers();
});

describe('useContainerProgress', () => {
  test('follows a container from queued to completed, then reads nothing for an hour', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(10_000) });
    const { result } = await renderHook(() => useContainerProgress(id), { wrapper: world.wrapper });
    await pass(100);
    expect(result.current.data?.status).toBe('queued');
    await pass(4_000);
    expect(result.current.data).toMatchObject({ status: 'processing', stage: 'generating_visuals', isTerminal: false });
    await pass(9_000);
    expect(result.current.data).toMatchObject({ status: 'completed', percent: 100, isTerminal: true });
    const reads = world.reads().length;
    await pass(3_600_000);
    expect(world.reads()).toHaveLength(reads);
  });

  test('reads every 2 s, and every 5 s once the same stage has lasted 30 s', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({
      generation: { queuedMs: 0, stages: [{ stage: 'generating_visuals', durationMs: 600_000 }], outcome: 'completed', eta: 'none' },
    });
    await renderHook(() => useContainerProgress(id), { wrapper: world.wrapper });
    await pass(29_500);
    expect(world.reads(/progress/).length).toBe(15);
    await pass(32_000);
    const at = world.simulator.requests.filter(({ path }) => path.endsWith('/progress')).map((request) => request.at);
    const gaps = at.slice(1).map((time, index) => time - (at[index] as number));
    expect(gaps.slice(0, 15).every((gap) => gap >= 2_000 && gap < 2_300)).toBe(true);
    expect(gaps.slice(17).every((gap) => gap >= 5_000 && gap < 5_300)).toBe(true);
    expect(gaps.length).toBeGreaterThan(19);
    // When the job began, from where the deadline counts, is asked once, after a minute.
    expect(world.simulator.requests.filter(({ path }) => !path.endsWith('/progress')).map(({ path }) => path)).toEqual([
      `/v1/content/${id}`,
    ]);
  });

  test.each([0, false] as const)('an interval of %s switches polling off: it is read once', async (refetchInterval) => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(600_000) });
    const { result } = await renderHook(() => useContainerProgress(id, { refetchInterval }), { wrapper: world.wrapper });
    await pass(60_000);
    expect(result.current.data?.status).toBe('queued');
    expect(world.reads()).toHaveLength(1);
  });

  test.each([1, 100])('an interval of %d ms is read no faster than once a second', async (refetchInterval) => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(600_000) });
    await renderHook(() => useContainerProgress(id, { refetchInterval }), { wrapper: world.wrapper });
    await pass(10_500);
    const reads = world.reads(/progress/).length;
    expect(reads).toBeGreaterThan(8);
    expect(reads).toBeLessThanOrEqual(11);
  });

  test('a hidden page reads nothing; seen again, it reads once at once and goes on', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(7_200_000) });
    await renderHook(() => useContainerProgress(id), { wrapper: world.wrapper });
    await pass(5_000);
    hidePage();
    const before = world.reads().length;
    await pass(1_500_000);
    expect(world.reads()).toHaveLength(before);
    showPage();
    await pass(500);
    expect(world.reads(/progress/)).toHaveLength(before + 1);
    await pass(10_500);
    expect(world.reads(/progress/).length - before).toBeGreaterThanOrEqual(3);
    // And once when the job began.
    expect(world.reads().length - world.reads(/progress/).length).toBe(1);
  });

  test('with a slow background, a hidden page reads once a minute until the end, and at the cadence again when it is seen', async () => {
    const world = createWorld();
    const [long, short] = [900_000, 300_000].map((durationMs) => world.simulator.addContainer({ generation: shortLife(durationMs) }));
    const ended: string[] = [];
    const onComplete = ({ containerId }: { containerId: string }) => ended.push(containerId);
    await renderHook(() => [useContainerProgress(long, { background: 'slow' }), useContainerProgress(short, { onComplete })], {
      wrapper: world.wrapper,
    });
    await pass(5_000);
    hidePage();
    const before = world.reads().length;
    await pass(600_000);
    expect(world.reads().length - before).toBeGreaterThanOrEqual(9);
    expect(world.reads().length - before).toBeLessThanOrEqual(10);
    // Nobody awaits the other one.
    expect(ended).toEqual([]);
    showPage();
    await pass(12_000);
    expect(ended).toEqual([short]);
    expect(world.reads().length - before).toBeGreaterThanOrEqual(13);
  });

  test('thirty that are awaited in a hidden page cost a list read a minute, not thirty', async () => {
    const world = createWorld({ tier: 'standard' });
    const ids = Array.from({ length: 30 }, (_, index) => world.simulator.addContainer({ generation: shortLife(200_000 + index * 10_000) }));
    const ended = new Set<string>();
    const options = { background: 'slow' as const, onComplete: ({ containerId }: { containerId: string }) => ended.add(containerId) };
    await renderHook(() => ids.map((id) => useContainerProgress(id, options)), { wrapper: world.wrapper });
    await pass(60_000);
    hidePage();
    const before = world.reads().length;
    await pass(600_000);
    expect(ended.size).toBe(30);
    // A record of each that ended, beside the list.
    expect(world.reads().length - before).toBeLessThanOrEqual(10 * 2 + 30);
    expect(world.simulator.requests.filter(({ status }) => status === 429)).toEqual([]);
    const spent = world.reads().length;
    await pass(600_000);
    expect(world.reads()).toHaveLength(spent);
  });

  test('the terminal snapshot has the container read exactly once more', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(10_000) });
    const { result } = await renderHook(() => ({ container: useContainer(id), progress: useContainerProgress(id) }), {
      wrapper: world.wrapper,
    });
    await pass(1_000);
    const before = world.reads(/content\/[^/]+$/).length;
    await pass(60_000);
    expect(result.current.container.data).toMatchObject({ status: 'completed', preview: { kind: 'video' } });
    expect(world.reads(/content\/[^/]+$/).length - before).toBe(1);
  });

  test('while in flight the record follows the status without a read of its own', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: { ...shortLife(60_000), queuedMs: 5_000 } });
    const { result } = await renderHook(() => ({ container: useContainer(id), progress: useContainerProgress(id) }), {
      wrapper: world.wrapper,
    });
    await pass(1_000);
    expect(result.current.container.data?.status).toBe('queued');
    await pass(10_000);
    expect(result.current.container.data?.status).toBe('processing');
    expect(world.reads(/content\/[^/]+$/).length).toBe(1);
  });

  test('ten components on one container, both spellings of its id, inline options and StrictMode: one read', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(600_000) });
    const bare = id.replace(/^cnt_/, '');
    function Ten() {
      const ids = [id, bare, id, bare, id, bare, id, bare, id, bare];
      return ids.map((each, index) => <One key={`${index}-${each}`} id={each} />);
    }
    function One({ id: each }: { id: string }) {
      const { data } = useContainerProgress(each, { estimate: {} });
      return <i>{data?.status}</i>;
    }
    await renderHook(() => null, {
      wrapper: () => (
        <StrictMode>
          <world.wrapper>
            <Ten />
          </world.wrapper>
        </StrictMode>
      ),
    });
    await pass(1_000);
    expect(world.reads()).toHaveLength(1);
    await pass(20_000);
    expect(world.reads().length).toBeLessThanOrEqual(11);
  });

  test('a read that brings nothing new renders nothing', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: { ...shortLife(600_000), outcome: 'stalled', endsAt: 0.01, eta: 'none' } });
    let renders = 0;
    await renderHook(
      () => {
        renders += 1;
        return useContainerProgress(id).data;
      },
      { wrapper: world.wrapper },
    );
    await pass(20_000);
    const before = { renders, reads: world.reads().length };
    await pass(20_000);
    expect(world.reads().length).toBeGreaterThan(before.reads + 3);
    expect(renders).toBe(before.renders);
  });

  test.each([null, undefined, ''])('an id of %o is inert', async (id) => {
    const world = createWorld();
    const { result } = await renderHook(() => [useContainer(id), useContainerProgress(id)], { wrapper: world.wrapper });
    await pass(10_000);
    expect(result.current.map(({ fetchStatus }) => fetchStatus)).toEqual(['idle', 'idle']);
    expect(world.reads()).toHaveLength(0);
  });

  test('nothing is read after the last component is gone', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(600_000) });
    const { unmount } = await renderHook(() => useContainerProgress(id), { wrapper: world.wrapper });
    await pass(5_000);
    await unmount();
    const before = world.reads().length;
    await pass(600_000);
    expect(world.reads()).toHaveLength(before);
  });

  test('a status from a newer server is read on, and claims no percentage', async () => {
    const world = createWorld({ faults: [{ kind: 'unknown-status' }] });
    const id = world.simulator.addContainer({ generation: shortLife(60_000) });
    const { result } = await renderHook(() => useContainerProgress(id), { wrapper: world.wrapper });
    await pass(5_000);
    expect(result.current.data).toMatchObject({ status: 'unknown', isTerminal: false, percent: null });
    expect(result.current.data?.rawStatus).not.toBe('unknown');
    const before = world.reads().length;
    await pass(10_000);
    expect(world.reads().length).toBeGreaterThan(before);
  });
});

/** What a screen reads of a result: TanStack renders again only for what was read. */
const shown = <Data, Failure>({ data, error }: { data: Data; error: Failure }) => ({ data, error });

describe('when a read fails', () => {
  test('the error is told at once, the last good data stays, and reading backs off and recovers', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(600_000) });
    const { result } = await renderHook(() => shown(useContainerProgress(id)), { wrapper: world.wrapper });
    await pass(5_000);
    const good = result.current.data;
    world.simulator.setFaults([{ kind: 'html', status: 500 }]);
    const from = world.simulator.requests.length;
    await pass(200_000);
    expect(result.current.error).toMatchObject({ code: 'HTTP_500', status: 500 });
    expect(result.current.error?.message).not.toContain('<');
    expect(result.current.data).toBe(good);
    const at = world.simulator.requests.slice(from).map((request) => request.at);
    const gaps = at.slice(1).map((time, index) => time - (at[index] as number));
    // Backoff is spread by a half, so that many who fail together do not come back together.
    expect(gaps[0]).toBeGreaterThanOrEqual(1_500);
    expect(Math.max(...gaps)).toBeGreaterThan(40_000);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(75_500);
    expect(at.length).toBeLessThan(10);
    world.simulator.setFaults([]);
    await pass(76_000);
    expect(result.current.error).toBeNull();
    expect(result.current.data?.percent ?? 0).toBeGreaterThanOrEqual(0);
  });

  test('Retry-After is kept, also by what mounts or comes back into view meanwhile', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(600_000) });
    world.simulator.setFaults([{ kind: 'status', status: 429, retryAfter: '7', times: 1 }]);
    const { result } = await renderHook(() => shown(useContainerProgress(id)), { wrapper: world.wrapper });
    await pass(100);
    expect(result.current.error).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 7_000 });
    await pass(3_000);
    await renderHook(() => shown(useContainerProgress(id)), { wrapper: world.wrapper });
    hidePage();
    showPage();
    await pass(3_500);
    expect(world.reads()).toHaveLength(1);
    await pass(8_000);
    expect(world.reads().length).toBeGreaterThan(1);
    expect(result.current.error).toBeNull();
  });

  test.each([404, 403])('a %d is told once and not read again', async (status) => {
    const world = createWorld();
    const id = world.simulator.addContainer();
    world.simulator.setFaults([{ kind: 'status', status }]);
    const { result } = await renderHook(() => shown(useContainer(id)), { wrapper: world.wrapper });
    await pass(300_000);
    expect(result.current.error?.status).toBe(status);
    expect(world.reads()).toHaveLength(1);
  });

  test('a server that hangs is given up after the time limit, and tried again', async () => {
    const world = createWorld({}, { timeoutMs: 4_000 });
    const id = world.simulator.addContainer({ generation: shortLife(600_000) });
    world.simulator.setFaults([{ kind: 'hang', times: 1 }]);
    const { result } = await renderHook(() => shown(useContainer(id)), { wrapper: world.wrapper });
    await pass(3_900);
    expect(result.current.error).toBeNull();
    await pass(300);
    expect(result.current.error?.code).toBe('TIMEOUT');
    await pass(3_000);
    expect(result.current.data?.id).toBe(id);
    expect(result.current.error).toBeNull();
  });

  test.each(['empty', 'truncated-json', 'drop'] as const)('an answer that is %s leaves the last good data on screen', async (kind) => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(600_000) });
    const { result } = await renderHook(() => shown(useContainer(id)), { wrapper: world.wrapper });
    await pass(500);
    world.simulator.setFaults([{ kind, times: 1 }]);
    await pass(2_200);
    expect(result.current.error).not.toBeNull();
    expect(result.current.data?.id).toBe(id);
    await pass(5_000);
    expect(result.current.error).toBeNull();
  });
});

describe('a progress that comes as a job', () => {
  test('shows the share of the whole job, for the container that was asked for', async () => {
    let progress = 0.4;
    const json = () => ({ jobId: 'job_1', kind: 'content_generate', status: progress < 1 ? 'running' : 'completed', progress });
    const fetch = async () => Response.json(json());
    const world = createWorld({}, { fetch });
    const { result } = await renderHook(() => useContainerProgress('cnt_1'), { wrapper: world.wrapper });
    await pass(500);
    expect(result.current.data).toMatchObject({ containerId: 'cnt_1', status: 'processing', percent: 40, basis: 'job' });
    progress = 0.6;
    await pass(3_000);
    expect(result.current.data).toMatchObject({ percent: 60, basis: 'job' });
    progress = 1;
    await pass(3_000);
    expect(result.current.data).toMatchObject({ status: 'completed', percent: 100 });
  });
});
