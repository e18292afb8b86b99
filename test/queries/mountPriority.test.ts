import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { assetOptions, containerListOptions, containerOptions, jobOptions, layersKeys } from '../../src/core.js';
import { createSimulator } from '../../src/testing.js';
import { closePages, lasting, openPage, openPageOf, type Page, stopTime } from '../truth/support.js';

beforeEach(() => {
  stopTime();
});
afterEach(closePages);

const COUNT = 100;

const observe = (page: Page, options: object) => {
  const observer = new QueryObserver(page.queryClient, options as never);
  observer.subscribe(() => {});
  return observer;
};

/** A page whose containers have any asset that is asked for, without an expiry. */
function openSite(): Page {
  const simulator = createSimulator({ tier: 'off' });
  return openPageOf(simulator, {
    fetch: async (url, init) => {
      const assetId = /assets\/(.*)/.exec(url)?.[1];
      if (assetId === undefined) return simulator.fetch(url, init);
      return Response.json({ containerId: 'cnt_any', assetId, kind: 'video', url: 'https://media.invalid/a.mp4', thumbnailUrl: null });
    },
  });
}

/** What is mounted a hundred times, and a pattern of its reads. `options` makes those of one. */
const mounts: Record<string, { read: RegExp; options: (page: Page, index: number) => object }> = {
  assets: {
    read: /\/assets\//,
    options: ({ client }, index) => assetOptions(client, 'cnt_any', `asset_${index}`),
  },
  'containers with a staleTime of 0': {
    read: /\/v1\/content\/[^/]+$/,
    options: ({ client, simulator }) => ({ ...containerOptions(client, simulator.addContainer({ state: 'completed' })), staleTime: 0 }),
  },
  'jobs with a staleTime of 0': {
    read: /\/v1\/jobs\//,
    options: ({ client, simulator }) => {
      const id = simulator.addContainer({ generation: lasting(900_000) });
      return { ...jobOptions(client, simulator.jobId(id) ?? '', { refetchInterval: false }), staleTime: 0 };
    },
  },
  'lists with a staleTime of 0': {
    read: /limit=\d+/,
    options: ({ client, projectId }, index) => ({ ...containerListOptions(client, projectId, { limit: index + 1 }), staleTime: 0 }),
  },
};

describe.each(Object.entries(mounts))('a hundred %s that mount', (_, { read, options }) => {
  test.each(['without data', 'with data'])('%s let a person go first, and are all read', async (data) => {
    const page = openSite();
    // Kept for as long as the test lasts.
    const all = Array.from({ length: COUNT }, (_each, index) => ({ ...options(page, index), gcTime: Number.POSITIVE_INFINITY }));
    const list = observe(page, containerListOptions(page.client, page.projectId, {}));
    await vi.advanceTimersByTimeAsync(1_000);
    if (data === 'with data') {
      const before = all.map((each) => observe(page, each));
      await vi.advanceTimersByTimeAsync(180_000);
      for (const each of before) each.destroy();
      // What was spent is spent no more, and what is known is stale.
      await vi.advanceTimersByTimeAsync(400_000);
    }
    page.sent.length = 0;
    for (const each of all) observe(page, each);
    await vi.advanceTimersByTimeAsync(600);
    expect(page.reads(read).length).toBeLessThanOrEqual(10);
    const before = page.sent.length;
    void list.refetch();
    await vi.advanceTimersByTimeAsync(50);
    expect(page.sent.slice(before).map(({ path }) => path)).toContain(`/v1/projects/${page.projectId}/content`);
    await vi.advanceTimersByTimeAsync(150_000);
    expect(page.reads(read).length).toBeGreaterThanOrEqual(COUNT);
    const inAMinute = page.sent.map(({ at }) => page.sent.filter((other) => other.at >= at && other.at < at + 60_000).length);
    expect(Math.max(...inAMinute)).toBeLessThanOrEqual(96);
  });
});

test('a URL that expires is refetched as what is on screen, and at once for a person', async () => {
  const page = openPage({ tier: 'off', faults: [], assetUrlLifeMs: 300_000 });
  const id = page.simulator.addContainer({ state: 'completed', format: 'ugc-remix', generation: { kind: 'video' } });
  const { assets } = await page.client.getContainer(id);
  const observer = observe(page, assetOptions(page.client, id, assets[0]?.id ?? ''));
  const waits: string[] = [];
  const { queue } = page.client.lines['read-light'];
  const enter = queue.enter.bind(queue);
  vi.spyOn(queue, 'enter').mockImplementation((priority, ...rest) => {
    waits.push(priority());
    return enter(priority, ...rest);
  });
  await vi.advanceTimersByTimeAsync(280_000);
  expect(waits).toEqual(['screen']);
  await observer.refetch();
  await page.queryClient.invalidateQueries({ queryKey: layersKeys.asset(page.client, id, assets[0]?.id ?? '') });
  expect(waits).toEqual(['screen', 'person', 'person']);
});
