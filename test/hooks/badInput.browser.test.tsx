import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, renderHook } from 'vitest-browser-react';
import { type LayersError, useContainer, useContainerList, useContainerProgress, useJob } from '../../src/index.js';
import type { SimulatorFault } from '../../src/testing.js';
import { showPage } from '../support/page.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife, type World } from '../support/world.js';

beforeEach(() => {
  stopTime();
});

afterEach(async () => {
  await cleanup();
  showPage();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** What a screen reads of a result: TanStack renders again only for what was read. */
const shown = <Data,>({ data, error, refetch }: { data: Data; error: LayersError | null; refetch: () => Promise<unknown> }) => ({
  data,
  error,
  refetch,
});

/** Every read hook by name, on one container in flight. */
const hooks = {
  useContainer: (_: World, id: string) => shown(useContainer(id)),
  useContainerProgress: (_: World, id: string) => shown(useContainerProgress(id)),
  useContainerList: (world: World) => shown(useContainerList(world.projectId)),
  useJob: (world: World, id: string) => shown(useJob(world.simulator.jobId(id))),
};
const hookNames = Object.keys(hooks) as (keyof typeof hooks)[];

const requestId = expect.stringMatching(/^req_/);
const missing = '00000000-0000-4000-8000-000000000000';

/** Nothing of a server's page, of a stack or of an empty variable in what a person reads. */
function expectReadable(error: LayersError | null): void {
  expect(error?.message).not.toMatch(/[<>{}]|undefined|null|NaN|\[object/);
  expect(error?.message.length).toBeGreaterThan(15);
}

describe('ids and keys', () => {
  test.each([`cnt_${missing}`, missing, 'not an id', '../jobs', '%', 'ü'])(
    'an unknown container %o is a 404 with its request id, read once for all who look',
    async (id) => {
      const world = createWorld();
      const { result } = await renderHook(() => [shown(useContainer(id)), shown(useContainerProgress(id))], { wrapper: world.wrapper });
      await pass(120_000);
      for (const { error, data } of result.current) {
        expect(error).toMatchObject({ name: 'LayersError', code: 'NOT_FOUND', status: 404, requestId, retryable: false });
        expect(data).toBeUndefined();
      }
      expect(world.reads()).toHaveLength(1);
    },
  );

  test.each(['.', '..', '\ud800'])('an id of %o could reach another route, so nothing is asked', async (id) => {
    const world = createWorld();
    const { result } = await renderHook(() => [shown(useContainer(id)), shown(useJob(id)), shown(useContainerList(id))], {
      wrapper: world.wrapper,
    });
    await pass(60_000);
    for (const { error } of result.current) expect(error).toMatchObject({ code: 'INVALID_INPUT', requestId: null });
    expect(world.reads()).toHaveLength(0);
  });

  test.each(hookNames)('%s on what belongs to another project: a 404 that does not tell it from nothing', async (name) => {
    const world = createWorld(
      { projectIds: ['prj_theirs', 'prj_ours'], apiKeys: [{ key: 'ours', tier: 'off', projectIds: ['prj_ours'] }] },
      { headers: { authorization: 'Bearer ours' } },
    );
    const id = world.simulator.addContainer({ projectId: 'prj_theirs', generation: shortLife() });
    const { result } = await renderHook(() => hooks[name](world, id), { wrapper: world.wrapper });
    await pass(120_000);
    expect(result.current.error).toMatchObject({ code: 'NOT_FOUND', status: 404, requestId });
    expect(result.current.data).toBeUndefined();
    expect(world.reads()).toHaveLength(1);
  });

  test.each(hookNames)('%s without its scope: FORBIDDEN_SCOPE that names the scope, read once', async (name) => {
    const world = createWorld(
      { apiKeys: [{ key: 'narrow', tier: 'off', scopes: ['content:approve'] }] },
      { headers: { authorization: 'Bearer narrow' } },
    );
    const id = world.simulator.addContainer({ generation: shortLife() });
    const { result } = await renderHook(() => hooks[name](world, id), { wrapper: world.wrapper });
    await pass(120_000);
    const requiredScope = name === 'useJob' ? 'jobs:read' : 'content:read';
    expect(result.current.error).toMatchObject({ code: 'FORBIDDEN_SCOPE', status: 403, requestId, details: { requiredScope } });
    expect(world.reads()).toHaveLength(1);
  });

  test.each(hookNames)('%s with a key nobody knows: a 401, read more and more rarely', async (name) => {
    const world = createWorld({ apiKeys: [{ key: 'known' }] }, { headers: { authorization: 'Bearer unknown' } });
    const id = world.simulator.addContainer({ generation: shortLife() });
    const { result } = await renderHook(() => hooks[name](world, id), { wrapper: world.wrapper });
    await pass(120_000);
    expect(result.current.error).toMatchObject({ code: 'UNAUTHENTICATED', status: 401, requestId });
    expect(world.reads().length).toBeGreaterThanOrEqual(4);
    expect(world.reads().length).toBeLessThanOrEqual(9);
  });
});

describe('lists', () => {
  test.each([
    ['a limit of 0', { limit: 0 }, 'limit'],
    ['a limit of 201', { limit: 201 }, 'limit'],
    ['a status that does not exist', { status: 'done' }, 'status'],
  ])('%s is told, names itself, and spends no read', async (_, filters, path) => {
    const world = createWorld({ containers: 3 });
    const { result } = await renderHook(() => shown(useContainerList(world.projectId, filters as never)), { wrapper: world.wrapper });
    await pass(60_000);
    expect(result.current.error).toMatchObject({ code: 'INVALID_INPUT', status: null, requestId: null, details: { path } });
    expect(world.reads()).toHaveLength(0);
  });

  test('a format that the server does not know is its 422 with the issues, and a list of before stays', async () => {
    const world = createWorld({ containers: 3 });
    const { result, rerender } = await renderHook(
      (format: string = 'video-remix') => shown(useContainerList(world.projectId, { format })),
      {
        wrapper: world.wrapper,
      },
    );
    await pass(100);
    const before = result.current.data;
    await rerender('opera');
    await pass(60_000);
    expect(result.current.error).toMatchObject({ code: 'VALIDATION', status: 422, requestId, details: { issues: [expect.anything()] } });
    expect(world.reads()).toHaveLength(2);
    await rerender('video-remix');
    expect(result.current).toMatchObject({ error: null, data: before });
  });

  test('a cursor that has expired, and cannot be found anew, is told, and the rows loaded so far stay', async () => {
    const world = createWorld({ containers: 40 });
    let expired = true;
    const client = createWorld(
      {},
      { fetch: (url, init) => world.simulator.fetch(expired ? url.replace(/(cursor|until)=[^&]+/, 'cursor=expired') : url, init) },
    );
    const { result } = await renderHook(
      () => {
        const { data, loadMoreError, loadMore } = useContainerList(world.projectId, { refreshInterval: false });
        return { data, loadMoreError, loadMore };
      },
      { wrapper: client.wrapper },
    );
    await pass(100);
    const before = result.current.data;
    void result.current.loadMore();
    await pass(60_000);
    expect(result.current.loadMoreError).toMatchObject({ status: 422, requestId });
    expectReadable(result.current.loadMoreError);
    expect(result.current.data).toBe(before);
    expect(before?.containers).toHaveLength(25);
    expired = false;
    void result.current.loadMore();
    await pass(100);
    expect(result.current.loadMoreError).toBeNull();
    expect(result.current.data?.containers).toHaveLength(40);
  });

  test('one row that cannot be read among good ones is counted, and is no error', async () => {
    const world = createWorld({ containers: 10, faults: [{ kind: 'bad-row' }] });
    const { result } = await renderHook(() => shown(useContainerList(world.projectId)), { wrapper: world.wrapper });
    await pass(100);
    expect(result.current.error).toBeNull();
    expect(result.current.data).toMatchObject({ invalidCount: 1 });
    expect(result.current.data && 'containers' in result.current.data && result.current.data.containers).toHaveLength(9);
  });
});

/** A fault, and the error it becomes. `told`: whether the answer carried a request id. */
const answers: [title: string, fault: SimulatorFault, expected: object, told: boolean][] = [
  [
    'a 429',
    { kind: 'status', status: 429, retryAfter: '3' },
    { code: 'RATE_LIMITED', status: 429, retryAfterMs: 3_000, retryable: true },
    true,
  ],
  ['a 500 with an HTML body', { kind: 'html', status: 500 }, { code: 'HTTP_500', status: 500, retryable: true }, true],
  ['a 503 without a reason', { kind: 'status', status: 503 }, { code: 'UNAVAILABLE', status: 503, retryable: true }, true],
  ['an empty body', { kind: 'empty' }, { code: 'INVALID_RESPONSE' }, true],
  ['JSON that was cut off', { kind: 'truncated-json' }, { code: 'INVALID_RESPONSE' }, true],
  ['no answer at all', { kind: 'hang' }, { code: 'TIMEOUT', status: null, retryable: true }, false],
  ['a connection that broke', { kind: 'drop' }, { code: 'NETWORK', status: null, retryable: true }, false],
];

describe.each(answers)('%s', (_, fault, expected, told) => {
  test.each(hookNames)('on the first read of %s is told at once, and it recovers by itself', async (name) => {
    const world = createWorld({}, { timeoutMs: 1_000 });
    const id = world.simulator.addContainer({ generation: shortLife(600_000) });
    world.simulator.setFaults([{ ...fault, times: 1 }]);
    const { result } = await renderHook(() => hooks[name](world, id), { wrapper: world.wrapper });
    await pass(1_100);
    expect(result.current.error).toMatchObject({ name: 'LayersError', ...expected, requestId: told ? requestId : null });
    expectReadable(result.current.error);
    expect(result.current.data).toBeUndefined();
    await pass(6_000);
    expect(result.current.error).toBeNull();
    expect(result.current.data).toBeDefined();
  });

  test.each(hookNames)('on a later read of %s is told, and the last good data stays', async (name) => {
    const world = createWorld({}, { timeoutMs: 1_000 });
    const id = world.simulator.addContainer({ generation: shortLife(60_000) });
    const { result } = await renderHook(() => hooks[name](world, id), { wrapper: world.wrapper });
    await pass(10_500);
    const before = result.current.data;
    expect(before).toBeDefined();
    world.simulator.setFaults([fault]);
    void result.current.refetch();
    // Long enough for a second read: the first of a job may be a 304, which has no body to spoil.
    await pass(3_500);
    expect(result.current.error).toMatchObject({ name: 'LayersError', ...expected, requestId: told ? requestId : null });
    expectReadable(result.current.error);
    expect(result.current.data).toBe(before);
    world.simulator.setFaults([]);
    void result.current.refetch();
    await pass(5_000);
    expect(result.current.error).toBeNull();
    expect(result.current.data).toBeDefined();
  });
});

describe('a body of the wrong shape', () => {
  test.each<[keyof typeof hooks, unknown]>([
    ['useContainer', {}],
    ['useContainer', { id: '' }],
    ['useContainer', null],
    ['useContainer', 'ok'],
    ['useContainerProgress', { status: 'completed' }],
    ['useContainerProgress', []],
    ['useContainerList', { nextCursor: null }],
    ['useContainerList', { items: {} }],
    ['useJob', { status: 'completed' }],
  ])('%s on %o is told with the request id of the answer', async (name, body) => {
    const fetch = async () => Response.json(body, { headers: { 'x-request-id': 'req_shape' } });
    const world = createWorld({}, { fetch });
    const id = world.simulator.addContainer({ generation: shortLife() });
    const { result } = await renderHook(() => hooks[name](world, id), { wrapper: world.wrapper });
    await pass(100);
    expect(result.current.error).toMatchObject({ code: 'INVALID_RESPONSE', requestId: 'req_shape', details: { path: expect.any(String) } });
    expect(result.current.data).toBeUndefined();
  });

  test('numbers, dates and enums that make no sense reach no screen as such', async () => {
    const progress = { containerId: 'cnt_1', status: 'processing', stage: 7, stageProgress: 'half', etaSeconds: -5, updatedAt: 'soon' };
    const world = createWorld({}, { fetch: async () => Response.json(progress) });
    const { result } = await renderHook(() => shown(useContainerProgress('cnt_1')), { wrapper: world.wrapper });
    await pass(10_000);
    expect(result.current.error).toBeNull();
    expect(result.current.data).toMatchObject({
      stage: null,
      stageProgress: null,
      etaSeconds: null,
      percent: null,
      remainingSeconds: null,
    });
    expect(JSON.stringify(result.current.data)).not.toContain('NaN');
  });
});

describe('offline', () => {
  const connect = (world: World, isOnline: boolean) => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(isOnline);
    world.simulator.setFaults(isOnline ? [] : [{ kind: 'drop' }]);
    window.dispatchEvent(new Event(isOnline ? 'online' : 'offline'));
  };

  test('is said in words, the last good data stays, and back online it is read at once', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(600_000) });
    const { result } = await renderHook(() => shown(useContainer(id)), { wrapper: world.wrapper });
    await pass(500);
    const before = result.current.data;
    connect(world, false);
    await pass(90_000);
    expect(result.current.error).toMatchObject({ code: 'NETWORK', status: null, requestId: null });
    expect(result.current.error?.message).toContain('offline');
    expect(result.current.data).toBe(before);
    connect(world, true);
    await pass(1_000);
    expect(result.current.error).toBeNull();
  });

  test('is over for a list at once, too, and for the rows that only its sweep tells of', async () => {
    const world = createWorld();
    const ids = [1, 2, 3].map(() => world.simulator.addContainer({ generation: shortLife(600_000) }));
    const { result } = await renderHook(() => shown(useContainerList(world.projectId)), { wrapper: world.wrapper });
    await pass(500);
    connect(world, false);
    await pass(200_000);
    expect(result.current.error).toMatchObject({ code: 'NETWORK' });
    for (const id of ids) world.simulator.finish(id);
    connect(world, true);
    await pass(1_000);
    expect(result.current.error).toBeNull();
    expect(result.current.data?.containers.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
  });
});

describe('media', () => {
  test.each(['useContainer', 'useContainerList'] as const)('a preview with a javascript: URL has no URL left in %s', async (name) => {
    const world = createWorld({ faults: [{ kind: 'unsafe-url' }] });
    const id = world.simulator.addContainer({ state: 'completed', generation: { kind: 'slideshow' } });
    const { result } = await renderHook(() => hooks[name](world, id), { wrapper: world.wrapper });
    await pass(100);
    expect(result.current.error).toBeNull();
    expect(result.current.data).toBeDefined();
    expect(JSON.stringify(result.current.data)).not.toContain('javascript:');
  });

  test('a kind of preview from a newer server is kept apart, not guessed', async () => {
    const world = createWorld({ faults: [{ kind: 'unknown-preview-kind' }] });
    const id = world.simulator.addContainer({ state: 'completed', generation: { kind: 'video' } });
    const { result } = await renderHook(() => shown(useContainer(id)), { wrapper: world.wrapper });
    await pass(100);
    expect(result.current.error).toBeNull();
    expect(result.current.data?.preview).toMatchObject({ kind: 'unknown', rawKind: 'hologram' });
  });
});
