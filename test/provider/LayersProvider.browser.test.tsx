import { QueryClient, QueryClientProvider, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, render, renderHook } from 'vitest-browser-react';
import {
  createLayersClient,
  type LayersClient,
  LayersProvider,
  type LayersProviderProps,
  layersKeys,
  useApproval,
  useContainer,
  useContainerList,
  useContainerProgress,
  useJob,
  useLayersClient,
} from '../../src/index.js';
import { hidePage, showPage } from '../support/page.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife } from '../support/world.js';
import { until } from '../support/until.js';

beforeEach(() => {
  stopTime();
});

afterEach(async () => {
  await cleanup();
  showPage();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function Status({ id }: { id: string }) {
  const { data } = useContainer(id);
  return <output>{data?.status ?? 'none'}</output>;
}

describe('the cache', () => {
  test("is the host's, where the host has a QueryClientProvider: its client reads what our hooks loaded", async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ state: 'completed' });
    const host = new QueryClient();
    const { container } = await render(
      <QueryClientProvider client={host}>
        <LayersProvider client={world.client}>
          <Status id={id} />
        </LayersProvider>
      </QueryClientProvider>,
    );
    await pass(100);
    expect(container.textContent).toBe('completed');
    expect(host.getQueryData(layersKeys.container(world.client, id))).toMatchObject({ id, status: 'completed' });
  });

  test('can be invalidated by the host with our keys', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ state: 'completed' });
    const host = new QueryClient();
    await render(
      <QueryClientProvider client={host}>
        <LayersProvider client={world.client}>
          <Status id={id} />
        </LayersProvider>
      </QueryClientProvider>,
    );
    await pass(100);
    void host.invalidateQueries({ queryKey: layersKeys.all(world.client) });
    await pass(100);
    expect(world.reads()).toHaveLength(2);
  });

  test('is our own without a QueryClientProvider, and hears when the page is hidden and seen again', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(3_600_000) });
    const { container } = await render(
      <LayersProvider client={world.client}>
        <Status id={id} />
      </LayersProvider>,
    );
    await pass(2_500);
    expect(container.textContent).toBe('processing');
    hidePage();
    const before = world.reads().length;
    await pass(600_000);
    expect(world.reads()).toHaveLength(before);
    showPage();
    await pass(300);
    expect(world.reads()).toHaveLength(before + 1);
  });

  test('of our own is the same one for the whole life of the provider', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ state: 'completed' });
    const seen = new Set<QueryClient>();
    function Probe() {
      seen.add(useQueryClient());
      return <Status id={id} />;
    }
    const app = (locale: string) => (
      <LayersProvider client={world.client} locale={locale}>
        <Probe />
      </LayersProvider>
    );
    const { rerender } = await render(app('en'));
    await pass(100);
    await rerender(app('de'));
    await rerender(app('fr'));
    await pass(100);
    expect(seen.size).toBe(1);
    expect(world.reads()).toHaveLength(1);
  });

  test('of our own is not shared by two providers', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ state: 'completed' });
    const seen = new Set<QueryClient>();
    function Probe() {
      seen.add(useQueryClient());
      return <Status id={id} />;
    }
    await render(
      <>
        <LayersProvider client={world.client}>
          <Probe />
        </LayersProvider>
        <LayersProvider client={world.client}>
          <Probe />
        </LayersProvider>
      </>,
    );
    await pass(100);
    expect(seen.size).toBe(2);
  });

  test("is the queryClient prop where one is given, and the host's own queries stay with the host", async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ state: 'completed' });
    const [host, ours] = [new QueryClient(), new QueryClient()];
    const below = new Set<QueryClient>();
    function HostPart() {
      below.add(useQueryClient());
      return <b>{useQuery({ queryKey: ['host'], queryFn: () => 'hello' }).data}</b>;
    }
    const { container } = await render(
      <QueryClientProvider client={host}>
        <LayersProvider client={world.client} queryClient={ours}>
          <Status id={id} />
          <HostPart />
        </LayersProvider>
      </QueryClientProvider>,
    );
    await pass(100);
    expect(container.textContent).toBe('completedhello');
    expect([...below].every((each) => each === host)).toBe(true);
    expect(below.size).toBe(1);
    expect(host.getQueryData(['host'])).toBe('hello');
    expect(ours.getQueryData(['host'])).toBeUndefined();
    expect(ours.getQueryData(layersKeys.container(world.client, id))).toMatchObject({ id });
    expect(host.getQueryData(layersKeys.container(world.client, id))).toBeUndefined();
  });

  test('given as queryClient hears when the page is seen again, and stops listening when the provider is gone', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(3_600_000) });
    const ours = new QueryClient();
    const { unmount } = await render(
      <StrictMode>
        <LayersProvider client={world.client} queryClient={ours}>
          <Status id={id} />
        </LayersProvider>
      </StrictMode>,
    );
    await pass(2_500);
    hidePage();
    await pass(60_000);
    const before = world.reads().length;
    showPage();
    await pass(300);
    expect(world.reads()).toHaveLength(before + 1);
    await unmount();
    const resumed = vi.spyOn(ours, 'resumePausedMutations');
    hidePage();
    showPage();
    await pass(60_000);
    expect(resumed).not.toHaveBeenCalled();
    expect(world.reads()).toHaveLength(before + 1);
  });

  test('keeps two scopes apart, also for equal ids', async () => {
    const [one, other] = [createWorld({}, { scope: 'one' }), createWorld({}, { scope: 'other' })];
    const id = one.simulator.addContainer({ state: 'completed', id: 'cnt_5d0a4b4e-0000-4000-8000-000000000001' });
    other.simulator.addContainer({ state: 'failed', id });
    const { container } = await render(
      <QueryClientProvider client={new QueryClient()}>
        <LayersProvider client={one.client}>
          <Status id={id} />
        </LayersProvider>
        <LayersProvider client={other.client}>
          <Status id={id} />
        </LayersProvider>
      </QueryClientProvider>,
    );
    await pass(100);
    expect(container.textContent).toBe('completedfailed');
  });
});

describe('the client', () => {
  const inside =
    (props: Omit<LayersProviderProps, 'children'>) =>
    ({ children }: { children: ReactNode }) => <LayersProvider {...(props as LayersProviderProps)}>{children}</LayersProvider>;

  test('is the one that was given', async () => {
    const client = createLayersClient({ baseUrl: '/api/layers' });
    const { result } = await renderHook(() => useLayersClient(), { wrapper: inside({ client }) });
    expect(result.current).toBe(client);
  });

  test('made from a baseUrl is made once and survives whatever renders again above it', async () => {
    const clients = new Set<unknown>();
    function Probe() {
      clients.add(useLayersClient());
      return null;
    }
    const app = (locale: string) => (
      <LayersProvider baseUrl="/api/layers" messages={{}} locale={locale}>
        <Probe />
      </LayersProvider>
    );
    const { rerender } = await render(app('en'));
    for (const locale of ['de', 'fr', 'en', 'pl']) await rerender(app(locale));
    expect(clients.size).toBe(1);
    expect([...clients][0]).toMatchObject({ baseUrl: '/api/layers', edition: 'current' });
  });

  test('made from a baseUrl is made anew for another baseUrl', async () => {
    const app = (baseUrl: string) => (
      <LayersProvider baseUrl={baseUrl}>
        <Probe />
      </LayersProvider>
    );
    function Probe() {
      return <i>{useLayersClient().baseUrl}</i>;
    }
    const { container, rerender } = await render(app('/one'));
    await rerender(app('/other'));
    expect(container.textContent).toBe('/other');
  });

  test('made from a baseUrl asks it through the global fetch', async () => {
    const fetch = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json({ id: 'cnt_1', status: 'completed' }));
    const { container } = await render(
      <LayersProvider baseUrl="/api/layers">
        <Status id="cnt_1" />
      </LayersProvider>,
    );
    // The tabs of the origin first settle which of them reads, which is not on the clock that stands still.
    await until(async () => {
      await pass(20);
      expect(container.textContent).toBe('completed');
    });
    expect(fetch.mock.calls.map(([url]) => url)).toEqual(['/api/layers/v1/content/cnt_1']);
  });
});

describe('under StrictMode', () => {
  test('a client made from a baseUrl reads everything once, and is closed when the provider goes', async () => {
    const world = createWorld({ containers: 30 });
    const id = world.simulator.addContainer({ state: 'completed' });
    const fetch = vi
      .spyOn(globalThis, 'fetch')
      .mockImplementation(async (url, init) => world.simulator.fetch(`https://strict.invalid${url as string}`, init as never));
    const clients = new Set<LayersClient>();
    function Screen() {
      clients.add(useLayersClient());
      const { data, error } = useContainerList(world.projectId, { limit: 10, refreshInterval: false });
      return (
        <>
          <Status id={id} />
          <output>{error?.code ?? data?.containers.length}</output>
        </>
      );
    }
    const { container, unmount } = await render(
      <StrictMode>
        <LayersProvider baseUrl="/strict">
          <Screen />
        </LayersProvider>
      </StrictMode>,
    );
    await until(async () => {
      await pass(20);
      expect(container.textContent).toBe('completed10');
    });
    const urls = fetch.mock.calls.map(([url]) => url as string);
    expect(urls.filter((url) => url.endsWith('limit=10'))).toHaveLength(1);
    expect(urls.filter((url) => url.endsWith(id))).toHaveLength(1);

    const client = [...clients].at(-1) as LayersClient;
    const closed = vi.spyOn(client, 'close');
    await unmount();
    expect(closed).toHaveBeenCalledTimes(1);
  });
});

describe('misuse throws, and says what to do', () => {
  /** What a render threw; React reports it to the console as well. */
  async function thrownBy(app: () => Promise<unknown>): Promise<unknown> {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    return app().then(
      () => undefined,
      (error: unknown) => error,
    );
  }

  test.each<[string, () => unknown]>([
    ['useContainer', () => useContainer('cnt_1')],
    ['useContainer without an id', () => useContainer(null)],
    ['useContainerProgress', () => useContainerProgress('cnt_1')],
    ['useContainerList', () => useContainerList('prj_1')],
    ['useJob', () => useJob('job_1')],
    ['useApproval', () => useApproval('cnt_1')],
    ['useLayersClient', () => useLayersClient()],
  ])('%s outside of a provider', async (_, hook) => {
    const error = await thrownBy(() => renderHook(hook));
    expect(error).toMatchObject({
      name: 'LayersError',
      code: 'INVALID_INPUT',
      message: expect.stringContaining('<LayersProvider baseUrl='),
    });
  });

  test('a QueryClientProvider alone is not enough', async () => {
    const error = await thrownBy(() =>
      renderHook(() => useContainer('cnt_1'), {
        wrapper: ({ children }) => <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>,
      }),
    );
    expect(error).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('<LayersProvider') });
  });

  test('a provider with neither a client nor a baseUrl', async () => {
    const Untyped = LayersProvider as (props: object) => ReactNode;
    const error = await thrownBy(() => render(<Untyped />));
    expect(error).toMatchObject({ name: 'LayersError', code: 'INVALID_INPUT', message: expect.stringContaining('baseUrl="/api/layers"') });
  });

  test.each(['', '   '])('a provider with a baseUrl of %o', async (baseUrl) => {
    const error = await thrownBy(() => render(<LayersProvider baseUrl={baseUrl} />));
    expect(error).toMatchObject({ code: 'INVALID_INPUT', details: { path: 'baseUrl' } });
  });

  test('a provider with an API key in its baseUrl', async () => {
    const error = await thrownBy(() => render(<LayersProvider baseUrl="https://api.layers.invalid?key=lp_live_abc123" />));
    expect(error).toMatchObject({ code: 'API_KEY_IN_BROWSER' });
  });
});
