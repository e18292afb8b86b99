import { QueriesObserver, QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  assetOptions,
  containerListOptions,
  containerOptions,
  containerProgressOptions,
  createLayersClient,
  isLayersError,
  type LayersClientOptions,
  jobOptions,
  layersKeys,
} from '../../src/core.js';
import { createSimulator, type SimulatorOptions } from '../../src/testing.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

let count = 0;

function createApi(options: SimulatorOptions = {}, client: Partial<LayersClientOptions> = {}) {
  count += 1;
  const simulator = createSimulator({ tier: 'off', generation: { queuedMs: 0 }, ...options });
  const [projectId = ''] = simulator.projectIds;
  return {
    simulator,
    projectId,
    client: createLayersClient({ baseUrl: `https://options-${count}.invalid`, fetch: simulator.fetch, ...client }),
    queryClient: new QueryClient(),
    paths: () => simulator.requests.map(({ path }) => path),
  };
}

describe('without an id', () => {
  const options = (client: Parameters<typeof jobOptions>[0], id: null | undefined | '') => ({
    container: containerOptions(client, id),
    progress: containerProgressOptions(client, id),
    list: containerListOptions(client, id),
    job: jobOptions(client, id),
    'asset of a container': assetOptions(client, 'cnt_a', id),
    'asset of none': assetOptions(client, id, 'a'),
  });

  test('every builder makes options that read nothing while they are mounted, and say so when they are fetched', async () => {
    const { client, queryClient, paths } = createApi();
    for (const id of [null, undefined, ''] as const)
      for (const [name, each] of Object.entries(options(client, id))) {
        const observer = new QueryObserver(queryClient, each as never);
        const leave = observer.subscribe(() => {});
        await vi.advanceTimersByTimeAsync(10_000);
        expect({ name, ...observer.getCurrentResult() }).toMatchObject({ name, status: 'pending', fetchStatus: 'idle' });
        leave();
        await expect(queryClient.fetchQuery({ ...each, retry: false } as never)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
        await vi.advanceTimersByTimeAsync(1);
      }
    expect(paths()).toEqual([]);
    expect(queryClient.getQueryCache().findAll({ queryKey: layersKeys.all(client) })).toEqual([]);
  });
});

describe('in a loader', () => {
  test('prefetchQuery puts the container where the hook looks for it', async () => {
    const { client, queryClient, simulator } = createApi();
    const id = simulator.addContainer({ state: 'completed' });
    await queryClient.prefetchQuery(containerOptions(client, id));
    expect(queryClient.getQueryData(layersKeys.container(client, id))).toMatchObject({ id, status: 'completed' });
    expect(queryClient.getQueryData(containerOptions(client, id).queryKey)?.status).toBe('completed');
  });

  test('fetchQuery gives the container, and rejects with a LayersError at once, without a retry', async () => {
    const { client, queryClient, simulator, paths } = createApi();
    const id = simulator.addContainer({ state: 'completed' });
    await expect(queryClient.fetchQuery(containerOptions(client, id))).resolves.toMatchObject({ id });
    simulator.setFaults([{ kind: 'html', status: 500 }]);
    const error = await queryClient.fetchQuery(containerOptions(client, 'cnt_other')).catch((reason: unknown) => reason);
    expect(isLayersError(error) && error.code).toBe('HTTP_500');
    expect(paths()).toHaveLength(2);
  });

  test('ensureQueryData reads once, and never again where something is there', async () => {
    const { client, queryClient, simulator, paths } = createApi();
    const id = simulator.addContainer();
    const first = await queryClient.ensureQueryData(containerOptions(client, id));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await queryClient.ensureQueryData(containerOptions(client, id))).toBe(first);
    expect(paths()).toHaveLength(1);
  });

  test('prefetching again reads nothing that is fresh, ended, or looked at; what is in flight and old is read again', async () => {
    const { client, queryClient, simulator, paths } = createApi();
    const long = { queuedMs: 0, stages: [{ stage: 'finalizing', durationMs: 900_000 }] };
    const [inFlight, ended] = [simulator.addContainer({ generation: long }), simulator.addContainer({ state: 'completed' })];
    for (const id of [inFlight, ended]) await queryClient.prefetchQuery(containerOptions(client, id));
    await vi.advanceTimersByTimeAsync(1_000);
    for (const id of [inFlight, ended]) await queryClient.prefetchQuery(containerOptions(client, id));
    expect(paths()).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(100_000);
    for (const id of [inFlight, ended]) await queryClient.prefetchQuery(containerOptions(client, id));
    expect(paths().slice(2)).toEqual([`/v1/content/${inFlight}`]);
    await vi.advanceTimersByTimeAsync(100_000);
    const stops = [inFlight, ended].map((id) => new QueryObserver(queryClient, containerOptions(client, id)).subscribe(() => {}));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(paths().slice(3)).toEqual([`/v1/content/${inFlight}`]);
    for (const id of [inFlight, ended]) await queryClient.prefetchQuery(containerOptions(client, id));
    expect(paths()).toHaveLength(4);
    for (const stop of stops) stop();
  });

  test('a staleTime of the caller is heeded', async () => {
    const { client, queryClient, simulator, paths } = createApi();
    const id = simulator.addContainer({ state: 'completed' });
    await queryClient.prefetchQuery(containerOptions(client, id));
    await vi.advanceTimersByTimeAsync(10_000);
    await queryClient.prefetchQuery({ ...containerOptions(client, id), staleTime: 60_000 });
    expect(paths()).toHaveLength(1);
    await queryClient.prefetchQuery({ ...containerOptions(client, id), staleTime: 5_000 });
    expect(paths()).toHaveLength(2);
  });

  test('progress and jobs are read, and folded, without a hook', async () => {
    const { client, queryClient, simulator } = createApi();
    const id = simulator.addContainer();
    const progress = await queryClient.fetchQuery(containerProgressOptions(client, id));
    expect(progress).toMatchObject({ containerId: id, status: 'processing', isTerminal: false });
    const job = await queryClient.fetchQuery(jobOptions(client, simulator.jobId(id) as string));
    expect(job).toMatchObject({ status: 'running', containerIds: [] });
  });

  test('a list is prefetched, and prefetched again reads nothing', async () => {
    const { client, queryClient, projectId, paths } = createApi({ containers: 50 });
    const options = containerListOptions(client, projectId, { limit: 20 });
    await queryClient.prefetchQuery(options);
    await vi.advanceTimersByTimeAsync(600_000);
    await queryClient.prefetchQuery(options);
    expect(queryClient.getQueryData(options.queryKey)).toMatchObject({ containers: { length: 20 }, nextCursor: expect.any(String) });
    expect(paths()).toHaveLength(1);
  });

  test('what a read brings is plain JSON, so that it can be sent to a browser', async () => {
    const { client, queryClient, simulator } = createApi();
    const id = simulator.addContainer({ state: 'completed' });
    for (const data of [
      await queryClient.fetchQuery(containerOptions(client, id)),
      await queryClient.fetchQuery(containerProgressOptions(client, simulator.addContainer())),
    ])
      expect(JSON.parse(JSON.stringify(data))).toStrictEqual(data);
  });
});

describe('under an observer', () => {
  test('a container is followed to its end, and not one read further', async () => {
    const { client, queryClient, simulator, paths } = createApi();
    const id = simulator.addContainer({ generation: { queuedMs: 0, stages: [{ stage: 'finalizing', durationMs: 9_000 }] } });
    const observer = new QueryObserver(queryClient, containerOptions(client, id));
    const stop = observer.subscribe(() => {});
    await vi.advanceTimersByTimeAsync(15_000);
    expect(observer.getCurrentResult().data?.status).toBe('completed');
    const reads = paths().length;
    expect(reads).toBeGreaterThan(3);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(paths()).toHaveLength(reads);
    stop();
  });

  test('nothing is read once nobody observes', async () => {
    const { client, queryClient, simulator, paths } = createApi();
    const id = simulator.addContainer();
    const stop = new QueryObserver(queryClient, containerProgressOptions(client, id)).subscribe(() => {});
    await vi.advanceTimersByTimeAsync(5_000);
    stop();
    const reads = paths().length;
    await vi.advanceTimersByTimeAsync(600_000);
    expect(paths()).toHaveLength(reads);
  });

  test('several at once, as useQueries does: equal ones share their reads', async () => {
    const { client, queryClient, simulator, paths } = createApi();
    const ids = [simulator.addContainer({ state: 'completed' }), simulator.addContainer({ state: 'completed' })];
    const walls = [0, 1].map(
      () =>
        new QueriesObserver(
          queryClient,
          ids.map((id) => containerOptions(client, id)),
        ),
    );
    const stops = walls.map((wall) => wall.subscribe(() => {}));
    await vi.advanceTimersByTimeAsync(1_000);
    for (const wall of walls) expect(wall.getCurrentResult().map(({ data }) => (data as { id: string }).id)).toEqual(ids);
    expect(paths()).toHaveLength(2);
    for (const stop of stops) stop();
  });

  test('a list selects what it shows, and says whether there is more', async () => {
    const { client, queryClient, projectId } = createApi({ containers: 30 });
    const observer = new QueryObserver(queryClient, containerListOptions(client, projectId));
    const stop = observer.subscribe(() => {});
    await vi.advanceTimersByTimeAsync(100);
    expect(observer.getCurrentResult().data).toMatchObject({ containers: { length: 25 }, hasNextPage: true, newCount: 0, invalid: [] });
    stop();
  });

  test.each([false, 0] as const)('an interval of %s reads once', async (refetchInterval) => {
    const { client, queryClient, simulator, paths } = createApi();
    const id = simulator.addContainer();
    const stop = new QueryObserver(queryClient, containerOptions(client, id, { refetchInterval })).subscribe(() => {});
    await vi.advanceTimersByTimeAsync(600_000);
    expect(paths()).toHaveLength(1);
    stop();
  });

  test("a host's own select and enabled go on top", async () => {
    const { client, queryClient, simulator, paths } = createApi();
    const id = simulator.addContainer({ state: 'completed' });
    const options = { ...containerOptions(client, id), select: ({ status }: { status: string }) => status.toUpperCase() };
    const observer = new QueryObserver(queryClient, { ...options, enabled: false });
    const stop = observer.subscribe(() => {});
    await vi.advanceTimersByTimeAsync(5_000);
    expect(paths()).toHaveLength(0);
    observer.setOptions(options);
    await vi.advanceTimersByTimeAsync(100);
    expect(observer.getCurrentResult().data).toBe('COMPLETED');
    stop();
  });
});

describe('keys', () => {
  const client = { scope: 'https://keys.invalid' };
  const list = (filters?: Parameters<typeof layersKeys.list>[2]) => JSON.stringify(layersKeys.list(client, 'prj_1', filters));

  test('both spellings of an id are one entry, and one read', async () => {
    const api = createApi();
    const id = api.simulator.addContainer({ state: 'completed' });
    const bare = id.replace(/^cnt_/, '');
    expect(layersKeys.container(client, id)).toEqual(layersKeys.container(client, bare));
    expect(layersKeys.progress(client, id)).toEqual(layersKeys.progress(client, bare));
    await api.queryClient.prefetchQuery(containerOptions(api.client, id));
    await api.queryClient.prefetchQuery(containerOptions(api.client, bare));
    expect(api.paths()).toEqual([`/v1/content/${id}`]);
  });

  test('the id goes to the API as it was given', async () => {
    const api = createApi();
    const bare = api.simulator.addContainer({ state: 'completed' }).replace(/^cnt_/, '');
    await api.queryClient.prefetchQuery(containerOptions(api.client, bare));
    expect(api.paths()).toEqual([`/v1/content/${bare}`]);
  });

  test.each([
    ['order', { status: ['failed', 'completed'] as const }, { status: ['completed', 'failed'] as const }],
    ['duplicates', { status: ['failed', 'failed'] as const }, { status: ['failed'] as const }],
    ['one or a list of one', { status: 'failed' as const, format: 'ugc-remix' }, { status: ['failed'] as const, format: ['ugc-remix'] }],
    ['underscores', { format: ['video_remix', 'ugc-remix'] }, { format: ['ugc_remix', 'video-remix'] }],
    ['undefined', { status: undefined, limit: undefined, since: undefined }, {}],
    ['an empty list', { status: [], format: [] }, {}],
    ['the order of the names', { limit: 5, creativeType: 'uploaded' as const }, { creativeType: 'uploaded' as const, limit: 5 }],
  ])('filters that differ only in %s share one entry', (_, one, other) => {
    expect(list(one)).toBe(list(other));
  });

  test('filters that mean something else have another entry', () => {
    const all = [
      {},
      { status: 'failed' },
      { status: 'completed' },
      { format: 'failed' },
      { creativeType: 'uploaded' },
      { since: '2026-04-01T00:00:00Z' },
      { until: '2026-04-01T00:00:00Z' },
      { limit: 25 },
      { limit: 50 },
    ] as const;
    expect(new Set(all.map((filters) => list(filters))).size).toBe(all.length);
  });

  test('no filters and none given are the same list', () => {
    expect(list()).toBe(list({}));
  });

  test('every key of a client begins with all of it, and every list of a project with its lists', () => {
    const all = layersKeys.all(client);
    for (const key of [
      layersKeys.container(client, 'cnt_1'),
      layersKeys.progress(client, 'cnt_1'),
      layersKeys.job(client, 'job_1'),
      layersKeys.lists(client, 'prj_1'),
      layersKeys.list(client, 'prj_1', { limit: 5 }),
    ])
      expect(key.slice(0, all.length)).toEqual(all);
    const lists = layersKeys.lists(client, 'prj_1');
    expect(layersKeys.list(client, 'prj_1', { limit: 5 }).slice(0, lists.length)).toEqual(lists);
  });

  test('two clients of two sessions never share an answer', async () => {
    const simulator = createSimulator({ tier: 'off' });
    const id = simulator.addContainer({ state: 'completed' });
    const as = (scope: string) => createLayersClient({ baseUrl: 'https://sessions.invalid', fetch: simulator.fetch, scope });
    const queryClient = new QueryClient();
    await queryClient.prefetchQuery(containerOptions(as('ann'), id));
    await queryClient.prefetchQuery(containerOptions(as('bob'), id));
    expect(simulator.requests).toHaveLength(2);
    expect(layersKeys.container(as('ann'), id)).not.toEqual(layersKeys.container(as('bob'), id));
  });

  test('a client made anew for the same server and session finds what the last one left', async () => {
    const simulator = createSimulator({ tier: 'off' });
    const id = simulator.addContainer({ state: 'completed' });
    const again = () => createLayersClient({ baseUrl: 'https://anew.invalid/', fetch: simulator.fetch });
    const queryClient = new QueryClient();
    await queryClient.prefetchQuery(containerOptions(again(), id));
    await queryClient.prefetchQuery(containerOptions(again(), id));
    expect(simulator.requests).toHaveLength(1);
  });
});
