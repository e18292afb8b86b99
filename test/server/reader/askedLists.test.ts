import { expect, test } from 'vitest';
import { AskedLists } from '../../../src/server/reader/askedLists.js';

const spacing = 700;

/** Asks for each list as often as it says in 15 s, and returns how many reads of all a minute that allows. */
function readsAMinute(counts: number[]) {
  const lists = new AskedLists();
  for (let ms = 0; ms < 60_000; ms += 100)
    for (const [list, count] of counts.entries()) if (ms % Math.ceil(15_000 / count) < 100) lists.ask(`${list}`, `${list}`, ms);
  const intervals = counts.map((_, list) => lists.interval(`${list}`, spacing, 60_000));
  return { intervals, reads: intervals.reduce((sum, each) => sum + 60_000 / each, 0) };
}

test('one list is read as often as lists may be, and however many there are, they leave room for other reads', () => {
  const one = readsAMinute([10]);
  expect(one.intervals[0]).toBeGreaterThan(1_000);
  expect(one.intervals[0]).toBeLessThan(2_000);
  for (const counts of [[10], [100, 100], [100, 1], Array.from({ length: 40 }, () => 5), [100, ...Array.from({ length: 40 }, () => 1)]])
    expect(readsAMinute(counts).reads).toBeLessThanOrEqual(0.9 * (60_000 / spacing) + 0.01);
});

test('a list that many ask for is read more often, and one that is asked for seldom still gets its equal share', () => {
  const [much = 0, little = 0] = readsAMinute([50, 1]).intervals;
  expect(much).toBeLessThan(1_800);
  expect(little).toBeLessThan(3_500);
});

test('a list that nobody asks for any more takes nothing from the others', () => {
  const lists = new AskedLists();
  for (let list = 0; list < 50; list += 1) lists.ask(`${list}`, `${list}`, 0);
  expect(lists.interval('0', spacing, 0)).toBeGreaterThan(50_000);
  lists.ask('0', '0', 16_000);
  expect(lists.interval('0', spacing, 16_000)).toBeLessThan(2_000);
});

test('somebody who asks for hundreds of lists takes no more from the others than a few people would', () => {
  const lists = new AskedLists();
  for (let ms = 0; ms < 60_000; ms += 100) {
    lists.ask(`many ${(ms / 100) % 150}`, 'greedy', ms);
    if (ms % 5_000 === 0) lists.ask('one', 'modest', ms);
  }
  expect(lists.interval('one', spacing, 60_000)).toBeLessThan(20_000);
  // All of theirs together take less than the share of the lists.
  const greedy = Array.from({ length: 150 }, (_, list) => 60_000 / lists.interval(`many ${list}`, spacing, 60_000));
  expect(greedy.reduce((sum, each) => sum + each, 0)).toBeLessThan((60_000 / spacing) * 0.8);
});
