import { describe, expect, test } from 'vitest';
import { dropLeft, foldPage, reachesKnown, showWaiting } from '../../src/queries/foldPage.js';
import type { ListPage } from '../../src/queries/listPage.js';
import { row } from './rows.js';

/** A page of the rows made in these seconds. */
const page = (numbers: readonly number[], nextCursor: string | null = null): ListPage => ({
  containers: numbers.map((number) => row(number)),
  nextCursor,
  invalid: [],
});
const shown = (pages: readonly ListPage[]) => pages.map(({ containers }) => containers.map(({ id }) => Number(id.slice(4))));
const waiting = (pages: readonly ListPage[]) => pages[0]?.newer?.map(({ id }) => Number(id.slice(4)));
const both = [page([9, 8, 7], 'after 7'), page([6, 5], 'after 5')];

describe('a fresh first page', () => {
  test('with nothing new changes nothing', () => {
    expect(foldPage(both, page([9, 8, 7], 'after 7'))).toEqual(both);
  });

  test('with rows on top leaves what is shown where it is, and has them wait', () => {
    const pages = foldPage(both, page([11, 10, 9], 'after 9'));
    expect(shown(pages)).toEqual([
      [9, 8, 7],
      [6, 5],
    ]);
    expect(waiting(pages)).toEqual([11, 10]);
    expect(pages.map(({ nextCursor }) => nextCursor)).toEqual(['after 7', 'after 5']);
  });

  test('changes rows in place, those that wait too', () => {
    const before = foldPage(both, page([10, 9, 8], 'after 8'));
    const fresh = { ...page([], 'after 9'), containers: [row(10, { status: 'failed' }), row(9, { status: 'failed' })] };
    const pages = foldPage(before, fresh);
    expect(pages[0]?.newer?.[0]?.status).toBe('failed');
    expect(pages[0]?.containers.map(({ status }) => status)).toEqual(['failed', 'completed', 'completed']);
  });

  test('lets alone a row that changed while it was read', () => {
    const pages = foldPage(
      both,
      { ...page([], 'c'), containers: [row(9, { hook: 'old' }), row(8, { hook: 'read' })] },
      { isNewer: ({ id }) => id === 'cnt_9' },
    );
    expect(pages[0]?.containers.map(({ hook }) => hook)).toEqual(['Number 9', 'read', 'Number 7']);
  });

  test('takes out what lies in it and is not there any more, and nothing below its end', () => {
    expect(shown(foldPage(both, page([9, 7], 'after 7')))).toEqual([
      [9, 7],
      [6, 5],
    ]);
    expect(shown(foldPage(both, page([9, 8], 'after 8')))).toEqual([
      [9, 8, 7],
      [6, 5],
    ]);
    expect(shown(foldPage(both, page([9, 7, 5], 'after 5')))).toEqual([[9, 7], [5]]);
  });

  test('takes out by position where times are equal or missing', () => {
    const same = [{ ...page([]), containers: [9, 8, 7, 6].map((number) => row(number, { createdAt: null })), nextCursor: 'c' }];
    const fresh = { ...page([], 'd'), containers: [9, 7].map((number) => row(number, { createdAt: null })) };
    expect(shown(foldPage(same, fresh))).toEqual([[9, 7, 6]]);
  });

  test('that is the whole list takes out everything else, and ends the list', () => {
    const pages = foldPage(both, page([9, 5]));
    expect(shown(pages)).toEqual([[9], [5]]);
    expect(pages.at(-1)?.nextCursor).toBeNull();
  });

  test('that is the whole list and has rows below the last that is shown leaves them to the cursor', () => {
    const pages = foldPage(both, page([9, 8, 7, 6, 5, 4]));
    expect(shown(pages)).toEqual([
      [9, 8, 7],
      [6, 5],
    ]);
    expect(waiting(pages)).toBeUndefined();
    expect(pages.at(-1)?.nextCursor).toBe('after 5');
  });

  test('a row that can no longer be read is not taken for gone; the next page that reads as well as this one tells', () => {
    const damaged: ListPage = { ...page([9, 7], 'after 7'), invalid: [{ index: 1, reason: 'id' }] };
    const pages = foldPage(both, damaged);
    expect(shown(pages)[0]).toEqual([9, 8, 7]);
    expect(pages[0]?.invalid).toHaveLength(1);
    expect(shown(foldPage(pages, damaged))[0]).toEqual([9, 7]);
  });

  test('a row that waits and is gone no longer waits', () => {
    const before = foldPage(both, page([11, 10, 9], 'after 9'));
    expect(waiting(foldPage(before, page([11, 9, 8], 'after 8')))).toEqual([11]);
  });

  test('where nothing is shown, or nothing of it is left, is shown at once', () => {
    expect(shown(foldPage([page([])], page([2, 1])))).toEqual([[2, 1]]);
    expect(shown(foldPage(both, page([4, 3, 2], 'after 2')))).toEqual([[4, 3, 2], []]);
  });

  test('a row of old that begins to fit the filter waits, and then stands where it belongs', () => {
    const before = [page([9, 7], 'c'), page([5, 3])];
    const pages = foldPage(before, page([9, 8, 7, 6], 'after 6'));
    expect(waiting(pages)).toEqual([8, 6]);
    expect(shown(showWaiting({ pages, pageParams: [null, 'c'] }).pages)).toEqual([
      [9, 8, 7],
      [6, 5, 3],
    ]);
  });
});

describe('more news than a page holds', () => {
  test('is told from a page that reaches what is known', () => {
    expect(reachesKnown(both, page([12, 11, 10], 'after 10'))).toBe(false);
    expect(reachesKnown(both, page([11, 10, 9], 'after 9'))).toBe(true);
    expect(reachesKnown(both, page([12, 11]))).toBe(true);
    // Everything at the top is gone.
    expect(reachesKnown(both, page([12, 4], 'after 4'))).toBe(true);
    expect(reachesKnown([page([])], page([2, 1], 'c'))).toBe(true);
  });

  test('and more than one refresh reads: showing it begins the list with it, and the rest comes by cursor', () => {
    const pages = foldPage(both, page([20, 19], 'after 19'));
    expect(pages[0]).toMatchObject({ gap: 'after 19' });
    expect(showWaiting({ pages, pageParams: [null, 'after 7'] })).toEqual({ pages: [page([20, 19], 'after 19')], pageParams: [null] });
  });

  test('the gap stays while a later refresh meets only rows that wait, and closes when one meets rows that are shown', () => {
    const before = foldPage(both, page([20, 19], 'after 19'));
    const later = foldPage(before, page([21, 20], 'after 20'));
    expect(waiting(later)).toEqual([21, 20, 19]);
    expect(later[0]?.gap).toBe('after 19');
    const closed = foldPage(later, page([21, 20, 19, 18, 9], 'after 9'));
    expect(waiting(closed)).toEqual([21, 20, 19, 18]);
    expect(closed[0]?.gap).toBeUndefined();
  });

  test('a second gap above the first: what waited below it is left to the cursor', () => {
    const before = foldPage(both, page([20, 19], 'after 19'));
    const later = foldPage(before, page([40, 39], 'after 39'));
    expect(waiting(later)).toEqual([40, 39]);
    expect(later[0]?.gap).toBe('after 39');
  });
});

describe('a gap above a row that waits further down', () => {
  const pages = foldPage(foldPage([page([9, 7], 'c'), page([5, 3])], page([9, 8, 7], 'after 7')), page([20, 19], 'after 19'));

  test('lets that wait on', () => {
    expect(waiting(pages)).toEqual([20, 19, 8]);
    expect(waiting(foldPage(pages, page([20, 19, 18, 9], 'after 9')))).toEqual([20, 19, 18, 8]);
  });

  test('leaves it to the cursor when the list begins anew', () => {
    expect(showWaiting({ pages, pageParams: [null, 'c'] }).pages).toEqual([page([20, 19], 'after 19')]);
  });
});

test('a gap of which no row could be read begins the list anew all the same', () => {
  const [first, second] = both;
  const pages = [{ ...first, gap: 'after 19' } as ListPage, second as ListPage];
  expect(showWaiting({ pages, pageParams: [null, 'after 7'] })).toEqual({ pages: [page([], 'after 19')], pageParams: [null] });
});

describe('rows that no longer fit', () => {
  const ended = { status: 'failed', rawStatus: 'failed' } as const;
  const fits = ({ status }: { status: string }) => status === 'completed';

  test('stay though they are not in the page, where that is asked for', () => {
    const before = [{ ...page([], 'c'), containers: [row(9), row(8, ended), row(7)] }, page([5], 'after 5')];
    expect(shown(foldPage(before, page([9, 7], 'c'), { stays: (each) => !fits(each) }))).toEqual([[9, 8, 7], [5]]);
    expect(shown(foldPage(before, page([9, 7], 'c')))).toEqual([[9, 7], [5]]);
  });

  test('leave together, those that wait too, and pages without them are the same objects', () => {
    const first: ListPage = { ...page([], 'c'), containers: [row(9), row(8, ended)], newer: [row(12, ended), row(11)], stays: ['9'] };
    const data = { pages: [first, page([5])], pageParams: [null, 'c'] };
    const { pages } = dropLeft(data, fits);
    expect(pages[0]).toEqual({ ...page([9], 'c'), newer: [row(11)] });
    expect(pages[1]).toBe(data.pages[1]);
    expect(dropLeft({ ...data, pages: both }, fits).pages).toBe(both);
  });
});

describe('showing what waits', () => {
  test('puts it on top, and leaves nothing waiting', () => {
    const pages = foldPage(both, page([11, 10, 9], 'after 9'));
    const after = showWaiting({ pages, pageParams: [null, 'after 7'] });
    expect(after).toEqual({ pages: [page([11, 10, 9, 8, 7], 'after 7'), page([6, 5], 'after 5')], pageParams: [null, 'after 7'] });
  });

  test('changes nothing where nothing waits', () => {
    const data = { pages: both, pageParams: [null, 'after 7'] };
    expect(showWaiting(data)).toBe(data);
  });
});
