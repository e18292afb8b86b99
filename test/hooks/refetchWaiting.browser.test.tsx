import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { useAsset, useContainer, useContainerList, useContainerProgress, useJob } from '../../src/index.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, type World } from '../support/world.js';

beforeEach(() => {
  stopTime();
});

afterEach(async () => {
  await cleanup();
  vi.useRealTimers();
});

/** The part of a result that these tests look at. */
interface Result {
  data?: unknown;
  error: { code?: string } | null;
  isFetching: boolean;
  refetch: () => Promise<unknown>;
}

interface Waiting {
  path: RegExp;
  use: (ids: { container: string; job: string; project: string }) => Result;
}

const hooks: Record<string, Waiting> = {
  useContainer: { path: /content\/cnt_[^/]+$/, use: ({ container }) => useContainer(container) },
  useContainerProgress: { path: /\/progress$/, use: ({ container }) => useContainerProgress(container) },
  useContainerList: { path: /\/projects\//, use: ({ project }) => useContainerList(project) },
  'refresh of useContainerList': {
    path: /\/projects\//,
    use: ({ project }) => {
      const list = useContainerList(project);
      return { ...list, refetch: list.refresh };
    },
  },
  useJob: { path: /\/v1\/jobs\//, use: ({ job }) => useJob(job) },
  useAsset: { path: /\/assets\//, use: ({ container }) => useAsset(container, 'asset_1') },
};

/** Draws a hook behind so many others that its first data has to wait, and lets half a second pass. */
async function waitingHook({ use }: Waiting) {
  const world: World = createWorld();
  const { simulator, projectId } = world;
  const container = simulator.addContainer({ state: 'completed' });
  const [long, own] = [0, 1].map(() => simulator.addContainer({ generation: { stages: [{ stage: 'finalizing', durationMs: 900_000 }] } }));
  const ids = { container, job: simulator.jobId(own ?? '') ?? '', project: projectId };
  const others = Array.from({ length: 100 }, (_, index) => index);
  let result: Result | undefined;
  let renders = 0;
  function Other({ index }: { index: number }) {
    useAsset(long, `other_${index}`);
    return null;
  }
  function Hook() {
    const { data, error, isFetching, refetch } = use(ids);
    result = { data, error, isFetching, refetch };
    renders += 1;
    return null;
  }
  await render(
    <world.wrapper>
      {others.map((index) => (
        <Other key={index} index={index} />
      ))}
      <Hook />
    </world.wrapper>,
  );
  await pass(500);
  return { world, current: () => result as Result, renders: () => renders };
}

/** Reads of the hook itself. */
const own = (world: World, path: RegExp) => world.reads(path).filter((each) => !each.includes('other_'));

describe.each(Object.entries(hooks))('%s, while it waits for its first data', (_, waiting) => {
  test('a refetch goes ahead as a person, reads once, and resolves with the data', async () => {
    const { world, current } = await waitingHook(waiting);
    expect(current()).toMatchObject({ data: undefined, isFetching: true });
    expect(own(world, waiting.path)).toEqual([]);
    const all = [current().refetch(), current().refetch()];
    await pass(100);
    expect(own(world, waiting.path)).toHaveLength(1);
    await Promise.all(all);
    expect(current().isFetching).toBe(false);
    expect(current().data ?? current().error?.code).toBeDefined();
  });

  test('one that fails says so', async () => {
    const { world, current } = await waitingHook(waiting);
    world.simulator.setFaults([{ kind: 'status', status: 503 }]);
    void current().refetch();
    await pass(100);
    expect(own(world, waiting.path).length).toBeGreaterThanOrEqual(1);
    expect(current()).toMatchObject({ data: undefined, isFetching: false, error: { status: 503 } });
  });

  test('without one it is read in its turn', async () => {
    const { world, current } = await waitingHook(waiting);
    await pass(5_000);
    // A list doesn't wait behind single reads.
    expect(own(world, waiting.path).length > 0).toBe(waiting.path.test('/projects/'));
    await pass(90_000);
    expect(own(world, waiting.path).length).toBeGreaterThanOrEqual(1);
    expect(current().data ?? current().error?.code).toBeDefined();
  });
});

describe('a refetch', () => {
  test('stays the same function while the hook follows the same thing, and causes no render of its own', async () => {
    const { current, renders } = await waitingHook(hooks['useContainer'] as Waiting);
    const { refetch } = current();
    const before = renders();
    void refetch();
    await pass(100);
    expect(current().refetch).toBe(refetch);
    expect(renders() - before).toBe(1);
  });
});
