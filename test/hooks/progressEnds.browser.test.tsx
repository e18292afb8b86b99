import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, render, renderHook } from 'vitest-browser-react';
import {
  type ContainerProgress,
  LayersProvider,
  ProgressBar,
  type ProgressHistory,
  useCompletionNotification,
  useContainerProgress,
  useTitleProgress,
} from '../../src/index.js';
import { progress, progressOf } from '../../stories/support/progress.js';
import { hidePage, showPage } from '../support/page.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife } from '../support/world.js';

beforeEach(() => {
  stopTime();
});

afterEach(async () => {
  await cleanup();
  showPage();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const ending = () => vi.fn<(progress: ContainerProgress) => void>();

describe('onComplete and onFail', () => {
  test('are called once for an end by each component and hook that was given them, in StrictMode', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(8_000) });
    const [first, second, hook, onFail] = [ending(), ending(), ending(), ending()];
    function Hook() {
      useContainerProgress(id, { onComplete: hook, onFail });
      return null;
    }
    await render(
      <StrictMode>
        <ProgressBar containerId={id} onComplete={first} onFail={onFail} />
        <ProgressBar containerId={id} onComplete={second} onFail={onFail} />
        <Hook />
      </StrictMode>,
      { wrapper: world.wrapper },
    );
    await pass(15_000);
    for (const onComplete of [first, second, hook]) expect(onComplete.mock.calls.map(([{ status }]) => status)).toEqual(['completed']);
    expect(onFail).not.toHaveBeenCalled();
  });

  test('tell a failure to onFail', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: { ...shortLife(8_000), outcome: 'failed', endsAt: 0.5 } });
    const [onComplete, onFail] = [ending(), ending()];
    await render(<ProgressBar containerId={id} onComplete={onComplete} onFail={onFail} />, { wrapper: world.wrapper });
    await pass(15_000);
    expect(onFail).toHaveBeenCalledTimes(1);
    expect(onComplete).not.toHaveBeenCalled();
  });

  test('are not called for one that had ended, on mount, on remount, or by a component that has just come', async () => {
    const world = createWorld();
    const old = world.simulator.addContainer({ state: 'completed' });
    const id = world.simulator.addContainer({ generation: shortLife(8_000) });
    const onComplete = ending();
    const bars = (key: string) => (
      <div key={key}>
        <ProgressBar containerId={old} onComplete={onComplete} />
        <ProgressBar containerId={id} onComplete={onComplete} />
      </div>
    );
    const screen = await render(bars('first'), { wrapper: world.wrapper });
    await pass(4_000);
    await screen.rerender(bars('second'));
    await pass(12_000);
    expect(onComplete).toHaveBeenCalledTimes(1);
    await screen.rerender(bars('third'));
    await pass(4_000);
    expect(onComplete).toHaveBeenCalledTimes(1);
  });

  test('reach a component that the end itself takes away', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(8_000) });
    const onComplete = ending();
    function UntilTheEnd() {
      const { data } = useContainerProgress(id);
      return data?.isTerminal ? null : <ProgressBar containerId={id} onComplete={onComplete} />;
    }
    const screen = await render(<UntilTheEnd />, { wrapper: world.wrapper });
    await pass(15_000);
    expect(screen.container.querySelector('.layers-ProgressBar')).toBeNull();
    expect(onComplete).toHaveBeenCalledTimes(1);
  });

  test('are told by a bar of plain data too, and not of an old end', async () => {
    const startedAt = Date.now();
    const onComplete = ending();
    const screen = await render(<ProgressBar progress={{ ...progress.running, startedAt }} onComplete={onComplete} />);
    await screen.rerender(<ProgressBar progress={{ ...progress.completed, startedAt }} onComplete={onComplete} />);
    await pass(10);
    expect(onComplete).toHaveBeenCalledTimes(1);
    await render(<ProgressBar progress={{ ...progress.completed, startedAt: startedAt + 1 }} onComplete={onComplete} />);
    await pass(10);
    expect(onComplete).toHaveBeenCalledTimes(1);
  });
});

describe('what is learned', () => {
  test('is told once for each completed life, and a client that is given it knows a share without an ETA', async () => {
    const world = createWorld();
    const generation = { ...shortLife(10_000), eta: 'none' } as const;
    const id = world.simulator.addContainer({ generation });
    const onProgressHistory = vi.fn<(history: ProgressHistory) => void>();
    await render(
      <StrictMode>
        <LayersProvider client={world.client} queryClient={world.queryClient} onProgressHistory={onProgressHistory}>
          <ProgressBar containerId={id} />
          <ProgressBar containerId={id} />
        </LayersProvider>
      </StrictMode>,
    );
    await pass(20_000);
    // Once more where its format, which only the record tells, comes after the end.
    expect(onProgressHistory).toHaveBeenCalledTimes(2);
    const history = onProgressHistory.mock.lastCall?.[0];
    const [life, ...others] = Object.values(history?.formats ?? {}).flat();
    expect(others).toEqual([]);
    expect(Object.keys(history?.formats ?? {})).not.toContain('');
    expect(life?.stages).toEqual(expect.arrayContaining(['generating_visuals', 'finalizing']));

    const share = async (kept: ProgressHistory | null) => {
      const other = createWorld();
      const next = other.simulator.addContainer({ generation });
      const { result } = await renderHook(() => useContainerProgress(next), {
        wrapper: ({ children }) => (
          <LayersProvider client={other.client} queryClient={other.queryClient} progressHistory={kept}>
            {children}
          </LayersProvider>
        ),
      });
      await pass(6_000);
      return result.current.data;
    };
    expect(await share(history ?? null)).toMatchObject({ basis: 'history', percent: expect.any(Number) as number });
    expect((await share(null))?.basis).not.toBe('history');
    expect((await share('nonsense' as never))?.status).toBe('processing');
  });
});

describe('useTitleProgress', () => {
  test('shows the share in the title, the mean of several, and gives the title back', async () => {
    document.title = 'Library';
    const first = await renderHook(({ percent = 0 }: { percent?: number } = {}) => useTitleProgress(progressOf({ percent })), {
      initialProps: { percent: 40 },
    });
    expect(document.title).toBe('40% · Library');
    const second = await renderHook(() => useTitleProgress(progressOf({ percent: 60.9 })));
    expect(document.title).toBe('50% · Library');
    document.title = 'Other page';
    await first.rerender({ percent: 50 });
    expect(document.title).toBe('55% · Other page');
    await second.unmount();
    expect(document.title).toBe('50% · Other page');
    await first.unmount();
    expect(document.title).toBe('Other page');
  });

  test('follows a container, and needs a provider for that alone', async () => {
    document.title = 'Library';
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: { ...shortLife(60_000), queuedMs: 0 } });
    await renderHook(() => useTitleProgress(id), { wrapper: world.wrapper });
    await pass(20_000);
    expect(document.title).toMatch(/^\d+% · Library$/);
    await pass(50_000);
    expect(document.title).toBe('Library');
  });
});

describe('useCompletionNotification', () => {
  const stub = (permission: NotificationPermission) => {
    const shown: [string, NotificationOptions | undefined][] = [];
    class FakeNotification {
      static permission = permission;
      static requestPermission = async () => {
        FakeNotification.permission = 'granted';
        return 'granted' as const;
      };
      onclick: (() => void) | null = null;
      close() {}
      constructor(title: string, options?: NotificationOptions) {
        shown.push([title, options]);
      }
    }
    vi.stubGlobal('Notification', FakeNotification);
    return shown;
  };

  test('tells once of a long job that ends in a hidden page, after the person has agreed: it is read once a minute for that', async () => {
    const shown = stub('default');
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(600_000) });
    const hook = await renderHook(
      () => {
        useCompletionNotification(id);
        return useCompletionNotification(id);
      },
      { wrapper: world.wrapper },
    );
    expect(hook.result.current.permission).toBe('default');
    await hook.act(() => hook.result.current.request());
    expect(hook.result.current.permission).toBe('granted');
    await pass(10_000);
    hidePage();
    const before = world.reads().length;
    await pass(580_000);
    expect(shown).toEqual([]);
    await pass(80_000);
    expect(shown).toEqual([['Ready', { tag: `layers ${id}` }]]);
    const spent = world.reads().length - before;
    expect(spent).toBeGreaterThanOrEqual(9);
    expect(spent).toBeLessThanOrEqual(11);
    await pass(600_000);
    expect(world.reads()).toHaveLength(before + spent);
  });

  test('before the person has agreed, a hidden page reads nothing', async () => {
    stub('default');
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(600_000) });
    await renderHook(() => useCompletionNotification(id), { wrapper: world.wrapper });
    await pass(10_000);
    hidePage();
    const before = world.reads().length;
    await pass(700_000);
    expect(world.reads()).toHaveLength(before);
  });

  test.each([
    ['the page is seen', 'granted', 60_000, false],
    ['the job was short', 'granted', 15_000, true],
    ['the person has not agreed', 'denied', 60_000, true],
  ] as const)('keeps silent when %s', async (_, permission, durationMs, hides) => {
    const shown = stub(permission);
    const world = createWorld();
    world.client.schedule.setPageVisible(true);
    const id = world.simulator.addContainer({ generation: shortLife(durationMs) });
    const hook = await renderHook(() => [useCompletionNotification(id), useContainerProgress(id).data?.status] as const, {
      wrapper: world.wrapper,
    });
    if (hides) hidePage();
    await pass(80_000);
    expect(hook.result.current[1]).toBe('completed');
    expect(shown).toEqual([]);
  });
});
