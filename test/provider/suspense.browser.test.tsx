import { QueryClient, QueryClientProvider, useQueries, useSuspenseQuery } from '@tanstack/react-query';
import { Component, type ReactNode, Suspense } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { assetOptions, containerListOptions, containerOptions, containerProgressOptions, jobOptions } from '../../src/index.js';
import type { SimulatorFault } from '../../src/testing.js';
import { showPage } from '../support/page.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife } from '../support/world.js';

beforeEach(() => {
  stopTime();
});

afterEach(async () => {
  await cleanup();
  showPage();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

class Boundary extends Component<{ children: ReactNode }, { error: { code?: string } | null }> {
  override state = { error: null as { code?: string } | null };
  static getDerivedStateFromError(error: { code?: string }) {
    return { error };
  }
  override render() {
    return this.state.error ? <b>{this.state.error.code}</b> : this.props.children;
  }
}

// React holds a fallback for 300 ms on a clock of its own, which is why what comes after one is polled for.
const app = (queryClient: QueryClient, child: ReactNode) => (
  <QueryClientProvider client={queryClient}>
    <Boundary>
      <Suspense fallback={<i>waiting</i>}>{child}</Suspense>
    </Boundary>
  </QueryClientProvider>
);

describe('the options builders', () => {
  test('suspend until the container is there, then follow it to its end', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(10_000) });
    function Screen() {
      const { data } = useSuspenseQuery(containerOptions(world.client, id));
      return <output>{data.status}</output>;
    }
    const { container } = await render(app(new QueryClient(), <Screen />));
    expect(container.textContent).toBe('waiting');
    await pass(200);
    await expect.poll(() => container.textContent).toBe('queued');
    await pass(15_000);
    expect(container.textContent).toBe('completed');
    const reads = world.reads().length;
    await pass(600_000);
    expect(world.reads()).toHaveLength(reads);
  });

  test('suspend on a list', async () => {
    const world = createWorld({ containers: 30 });
    function Screen() {
      const { data } = useSuspenseQuery(containerListOptions(world.client, world.projectId, { limit: 20 }));
      return <output>{`${data.containers.length} ${data.hasNextPage ? 'and more' : ''}`}</output>;
    }
    const { container } = await render(app(new QueryClient(), <Screen />));
    await pass(200);
    await expect.poll(() => container.textContent).toBe('20 and more');
    expect(world.reads()).toHaveLength(1);
  });

  test('throw what went wrong to the error boundary, as a LayersError', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const world = createWorld();
    function Screen() {
      return <output>{useSuspenseQuery(containerOptions(world.client, 'cnt_nothing')).data.status}</output>;
    }
    const { container } = await render(app(new QueryClient(), <Screen />));
    await pass(2_000);
    await expect.poll(() => container.textContent).toBe('NOT_FOUND');
    expect(world.reads()).toHaveLength(1);
  });

  describe('where the first read fails', () => {
    type Kind = 'container' | 'progress' | 'job' | 'asset' | 'list';

    const shown = async (kind: Kind, fault: SimulatorFault) => {
      vi.spyOn(console, 'error').mockImplementation(() => {});
      const { client, projectId, simulator, reads } = createWorld({ faults: [fault] });
      const id = simulator.addContainer({ generation: shortLife(60_000) });
      const options = {
        container: () => containerOptions(client, id),
        progress: () => containerProgressOptions(client, id),
        job: () => jobOptions(client, simulator.jobId(id)),
        asset: () => assetOptions(client, id, 'asset_1'),
        list: () => containerListOptions(client, projectId),
      }[kind];
      function Suspended() {
        return <output>{useSuspenseQuery(options() as never).data === undefined ? 'none' : 'data'}</output>;
      }
      const { container } = await render(app(new QueryClient(), <Suspended />));
      await pass(6_000);
      await expect.poll(() => container.textContent).not.toBe('waiting');
      return { text: container.textContent, reads: reads().length };
    };

    test.for(['container', 'progress', 'job', 'list'] as const)('%s: read again before the error boundary shows it', async (kind) => {
      expect(await shown(kind, { kind: 'status', status: 502, times: 2 })).toMatchObject({ text: 'data' });
    });

    test.for(['container', 'progress', 'job', 'asset', 'list'] as const)('%s: an error after three reads that failed', async (kind) => {
      expect(await shown(kind, { kind: 'status', status: 502 })).toEqual({ text: 'INTERNAL', reads: 3 });
    });

    test.for([
      { name: 'that cannot be mended', fault: { kind: 'status', status: 403 } },
      { name: 'of a server that wants a minute', fault: { kind: 'status', status: 503, retryAfter: '60' } },
    ] as const)('a failure $name is shown at once', async ({ fault }) => {
      expect(await shown('list', fault)).toMatchObject({ reads: 1, text: expect.stringMatching(/^(?:FORBIDDEN_SCOPE|UNAVAILABLE)$/) });
    });
  });

  test('make a wall of progress bars with useQueries, one list read for the first data of all and one read for equal ones', async () => {
    const world = createWorld();
    const ids = [0, 1, 2].map(() => world.simulator.addContainer({ generation: shortLife(10_000) }));
    function Wall() {
      const results = useQueries({ queries: ids.map((id) => containerProgressOptions(world.client, id)) });
      return <output>{results.map(({ data }) => data?.status ?? 'none').join(' ')}</output>;
    }
    const { container } = await render(
      app(
        new QueryClient(),
        <>
          <Wall />
          <Wall />
        </>,
      ),
    );
    await pass(500);
    expect(container.textContent).toBe('queued queued queuedqueued queued queued');
    expect(world.reads(/projects/)).toHaveLength(1);
    expect(world.reads().length).toBeLessThanOrEqual(5);
    await pass(1_000);
    const bars = world.reads(/progress/);
    expect(bars).toHaveLength(3);
    expect(new Set(bars).size).toBe(3);
    await pass(18_000);
    expect(container.textContent).toBe('completed completed completedcompleted completed completed');
  });
});
