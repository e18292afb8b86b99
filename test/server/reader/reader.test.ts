import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Reader, type ViewerRead } from '../../../src/server/reader/reader.js';
import { Link } from '../../../src/server/store/link.js';
import { createMemoryStore } from '../../../src/server/store/memoryStore.js';

let day = 0;

beforeEach(() => {
  // A clock that is set back between two tests would stand still in the second.
  day += 1;
  vi.useFakeTimers({ now: Date.UTC(2031, 0, day) });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A reader of an API that answers after 50 ms, and what it was sent. */
function setup(answer: (path: string) => { status?: number; body?: unknown; headers?: Record<string, string> } | Error = () => ({})) {
  const sent: { path: string; at: number }[] = [];
  const reader = new Reader({
    readsPerMinute: 96,
    link: new Link(createMemoryStore(), () => {}),
    send: async (path) => {
      sent.push({ path, at: Date.now() });
      await new Promise((resolve) => setTimeout(resolve, 50));
      const said = answer(path);
      if (said instanceof Error) throw said;
      const { status = 200, body = { path }, headers = {} } = said;
      return { status, headers: new Headers(headers), text: JSON.stringify(body) };
    },
  });
  const get = (path: string, more: Partial<ViewerRead> = {}) => {
    const kind = path.includes('/projects/') ? 'list' : path.endsWith('/progress') ? 'progress' : 'container';
    const containerId = /content\/([^/?]+)/.exec(path)?.[1];
    const { signal } = new AbortController();
    return reader.read({
      path,
      kind,
      containerId: kind === 'list' ? undefined : containerId,
      viewer: 'one',
      isNew: false,
      signal,
      ...more,
    });
  };
  const mostIn60s = () => Math.max(0, ...sent.map(({ at }) => sent.filter((other) => other.at > at - 60_000 && other.at <= at).length));
  return { reader, sent, get, mostIn60s };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const progress = (id: string) => `/v1/content/${id}/progress`;

describe('one read for everybody', () => {
  test('equal reads are one request, also for who comes within the time in which it is current', async () => {
    const { get, sent } = setup();
    const all = Promise.all(Array.from({ length: 20 }, (_, index) => get(progress('a'), { viewer: `${index}` })));
    await pass(100);
    expect(new Set((await all).map(({ text }) => text)).size).toBe(1);
    await pass(1_500);
    await get(progress('a'));
    expect(sent).toHaveLength(1);
    await pass(1_000);
    void get(progress('a'));
    await pass(100);
    expect(sent).toHaveLength(2);
  });

  test('a person who asks anew gets what was asked for since, and not more than once a second', async () => {
    const { get, sent } = setup();
    void get(progress('a'));
    await pass(500);
    void get(progress('a'), { isNew: true });
    await pass(1_000);
    expect(sent).toHaveLength(1);
    const answer = get(progress('a'), { isNew: true });
    await pass(100);
    expect((await answer).askedAt).toBe(sent[1]?.at);
  });

  test('500 paths that everybody polls keep to the budget, and each is answered at once and read again in its turn', async () => {
    const { get, sent, mostIn60s } = setup();
    const paths = Array.from({ length: 100 }, (_, index) => progress(`c${index}`));
    const waits: number[] = [];
    const poll = async (path: string) => {
      const from = Date.now();
      await get(path, { viewer: path });
      waits.push(Date.now() - from);
    };
    for (let second = 0; second < 300; second += 2) {
      for (const path of paths) void poll(path);
      await pass(2_000);
    }
    expect(mostIn60s()).toBeLessThanOrEqual(96);
    for (const path of paths) {
      const times = sent.filter((each) => each.path === path).map(({ at }) => at);
      expect(times.length).toBeGreaterThanOrEqual(3);
    }
    // Who asks again is answered at once, or after the patience for what is old.
    expect(waits.slice(5_000).every((wait) => wait <= 2_000)).toBe(true);
  });
});

describe('a clock that is set', () => {
  test.each([3_600_000, -3_600_000])('by %i ms makes nobody forget what was just sent', async (ms) => {
    const { get, sent } = setup();
    const start = performance.now();
    const ticks: number[] = [];
    let asked = 0;
    const ask = () => {
      for (let viewer = 0; viewer < 10; viewer += 1)
        get(`/v1/content/c${(asked += 1)}`, { viewer: `${viewer}`, isNew: viewer < 2 }).catch(() => {});
    };
    for (let second = 0; second < 70; second += 1) {
      if (second === 45 || second === 53) vi.setSystemTime(Date.now() + ms);
      ask();
      await pass(1_000);
      while (ticks.length < sent.length) ticks.push(performance.now() - start);
    }
    const most = Math.max(...ticks.map((at) => ticks.filter((other) => other > at - 60_000 && other <= at).length));
    expect(most).toBeLessThanOrEqual(96);
    expect(ticks.filter((at) => at > 55_000).length).toBeGreaterThan(5);
  });
});

describe('a fair share', () => {
  test('somebody who opens a thousand containers delays nobody else', async () => {
    const { get } = setup();
    for (let index = 0; index < 1_000; index += 1) get(`/v1/content/many${index}`, { viewer: 'greedy' }).catch(() => {});
    await pass(5_000);
    const waits: number[] = [];
    for (let viewer = 0; viewer < 5; viewer += 1) {
      const from = Date.now();
      void get(`/v1/content/one${viewer}`, { viewer: `modest ${viewer}` }).then(() => waits.push(Date.now() - from));
    }
    await pass(15_000);
    expect(waits).toHaveLength(5);
  });

  const many = Array.from({ length: 40 }, (_, index) => ({ id: `known${index}`, status: 'completed' }));

  test.each([
    ['for the first time', false],
    ['anew, as a person', true],
  ])('nor does somebody who asks for a thousand %s delay what a list has shown to others', async (_, isNew) => {
    const { get, sent } = setup((path) => (path.includes('/projects/') ? { body: { items: many } } : {}));
    void get('/v1/projects/p/content');
    // As a browser has them: some in flight, and the next as soon as one is answered.
    let asked = 0;
    const connection = async () => {
      for (;;) await get(`/v1/content/many${(asked += 1)}`, { viewer: 'greedy', isNew });
    };
    for (let index = 0; index < 60; index += 1) void connection();
    await pass(70_000);
    const waits: number[] = [];
    for (let viewer = 0; viewer < 20; viewer += 1) {
      const from = Date.now();
      void get(`/v1/content/known${viewer}`, { viewer: `modest ${viewer}` }).then(() => waits.push(Date.now() - from));
      await pass(1_000);
    }
    await pass(5_000);
    expect(waits).toHaveLength(20);
    expect(Math.max(...waits)).toBeLessThan(4_000);
    // What others leave of the budget is theirs.
    expect(sent.filter(({ path, at }) => path.includes('many') && at > Date.now() - 25_000).length).toBeGreaterThan(10);
  });

  test('nor is one of the thousand kept from somebody else who opens it', async () => {
    const { get } = setup();
    for (let index = 0; index < 1_000; index += 1) get(`/v1/content/many${index}`, { viewer: 'greedy' }).catch(() => {});
    await pass(5_000);
    const from = Date.now();
    const last = get('/v1/content/many999', { viewer: 'modest' }).then(() => Date.now() - from);
    await pass(5_000);
    expect(await Promise.race([last, pass(0)])).toBeLessThan(2_000);
  });

  test('what all follow is polled meanwhile', async () => {
    const { reader, get, sent } = setup();
    for (let index = 0; index < 1_000; index += 1) get(`/v1/content/many${index}`, { viewer: 'greedy' }).catch(() => {});
    await pass(70_000);
    let polls = 0;
    const poll = () => {
      reader.line.queue.reserve(
        () => 'screen',
        reader,
        () => {
          polls += 1;
          setTimeout(poll);
        },
        () => {},
      );
    };
    poll();
    const before = sent.length;
    await pass(30_000);
    expect(polls).toBeGreaterThan(15);
    expect(sent.length - before).toBeGreaterThan(15);
  });
});

describe('viewers who leave', () => {
  test('spend nothing: what they waited for is not read', async () => {
    const { get, sent } = setup();
    // Each has a connection, and so a signal, of their own.
    const leaving = Array.from({ length: 200 }, () => new AbortController());
    const waits = leaving.map(({ signal }, viewer) => get(progress(`gone${viewer}`), { viewer: `${viewer}`, signal }));
    for (const wait of waits) wait.catch(() => {});
    await pass(1_000);
    for (const each of leaving) each.abort(new Error('left'));
    await expect(waits[199]).rejects.toThrow('left');
    await pass(100);
    const before = sent.length;
    const from = Date.now();
    const stayed = get(progress('stays'));
    await pass(2_000);
    expect(JSON.parse((await stayed).text)).toEqual({ path: progress('stays') });
    expect(sent.slice(before).map(({ path }) => path)).toEqual([progress('stays')]);
    expect((sent.at(-1)?.at ?? 0) - from).toBeLessThan(1_500);
  });

  test('so does a server that is closed', async () => {
    const { reader, get, sent } = setup();
    const waits = Array.from({ length: 50 }, (_, viewer) =>
      get(progress(`c${viewer}`), { viewer: `${viewer}` }).catch((error: Error) => error.message),
    );
    await pass(1_000);
    reader.close(new Error('closed'));
    const before = sent.length;
    expect((await Promise.all(waits)).filter((said) => said === 'closed').length).toBeGreaterThan(40);
    await pass(60_000);
    expect(sent.length).toBe(before);
  });
});

describe('while the API fails', () => {
  test.each([
    ['502', { status: 502 }],
    ['429', { status: 429, headers: { 'retry-after': '5' } }],
    ['no connection', new Error('reset')],
  ])('(%s) the last good response is given with its age, and the API is asked seldom', async (_, failure) => {
    let isFailing = false;
    const { get, sent } = setup(() => (isFailing ? failure : {}));
    const first = get(progress('a'));
    await pass(100);
    const { askedAt } = await first;
    isFailing = true;
    const before = sent.length;
    for (let second = 0; second < 20; second += 1) {
      const answer = get(progress('a'), { viewer: `${second}` });
      await pass(2_500);
      expect(await answer).toMatchObject({ status: 200, askedAt });
    }
    expect(sent.length - before).toBeGreaterThan(2);
    expect(sent.length - before).toBeLessThanOrEqual(26);
    isFailing = false;
    await pass(6_000);
    const again = get(progress('a'));
    await pass(2_500);
    expect((await again).askedAt).toBeGreaterThan(askedAt);
  });

  test('what is gone is told as gone, and asked for again by nobody for two seconds', async () => {
    let isGone = false;
    const { get, sent } = setup(() => (isGone ? { status: 404 } : {}));
    void get('/v1/content/a');
    await pass(6_000);
    isGone = true;
    void get('/v1/content/a');
    await pass(100);
    const before = sent.length;
    const answers = Promise.all(Array.from({ length: 10 }, (_, viewer) => get('/v1/content/a', { viewer: `${viewer}` })));
    await pass(100);
    expect((await answers).map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 404));
    expect(sent.length).toBe(before);
  });

  test('with nothing to give, the failure is told', async () => {
    const { get } = setup(() => new Error('reset'));
    const answer = get(progress('a'));
    answer.catch(() => {});
    await pass(100);
    await expect(answer).rejects.toThrow('reset');
  });
});

describe('what is known to have changed', () => {
  test('a list that shows an end makes the record outdated, though it was just read', async () => {
    let status = 'processing';
    const { get, sent } = setup((path) => ({
      body: path.includes('/projects/') ? { items: [{ id: 'cnt_a', status }] } : { id: 'cnt_a', status },
    }));
    void get('/v1/content/cnt_a');
    await pass(100);
    void get('/v1/projects/p/content');
    await pass(2_000);
    status = 'completed';
    void get('/v1/projects/p/content');
    await pass(1_000);
    const record = get('/v1/content/cnt_a');
    await pass(2_000);
    expect(JSON.parse((await record).text)).toMatchObject({ status: 'completed' });
    expect(sent.filter(({ path }) => path === '/v1/content/cnt_a')).toHaveLength(2);
  });

  test('after a write neither the container nor a list is answered with what was read before', async () => {
    const { reader, get, sent } = setup();
    void get('/v1/content/cnt_a');
    void get('/v1/projects/p/content');
    await pass(1_200);
    reader.wrote('a');
    const all = Promise.all([get('/v1/content/cnt_a'), get('/v1/projects/p/content')]);
    await pass(2_500);
    for (const { askedAt } of await all) expect(askedAt).toBeGreaterThanOrEqual(Date.now() - 2_500);
    expect(sent).toHaveLength(4);
  });
});
