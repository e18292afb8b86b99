import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { createLayersClient, type LayersClient, LayersProvider, useContainerProgress, useJob } from '../../src/index.js';
import { createSimulator } from '../../src/testing.js';
import { stopTime } from '../support/time.js';
import { until } from '../support/until.js';
import { shortLife } from '../support/world.js';
import { tickTabs } from '../truth/tabs.js';

beforeEach(() => {
  stopTime();
});

afterEach(async () => {
  await cleanup();
  vi.useRealTimers();
});

function Status({ id }: { id: string }) {
  return <output>{useContainerProgress(id).data?.status ?? 'none'}</output>;
}

const tab = (client: LayersClient, id: string, queryClient = new QueryClient()) => (
  <LayersProvider client={client} queryClient={queryClient}>
    <Status id={id} />
  </LayersProvider>
);

function JobStatus({ id }: { id: string }) {
  return <output>{useJob(id).data?.status ?? 'none'}</output>;
}

/** Lets time go by, 20 ms a look, until a check passes. */
const soon = (check: () => void) =>
  until(async () => {
    await tickTabs(20);
    check();
  });

function setup(name: string) {
  const simulator = createSimulator({ tier: 'off' });
  const id = simulator.addContainer({ generation: { ...shortLife(600_000), queuedMs: 0 } });
  const open = () => createLayersClient({ baseUrl: `https://${name}.invalid`, fetch: simulator.fetch, shareTabs: true });
  return { simulator, id, open };
}

test('two tabs read what both show once, and each shows it', async () => {
  const { simulator, id, open } = setup('tabs-once');
  const [one, other] = [open(), open()];
  const first = await render(tab(one, id));
  await soon(() => expect(first.container.textContent).toBe('processing'));
  simulator.clearRequests();
  const second = await render(tab(other, id));
  await soon(() => expect(second.container.textContent).toBe('processing'));
  const before = simulator.requests.length;
  await tickTabs(10_000);
  expect(simulator.requests.length - before).toBeGreaterThanOrEqual(4);
  expect(simulator.requests.length - before).toBeLessThanOrEqual(6);
  one.close();
  other.close();
});

describe('a second tab has what the first one knows of what has ended', () => {
  test('of a job as of its container, without a read', async () => {
    const { simulator, id, open } = setup('tabs-ended');
    simulator.finish(id);
    const [one, other] = [open(), open()];
    const page = (client: LayersClient) => (
      <LayersProvider client={client} queryClient={new QueryClient()}>
        <JobStatus id={simulator.jobId(id) ?? ''} />
        <Status id={id} />
      </LayersProvider>
    );
    const first = await render(page(one));
    await soon(() => expect(first.container.textContent).toBe('completedcompleted'));
    simulator.clearRequests();
    const second = await render(page(other));
    await tickTabs(1_000);
    expect(second.container.textContent).toBe('completedcompleted');
    expect(simulator.requests).toEqual([]);
    one.close();
    other.close();
  });

  test('also where the first one has had another cache before', async () => {
    const { simulator, id, open } = setup('tabs-caches');
    simulator.finish(id);
    const [one, other] = [open(), open()];
    const before = await render(tab(one, simulator.addContainer({ generation: shortLife(600_000) })));
    await tickTabs(1_000);
    await before.unmount();
    const first = await render(tab(one, id));
    await soon(() => expect(first.container.textContent).toBe('completed'));
    simulator.clearRequests();
    const second = await render(tab(other, id));
    await tickTabs(1_000);
    expect(second.container.textContent).toBe('completed');
    expect(simulator.requests).toEqual([]);
    one.close();
    other.close();
  });
});

test('a tab whose leader is silent reads for itself after 5 s, though nothing happens in it', async () => {
  const { simulator, id, open } = setup('tabs-silent');
  const client = open();
  // A page that was frozen keeps its place.
  let release = () => {};
  const held = new Promise<void>((granted) => {
    void navigator.locks.request(`layers-react tabs ${client.connection}`, () => {
      granted();
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    });
  });
  await held;
  onTestFinished(() => {
    client.close();
    release();
  });
  const { container } = await render(tab(client, id));
  await tickTabs(4_500);
  expect(simulator.requests).toHaveLength(0);
  await tickTabs(1_500);
  expect(container.textContent).toBe('processing');
  // And the record once, which says when it began.
  expect(simulator.requests.map(({ path }) => path.replace(id, 'id'))).toEqual(['/v1/content/id/progress', '/v1/content/id']);
});

test('a client that is rendered with and never mounted takes no place among the tabs', async () => {
  const { simulator, id, open } = setup('tabs-dropped');
  const places = async () => {
    const { held = [], pending = [] } = await navigator.locks.query();
    return [...held, ...pending].filter(({ name }) => name?.includes('tabs-dropped')).length;
  };
  const { container, rerender } = await render(
    <LayersProvider client={open()} queryClient={new QueryClient()}>
      <Suspended />
    </LayersProvider>,
  );
  expect(await places()).toBe(0);
  const client = open();
  await rerender(tab(client, id));
  await soon(() => expect(container.textContent).toBe('processing'));
  expect(await places()).toBe(1);
  expect(simulator.requests.length).toBeGreaterThan(0);
  client.close();
});

const never = new Promise<void>(() => {});

function Suspended(): never {
  throw never;
}
