import { dehydrate, HydrationBoundary, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  containerListOptions,
  containerOptions,
  containerProgressOptions,
  createLayersClient,
  jobOptions,
  LayersProvider,
  useApproval,
  useContainer,
  useContainerList,
  useContainerProgress,
  useJob,
} from '../../src/index.js';
import { createSimulator } from '../../src/testing.js';

const complaints = vi.spyOn(console, 'error');

beforeEach(() => {
  complaints.mockClear();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A screen that uses every hook. */
function Screen({ id, projectId, jobId }: { id: string; projectId: string; jobId: string | null }) {
  const container = useContainer(id);
  const progress = useContainerProgress(id);
  const list = useContainerList(projectId, { limit: 10, status: ['completed', 'processing'] });
  const job = useJob(jobId);
  const approval = useApproval(id);
  return (
    <ul>
      <li>{container.data?.status ?? 'no container'}</li>
      <li>{progress.data?.status ?? 'no progress'}</li>
      <li>{list.data ? `${list.data.containers.length} rows` : 'no list'}</li>
      <li>{job.data?.status ?? 'no job'}</li>
      <li>{approval.isPending ? 'deciding' : 'undecided'}</li>
    </ul>
  );
}

const text = (html: string) => html.replace(/<!-- -->/g, '').replace(/<[^>]+>/g, '|');

function server() {
  const simulator = createSimulator({ tier: 'off', generation: { queuedMs: 0 } });
  const id = simulator.addContainer();
  const fetch = vi.fn(simulator.fetch);
  return {
    simulator,
    fetch,
    ids: { id, projectId: simulator.projectIds[0] as string, jobId: simulator.jobId(id) as string },
    client: createLayersClient({ baseUrl: 'https://layers.invalid', fetch }),
  };
}

describe('on a server', () => {
  test.each<[string, (children: ReactNode) => ReactNode]>([
    ['with our own cache', (children) => children],
    ["in a host's QueryClientProvider", (children) => <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>],
  ])('every hook renders its empty state %s, asks nothing, and leaves no timer behind', async (_, host) => {
    vi.useFakeTimers();
    const { client, fetch, ids } = server();
    const html = renderToString(
      host(
        <LayersProvider client={client}>
          <Screen {...ids} />
        </LayersProvider>,
      ),
    );
    expect(text(html)).toContain('no container||no progress||no list||no job||undecided');
    // What is still there after a moment would keep a server awake.
    await vi.advanceTimersByTimeAsync(20);
    expect(vi.getTimerCount()).toBe(0);
    expect(fetch).not.toHaveBeenCalled();
    expect(complaints).not.toHaveBeenCalled();
  });

  test('a provider with only a baseUrl renders, and does not reach for the global fetch', async () => {
    const fetch = vi.spyOn(globalThis, 'fetch');
    const html = renderToString(
      <LayersProvider baseUrl="/api/layers">
        <Screen id="cnt_1" projectId="prj_1" jobId="job_1" />
      </LayersProvider>,
    );
    await new Promise((resolve) => setImmediate(resolve));
    expect(html).toContain('no container');
    expect(fetch).not.toHaveBeenCalled();
    fetch.mockRestore();
  });

  test('twice the same input is twice the same HTML', () => {
    const { client, ids } = server();
    const once = () =>
      renderToString(
        <LayersProvider client={client}>
          <Screen {...ids} />
        </LayersProvider>,
      );
    expect(once()).toBe(once());
  });

  test('what a loader prefetched is in the HTML, without another read', async () => {
    const { client, fetch, ids } = server();
    const loader = new QueryClient();
    await Promise.all([
      loader.prefetchQuery(containerOptions(client, ids.id)),
      loader.prefetchQuery(containerProgressOptions(client, ids.id)),
      loader.prefetchQuery(containerListOptions(client, ids.projectId, { status: ['processing', 'completed'], limit: 10 })),
      loader.prefetchQuery(jobOptions(client, ids.jobId)),
    ]);
    const reads = fetch.mock.calls.length;
    // The container and its progress are one entry: its record, the list and the job.
    expect(reads).toBe(3);
    const state = JSON.parse(JSON.stringify(dehydrate(loader)));
    const html = renderToString(
      <QueryClientProvider client={new QueryClient()}>
        <LayersProvider client={client}>
          <HydrationBoundary state={state}>
            <Screen {...ids} />
          </HydrationBoundary>
        </LayersProvider>
      </QueryClientProvider>,
    );
    expect(text(html)).toContain('processing||processing||1 rows||running||undecided');
    expect(fetch).toHaveBeenCalledTimes(reads);
    expect(complaints).not.toHaveBeenCalled();
  });

  test('a prefetch that fails does not throw out of the loader, and the page renders its empty state', async () => {
    const { client, fetch, simulator, ids } = server();
    simulator.setFaults([{ kind: 'html', status: 500 }]);
    const loader = new QueryClient();
    await loader.prefetchQuery(containerOptions(client, ids.id));
    expect(dehydrate(loader).queries).toHaveLength(0);
    const html = renderToString(
      <LayersProvider client={client} queryClient={new QueryClient()}>
        <Screen {...ids} />
      </LayersProvider>,
    );
    expect(html).toContain('no container');
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});
