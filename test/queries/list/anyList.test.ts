import { QueryClient, QueryObserver } from '@tanstack/react-query';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ContainerListQuery, type ContainerSummary, containerListOptions, createLayersClient } from '../../../src/core.js';
import { followList } from '../../../src/queries/list/followList.js';
import { listActions } from '../../../src/queries/list/listActions.js';
import { createSimulator, type SimulatorFault } from '../../../src/testing.js';

/** How many lists are played through: `LIST_RUNS=1000 PROPERTY_SEED=random npx vitest run test/queries/list/anyList.test.ts` for a long run. */
const RUNS = Number(process.env.LIST_RUNS ?? 40);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

type Step =
  | { do: 'insert'; count: number; isAtOnce: boolean }
  | { do: 'remove' | 'finish' | 'approve' | 'open'; which: number }
  | { do: 'load more' | 'refresh' | 'refetch' | 'invalidate' | 'show new' | 'leave and come back' | 'hide' | 'focus' }
  | { do: 'refuse cursor' | 'fail' | 'limit' | 'hang' }
  | { do: 'wait'; milliseconds: number };

const one = <Name extends string>(...names: Name[]) => fc.constantFrom(...names);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: one('insert'), count: fc.integer({ min: 1, max: 12 }), isAtOnce: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: one('remove', 'finish', 'approve', 'open'), which: fc.nat(10_000) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: one('load more', 'load more', 'refresh', 'refetch', 'invalidate', 'show new', 'leave and come back', 'hide', 'focus'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: one('refuse cursor', 'fail', 'limit', 'hang') }) },
  { weight: 4, arbitrary: fc.record({ do: one('wait'), milliseconds: fc.integer({ min: 0, max: 40_000 }) }) },
);

interface Game {
  filters: ContainerListQuery;
  initial: number;
  isFollowed: boolean;
  /** Rows that the server sends at the most, whatever is asked for. */
  longestPage: number;
  steps: readonly Step[];
}

const game = (filters: fc.Arbitrary<ContainerListQuery>): fc.Arbitrary<Game> =>
  fc.record({
    filters,
    initial: fc.integer({ min: 0, max: 25 }),
    isFollowed: fc.boolean(),
    longestPage: fc.constantFrom(200, 14, 7),
    steps: fc.array(step, { minLength: 1, maxLength: 25 }),
  });

const LATENCY: SimulatorFault = { kind: 'latency', latencyMs: [10, 900] };
let runs = 0;

async function settle(milliseconds: number) {
  await vi.advanceTimersByTimeAsync(milliseconds);
  // The body of an answer takes turns of its own.
  for (let turn = 0; turn < 6; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(1);
  }
}

/** A server whose library changes, and one list of it. */
function begin({ filters, initial, isFollowed, longestPage }: Game) {
  runs += 1;
  const simulator = createSimulator({
    tier: 'off',
    seed: 3,
    generation: { queuedMs: 0, stages: [{ stage: 'finalizing', durationMs: 1e9 }] },
  });
  const [projectId = ''] = simulator.projectIds;
  const wire = { refuse: false };
  const client = createLayersClient({
    baseUrl: `https://list-${runs}.invalid`,
    readsPerMinute: 100_000,
    fetch: (url, init) => {
      const isRefused = wire.refuse && url.includes('cursor=');
      if (isRefused) wire.refuse = false;
      const sent = url.replace('limit=200', `limit=${longestPage}`);
      return simulator.fetch(isRefused ? sent.replace(/cursor=[^&]+/, 'cursor=old') : sent, init);
    },
  });
  const alive: string[] = [];
  const insert = (count: number, isAtOnce: boolean) => {
    vi.setSystemTime(Date.now() + 1);
    for (let index = 0; index < count; index += 1) {
      if (!isAtOnce) vi.setSystemTime(Date.now() + 1);
      alive.unshift(simulator.addContainer(index % 5 === 0 ? {} : { state: 'completed', approvalStatus: 'pending' }));
    }
  };
  insert(initial, false);
  simulator.setFaults([LATENCY]);

  const queryClient = new QueryClient();
  const options = containerListOptions(client, projectId, filters);
  const { queryKey } = options;
  const observer = new QueryObserver(queryClient, options);
  const list = () => observer.getCurrentResult().data;
  const watch = () =>
    observer.subscribe(({ data }) => {
      const rows = data?.containers ?? [];
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
      const times = rows.map(({ createdAt }) => Date.parse(createdAt ?? ''));
      expect(times).toEqual([...times].sort((a, b) => b - a));
    });
  const follow = () => followList(listActions(client, queryClient, queryKey), 30_000);
  let [stopWatching, stopFollowing] = [watch(), isFollowed ? follow() : () => undefined];
  return {
    simulator,
    projectId,
    client,
    queryClient,
    queryKey,
    wire,
    alive,
    insert,
    observer,
    list,
    actions: () => listActions(client, queryClient, queryKey),
    isIdle: () => queryClient.isFetching({ queryKey }) === 0,
    shown: (): readonly ContainerSummary[] => list()?.containers ?? [],
    show: (isVisible: boolean) => client.schedule.setPageVisible(isVisible),
    leave: () => {
      stopFollowing();
      stopWatching();
    },
    comeBack: (isMounted = isFollowed) => {
      [stopWatching, stopFollowing] = [watch(), isMounted ? follow() : () => undefined];
    },
  };
}

type Table = ReturnType<typeof begin>;

async function play(each: Step, table: Table) {
  const { simulator, client, alive, insert, observer, actions, queryClient, queryKey, wire } = table;
  if (each.do === 'insert') insert(each.count, each.isAtOnce);
  else if (each.do === 'wait') await settle(each.milliseconds);
  else if (each.do === 'load more') void actions().loadMore();
  else if (each.do === 'refresh') void actions().refresh();
  else if (each.do === 'refetch') void observer.refetch();
  else if (each.do === 'invalidate') void queryClient.invalidateQueries({ queryKey });
  else if (each.do === 'show new') actions().showNew();
  else if (each.do === 'hide') table.show(false);
  else if (each.do === 'focus') table.show(true);
  else if (each.do === 'refuse cursor') wire.refuse = true;
  else if (each.do === 'fail') simulator.setFaults([LATENCY, { kind: 'status', status: 500, times: 1 }]);
  else if (each.do === 'limit') simulator.setFaults([LATENCY, { kind: 'status', status: 429, retryAfter: '3', times: 2 }]);
  else if (each.do === 'hang') simulator.setFaults([LATENCY, { kind: 'hang', times: 1 }]);
  else if (each.do === 'leave and come back') {
    table.leave();
    await settle(5);
    table.comeBack();
  } else if ('which' in each) {
    const id = alive[each.which % Math.max(1, alive.length)];
    if (id === undefined) return;
    if (each.do === 'open') void client.getContainer(id).catch(() => undefined);
    else if (each.do === 'finish') simulator.finish(id);
    else if (each.do === 'approve') simulator.decide(id, 'approved');
    else {
      simulator.removeContainer(id);
      alive.splice(alive.indexOf(id), 1);
    }
  }
}

async function untilIdle({ isIdle, actions }: Table) {
  for (let turn = 0; turn < 60; turn += 1) {
    await settle(5_000);
    if (isIdle() && !actions().load.isFetchingNextPage) return;
  }
}

async function loadAll(table: Table) {
  for (let turn = 0; turn < 900 && table.list()?.hasNextPage; turn += 1) {
    void table.actions().loadMore();
    await settle(1_000);
  }
}

/**
 * Lets a list that is looked at and its server come to rest. Only the first page is read again as one, and what is below is checked little by little: what
 * a check that is under way has passed already is found by the one after it.
 */
async function comeToRest(table: Table) {
  table.wire.refuse = false;
  table.simulator.setFaults([LATENCY]);
  table.leave();
  table.comeBack(true);
  table.show(true);
  await untilIdle(table);
  for (let turn = 0; turn < 2 || table.list()?.hasMoreNew || table.list()?.newCount; turn += 1) {
    expect(turn).toBeLessThan(100);
    void table.actions().refresh();
    await untilIdle(table);
    table.actions().showNew();
    await loadAll(table);
    for (let round = 0; round < 300 && table.actions().checked.to !== Number.NEGATIVE_INFINITY; round += 1) await settle(10_000);
    expect(table.actions().checked.to).toBe(Number.NEGATIVE_INFINITY);
    await settle(5_000);
    table.actions().showNew();
    await settle(10);
  }
  await loadAll(table);
}

async function readServer({ projectId, simulator }: Table, filters: ContainerListQuery) {
  const reader = createLayersClient({ baseUrl: `https://all-${runs}.invalid`, fetch: simulator.fetch, readsPerMinute: 100_000 });
  const { approval, ...wire } = filters;
  const rows: ContainerSummary[] = [];
  for (let cursor: string | null | undefined = null; cursor !== undefined; ) {
    const page: Awaited<ReturnType<typeof reader.listContainers>> = await reader.listContainers(
      projectId,
      { ...wire, limit: 200 },
      { cursor },
    );
    rows.push(...page.containers.filter(({ approvalStatus }) => approval === undefined || approvalStatus === approval));
    cursor = page.nextCursor ?? undefined;
  }
  return rows;
}

async function playThrough({ steps, ...rules }: Game) {
  const table = begin({ steps, ...rules });
  const { alive, shown, list } = table;
  await settle(3_000);
  for (const each of steps) {
    const before = { top: shown()[0], ids: shown().map(({ id }) => id), mayBeginAnew: list()?.hasMoreNew };
    await play(each, table);
    // Only what a person asked for, or what finds the first row gone, changes the first row.
    expect(each.do !== 'insert' || shown()[0] === before.top).toBe(true);
    if (rules.filters.status !== undefined || rules.filters.approval !== undefined) continue;
    const isShown = new Set(shown().map(({ id }) => id));
    const isAlive = new Set(alive);
    // Where nobody follows, a refresh that finds more than it reads begins the list anew by itself.
    const mayLose = before.mayBeginAnew || !rules.isFollowed;
    expect(mayLose ? [] : before.ids.filter((id) => isAlive.has(id) && !isShown.has(id))).toEqual([]);
  }
  await comeToRest(table);
  const rested = shown();
  void table.queryClient.resetQueries({ queryKey: table.queryKey });
  await untilIdle(table);
  await loadAll(table);
  const anew = shown();
  table.leave();
  table.client.close();
  table.queryClient.clear();
  table.simulator.setFaults([]);
  return { rested, anew, server: await readServer(table, rules.filters) };
}

const TIME = RUNS * 3_000 + 30_000;
/** A row without what it doesn't carry: a list also shows what else is known of a container. */
const bare = (row: ContainerSummary) => ({ ...row, projectId: null, hook: null, lastError: null, updatedAt: null });
/** Ids, newest first. Where times are equal, a row that is found later than its neighbors may stand on the other side of them. */
const idsOf = (rows: readonly ContainerSummary[]) =>
  [...rows].sort((a, b) => Date.parse(b.createdAt ?? '') - Date.parse(a.createdAt ?? '') || a.id.localeCompare(b.id)).map(({ id }) => id);
const byId = (rows: readonly ContainerSummary[]) => [...rows].sort((a, b) => a.id.localeCompare(b.id)).map(bare);

test(
  'whatever is put in, taken out, changed, loaded and refreshed: no row twice, none lost, newest first, and once quiet what the server has',
  () =>
    fc.assert(
      fc.asyncProperty(game(fc.record({ limit: fc.integer({ min: 1, max: 7 }) })), async (each) => {
        const { rested, anew, server } = await playThrough(each);
        expect(idsOf(rested)).toEqual(idsOf(server));
        expect(byId(rested)).toEqual(byId(server));
        expect(anew.map(bare)).toEqual(server.map(bare));
      }),
      { numRuns: RUNS },
    ),
  TIME,
);

test(
  'and so with filters that rows come to match, or no longer match, while they are shown',
  () =>
    fc.assert(
      fc.asyncProperty(
        game(
          fc.oneof(
            fc.record({ status: fc.constant(['queued', 'processing'] as const), limit: fc.integer({ min: 1, max: 5 }) }),
            fc.record({ status: fc.constant('completed' as const), limit: fc.integer({ min: 1, max: 5 }) }),
            fc.record({ approval: fc.constant('pending' as const), limit: fc.integer({ min: 1, max: 5 }) }),
          ),
        ),
        async (each) => {
          const { rested, anew, server } = await playThrough(each);
          expect(idsOf(rested)).toEqual(idsOf(server));
          expect(anew.map(bare)).toEqual(server.map(bare));
        },
      ),
      { numRuns: RUNS },
    ),
  TIME,
);
