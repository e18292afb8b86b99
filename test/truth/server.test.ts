import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLayersServer } from '../../src/server.js';
import { createSimulator } from '../../src/testing.js';
import { closePages, followRow, LATENCY, lasting, openPageOf, stopTime, tick } from './support.js';

vi.setConfig({ testTimeout: 120_000 });

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  closePages();
  vi.useRealTimers();
});

test('ten viewers of fifty containers, each with a client of its own: the API sees the budget, and each viewer learns every end soon', async () => {
  const apiKey = 'lp_live_of_the_house';
  const simulator = createSimulator({ apiKeys: [{ key: apiKey, tier: 'standard' }], faults: [LATENCY] });
  const endsAt = new Map<string, number>();
  for (let index = 0; index < 50; index += 1) {
    const lifeMs = 30_000 + 3_000 * (index % 25);
    endsAt.set(simulator.addContainer({ generation: { ...lasting(lifeMs), queuedMs: 0 } }), Date.now() + lifeMs);
  }
  const ids = [...endsAt.keys()];
  const server = createLayersServer({ apiKey, authorize: () => true, baseUrl: 'https://api.invalid', fetch: simulator.fetch });
  const fetch = (url: string, init: RequestInit) => server.fetch(new Request(url, init));
  const rows = Array.from({ length: 10 }, () => {
    const page = openPageOf(simulator, { fetch });
    return ids.map((id, index) => followRow(page, id, index < 10));
  }).flat();
  await tick(150_000);
  const reads = simulator.requests.map(({ at }) => at);
  const mostIn60s = Math.max(...reads.map((at) => reads.filter((other) => other > at - 60_000 && other <= at).length));
  expect(simulator.requests.filter(({ status }) => status === 429)).toEqual([]);
  expect(mostIn60s).toBeLessThanOrEqual(96);
  const late = rows.map((row) => (row.over.container ?? Number.POSITIVE_INFINITY) - (endsAt.get(row.id) ?? 0)).sort((a, b) => a - b);
  expect(late[Math.floor(late.length / 2)]).toBeLessThan(6_000);
  expect(late[Math.floor(late.length * 0.95)]).toBeLessThan(9_000);
  expect(late.at(-1)).toBeLessThan(15_000);
  server.close();
});
