import { type DehydratedState, dehydrate, HydrationBoundary, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Component, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { containerListOptions, containerOptions, jobOptions, LayersProvider, layersKeys, useAsset } from '../../src/index.js';
import { everyComponent, EveryHook } from '../support/everyComponent.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, type World } from '../support/world.js';

class Host extends Component<{ children: ReactNode }, { fallen: unknown }> {
  override state = { fallen: null };
  static getDerivedStateFromError = (fallen: unknown) => ({ fallen });
  override render() {
    return this.state.fallen === null ? this.props.children : <p data-fallen="">{String(this.state.fallen)}</p>;
  }
}

beforeEach(() => stopTime());
afterEach(() => {
  vi.useRealTimers();
});

/** A page that has kept everything of a container, as plain JSON. */
async function kept() {
  const world = createWorld();
  const id = world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
  const { jobId } = await world.client.generate(world.projectId, { format: 'ugc-remix', hook: 'Hi', influencerId: 'inf_1' });
  const loader = new QueryClient();
  await loader.prefetchQuery(containerOptions(world.client, id));
  await loader.prefetchQuery(containerListOptions(world.client, world.projectId));
  await loader.prefetchQuery(jobOptions(world.client, jobId));
  const state = JSON.parse(JSON.stringify(dehydrate(loader))) as DehydratedState;
  const assetId = 'ast_1';
  const asset = { ...state.queries[0], queryKey: layersKeys.asset(world.client, id, assetId), data: null };
  return {
    world,
    id,
    jobId,
    assetId,
    state: { ...state, queries: [...state.queries, { ...asset, queryHash: JSON.stringify(asset.queryKey) }] },
  };
}

function AssetHook({ id, assetId }: { id: string; assetId: string }) {
  const { data } = useAsset(id, assetId);
  return <i data-asset="">{data?.url}</i>;
}

/** Draws everything over what was kept, and returns what went wrong. */
async function open(world: World, state: unknown, page: ReactNode) {
  const onError = vi.fn();
  const screen = await render(
    <Host>
      <QueryClientProvider client={new QueryClient()}>
        <LayersProvider client={world.client} onError={onError}>
          <HydrationBoundary state={state as DehydratedState}>{page}</HydrationBoundary>
        </LayersProvider>
      </QueryClientProvider>
    </Host>,
  );
  await pass(3_000);
  const known = [...screen.container.querySelectorAll('[data-known]')].map(({ textContent }) => textContent);
  const shown = screen.container.querySelector('[data-fallen]')?.textContent ?? known.join(' ');
  const drawn = screen.container.querySelector('.layers-ContainerCard')?.getAttribute('data-state');
  await screen.unmount();
  return { shown, drawn, told: onError.mock.calls.map(([error]) => String(error)) };
}

type Data = Record<string, unknown>;
const without = (data: Data, name: string): Data => Object.fromEntries(Object.entries(data).filter(([each]) => each !== name));
const rowsOf = (change: (row: Data) => unknown) => (data: Data) =>
  Array.isArray(data['containers']) ? { ...data, containers: data['containers'].map(change) } : data;

const breaks: [name: string, change: (data: Data) => unknown][] = [
  ['null', () => null],
  ['text', () => 'x'],
  ['a number', () => 7],
  ['an empty object', () => ({})],
  ['a list', () => []],
  ['an id alone', ({ id, jobId }) => ({ id, jobId })],
  ['a status alone', ({ status }) => ({ status })],
  ['no sources of an entry', (data) => ('sources' in data ? { ...data, sources: {} } : data)],
  ['no memory of a progress', (data) => ('memory' in data ? { ...data, memory: null } : data)],
  ['a preview of another shape', (data) => ('preview' in data ? { ...data, preview: { kind: 'slideshow' } } : data)],
  ['ids that are numbers', (data) => ('id' in data ? { ...data, id: 7 } : data)],
  ['rows that are null', rowsOf(() => null)],
  ['rows without an id', rowsOf((row) => without(row, 'id'))],
  ['rows with a preview of another shape', rowsOf((row) => ({ ...row, preview: { kind: 'image' } }))],
  ['no rows', (data) => without(data, 'containers')],
];

describe('a cache that was kept with another shape', () => {
  test.each(breaks)('%s: is read anew, and nothing throws', async (_, change) => {
    const { world, id, jobId, assetId, state } = await kept();
    const broken = {
      ...state,
      queries: state.queries.map((query) => ({ ...query, state: { ...query.state, data: change(query.state?.data as Data) } })),
    };
    const page = (
      <>
        {everyComponent({ id, projectId: world.projectId })}
        <EveryHook id={id} projectId={world.projectId} jobId={jobId} />
        <AssetHook id={id} assetId={assetId} />
      </>
    );
    const { shown, drawn, told } = await open(world, broken, page);
    expect(told).toEqual([]);
    expect(shown).toMatch(/^completed completed \S*completed\S* (running|completed)$/);
    expect(drawn).toBe('completed');
  });

  test('any field of an entry that is missing', async () => {
    const { world, id, jobId, state } = await kept();
    const [entry] = state.queries;
    const fields = Object.keys(entry?.state?.data as Data);
    expect(fields.length).toBeGreaterThan(30);
    for (const name of fields) {
      const data = without(entry?.state?.data as Data, name);
      const queries = [{ ...entry, state: { ...entry?.state, data } }];
      const { shown, told } = await open(world, { ...state, queries }, <EveryHook id={id} projectId={world.projectId} jobId={jobId} />);
      expect({ name, shown, told }).toMatchObject({ name, shown: expect.stringMatching(/^completed completed /), told: [] });
    }
  });

  test('under the keys of another version is not looked at', async () => {
    const { world, id, state } = await kept();
    const [, , , bare] = layersKeys.container(world.client, id);
    for (const { queryKey } of state.queries) expect(queryKey.at(-1)).toBe('v1');
    const old = { ...state.queries[0], queryKey: ['layers', world.client.scope, 'container', bare], queryHash: 'old' };
    world.simulator.clearRequests();
    const { shown } = await open(world, { ...state, queries: [old] }, <EveryHook id={id} projectId={world.projectId} />);
    expect(shown).toMatch(/^completed completed/);
    expect(world.reads(new RegExp(`${bare}$`))).toHaveLength(1);
  });

  test('what is kept with the right shape is shown without a read', async () => {
    const { world, id, jobId, state } = await kept();
    world.simulator.clearRequests();
    const { shown } = await open(world, state, <EveryHook id={id} projectId={world.projectId} jobId={jobId} />);
    expect(shown).toMatch(/^completed completed/);
    expect(world.reads(new RegExp(`${id}$`))).toHaveLength(0);
  });
});

test.each(breaks)('what the host writes over what is mounted (%s) is dropped, and nothing throws', async (_, change) => {
  const { world, id, jobId } = await kept();
  const { queryClient } = world;
  const screen = await render(
    <Host>
      <EveryHook id={id} projectId={world.projectId} jobId={jobId} />
    </Host>,
    { wrapper: world.wrapper },
  );
  await pass(3_000);
  const thrown: string[] = [];
  for (const { queryKey, state } of queryClient.getQueryCache().findAll({ queryKey: layersKeys.all(world.client) }))
    try {
      queryClient.setQueryData(queryKey, change(state.data as Data));
    } catch (error) {
      thrown.push(`${String(queryKey[2])}: ${String(error)}`);
    }
  expect(thrown).toEqual([]);
  await pass(35_000);
  expect(screen.container.querySelector('[data-fallen]')).toBeNull();
  const known = [...screen.container.querySelectorAll('[data-known]')].map(({ textContent }) => textContent);
  expect(known.join(' ')).toMatch(/^completed completed \S*completed\S* (running|completed)$/);
});
