import { describe, expect, test } from 'vitest';
import type { ListPage } from '../../src/queries/listPage.js';
import { shareList, shareRows } from '../../src/queries/shareRows.js';
import { row } from './rows.js';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const rows = (count: number) => Array.from({ length: count }, (_, index) => row(count - index));
const pageOf = (containers: ListPage['containers'], nextCursor: string | null = null): ListPage => ({
  containers,
  nextCursor,
  invalid: [],
});

describe('rows', () => {
  test.each([200, 5_000])('of %i, one put in at the top: every other one stays the same object', (count) => {
    const before = rows(count - 1);
    const after = shareRows(before, copy([row(count), ...before]));
    expect(after).toHaveLength(count);
    expect(after.slice(1).filter((each, index) => each === before[index])).toHaveLength(count - 1);
  });

  test('that are all equal are the same array', () => {
    const before = rows(3);
    expect(shareRows(before, copy(before))).toBe(before);
  });

  test('of which one changed: that one is new, with the parts of it that did not', () => {
    const before = [row(2, { preview: null, lastError: { code: 'A', message: 'b' } }), row(1)];
    const after = shareRows(before, [
      { ...copy(before[0] as (typeof before)[0]), status: 'failed' },
      copy(before[1] as (typeof before)[0]),
    ]);
    expect(after[0]).not.toBe(before[0]);
    expect(after[0]?.status).toBe('failed');
    expect(after[0]?.lastError).toBe(before[0]?.lastError);
    expect(after[1]).toBe(before[1]);
  });

  test('that only changed places are the same objects in another array', () => {
    const before = rows(2);
    const after = shareRows(before, copy(before).reverse());
    expect(after).not.toBe(before);
    expect(after[0]).toBe(before[1]);
    expect(after[1]).toBe(before[0]);
  });

  test('are known in either spelling of their id', () => {
    const before = [{ id: 'cnt_1', list: [1] }];
    expect(shareRows(before, [{ id: '1', list: [1] }])[0]?.list).toBe(before[0]?.list);
  });

  test.each([
    ['a key more', { id: '1', a: 1 }, { id: '1', a: 1, b: undefined }],
    ['a key less', { id: '1', a: 1 }, { id: '1' }],
    ['a list that grew', { id: '1', a: [1] }, { id: '1', a: [1, 2] }],
    ['a list in place of an object', { id: '1', a: {} }, { id: '1', a: [] }],
    ['null in place of an object', { id: '1', a: {} }, { id: '1', a: null }],
  ])('with %s are not equal', (_, before, after) => {
    const [shared] = shareRows<{ id: string }>([before], [after]);
    expect(shared).not.toBe(before);
    expect(shared).toEqual(after);
  });
});

describe('pages in the cache', () => {
  test('keep a row that moved to another page', () => {
    const [third, second, first] = rows(3) as [ReturnType<typeof row>, ReturnType<typeof row>, ReturnType<typeof row>];
    const before = { pages: [pageOf([third, second], 'c'), pageOf([first])], pageParams: [null, 'c'] };
    const after = shareList(before, {
      pages: [pageOf(copy([row(4), third]), 'd'), pageOf(copy([second, first]))],
      pageParams: [null, 'd'],
    }) as typeof before;
    expect(after.pages[0]?.containers[1]).toBe(third);
    expect(after.pages[1]?.containers).toEqual([second, first]);
    expect(after.pages[1]?.containers[0]).toBe(second);
  });

  test('that are equal are the same object, down to the pages', () => {
    const before = { pages: [pageOf(rows(2), 'c'), { ...pageOf(rows(2)), newer: rows(1) }], pageParams: [null, 'c'] };
    expect(shareList(before, copy(before))).toBe(before);
  });

  test('a row that waited and is shown now stays the same object', () => {
    const waits = row(2);
    const before = { pages: [{ ...pageOf([row(1)]), newer: [waits] }], pageParams: [null] };
    const after = shareList(before, { pages: [pageOf(copy([waits, row(1)]))], pageParams: [null] }) as typeof before;
    expect(after.pages[0]?.containers[0]).toBe(waits);
  });
});

test('what is no list is taken as it is', () => {
  expect(shareList(undefined, 5)).toBe(5);
});
