import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, renderHook } from 'vitest-browser-react';
import type { UseContainerListOptions } from '../../src/index.js';
import { finished, ids, useShown } from '../support/lists.js';
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

/** A list of which the options can change while it is shown. */
async function changing(world: World, options: UseContainerListOptions) {
  const { result, rerender } = await renderHook((given: UseContainerListOptions = options) => useShown(world.projectId, given), {
    initialProps: options,
    wrapper: world.wrapper,
  });
  await pass(100);
  return { result, change: (more: UseContainerListOptions) => rerender({ ...options, ...more }) };
}

describe('a list that gets another interval', () => {
  test('keeps the rows that no longer match where they are', async () => {
    const world = createWorld();
    const running = [1, 2].map(() => world.simulator.addContainer({ generation: { ...shortLife(600_000), queuedMs: 0 } }));
    const { result, change } = await changing(world, { status: ['processing'] });
    const before = ids(result.current);
    expect(before).toEqual([...running].reverse());
    world.simulator.finish(running[0] as string);
    await pass(35_000);
    expect(result.current.data?.containers.map(({ status }) => status)).toEqual(['processing', 'completed']);
    await change({ refreshInterval: 5_000 });
    await pass(1_000);
    expect(ids(result.current)).toEqual(before);
  });

  test('gets the page that was loading', async () => {
    const world = createWorld();
    finished(world, 20);
    const { result, change } = await changing(world, { limit: 10 });
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 2_000 }]);
    const loading = result.current.loadMore();
    await pass(500);
    await change({ refreshInterval: 5_000 });
    await Promise.all([loading, pass(3_000)]);
    expect(ids(result.current)).toHaveLength(20);
    expect(result.current.loadMoreError).toBeNull();
  });
});

test('a list that was opened in a background tab is refreshed when it is first looked at', async () => {
  const world = createWorld();
  finished(world, 3);
  hidePage();
  const { result } = await changing(world, {});
  expect(ids(result.current)).toHaveLength(3);
  await pass(600_000);
  world.simulator.addContainer({ state: 'completed' });
  expect(world.reads()).toHaveLength(1);
  showPage();
  await pass(100);
  expect(world.reads()).toHaveLength(2);
  expect(result.current.data?.newCount).toBe(1);
});
