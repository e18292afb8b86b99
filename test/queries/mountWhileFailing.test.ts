import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { beforeEach, expect, test, vi } from 'vitest';
import {
  containerListOptions,
  containerOptions,
  containerProgressOptions,
  createLayersClient,
  jobOptions,
  type LayersClient,
} from '../../src/core.js';
import { createSimulator } from '../../src/testing.js';
import { stopTime } from '../support/time.js';

beforeEach(() => {
  stopTime();
});

interface World {
  client: LayersClient;
  projectId: string;
  id: string;
  jobId: string;
}

/** `retries`: whether a single query reads it again by itself. */
const reads: Record<string, { options: (world: World) => object; retries: boolean }> = {
  container: { options: ({ client, id }) => containerOptions(client, id), retries: true },
  progress: { options: ({ client, id }) => containerProgressOptions(client, id), retries: true },
  job: { options: ({ client, jobId }) => jobOptions(client, jobId), retries: true },
  // Lists are refreshed by the hook.
  list: { options: ({ client, projectId }) => containerListOptions(client, projectId), retries: false },
};

test.each(Object.entries(reads))('what mounts while a %s fails waits for the backoff', async (_, { options, retries }) => {
  const simulator = createSimulator({ seed: 3, generation: { stages: [{ stage: 'generating_visuals', durationMs: 600_000 }] } });
  const [projectId = ''] = simulator.projectIds;
  const id = simulator.addContainer();
  const client = createLayersClient({ baseUrl: 'https://layers.invalid', fetch: simulator.fetch });
  const queryClient = new QueryClient();
  queryClient.mount();
  const world = { client, projectId, id, jobId: simulator.jobId(id) ?? '' };
  const mount = () => {
    const observer = new QueryObserver(queryClient, options(world) as never);
    observer.subscribe(() => {});
    return observer;
  };
  const first = mount();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(first.getCurrentResult().data).toBeDefined();
  simulator.setFaults([{ kind: 'status', status: 500 }]);
  if (!retries) await first.refetch();
  await vi.advanceTimersByTimeAsync(100_000);
  expect(first.getCurrentResult().status).toBe('error');
  const before = simulator.requests.length;
  const second = mount();
  await vi.advanceTimersByTimeAsync(0);
  expect(second.getCurrentResult()).toMatchObject({ status: 'error', fetchStatus: 'idle' });
  expect(simulator.requests).toHaveLength(before);
  // A person doesn't wait.
  simulator.setFaults([]);
  await second.refetch();
  expect(first.getCurrentResult().status).toBe('success');
  client.close();
  queryClient.clear();
  queryClient.unmount();
});
