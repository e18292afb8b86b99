import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLayersServer } from '../../src/server.js';
import { createSimulator } from '../../src/testing.js';
import {
  busiestMinute,
  closePages,
  followRow,
  LATENCY,
  lasting,
  openPageOf,
  type Page,
  quantile,
  type Row,
  randomFrom,
  stopTime,
  tick,
} from './support.js';

vi.setConfig({ testTimeout: 120_000 });

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  closePages();
  vi.useRealTimers();
});

const apiKey = 'lp_live_of_the_house';

/** Viewers who poll through one server part, and containers of which as many are in flight at any time: each place gets a new one when its last has ended. */
function openHouse({ viewers, inFlight, rowsOf }: { viewers: number; inFlight: number; rowsOf: (viewer: number) => number }) {
  const simulator = createSimulator({ apiKeys: [{ key: apiKey, tier: 'standard' }], faults: [LATENCY] });
  const server = createLayersServer({ apiKey, authorize: () => true, baseUrl: 'https://api.invalid', fetch: simulator.fetch });
  const random = randomFrom(7);
  const pages: { page: Page; viewer: number }[] = [];
  const places: { id: string; endsAt: number }[] = [];
  const rows: { row: Row; endsAt: number; followedAt: number; isOnScreen: boolean }[] = [];
  /** The place of a container among those that a viewer follows; negative: it isn't. */
  const placeOf = (viewer: number, index: number) => {
    const place = (((index - viewer * 7) % inFlight) + inFlight) % inFlight;
    return place < rowsOf(viewer) ? place : -1;
  };
  const begin = (index: number, left: number) => {
    const lifeMs = Math.round((60_000 + random() * 210_000) * left);
    const id = simulator.addContainer({ generation: lasting(lifeMs) });
    const endsAt = Date.now() + lifeMs;
    places[index] = { id, endsAt };
    for (const { page, viewer } of pages) {
      const place = placeOf(viewer, index);
      if (place >= 0) rows.push({ row: followRow(page, id, place < 10), endsAt, followedAt: Date.now(), isOnScreen: place < 10 });
    }
  };
  for (let viewer = 0; viewer < viewers; viewer += 1) {
    const fetch = (url: string, init: RequestInit) =>
      server.fetch(new Request(url, { ...init, headers: { ...(init.headers as Record<string, string>), cookie: `${viewer}` } }));
    pages.push({ page: openPageOf(simulator, { fetch, push: false }), viewer });
  }
  for (let index = 0; index < inFlight; index += 1) begin(index, random());
  const ages: number[] = [];
  let steps = 0;
  const live = () => {
    for (const [index, { endsAt }] of places.entries()) if (endsAt <= Date.now()) begin(index, 1);
    steps += 1;
    if (steps % 20 > 0) return;
    for (const { row, endsAt, followedAt, isOnScreen } of rows)
      if (isOnScreen && endsAt > Date.now() && followedAt < Date.now() - 10_000)
        ages.push(Date.now() - Math.max(followedAt, row.freshness().lastReadAt ?? 0));
  };
  return { simulator, server, rows, ages, run: (ms: number) => tick(ms, live) };
}

/** How late each end was known to both hooks that ended between two moments; Infinity: not yet. */
const lateness = (rows: ReturnType<typeof openHouse>['rows'], from: number, to: number) =>
  rows
    .filter(({ endsAt }) => endsAt >= from && endsAt < to)
    .map(
      ({ row: { over }, endsAt }) =>
        Math.max(over.container ?? Number.POSITIVE_INFINITY, over.progress ?? Number.POSITIVE_INFINITY) - endsAt,
    );

test('20 viewers who poll ten rows each of 50 containers in flight learn every end within seconds, within the budget of the key', async () => {
  const { simulator, server, rows, ages, run } = openHouse({ viewers: 20, inFlight: 50, rowsOf: () => 10 });
  await run(30_000);
  ages.length = 0;
  const from = Date.now();
  await run(90_000);
  const late = lateness(rows, from, Date.now() - 15_000);
  const reads = simulator.requests.map(({ at }) => at);
  expect(simulator.requests.filter(({ status }) => status === 429)).toEqual([]);
  expect(busiestMinute(reads)).toBeLessThanOrEqual(96);
  expect(late.length).toBeGreaterThan(60);
  expect(quantile(late, 0.5)).toBeLessThanOrEqual(3_000);
  expect(quantile(late, 0.95)).toBeLessThanOrEqual(7_000);
  expect(Math.max(...late)).toBeLessThan(15_000);
  expect(quantile(ages, 0.5)).toBeLessThanOrEqual(3_000);
  expect(quantile(ages, 0.95)).toBeLessThanOrEqual(6_000);
  server.close();
});
