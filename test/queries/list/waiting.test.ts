import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ContainerListQuery, containerListOptions } from '../../../src/core.js';
import { listActions } from '../../../src/queries/list/listActions.js';
import type { ListData } from '../../../src/queries/list/listData.js';
import { closePages, lasting, openPage, stopTime, tick } from '../../truth/support.js';

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  closePages();
  vi.useRealTimers();
});

/** A list on a wallboard: it is shown, and nobody touches it. */
async function hang(filters: ContainerListQuery) {
  const page = openPage({ tier: 'off' }, { readsPerMinute: 100_000 });
  const { client, queryClient, projectId, simulator } = page;
  const shown = simulator.addContainer({ generation: lasting(1e9) });
  await tick(1);
  const options = containerListOptions(client, projectId, filters);
  await Promise.all([queryClient.prefetchQuery(options), tick(500)]);
  const list = listActions(client, queryClient, options.queryKey);
  list.follow(() => undefined);
  const data = () => queryClient.getQueryData(options.queryKey) as ListData;
  return {
    client,
    simulator,
    shown,
    list,
    data,
    told: () => options.select(data()),
    add: async (count: number, state: 'generate' | 'completed') => {
      const ids: string[] = [];
      for (let index = 0; index < count; index += 1) {
        ids.unshift(simulator.addContainer(state === 'completed' ? { state } : { generation: lasting(1e9) }));
        await tick(1);
      }
      return ids;
    },
    refresh: () => Promise.all([list.refresh('sweep'), tick(500)]),
  };
}

test('new rows that nobody shows are all counted up to 200, then at least so; none is missing once they are shown', async () => {
  const { shown, list, data, told, add, refresh } = await hang({});
  const all = [shown];
  const counts: number[] = [];
  for (let round = 0; round < 60; round += 1) {
    all.unshift(...(await add(10, 'completed')));
    await refresh();
    counts.push(data().newer.length);
    expect(told().newCount === all.length - 1 || (told().hasMoreNew && told().newCount < all.length - 1)).toBe(true);
  }
  expect(counts.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, index) => 10 * (index + 1)));
  expect(Math.max(...counts)).toBeLessThanOrEqual(235);
  expect(told().containers.map(({ id }) => id)).toEqual([shown]);
  list.showNew();
  while (told().hasNextPage) await Promise.all([list.loadMore(), tick(500)]);
  expect(told().containers.map(({ id }) => id)).toEqual(all);
});

test('new rows that ended before anybody showed them no longer wait in a list of what is in flight', async () => {
  const { client, simulator, data, told, add, refresh } = await hang({ status: ['queued', 'processing'] });
  for (let round = 0; round < 30; round += 1) {
    const [id = ''] = await add(1, 'generate');
    await refresh();
    expect(told().newCount).toBe(1);
    simulator.finish(id);
    await Promise.all([client.getContainer(id), tick(500)]);
    await refresh();
    expect(data().newer).toEqual([]);
  }
});
