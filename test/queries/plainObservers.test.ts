import { MutationObserver, QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { approvalOptions, type Container, containerOptions, containerProgressOptions, createLayersClient } from '../../src/core.js';
import { createSimulator } from '../../src/testing.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A client without a provider, as in Vue, Svelte or no framework at all. */
function setup(name: string) {
  const simulator = createSimulator({ tier: 'off', generation: { queuedMs: 0 } });
  const client = createLayersClient({ baseUrl: `https://${name}.invalid`, fetch: simulator.fetch });
  return { simulator, client, queryClient: new QueryClient() };
}

test('a refused approval is pending again for observers that were created before anything was fetched', async () => {
  const { simulator, client, queryClient } = setup('plain-refused');
  const id = simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
  const observer = new QueryObserver<Container>(queryClient, containerOptions(client, id) as never);
  const stop = observer.subscribe(() => {});
  await vi.advanceTimersByTimeAsync(2_000);
  simulator.setFaults([
    { kind: 'status', status: 403, match: /approve/ },
    { kind: 'latency', latencyMs: 500, match: /approve/ },
  ]);
  const refused = new MutationObserver(queryClient, approvalOptions(client, queryClient, id)).mutate({ decision: 'approve' }).catch(String);
  await vi.advanceTimersByTimeAsync(200);
  expect(observer.getCurrentResult().data).toMatchObject({ approvalStatus: 'approved', rawApprovalStatus: 'pending' });
  await vi.advanceTimersByTimeAsync(3_000);
  await refused;
  expect(observer.getCurrentResult().data).toMatchObject({ approvalStatus: 'pending', rawApprovalStatus: 'pending' });
  stop();
  client.close();
});

test('one that is made again elsewhere is read in flight after a refetch of its record', async () => {
  const { simulator, client, queryClient } = setup('plain-again');
  const id = simulator.addContainer({ state: 'completed' });
  const observer = new QueryObserver<Container>(queryClient, containerOptions(client, id) as never);
  const progress = new QueryObserver(queryClient, containerProgressOptions(client, id) as never);
  const stops = [observer.subscribe(() => {}), progress.subscribe(() => {})];
  await vi.advanceTimersByTimeAsync(5_000);
  expect(observer.getCurrentResult().data?.status).toBe('completed');
  const elsewhere = createLayersClient({ baseUrl: 'https://plain-elsewhere.invalid', fetch: simulator.fetch });
  await Promise.all([elsewhere.regenerate(id), vi.advanceTimersByTimeAsync(1_000)]);
  void observer.refetch();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(observer.getCurrentResult().data?.status).toBe('processing');
  for (const stop of stops) stop();
  elsewhere.close();
  client.close();
});
