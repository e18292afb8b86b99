import { describe, expect, test } from 'vitest';
import type { ContainerPage } from '../../../src/core.js';
import { foldPage as foldHead, foldPage, reachesKnown, showNew, type Stays } from '../../../src/queries/list/foldPage.js';
import { dropLeft, type ListData } from '../../../src/queries/list/listData.js';
import { listOf, page, row, seconds } from './rows.js';

const shown = ({ containers }: ListData) => seconds(containers);
const waiting = ({ newer }: ListData) => seconds(newer);
const foldBelow = (data: ListData, below: ContainerPage, from: number, stays?: Stays) => foldPage(data, below, stays, from);
const seven = listOf([9, 8, 7, 6, 5], { nextCursor: 'after 5' });

describe('a fresh first page', () => {
  test('with nothing new changes nothing', () => {
    expect(foldHead(seven, page([9, 8, 7], 'after 7'))).toBe(seven);
    const waiting = foldHead(seven, page([10, 9], 'after 9'));
    expect(foldHead(waiting, page([10, 9], 'after 9'))).toBe(waiting);
  });

  test('with rows on top leaves what is shown where it is, and has them wait', () => {
    const after = foldHead(seven, page([11, 10, 9], 'after 9'));
    expect(shown(after)).toEqual([9, 8, 7, 6, 5]);
    expect(waiting(after)).toEqual([11, 10]);
    expect(after.nextCursor).toBe('after 5');
  });

  test('changes rows in place, those that wait too', () => {
    const before = foldHead(seven, page([10, 9, 8], 'after 8'));
    const fresh = { ...page([], 'after 9'), containers: [row(10, { status: 'failed' }), row(9, { status: 'failed' })] };
    const after = foldHead(before, fresh);
    expect(after.newer[0]?.status).toBe('failed');
    expect(after.containers.map(({ status }) => status)).toEqual(['failed', 'completed', 'completed', 'completed', 'completed']);
  });

  test('keeps every row that it does not change the same object', () => {
    const long = listOf(Array.from({ length: 5_000 }, (_, index) => 5_000 - index));
    const fresh = page(
      Array.from({ length: 200 }, (_, index) => 5_000 - index),
      'after',
    );
    fresh.containers[7] = row(4_993, { status: 'failed' });
    const after = foldHead(long, fresh);
    expect(after.containers.filter((each, index) => each === long.containers[index])).toHaveLength(4_999);
    expect(after.containers[7]?.status).toBe('failed');
  });

  test('keeps the id of a row as it was first spelled', () => {
    const after = foldHead(seven, { ...page([], 'after 9'), containers: [row(9, { id: '9', hook: 'read' })] });
    expect(after.containers[0]).toMatchObject({ id: 'cnt_9', hook: 'read' });
  });

  test('takes out what lies in it and is not there any more, and nothing below its end', () => {
    expect(shown(foldHead(seven, page([9, 7], 'after 7')))).toEqual([9, 7, 6, 5]);
    expect(shown(foldHead(seven, page([9, 8], 'after 8')))).toEqual([9, 8, 7, 6, 5]);
    expect(shown(foldHead(seven, page([9, 7, 5], 'after 5')))).toEqual([9, 7, 5]);
  });

  test('takes out by position where times are equal or missing', () => {
    const same = { ...seven, containers: [9, 8, 7, 6].map((second) => row(second, { createdAt: null })) };
    const fresh = { ...page([], 'd'), containers: [9, 7].map((second) => row(second, { createdAt: null })) };
    expect(shown(foldHead(same, fresh))).toEqual([9, 7, 6]);
  });

  test('that reaches the end of all that was loaded and is not the whole list has the list go on below', () => {
    expect(foldHead(listOf([9, 8]), page([9, 8], 'after 8'))).toMatchObject({ nextCursor: 'after 8', end: row(8).createdAt });
    expect(foldHead(listOf([9, 8]), page([9], 'after 9')).nextCursor).toBeNull();
    const after = foldBelow(listOf([9, 8, 7]), page([8, 7, 6], 'after 6'), 8_000);
    expect(after).toMatchObject({ nextCursor: 'after 6', end: row(6).createdAt });
    expect(waiting(after)).toEqual([6]);
  });

  test('that is the whole list takes out everything else, and ends the list', () => {
    const after = foldHead(seven, page([9, 5]));
    expect(shown(after)).toEqual([9, 5]);
    expect(after.nextCursor).toBeNull();
  });

  test('that is the whole list and has rows below the last that is shown leaves them to the cursor', () => {
    const after = foldHead(seven, page([9, 8, 7, 6, 5, 4]));
    expect(shown(after)).toEqual([9, 8, 7, 6, 5]);
    expect(waiting(after)).toEqual([]);
    expect(after.nextCursor).toBe('after 5');
  });

  test('leaves rows of one time below the last that is left to the cursor', () => {
    const at = { createdAt: row(9).createdAt };
    const before = { ...listOf([]), containers: [3, 2, 1].map((each) => row(each, at)), nextCursor: 'c', end: row(9).createdAt };
    const after = foldHead(before, { ...page([], 'd'), containers: [3, 2, 0].map((each) => row(each, at)) });
    expect(shown(after)).toEqual([3, 2, 1]);
    expect(waiting(after)).toEqual([]);
  });

  test('has a row wait that came to match between the last one that is left and the cursor', () => {
    const after = foldHead(listOf([9, 8, 7], { nextCursor: 'after 5', end: row(5).createdAt }), page([9, 8, 7, 6, 4], 'after 4'));
    expect(waiting(after)).toEqual([6]);
    expect(shown(showNew(after))).toEqual([9, 8, 7, 6]);
  });

  test('a row that can no longer be read is not taken for gone; the next page that reads as well as this one tells', () => {
    const damaged = { ...page([9, 7], 'after 7'), invalid: [{ index: 1, reason: 'id' }] };
    const after = foldHead(seven, damaged);
    expect(shown(after)).toEqual([9, 8, 7, 6, 5]);
    expect(after.invalid).toEqual([{ index: 1, reason: 'id' }]);
    expect(shown(foldHead(after, damaged))).toEqual([9, 7, 6, 5]);
  });

  test('tells anew which of its rows cannot be read, and keeps what is known of those below it', () => {
    const before = { ...seven, invalid: [1, 4].map((index) => ({ index, reason: 'id' })) };
    expect(foldHead(before, page([9, 8, 7], 'after 7')).invalid).toEqual([{ index: 3, reason: 'id' }]);
    expect(foldHead(before, page([9, 8, 7, 6, 5])).invalid).toEqual([]);
  });

  test('counts an unreadable row below it once, whatever waits above', () => {
    const invalid = [{ index: 2, reason: 'id' }];
    const before = { ...seven, invalid };
    const after = foldHead(before, page([12, 11, 10, 9, 8], 'after 8'));
    expect(waiting(after)).toEqual([12, 11, 10]);
    expect(after.invalid).toEqual(invalid);
    const below = { ...page([8, 7], 'after 7'), invalid: [{ index: 1, reason: 'id' }] };
    const checked = foldBelow(after, below, 8_000);
    expect(checked.invalid).toEqual(invalid);
    expect(shown(foldBelow(checked, { ...below, containers: [row(8), row(6)] }, 8_000))).toEqual([9, 8, 6, 5]);
    expect(showNew(checked).invalid).toEqual([{ index: 5, reason: 'id' }]);
  });

  test('that lacks rows above an unreadable one moves it up', () => {
    const before = { ...seven, invalid: [{ index: 3, reason: 'id' }] };
    expect(foldHead(before, page([9, 7], 'after 7')).invalid).toEqual([{ index: 2, reason: 'id' }]);
  });

  test('a row that waits and is gone no longer waits', () => {
    const before = foldHead(seven, page([11, 10, 9], 'after 9'));
    expect(waiting(foldHead(before, page([11, 9, 8], 'after 8')))).toEqual([11]);
  });

  test('where nothing is shown, or nothing of it is left, is shown at once', () => {
    expect(shown(foldHead(listOf([]), page([2, 1])))).toEqual([2, 1]);
    const anew = foldHead(seven, page([4, 3, 2], 'after 2'));
    expect(shown(anew)).toEqual([4, 3, 2]);
    expect(anew.nextCursor).toBe('after 2');
  });

  test('a row of old that begins to match the filter waits, and then stands where it belongs', () => {
    const after = foldHead(listOf([9, 7, 5, 3]), page([9, 8, 7, 6], 'after 6'));
    expect(waiting(after)).toEqual([8, 6]);
    expect(shown(showNew(after))).toEqual([9, 8, 7, 6, 5, 3]);
  });

  test('that has a row twice has it wait once', () => {
    expect(waiting(foldHead(seven, page([11, 10, 11, 9], 'after 9')))).toEqual([11, 10]);
  });
});

describe('more news than a page holds', () => {
  test('is told from a page that reaches what is known', () => {
    expect(reachesKnown(seven, page([12, 11, 10], 'after 10'))).toBe(false);
    expect(reachesKnown(seven, page([11, 10, 9], 'after 9'))).toBe(true);
    expect(reachesKnown(seven, page([12, 11]))).toBe(true);
    // Everything at the top is gone.
    expect(reachesKnown(seven, page([12, 4], 'after 4'))).toBe(true);
    expect(reachesKnown(listOf([]), page([2, 1], 'c'))).toBe(true);
  });

  test('and more than one refresh reads: showing it begins the list with it, and the rest comes by cursor', () => {
    const after = foldHead(seven, page([20, 19], 'after 19'));
    expect(after.gap).toBe('after 19');
    expect(showNew(after)).toEqual(listOf([20, 19], { nextCursor: 'after 19' }));
  });

  test('the gap stays while a later refresh meets only rows that wait, and closes when one meets rows that are shown', () => {
    const before = foldHead(seven, page([20, 19], 'after 19'));
    const later = foldHead(before, page([21, 20], 'after 20'));
    expect(waiting(later)).toEqual([21, 20, 19]);
    expect(later.gap).toBe('after 19');
    const closed = foldHead(later, page([21, 20, 19, 18, 9], 'after 9'));
    expect(waiting(closed)).toEqual([21, 20, 19, 18]);
    expect(closed.gap).toBeNull();
  });

  test('a second gap above the first: what waited below it is left to the cursor', () => {
    const before = foldHead(seven, page([20, 19], 'after 19'));
    const later = foldHead(before, page([40, 39], 'after 39'));
    expect(waiting(later)).toEqual([40, 39]);
    expect(later.gap).toBe('after 39');
  });

  test('a gap of which no row could be read begins the list anew all the same', () => {
    expect(showNew({ ...seven, gap: 'after 19' })).toEqual(listOf([], { nextCursor: 'after 19', end: null }));
  });
});

describe('a gap above a row that waits further down', () => {
  const after = foldHead(foldHead(listOf([9, 7, 5, 3]), page([9, 8, 7], 'after 7')), page([20, 19], 'after 19'));

  test('lets that wait on', () => {
    expect(waiting(after)).toEqual([20, 19, 8]);
    expect(waiting(foldHead(after, page([20, 19, 18, 9], 'after 9')))).toEqual([20, 19, 18, 8]);
  });

  test('leaves it to the cursor when the list begins anew', () => {
    expect(shown(showNew(after))).toEqual([20, 19]);
  });
});

describe('a page from further down', () => {
  const from = (second: number) => second * 1_000;

  test('takes out what lies in it and is gone, and nothing above or below it', () => {
    expect(shown(foldBelow(seven, page([8, 6], 'after 6'), from(8)))).toEqual([9, 8, 6, 5]);
    expect(shown(foldBelow(seven, page([7, 5], 'after 5'), from(7)))).toEqual([9, 8, 7, 5]);
    expect(shown(foldBelow(seven, page([7, 6], 'after 6'), from(8)))).toEqual([9, 7, 6, 5]);
  });

  test('to the end of the list takes out all that is not in it, and ends the list where nothing is below', () => {
    const after = foldBelow(seven, page([6]), from(7));
    expect(shown(after)).toEqual([9, 8, 6]);
    expect(after.nextCursor).toBeNull();
    expect(foldBelow(seven, page([7, 6, 5, 4]), from(7)).nextCursor).toBe('after 5');
  });

  test('may leave nothing', () => {
    expect(shown(foldBelow(listOf([9, 8]), page([]), from(9)))).toEqual([]);
  });

  test('changes rows in place, and has a row wait that came to match later', () => {
    const fresh = { ...page([], 'after 6'), containers: [row(8, { hook: 'read' }), row(7.5), row(7), row(6)] };
    const after = foldBelow(seven, fresh, from(8));
    expect(after.containers[1]?.hook).toBe('read');
    expect(waiting(after)).toEqual([7.5]);
    expect(shown(after)).toEqual([9, 8, 7, 6, 5]);
  });

  test('leaves what waits on top and its gap alone, and a row that waits in it and is gone no longer waits', () => {
    const before = { ...seven, newer: [row(20), row(7.5)], gap: 'after 20' };
    expect(foldBelow(before, page([8, 7, 6], 'after 6'), from(8))).toMatchObject({ newer: [row(20)], gap: 'after 20' });
  });

  test('of which a row can no longer be read proves none gone, and is told with its position in the list', () => {
    const damaged = { ...page([6, 5], 'after 5'), invalid: [{ index: 0, reason: 'id' }] };
    const after = foldBelow({ ...seven, invalid: [{ index: 0, reason: 'id' }] }, damaged, from(7));
    expect(shown(after)).toEqual([9, 8, 7, 6, 5]);
    expect(after.invalid.map(({ index }) => index)).toEqual([0, 3]);
  });

  test('spares what is asked to stay', () => {
    expect(shown(foldBelow(seven, page([8, 6], 'after 6'), from(8), ({ id }) => id === 'cnt_7'))).toEqual([9, 8, 7, 6, 5]);
  });
});

describe('rows that no longer match', () => {
  const ended = { status: 'failed', rawStatus: 'failed' } as const;
  const fits = ({ status }: { status: string }) => status === 'completed';

  test('stay though they are not in the page, where that is asked for', () => {
    const before = { ...listOf([5]), containers: [row(9), row(8, ended), row(7), row(5)] };
    expect(shown(foldHead(before, page([9, 7], 'c'), (each) => !fits(each)))).toEqual([9, 8, 7, 5]);
    expect(shown(foldHead(before, page([9, 7], 'c')))).toEqual([9, 7, 5]);
  });

  test('leave together, those that wait too; where none does, the list is the same object', () => {
    const before = { ...listOf([9]), containers: [row(9), row(8, ended)], newer: [row(12, ended), row(11)], stays: ['9'] };
    expect(dropLeft(before, fits)).toEqual({ ...before, containers: [row(9)], newer: [row(11)], stays: [] });
    expect(dropLeft(seven, fits)).toBe(seven);
  });
});

describe('showing what waits', () => {
  test('puts it on top, and leaves nothing waiting', () => {
    const after = showNew(foldHead(seven, page([11, 10, 9], 'after 9')));
    expect(after).toEqual({ ...listOf([11, 10, 9, 8, 7, 6, 5]), nextCursor: 'after 5', end: seven.end });
  });

  test('changes nothing where nothing waits', () => {
    expect(showNew(seven)).toBe(seven);
  });
});
