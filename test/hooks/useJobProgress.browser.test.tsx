import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, render, renderHook } from 'vitest-browser-react';
import { MutationObserver } from '@tanstack/react-query';
import { generateOptions, ProgressBar, useContainerProgress, useGenerate, useJob, useJobProgress } from '../../src/index.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, type World } from '../support/world.js';

vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  stopTime();
});
afterEach(async () => {
  await cleanup();
  vi.useRealTimers();
});

/** Two minutes of work of which the server gives no ETA. */
const generation = {
  queuedMs: 2_000,
  stages: [
    { stage: 'writing_script', durationMs: 30_000 },
    { stage: 'generating_visuals', durationMs: 88_000 },
  ],
  outcome: 'completed',
  eta: 'none',
} as const;

const start = (world: World) =>
  new MutationObserver(world.queryClient, generateOptions(world.client, world.queryClient, world.projectId)).mutate({
    format: 'slideshow-builder',
    hook: 'A quiet morning',
  });

const numberIn = (root: ParentNode) => {
  const now = root.querySelector('[role="progressbar"]')?.getAttribute('aria-valuenow') ?? null;
  return now === null ? null : Number(now);
};

describe('useJobProgress', () => {
  test('is the share that the job tells, from queued to completed, and its end is told once', async () => {
    const world = createWorld({ generation });
    const { jobId } = await start(world);
    const ends: string[] = [];
    const { result } = await renderHook(() => useJobProgress(jobId, { onComplete: ({ status }) => ends.push(status) }), {
      wrapper: world.wrapper,
    });
    await pass(100);
    expect(result.current.data).toMatchObject({ status: 'queued', percent: null });
    const percents: number[] = [];
    for (let at = 0; at < 130; at += 1) {
      await pass(1_000);
      percents.push(result.current.data?.percent ?? 0);
    }
    expect(result.current.data).toMatchObject({ status: 'completed', percent: 100, isTerminal: true });
    expect(percents[59]).toBeGreaterThan(44);
    expect(percents[59]).toBeLessThan(56);
    expect(percents.slice(1).every((percent, index) => percent >= (percents[index] ?? 0))).toBe(true);
    expect(world.reads().every((path) => path === `/v1/jobs/${jobId}`)).toBe(true);
    expect(ends).toEqual(['completed']);
  });

  test('shares its reads with useJob, and selects', async () => {
    const world = createWorld({ generation });
    const { jobId } = await start(world);
    const { result } = await renderHook(
      () => ({ job: useJob(jobId), percent: useJobProgress(jobId, { select: ({ percent }) => percent }) }),
      { wrapper: world.wrapper },
    );
    await pass(20_500);
    expect(world.reads(/jobs/).length).toBeLessThanOrEqual(12);
    expect(result.current.percent.data).toBeGreaterThanOrEqual(100 * (result.current.job.data?.progress ?? 1) - 0.001);
  });

  test.each([null, undefined, ''])('reads nothing for %j', async (id) => {
    const world = createWorld();
    const { result } = await renderHook(() => useJobProgress(id), { wrapper: world.wrapper });
    await pass(5_000);
    expect(result.current.data).toBeUndefined();
    expect(world.reads()).toEqual([]);
  });
});

describe('ProgressBar with a jobId', () => {
  test('shows the share, the stage and the time left, and why it failed', async () => {
    const world = createWorld({
      generation: { ...generation, outcome: 'failed', lastError: { code: 'RENDER_FAILED', message: 'The renderer gave up.' } },
    });
    const { jobId } = await start(world);
    const screen = await render(
      <world.wrapper>
        <ProgressBar jobId={jobId} />
      </world.wrapper>,
    );
    await pass(60_000);
    expect(screen.container.textContent).toMatch(/^Generating visuals(4[5-9]|5\d)% · about 2 min|about 1 min/);
    await pass(90_000);
    expect(screen.container.textContent).toContain('The renderer gave up.');
    expect(screen.container.querySelector('[data-state="failed"]')).not.toBeNull();
  });

  test('says what went wrong where the job cannot be read', async () => {
    const world = createWorld();
    const screen = await render(
      <world.wrapper>
        <ProgressBar jobId="job_unknown" />
      </world.wrapper>,
    );
    await pass(2_000);
    expect(screen.container.querySelector('[data-state="error"]')?.textContent).toContain('not found');
  });
});

describe('a container without an ETA whose job is known', () => {
  test('has the number of its job, in a project where nothing was learned, with no more reads than without', async () => {
    const world = createWorld({ generation });
    const { containerIds } = await start(world);
    const { result } = await renderHook(() => useContainerProgress(containerIds[0]), { wrapper: world.wrapper });
    await pass(12_000);
    expect(result.current.data).toMatchObject({ basis: 'job', stage: 'writing_script' });
    expect(result.current.data?.percent).toBeGreaterThan(5);
    await pass(48_000);
    expect(result.current.data?.percent).toBeGreaterThan(45);
    expect(result.current.data?.percent).toBeLessThan(56);
    expect(result.current.data?.remainingSeconds).toBeGreaterThan(45);
    expect(world.reads(/progress|jobs/).length).toBeLessThanOrEqual(31);
    expect(world.reads(/jobs/).length).toBeGreaterThanOrEqual(8);
    await pass(70_000);
    expect(result.current.data).toMatchObject({ status: 'completed', percent: 100 });
    const reads = world.reads().length;
    await pass(600_000);
    expect(world.reads()).toHaveLength(reads);
  });

  test('reads no job where there is an ETA', async () => {
    const world = createWorld({ generation: { ...generation, eta: 'exact' } });
    const { containerIds } = await start(world);
    const { result } = await renderHook(() => useContainerProgress(containerIds[0]), { wrapper: world.wrapper });
    await pass(20_000);
    expect(result.current.data?.basis).toBe('eta');
    expect(world.reads(/jobs/).length).toBeLessThanOrEqual(1);
  });

  test('goes on where its job may not be read', async () => {
    const world = createWorld({ generation });
    const { containerIds } = await start(world);
    world.simulator.setFaults([{ kind: 'status', status: 403, code: 'FORBIDDEN_SCOPE', match: '/v1/jobs/' }]);
    const { result } = await renderHook(() => useContainerProgress(containerIds[0]), { wrapper: world.wrapper });
    await pass(20_000);
    expect(result.current.error).toBeNull();
  });
});

describe('from a click to the container', () => {
  function Studio({ projectId }: { projectId: string }) {
    const generate = useGenerate(projectId);
    const isStarted = !generate.isIdle;
    return (
      <>
        <button type="button" onClick={() => generate.mutate({ format: 'slideshow-builder', hook: 'A quiet morning' })}>
          Generate
        </button>
        {isStarted && <ProgressBar jobId={generate.data?.jobId} containerId={generate.data?.containerIds[0]} />}
      </>
    );
  }

  test.each(['none', 'exact'] as const)('there is always a bar, and its number never goes back: ETA %s', async (eta) => {
    const world = createWorld({ generation: { ...generation, eta } });
    const screen = await render(
      <world.wrapper>
        <Studio projectId={world.projectId} />
      </world.wrapper>,
    );
    await screen.getByRole('button').click();
    // TanStack Query tells of a pending mutation in the next task.
    await pass(1);
    const seen: { bars: number; number: number | null }[] = [];
    for (let at = 0; at < 260; at += 1) {
      seen.push({ bars: screen.container.querySelectorAll('[role="progressbar"]').length, number: numberIn(screen.container) });
      await pass(500);
    }
    expect(seen.filter(({ bars }) => bars !== 1)).toEqual([]);
    const numbers = seen.flatMap(({ number }) => number ?? []);
    expect(numbers.length).toBeGreaterThan(200);
    expect(numbers.slice(1).filter((number, index) => number < (numbers[index] ?? 0))).toEqual([]);
    expect(numbers.at(-1)).toBe(100);
    expect(numbers[100]).toBeGreaterThan(35);
    expect(numbers[100]).toBeLessThan(60);
  });
});
