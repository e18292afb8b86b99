import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Container, containerOptions, containerProgressOptions, createLayersClient, type LayersClient } from '../../../src/core.js';
import { createSimulator, type Simulator, type SimulatorOptions } from '../../../src/testing.js';

/** A client as another tab of the origin would have it: Web Locks and BroadcastChannel do not tell a tab from a second client of one page. */
interface Tab {
  client: LayersClient;
  queryClient: QueryClient;
  reads: string[];
  follow(id: string, what: 'progress' | 'container'): () => Container | { status: string } | undefined;
  hide(): void;
  show(): void;
  close(): void;
}

let tabs: Tab[] = [];
let origins = 0;

function open(simulator: Simulator, origin: number, scope = ''): Tab {
  const reads: string[] = [];
  const fetch = (input: string, init: RequestInit) => {
    reads.push(new URL(input).pathname);
    return simulator.fetch(input, init);
  };
  const client = createLayersClient({ baseUrl: `https://origin-${origin}.invalid`, fetch, shareTabs: true, scope });
  const queryClient = new QueryClient();
  const stops: (() => void)[] = [];
  const tab: Tab = {
    client,
    queryClient,
    reads,
    follow: (id, what) => {
      const options = what === 'progress' ? containerProgressOptions(client, id) : containerOptions(client, id);
      const observer = new QueryObserver(queryClient, options as never) as QueryObserver<Container, Error>;
      stops.push(observer.subscribe(() => {}));
      return () => observer.getCurrentResult().data;
    },
    hide: () => client.schedule.setPageVisible(false),
    show: () => client.schedule.setPageVisible(true),
    close: () => {
      for (const stop of stops) stop();
      client.reads.close();
    },
  };
  tabs.push(tab);
  return tab;
}

function origin(options: SimulatorOptions = {}) {
  origins += 1;
  const number = origins;
  const simulator = createSimulator({ tier: 'off', faults: [{ kind: 'latency', latencyMs: 20 }], ...options });
  return { simulator, open: (scope?: string) => open(simulator, number, scope) };
}

afterEach(() => {
  for (const tab of tabs) tab.close();
  tabs = [];
});

const life = { queuedMs: 0, stages: [{ stage: 'generating_visuals', durationMs: 600_000 }] };
const passed = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('tabs of one origin', () => {
  test('one of them reads, and all of them know', async () => {
    const { simulator, open: openTab } = origin();
    const id = simulator.addContainer({ generation: life });
    const opened = Array.from({ length: 5 }, () => openTab());
    const shown = opened.map((tab) => tab.follow(id, 'progress'));
    await vi.waitFor(() => expect(shown.every((data) => data()?.status === 'processing')).toBe(true), { timeout: 3_000 });
    await passed(4_500);
    expect(opened.filter((tab) => tab.reads.length > 0)).toHaveLength(1);
    expect(simulator.requests.length).toBeLessThanOrEqual(4);
    simulator.finish(id);
    await vi.waitFor(() => expect(shown.every((data) => data()?.status === 'completed')).toBe(true), { timeout: 4_000 });
    expect(simulator.requests.length).toBeLessThanOrEqual(6);
  });

  test.each(['close', 'hide'] as const)('when the reader goes (%s) another takes over within 2 s', async (go) => {
    const { simulator, open: openTab } = origin();
    const id = simulator.addContainer({ generation: life });
    const first = openTab();
    first.follow(id, 'container');
    await vi.waitFor(() => expect(first.reads.length).toBe(1));
    const second = openTab();
    const shown = second.follow(id, 'container');
    await vi.waitFor(() => expect(shown()?.status).toBe('processing'));
    expect(second.reads).toHaveLength(0);
    first[go]();
    simulator.finish(id);
    await vi.waitFor(() => expect(shown()?.status).toBe('completed'), { timeout: 2_900 });
    expect(second.reads.length).toBeGreaterThan(0);
  });

  test('what one tab waits for when the reader goes is read by the next', async () => {
    const { simulator, open: openTab } = origin({ faults: [{ kind: 'hang', match: /GET/, times: 1 }] });
    const id = simulator.addContainer({ state: 'completed' });
    const first = openTab();
    first.follow(id, 'container');
    await vi.waitFor(() => expect(first.reads.length).toBe(1));
    const second = openTab();
    const shown = second.follow(id, 'container');
    await passed(100);
    first.close();
    await vi.waitFor(() => expect(shown()?.status).toBe('completed'), { timeout: 2_000 });
  });

  test('a hidden tab that awaits an end hears of it from one that is seen, and reads nothing itself', async () => {
    const { simulator, open: openTab } = origin();
    const id = simulator.addContainer({ generation: life });
    const [seen, hidden] = [openTab(), openTab()];
    hidden.follow(id, 'progress');
    await vi.waitFor(() => expect(hidden.reads.length + seen.reads.length).toBe(1));
    const shown = hidden.follow(id, 'progress');
    hidden.client.reads.visibility.awaitEnd(id.replace(/^cnt_/, ''));
    hidden.hide();
    const before = hidden.reads.length;
    seen.follow(id, 'progress');
    await passed(2_500);
    simulator.finish(id);
    await vi.waitFor(() => expect(shown()?.status).toBe('completed'), { timeout: 4_000 });
    expect(hidden.reads.length).toBe(before);
  });

  test('an error of the reader is told to who waits for it', async () => {
    const { simulator, open: openTab } = origin();
    const known = simulator.addContainer({ state: 'completed' });
    const first = openTab();
    first.follow(known, 'container');
    await vi.waitFor(() => expect(first.reads.length).toBe(1));
    const second = openTab();
    await expect(second.client.getContainer('cnt_00000000-0000-4000-8000-000000000000')).rejects.toMatchObject({
      name: 'LayersError',
      code: 'NOT_FOUND',
      status: 404,
      requestId: expect.stringMatching(/^req_/),
    });
    expect(second.reads).toHaveLength(0);
  });

  test('what one tab decides the others do not undo', async () => {
    const { simulator, open: openTab } = origin();
    const id = simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    const reader = openTab();
    const shownByReader = reader.follow(id, 'container');
    await vi.waitFor(() => expect(shownByReader()?.status).toBe('completed'));
    const other = openTab();
    other.follow(id, 'container');
    await other.client.approve(id);
    const again = await other.client.getContainer(id);
    expect(again.approvalStatus).toBe('approved');
    await vi.waitFor(() => expect((shownByReader() as Container).approvalStatus).toBe('approved'));
  });

  test('a reader that hangs is not waited for', async () => {
    const { simulator, open: openTab } = origin();
    const id = simulator.addContainer({ state: 'completed' });
    const forever = new Promise<void>(() => {});
    const name = `layers-react https://origin-${origins}.invalid`;
    void navigator.locks.request(name, () => forever);
    await vi.waitFor(async () => expect((await navigator.locks.query()).held?.some((lock) => lock.name === name)).toBe(true));
    const tab = openTab();
    const shown = tab.follow(id, 'container');
    await vi.waitFor(() => expect(shown()?.status).toBe('completed'), { timeout: 3_000 });
  });

  test('where the browser refuses locks each tab reads for itself', async () => {
    const refuse = vi.spyOn(navigator.locks, 'request').mockRejectedValue(new DOMException('No.', 'SecurityError'));
    const { simulator, open: openTab } = origin();
    const id = simulator.addContainer({ state: 'completed' });
    const opened = [openTab(), openTab()];
    const shown = opened.map((tab) => tab.follow(id, 'container'));
    await vi.waitFor(() => expect(shown.every((data) => data()?.status === 'completed')).toBe(true));
    expect(opened.every((tab) => tab.reads.length === 1)).toBe(true);
    refuse.mockRestore();
  });

  test('another session hears nothing', async () => {
    const { simulator, open: openTab } = origin();
    const id = simulator.addContainer({ generation: life });
    const one = openTab('user-1');
    const other = openTab('user-2');
    one.follow(id, 'container');
    other.follow(id, 'container');
    await vi.waitFor(() => expect(one.reads.length + other.reads.length).toBe(2));
    expect([one.reads.length, other.reads.length]).toEqual([1, 1]);
  });

  test('a sweep of one tab answers for the containers of all', async () => {
    const { simulator, open: openTab } = origin();
    const ids = Array.from({ length: 6 }, () => simulator.addContainer({ generation: life }));
    const opened = Array.from({ length: 3 }, () => openTab());
    const shown = opened.flatMap((tab) => ids.map((id) => tab.follow(id, 'container')));
    await vi.waitFor(() => expect(shown.every((data) => data()?.status === 'processing')).toBe(true), { timeout: 6_000 });
    const before = simulator.requests.length;
    await passed(4_100);
    const reads = simulator.requests.slice(before);
    expect(reads.length).toBeLessThanOrEqual(3);
    expect(reads.every(({ path }) => path.includes('/projects/'))).toBe(true);
    expect(opened.filter((tab) => tab.reads.length > 0)).toHaveLength(1);
  });
});
