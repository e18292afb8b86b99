import { environmentManager, QueryClient, QueryObserver } from '@tanstack/react-query';
import { beforeEach, expect, test, vi } from 'vitest';
import { type AcceptedJob, containerOptions, containerProgressOptions, createLayersClient, jobOptions } from '../../src/core.js';
import { monotonicNow } from '../../src/internal/monotonicNow.js';
import type { Told } from '../../src/schedule/told.js';
import { createSimulator } from '../../src/testing.js';
import { stopTime } from '../support/time.js';

// TanStack Query behaves differently where it believes to be on a server.
environmentManager.setIsServer(() => false);

beforeEach(() => {
  stopTime();
});

function world() {
  const simulator = createSimulator({ tier: 'off', generation: { stages: [{ stage: 'generating_visuals', durationMs: 20_000 }] } });
  const client = createLayersClient({ baseUrl: 'https://first.invalid', scope: String(Math.random()), fetch: simulator.fetch });
  const queryClient = new QueryClient();
  queryClient.mount();
  const id = simulator.addContainer();
  const options = {
    record: containerOptions(client, id),
    progress: containerProgressOptions(client, id),
    job: jobOptions(client, simulator.jobId(id) ?? ''),
  };
  return { simulator, client, queryClient, id, options };
}

test.each(['record', 'progress', 'job'] as const)(
  'a %s that fails or is refused keeps its backoff while it is mounted again and again',
  async (kind) => {
    for (const [status, most] of [
      [503, 8],
      [404, 8],
      [401, 60],
    ] as const) {
      const { simulator, client, queryClient, options } = world();
      simulator.setFaults([{ kind: 'status', status }]);
      const mount = () => new QueryObserver(queryClient, options[kind] as never);
      for (let round = 0; round < 120; round += 1) {
        const stop = mount().subscribe(() => {});
        await vi.advanceTimersByTimeAsync(500);
        stop();
        await vi.advanceTimersByTimeAsync(500);
      }
      expect(simulator.requests.length).toBeGreaterThanOrEqual(1);
      expect(simulator.requests.length).toBeLessThanOrEqual(most);
      const before = simulator.requests.length;
      simulator.setFaults([]);
      const observer = mount();
      const stop = observer.subscribe(() => {});
      await vi.advanceTimersByTimeAsync(0);
      const again = observer.refetch();
      await vi.advanceTimersByTimeAsync(2_000);
      expect((await again).status).toBe('success');
      expect(simulator.requests.length).toBeGreaterThan(before);
      stop();
      client.close();
    }
  },
);

test('a query function of the host is called once, also where nothing connects the cache', async () => {
  const { client, queryClient, options } = world();
  const queryFn = vi.fn(async () => queryClient.getQueryData(options.record.queryKey) ?? null);
  const stop = new QueryObserver(queryClient, { ...options.record, queryFn } as never).subscribe(() => {});
  await vi.advanceTimersByTimeAsync(5_000);
  expect(queryFn).toHaveBeenCalledTimes(1);
  stop();
  client.close();
});

test('data that was in the cache before anything was mounted is polled to its end', async () => {
  const { client, queryClient, options } = world();
  const first = await queryClient.fetchQuery(options.progress);
  const other = new QueryClient();
  other.setQueryData(options.progress.queryKey, JSON.parse(JSON.stringify(queryClient.getQueryData(options.progress.queryKey))));
  expect(first.status).not.toBe('completed');
  const observer = new QueryObserver(other, options.progress);
  const stop = observer.subscribe(() => {});
  await vi.advanceTimersByTimeAsync(40_000);
  expect(observer.getCurrentResult().data?.status).toBe('completed');
  stop();
  client.close();
});

test.each([
  ['a decision that begins', 'decision'],
  ['an approval', 'approval'],
  ['a generation that had begun before', 'accepted'],
] as const)('%s, told before the first data, is no data and no failure', async (_, kind) => {
  const { client, queryClient, id, options } = world();
  const observer = new QueryObserver(queryClient, options.record as never);
  const statuses = new Set<string>();
  const stop = observer.subscribe(({ status }) => statuses.add(status));
  const job = { isReplay: true, containerIds: [id] } as AcceptedJob;
  const more = { status: 'approved', job, preserveAssets: false, isAgain: true };
  client.schedule.tell([{ kind, id, askedAt: monotonicNow(), ...more } as Told]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect([...statuses]).toEqual(['pending', 'success']);
  stop();
  client.close();
});
