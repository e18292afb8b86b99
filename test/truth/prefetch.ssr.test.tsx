import {
  dehydrate,
  environmentManager,
  HydrationBoundary,
  QueryClient,
  QueryClientProvider,
  useSuspenseQuery,
} from '@tanstack/react-query';
import { Suspense } from 'react';
import { renderToReadableStream, renderToString } from 'react-dom/server.browser';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  containerListOptions,
  containerOptions,
  containerProgressOptions,
  createLayersClient,
  isLayersError,
  LayersProvider,
  layersKeys,
  useContainer,
  useContainerList,
  useContainerProgress,
} from '../../src/index.js';
import { createSimulator } from '../../src/testing.js';
import { lasting } from './support.js';

beforeEach(() => {
  environmentManager.setIsServer(() => true);
});
afterEach(() => {
  environmentManager.setIsServer(() => false);
  vi.restoreAllMocks();
});

const UPSTREAM = 'https://upstream.internal.invalid';
const SECRET = 'session-of-this-person';

/** One API, read by a server with its own address and headers, and by a page with others. */
function bothSides(scope?: string) {
  const simulator = createSimulator({ tier: 'off' });
  const id = simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
  const options = { fetch: simulator.fetch, ...(scope !== undefined && { scope }) };
  const onServer = createLayersClient({ baseUrl: UPSTREAM, headers: { 'x-session': SECRET }, ...options });
  const inPage = createLayersClient({ baseUrl: '/api/layers', ...options });
  return { simulator, id, projectId: simulator.projectIds[0] as string, onServer, inPage };
}

describe.each([undefined, 'person-7'])('what a server prefetched, with scope %s', (scope) => {
  test('has the keys that the page looks for', () => {
    const { onServer, inPage, id, projectId } = bothSides(scope);
    expect(layersKeys.all(onServer)).toEqual(layersKeys.all(inPage));
    expect(layersKeys.container(onServer, id)).toEqual(layersKeys.container(inPage, id));
    expect(layersKeys.list(onServer, projectId, { limit: 10 })).toEqual(layersKeys.list(inPage, projectId, { limit: 10 }));
    expect(layersKeys.job(onServer, 'job_1')).toEqual(layersKeys.job(inPage, 'job_1'));
  });

  test('hydrates: the page has it at once, and neither address nor headers are in it', async () => {
    const { onServer, inPage, id, projectId, simulator } = bothSides(scope);
    const queryClient = new QueryClient();
    await queryClient.prefetchQuery(containerOptions(onServer, id) as never);
    await queryClient.prefetchQuery(containerListOptions(onServer, projectId, { limit: 10 }) as never);
    await queryClient.prefetchQuery(containerProgressOptions(onServer, id) as never);
    const state = dehydrate(queryClient);
    const json = JSON.stringify(state);
    expect(json).not.toContain('upstream.internal');
    expect(json).not.toContain(SECRET);
    const keys = state.queries.map(({ queryKey }) => JSON.stringify(queryKey));
    for (const key of keys) expect(key).not.toMatch(/https?:|#/);
    const before = simulator.requests.length;
    function Screen() {
      const { data: container } = useContainer(id);
      const { data: list } = useContainerList(projectId, { limit: 10 });
      const { data: progress } = useContainerProgress(id);
      return <p>{`${container?.status} ${list?.containers.length} ${progress?.status}`}</p>;
    }
    const html = renderToString(
      <QueryClientProvider client={new QueryClient()}>
        <HydrationBoundary state={JSON.parse(json)}>
          <LayersProvider client={inPage}>
            <Screen />
          </LayersProvider>
        </HydrationBoundary>
      </QueryClientProvider>,
    );
    expect(html).toContain('completed 1 completed');
    expect(simulator.requests.length).toBe(before);
  });
});

test('another scope has other keys', () => {
  const { onServer } = bothSides('person-7');
  const { inPage } = bothSides('person-8');
  expect(layersKeys.all(onServer)).not.toEqual(layersKeys.all(inPage));
});

test('two prefetches of one container are one entry, which says what is not known yet', async () => {
  const { onServer, simulator } = bothSides();
  const id = simulator.addContainer({ generation: lasting(600_000) });
  const queryClient = new QueryClient();
  await queryClient.prefetchQuery(containerProgressOptions(onServer, id) as never);
  expect(await queryClient.fetchQuery(containerProgressOptions(onServer, id) as never)).toMatchObject({ status: 'processing' });
  expect(dehydrate(queryClient).queries).toHaveLength(1);
});

describe('useSuspenseQuery while a server renders', () => {
  async function drawn(baseUrl: string, fetch?: typeof globalThis.fetch) {
    const errors: unknown[] = [];
    const client = createLayersClient({ baseUrl, ...(fetch && { fetch: fetch as never }) });
    function Screen() {
      const { data } = useSuspenseQuery(containerOptions(client, 'cnt_1') as never) as { data: { status: string } };
      return <output>{data.status}</output>;
    }
    const stream = await renderToReadableStream(
      <QueryClientProvider client={new QueryClient()}>
        <Suspense fallback={<i>waiting</i>}>
          <Screen />
        </Suspense>
      </QueryClientProvider>,
      { onError: (error) => void errors.push(error) },
    );
    await stream.allReady;
    return { errors, html: await new Response(stream).text() };
  }

  test('with a relative baseUrl says what to do', async () => {
    const { errors } = await drawn('/api/layers');
    const [error] = errors;
    expect(isLayersError(error)).toBe(true);
    const { message } = error as Error;
    expect(message).toMatch(/server/i);
    expect(message).toMatch(/absolute|baseUrl/);
    expect(message).toMatch(/fetch|absolute|https?:/);
    expect(message).not.toMatch(/offline|connection/i);
  });

  test('with a fetch of its own reads by that, whatever the baseUrl', async () => {
    const { html, errors } = await drawn('/api/layers', (async () =>
      Response.json({ id: 'cnt_1', status: 'completed', approvalStatus: 'pending' })) as never);
    expect(errors).toEqual([]);
    expect(html).toContain('completed');
  });
});
