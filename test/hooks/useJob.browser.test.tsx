import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, renderHook } from 'vitest-browser-react';
import { layersKeys, parseJob, type UseJobOptions, useJob } from '../../src/index.js';
import { hidePage, showPage } from '../support/page.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife, type World } from '../support/world.js';

beforeEach(() => {
  stopTime();
});

afterEach(async () => {
  await cleanup();
  showPage();
  vi.useRealTimers();
});

/** What a screen reads of a job: TanStack renders again only for what was read. */
function useShownJob(id: string | null | undefined, options?: UseJobOptions) {
  const { data, error, status, fetchStatus, refetch } = useJob(id, options);
  return { data, error, status, fetchStatus, refetch };
}

const jobOf = ({ simulator }: World, containerId: string) => simulator.jobId(containerId) as string;
const statuses = ({ simulator }: World) => simulator.requests.map(({ status }) => status);

describe('useJob', () => {
  test('follows a generation from its 202 to what it made, then reads nothing for an hour', async () => {
    const world = createWorld({ generation: shortLife(10_000) });
    const accepted = await world.client.generate(world.projectId, { format: 'slideshow-builder', hook: 'Small steps' });
    const { result } = await renderHook(() => useShownJob(accepted.jobId), { wrapper: world.wrapper });
    await pass(3_000);
    expect(result.current.data).toMatchObject({
      jobId: accepted.jobId,
      status: 'running',
      stage: 'generating_visuals',
      result: null,
      error: null,
    });
    await pass(12_000);
    expect(result.current.data).toMatchObject({ status: 'completed', containerIds: accepted.containerIds, error: null });
    expect(result.current.data?.finishedAt).not.toBeNull();
    expect(result.current.data?.result).not.toBeNull();
    const reads = world.reads().length;
    await pass(3_600_000);
    hidePage();
    showPage();
    await pass(1_000);
    expect(world.reads()).toHaveLength(reads);
  });

  test('progress only moves forward', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(20_000) });
    const seen: number[] = [];
    await renderHook(
      () => {
        const { data } = useJob(jobOf(world, id));
        if (typeof data?.progress === 'number') seen.push(data.progress);
      },
      { wrapper: world.wrapper },
    );
    await pass(25_000);
    expect(seen.length).toBeGreaterThan(5);
    expect(seen).toEqual([...seen].sort((one, other) => one - other));
  });

  test('progress that goes back on the wire, or is missing, does not go back here; completed is 1', async () => {
    const bodies = [0.42, 0.2, undefined, 7, 0.5].map((progress) => ({
      jobId: 'job_1',
      kind: 'content_generate',
      status: 'running',
      progress,
    }));
    const answers: object[] = [...bodies, { jobId: 'job_1', kind: 'content_generate', status: 'completed' }];
    const world = createWorld({}, { fetch: async () => Response.json(answers.length > 1 ? answers.shift() : answers[0]) });
    const seen: (number | null | undefined)[] = [];
    const { result } = await renderHook(
      () => {
        const { data } = useJob('job_1');
        if (data?.progress !== seen.at(-1)) seen.push(data?.progress);
        return data;
      },
      { wrapper: world.wrapper },
    );
    await pass(15_000);
    expect(seen).toEqual([0.42, 1]);
    expect(result.current?.status).toBe('completed');
  });

  test('an end is final, also where an older answer comes after it', async () => {
    const world = createWorld({}, { fetch: async () => Response.json({ jobId: 'job_1', status: 'running', progress: 0.3 }) });
    const ended = parseJob({ jobId: 'job_1', status: 'failed', error: { code: 'X', message: 'No.' } });
    world.queryClient.setQueryData(layersKeys.job(world.client, 'job_1'), ended);
    const { result } = await renderHook(() => useShownJob('job_1'), { wrapper: world.wrapper });
    await result.current.refetch();
    await pass(100);
    expect(result.current.data).toEqual(ended);
  });

  test('an unchanged job costs a 304, stays the same object and renders nothing', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: { ...shortLife(600_000), outcome: 'stalled', endsAt: 0.01 } });
    let renders = 0;
    const { result } = await renderHook(
      () => {
        renders += 1;
        return useJob(jobOf(world, id)).data;
      },
      { wrapper: world.wrapper },
    );
    await pass(10_000);
    const before = { renders, data: result.current };
    world.simulator.clearRequests();
    await pass(20_000);
    expect(statuses(world).length).toBeGreaterThan(3);
    expect(statuses(world).every((status) => status === 304)).toBe(true);
    expect(result.current).toBe(before.data);
    expect(renders).toBe(before.renders);
  });

  test('a job that goes on after some 304s is read in full again', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(400_000) });
    const { result } = await renderHook(() => useShownJob(jobOf(world, id)), { wrapper: world.wrapper });
    await pass(20_000);
    expect(new Set(statuses(world))).toEqual(new Set([200, 304]));
    expect(result.current.data?.progress).toBeGreaterThan(0.02);
  });

  test('is read every 2 s, and every 5 s once the same stage has lasted 30 s', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({
      generation: { queuedMs: 0, stages: [{ stage: 'generating_visuals', durationMs: 600_000 }], outcome: 'completed' },
    });
    await renderHook(() => useShownJob(jobOf(world, id)), { wrapper: world.wrapper });
    await pass(62_000);
    const at = world.simulator.requests.map((request) => request.at);
    const gaps = at.slice(1).map((time, index) => time - (at[index] as number));
    expect(gaps.slice(0, 14).every((gap) => gap >= 2_000 && gap < 2_400)).toBe(true);
    expect(gaps.slice(17).every((gap) => gap >= 5_000 && gap < 5_400)).toBe(true);
    expect(gaps.length).toBeGreaterThan(18);
  });

  test('the old edition reads the same', async () => {
    const world = createWorld({ edition: 'legacy', generation: shortLife(6_000) }, { edition: 'legacy' });
    const accepted = await world.client.generate(world.projectId, { format: 'ugc-remix', hook: 'Small steps', influencerId: 'inf_1' });
    const { result } = await renderHook(() => useShownJob(accepted.jobId), { wrapper: world.wrapper });
    await pass(2_000);
    expect(result.current.data).toMatchObject({ status: 'running', rawStatus: 'running' });
    await pass(9_000);
    expect(result.current.data).toMatchObject({ status: 'completed', containerIds: accepted.containerIds });
  });

  test('a job that failed says why, and is not read again', async () => {
    const world = createWorld();
    const lastError = { code: 'MODERATION_BLOCKED', message: 'The hook was refused.' };
    const id = world.simulator.addContainer({ generation: { ...shortLife(10_000), outcome: 'failed', lastError } });
    const { result } = await renderHook(() => useShownJob(jobOf(world, id)), { wrapper: world.wrapper });
    await pass(12_000);
    expect(result.current).toMatchObject({ error: null, data: { status: 'failed', error: lastError } });
    const reads = world.reads().length;
    await pass(600_000);
    expect(world.reads()).toHaveLength(reads);
  });

  test('a job that is canceled is read until it has stopped: canceling is cooperative', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(600_000) });
    const { result } = await renderHook(() => useShownJob(jobOf(world, id)), { wrapper: world.wrapper });
    await pass(5_000);
    expect(await world.client.cancelJob(jobOf(world, id))).toMatchObject({ accepted: true, reason: null });
    await pass(500);
    expect(result.current.data?.status).toBe('running');
    await pass(6_000);
    expect(result.current.data?.status).toBe('canceled');
    const reads = world.reads().length;
    await pass(600_000);
    expect(world.reads()).toHaveLength(reads);
  });

  test('a status from a newer server is read on', async () => {
    const world = createWorld({ faults: [{ kind: 'unknown-status' }] });
    const id = world.simulator.addContainer({ generation: shortLife(600_000) });
    const { result } = await renderHook(() => useShownJob(jobOf(world, id)), { wrapper: world.wrapper });
    await pass(10_000);
    expect(result.current.data).toMatchObject({ status: 'running', rawStatus: 'rendering_v2' });
    expect(world.reads().length).toBeGreaterThan(3);
  });

  test('two components on one job are one read', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(600_000) });
    await renderHook(() => [useShownJob(jobOf(world, id)), useShownJob(jobOf(world, id))], { wrapper: world.wrapper });
    await pass(100);
    expect(world.reads()).toHaveLength(1);
    await pass(10_000);
    expect(world.reads().length).toBeLessThanOrEqual(6);
  });

  test('another id shows the other job, never the last one under the new id', async () => {
    const world = createWorld();
    const [one, other] = [0, 1].map(() => jobOf(world, world.simulator.addContainer({ generation: shortLife(600_000) }))) as [
      string,
      string,
    ];
    const { result, rerender } = await renderHook((id: string = one) => useShownJob(id), { wrapper: world.wrapper });
    await pass(1_000);
    expect(result.current.data?.jobId).toBe(one);
    await rerender(other);
    expect(result.current.data).toBeUndefined();
    await pass(1_000);
    expect(result.current.data?.jobId).toBe(other);
    world.simulator.clearRequests();
    await pass(10_000);
    expect(world.reads().every((path) => path.endsWith(other))).toBe(true);
  });

  test.each([null, undefined, ''])('an id of %o is inert', async (id) => {
    const world = createWorld();
    const { result } = await renderHook(() => useShownJob(id), { wrapper: world.wrapper });
    await pass(60_000);
    expect(result.current).toMatchObject({ status: 'pending', fetchStatus: 'idle', error: null });
    expect(world.reads()).toHaveLength(0);
  });

  test('nothing is read until enabled', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(600_000) });
    const { result, rerender } = await renderHook((enabled: boolean = false) => useShownJob(jobOf(world, id), { enabled }), {
      wrapper: world.wrapper,
    });
    await pass(10_000);
    expect(world.reads()).toHaveLength(0);
    await rerender(true);
    await pass(100);
    expect(result.current.data?.status).toBe('running');
  });

  test('a job that is not there is told once', async () => {
    const world = createWorld();
    const { result } = await renderHook(() => useShownJob('job_nothing'), { wrapper: world.wrapper });
    await pass(300_000);
    expect(result.current.error).toMatchObject({ code: 'NOT_FOUND', status: 404, requestId: expect.stringMatching(/^req_/) });
    expect(world.reads()).toHaveLength(1);
  });

  test('after an error the last job stays, and the next good answer takes the error away', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: { ...shortLife(600_000), outcome: 'stalled', endsAt: 0.01 } });
    const { result } = await renderHook(() => useShownJob(jobOf(world, id)), { wrapper: world.wrapper });
    await pass(10_000);
    const before = result.current.data;
    world.simulator.setFaults([{ kind: 'html', status: 500, times: 2 }]);
    await pass(2_500);
    expect(result.current.error).toMatchObject({ code: 'HTTP_500' });
    expect(result.current.data).toBe(before);
    await pass(15_000);
    expect(result.current.error).toBeNull();
    expect(statuses(world).at(-1)).toBe(304);
    expect(result.current.data).toBe(before);
  });
});
