import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMemoryStore, type LayersServer, type LayersServerOptions, type LayersStore } from '../../../src/server.js';
import { stopTime, tick as pass } from '../../truth/support.js';
import { setup } from '../support.js';

const servers: LayersServer[] = [];
beforeEach(() => {
  stopTime();
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  vi.useRealTimers();
});

/** A server part whose store says what can't be. */
function house(garbage: Partial<LayersStore>, options: Partial<LayersServerOptions> = {}) {
  const world = setup({ store: { ...createMemoryStore(), isShared: true, ...garbage }, readsPerMinute: 96, ...options });
  servers.push(world.server);
  return world;
}

test.each<[string, Partial<LayersStore>]>([
  ['a wait of 30,000 years', { take: async () => 1e15 }],
  ['a wait that is longer than the window and the longest pause', { take: async () => 12 * 60_000 }],
  ['a negative wait', { take: async () => -1 }],
  ['a list of waits', { take: async () => [1] as never }],
  ['no number', { take: async () => 'soon' as never }],
  ['as many processes as waits', { take: async () => 1e15, present: async () => 1e15 }],
  ['requests that were sent before everything', { spent: async () => [1e15] }],
  ['nothing where it says what was sent', { spent: async () => null as never }],
])('a store that says %s is told once, and every read is answered meanwhile', async (_, garbage) => {
  const { simulator, get, sent, reported } = house(garbage);
  const statuses: number[] = [];
  for (let minute = 0; minute < 3; minute += 1) {
    const answer = get(`/v1/content/${simulator.addContainer({ state: 'completed' })}`);
    await pass(6_000);
    statuses.push((await answer).status);
    await pass(54_000);
  }
  expect(statuses).toEqual([200, 200, 200]);
  expect(sent).toHaveLength(3);
  expect(reported.map(({ code }) => code)).toEqual(['INVALID_RESPONSE', 'NETWORK']);
  expect(reported[0]?.message).toContain('is away');
});

test('health says that the store is away, until it is back', async () => {
  let isAway = true;
  const { server } = house({ present: async () => (isAway ? Promise.reject(new Error('gone')) : 1) });
  await pass(1_000);
  expect(server.health()).toMatchObject({ status: 'degraded', reasons: [expect.stringContaining("store can't be reached")] });
  isAway = false;
  await pass(10_000);
  expect(server.health()).toMatchObject({ status: 'ok', reasons: [] });
});

test('a store that says something plausible again is used again', async () => {
  let wait = 1e15;
  const { simulator, get, reported, server } = house({ take: async () => wait });
  const read = async () => {
    const answer = get(`/v1/content/${simulator.addContainer({ state: 'completed' })}`);
    await pass(6_000);
    return (await answer).status;
  };
  expect(await read()).toBe(200);
  wait = 0;
  await pass(70_000);
  expect(await read()).toBe(200);
  wait = 50_000;
  await pass(1_000);
  expect([await read(), server.health().queued]).toEqual([503, 1]);
  expect(reported).toHaveLength(2);
});

test('a wait of a whole pause is believed', async () => {
  const { simulator, get, reported } = house({ take: async () => 10 * 60_000 + 60_000 });
  const answer = get(`/v1/content/${simulator.addContainer()}`);
  await pass(6_000);
  expect([(await answer).status, reported]).toEqual([503, []]);
});

test('of a response from the store a browser gets no header that it would not get from the API', async () => {
  const text = '{"id":"cnt_x","status":"completed"}';
  const kept = (value: object) => ({ get: async () => ({ value: JSON.stringify({ text, ageMs: 0, ...value }), leftMs: 60_000 }) });
  const headers = [
    ['content-type', 'application/json'],
    ['etag', '"1"'],
    ['set-cookie', 'a=b'],
    ['x-evil', '1'],
    ['access-control-allow-origin', '*'],
  ];
  const response = await house(kept({ headers })).get('/v1/content/cnt_x');
  expect(await response.text()).toBe(text);
  expect([...response.headers.keys()].sort()).toEqual([
    'age',
    'cache-control',
    'content-type',
    'etag',
    'x-content-type-options',
    'x-layers-events',
  ]);
  const page = await house(kept({ headers: [['content-type', 'text/html']] })).get('/v1/content/cnt_x');
  expect(page.headers.get('content-type')).not.toContain('html');
  const { get, sent } = house(kept({ headers, text: '<script>' }));
  const read = get('/v1/content/cnt_x');
  await pass(5_000);
  expect([(await read).status, sent.length]).toEqual([404, 1]);
});

test('a store that gives garbage for a response has none', async () => {
  const garbage = async () => {
    const { LayersError } = await import('../../../src/core.js');
    throw new LayersError({ code: 'INVALID_RESPONSE', message: 'garbage' });
  };
  const { simulator, get, reported } = house({ get: garbage, set: garbage });
  const answer = get(`/v1/content/${simulator.addContainer()}`);
  await pass(5_000);
  expect([(await answer).status, reported]).toEqual([200, []]);
});
