import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ReadBudget } from '../../../src/client/reads/readBudget.js';
import { ReadGate } from '../../../src/client/reads/readGate.js';
import { monotonicNow } from '../../../src/internal/monotonicNow.js';
import {
  type Container,
  containerOptions,
  containerProgressOptions,
  createLayersClient,
  type LayersClientOptions,
} from '../../../src/core.js';
import { createSimulator, type SimulatorOptions } from '../../../src/testing.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function pass(milliseconds: number): Promise<void> {
  for (let left = milliseconds; left > 0; left -= 250) {
    await vi.advanceTimersByTimeAsync(Math.min(250, left));
    await new Promise(setImmediate);
  }
}

let scenes = 0;

function scene(options: SimulatorOptions = {}, client: Partial<LayersClientOptions> = {}) {
  scenes += 1;
  const simulator = createSimulator({ tier: 'off', ...options });
  const layers = createLayersClient({ baseUrl: `https://faults-${scenes}.invalid`, fetch: simulator.fetch, ...client });
  const queryClient = new QueryClient();
  const observe = (options: unknown, cache = queryClient) => {
    const observer = new QueryObserver(cache, options as never) as QueryObserver<Container, Error>;
    return { observer, stop: observer.subscribe(() => {}), data: () => observer.getCurrentResult().data };
  };
  return { simulator, client: layers, queryClient, observe, container: (id: string) => observe(containerOptions(layers, id)) };
}

const long = { queuedMs: 0, stages: [{ stage: 'generating_visuals', durationMs: 600_000 }] } as const;

describe('a finished container whose next read fails', () => {
  test.each([
    [{ kind: 'html', status: 500 } as const, 8],
    [{ kind: 'status', status: 404 } as const, 1],
    [{ kind: 'status', status: 503, retryAfter: '30' } as const, 3],
  ])('%o is not asked for in a loop', async (fault, most) => {
    const { simulator, container } = scene();
    const { observer, data } = container(simulator.addContainer({ state: 'completed' }));
    await pass(1_000);
    simulator.setFaults([fault]);
    simulator.clearRequests();
    void observer.refetch();
    await pass(60_000);
    expect(simulator.requests.length).toBeGreaterThanOrEqual(1);
    expect(simulator.requests.length).toBeLessThanOrEqual(most);
    expect(data()?.status).toBe('completed');
  });
});

describe('who left the list of what is in flight', () => {
  test('and whose record cannot be read is asked for more and more rarely', async () => {
    const { simulator, container } = scene();
    const ids = Array.from({ length: 3 }, () => simulator.addContainer({ generation: long }));
    for (const id of ids) container(id);
    await pass(5_000);
    simulator.finish(ids[0] as string);
    simulator.setFaults([{ kind: 'html', status: 500, match: /content\/[^/]+$/ }]);
    simulator.clearRequests();
    await pass(60_000);
    const details = simulator.requests.filter(({ path }) => path.endsWith(ids[0] as string));
    expect(details.length).toBeGreaterThanOrEqual(2);
    expect(details.length).toBeLessThanOrEqual(8);
  });

  test('because its status is a word of a newer server is read by itself, slowly', async () => {
    const { simulator, client, container } = scene();
    const ids = Array.from({ length: 6 }, () => simulator.addContainer({ generation: long }));
    for (const id of ids) {
      client.reads.visibility.show(id.replace('cnt_', ''), {}, false);
      container(id);
    }
    await pass(5_000);
    simulator.setFaults([
      { kind: 'unknown-status', match: /content\/[^/]+$/ },
      { kind: 'unknown-status', match: /status=queued/ },
    ]);
    for (const id of ids) simulator.finish(id);
    await pass(20_000);
    simulator.clearRequests();
    await pass(60_000);
    expect(simulator.requests.length).toBeLessThanOrEqual(6 * 12 + 31);
  });

  test('a list that is refused for a while is swept again later', async () => {
    const { simulator, container } = scene();
    const ids = Array.from({ length: 3 }, () =>
      simulator.addContainer({ generation: { ...long, stages: [{ stage: 'generating_visuals', durationMs: 3_000_000 }] } }),
    );
    simulator.setFaults([{ kind: 'status', status: 401, match: /projects/, times: 1 }]);
    for (const id of ids) container(id);
    await pass(20_000);
    simulator.clearRequests();
    await pass(360_000);
    expect(simulator.requests.filter(({ path }) => path.includes('/projects/')).length).toBeGreaterThan(5);
  });
});

describe('many who look at one container', () => {
  test('one that asks for no reads does not stop another that does', async () => {
    const { simulator, client, container, observe } = scene();
    const id = simulator.addContainer({ generation: long });
    container(id);
    const still = observe(containerOptions(client, id, { refetchInterval: false }));
    await pass(10_000);
    expect(simulator.requests.length).toBeGreaterThan(3);
    still.stop();
    simulator.clearRequests();
    await pass(10_000);
    expect(simulator.requests.length).toBeGreaterThan(2);
  });

  test('data that was given at the start is read on like any other', async () => {
    const { simulator, client, observe } = scene();
    const id = simulator.addContainer({ generation: long });
    const initialData = await client.getContainer(id);
    const { data } = observe({ ...containerOptions(client, id), initialData });
    simulator.finish(id);
    await pass(8_000);
    expect(data()?.status).toBe('completed');
  });

  test('two caches of one page are both kept, by one read', async () => {
    const { simulator, client, observe } = scene();
    const id = simulator.addContainer({ generation: long });
    const one = observe(containerOptions(client, id), new QueryClient());
    const other = observe(containerOptions(client, id), new QueryClient());
    await pass(11_000);
    expect(simulator.requests.length).toBeLessThanOrEqual(7);
    simulator.finish(id);
    await pass(4_000);
    expect([one.data()?.status, other.data()?.status]).toEqual(['completed', 'completed']);
  });

  test('asking again while a read is under way asks for something newer', async () => {
    const { simulator, client, queryClient, container } = scene({ faults: [{ kind: 'latency', latencyMs: 2_000 }] });
    const id = simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    const { data } = container(id);
    const { queryKey } = containerOptions(client, id);
    await pass(3_000);
    void queryClient.invalidateQueries({ queryKey });
    await pass(1_000);
    simulator.decide(id, 'approved');
    void queryClient.invalidateQueries({ queryKey });
    await pass(5_000);
    expect(data()?.approvalStatus).toBe('approved');
    expect(simulator.requests).toHaveLength(3);
  });
});

test('a container that is made anew in its place is followed again, and its record read again when it ends', async () => {
  const { simulator, client, observe } = scene(
    { edition: 'legacy', generation: { ...long, stages: [{ stage: 'generating_visuals', durationMs: 8_000 }] } },
    { edition: 'legacy' },
  );
  const id = simulator.addContainer({ state: 'completed', createdAt: Date.now() - 600_000 });
  const record = observe(containerOptions(client, id));
  const progress = observe(containerProgressOptions(client, id));
  await pass(1_000);
  const first = record.data()?.completedAt;
  await client.regenerate(id);
  await pass(3_000);
  expect(progress.data()?.status).toBe('processing');
  expect(record.data()?.status).toBe('processing');
  await pass(15_000);
  expect(progress.data()?.status).toBe('completed');
  expect(record.data()?.completedAt).not.toBe(first);
});

test('on a server, two people who ask for the same at once get each their own answer', async () => {
  let person = '';
  const client = createLayersClient({
    baseUrl: 'https://people.invalid',
    headers: () => ({ 'x-person': person }),
    fetch: async (_, { headers }) => {
      await new Promise(setImmediate);
      return Response.json({ id: 'cnt_1', status: 'completed', caption: (headers as Record<string, string>)['x-person'] });
    },
  });
  person = 'Ana';
  const ana = client.getContainer('cnt_1');
  await Promise.resolve();
  person = 'Bo';
  const bo = client.getContainer('cnt_1');
  expect([(await ana).caption, (await bo).caption]).toEqual(['Ana', 'Bo']);
});

test('what waited through a pause leaves one by one, also what a person asked for', async () => {
  const budget = new ReadBudget(96);
  const gate = new ReadGate(budget);
  budget.hear({ status: 429, retryAfterMs: 7_000, limit: null, remaining: null }, monotonicNow());
  const from = Date.now();
  const left: number[] = [];
  for (let read = 0; read < 50; read += 1)
    void gate
      .enter(() => 'asked')
      .then(() => {
        left.push(Date.now() - from);
      });
  await pass(120_000);
  expect(left).toHaveLength(50);
  expect(Math.min(...left)).toBeGreaterThanOrEqual(7_000);
  expect(Math.min(...left.slice(1).map((at, index) => at - (left[index] as number)))).toBeGreaterThan(500);
});
