import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { stopTime, tick as pass } from '../../truth/support.js';
import type { PushMessage } from '../../../src/schedule/pushed.js';
import { errorOf } from '../support.js';
import { house, listen } from './support.js';

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a stream of events', () => {
  test('tells what is known, then what changes, and says every 2 s how new it is', async () => {
    const { open, inFlight, server } = house();
    const id = inFlight();
    const stream = await open([id]);
    await pass(20_000);
    expect(new Set(stream.told().map((each) => each.kind))).toEqual(new Set(['record', 'progress']));
    expect(stream.messages.length).toBeGreaterThanOrEqual(10);
    const { now, readAt } = stream.messages.at(-1) as PushMessage;
    expect(now - (readAt ?? 0)).toBeLessThan(12_000);
    expect(now - (readAt ?? 0)).toBeGreaterThanOrEqual(0);
    server.close();
    await pass(10);
    expect(stream.isOver).toBe(true);
  });

  test('says once that reads fail, with the code, stays small meanwhile, and says so when they succeed again, even without news', async () => {
    const { open, inFlight, server, simulator } = house();
    // So long that nothing changes within this test.
    const stream = await open([inFlight(400_000_000)]);
    await pass(60_000);
    const before = stream.messages.length;
    simulator.setFaults([{ kind: 'status', status: 502, code: 'BAD_GATEWAY' }]);
    await pass(60_000);
    const during = stream.messages.slice(before).flatMap(({ told }) => told);
    expect(during.filter(({ kind }) => kind === 'error')).toMatchObject([{ error: { code: 'BAD_GATEWAY', status: 502 } }]);
    const last = stream.messages.at(-1);
    expect(last).toMatchObject({ readAt: null, told: [] });
    const from = stream.messages.length;
    simulator.setFaults([]);
    await pass(75_000);
    const after = stream.messages.slice(from).flatMap(({ told }) => told);
    expect(after[0]?.kind).toBe('progress');
    expect(after.filter(({ kind }) => kind === 'error')).toEqual([]);
    expect(stream.messages.at(-1)?.readAt).not.toBeNull();
    server.close();
  });

  test('is one reading however many follow, and none when nobody does', async () => {
    const { open, inFlight, sent, server } = house();
    const id = inFlight();
    const streams = await Promise.all(Array.from({ length: 30 }, (_, viewer) => open([id], { cookie: `viewer=${viewer}` })));
    await pass(30_000);
    for (const stream of streams) expect(stream.told().length).toBeGreaterThanOrEqual(2);
    const read = sent.length;
    expect(read).toBeGreaterThan(2);
    expect(read).toBeLessThan(30);
    for (const stream of streams) await stream.leave();
    await pass(60_000);
    expect(sent.length).toBeLessThanOrEqual(read + 1);
    server.close();
  });

  test('goes on from the last event without a gap and without repeating; another id, or a broken one, begins anew', async () => {
    const { open, inFlight, server } = house();
    const id = inFlight(20_000);
    const keep = await open([id], { cookie: 'other' });
    const first = await open([id]);
    await pass(10_000);
    await first.leave();
    await pass(20_000);
    const resumed = await open([id], { 'last-event-id': first.lastId }, { known: true });
    await pass(100);
    const statuses = resumed.told().map((each) => ('body' in each ? (each.body as { status: string }).status : each.kind));
    expect(statuses.length).toBeGreaterThan(0);
    expect(new Set(statuses)).toEqual(new Set(['completed']));
    const upToDate = await open([id], { 'last-event-id': keep.lastId }, { known: true });
    const anew = await Promise.all(['nonsense', 'a.99', `${keep.lastId}9`].map((broken) => open([id], { 'last-event-id': broken })));
    await pass(100);
    expect(upToDate.told()).toEqual([]);
    for (const stream of anew) expect(stream.told().length).toBeGreaterThanOrEqual(2);
    server.close();
  });

  test('that continues one of another process begins anew: nothing that ended meanwhile is missed', async () => {
    const { open, inFlight, server } = house();
    const id = inFlight(10_000);
    const other = await open([id], { cookie: 'other' });
    await pass(20_000);
    expect(JSON.stringify(other.told())).toContain('completed');
    for (const from of ['0ffb5c09-5710-4c45-a99f-1d0741b9aaec.7', 'x'.repeat(9_000)]) {
      const moved = await open([id], { 'last-event-id': from }, { known: true });
      await pass(100);
      expect(JSON.stringify(moved.told())).toContain('completed');
    }
    server.close();
  });

  test('holds nothing for a reader that never reads, and gives it the newest state, once', async () => {
    const { ask, inFlight, server } = house();
    const id = inFlight(100_000);
    const response = await ask([id]);
    await pass(110_000);
    const late = listen(response);
    await pass(10);
    expect(late.messages.length).toBeLessThanOrEqual(5);
    expect(JSON.stringify(late.messages.at(-1))).toContain('completed');
    server.close();
  });
});

describe('a change of what a stream follows', () => {
  const nameOf = (stream: { messages: PushMessage[] }) => stream.messages[0]?.stream ?? null;

  test('needs no new stream: what is new is told whole, what was followed goes on, and what was left is told no more', async () => {
    const { ask, open, inFlight, server } = house();
    const [kept, left, later] = [inFlight(15_000), inFlight(15_000), inFlight()] as const;
    const stream = await open([kept, left]);
    await pass(3_000);
    const before = stream.told().length;
    const follow = [kept, later].map((id) => ({ id, wants: ['record', 'progress'], isOnScreen: true, isKnown: id === kept }));
    const body = JSON.stringify({ stream: nameOf(stream), follow, projects: [] });
    expect((await ask([], {}, { body })).status).toBe(204);
    await pass(8_000);
    const toldOf = (wanted: string) =>
      stream
        .told()
        .slice(before)
        .filter(({ id }) => id === wanted);
    expect(toldOf(later).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['record', 'progress']));
    await pass(20_000);
    expect(JSON.stringify(toldOf(kept).at(-1))).toContain('completed');
    expect(toldOf(left)).toEqual([]);
    expect(stream.messages.filter((message) => message.stream !== null)).toHaveLength(1);
    server.close();
  });

  test('asks authorize only about what is new, and all of it again a minute later as whoever changed it', async () => {
    const asked: string[] = [];
    const { ask, open, inFlight, server } = house({
      viewer: () => 'one',
      authorizeForMs: 0,
      authorize: (request, { containerId }) => {
        asked.push(`${request.headers.get('cookie')} ${containerId}`);
        return true;
      },
    });
    const ids = [inFlight(), inFlight()] as const;
    const stream = await open([ids[0]], { cookie: 'old' });
    await pass(1_000);
    expect(asked).toEqual([`old ${ids[0]}`]);
    await ask([...ids], { cookie: 'new' }, { stream: nameOf(stream), known: true });
    expect(asked.slice(1)).toEqual([`new ${ids[1]}`]);
    await pass(62_000);
    expect(asked.slice(2).sort()).toEqual(ids.map((id) => `new ${id}`).sort());
    server.close();
  });

  test('is refused for a stream of somebody else, one that has ended, and one of nobody; what is not theirs is told as not found', async () => {
    let theirs = '';
    const { ask, open, inFlight, server } = house({ authorize: (_, { containerId }) => containerId !== theirs });
    theirs = inFlight();
    const own = inFlight();
    const stream = await open([own], { cookie: 'one' });
    await pass(1_000);
    const id = nameOf(stream);
    for (const [cookie, name] of [
      ['two', id],
      ['one', 'nobody'],
    ] as const)
      expect((await errorOf(await ask([own], { cookie }, { stream: name }))).code).toBe('NO_STREAM');
    expect((await ask([own, theirs], { cookie: 'one' }, { stream: id, known: true })).status).toBe(204);
    await pass(1_000);
    expect(stream.told().filter((each) => each.id === theirs)).toMatchObject([{ kind: 'error', error: { code: 'NOT_FOUND' } }]);
    await stream.leave();
    await pass(100);
    expect((await ask([own], { cookie: 'one' }, { stream: id })).status).toBe(404);
    server.close();
  });
});

describe('many changes of one stream', () => {
  test('tell each refusal once, however often it is asked', async () => {
    const { ask, inFlight, server } = house({ authorize: (_, { containerId }) => containerId === own });
    const own = inFlight();
    const foreign = Array.from({ length: 100 }, () => inFlight());
    const response = await ask([own]);
    const first = (response.body as ReadableStream<Uint8Array>).getReader();
    const opened = new TextDecoder().decode((await first.read()).value);
    first.releaseLock();
    const stream = /"stream":"([^"]+)"/.exec(opened)?.[1] ?? null;
    for (let time = 0; time < 5; time += 1) expect((await ask([own, ...foreign], {}, { stream })).status).toBe(204);
    const late = listen(response);
    await pass(200);
    expect(late.told().filter(({ kind }) => kind === 'error')).toHaveLength(100);
    server.close();
  });

  test('end with the last one, also where an earlier one is authorized later', async () => {
    const slow = { id: '', ready: () => {} };
    const { ask, open, inFlight, server } = house({
      authorize: (_, { containerId }) => (containerId === slow.id ? new Promise((resolve) => (slow.ready = () => resolve(true))) : true),
    });
    const [first, last] = [inFlight(), inFlight(15_000)] as const;
    slow.id = inFlight();
    const stream = await open([first]);
    await pass(1_000);
    const id = stream.messages[0]?.stream ?? null;
    const earlier = ask([slow.id], {}, { stream: id });
    await pass(100);
    expect((await ask([last], {}, { stream: id })).status).toBe(204);
    slow.ready();
    expect((await earlier).status).toBe(204);
    await pass(20_000);
    expect(JSON.stringify(stream.told().filter((each) => each.id === last))).toContain('completed');
    server.close();
  });
});

describe('who may follow what', () => {
  test('is asked of authorize for each: what is somebody else’s is as if it did not exist', async () => {
    let theirs = '';
    const { open, inFlight, sent, server } = house({ authorize: (_, { containerId }) => containerId !== theirs });
    theirs = inFlight();
    const own = inFlight();
    const stream = await open([theirs, own], {}, { projects: [] });
    await pass(10_000);
    const told = stream.told().filter(({ id }) => id === theirs);
    expect(told).toMatchObject([{ kind: 'error', error: { code: 'NOT_FOUND', status: 404 } }]);
    expect(sent.filter(({ url }) => url.includes(theirs.replace('cnt_', '')))).toEqual([]);
    server.close();
  });

  test('is asked again after a minute, and what was taken is no longer told', async () => {
    let isAllowed = true;
    const { open, inFlight, server } = house({ authorize: () => isAllowed, viewer: () => 'one' });
    const id = inFlight();
    const stream = await open([id]);
    await pass(30_000);
    isAllowed = false;
    await pass(40_000);
    expect(stream.told().at(-1)).toMatchObject({ kind: 'error', error: { code: 'NOT_FOUND' } });
    const before = stream.told().length;
    await pass(30_000);
    expect(stream.told()).toHaveLength(before);
    const again = await open([id]);
    await pass(1_000);
    expect(again.told()).toMatchObject([{ kind: 'error', error: { code: 'NOT_FOUND' } }]);
    server.close();
  });

  test('is asked anew in another organisation, though the person is the same', async () => {
    const orgOf = (request: Request) => request.headers.get('x-org');
    const { open, inFlight, server } = house({
      viewer: () => 'one',
      organization: orgOf,
      authorizeForMs: 0,
      authorize: (request) => orgOf(request) === 'org_a',
    });
    const id = inFlight();
    const own = await open([id], { 'x-org': 'org_a' });
    const other = await open([id], { 'x-org': 'org_b' });
    await pass(5_000);
    expect(own.told().length).toBeGreaterThanOrEqual(2);
    expect(other.told()).toMatchObject([{ kind: 'error', error: { code: 'NOT_FOUND' } }]);
    server.close();
  });
});

describe('a request that cannot be followed', () => {
  test('is refused with the reason, and nothing is read', async () => {
    const { ask, get, sent } = house();
    const many = Array.from({ length: 501 }, (_, index) => `c${index}`);
    const answers = await Promise.all([
      ask(many),
      ask([], {}, { body: 'x'.repeat(70_000) }),
      ask([], {}, { body: '{"follow":[{"id":"../x"}],"projects":[]}' }),
      ask([], {}, { body: 'not json' }),
      ask(['c1'], { 'x-layers-events': '2' }),
      ask(['c1'], { 'content-type': 'text/plain' }),
      ask(['c1'], { 'sec-fetch-site': 'cross-site' }),
      get('/v1/events'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([400, 413, 400, 400, 400, 415, 403, 405]);
    expect((await errorOf(answers[0] as Response)).code).toBe('TOO_MANY_FOLLOWED');
    expect((await errorOf(answers[1] as Response)).message).toContain('up to 500 containers, jobs and projects');
    expect(sent).toEqual([]);
  });

  test('is refused beyond the most streams of a viewer and of all, until one ends', async () => {
    const { ask, open, inFlight, server } = house({ push: { streamsPerViewer: 2, streams: 3 } });
    const id = inFlight();
    const first = await open([id], { cookie: 'a' });
    await open([id], { cookie: 'a' });
    expect((await ask([id], { cookie: 'a' })).status).toBe(429);
    await open([id], { cookie: 'b' });
    expect((await ask([id], { cookie: 'c' })).status).toBe(503);
    await first.leave();
    await pass(10);
    expect((await ask([id], { cookie: 'c' })).status).toBe(200);
    server.close();
  });

  test('is refused beyond the most of all, also while others are still authorized', async () => {
    const { ask, inFlight, server } = house({
      push: { streams: 3 },
      authorize: async () => {
        await new Promise((resolve) => setTimeout(resolve, 150));
        return true;
      },
    });
    const id = inFlight();
    const asked = Array.from({ length: 8 }, (_, viewer) => ask([id], { cookie: `viewer=${viewer}` }));
    await pass(500);
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(3);
    expect(statuses.filter((status) => status === 503)).toHaveLength(5);
    server.close();
  });

  test('without push there is no such route, and no offer', async () => {
    const { ask, get } = house({ push: false });
    expect((await ask(['c1'])).status).toBe(404);
    expect((await get('/v1/content/c1')).headers.has('x-layers-events')).toBe(false);
  });
});
