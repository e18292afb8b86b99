import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { dehydrate, hydrate, QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Container, containerListOptions, containerOptions, layersKeys } from '../../src/core.js';
import { closePages, followRow, lasting, openPage, stopTime, tick } from './support.js';
import { keyOf, mountList, openServer, recordOf, SCOPE, views } from './written.js';

vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  closePages();
  vi.useRealTimers();
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('a container that somebody else writes to the cache is the same in hooks and lists', () => {
  test.each([true, false])('hydrated with a newer record (followed before: %s)', async (isFollowed) => {
    const page = openPage({}, SCOPE);
    const id = page.simulator.addContainer({ generation: lasting(600_000) });
    const list = mountList(page);
    const hooks = isFollowed ? [followRow(page, id, true)] : [];
    await tick(2_000);
    expect(list.row(id)?.status).toBe('processing');
    page.simulator.finish(id);
    const server = openServer(page);
    await Promise.all([server.queryClient.prefetchQuery(containerOptions(server.client, id)), tick(500)]);
    hydrate(page.queryClient, JSON.parse(JSON.stringify(dehydrate(server.queryClient))));
    const all = isFollowed ? hooks : [followRow(page, id, true)];
    expect(views(id, all, [list])).toMatchObject([{ status: 'completed' }]);
    await tick(20_000);
    expect(views(id, all, [list])).toMatchObject([{ status: 'completed' }]);
  });

  test.each([{ approvalStatus: 'approved', rawApprovalStatus: 'approved' }, { approvalStatus: 'approved' }, { hook: 'Mine' }])(
    'changed by the host: %o',
    async (change) => {
      const page = openPage();
      const id = page.simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
      const [list, filtered, hook] = [mountList(page), mountList(page, { status: 'completed' }), followRow(page, id, true)];
      await tick(3_000);
      const before = page.queryClient.getQueryData<Container>(keyOf(page, id)) as Container;
      page.queryClient.setQueryData<Container>(keyOf(page, id), { ...before, ...(change as Partial<Container>) });
      expect(views(id, [hook], [list, filtered])).toMatchObject([change]);
      await tick(10_000);
      expect(views(id, [hook], [list, filtered])).toMatchObject([change]);
      // As an optimistic update is rolled back.
      page.queryClient.setQueryData(keyOf(page, id), before);
      expect(views(id, [hook], [list, filtered])).toMatchObject([{ approvalStatus: 'pending', hook: before.hook }]);
    },
  );

  test('a record that is newer by its date is taken, an older one is not', async () => {
    const page = openPage();
    const id = page.simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    const [list, hook] = [mountList(page), followRow(page, id, true)];
    await tick(3_000);
    const write = async (more: object) => page.queryClient.setQueryData(keyOf(page, id), (await recordOf(page, id, more)) as never);
    await write({ caption: 'Second', updatedAt: '2030-01-01T00:00:20Z' });
    expect(views(id, [hook], [list])).toMatchObject([{ caption: 'Second' }]);
    await write({ caption: 'First', approvalStatus: 'rejected', updatedAt: '2030-01-01T00:00:10Z' });
    expect(views(id, [hook], [list])).toMatchObject([{ caption: 'Second', approvalStatus: 'pending' }]);
  });

  test('a record of what is in flight does not move its bar back', async () => {
    const page = openPage();
    const id = page.simulator.addContainer({ generation: lasting(60_000) });
    const hook = followRow(page, id, true);
    await tick(30_000);
    const before = hook.progress()?.percent ?? 0;
    expect(before).toBeGreaterThan(10);
    page.queryClient.setQueryData(keyOf(page, id), (await recordOf(page, id)) as never);
    expect(hook.progress()?.percent).toBeGreaterThanOrEqual(before);
  });

  test('a record that a list knows newer is what the list says', async () => {
    const page = openPage();
    const id = page.simulator.addContainer({ generation: lasting(600_000) });
    const old = await recordOf(page, id);
    const readAt = Date.now();
    await tick(1_000);
    page.simulator.finish(id);
    const list = mountList(page);
    await tick(2_000);
    page.queryClient.setQueryData(keyOf(page, id), old as never, { updatedAt: readAt });
    const hook = followRow(page, id, true);
    expect(views(id, [hook], [list])).toMatchObject([{ status: 'completed' }]);
  });
});

describe('rows that somebody else writes to a list are the same in hooks and other lists', () => {
  test('hydrated newer than an entry', async () => {
    const page = openPage({}, SCOPE);
    const id = page.simulator.addContainer({ generation: lasting(600_000) });
    const before = followRow(page, id, true);
    await tick(1_000);
    before.stop();
    page.simulator.finish(id);
    await tick(100);
    const server = openServer(page);
    await Promise.all([server.queryClient.prefetchQuery(containerListOptions(server.client, page.projectId)), tick(500)]);
    hydrate(page.queryClient, JSON.parse(JSON.stringify(dehydrate(server.queryClient))));
    const [list, hook] = [mountList(page), followRow(page, id, true)];
    expect(hook.progress()?.status).toBe('completed');
    expect(views(id, [hook], [list])).toMatchObject([{ status: 'completed' }]);
    await tick(10_000);
    expect(views(id, [hook], [list])).toMatchObject([{ status: 'completed' }]);
  });

  test.each(['newer', 'older'])('hydrated %s than the rows of another list', async (age) => {
    const page = openPage({}, SCOPE);
    const id = page.simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    const server = openServer(page);
    const prefetch = async () =>
      Promise.all([server.queryClient.prefetchQuery(containerListOptions(server.client, page.projectId, { limit: 5 })), tick(500)]);
    if (age === 'older') await prefetch();
    else page.simulator.decide(id, 'approved');
    const list = mountList(page);
    if (age === 'older') page.simulator.decide(id, 'approved');
    await tick(1_000);
    if (age === 'newer') await prefetch();
    hydrate(page.queryClient, JSON.parse(JSON.stringify(dehydrate(server.queryClient))));
    expect(views(id, [], [list, mountList(page, { limit: 5 })])).toMatchObject([{ approvalStatus: 'approved' }]);
  });

  test('and rows alone are a whole list', async () => {
    const page = openPage();
    const id = page.simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    const list = mountList(page);
    await tick(1_000);
    const row = list.row(id);
    const key = layersKeys.list(page.client, page.projectId, { limit: 3 });
    page.queryClient.setQueryData(key, { containers: [{ ...row, caption: 'Theirs' }] } as never);
    expect(views(id, [], [list, mountList(page, { limit: 3 })])).toMatchObject([{ caption: 'Theirs' }]);
    await Promise.all([page.client.getContainer(id), tick(500)]);
    expect(views(id, [], [list, mountList(page, { limit: 3 })])).toHaveLength(1);
  });
});

describe('what becomes known while nothing is mounted', () => {
  const unmounted = async (state: 'completed' | 'generate' = 'completed') => {
    const page = openPage();
    const id = page.simulator.addContainer(state === 'completed' ? { state, approvalStatus: 'pending' } : { generation: lasting(600_000) });
    const [list, hook] = [mountList(page), followRow(page, id, true)];
    await tick(3_000);
    list.stop();
    hook.stop();
    return { page, id, remount: () => [[followRow(page, id, true)], [mountList(page)]] as const };
  };

  test.each(['approve', 'reject'] as const)('%s', async (decision) => {
    const { page, id, remount } = await unmounted();
    const sent = decision === 'approve' ? page.client.approve(id) : page.client.reject(id, { reason: 'Too long' });
    await Promise.all([sent, tick(1_000)]);
    const approvalStatus = decision === 'approve' ? 'approved' : 'rejected';
    expect(views(id, ...remount())).toMatchObject([{ approvalStatus }]);
    await tick(35_000);
    expect(views(id, ...remount())).toMatchObject([{ approvalStatus }]);
  });

  test('a record, a page and a regeneration', async () => {
    const { page, id, remount } = await unmounted();
    page.simulator.decide(id, 'approved');
    await Promise.all([page.client.getContainer(id), tick(1_000)]);
    expect(views(id, ...remount())).toMatchObject([{ approvalStatus: 'approved' }]);
    const other = await unmounted('generate');
    other.page.simulator.finish(other.id);
    await Promise.all([other.page.client.listContainers(other.page.projectId), tick(1_000)]);
    expect(views(other.id, ...other.remount())).toMatchObject([{ status: 'completed' }]);
    await Promise.all([other.page.client.regenerate(other.id), tick(1_000)]);
    expect(views(other.id, ...other.remount())[0]?.status).toMatch(/queued|processing/);
  });

  test('of a container that the cache does not have is not put there', async () => {
    const page = openPage();
    const id = page.simulator.addContainer({ state: 'completed' });
    const other = page.simulator.addContainer({ state: 'completed' });
    await Promise.all([page.queryClient.prefetchQuery(containerOptions(page.client, id)), tick(500)]);
    await Promise.all([page.client.getContainer(other), page.client.getProgress(other), tick(1_000)]);
    expect(page.queryClient.getQueryCache().getAll()).toHaveLength(1);
  });
});

test('a client that lives on does not hold the caches of pages that are gone', async () => {
  const { client, simulator } = openPage({}, { scope: 'one server' });
  const id = simulator.addContainer({ state: 'completed' });
  const visit = async () => {
    const queryClient = new QueryClient();
    await Promise.all([queryClient.prefetchQuery({ ...containerOptions(client, id), gcTime: Number.POSITIVE_INFINITY }), tick(500)]);
    const held = new WeakRef(queryClient);
    queryClient.clear();
    return held;
  };
  const visits = [await visit(), await visit()];
  await tick(600_000);
  vi.useRealTimers();
  await vi.waitFor(() => {
    collectGarbage();
    expect(visits.map((held) => held.deref())).toEqual([undefined, undefined]);
  });
});

test('a progress of a container that only a list has takes nothing from its row', async () => {
  const page = openPage();
  const id = page.simulator.addContainer({ state: 'completed', caption: 'Three knots in a minute' });
  const list = mountList(page);
  await tick(1_000);
  const before = list.row(id);
  await Promise.all([page.client.getProgress(id), tick(1_000)]);
  expect(list.row(id)).toMatchObject({ caption: before?.caption, createdAt: before?.createdAt, approvalStatus: before?.approvalStatus });
});
