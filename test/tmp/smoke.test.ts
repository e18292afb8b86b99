import { environmentManager, QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { createLayersClient } from '../../src/schedule/createLayersClient.js';
import { containerOptions } from '../../src/queries/containerOptions.js';
import { containerProgressOptions } from '../../src/queries/containerProgressOptions.js';
import { createSimulator } from '../../src/testing.js';

environmentManager.setIsServer(() => false);
vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
const settle = () => new Promise<void>((r) => setImmediate(r));
const tick = async (ms: number) => { for (let t = 0; t < ms; t += 50) { await vi.advanceTimersByTimeAsync(50); await settle(); } };

test.each([1, 2, 10, 50, 200, 1000])('%i in flight', async (n) => {
  const simulator = createSimulator({ tier: 'standard', seed: 5 });
  const started = Date.now();
  const queryClient = new QueryClient();
  queryClient.mount();
  const client = createLayersClient({ baseUrl: 'https://api.invalid', fetch: simulator.fetch });
  const lives = Array.from({ length: n }, (_, i) => {
    const total = 30_000 + ((i * 7919) % 90_000);
    return { id: simulator.addContainer({ createdAt: started, generation: { queuedMs: 0, stages: [{ stage: 'generating_visuals', durationMs: total * 0.8 }, { stage: 'finalizing', durationMs: total * 0.2 }], outcome: 'completed' } }), endsAt: started + total };
  });
  const first: number[] = []; const known: number[] = []; const knownP: number[] = []; let disagreements = 0;
  lives.forEach(({ id, endsAt }, index) => {
    client.schedule.show(id, {}, index < 10);
    const a = new QueryObserver(queryClient, containerOptions(client, id) as never);
    const b = new QueryObserver(queryClient, containerProgressOptions(client, id) as never);
    let f = false, k = false, kp = false;
    a.subscribe(({ data }: any) => {
      if (data && !f) { f = true; first.push(Date.now() - started); }
      if (data?.status === 'completed' && !k) { k = true; known.push(Date.now() - endsAt); }
      if (data && (b.getCurrentResult() as any).data && data.status !== (b.getCurrentResult() as any).data.status) disagreements++;
    });
    b.subscribe(({ data }: any) => { if (data?.status === 'completed' && !kp) { kp = true; knownP.push(Date.now() - endsAt); } });
  });
  const q = (v: number[], p: number) => [...v].sort((x, y) => x - y)[Math.min(v.length - 1, Math.floor(p * v.length))];
  await tick(150_000);
  const gets = simulator.requests.filter(({ method }) => method === 'GET');
  let busiest = 0; gets.forEach(({ at }, i) => { const c = gets.filter((r, j) => j <= i && r.at > at - 60_000).length; busiest = Math.max(busiest, c); });
  console.log(n, { first: [first.length, q(first, .5), q(first, .95)], known: [known.length, q(known, .5), q(known, .95)], knownP: [knownP.length, q(knownP, .5), q(knownP, .95)], disagreements, reads: gets.length, busiest, refused: gets.filter((r) => r.status === 429).length, lists: gets.filter((r) => /\/projects\//.test(r.path)).length, progress: gets.filter((r) => /progress/.test(r.path)).length });
  expect(known.length).toBe(n);
  queryClient.clear();
  client.close();
}, 120_000);
