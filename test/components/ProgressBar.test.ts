import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { progressOf } from '../../stories/support/progress.js';
import { advanceBarTime, type BarTime, inSteps } from '../../src/components/ProgressBar/barTime.js';
import { describeProgress, type DescribeOptions } from '../../src/components/ProgressBar/describeProgress.js';
import { listStages } from '../../src/components/ProgressBar/listStages.js';
import { messages as de } from '../../src/locales/de.js';
import { englishMessages } from '../../src/components/messages.js';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const at = (remainingSeconds: number | null, observedAt = NOW) =>
  progressOf({ percent: 40, remainingSeconds, observedAt, startedAt: NOW - 60_000 });

const options: DescribeOptions = {
  locale: 'en',
  messages: englishMessages,
  late: null,
  failed: false,
  withoutMedia: false,
  time: null,
  age: null,
  wait: null,
};

describe('the time on a bar', () => {
  test('counts down between readings, and its words fall in steps', () => {
    let time: BarTime | null = null;
    const words: string[] = [];
    for (let second = 0; second <= 14; second += 1) {
      time = advanceBarTime(time, at(65), NOW + second * 1_000);
      const { share } = describeProgress(at(65), { ...options, time });
      if (words.at(-1) !== share) words.push(share);
    }
    expect(words).toEqual(['40% · about 2 min', '40% · about 1 min']);
  });

  test('does not rise with an estimate that trembles', () => {
    let time = advanceBarTime(null, at(118), NOW);
    time = advanceBarTime(time, at(131, NOW + 2_000), NOW + 2_000);
    expect(time.left).toEqual({ unit: 'minutes', value: 2 });
    time = advanceBarTime(time, at(400, NOW + 4_000), NOW + 4_000);
    expect(time.left).toEqual({ unit: 'minutes', value: 7 });
  });

  test('is overdue only after it has stood at nothing for 10 s, and not while readings are late', () => {
    const reading = at(3);
    let time = advanceBarTime(null, reading, NOW);
    time = advanceBarTime(time, reading, NOW + 5_000);
    expect(describeProgress(reading, { ...options, time })).toMatchObject({ share: '40% · a few seconds', overdue: false });
    time = advanceBarTime(time, reading, NOW + 15_500);
    expect(describeProgress(reading, { ...options, time })).toMatchObject({ share: '40% · taking longer than usual', overdue: true });
    const late = { state: 'offline', reason: 'network' } as const;
    expect(describeProgress(reading, { ...options, time, late, age: 15_500 })).toMatchObject({
      share: '40% · no connection',
      overdue: false,
    });
  });

  test('of readings dated by another clock counts from when the bar had them', () => {
    const reading = { ...at(300), observedAt: 5_000, startedAt: 0 };
    let time = advanceBarTime(null, reading, NOW);
    expect(time).toMatchObject({ left: { unit: 'minutes', value: 5 }, waited: 0 });
    time = advanceBarTime(time, reading, NOW + 12_000);
    expect(time).toMatchObject({ left: { unit: 'minutes', value: 5 }, waited: 10 });
  });

  test('says the same at the moment of the reading, whenever it is drawn: a server and a browser agree', () => {
    const reading = at(118);
    expect(advanceBarTime(null, reading, null)).toEqual(advanceBarTime(null, reading, NOW));
  });

  test('starts anew with another life', () => {
    const time = advanceBarTime(null, at(20), NOW);
    expect(advanceBarTime(time, { ...at(600), startedAt: NOW }, NOW).left).toEqual({ unit: 'minutes', value: 10 });
  });

  test('that was waited grows in steps', () => {
    expect([0, 9, 10, 29, 59, 60, 119, 125, Number.NaN].map(inSteps)).toEqual([0, 0, 10, 20, 50, 60, 60, 120, 0]);
  });

  test('is never in a negative number or none at all, whatever the clocks say', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ noNaN: true, min: -10, max: 1e5 }), fc.integer({ min: 0, max: 1e5 })), { maxLength: 30 }),
        (steps) => {
          let time: BarTime | null = null;
          let now = NOW;
          for (const [remaining, later] of steps) {
            now += later;
            const reading = at(remaining, now);
            time = advanceBarTime(time, reading, now);
            expect(describeProgress(reading, { ...options, time }).share).toMatch(
              /^40% · (a few seconds|under 1 min|about \d+ (min|hr)|taking longer than usual)$/,
            );
          }
        },
      ),
    );
  });
});

describe('when the next reading comes', () => {
  const words = (wait: number | null, more: Partial<DescribeOptions> = {}) =>
    describeProgress(at(118), { ...options, time: advanceBarTime(null, at(118), NOW), wait, ...more }).share;

  test('is told where that is long, in steps that are rounded up', () => {
    for (const soon of [null, 0, 2_000, 15_000]) expect(words(soon)).toBe('40% · about 2 min');
    expect(words(15_001)).toBe('40% · about 2 min · next update in 20 sec');
    expect(words(40_000)).toBe('40% · about 2 min · next update in 40 sec');
    expect(words(40_500)).toBe('40% · about 2 min · next update in 50 sec');
    expect(words(61_000)).toBe('40% · about 2 min · next update in 2 min');
  });

  test('beside why it is long', () => {
    expect(words(55_000, { late: { state: 'slowed', reason: 'deadline' } })).toBe('40% · still running · next update in 1 min');
  });

  test('is no word where nothing is read any more', () => {
    const ended = progressOf({ status: 'completed', percent: 100 });
    expect(describeProgress(ended, { ...options, wait: 40_000 }).share).toBe('');
  });
});

describe('a late bar', () => {
  const words = (
    state: 'slowed' | 'paused' | 'offline' | 'stalled',
    reason: 'failing' | 'rate-limited' | 'network' | 'quiet',
    age: number | null,
  ) => describeProgress(at(118), { ...options, late: { state, reason }, age, time: advanceBarTime(null, at(118), NOW) }).share;

  test('says why at first, and then how old it is', () => {
    expect(words('slowed', 'failing', 3_000)).toBe('40% · updates are late');
    expect(words('slowed', 'failing', 45_000)).toBe('40% · updated 40 sec ago');
    expect(words('paused', 'rate-limited', 130_000)).toBe('40% · updated 2 min ago');
    expect(words('offline', 'network', 45_000)).toBe('40% · no connection · updated 40 sec ago');
    expect(words('stalled', 'quiet', 45_000)).toBe('40% · taking longer than usual');
    expect(words('offline', 'network', null)).toBe('40% · no connection');
  });
});

describe('what a voice reads', () => {
  test('carries stage, share and time, in the words and signs of its language', () => {
    const time = advanceBarTime(null, at(118), NOW);
    expect(describeProgress(at(118), { ...options, time }).valueText).toBe('Generating visuals, 40%, about 2 minutes');
    expect(describeProgress(at(118), { ...options, time, locale: 'de', messages: de }).valueText).toBe(
      'Bilder entstehen, 40\u00a0%, etwa 2 Minuten',
    );
  });
});

describe('the list of stages', () => {
  const plan = ['a', 'b', 'c'];
  const states = (list: ReturnType<typeof listStages>) => list.map(({ stage, state }) => `${stage} ${state}`);

  test('follows a plan', () => {
    expect(states(listStages(plan, null))).toEqual(['a upcoming', 'b upcoming', 'c upcoming']);
    expect(states(listStages(plan, progressOf({ status: 'queued', stage: 'queued', stages: ['queued'] })))).toEqual([
      'a upcoming',
      'b upcoming',
      'c upcoming',
    ]);
    expect(states(listStages(plan, progressOf({ stage: 'b', stages: ['b'] })))).toEqual(['a done', 'b current', 'c upcoming']);
    expect(states(listStages(plan, progressOf({ status: 'completed', stage: 'c', stages: ['b', 'c'] })))).toEqual([
      'a done',
      'b done',
      'c done',
    ]);
  });

  test('takes in a stage that no plan names, where it was seen', () => {
    expect(states(listStages(plan, progressOf({ stage: 'x', stages: ['a', 'x'] })))).toEqual([
      'a done',
      'x current',
      'b upcoming',
      'c upcoming',
    ]);
    expect(states(listStages([], progressOf({ stage: 'x', stages: ['queued', 'a', 'x'] })))).toEqual(['a done', 'x current']);
  });

  test('keeps the present stage where the server names none for a while', () => {
    expect(states(listStages(plan, progressOf({ stage: null, stages: ['a', 'b'] })))).toEqual(['a done', 'b current', 'c upcoming']);
  });
});
