import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLayersServer } from '../../src/server.js';
import { errorOf, setup } from './support.js';

let day = 0;

beforeEach(() => {
  day += 1;
  vi.useFakeTimers({ now: Date.UTC(2032, 0, day) });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('what the server part reads', () => {
  test('is read once for everybody, with its age and an ETag', async () => {
    const { simulator, get, sent } = setup();
    const path = `/v1/content/${simulator.addContainer({ state: 'completed' })}`;
    const first = await get(path);
    expect([first.status, first.headers.get('age')]).toEqual([200, '0']);
    await pass(2_500);
    const second = await get(path);
    expect([second.status, second.headers.get('age'), await second.text()]).toEqual([200, '3', await first.text()]);
    const etag = second.headers.get('etag') ?? '';
    const unchanged = await get(path, { headers: { 'if-none-match': etag } });
    expect([unchanged.status, await unchanged.text(), unchanged.headers.get('age')]).toEqual([304, '', '3']);
    // Browsers add this to a request with a condition: nobody asked for a new response.
    for (const control of ['max-age=0', 'no-cache']) await get(path, { headers: { 'if-none-match': etag, 'cache-control': control } });
    expect(sent).toHaveLength(1);
    await get(path, { headers: { 'cache-control': 'no-cache' } });
    expect(sent).toHaveLength(2);
  });

  test('that fails is answered with the last good response, and with the code of the failure until it is read again', async () => {
    const { simulator, get } = setup();
    const path = `/v1/content/${simulator.addContainer({ state: 'completed' })}`;
    const failing = async () => {
      const response = await get(path);
      return [response.status, response.headers.get('x-layers-failing'), Number(response.headers.get('age')) > 0];
    };
    expect(await failing()).toEqual([200, null, false]);
    simulator.setFaults([{ kind: 'status', status: 502, code: 'not a code: <b>', match: 'GET ' }]);
    await pass(30_000);
    expect(await failing()).toEqual([200, 'HTTP_502', true]);
    await pass(3_000);
    simulator.setFaults([{ kind: 'drop' }]);
    expect(await failing()).toEqual([200, 'UPSTREAM_UNREACHABLE', true]);
    await pass(3_000);
    simulator.setFaults([]);
    expect(await failing()).toEqual([200, null, false]);
  });

  test('that fails is asked for again after ten minutes, however long the API asks to wait', async () => {
    const answers = [new Response('', { status: 503, headers: { 'retry-after': '86400' } }), Response.json({ id: 'c1' })];
    const { get } = setup({ fetch: async () => answers.shift() as Response });
    const read = async () => {
      const answer = get('/v1/content/c1', { headers: { 'cache-control': 'no-cache' } });
      await pass(5_000);
      return (await answer).status;
    };
    expect(await read()).toBe(503);
    await pass(9 * 60_000);
    expect([await read(), answers.length]).toEqual([503, 1]);
    await pass(60_000);
    expect(await read()).toBe(200);
  });

  test('is told to ask again in a moment when the server part is closed, sent or waiting, and is read again then', async () => {
    let hasBegun = () => {};
    const begun = new Promise<void>((resolve) => (hasBegun = resolve));
    let hang: Promise<Response> | null = new Promise(() => {});
    const { get, server } = setup({
      readsPerMinute: 1,
      fetch: async () => {
        hasBegun();
        return hang ?? Response.json({ id: 'c1' });
      },
    });
    const answers = ['c1', 'c2'].map((id) => get(`/v1/content/${id}`));
    await begun;
    await pass(1_000);
    expect(server.health()).toMatchObject({ budget: { spent: 1 }, queued: 1 });
    server.close();
    for (const answer of await Promise.all(answers)) {
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
      expect((await errorOf(answer)).code).toBe('CLOSED');
    }
    hang = null;
    await pass(60_100);
    expect((await get('/v1/content/c1')).status).toBe(200);
  });

  test('is asked of authorize for each of them', async () => {
    const { simulator, get, asked } = setup();
    const path = `/v1/content/${simulator.addContainer({ state: 'completed' })}`;
    for (let viewer = 0; viewer < 3; viewer += 1) await get(path);
    expect(asked).toHaveLength(3);
  });

  test('keeps to readsPerMinute for all viewers together, and who has to wait is told when to return', async () => {
    const { simulator, get, sent } = setup({ readsPerMinute: 12 });
    const ids = Array.from({ length: 40 }, () => simulator.addContainer({ state: 'completed' }));
    const ask = () => ids.map((id, viewer) => get(`/v1/content/${id}`, { headers: { cookie: `viewer=${viewer}` } }));
    const answers = ask();
    await pass(4_000);
    const late = (await Promise.all(answers)).filter(({ status }) => status === 503);
    expect(late.length).toBeGreaterThan(20);
    expect(Number(late[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await errorOf(late[0] as Response)).code).toBe('READ_BUDGET_SPENT');
    for (let round = 0; round < 12; round += 1) {
      void ask();
      await pass(5_000);
    }
    expect(sent.length).toBeGreaterThanOrEqual(12);
    expect(sent.length).toBeLessThanOrEqual(26);
  });

  test('sends away at once, at different times, who would wait beyond hundreds, but nobody who has something to see or asks in person', async () => {
    const { simulator, get } = setup({ readsPerMinute: 12 });
    const known = `/v1/content/${simulator.addContainer({ state: 'completed' })}`;
    await get(known);
    const ids = Array.from({ length: 50 }, () => simulator.addContainer({ state: 'completed' }));
    const ask = (viewer: number, headers = {}) =>
      get(`/v1/content/${ids[viewer % ids.length]}`, { headers: { cookie: `viewer=${viewer}`, ...headers } });
    const waiting = Array.from({ length: 500 }, (_, viewer) => ask(viewer));
    const statuses: number[] = [];
    for (const each of waiting) void each.then(({ status }) => statuses.push(status));
    await pass(1_000);
    const early = statuses.length;
    const refused = await Promise.all(Array.from({ length: 20 + early }, (_, viewer) => ask(500 + viewer)).slice(early));
    for (const each of refused) expect((await errorOf(each)).code).toBe('SERVER_BUSY');
    const seconds = refused.map(({ headers }) => Number(headers.get('retry-after')));
    expect(Math.min(...seconds)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...seconds)).toBeLessThanOrEqual(15);
    expect(new Set(seconds).size).toBeGreaterThan(3);
    expect((await get(known, { headers: { cookie: 'viewer=501' } })).status).toBe(200);
    const person = ask(502, { 'cache-control': 'no-cache' });
    await pass(4_000);
    expect((await person).status).toBe(200);
    const later = ask(549);
    await pass(4_000);
    expect((await errorOf(await later)).code).toBe('READ_BUDGET_SPENT');
  });

  test('is a write too: what was read before it is not given as current after it', async () => {
    const { simulator, get, post } = setup();
    const id = simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    await get(`/v1/content/${id}`);
    await post(`/v1/content/${id.replace('cnt_', '')}/approve`);
    const after: { approvalStatus: string } = await (await get(`/v1/content/${id}`)).json();
    expect(after.approvalStatus).toBe('approved');
  });
});

test.each([0, -1, 1.5, '96', Number.NaN])('readsPerMinute: %s is refused by name', (readsPerMinute) => {
  const options = { apiKey: 'lp_live_1', authorize: () => true, readsPerMinute: readsPerMinute as number };
  expect(() => createLayersServer(options)).toThrow(
    expect.objectContaining({ code: 'INVALID_INPUT', details: { path: 'readsPerMinute' } }),
  );
});
