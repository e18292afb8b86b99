import { describe, expect, test } from 'vitest';
import { containerListOptions, createLayersClient } from '../../../src/core.js';
import { shareList } from '../../../src/queries/list/containerListOptions.js';
import { patchRows } from '../../../src/queries/list/listData.js';
import { listOf, row } from './rows.js';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const client = createLayersClient({ baseUrl: 'https://share.invalid', fetch: () => Promise.reject(new Error('none')) });

describe('a list that is selected', () => {
  test('from the same data by equal filters is the same object', () => {
    const [one, other] = [containerListOptions(client, 'prj_1', { limit: 5 }), containerListOptions(client, 'prj_1', { limit: 9 })];
    const data = listOf([3, 2, 1]);
    expect(one.select).toBe(other.select);
    expect(one.select(data)).toBe(one.select(data));
  });

  test('of an approval stays the same object when a row changes that it does not show', () => {
    const { select } = containerListOptions(client, 'prj_1', { approval: 'pending' });
    const data = { ...listOf([3, 2]), containers: [row(3), row(2, { rawApprovalStatus: 'approved' })] };
    const before = select(data);
    const changed = patchRows(data, [row(2, { rawApprovalStatus: 'approved', hook: 'new' })]);
    expect(changed).not.toBe(data);
    expect(shareList(before, select(changed))).toBe(before);
    const shown = patchRows(data, [row(3, { hook: 'new' })]);
    expect(shareList(before, select(shown))).toMatchObject({ containers: [{ hook: 'new' }] });
  });

  test('tells what cannot be read, what waits and whether there is more', () => {
    const { select } = containerListOptions(client, 'prj_1', { status: 'completed' });
    const invalid = [{ index: 1, reason: 'id' }];
    const newer = [row(9), row(8, { status: 'failed' })];
    expect(select(listOf([3, 2], { nextCursor: 'c', invalid, newer, gap: 'g' }))).toMatchObject({
      newCount: 1,
      hasMoreNew: true,
      hasNextPage: true,
      invalid,
      invalidCount: 1,
      lookedAt: 2,
    });
  });
});

describe('what a host selects', () => {
  test('is shared part by part', () => {
    const before = { ids: ['1'], more: { count: 1 } };
    expect(shareList(before, copy(before))).toBe(before);
    const after = shareList(before, { ids: ['2'], more: { count: 1 } }) as typeof before;
    expect(after.more).toBe(before.more);
    expect(after.ids).toEqual(['2']);
  });

  test.each([
    ['a key more', { id: '1', a: 1 }, { id: '1', a: 1, b: undefined }],
    ['a key less', { id: '1', a: 1 }, { id: '1' }],
    ['a list that grew', { id: '1', a: [1] }, { id: '1', a: [1, 2] }],
    ['a list in place of an object', { id: '1', a: {} }, { id: '1', a: [] }],
    ['null in place of an object', { id: '1', a: {} }, { id: '1', a: null }],
    ['another date', { at: new Date(0) }, { at: new Date(1) }],
  ])('with %s is not equal', (_, before, after) => {
    expect(shareList(before, after)).toEqual(after);
    expect(shareList(before, after)).not.toBe(before);
  });

  test('is taken as it is where there was nothing, or nothing plain', () => {
    expect(shareList(undefined, 5)).toBe(5);
    const set = new Set([1]);
    expect(shareList(new Set([1]), set)).toBe(set);
  });
});
