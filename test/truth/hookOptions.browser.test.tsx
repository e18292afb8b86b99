import { keepPreviousData } from '@tanstack/react-query';
import { Component, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, render, renderHook } from 'vitest-browser-react';
import {
  type Container,
  layersKeys,
  LayersProvider,
  ProgressBar,
  useContainer,
  useContainerList,
  useContainerProgress,
  useJob,
} from '../../src/index.js';
import { hidePage, showPage } from '../support/page.js';
import { pass } from '../support/time.js';
import { createWorld, type World } from '../support/world.js';
import { lasting, stopTime } from './support.js';

// On a slow machine too.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  stopTime();
});
afterEach(async () => {
  await cleanup();
  showPage();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

type Options = Record<string, unknown>;

type Read = (world: World, id: string | null, options: Options) => { data: unknown; isPlaceholderData: boolean };

const useReadContainer: Read = (_, id, options) => useContainer(id, options as never);
const useReadProgress: Read = (_, id, options) => useContainerProgress(id, options as never);
const useReadList: Read = ({ projectId }, id, options) => useContainerList(id && projectId, options as never);
const useReadJob: Read = ({ simulator }, id, options) => useJob(id && simulator.jobId(id), options as never);

/** Every read hook. The options are TanStack's own. */
const hooks = [
  { name: 'useContainer', useRead: useReadContainer },
  { name: 'useContainerProgress', useRead: useReadProgress },
  { name: 'useContainerList', useRead: useReadList },
  { name: 'useJob', useRead: useReadJob },
];

async function mount({ useRead }: (typeof hooks)[number], world: World, id: string | null, options: Options = {}) {
  const hook = await renderHook(() => useRead(world, id, options), { wrapper: world.wrapper });
  await pass(500);
  return hook;
}

const worldWith = (durationMs = 600_000) => {
  const world = createWorld();
  return { world, id: world.simulator.addContainer({ generation: lasting(durationMs) }) };
};

describe.each(hooks)('$name', (hook) => {
  test('without an id reads nothing, and makes no entry in the cache', async () => {
    const { world } = worldWith();
    const { result } = await mount(hook, world, null);
    await pass(60_000);
    expect(world.reads()).toHaveLength(0);
    expect(result.current).toMatchObject({ status: 'pending', fetchStatus: 'idle', data: undefined });
    for (const { queryKey } of world.queryClient.getQueryCache().getAll()) expect(queryKey.slice(2)).not.toContain('');
  });

  test('takes `select`', async () => {
    const { world, id } = worldWith();
    const { result } = await mount(hook, world, id, { select: () => 'chosen' });
    expect(result.current.data).toBe('chosen');
  });

  test('takes `enabled: false`', async () => {
    const { world, id } = worldWith();
    await mount(hook, world, id, { enabled: false });
    await pass(60_000);
    expect(world.reads()).toHaveLength(0);
  });

  test('takes `placeholderData`', async () => {
    const { world, id } = worldWith();
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 5_000 }]);
    // What the cache keeps of a list, as TanStack has it.
    const list = { containers: [], end: null, nextCursor: null, newer: [], gap: null, invalid: [], stays: [] };
    const placeholderData = hook.name === 'useContainerList' ? list : { id: 'cnt_stand_in', status: 'queued' };
    const { result } = await mount(hook, world, id, { placeholderData, select: (data: unknown) => data });
    expect(result.current).toMatchObject({ isPlaceholderData: true });
    expect(result.current.data).toBeDefined();
    await pass(8_000);
    expect(result.current.isPlaceholderData).toBe(false);
  });

  test.each([{ placeholderData: keepPreviousData }, { keepPreviousData: true }])(
    'shows nobody what another scope has seen: %o',
    async (options) => {
      const [first, second] = [{ scope: 'first' }, { scope: 'second' }].map((client) =>
        createWorld({ projectIds: ['prj_shared'] }, client),
      );
      const id = first?.simulator.addContainer({ id: 'cnt_shared', generation: lasting(600_000) }) as string;
      second?.simulator.addContainer({ id, generation: lasting(600_000) });
      second?.simulator.setFaults([{ kind: 'latency', latencyMs: 5_000 }]);
      const { queryClient } = first as World;
      let shown: unknown;
      const Row = () => {
        shown = hook.useRead(first as World, id, options).data;
        return null;
      };
      const page = (world: World | undefined) => (
        <LayersProvider client={(world as World).client} queryClient={queryClient}>
          <Row />
        </LayersProvider>
      );
      const { rerender } = await render(page(first));
      await pass(500);
      expect(shown).toBeDefined();
      await rerender(page(second));
      await pass(1_000);
      expect(shown).toBeUndefined();
      await pass(9_000);
      expect(shown).toBeDefined();
    },
  );

  test('takes `gcTime`', async () => {
    const { world, id } = worldWith();
    const { unmount } = await mount(hook, world, id, { gcTime: 1_000 });
    const entries = () => world.queryClient.getQueryCache().findAll({ queryKey: layersKeys.all(world.client) });
    expect(entries().filter(({ state }) => state.data !== undefined).length).toBeGreaterThan(0);
    await unmount();
    await pass(3_000);
    expect(entries().filter(({ queryKey }) => queryKey[2] === (hook.name === 'useContainerList' ? 'list' : queryKey[2]))).toHaveLength(0);
  });

  test('takes `throwOnError`', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const world = createWorld({ faults: [{ kind: 'status', status: 403 }] });
    const id = world.simulator.addContainer({ generation: lasting(600_000) });
    const { container } = await render(
      <world.wrapper>
        <Boundary>
          <Reads hook={hook} world={world} id={id} />
        </Boundary>
      </world.wrapper>,
    );
    await pass(3_000);
    expect(container.querySelector('b')?.textContent).toMatch(/FORBIDDEN/);
  });

  test('a second mount reads nothing', async () => {
    const { world, id } = worldWith(3_000);
    await mount(hook, world, id);
    await pass(10_000);
    const before = world.reads().length;
    const again = await mount(hook, world, id);
    expect(again.result.current.data).toBeDefined();
    expect(world.reads().length).toBe(before);
  });
});

const off = [0, false, -1, Number.NaN, Number.POSITIVE_INFINITY];

test.each(off)('`refetchInterval: %s` never polls', async (refetchInterval) => {
  for (const hook of hooks.filter(({ name }) => name !== 'useContainerList')) {
    const { world, id } = worldWith();
    await mount(hook, world, id, { refetchInterval });
    const before = world.reads().length;
    expect(before).toBeGreaterThan(0);
    await pass(60_000);
    expect(`${hook.name} ${world.reads().length}`).toBe(`${hook.name} ${before}`);
    await cleanup();
  }
});

test.each(off)('`refreshInterval: %s` never refreshes a list with a row in flight', async (refreshInterval) => {
  const { world, id } = worldWith();
  await mount(hooks[2] as (typeof hooks)[number], world, id, { refreshInterval });
  await pass(120_000);
  expect(world.reads()).toHaveLength(1);
});

test.each([
  { staleTime: -1, gcTime: Number.POSITIVE_INFINITY },
  { staleTime: Number.NaN, gcTime: Number.NaN },
])('`staleTime: $staleTime` is stale at once, and `gcTime: $gcTime` keeps, as in TanStack Query', async (options) => {
  const { world, id } = worldWith(1_000);
  const { unmount } = await mount(hooks[0] as (typeof hooks)[number], world, id, options);
  await pass(10_000);
  await unmount();
  await pass(400_000);
  expect(world.queryClient.getQueryData(layersKeys.container(world.client, id))).toBeDefined();
  const before = world.reads().length;
  await mount(hooks[0] as (typeof hooks)[number], world, id, options);
  await pass(3_000);
  expect(world.reads().length).toBe(before + 1);
});

describe('a default `placeholderData: keepPreviousData` of the host', () => {
  const twoWorlds = async () => {
    const { world, id: other } = worldWith();
    world.queryClient.setDefaultOptions({ queries: { placeholderData: keepPreviousData } });
    const id = world.simulator.addContainer({ generation: lasting(1_000) });
    return { world, id, other };
  };

  test.each(hooks.filter(({ name }) => name !== 'useContainerList'))('$name never shows another', async ({ useRead }) => {
    const { world, id, other } = await twoWorlds();
    const { result, rerender } = await renderHook((props?: { of: string | null }) => useRead(world, props?.of ?? null, {}), {
      wrapper: world.wrapper,
      initialProps: { of: id as string | null },
    });
    await pass(3_000);
    expect(result.current.data).toBeDefined();
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 3_000 }]);
    for (const of of [other, null]) {
      await rerender({ of });
      expect(result.current.data).toBeUndefined();
    }
  });

  test('no bar shows the state of another', async () => {
    const { world, id, other } = await twoWorlds();
    const { container, rerender } = await render(<ProgressBar containerId={id} />, { wrapper: world.wrapper });
    await pass(3_000);
    expect(container.textContent).toContain('Ready');
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 3_000 }]);
    await rerender(<ProgressBar containerId={other} />);
    expect(container.textContent).not.toContain('Ready');
    await pass(8_000);
    expect(container.textContent).toContain('%');
  });
});

test('`staleTime: 0` reads once more when it is mounted again', async () => {
  const { world, id } = worldWith(1_000);
  const { unmount } = await mount(hooks[0] as (typeof hooks)[number], world, id);
  await pass(10_000);
  await unmount();
  const before = world.reads().length;
  await mount(hooks[0] as (typeof hooks)[number], world, id, { staleTime: 0 });
  await pass(3_000);
  expect(world.reads().length).toBe(before + 1);
});

test.each([
  { what: 'unmounted', leave: async (unmount: () => Promise<void>) => unmount() },
  { what: 'hidden', leave: async () => hidePage() },
])('what is $what is not read', async ({ leave }) => {
  for (const hook of hooks) {
    const { world, id } = worldWith();
    const { unmount } = await mount(hook, world, id);
    await pass(5_000);
    await leave(unmount);
    const before = world.reads().length;
    expect(before).toBeGreaterThan(0);
    await pass(600_000);
    expect(`${hook.name} ${world.reads().length}`).toBe(`${hook.name} ${before}`);
    await cleanup();
    showPage();
  }
});

test('a poll without news renders nothing, in either hook', async () => {
  const world = createWorld();
  const id = world.simulator.addContainer({
    createdAt: Date.now() - 60_000,
    generation: { outcome: 'stalled', endsAt: 0.01, eta: 'none', queuedMs: 0 },
  });
  let renders = 0;
  await renderHook(
    () => {
      renders += 1;
      return [useContainer(id).data, useContainerProgress(id).data?.stage, useContainerList(world.projectId).data];
    },
    { wrapper: world.wrapper },
  );
  await pass(20_000);
  const [before, reads] = [renders, world.reads().length];
  await pass(20_000);
  expect(world.reads().length).toBeGreaterThan(reads + 2);
  expect(renders).toBe(before);
});

function Reads({ hook, world, id }: { hook: (typeof hooks)[number]; world: World; id: string }) {
  const { data } = hook.useRead(world, id, { throwOnError: true });
  return <output>{(data as Container | undefined)?.id}</output>;
}

class Boundary extends Component<{ children: ReactNode }, { error: { code?: string } | null }> {
  override state = { error: null as { code?: string } | null };
  static getDerivedStateFromError(error: { code?: string }) {
    return { error };
  }
  override render() {
    return this.state.error ? <b>{this.state.error.code}</b> : this.props.children;
  }
}
