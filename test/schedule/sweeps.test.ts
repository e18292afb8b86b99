import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type ContainerListFilters, type ContainerPage, LayersError, parseContainer } from '../../src/core.js';
import { monotonicNow } from '../../src/internal/monotonicNow.js';
import { rowOf } from '../../src/entries/entry.js';
import { Session } from '../../src/schedule/session.js';
import { Sweeps } from '../../src/schedule/sweeps.js';
import { newTrack, type Track } from '../../src/schedule/track.js';
import { stopTime } from '../support/time.js';

beforeEach(() => {
  stopTime();
});

type Page = string[] | LayersError;

const inFlight = (name: string, more: Partial<Track> = {}): Track => ({
  ...newTrack(name, name, monotonicNow() - 10_000),
  phase: 'in-flight',
  projectId: 'prj_1',
  createdAt: '2026-01-01T00:00:00Z',
  ...more,
});
const stranger = (name: string): Track => newTrack(name, name, monotonicNow() - 10_000);

/** Sweeps over tracks, whose pages are answered from `pages`, in order. */
function world(tracks: Track[], ...pages: Page[]) {
  const asked: { filters: ContainerListFilters; cursor: string | null }[] = [];
  const told: string[][] = [];
  const session = new Session();
  const sweeps = new Sweeps({
    session,
    tracks: () => tracks,
    readPage: async (_, filters, cursor) => {
      asked.push({ filters, cursor });
      const page = pages[asked.length - 1] ?? [];
      if (page instanceof LayersError) throw page;
      const value: ContainerPage = {
        containers: page.map((id) => rowOf(parseContainer({ id, status: 'processing' }))),
        nextCursor: asked.length < pages.length ? `cursor-${asked.length}` : null,
        invalid: [],
      };
      return { value, askedAt: monotonicNow() };
    },
    tellPage: (_, { value }) => {
      told.push(value.containers.map(({ id }) => id));
      // Whoever is told learns it.
      for (const { id } of value.containers)
        for (const track of tracks)
          if (track.key === id && track.phase === 'unknown') Object.assign(track, { phase: 'in-flight', projectId: 'prj_1' });
    },
  });
  return { sweeps, session, asked, told, state: () => sweeps.states.get('prj_1') };
}

const error = (status: number, retryAfterMs: number | null = null) =>
  new LayersError({ code: `HTTP_${status}`, status, retryAfterMs, message: 'It failed.' });

describe('what is asked', () => {
  test('all that is as old as the oldest in flight, or newer', async () => {
    const { sweeps, asked } = world([inFlight('a', { createdAt: '2026-01-02T00:00:00Z' }), inFlight('b')], ['a', 'b']);
    await sweeps.ask('prj_1', 'all');
    expect(asked).toEqual([{ filters: { since: '2026-01-01T00:00:00Z', limit: 200 }, cursor: null }]);
  });

  test.each([
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
    ['2026-01-01T00:04:59.999Z', '2026-01-01T00:00:00Z'],
    ['2026-01-01T00:05:00.001Z', '2026-01-01T00:05:00Z'],
  ])('the same list for viewers whose oldest differ by little: %s is asked as %s', async (createdAt, since) => {
    const { sweeps, asked } = world([inFlight('a', { createdAt }), inFlight('b', { createdAt })], ['a', 'b']);
    await sweeps.ask('prj_1', 'all');
    await sweeps.ask('prj_1', 'ended');
    expect(asked.map(({ filters }) => filters.since)).toEqual([since, since]);
  });

  test('everything, where the age of one is not known', async () => {
    const { sweeps, asked } = world([inFlight('a'), inFlight('b', { createdAt: null })], ['a', 'b']);
    await sweeps.ask('prj_1', 'all');
    expect(asked[0]?.filters).toEqual({ limit: 200 });
  });

  test('only of the project: what is older elsewhere does not widen it', async () => {
    const { sweeps, asked } = world([inFlight('a'), inFlight('b', { projectId: 'prj_2', createdAt: '2020-01-01T00:00:00Z' })], ['a']);
    await sweeps.ask('prj_1', 'all');
    expect(asked[0]?.filters.since).toBe('2026-01-01T00:00:00Z');
  });

  test('page by page, each told as it comes', async () => {
    const { sweeps, asked, told, state } = world([inFlight('a'), inFlight('b')], ['a'], ['x'], ['b']);
    await sweeps.ask('prj_1', 'in-flight');
    expect(asked.map(({ cursor }) => cursor)).toEqual([null, 'cursor-1', 'cursor-2']);
    expect(told).toEqual([['a'], ['x'], ['b']]);
    expect(state()).toMatchObject({ pages: { 'in-flight': 3, all: 1 }, isUnderWay: false, error: null });
  });

  test('is under way until the last page came', async () => {
    const { sweeps, state } = world([inFlight('a')], ['a']);
    const asking = sweeps.ask('prj_1', 'all');
    expect(state()?.isUnderWay).toBe(true);
    await asking;
    expect(state()?.isUnderWay).toBe(false);
  });
});

describe('those that a list does not name any more', () => {
  test('left: not found where all were listed, to be looked for where those in flight were', async () => {
    for (const [question, left] of [
      ['all', 'not-found'],
      ['in-flight', 'unasked'],
    ] as const) {
      const tracks = [inFlight('a'), inFlight('b')];
      await world(tracks, ['a']).sweeps.ask('prj_1', question);
      expect(tracks.map((track) => track.left)).toEqual([null, left]);
    }
  });

  test('and are not among those that ended either are not found', async () => {
    const tracks = [inFlight('a'), inFlight('b', { left: 'unasked' }), inFlight('c', { left: 'unasked' })];
    await world(tracks, ['c']).sweeps.ask('prj_1', 'ended');
    expect(tracks.map((track) => track.left)).toEqual([null, 'not-found', 'unasked']);
  });

  test('and are named again have not left', async () => {
    const tracks = [inFlight('a', { left: 'not-found' }), inFlight('b', { isAlone: true })];
    await world(tracks, ['a', 'b']).sweeps.ask('prj_1', 'all');
    expect(tracks.map(({ left, isAlone }) => [left, isAlone])).toEqual([
      [null, false],
      [null, false],
    ]);
  });

  test('but began to be followed after it was asked for have not left', async () => {
    const tracks = [inFlight('a'), inFlight('b', { since: monotonicNow() + 1 })];
    await world(tracks, ['a']).sweeps.ask('prj_1', 'all');
    expect(tracks[1]?.left).toBeNull();
  });

  test('and are read by themselves, or belong to another project, are left alone', async () => {
    const tracks = [inFlight('a'), inFlight('b', { isAlone: true }), inFlight('c', { projectId: 'prj_2' })];
    await world(tracks, ['a']).sweeps.ask('prj_1', 'all');
    expect(tracks.map((track) => track.left)).toEqual([null, null, null]);
  });

  test('are not known from a list that was not read to its end', async () => {
    const tracks = [inFlight('a'), inFlight('b')];
    const { sweeps, asked } = world(tracks, ...Array.from({ length: 30 }, () => ['x']));
    await sweeps.ask('prj_1', 'all');
    expect(asked).toHaveLength(10);
    expect(tracks.map((track) => track.left)).toEqual([null, null]);
  });

  test('nor from one that failed on its way', async () => {
    const tracks = [inFlight('a'), inFlight('b')];
    await world(tracks, ['a'], error(500), []).sweeps.ask('prj_1', 'in-flight');
    expect(tracks.map((track) => track.left)).toEqual([null, null]);
  });
});

describe('a search', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => stranger(`s${index}`));

  test('goes on while its pages find several, until one at most is unknown, and says of nobody that it left', async () => {
    const tracks = [inFlight('a'), ...many(5)];
    const { sweeps, asked, state } = world(tracks, ['s0', 's1'], ['s2', 's3'], ['y'], ['z']);
    await sweeps.ask('prj_1', 'search');
    expect(asked.map(({ filters }) => filters)).toEqual([{ limit: 200 }, { limit: 200 }]);
    expect(tracks.map((track) => track.left)).toEqual(tracks.map(() => null));
    expect(state()?.isPartial).toBe(true);
  });

  test.each([
    [1, 1],
    [19, 1],
    [20, 2],
    [100, 6],
    [199, 10],
    [1_000, 10],
  ])('for %i of which its pages find none reads %i: hardly more than it could save', async (count, pages) => {
    const { sweeps, asked } = world(many(count), ...Array.from({ length: 30 }, () => ['x']));
    await sweeps.ask('prj_1', 'search');
    expect(asked).toHaveLength(pages);
  });

  test('ends where a page finds one only: a single read finds one, too', async () => {
    const { sweeps, asked } = world(many(10), ['s0', 's1'], ['s2'], ['s3', 's4']);
    await sweeps.ask('prj_1', 'search');
    expect(asked).toHaveLength(2);
  });

  test('doesn’t count what could not be read', async () => {
    const refused = many(1_000).map((track) => ({ ...track, error: 'NOT_FOUND' }));
    const { sweeps, asked } = world([...refused, ...many(10).map((track) => ({ ...track, key: `t${track.key}` }))], ['x'], ['y']);
    await sweeps.ask('prj_1', 'search');
    expect(asked).toHaveLength(1);
  });

  test('that reaches the last page has read everything', async () => {
    const { sweeps, state } = world(many(5), ['x']);
    await sweeps.ask('prj_1', 'search');
    expect(state()?.isPartial).toBe(false);
  });
});

describe('a list that cannot be read', () => {
  test('is noted with its code, and tried again later and later', async () => {
    const { sweeps, state } = world([inFlight('a')], error(502), error(502), error(502));
    const waits: number[] = [];
    for (let time = 0; time < 3; time += 1) {
      await sweeps.ask('prj_1', 'all');
      waits.push((state()?.retryAt ?? 0) - monotonicNow());
    }
    expect(state()).toMatchObject({ error: 'HTTP_502', failures: 3, isUnderWay: false });
    for (const [index, base] of [2_000, 4_000, 8_000].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(0.75 * base);
      expect(waits[index]).toBeLessThanOrEqual(1.25 * base);
    }
  });

  test('waits as long as the server asked', async () => {
    const { sweeps, state } = world([inFlight('a')], error(503, 30_000));
    await sweeps.ask('prj_1', 'all');
    expect((state()?.retryAt ?? 0) - monotonicNow()).toBe(30_000);
  });

  test('because it is refused is tried again after a minute: a key may be given what it lacks', async () => {
    const { sweeps, state } = world([inFlight('a')], error(403));
    await sweeps.ask('prj_1', 'all');
    expect((state()?.retryAt ?? 0) - monotonicNow()).toBe(60_000);
  });

  test('because of a 401 is tried again with all else, and that at once where a read succeeds, even of nothing', async () => {
    const { sweeps, session, state } = world([inFlight('a')], error(401));
    await sweeps.ask('prj_1', 'all');
    expect(session.retryAt - monotonicNow()).toBeGreaterThanOrEqual(1_500);
    expect(session.retryAt - monotonicNow()).toBeLessThanOrEqual(2_500);
    expect((state()?.retryAt ?? 0) - session.retryAt).toBe(10);
    await sweeps.ask('prj_2', 'all');
    // It was requested in the moment of the refusal.
    expect(state()?.error).toBe('HTTP_401');
    vi.advanceTimersByTime(1);
    await sweeps.ask('prj_2', 'all');
    expect(state()).toMatchObject({ error: null, retryAt: 0 });
    expect(session.retryAt).toBe(Number.NEGATIVE_INFINITY);
  });

  test('and then can has no failures left to count', async () => {
    const { sweeps, state } = world([inFlight('a')], error(502), ['a']);
    await sweeps.ask('prj_1', 'all');
    await sweeps.ask('prj_1', 'all');
    expect(state()).toMatchObject({ error: null, failures: 0, retryAt: 0 });
  });

  test('for a reason that is no answer at all is noted, too', async () => {
    const { sweeps, state } = world([inFlight('a')]);
    const broken = new Sweeps({
      session: new Session(),
      tracks: () => [],
      readPage: () => Promise.reject(new TypeError('no')),
      tellPage: () => {},
    });
    await broken.ask('prj_1', 'all');
    expect(broken.states.get('prj_1')?.error).toBe('UNKNOWN');
    await sweeps.ask('prj_1', 'all');
    expect(state()?.error).toBeNull();
  });
});

test('projects of which nothing is followed any more are forgotten, save one that is being read', async () => {
  const { sweeps } = world([inFlight('a')], [], []);
  await sweeps.ask('prj_1', 'all');
  const asking = sweeps.ask('prj_2', 'all');
  sweeps.prune(new Set(['prj_1']));
  expect([...sweeps.states.keys()]).toEqual(['prj_1', 'prj_2']);
  await asking;
  sweeps.prune(new Set(['prj_1']));
  expect([...sweeps.states.keys()]).toEqual(['prj_1']);
});
