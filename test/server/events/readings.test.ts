import { afterEach, describe, expect, test } from 'vitest';
import { LayersApi } from '../../../src/client/api.js';
import { validateClientOptions } from '../../../src/client/clientOptions.js';
import type { FollowRequest } from '../../../src/schedule/pushed.js';
import { Budget } from '../../../src/schedule/budget.js';
import { Queue } from '../../../src/schedule/queue.js';
import { Schedule } from '../../../src/schedule/schedule.js';
import { Readings, shareAmong } from '../../../src/server/events/readings.js';

const schedules: Schedule[] = [];
afterEach(() => {
  for (const schedule of schedules.splice(0)) schedule.close();
});

function setup() {
  const settings = validateClientOptions({ baseUrl: 'https://layers.invalid', fetch: () => new Promise(() => {}) });
  const budget = new Budget({ limit: 96 });
  const api = new LayersApi(settings, { enter: async () => {}, heard: () => {} });
  const schedule = new Schedule(api, { 'read-light': { budget, queue: new Queue(budget) } }, 60_000);
  schedules.push(schedule);
  return { schedule, readings: new Readings(schedule, () => undefined) };
}

const id = 'cnt_0f9d8c7b-6a5e-4d3c-8b2a-1f0e9d8c7b6a';
const asked = (more: Partial<FollowRequest> = {}): FollowRequest => ({
  id,
  wants: ['record'],
  isOnScreen: false,
  isKnown: false,
  ...more,
});
const followed = (schedule: Schedule) =>
  [...schedule.follows()].map(({ follow, isOnScreen }) => `${follow.wants}${isOnScreen ? ' on screen' : ''}`).sort();

describe('what is read for all who follow it', () => {
  test('is followed once, for all that any of them wants, until the last one leaves', () => {
    const { schedule, readings } = setup();
    const [first, second, third] = [asked(), asked(), asked({ wants: ['record', 'progress'] })] as const;
    for (const each of [first, second, third]) readings.add(each);
    expect(followed(schedule)).toEqual(['progress', 'record']);
    expect(readings.remove(third)).toBe(false);
    expect(followed(schedule)).toEqual(['record']);
    expect(readings.remove(first)).toBe(false);
    expect(readings.remove(second)).toBe(true);
    expect(followed(schedule)).toEqual([]);
  });

  test('has the largest share that any of them claims, while they do', () => {
    const { schedule, readings } = setup();
    const shares = () => [...schedule.follows()].map(({ follow }) => follow.share);
    const [small, large] = [asked({ share: 0.25 }), asked({ share: 1, wants: ['progress'] })] as const;
    readings.add(small);
    expect(shares()).toEqual([0.25]);
    readings.add(large);
    expect(shares()).toEqual([1, 1]);
    expect(readings.all()).toMatchObject([{ share: 1 }]);
    readings.remove(large);
    expect(shares()).toEqual([0.25]);
  });

  test.each([
    [1, 1],
    [25, 1],
    [26, 0.5],
    [50, 0.5],
    [500, 1 / 32],
  ])('of %i of one viewer each has a share of %d', (count, share) => {
    expect(shareAmong(count)).toBe(share);
  });

  test('is on screen while any of them shows it', () => {
    const { schedule, readings } = setup();
    readings.add(asked());
    expect(followed(schedule)).toEqual(['record']);
    const shown = [asked({ isOnScreen: true }), asked({ isOnScreen: true })] as const;
    for (const each of shown) readings.add(each);
    expect(followed(schedule)).toEqual(['record on screen']);
    readings.remove(shown[0]);
    expect(followed(schedule)).toEqual(['record on screen']);
    readings.remove(shown[1]);
    expect(followed(schedule)).toEqual(['record']);
  });

  test('keeps one object for each way of following it, however ids are spelled', () => {
    const { readings } = setup();
    const ways = [asked(), asked({ id: id.slice(4) }), asked({ isKnown: true })].map((each) => readings.add(each));
    expect(new Set(ways.map(({ follow }) => follow)).size).toBe(1);
    expect(new Set(ways.map(({ key }) => key)).size).toBe(1);
    expect(readings.add(asked({ isOnScreen: true })).follow).not.toBe(ways[0]?.follow);
  });
});
