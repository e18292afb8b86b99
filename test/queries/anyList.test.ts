import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ContainerList, containerListOptions, createLayersClient } from '../../src/core.js';
import { findList } from '../../src/queries/containerListOptions.js';
import { followList } from '../../src/queries/followList.js';
import { refreshList, showNewRows } from '../../src/queries/listRefresh.js';
import type { ListQuery } from '../../src/queries/listRows.js';
import { createSimulator } from '../../src/testing.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

type Step =
  | { do: 'insert'; count: number }
  | { do: 'remove' | 'finish' | 'approve'; which: number }
  | { do: 'refuse cursor' | 'load more' | 'refresh' | 'show new' | 'read all again' }
  | { do: 'wait'; milliseconds: number };

const one = <Name extends string>(...names: Name[]) => fc.constantFrom(...names);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: one('insert'), count: fc.integer({ min: 1, max: 40 }) }) },
  { weight: 3, arbitrary: fc.record({ do: one('remove', 'finish', 'approve'), which: fc.nat(10_000) }) },
  { weight: 5, arbitrary: fc.record({ do: one('load more', 'refresh', 'show new', 'refuse cursor', 'read all again') }) },
  { weight: 4, arbitrary: fc.record({ do: one('wait'), milliseconds: fc.integer({ min: 0, max: 40_000 }) }) },
);

const LIMIT = 7;
let runs = 0;

async function settle(milliseconds: number) {
  await vi.advanceTimersByTimeAsync(milliseconds);
  // The body of an answer takes turns of its own.
  for (let turn = 0; turn < 6; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(1);
  }
}

async function play(steps: readonly Step[], initial: number) {
  runs += 1;
  const simulator = createSimulator({
    tier: 'off',
    seed: 3,
    generation: { queuedMs: 0, stages: [{ stage: 'finalizing', durationMs: 1e9 }] },
  });
  const [projectId = ''] = simulator.projectIds;
  let refuse = false;
  const client = createLayersClient({
    baseUrl: `https://list-${runs}.invalid`,
    readsPerMinute: 100_000,
    fetch: (url, init) => {
      const isRefused = refuse && url.includes('cursor=');
      if (isRefused) refuse = false;
      return simulator.fetch(isRefused ? url.replace(/cursor=[^&]+/, 'cursor=old') : url, init);
    },
  });
  const alive: string[] = [];
  const insert = (count: number) => {
    for (let index = 0; index < count; index += 1) {
      vi.setSystemTime(Date.now() + 1);
      alive.unshift(simulator.addContainer(index % 5 === 0 ? {} : { state: 'completed', approvalStatus: 'pending' }));
    }
  };
  insert(initial);
  simulator.setFaults([{ kind: 'latency', latencyMs: [10, 900] }]);
  const queryClient = new QueryClient();
  const options = containerListOptions(client, projectId, { limit: LIMIT });
  const observer = new InfiniteQueryObserver(queryClient, { ...options, staleTime: Number.POSITIVE_INFINITY });
  const shown = (): ContainerList['containers'] => observer.getCurrentResult().data?.containers ?? [];
  const stopWatching = observer.subscribe(({ data }) => {
    const rows = data?.containers ?? [];
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    const times = rows.map(({ createdAt }) => Date.parse(createdAt ?? ''));
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });
  const stopFollowing = followList(client, queryClient, options.queryKey, { interval: 30_000 });
  const query = () => findList(queryClient, options.queryKey) as ListQuery;
  await settle(3_000);
  const any = <T>(list: readonly T[], which: number) => list[which % Math.max(1, list.length)];

  for (const each of steps) {
    const top = shown()[0];
    if (each.do === 'insert') insert(each.count);
    else if (each.do === 'wait') await settle(each.milliseconds);
    else if (each.do === 'load more') {
      if (query().state.fetchStatus === 'idle') void observer.fetchNextPage();
    } else if (each.do === 'refresh') void refreshList(query(), 'asked');
    else if (each.do === 'show new') showNewRows(query());
    else if (each.do === 'read all again') void observer.refetch({ cancelRefetch: false });
    else if (each.do === 'refuse cursor') refuse = true;
    else if ('which' in each) {
      const id = any(alive, each.which);
      if (id === undefined) continue;
      if (each.do === 'finish') simulator.finish(id);
      else if (each.do === 'approve') simulator.decide(id, 'approved');
      else {
        simulator.removeContainer(id);
        alive.splice(alive.indexOf(id), 1);
      }
    }
    // Only what a person asked for, or what finds the first row gone, changes the first row.
    expect(each.do !== 'insert' || shown()[0] === top).toBe(true);
  }

  refuse = false;
  const quiet = async () => {
    for (let turn = 0; turn < 40; turn += 1) {
      await settle(15_000);
      if (query().state.fetchStatus === 'idle') return;
    }
  };
  await quiet();
  for (let turn = 0; turn < 20; turn += 1) {
    void refreshList(query(), 'asked');
    await quiet();
    showNewRows(query());
    await settle(10);
    if (observer.getCurrentResult().hasNextPage) void observer.fetchNextPage();
    await quiet();
  }
  for (let turn = 0; turn < 200 && observer.getCurrentResult().hasNextPage; turn += 1) {
    if (query().state.fetchStatus === 'idle') void observer.fetchNextPage();
    await settle(1_500);
  }
  await quiet();
  const withoutReadingAll = shown().map(({ id }) => id);
  void observer.refetch({ cancelRefetch: false });
  for (let turn = 0; turn < 60; turn += 1) await settle(2_000);
  const after = shown();
  stopFollowing();
  stopWatching();
  client.reads.close();
  queryClient.clear();
  simulator.setFaults([]);
  const server = [];
  for (let cursor: string | null | undefined = null; cursor !== undefined; ) {
    const page: Awaited<ReturnType<typeof client.listContainers>> = await createLayersClient({
      baseUrl: `https://all-${runs}.invalid`,
      fetch: simulator.fetch,
      readsPerMinute: 100_000,
    }).listContainers(projectId, { limit: 200 }, { cursor });
    server.push(...page.containers);
    cursor = page.nextCursor ?? undefined;
  }
  return { alive, withoutReadingAll, after, server };
}

test('whatever is put in, taken out, changed, loaded and refreshed: no row twice, none lost, newest first, and in the end what the server has', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), fc.integer({ min: 0, max: 40 }), async (steps, initial) => {
      const { alive, withoutReadingAll, after, server } = await play(steps, initial);
      const isAlive = new Set(alive);
      // None is lost without reading all again; what is gone may be left over below the first page, and nowhere else.
      expect(withoutReadingAll.filter((id) => isAlive.has(id))).toEqual(alive);
      expect(withoutReadingAll.slice(0, Math.min(LIMIT, alive.length))).toEqual(alive.slice(0, LIMIT));
      expect(after).toEqual(server);
    }),
    { numRuns: 30 },
  );
}, 120_000);
