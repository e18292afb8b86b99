import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Authorize, LayersServerOptions } from '../../../src/server.js';
import { stopTime, tick as pass } from '../../truth/support.js';
import { house } from './support.js';

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  vi.useRealTimers();
});

const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe('an authorize that fails for an open stream', () => {
  const down: Authorize = () => Promise.reject(new Error('down'));
  test.each<[string, Authorize, string]>([
    ['throws', down, 'AUTHORIZATION_FAILED'],
    ['hangs', () => new Promise(() => {}), 'AUTHORIZATION_FAILED'],
    ['answers something truthy', () => 'yes' as never, 'NOT_FOUND'],
  ])('%s: the operator is told as for a GET, once for all of many items, and nothing is told or read', async (_, authorize, code) => {
    let asked = 0;
    const { open, get, inFlight, reported, sent, server } = house({
      timeoutMs: 500,
      authorize: (...question) => {
        asked += 1;
        return authorize(...question);
      },
    });
    const ids = Array.from({ length: 100 }, () => inFlight());
    const read = get(`/v1/content/${ids[0]}`);
    await pass(1_000);
    await read;
    const stream = await open(ids);
    await pass(10_000);
    expect(reported.map((each) => each.code)).toEqual([code, code]);
    expect(reported[1]?.message).toBe(reported[0]?.message);
    expect(reported[1]?.details).toEqual({ method: 'POST', path: '/api/layers/v1/events' });
    expect(reported[1]?.requestId).toMatch(/^req_/);
    expect([sent, stream.told().filter(({ kind }) => kind !== 'error')]).toEqual([[], []]);
    // One that fails isn't asked hundreds of times.
    expect(asked).toBeLessThanOrEqual(code === 'NOT_FOUND' ? 101 : 9);
    server.close();
  });

  test('when it is asked again: the operator is told, and the stream ends', async () => {
    let authorize: Authorize = () => true;
    const { open, inFlight, reported, server } = house({ authorize: (...question) => authorize(...question) });
    const stream = await open([inFlight(), inFlight()]);
    await pass(30_000);
    authorize = down;
    await pass(40_000);
    expect([stream.isOver, reported.map(({ code }) => code)]).toEqual([true, ['AUTHORIZATION_FAILED']]);
    server.close();
  });

  test('for a single item costs the others nothing; it is told once it can be decided, a minute later', async () => {
    let broken = '';
    const { open, inFlight, server } = house({
      authorize: (_, { containerId }) => containerId !== broken || Promise.reject(new Error('down')),
    });
    broken = inFlight();
    const others = Array.from({ length: 20 }, () => inFlight());
    const stream = await open([broken, ...others]);
    await pass(30_000);
    expect(new Set(stream.told().map(({ id }) => id)).size).toBe(20);
    expect(stream.lastId).toBe('');
    broken = '';
    const failed = (await pass(40_000), stream.told().map(({ id }) => id));
    expect(new Set(failed).size).toBe(21);
    expect(stream.lastId).not.toBe('');
    server.close();
  });
});

describe('a stream of many items', () => {
  test('opens at once however long each takes to authorize, and tells each as it is permitted', async () => {
    const { open, inFlight, server } = house({ authorize: () => later(200).then(() => true) });
    const ids = Array.from({ length: 200 }, () => inFlight());
    const stream = await open(ids);
    await pass(1);
    expect(stream.messages).toHaveLength(1);
    expect(stream.messages[0]?.stream).not.toBeNull();
    await pass(2_500);
    const soon = new Set(stream.told().map(({ id }) => id));
    expect(soon.size).toBeGreaterThan(20);
    // What is asked for first is asked about first.
    expect(soon.has(ids[0] as string)).toBe(true);
    await pass(10_000);
    expect(new Set(stream.told().map(({ id }) => id)).size).toBe(200);
    server.close();
  });

  test('can be changed at once, too, and what is no longer wanted by then is not followed', async () => {
    const { ask, open, inFlight, server } = house({ authorize: () => later(200).then(() => true) });
    const [first, second] = [inFlight(), inFlight()] as const;
    const stream = await open([first]);
    await pass(1);
    const name = stream.messages[0]?.stream ?? null;
    const from = Date.now();
    expect((await ask([second], {}, { stream: name })).status).toBe(204);
    expect(Date.now()).toBe(from);
    await pass(10_000);
    expect(new Set(stream.told().map(({ id }) => id))).toEqual(new Set([second]));
    server.close();
  });

  test('that is continued misses nothing that changed while it was authorized', async () => {
    let wait = 0;
    const { open, inFlight, simulator, webhook, server } = house({ authorize: () => later(wait).then(() => true), viewer: () => 'one' });
    const id = inFlight();
    await open([id], { cookie: 'other' });
    const first = await open([id]);
    await pass(5_000);
    await first.leave();
    wait = 1_000;
    const next = await open([id], { 'last-event-id': first.lastId }, { known: true });
    await pass(100);
    await webhook({ id: 'evt_1', type: 'content.approved', data: { id, projectId: simulator.projectIds[0] } });
    await pass(100);
    expect([next.told(), next.lastId]).toEqual([[], '']);
    await pass(1_000);
    expect(JSON.stringify(next.told())).toContain('"approvalStatus":"approved"');
    server.close();
  });
});

describe('a body that authorize and viewer read', () => {
  const who = async (request: Request) =>
    request.method === 'POST' ? `${((await request.json()) as { follow?: unknown[] }).follow?.length ?? 0} items` : null;
  const options: Partial<LayersServerOptions> = {
    viewer: who,
    organization: async (request) => (await who(request), null),
    authorize: async (request) => (await who(request)) !== '',
  };

  test('is there for each question of a stream, of a change, and when it is asked again', async () => {
    const { ask, open, inFlight, reported, server } = house(options);
    const ids = Array.from({ length: 20 }, () => inFlight());
    const stream = await open(ids.slice(0, 18));
    await pass(5_000);
    expect(new Set(stream.told().map(({ id }) => id)).size).toBe(18);
    expect((await ask(ids.slice(0, 18), {}, { stream: stream.messages[0]?.stream ?? null, known: true })).status).toBe(204);
    await pass(70_000);
    expect([stream.isOver, reported]).toEqual([false, []]);
    server.close();
  });

  test('is there for each question of a write', async () => {
    const { post, inFlight, simulator, reported, server } = house(options);
    const id = inFlight();
    simulator.finish(id, 'completed');
    const answer = await post(`/v1/content/${id}/approve`, '{"note":"é"}', { 'idempotency-key': 'one' });
    expect([answer.status, reported]).not.toContain(500);
    expect(reported).toEqual([]);
    server.close();
  });
});

describe('a revocation', () => {
  test('counts at once for a stream that opens, and for what one follows from now on, whatever was decided a moment ago', async () => {
    let isAllowed = true;
    const { ask, open, get, inFlight, server } = house({ viewer: () => 'one', authorize: () => isAllowed });
    const [id, other] = [inFlight(), inFlight()] as const;
    const running = await open([id]);
    expect((await get(`/v1/content/${other}`)).status).toBe(200);
    await pass(1_000);
    isAllowed = false;
    const again = await open([id]);
    await ask([id, other], {}, { stream: running.messages[0]?.stream ?? null, known: true });
    await pass(1_000);
    expect(again.told()).toMatchObject([{ kind: 'error', id, error: { code: 'NOT_FOUND' } }]);
    expect(running.told().filter((each) => each.id === other)).toMatchObject([{ kind: 'error', error: { code: 'NOT_FOUND' } }]);
    // The stream's answer is remembered, too.
    expect((await get(`/v1/content/${id}`)).status).toBe(404);
    server.close();
  });

  test('of a list is told like that of an item, at the start and later, and what is given again is told again', async () => {
    let isAllowed = true;
    const { open, inFlight, server, projectId, webhook } = house({ authorize: (_, { kind }) => kind !== 'list' || isAllowed });
    const id = inFlight();
    const stream = await open([], {}, { projects: [projectId] });
    await pass(30_000);
    expect(stream.told().map((each) => each.id)).toContain(id);
    isAllowed = false;
    await pass(40_000);
    const refused = { kind: 'error', id: projectId, read: 'list', error: { code: 'NOT_FOUND', status: 404 } };
    expect(stream.told().at(-1)).toMatchObject(refused);
    const before = stream.told().length;
    await webhook({ id: 'evt_1', type: 'content.rejected', data: { id, projectId } });
    await pass(90_000);
    expect(stream.told()).toHaveLength(before);
    const denied = await open([], {}, { projects: [projectId] });
    await pass(100);
    expect([denied.told(), denied.isOver]).toMatchObject([[refused], false]);
    isAllowed = true;
    await pass(100_000);
    expect(stream.told().length).toBeGreaterThan(before);
    server.close();
  });
});

test('what is denied by itself is not told by its list either', async () => {
  let theirs = '';
  const { open, inFlight, server, projectId } = house({ authorize: (_, { containerId }) => containerId !== theirs });
  theirs = inFlight();
  const other = inFlight();
  const stream = await open([theirs], {}, { projects: [projectId] });
  await pass(60_000);
  expect(stream.told().map(({ kind, id }) => `${kind} ${id}`)).toEqual(expect.arrayContaining([`row ${other}`]));
  expect(stream.told().filter(({ id }) => id === theirs)).toMatchObject([{ kind: 'error' }]);
  server.close();
});

describe('a stream that follows only a list', () => {
  test('has it read as often as a mounted list, once however many follow it, and not while others read it', async () => {
    const { open, get, inFlight, sent, server, projectId } = house();
    const ids = [inFlight(), inFlight(20_000)];
    const streams = await Promise.all(['a', 'b', 'c'].map((cookie) => open([], { cookie }, { projects: [projectId] })));
    await pass(3_000);
    for (const stream of streams) expect(new Set(stream.told().map(({ id }) => id))).toEqual(new Set(ids));
    expect(sent).toHaveLength(1);
    await pass(60_000);
    for (const stream of streams) expect(JSON.stringify(stream.told())).toContain('"status":"completed"');
    expect(sent.length).toBeGreaterThanOrEqual(2);
    expect(sent.length).toBeLessThanOrEqual(3);
    for (let seconds = 0; seconds < 60; seconds += 10) {
      await get(`/v1/projects/${projectId}/content?limit=200`);
      await pass(10_000);
    }
    const read = sent.filter(({ url }) => url.includes('/content')).length;
    expect(read).toBeLessThanOrEqual(3 + 7);
    for (const stream of streams) await stream.leave();
    const last = sent.length;
    await pass(100_000);
    expect(sent).toHaveLength(last);
    server.close();
  });

  test('leaves the budget to what is followed by itself: hundreds of lists wait for one another', async () => {
    const { open, sent, server } = house({ readsPerMinute: 96 });
    const stream = await open([], {}, { projects: Array.from({ length: 400 }, (_, index) => `prj_${index}`) });
    await pass(1_000);
    expect(server.health().queued).toBeLessThanOrEqual(1);
    await pass(120_000);
    expect(server.health().queued).toBeLessThanOrEqual(1);
    expect(sent.length).toBeLessThanOrEqual(2 * 96);
    await stream.leave();
    server.close();
  });
});
