import { describe, expect, test } from 'vitest';
import { NOW, plan, stranger, swept, track, words } from './support.js';

describe('one container', () => {
  test('that is not known is read: its record where somebody wants that, else its progress', () => {
    expect(words(plan([stranger('a')]).first)).toEqual(['record a 0']);
    expect(words(plan([stranger('a', ['progress'])]).first)).toEqual(['progress a 0']);
  });

  test('in flight is polled by its progress alone, 2 s after the last, 5 s once its stage has lasted 30 s', () => {
    expect(plan([track('a')])).toMatchObject({ sweep: [], first: [], rest: [] });
    expect(words(plan([track('a')]).screen)).toEqual(['progress a 2000']);
    expect(words(plan([track('a', { stageSince: NOW - 31_000 })]).screen)).toEqual(['progress a 5000']);
  });

  test('of which nothing told when it began has its record read: soon on screen, as its bar has no share until then', () => {
    const bar = track('a', { lacksRecord: true, recordAt: null, createdAt: null, lacksStart: true, since: NOW }, ['progress']);
    expect(words(plan([bar]).rest)).toEqual(['record a 3000']);
    expect(words(plan([bar], { isOnScreen: () => false }).rest)).toContain('record a 60000');
    expect(plan([track('a', { lacksRecord: true, recordAt: null, since: NOW }, ['progress'])]).rest).toEqual([]);
    const fromStart = track('a', { lacksRecord: true, recordAt: null, createdAt: null, since: NOW }, ['progress']);
    expect(words(plan([fromStart]).rest)).toEqual(['record a 60000']);
  });

  test('off screen has only its status read, where no list tells it', () => {
    expect(words(plan([track('a')], { isOnScreen: () => false }).rest)).toEqual(['progress a 2000']);
    expect(words(plan([track('a', {}, ['record'])], { isOnScreen: () => false }).rest)).toEqual(['record a 2000']);
  });

  test('is not polled where an interval of false or 0 says so, and as often as asked for', () => {
    for (const interval of [false, 0] as const)
      expect(plan([track('a', {}, ['progress'], interval)])).toMatchObject({ sweep: [], first: [], screen: [], rest: [] });
    expect(words(plan([track('a', {}, ['progress'], 10_000)]).screen)).toEqual(['progress a 10000']);
    expect(words(plan([track('a', {}, ['progress'], 10)]).screen)).toEqual(['progress a 1000']);
  });

  test('past its deadline is read once a minute, from when its job began', () => {
    expect(words(plan([track('a', { startedAt: NOW - 31 * 60_000 })]).screen)).toEqual(['progress a 60000']);
    expect(words(plan([track('a', { startedAt: null, since: NOW - 31 * 60_000 })]).screen)).toEqual(['progress a 60000']);
  });

  test('that failed to be read waits for its retry, and not for ever only where somebody asks', () => {
    expect(words(plan([track('a', { retryAt: NOW + 7_000, error: 'HTTP_500' })]).screen)).toEqual(['progress a 7000']);
  });

  test('whose progress fails is read by its record until that can be retried, also where its own backoff is the longer one', () => {
    const failing = { failures: 3, error: 'HTTP_502', failing: new Map([['progress' as const, { failures: 3, retryAt: NOW + 30_000 }]]) };
    const ownAlone = words(plan([track('a', { ...failing, retryAt: NOW - 1 })]).screen);
    expect(ownAlone).toEqual(['record a 5000', 'progress a 30000']);
    expect(words(plan([track('a', { ...failing, retryAt: NOW + 30_000 })]).screen)).toEqual(ownAlone);
  });

  test('that has ended is read for what came of it, first of all on screen, and never again', () => {
    const ended = { phase: 'ended', lacksRecord: true, recordAt: null } as const;
    expect(words(plan([track('b'), track('a', { ...ended, lacksOutcome: true, longestQuiet: 1 })]).screen)[0]).toBe('record a 0');
    expect(words(plan([track('a', ended)]).rest)).toEqual(['record a 0']);
    expect(plan([track('a', { phase: 'ended' })])).toMatchObject({ sweep: [], first: [], screen: [], rest: [] });
    expect(plan([track('a', ended, ['progress'])])).toMatchObject({ screen: [], rest: [] });
  });

  test('whose record says in flight again without a date has its progress read, once a minute at most', () => {
    expect(words(plan([track('a', { phase: 'ended', isInDoubt: true, progressAt: null })]).screen)).toEqual(['progress a 0']);
    expect(words(plan([track('a', { phase: 'ended', isInDoubt: true })]).screen)).toEqual(['progress a 60000']);
  });
});

describe('from two in flight on', () => {
  test('one list read tells the status of all, before any poll', () => {
    const two = plan([track('a'), track('b')], { sweeps: new Map() });
    expect(words(two.sweep)).toEqual(['all prj_1 0']);
    expect(words(two.screen)).toEqual(['progress a 2000', 'progress b 2000']);
  });

  test('off screen nothing else is read', () => {
    expect(plan([track('a'), track('b')], { isOnScreen: () => false })).toMatchObject({ first: [], screen: [], rest: [] });
  });

  test('what is off screen counts on screen as soon as it is seen', () => {
    expect(words(plan([track('a'), track('b')], { isOnScreen: (key) => key === 'b' }).screen)).toEqual(['progress b 2000']);
  });

  test('each project has its own list read, and of one that is alone in its project a read of it takes that place', () => {
    const reads = plan([track('a'), track('b'), track('c', { projectId: 'prj_2' })], { isOnScreen: () => false, sweeps: new Map() });
    expect(words(reads.sweep)).toEqual(['all prj_1 0', 'progress c 3300']);
    expect(words(reads.rest)).toEqual(['progress c 2000']);
  });

  test('a list that fails is tried again later, and single reads take over meanwhile', () => {
    const failing = plan([track('a', {}, ['record']), track('b')], {
      sweeps: new Map([['prj_1', swept({ error: 'HTTP_502', failures: 2, retryAt: NOW + 8_000 })]]),
    });
    expect(words(failing.sweep)).toEqual(['in-flight prj_1 8000']);
    expect(words(failing.screen)).toEqual(['record a 2000', 'progress b 2000']);
  });

  test('one that no list names is read by itself', () => {
    const reads = plan([track('a', { isAlone: true }, ['record']), track('b')]);
    expect(words(reads.screen)).toContain('record a 2000');
    expect(words(plan([track('a', { left: 'not-found' }), track('b')], { isOnScreen: () => false }).screen)).toEqual(['record a 0']);
    const refused = new Map([['record' as const, { failures: 1, retryAt: Number.POSITIVE_INFINITY }]]);
    const left = track('a', { left: 'not-found', failing: refused });
    expect(words(plan([left, track('b')], { isOnScreen: () => false }).screen)).toEqual(['progress a 0']);
  });

  test('where all do not fit one page, who ended is asked and, less often, who has not', () => {
    const many = Array.from({ length: 200 }, (_, index) => track(`c${index}`));
    const reads = plan(many, {
      isOnScreen: () => false,
      sweeps: new Map([['prj_1', swept({ pages: { search: 1, all: 2, 'in-flight': 1, ended: 1 } })]]),
    });
    expect(words(reads.sweep)).toEqual(['ended prj_1 3300', 'in-flight prj_1 16500']);
  });
});

describe('containers of which only the id is known', () => {
  test('one record tells the project of all, the others wait for it', () => {
    const reads = plan([stranger('a'), stranger('b'), stranger('c', ['progress'])], { sweeps: new Map() });
    expect(words(reads.first)).toEqual(['record a 0']);
    expect(reads.sweep).toEqual([]);
  });

  test('then a search through that project looks for them', () => {
    const [a, b, c] = [track('a'), stranger('b'), stranger('c')];
    const reads = plan([a, b, c], { sweeps: new Map() });
    expect(words(reads.sweep)).toContain('search prj_1 0');
    expect(reads.first).toEqual([]);
  });

  test('what a list that found others did not find tells its own project in turn; a single one is read at once', () => {
    const found = new Map([['prj_1', swept({ askedAt: { search: NOW + 1, all: NOW, 'in-flight': NOW, ended: NOW } })]]);
    expect(words(plan([track('a'), track('d'), stranger('b'), stranger('c')], { sweeps: found }).first)).toEqual(['record b 0']);
    expect(words(plan([track('a'), stranger('b')], { sweeps: new Map() }).first)).toEqual(['record b 0']);
  });

  test('where lists found nobody, as of one container for each project, each is read by itself', () => {
    const found = new Map([['prj_1', swept({ askedAt: { search: NOW + 1, all: NOW, 'in-flight': NOW, ended: NOW } })]]);
    expect(words(plan([track('a'), stranger('b'), stranger('c')], { sweeps: found }).first)).toEqual(['record b 0', 'record c 0']);
  });

  test('while a search goes on, those on screen that its pages so far did not find are read by themselves', () => {
    const askedAt = { search: NOW + 1, all: NOW, 'in-flight': NOW, ended: NOW };
    const searching = (more: object) => new Map([['prj_1', swept({ askedAt, isUnderWay: true, ...more })]]);
    const tracks = [track('a'), track('d'), stranger('b'), stranger('c')];
    const isOnScreen = (key: string) => key !== 'c';
    expect(words(plan(tracks, { isOnScreen, sweeps: searching({ isPartial: true }) }).first)).toEqual(['record b 0']);
    expect(plan(tracks, { isOnScreen, sweeps: searching({ isPartial: false }) }).first).toEqual([]);
  });

  test('what a search that ended early did not find is read by itself, after sweeps, of several projects too', () => {
    const askedAt = { search: NOW + 1, all: NOW, 'in-flight': NOW, ended: NOW };
    const sweeps = new Map(['prj_1', 'prj_2'].map((projectId) => [projectId, swept({ askedAt, isPartial: true })]));
    const known = [track('a'), track('d'), ...['e', 'f'].map((name) => track(name, { projectId: 'prj_2' }))];
    const reads = plan([...known, stranger('b'), stranger('c')], { sweeps });
    expect(words(reads.first)).toEqual(['record b 0', 'record c 0']);
    expect(reads.sweep.filter(({ kind }) => kind !== 'sweep')).toEqual([]);
  });

  test('where records name no project each is read by itself', () => {
    expect(words(plan([stranger('a'), stranger('b')], { sweeps: new Map(), hasNoProjects: true }).first)).toEqual([
      'record a 0',
      'record b 0',
    ]);
  });

  test('one that cannot be read does not hold up the others', () => {
    const refused = { ...stranger('a'), error: 'NOT_FOUND', retryAt: Number.POSITIVE_INFINITY };
    expect(words(plan([refused, stranger('b'), stranger('c')], { sweeps: new Map() }).first)).toContain('record b 0');
  });
});

describe('the order of polls', () => {
  test('is by how long ago each was read, but what should be ending now comes first', () => {
    const [fresh, old, ending] = [
      track('fresh', { progressAt: NOW - 2_000 }),
      track('old', { progressAt: NOW - 9_000 }),
      track('ending', { progressAt: NOW - 2_000, endsAt: NOW - 500 }),
    ];
    expect(plan([fresh, old, ending]).screen.map((read) => read.kind !== 'sweep' && read.track.key)).toEqual(['ending', 'old', 'fresh']);
  });

  test('a bar whose progress was never read comes before all others, however often a list tells its status', () => {
    const told = track('told', { progressAt: null, readAt: NOW });
    expect(plan([track('old', { progressAt: NOW - 9_000 }), told]).screen.map((read) => read.kind !== 'sweep' && read.track.key)).toEqual([
      'told',
      'old',
    ]);
  });

  test('the status of one in flight below the fold comes before the records of those that ended there, but not before those on screen', () => {
    const ended = { phase: 'ended', lacksRecord: true, lacksOutcome: true, recordAt: null, longestQuiet: 1_000 } as const;
    const tracks = [track('over', ended), track('seen', ended), track('last', { readAt: NOW - 3_000, progressAt: null })];
    const planned = plan(tracks, { isOnScreen: (key) => key === 'seen' });
    expect(words(planned.screen)).toEqual(['record seen 0']);
    expect(words(planned.rest)).toEqual(['progress last 0', 'record over 0']);
  });

  test('an end that was expected long ago has no precedence', () => {
    const late = track('late', { progressAt: NOW - 2_000, endsAt: NOW - 60_000 });
    expect(plan([late, track('old', { progressAt: NOW - 9_000 })]).screen.map((read) => read.kind !== 'sweep' && read.track.key)).toEqual([
      'old',
      'late',
    ]);
  });
});

test('polling waits 10 s for first data that no list brings, but not where an end is expected', () => {
  const polled = (more: object) => plan([track('a', { progressAt: NOW - 3_000, ...more }), stranger('b')], { hasNoProjects: true }).screen;
  expect(words(polled({}))).toEqual(['progress a 7000']);
  expect(words(polled({ progressAt: null }))).toEqual(['progress a 0']);
  expect(words(polled({ progressAt: null, since: NOW - 1_000 }))).toEqual(['progress a 9000']);
  expect(words(polled({ endsAt: NOW }))).toEqual(['progress a 0']);
});

test('an end that was expected since the last read keeps its precedence until it is read', () => {
  const missed = track('missed', { progressAt: NOW - 9_000, endsAt: NOW - 4_000 });
  const old = track('old', { progressAt: NOW - 20_000 });
  const first = (tracks: ReturnType<typeof track>[]) => plan(tracks).screen.map((read) => read.kind !== 'sweep' && read.track.key)[0];
  expect(first([old, missed])).toBe('missed');
  expect(first([old, { ...missed, progressAt: NOW - 3_000 }])).toBe('old');
});

test('where no list tells of ends, they are asked for before the records of those that ended, and those before other polls', () => {
  const ended = track('ended', { phase: 'ended', lacksRecord: true, lacksOutcome: true, recordAt: null, longestQuiet: 1 });
  const tracks = [ended, track('old', { progressAt: NOW - 9_000 }), track('new', { progressAt: null }), track('ending', { endsAt: NOW })];
  const order = (hasNoProjects: boolean) => plan(tracks, { hasNoProjects }).screen.map((read) => read.kind !== 'sweep' && read.track.key);
  expect(order(true)).toEqual(['ending', 'new', 'ended', 'old']);
  expect(order(false)).toEqual(['ended', 'ending', 'new', 'old']);
});

test('in a hidden page what is awaited is read once a minute, in the last class', () => {
  const reads = plan([track('a')], { isHidden: true });
  expect(reads.screen).toEqual([]);
  expect(words(reads.rest)).toEqual(['progress a 60000']);
});

test('a job is polled like a container', () => {
  expect(words(plan([track('job_1', { projectId: null }, ['job'])]).screen)).toEqual(['job job_1 2000']);
  expect(words(plan([stranger('job_1', ['job'])]).first)).toEqual(['job job_1 0']);
  expect(plan([track('job_1', { phase: 'ended' }, ['job'])])).toMatchObject({ screen: [], rest: [] });
});

test('polling of jobs waits for the first data of others, at most a minute, and not while that backs off', () => {
  const late = (more = {}) => track('late', { projectId: null, readAt: NOW - 61_999, ...more }, ['job']);
  const due = track('due', { projectId: null, readAt: NOW - 10_000 }, ['job']);
  const names = (tracks: Parameters<typeof plan>[0]) => words(plan(tracks).screen).map((word) => word.split(' ')[1]);
  expect(names([stranger('new', ['job']), due, late()])).toEqual([]);
  expect(names([stranger('new', ['job']), due, late({ readAt: NOW - 62_000 })])).toEqual(['late']);
  expect(names([Object.assign(stranger('new', ['job']), { retryAt: NOW + 1 }), due, late()])).toEqual(['late', 'due']);
  expect(names([stranger('new', ['record']), due, late()])).toEqual(['late', 'due']);
  expect(names([stranger('new', ['job']), track('a')])).toEqual(['a']);
});
