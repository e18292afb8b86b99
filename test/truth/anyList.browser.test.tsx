import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cleanup, renderHook } from 'vitest-browser-react';
import { layersKeys, type UseContainerListOptions, useContainerList } from '../../src/index.js';
import { ids } from '../support/lists.js';
import { hidePage, showPage } from '../support/page.js';
import { pass } from '../support/time.js';
import { createWorld } from '../support/world.js';
import { lasting, stopTime } from './support.js';

// On a slow machine too.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  stopTime();
});
afterEach(async () => {
  await cleanup();
  showPage();
  vi.useRealTimers();
});

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('insert' as const), count: fc.integer({ min: 1, max: 12 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('remove' as const, 'finish' as const, 'decide' as const), which: fc.nat(1_000) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('load more' as const, 'refresh' as const, 'show new' as const, 'refetch' as const, 'invalidate' as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('429' as const, 'hang' as const, '502' as const, 'drop' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('hide' as const, 'show' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), milliseconds: fc.integer({ min: 0, max: 40_000 }) }) },
);

const LATENCY = { kind: 'latency', latencyMs: [10, 900] } as const;
const FAULTS = {
  '429': { kind: 'status', status: 429, retryAfter: '3', match: 'GET', times: 1 },
  hang: { kind: 'hang', match: 'GET', times: 1 },
  '502': { kind: 'html', status: 502, match: 'GET', times: 1 },
  drop: { kind: 'drop', match: 'GET', times: 1 },
} as const;

/** Plays a script on one list that is shown, lets all come to rest, and gives what is shown and what there is. */
async function play(steps: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[], options: UseContainerListOptions) {
  const world = createWorld({ faults: [LATENCY] });
  const { simulator } = world;
  const alive: { id: string; isOver: boolean }[] = [];
  const insert = (count: number) => {
    for (let index = 0; index < count; index += 1) {
      vi.setSystemTime(Date.now() + 1);
      const isOver = index % 3 !== 0;
      const id = simulator.addContainer(isOver ? { state: 'completed', approvalStatus: 'pending' } : { generation: lasting(1e9) });
      alive.unshift({ id, isOver });
    }
  };
  insert(20);
  const { result, unmount } = await renderHook(() => useContainerList(world.projectId, options), { wrapper: world.wrapper });
  await pass(2_000);
  for (const each of steps) {
    const list = result.current;
    const chosen = 'which' in each ? alive[each.which % Math.max(1, alive.length)] : undefined;
    if (each.do === 'insert') insert(each.count);
    else if (each.do === 'remove' && chosen) {
      simulator.removeContainer(chosen.id);
      alive.splice(alive.indexOf(chosen), 1);
    } else if (each.do === 'finish' && chosen && !chosen.isOver) {
      simulator.finish(chosen.id);
      chosen.isOver = true;
    } else if (each.do === 'decide' && chosen?.isOver) simulator.decide(chosen.id, 'approved');
    else if (each.do === 'load more') void list.loadMore();
    else if (each.do === 'refresh') void list.refresh();
    else if (each.do === 'refetch') void list.refetch();
    else if (each.do === 'invalidate')
      void world.queryClient.invalidateQueries({ queryKey: layersKeys.lists(world.client, world.projectId) });
    else if (each.do === 'show new') list.showNew();
    else if (each.do === 'hide') hidePage();
    else if (each.do === 'show') showPage();
    else if (each.do === 'wait') await pass(each.milliseconds);
    else if (each.do in FAULTS) simulator.setFaults([LATENCY, FAULTS[each.do as keyof typeof FAULTS]]);
    await pass(50);
    expect(new Set(ids(result.current)).size).toBe(ids(result.current).length);
  }
  showPage();
  simulator.setFaults([LATENCY]);
  await pass(70_000);
  // A person looks at all there is, and then nothing happens any more.
  for (let turn = 0; turn < 40; turn += 1) {
    if (turn === 0) void result.current.refresh();
    result.current.showNew();
    if (result.current.hasNextPage) void result.current.loadMore();
    await pass(2_000);
    if (!result.current.hasNextPage && result.current.data?.newCount === 0 && turn > 1) break;
  }
  await pass(180_000);
  result.current.showNew();
  await pass(1_000);
  const shown = ids(result.current);
  await unmount();
  return { shown, alive };
}

const RUNS = 12;

test('whatever is put in, removed, ended, loaded and refused: once quiet the list is what the server has', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 20 }), fc.integer({ min: 3, max: 12 }), async (steps, limit) => {
      const { shown, alive } = await play(steps, { limit, refreshInterval: 10_000 });
      expect(shown).toEqual(alive.map(({ id }) => id));
    }),
    { numRuns: RUNS, seed: 7, endOnFailure: true },
  );
}, 120_000);

test('and so with a filter, once what no longer fits was let go', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 20 }), fc.integer({ min: 3, max: 12 }), async (steps, limit) => {
      const { shown, alive } = await play(steps, { limit, status: 'completed', refreshInterval: 10_000 });
      expect(shown).toEqual(alive.filter(({ isOver }) => isOver).map(({ id }) => id));
    }),
    { numRuns: RUNS, seed: 11, endOnFailure: true },
  );
}, 120_000);
