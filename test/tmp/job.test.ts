import { environmentManager, QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { createLayersClient, jobOptions } from '../../src/core.js';
import { createSimulator } from '../../src/testing.js';
environmentManager.setIsServer(() => false);
vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
const settle = () => new Promise<void>((r) => setImmediate(r));
const tick = async (ms: number) => { for (let t = 0; t < ms; t += 50) { await vi.advanceTimersByTimeAsync(50); await settle(); } };
test('job', async () => {
  const simulator = createSimulator({ tier: 'off' });
  const queryClient = new QueryClient();
  const client = createLayersClient({ baseUrl: 'https://api.invalid', fetch: simulator.fetch });
  const id = simulator.addContainer();
  const o = new QueryObserver(queryClient, jobOptions(client, simulator.jobId(id) as string) as never);
  o.subscribe(() => {});
  await tick(20_000);
  console.log(simulator.requests.map(({ at, path, status }) => `${at % 100000} ${path} ${status}`), o.getCurrentResult().data);
  console.log((client.schedule as any).freshness(id));
});
