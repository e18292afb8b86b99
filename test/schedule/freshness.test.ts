import { describe, expect, test } from 'vitest';
import { freshnessOf, type FreshnessInput } from '../../src/schedule/freshness.js';
import type { Track } from '../../src/schedule/track.js';
import { NOW, stranger, swept, track } from './support.js';

/** One that is in flight, on screen and was read just now, in a page that is seen and online. */
const fresh = (more: Partial<FreshnessInput> = {}) =>
  freshnessOf({
    track: track('a'),
    sweep: undefined,
    interval: 2_000,
    nextReadAt: NOW + 2_000,
    stretch: 1,
    isOnScreen: true,
    now: NOW,
    pausedUntil: Number.NEGATIVE_INFINITY,
    isSessionRefused: false,
    isPageVisible: true,
    isOnline: true,
    deadlineMs: 30 * 60_000,
    ...more,
  });
const said = (more: Partial<FreshnessInput> = {}) => {
  const { state, reason } = fresh(more);
  return [state, reason];
};
const swiped = (more: Partial<Track> = {}) => track('a', more, ['record']);
const MINUTE = 60_000;

describe('live', () => {
  test('while it is read at its cadence: when it was last read, and when it is next', () => {
    expect(fresh()).toEqual({ state: 'live', reason: null, lastReadAt: NOW, nextReadAt: NOW + 2_000 });
  });

  test('and ended once it has; no read is due then', () => {
    expect(fresh({ track: track('a', { phase: 'ended' }) })).toEqual({ state: 'live', reason: 'ended', lastReadAt: NOW, nextReadAt: null });
  });

  test('where nobody follows it nothing is known', () => {
    expect(fresh({ track: undefined })).toEqual({ state: 'live', reason: null, lastReadAt: null, nextReadAt: null });
  });

  test('before the first answer, which is due', () => {
    expect(fresh({ track: stranger('a'), nextReadAt: NOW + 5 })).toEqual({
      state: 'live',
      reason: null,
      lastReadAt: null,
      nextReadAt: NOW + 5,
    });
  });
});

describe('old data', () => {
  const old = (ms: number) => track('a', { readAt: NOW - ms, newsAt: NOW - 20 * MINUTE, longestQuiet: 0, usualMs: null });

  test.each([true, false])(
    'of what is not due is never said to be live, stalled or a matter of the budget (on screen %s)',
    (isOnScreen) => {
      expect(said({ track: old(5 * MINUTE), isOnScreen, nextReadAt: null, deadlineMs: 60 * MINUTE })).toEqual(['slowed', 'failing']);
      expect(said({ track: old(5 * MINUTE), isOnScreen, nextReadAt: NOW + 1_000, deadlineMs: 60 * MINUTE })).toEqual(['slowed', 'failing']);
    },
  );

  test('of what waits for its turn is a matter of the budget', () => {
    const waiting = track('a', { readAt: NOW - 5 * MINUTE, newsAt: NOW - 5 * MINUTE });
    expect(said({ track: waiting, nextReadAt: NOW, stretch: 20 })).toEqual(['slowed', 'budget']);
  });
});

describe('paused', () => {
  test('hidden: no next read', () => {
    expect(fresh({ isPageVisible: false })).toMatchObject({ state: 'paused', reason: 'hidden', nextReadAt: null });
  });

  test('rate-limited, until the pause is over', () => {
    expect(said({ pausedUntil: NOW + 1 })).toEqual(['paused', 'rate-limited']);
    expect(said({ pausedUntil: NOW })).toEqual(['live', null]);
  });

  test('manual, where nobody wants it polled, and not before there is anything', () => {
    expect(fresh({ interval: false })).toMatchObject({ state: 'paused', reason: 'manual', nextReadAt: null });
    expect(said({ interval: false, track: stranger('a') })).toEqual(['live', null]);
  });

  test('refused, where another read cannot help, and not where it has ended: nothing of that is updated', () => {
    const refused = { error: 'NOT_FOUND', retryAt: Number.POSITIVE_INFINITY };
    expect(fresh({ track: track('a', refused) })).toMatchObject({ state: 'paused', reason: 'refused', nextReadAt: null });
    expect(said({ track: track('a', { ...refused, phase: 'ended' }) })).toEqual(['live', 'ended']);
    const failing = track('a', { error: 'HTTP_502', phase: 'ended' });
    for (const more of [{ isPageVisible: false }, { pausedUntil: NOW + 1 }, { interval: false as const }])
      expect(said({ track: failing, ...more })).toEqual(['live', 'ended']);
    expect(said({ track: { ...stranger('a'), ...refused } })).toEqual(['paused', 'refused']);
  });
});

describe('offline', () => {
  test('where the browser or the last read says so, seen or not', () => {
    expect(said({ isOnline: false })).toEqual(['offline', 'network']);
    expect(said({ track: track('a', { error: 'NETWORK', retryAt: NOW + 4_000 }) })).toEqual(['offline', 'network']);
    expect(said({ isOnline: false, isPageVisible: false })).toEqual(['offline', 'network']);
  });

  test('where the list that it rests on does not come through', () => {
    const late = { sweep: swept({ error: 'NETWORK' }), isOnScreen: false };
    expect(said({ ...late, track: track('a', { readAt: NOW - 11_000 }) })).toEqual(['offline', 'network']);
  });
});

describe('slowed, because reads fail', () => {
  test('its own, also where it has ended and what came of it is missing', () => {
    const failing = { error: 'HTTP_502', retryAt: NOW + 4_000 };
    expect(said({ track: track('a', failing) })).toEqual(['slowed', 'failing']);
    const ended = { ...failing, phase: 'ended' as const };
    expect(said({ track: track('a', ended) })).toEqual(['live', 'ended']);
    expect(said({ track: track('a', { ...ended, lacksRecord: true }, ['progress']) })).toEqual(['live', 'ended']);
    expect(fresh({ track: track('a', { ...ended, lacksRecord: true }), nextReadAt: NOW + 4_000 })).toMatchObject({
      state: 'slowed',
      reason: 'failing',
      nextReadAt: NOW + 4_000,
    });
  });

  test('the list, where it rests on that and is late: off screen, or where its progress is not read', () => {
    const sweep = swept({ error: 'HTTP_502' });
    const late = { readAt: NOW - 11_000 };
    expect(said({ sweep, track: track('a', late), isOnScreen: false })).toEqual(['slowed', 'failing']);
    expect(said({ sweep, track: swiped(late) })).toEqual(['slowed', 'failing']);
    expect(said({ sweep, track: track('a', late) })).toEqual(['live', null]);
    // More on screen than the budget polls: the list is what keeps each of them current.
    expect(said({ sweep, track: track('a'), stretch: 2 })).toEqual(['slowed', 'failing']);
    expect(said({ sweep: swept(), track: track('a'), stretch: 2 })).toEqual(['slowed', 'budget']);
    expect(said({ sweep, track: track('a', { readAt: NOW - 9_000 }), isOnScreen: false })).toEqual(['live', null]);
    expect(said({ sweep, track: { ...stranger('a'), since: NOW - 11_000 }, isOnScreen: false })).toEqual(['slowed', 'failing']);
  });
});

describe('slowed, because the budget has no room', () => {
  test('for the cadence of all that is on screen', () => {
    expect(said({ stretch: 1.6 })).toEqual(['slowed', 'budget']);
    expect(said({ stretch: 1.5 })).toEqual(['live', null]);
    expect(said({ stretch: 1.6, isOnScreen: false })).toEqual(['live', null]);
    expect(said({ stretch: 1.6, track: swiped() })).toEqual(['live', null]);
  });

  test('and it was not read for much longer than it should', () => {
    expect(said({ track: swiped({ readAt: NOW - 26_000 }) })).toEqual(['slowed', 'budget']);
    expect(said({ track: swiped({ readAt: NOW - 24_000 }) })).toEqual(['live', null]);
    expect(said({ track: swiped({ readAt: NOW - 26_000 }), interval: 20_000 })).toEqual(['live', null]);
  });
});

describe('slowed, because it has been running for long', () => {
  test('counts from when its job began, else from when it was first seen', () => {
    expect(said({ track: track('a', { startedAt: NOW - 31 * MINUTE }) })).toEqual(['slowed', 'deadline']);
    expect(said({ track: track('a', { startedAt: NOW - 29 * MINUTE }) })).toEqual(['live', null]);
    expect(said({ track: track('a', { startedAt: null, since: NOW - 31 * MINUTE }) })).toEqual(['slowed', 'deadline']);
    expect(said({ track: track('a', { startedAt: NOW - MINUTE, since: NOW - 31 * MINUTE }) })).toEqual(['live', null]);
  });
});

describe('stalled', () => {
  const quiet = (milliseconds: number, more: Partial<Track> = {}) => ({ newsAt: NOW - milliseconds, ...more });

  test('after a minute without news of what is polled', () => {
    expect(said({ track: track('a', quiet(61_000)) })).toEqual(['stalled', 'quiet']);
    expect(said({ track: track('a', quiet(59_000)) })).toEqual(['live', null]);
  });

  test('not where it was as quiet before: four times the longest', () => {
    expect(said({ track: track('a', quiet(79_000, { longestQuiet: 20_000 })) })).toEqual(['live', null]);
    expect(said({ track: track('a', quiet(81_000, { longestQuiet: 20_000 })) })).toEqual(['stalled', 'quiet']);
  });

  test('not before one and a half times what its stage usually takes', () => {
    expect(said({ track: track('a', quiet(66_000, { usualMs: 120_000 })) })).toEqual(['live', null]);
    expect(said({ track: track('a', quiet(179_000, { usualMs: 120_000 })) })).toEqual(['live', null]);
    expect(said({ track: track('a', quiet(181_000, { usualMs: 120_000 })) })).toEqual(['stalled', 'quiet']);
  });

  test.each([
    ['off screen', { isOnScreen: false }, ['record', 'progress']],
    ['where only its record is wanted', {}, ['record']],
  ] as const)('%s only the status is known: after ten minutes, or what is learned', (_, more, wants) => {
    const of = (milliseconds: number, usualMs: number | null = null) =>
      said({ ...more, track: track('a', quiet(milliseconds, { usualMs }), [...wants]) });
    expect(of(9.9 * MINUTE)).toEqual(['live', null]);
    expect(of(10.1 * MINUTE)).toEqual(['stalled', 'quiet']);
    expect(of(14 * MINUTE, 10 * MINUTE)).toEqual(['live', null]);
    expect(of(16 * MINUTE, 10 * MINUTE)).toEqual(['stalled', 'quiet']);
  });

  test('is a matter of reads that came: what was not read since may have gone on', () => {
    expect(
      said({
        track: track('a', quiet(5 * MINUTE, { readAt: NOW - 4.5 * MINUTE, progressAt: NOW - 4.5 * MINUTE })),
        stretch: 5,
        interval: 100_000,
      }),
    ).not.toContain('stalled');
  });

  test('is no word for what has ended, or was never read', () => {
    expect(said({ track: track('a', quiet(20 * MINUTE, { phase: 'ended' })) })).toEqual(['live', 'ended']);
    expect(said({ track: { ...stranger('a'), ...quiet(20 * MINUTE) } })).toEqual(['live', null]);
  });
});

test('of several reasons the first that would change anything is told', () => {
  const all = {
    track: track('a', { error: 'HTTP_502', newsAt: 0, startedAt: NOW - 31 * MINUTE }),
    stretch: 9,
    pausedUntil: NOW + 9,
    isPageVisible: false,
    isOnline: false,
  };
  const told = [all, { ...all, isOnline: true }, { ...all, isOnline: true, isPageVisible: true }];
  expect(told.map((each) => fresh(each).reason)).toEqual(['network', 'hidden', 'rate-limited']);
  const rest = { ...all, isOnline: true, isPageVisible: true, pausedUntil: 0 };
  expect(fresh(rest).reason).toBe('failing');
  expect(fresh({ ...rest, track: { ...all.track, error: null } }).reason).toBe('quiet');
  expect(fresh({ ...rest, track: { ...all.track, error: null, newsAt: NOW } }).reason).toBe('deadline');
});
