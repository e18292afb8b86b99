import { describe, expect, test } from 'vitest';
import { shareList, shareRows } from '../../../src/queries/list/shareRows.js';
import { listOf, row } from './rows.js';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const rows = (count: number) => Array.from({ length: count }, (_, index) => row(count - index));
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
    const before = [row(1, { lastError: { code: 'A', message: 'b' } })];
    expect(shareRows(before, [{ ...copy(before[0] as (typeof before)[0]), id: '1' }])[0]?.lastError).toBe(before[0]?.lastError);
  });

  test.each([
    ['a key more', { id: '1', a: 1 }, { id: '1', a: 1, b: undefined }],
    ['a key less', { id: '1', a: 1 }, { id: '1' }],
    ['a list that grew', { id: '1', a: [1] }, { id: '1', a: [1, 2] }],
    ['a list in place of an object', { id: '1', a: {} }, { id: '1', a: [] }],
    ['null in place of an object', { id: '1', a: {} }, { id: '1', a: null }],
  ])('with %s are not equal', (_, before, after) => {
    const [shared] = shareRows([before as never], [after as never]);
    expect(shared).not.toBe(before);
    expect(shared).toEqual(after);
  });
});

describe("a list's data", () => {
  test('that is equal is the same object', () => {
    const before = { ...listOf([2, 1], { nextCursor: 'c' }), newer: [row(3)] };
    expect(shareList(before, copy(before))).toBe(before);
  });

  test('of which one part changed keeps the others', () => {
    const before = { ...listOf([2, 1]), invalid: [{ index: 1, reason: 'id' }] };
    const after = shareList(before, { ...copy(before), nextCursor: 'c' }) as typeof before;
    expect(after).toEqual({ ...before, nextCursor: 'c' });
    expect(after.containers).toBe(before.containers);
    expect(after.invalid).toBe(before.invalid);
  });
});

test('a list that is selected from the data keeps its rows', () => {
  const before = { containers: rows(3), newCount: 0 };
  const after = shareList(before, {
    containers: [row(4), ...before.containers].map((each) => ({ ...each })),
    newCount: 0,
  }) as typeof before;
  expect(after.containers.slice(1)).toEqual(before.containers);
  expect(after.containers.slice(1).every((each, index) => each === before.containers[index])).toBe(true);
});

describe('what is no list', () => {
  test('is shared part by part where it is plain', () => {
    const before = { ids: ['1'], more: { count: 1 } };
    expect(shareList(before, copy(before))).toBe(before);
    const after = shareList(before, { ids: ['2'], more: { count: 1 } }) as typeof before;
    expect(after.more).toBe(before.more);
    expect(after.ids).toEqual(['2']);
  });

  test('is taken as it is where it is not', () => {
    expect(shareList(undefined, 5)).toBe(5);
    const [before, after] = [new Date(0), new Date(0)];
    expect(shareList(before, after)).toBe(after);
  });
});
