import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { containerListOptions, createLayersClient, type LayersClient } from '../../../src/core.js';
import { monotonicNow } from '../../../src/internal/monotonicNow.js';
import { followList } from '../../../src/queries/list/followList.js';
import { type ListActions, listActions } from '../../../src/queries/list/listActions.js';
import { closePages, isList, lasting, openPage, type Page, stopTime, tick } from '../../truth/support.js';

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  closePages();
  vi.useRealTimers();
});

/** A list of ten rows a page that is on screen, as `useContainerList` has it. */
function show({ client, queryClient, projectId }: Pick<Page, 'client' | 'queryClient' | 'projectId'>, more: object = {}) {
  const options = { ...containerListOptions(client, projectId, { limit: 10 }), ...more };
  const observer = new QueryObserver(queryClient, options);
  observer.subscribe(() => {});
  return { observer, list: listActions(client, queryClient, options.queryKey) };
}

/** Counts the calls of one action. Where they don't end by themselves, the page would be stuck: from the 100th on they do nothing. */
function count(list: ListActions, action: 'check' | 'refresh') {
  const real = list[action].bind(list);
  const calls: unknown[] = [];
  list[action] = (priority?: 'person' | 'sweep') => (calls.push(priority) > 100 ? new Promise(() => {}) : real(priority));
  return calls;
}

describe('what is due again and again does not freeze the page', () => {
  test('of two components that show one list, while the server has paused reads', async () => {
    const page = openPage({ tier: 'off' });
    for (let index = 0; index < 30; index += 1) page.simulator.addContainer({ state: 'completed', createdAt: Date.now() - index * 1_000 });
    const { list } = show(page);
    followList(list, 'in-flight');
    followList(list, 'in-flight');
    await tick(2_000);
    await Promise.all([list.loadMore(), tick(2_000)]);
    await Promise.all([list.refresh(), tick(2_000)]);
    expect(list.checked.to).toBeGreaterThan(0);
    const checks = count(list, 'check');
    page.client.lines['read-light'].budget.pause(monotonicNow() + 120_000);
    await tick(65_000, undefined, 500);
    expect(checks.length).toBeGreaterThanOrEqual(1);
    expect(checks.length).toBeLessThanOrEqual(4);
    const before = page.reads(isList).length;
    await tick(120_000, undefined, 500);
    expect(page.reads(isList).length).toBeGreaterThan(before);
  });

  test('of a list that is static, which is read once', async () => {
    const page = openPage({ tier: 'off' });
    page.simulator.addContainer({ generation: lasting(3_600_000) });
    const { list, observer } = show(page, { staleTime: 'static' });
    const refreshes = count(list, 'refresh');
    followList(list, 5_000);
    await tick(20_000);
    expect(observer.getCurrentResult().data?.containers).toHaveLength(1);
    expect(refreshes).toEqual([]);
    expect(page.reads(isList).filter((path) => path.includes('limit=10'))).toHaveLength(1);
  });
});

test('what is tried again after a person asked in vain goes behind what persons ask for', async () => {
  const page = openPage({ tier: 'off', faults: [{ kind: 'status', status: 502 }] });
  const { queue } = page.client.lines['read-light'];
  const entered: string[] = [];
  const enter = queue.enter.bind(queue);
  vi.spyOn(queue, 'enter').mockImplementation((priority, ...rest) => {
    entered.push(priority());
    return enter(priority, ...rest);
  });
  const { list } = show(page);
  await tick(500);
  await Promise.all([list.refresh(), tick(500)]);
  followList(list, 'in-flight');
  await tick(20_000);
  expect(entered.slice(0, 2)).toEqual(['list', 'person']);
  expect(new Set(entered.slice(2))).toEqual(new Set(['list']));
});

describe('a client that takes the place of another, with a new session', () => {
  function session() {
    const { simulator } = openPage({ tier: 'off' });
    const queryClient = new QueryClient();
    queryClient.mount();
    const sent: string[] = [];
    const login = (authorization: string, isRefused = false): LayersClient =>
      createLayersClient({
        baseUrl: 'https://sessions.invalid',
        headers: { authorization },
        fetch: async (url, init) => {
          if (isList.test(url)) sent.push((init.headers as Record<string, string>)['authorization'] ?? 'none');
          return isRefused ? Response.json({}, { status: 401 }) : simulator.fetch(url, init);
        },
      });
    return { simulator, queryClient, sent, login, projectId: simulator.projectIds[0] as string };
  }

  test('reads the lists that the other one has read, and is the only one that does', async () => {
    const { simulator, queryClient, sent, login, projectId } = session();
    for (let index = 0; index < 15; index += 1) simulator.addContainer({ state: 'completed', createdAt: Date.now() - index * 1_000 });
    const [old, renewed] = [login('old'), login('renewed')];
    const before = show({ client: old, queryClient, projectId });
    const stop = followList(before.list, 'in-flight');
    await tick(1_000);
    before.observer.setOptions(containerListOptions(renewed, projectId, { limit: 10 }));
    const after = listActions(renewed, queryClient, before.list.query.queryKey);
    stop();
    const stopNow = followList(after, 5_000);
    old.close();
    await Promise.all([after.refresh(), tick(1_000)]);
    await Promise.all([after.loadMore(), tick(1_000)]);
    await tick(20_000);
    expect(before.observer.getCurrentResult().data?.containers).toHaveLength(15);
    expect(sent[0]).toBe('old');
    expect(sent.length).toBeGreaterThanOrEqual(5);
    expect(new Set(sent.slice(1))).toEqual(new Set(['renewed']));
    stopNow();
    renewed.close();
  });

  test('reads at once what was refused to the other one', async () => {
    const { simulator, queryClient, sent, login, projectId } = session();
    simulator.addContainer({ state: 'completed' });
    const [old, renewed] = [login('old', true), login('renewed')];
    const { observer, list } = show({ client: old, queryClient, projectId });
    const stop = followList(list, 'in-flight');
    await tick(500);
    expect(observer.getCurrentResult().status).toBe('error');
    observer.setOptions(containerListOptions(renewed, projectId, { limit: 10 }));
    stop();
    const stopNow = followList(listActions(renewed, queryClient, list.query.queryKey), 'in-flight');
    old.close();
    await tick(1_000);
    expect(observer.getCurrentResult().data?.containers).toHaveLength(1);
    expect(sent.at(-1)).toBe('renewed');
    stopNow();
    renewed.close();
  });
});
