import { afterEach, expect, test, vi } from 'vitest';
import { createSimulator } from '../../src/testing.js';
import { closePages, followRow, LATENCY, lasting, openPage, openPageOf, quantile, type Row, stopTime, tick } from './support.js';

// On a slow machine too.
vi.setConfig({ testTimeout: 60_000 });

afterEach(() => {
  closePages();
  vi.useRealTimers();
});

/** Rows on screen of a project of 5,000 that ended long ago: `inFlight` new ones, and those at these ranks, 0 the newest. */
async function runDeep(inFlight: number, ranks: readonly number[]) {
  stopTime();
  const page = openPage();
  const startedAt = Date.now();
  const ended = Array.from({ length: 5_000 }, (_, rank) =>
    page.simulator.addContainer({ state: 'completed', createdAt: startedAt - 3_600_000 - 60_000 * rank }),
  );
  const lives = Array.from({ length: inFlight }, (_, index) => ({
    createdAt: startedAt - 20_000 - 1_000 * index,
    endsAt: startedAt + 15_000 + 1_500 * index,
  }));
  const rows = lives.map(({ createdAt, endsAt }) =>
    followRow(page, page.simulator.addContainer({ createdAt, generation: lasting(endsAt - createdAt) }), true),
  );
  const deep = ranks.map((rank) => followRow(page, ended[rank] as string, true));
  await tick(50_000);
  const first = (of: Row[]) =>
    of.flatMap((row) => [row.first.container, row.first.progress].map((at) => (at ?? Number.POSITIVE_INFINITY) - startedAt));
  return {
    page,
    inFlight: first(rows),
    deep: first(deep),
    known: rows.map(({ over }, index) => (over.container ?? Number.POSITIVE_INFINITY) - (lives[index]?.endsAt ?? 0)),
  };
}
const ranksFrom = (count: number, from: number, step = 1) => Array.from({ length: count }, (_, index) => from + index * step);

test.each([
  ['spread over it', 100],
  ['below its newest page', 300],
])('ten ended containers of a project of 5,000, by id alone, %s: every row has data within 4 s', async (_, from) => {
  const { page, deep } = await runDeep(0, ranksFrom(10, from, 450));
  expect(quantile(deep, 0.5)).toBeLessThanOrEqual(1_500);
  expect(quantile(deep, 0.95)).toBeLessThanOrEqual(4_000);
  expect(page.sent.length).toBeLessThanOrEqual(12);
});

test('twenty ended containers deep in a project, by id alone, have data as soon as single reads bring it', async () => {
  const { page, deep } = await runDeep(0, ranksFrom(20, 3_000));
  expect(quantile(deep, 0.5)).toBeLessThanOrEqual(4_000);
  expect(Math.max(...deep)).toBeLessThanOrEqual(13_000);
  expect(page.sent.length).toBeLessThanOrEqual(24);
});

test('ten in flight beside twenty ended deep in the project: those in flight have data at once, and their ends are known in time', async () => {
  const { inFlight, deep, known } = await runDeep(10, ranksFrom(20, 3_000));
  expect(quantile(inFlight, 0.95)).toBeLessThanOrEqual(1_500);
  expect(quantile(deep, 0.5)).toBeLessThanOrEqual(10_000);
  expect(Math.max(...deep)).toBeLessThanOrEqual(20_000);
  expect(quantile(known, 0.5)).toBeLessThanOrEqual(2_500);
  expect(quantile(known, 0.95)).toBeLessThanOrEqual(5_000);
});

test('hundreds below the newest page of a project are still found by lists', async () => {
  const { page, inFlight, deep } = await runDeep(10, ranksFrom(300, 400));
  expect(quantile(inFlight, 0.95)).toBeLessThanOrEqual(1_500);
  expect(quantile(deep, 0.5)).toBeLessThanOrEqual(1_500);
  expect(quantile(deep, 0.95)).toBeLessThanOrEqual(4_000);
  expect(page.sent.filter(({ at }) => at < (page.sent[0]?.at ?? 0) + 1_000).length).toBeLessThanOrEqual(12);
});

test('a thousand ended containers of one project, by id alone, have data within 4 s', async () => {
  const { deep } = await runDeep(0, ranksFrom(1_000, 0));
  expect(quantile(deep, 0.5)).toBeLessThanOrEqual(1_500);
  expect(quantile(deep, 0.95)).toBeLessThanOrEqual(4_000);
});

test('twenty rows of a server that names no project: all have data before any is polled, and every end is known in time', async () => {
  stopTime();
  const simulator = createSimulator({ tier: 'standard', faults: [LATENCY] });
  const page = openPageOf(simulator, {
    fetch: async (url, init) => {
      const response = await simulator.fetch(url, init);
      if (response.status === 304) return response;
      const body = (await response.text()).replace(/"projectId":"[^"]*",?/, '');
      return new Response(body, { status: response.status, headers: response.headers });
    },
  });
  const startedAt = Date.now();
  const rows = Array.from({ length: 20 }, (_, index) => {
    const id = simulator.addContainer({ createdAt: startedAt - 50_000 - 1_000 * index, generation: lasting(65_000 + 2_000 * index) });
    return { row: followRow(page, id, true), endsAt: startedAt + 15_000 + 1_000 * index };
  });
  await tick(55_000);
  const first = rows.flatMap(({ row }) =>
    [row.first.container, row.first.progress].map((at) => (at ?? Number.POSITIVE_INFINITY) - startedAt),
  );
  const known = rows.map(({ row, endsAt }) => (row.over.container ?? Number.POSITIVE_INFINITY) - endsAt);
  expect(quantile(first, 0.5)).toBeLessThanOrEqual(3_000);
  expect(Math.max(...first)).toBeLessThanOrEqual(10_000);
  expect(quantile(known, 0.5)).toBeLessThanOrEqual(2_500);
  expect(Math.max(...known)).toBeLessThanOrEqual(5_000);
  expect(rows.filter(({ row }) => row.container()?.preview === null)).toHaveLength(0);
});
