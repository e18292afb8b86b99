import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { containerProgressOptions, createLayersClient, type LayersClientOptions } from '../../src/core.js';
import { createSimulator, type Simulator } from '../../src/testing.js';
import { busiestMinute, closePages, followRow, lasting, LATENCY, openPage, openPageOf, type Page, tick, stopTime } from './support.js';

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  closePages();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

// Loading all modules anew takes a slow machine a while.
vi.setConfig({ testTimeout: 60_000 });

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const rowsInFlight = (page: Page, count: number, onScreen = true) =>
  Array.from({ length: count }, () => followRow(page, page.simulator.addContainer({ generation: lasting(3_600_000) }), onScreen));

/** A page with `count` containers on it, by the simulator's own `fetch`: what two clients of one address and person have in common. */
function mount(simulator: Simulator, options: Partial<LayersClientOptions>, count = 40) {
  const client = createLayersClient({ baseUrl: 'https://scopes.invalid', fetch: simulator.fetch, ...options });
  const queryClient = new QueryClient();
  const stops = Array.from({ length: count }, () => {
    const id = simulator.addContainer({ generation: lasting(3_600_000) });
    return new QueryObserver(queryClient, containerProgressOptions(client, id) as never).subscribe(() => {});
  });
  return () => {
    for (const stop of stops) stop();
    client.close();
    queryClient.clear();
  };
}

describe('the budget belongs to the scope', () => {
  const busiest = (simulator: Simulator) => busiestMinute(simulator.requests.map(({ at }) => at));

  test('and outlives the clients that spent it, whatever is collected', async () => {
    const simulator = createSimulator({ tier: 'off' });
    for (let clients = 0; clients < 3; clients += 1) {
      const leave = mount(simulator, { scope: 'collected', readsPerMinute: 20 });
      await tick(15_000);
      leave();
      await new Promise(setImmediate);
      collectGarbage();
    }
    expect(simulator.requests.length).toBeGreaterThan(10);
    expect(busiest(simulator)).toBeLessThanOrEqual(20);
  });

  test('and is not let go while a client lives on', async () => {
    const simulator = createSimulator({ tier: 'off' });
    const leave = [mount(simulator, { scope: 'alive', readsPerMinute: 20 })];
    await tick(15_000);
    collectGarbage();
    leave.push(mount(simulator, { scope: 'alive', readsPerMinute: 20 }));
    await tick(60_000);
    for (const each of leave) each();
    expect(busiest(simulator)).toBeGreaterThan(10);
    expect(busiest(simulator)).toBeLessThanOrEqual(20);
  });

  test('and another scope has its own', async () => {
    const simulator = createSimulator({ tier: 'off' });
    const leave = ['one', 'another'].map((scope) => mount(simulator, { scope, readsPerMinute: 20 }));
    await tick(100_000);
    for (const each of leave) each();
    expect(busiest(simulator)).toBeGreaterThan(25);
    expect(busiest(simulator)).toBeLessThanOrEqual(40);
  });
});

describe('a reload', () => {
  /** Loads the page anew: every module begins again, and only what the browser keeps is left. */
  async function load(simulator: Page['simulator'], ids: readonly string[]) {
    vi.resetModules();
    const core = await import('../../src/core.js');
    const { QueryClient, QueryObserver } = await import('@tanstack/react-query');
    const client = core.createLayersClient({ baseUrl: 'https://reload.invalid', scope: 'me', fetch: simulator.fetch });
    const queryClient = new QueryClient();
    const stops = ids.map((id) => new QueryObserver(queryClient, core.containerProgressOptions(client, id) as never).subscribe(() => {}));
    return () => {
      for (const stop of stops) stop();
      client.close();
      queryClient.clear();
    };
  }

  test('six times in a row, where nothing outlives it: no 429', async () => {
    const simulator = createSimulator({ tier: 'standard', faults: [LATENCY] });
    const ids = Array.from({ length: 100 }, () => simulator.addContainer({ generation: lasting(3_600_000) }));
    for (let loads = 0; loads < 6; loads += 1) {
      const leave = await load(simulator, ids);
      await tick(1_500);
      leave();
    }
    expect(simulator.requests.length).toBeGreaterThan(5);
    expect(simulator.requests.filter(({ status }) => status === 429)).toHaveLength(0);
  });
});

describe('the limit that the server names', () => {
  /** A page whose server says that the key may read `limit` times a minute. */
  function openLimited(limit: number, options: Partial<LayersClientOptions> = {}) {
    const simulator = createSimulator({ tier: 'off', faults: [LATENCY] });
    return openPageOf(simulator, {
      fetch: async (url, init) => {
        const response = await simulator.fetch(url, init);
        const headers = new Headers(response.headers);
        headers.set('x-ratelimit-limit', String(limit));
        headers.set('x-ratelimit-remaining', String(limit - 1));
        return new Response(response.body, { status: response.status, headers });
      },
      ...options,
    });
  }

  test.each([240, 600])('%i a minute is taken up, to four fifths', async (limit) => {
    const page = openLimited(limit);
    rowsInFlight(page, 100);
    await tick(130_000);
    const last = page.sent.filter(({ at }) => at > Date.now() - 60_000).length;
    expect(last).toBeGreaterThan(limit * 0.6);
    expect(busiestMinute(page.sent.map(({ at }) => at))).toBeLessThanOrEqual(limit * 0.8);
  });

  test('a smaller one is kept to', async () => {
    const page = openLimited(30);
    rowsInFlight(page, 100);
    await tick(190_000);
    const last = page.sent.filter(({ at }) => at > Date.now() - 60_000).length;
    expect(last).toBeGreaterThan(8);
    expect(last).toBeLessThanOrEqual(24);
  });

  test('an explicit `readsPerMinute` is never raised', async () => {
    const page = openLimited(600, { readsPerMinute: 30 });
    rowsInFlight(page, 100);
    await tick(130_000);
    expect(busiestMinute(page.sent.map(({ at }) => at))).toBeLessThanOrEqual(30);
    expect(page.sent.filter(({ at }) => at > Date.now() - 60_000).length).toBeGreaterThan(20);
  });
});

test('what was answered is let go by its size: memory does not grow with what was once read', async () => {
  const text = 'x'.repeat(100_000);
  const page = openPageOf(createSimulator({ tier: 'off' }), {
    readsPerMinute: 100_000,
    fetch: async (url) => {
      const id = url.split('/').at(-1);
      return Response.json({ id, status: 'completed', approvalStatus: 'pending', caption: text + id, brief: { text: text + id } });
    },
  });
  const readAll = async (from: number) => {
    for (let index = from; index < from + 300; index += 1) await page.client.getContainer(`cnt_${index}`);
    await new Promise(setImmediate);
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const before = await readAll(0);
  const after = await readAll(300);
  expect((after - before) / 2 ** 20).toBeLessThan(15);
});

test('a client that starts and knows nothing starts gently', async () => {
  const page = openPage();
  rowsInFlight(page, 200);
  await tick(1_000);
  expect(page.sent.length).toBeGreaterThan(0);
  expect(page.sent.length).toBeLessThanOrEqual(20);
});
