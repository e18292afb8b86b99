import { describe, expect, test } from 'vitest';
import type { ContainerSummary } from '../../src/core.js';
import type { ListData, ListPage } from '../../src/queries/listPage.js';
import { addWaiting, findNewcomers } from '../../src/queries/newcomers.js';
import { row } from './rows.js';

/** A list of one page, of rows made in these seconds. */
const listOf = (numbers: readonly number[], part: Partial<ListPage> = {}): ListData => ({
  pages: [{ containers: numbers.map((number) => row(number)), nextCursor: 'below', invalid: [], ...part }],
  pageParams: [null],
});
const numbers = (rows: readonly ContainerSummary[] | undefined) => rows?.map(({ id }) => Number(id.slice(4)));
const find = (data: ListData, told: readonly ContainerSummary[]) => {
  const { within, hasNewer } = findNewcomers(data, told, 'prj_1', { status: ['completed'] });
  return [numbers(within), hasNewer];
};

describe('among what was told elsewhere', () => {
  test('what lies between the loaded rows comes in, what lies below them comes with the cursor', () => {
    expect(find(listOf([9, 5]), [row(7), row(3)])).toEqual([[7], false]);
  });

  test('where the list is loaded to its end, what lies below comes in too', () => {
    expect(find(listOf([9, 5], { nextCursor: null }), [row(7), row(3)])).toEqual([[7, 3], false]);
  });

  test('what lies above says that there is news, for others may lie between', () => {
    expect(find(listOf([9, 5]), [row(12)])).toEqual([[], true]);
    expect(find(listOf([], { nextCursor: null }), [row(12)])).toEqual([[], true]);
  });

  test('what is known, shown or waiting, in either spelling of its id, is none', () => {
    expect(find(listOf([9, 5], { newer: [row(12)] }), [row(9), row(12), { ...row(5), id: '5' }])).toEqual([[], false]);
  });

  test.each([
    ['another project', { projectId: 'prj_2' }],
    ['no known project', { projectId: null }],
    ['another status', { status: 'failed' }],
    ['an unknown status', { status: 'unknown' }],
    ['no known time', { createdAt: null }],
  ] as const)('what is of %s is none', (_, part) => {
    expect(find(listOf([9, 5]), [row(7, part), row(12, part)])).toEqual([[], false]);
  });
});

test('newcomers wait in their order, each once, and without what a row does not carry', () => {
  const { within } = findNewcomers(listOf([9, 5]), [{ ...row(7), assets: [] } as ContainerSummary], 'prj_1', {});
  expect(within).toEqual([row(7)]);
  const once = addWaiting(listOf([9, 5], { newer: [row(12), row(6)] }), [row(8), row(7)]);
  expect(numbers(once.pages[0]?.newer)).toEqual([12, 8, 7, 6]);
  expect(addWaiting(once, [row(8), row(9)])).toBe(once);
});
