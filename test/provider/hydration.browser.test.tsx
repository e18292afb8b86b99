import { dehydrate, HydrationBoundary, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { hydrateRoot, type Root } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  ContainerScreen,
  containerListOptions,
  containerOptions,
  containerProgressOptions,
  LayersProvider,
  useContainer,
  useContainerList,
  useContainerProgress,
} from '../../src/index.js';
import { showPage } from '../support/page.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife, type World } from '../support/world.js';

let root: Root | undefined;
const complaints = vi.fn();

beforeEach(() => {
  stopTime();
  vi.spyOn(console, 'error').mockImplementation(complaints);
  complaints.mockClear();
});

afterEach(() => {
  root?.unmount();
  root = undefined;
  document.body.replaceChildren();
  showPage();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function Screen({ id, projectId }: { id: string; projectId: string }) {
  const container = useContainer(id);
  const progress = useContainerProgress(id);
  const list = useContainerList(projectId, { limit: 10 });
  return (
    <p>
      {container.data?.status ?? 'no container'} {progress.data?.percent ?? 'no percent'} {list.data?.containers.length ?? 'no'} rows
    </p>
  );
}

/** Renders on a server that prefetched, sends HTML and cache as text, and hydrates both in a page with a cache of its own. */
async function visit(world: World, id: string, prefetch: boolean) {
  const loader = new QueryClient();
  if (prefetch) {
    await loader.prefetchQuery(containerOptions(world.client, id));
    await loader.prefetchQuery(containerProgressOptions(world.client, id));
    await loader.prefetchQuery(containerListOptions(world.client, world.projectId, { limit: 10 }));
  }
  const sent = JSON.stringify(dehydrate(loader));
  const app = (queryClient: QueryClient): ReactNode => (
    <QueryClientProvider client={queryClient}>
      <LayersProvider client={world.client}>
        <HydrationBoundary state={JSON.parse(sent)}>
          <Screen id={id} projectId={world.projectId} />
        </HydrationBoundary>
      </LayersProvider>
    </QueryClientProvider>
  );
  const html = renderToString(app(new QueryClient()));
  const page = document.body.appendChild(document.createElement('div'));
  page.innerHTML = html;
  const before = page.textContent;
  world.simulator.clearRequests();
  root = hydrateRoot(page, app(new QueryClient()), { onRecoverableError: complaints });
  return { page, before };
}

describe('hydration', () => {
  test('of what was prefetched: no warning, the same text, and nothing is read while it is fresh', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: { ...shortLife(600_000), queuedMs: 0 } });
    const { page, before } = await visit(world, id, true);
    expect(before).toMatch(/^processing \S+ 1 rows$/);
    await pass(1_000);
    expect(complaints).not.toHaveBeenCalled();
    expect(page.textContent).toBe(before);
    expect(world.reads()).toHaveLength(0);
  });

  test('of a container in flight goes on at the cadence, from what the server knew', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: { ...shortLife(20_000), queuedMs: 0 } });
    const { page } = await visit(world, id, true);
    await pass(5_000);
    expect(world.reads(/progress/).length).toBeGreaterThanOrEqual(1);
    expect(world.reads(/progress/).length).toBeLessThanOrEqual(3);
    await pass(30_000);
    expect(page.textContent).toContain('completed 100');
    expect(complaints).not.toHaveBeenCalled();
  });

  test('of a container that ended reads nothing ever', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ state: 'completed' });
    const { page, before } = await visit(world, id, true);
    await pass(3_600_000);
    expect(page.textContent).toBe(before);
    expect(page.textContent).toContain('completed 100');
    expect(world.reads(/content\/[^?]+/)).toHaveLength(0);
    expect(complaints).not.toHaveBeenCalled();
  });

  test('of a page that prefetched nothing: no warning, and each thing is read once', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ state: 'completed' });
    const { page, before } = await visit(world, id, false);
    expect(before).toBe('no container no percent no rows');
    await pass(1_000);
    expect(page.textContent).toBe('completed 100 1 rows');
    // Record and progress are two views of one entry.
    expect(world.reads()).toHaveLength(2);
    expect(world.reads(/content\/[^/?]+$/)).toHaveLength(1);
    expect(world.reads(/content\?limit=10$/)).toHaveLength(1);
    expect(complaints).not.toHaveBeenCalled();
  });

  test('of what has gone stale on its way shows it first, and then reads it once', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: { ...shortLife(600_000), queuedMs: 0 } });
    const loader = new QueryClient();
    await loader.prefetchQuery(containerProgressOptions(world.client, id));
    const state = JSON.parse(JSON.stringify(dehydrate(loader)));
    await pass(60_000);
    world.simulator.clearRequests();
    const queryClient = new QueryClient();
    function Status() {
      return <b>{useContainerProgress(id).data?.status ?? 'none'}</b>;
    }
    const app = (
      <QueryClientProvider client={queryClient}>
        <LayersProvider client={world.client}>
          <HydrationBoundary state={state}>
            <Status />
          </HydrationBoundary>
        </LayersProvider>
      </QueryClientProvider>
    );
    const page = document.body.appendChild(document.createElement('div'));
    page.innerHTML = renderToString(app);
    expect(page.textContent).toBe('processing');
    root = hydrateRoot(page, app, { onRecoverableError: complaints });
    await pass(500);
    expect(world.reads(/progress/)).toHaveLength(1);
    expect(complaints).not.toHaveBeenCalled();
  });

  test('of a screen in flight offers a notification only once it is in the browser, without a warning', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: { ...shortLife(600_000), queuedMs: 0 } });
    const loader = new QueryClient();
    await loader.prefetchQuery(containerOptions(world.client, id));
    const state = JSON.parse(JSON.stringify(dehydrate(loader)));
    const app = () => (
      <QueryClientProvider client={new QueryClient()}>
        <LayersProvider client={world.client}>
          <HydrationBoundary state={state}>
            <ContainerScreen containerId={id} />
          </HydrationBoundary>
        </LayersProvider>
      </QueryClientProvider>
    );
    // A server has no notifications.
    vi.stubGlobal('Notification', undefined);
    const page = document.body.appendChild(document.createElement('div'));
    page.innerHTML = renderToString(app());
    expect(page.querySelector('[data-part="notify"]')).toBeNull();
    // React 18 warns of layout effects in server HTML, which it takes for granted is made without a browser; what counts here is hydration.
    complaints.mockClear();
    vi.stubGlobal(
      'Notification',
      Object.assign(() => {}, { permission: 'default' }),
    );
    root = hydrateRoot(page, app(), { onRecoverableError: complaints });
    await pass(500);
    expect(page.querySelector('[data-part="notify"]')).not.toBeNull();
    expect(complaints).not.toHaveBeenCalled();
  });
});
