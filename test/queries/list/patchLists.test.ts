import { QueryClient } from '@tanstack/react-query';
import { describe, expect, test } from 'vitest';
import { type ContainerSummary, createLayersClient, layersKeys } from '../../../src/core.js';
import { listActions } from '../../../src/queries/list/listActions.js';
import { appendPage, type ListData, markLeft, patchRows } from '../../../src/queries/list/listData.js';
import { addNewcomers, findNewcomers } from '../../../src/queries/list/newcomers.js';
import { patchLists } from '../../../src/queries/list/patchLists.js';
import { listOf, page, row, seconds } from './rows.js';

const below = (numbers: readonly number[], part: Partial<ListData> = {}) => listOf(numbers, { nextCursor: 'below', ...part });
const find = (data: ListData, told: readonly ContainerSummary[]) => {
  const { within, newer } = findNewcomers(data, told, 'prj_1', { status: ['completed'] });
  return [seconds(within), seconds(newer)];
};
const byKey = (...rows: ContainerSummary[]) => new Map(rows.map((each) => [each.id.replace('cnt_', ''), each]));

describe('among what was read elsewhere', () => {
  test('what lies between the loaded rows comes in, what lies below them comes with the cursor', () => {
    expect(find(below([9, 5]), [row(7), row(3)])).toEqual([[7], []]);
  });

  test('where the list is loaded to its end, what lies below comes in too', () => {
    expect(find(listOf([9, 5]), [row(7), row(3)])).toEqual([[7, 3], []]);
  });

  test('what lies above says that there is news, for others may lie between', () => {
    expect(find(listOf([9, 5]), [row(12)])).toEqual([[], [12]]);
    expect(find(listOf([]), [row(12)])).toEqual([[], [12]]);
  });

  test('what is known, shown or waiting, in either spelling of its id, is none', () => {
    expect(find(listOf([9, 5], { newer: [row(12)] }), [row(9), row(12), { ...row(5), id: '5' }])).toEqual([[], []]);
  });

  test.each([
    ['another project', { projectId: 'prj_2' }],
    ['no known project', { projectId: null }],
    ['another status', { status: 'failed' }],
    ['an unknown status', { status: 'unknown' }],
    ['no known time', { createdAt: null }],
  ] as const)('what is of %s is none', (_, part) => {
    expect(find(listOf([9, 5]), [row(7, part), row(12, part)])).toEqual([[], []]);
  });
});

test('what was removed at the end of the loaded rows does not hide what lies above the cursor', () => {
  expect(find(below([9, 7], { end: row(5).createdAt }), [row(6), row(4)])).toEqual([[6], []]);
});

test('newcomers wait in their order', () => {
  const list = listOf([9, 5], { newer: [row(12), row(6)] });
  expect(seconds(addNewcomers(list, [row(7), row(8)]).newer)).toEqual([12, 8, 7, 6]);
  expect(addNewcomers(list, [])).toBe(list);
});

describe('rows', () => {
  const long = listOf(Array.from({ length: 10_000 }, (_, index) => 10_000 - index));

  test('are replaced in place, and every other one stays the same object', () => {
    const after = patchRows(long, [row(5_000, { status: 'failed' }), row(20_000)]);
    expect(after.containers.filter((each, index) => each !== long.containers[index])).toEqual([row(5_000, { status: 'failed' })]);
  });

  test('that are equal leave the same list', () => {
    expect(patchRows(long, [row(5_000), row(20_000)])).toBe(long);
  });

  test('that wait are replaced too, and an id stays as it was first spelled', () => {
    const after = patchRows({ ...long, newer: [row(20_000)] }, [row(20_000, { id: '20000', hook: 'read' })]);
    expect(after.newer).toEqual([row(20_000, { hook: 'read' })]);
  });

  test('that lose the approval that is looked for are noted to stay, and no more once they have it again', () => {
    const approved = { approvalStatus: 'approved', rawApprovalStatus: 'approved' } as const;
    const list = listOf([9, 8, 7]);
    const patched = (data: ListData, by: ContainerSummary) => markLeft(data, patchRows(data, [by]), ['pending']);
    const once = patched({ ...list, containers: [row(9), row(8, approved), row(7)] }, row(7, approved));
    expect(once.stays).toEqual(['7']);
    expect(patched(once, row(7)).stays).toEqual([]);
  });
});

describe('a next page', () => {
  test('comes below, without rows that are shown already, and what waited and is in it no longer waits', () => {
    const after = appendPage(below([9, 7], { newer: [row(12), row(6)] }), page([7, 6, 5], 'after 5'));
    expect(seconds(after.containers)).toEqual([9, 7, 6, 5]);
    expect(seconds(after.newer)).toEqual([12]);
    expect(after).toMatchObject({ nextCursor: 'after 5', end: row(5).createdAt });
  });

  test('has its unreadable rows counted from the top of the list', () => {
    const damaged = { ...page([7]), invalid: [{ index: 1, reason: 'id' }] };
    expect(appendPage(below([9, 8], { invalid: [{ index: 0, reason: 'id' }] }), damaged).invalid.map(({ index }) => index)).toEqual([0, 4]);
  });
});

describe('every list of a scope', () => {
  const client = createLayersClient({ baseUrl: 'https://patch.invalid', fetch: () => Promise.reject(new Error('none')) });

  function withLists() {
    const queryClient = new QueryClient();
    const keys = [
      layersKeys.list(client, 'prj_1'),
      layersKeys.list(client, 'prj_1', { status: 'failed' }),
      layersKeys.list(client, 'prj_2'),
    ];
    for (const key of keys) queryClient.setQueryData(key, below([9, 7]));
    const dataOf = () => keys.map((key) => queryClient.getQueryData<ListData>(key) as ListData);
    return {
      queryClient,
      keys,
      dataOf,
      patch: (...rows: ContainerSummary[]) =>
        patchLists(queryClient, client.scope, new Map([...byKey(...rows)].map(([key, row]) => [key, () => row]))),
    };
  }

  test('that has the container is changed, and of no other is anything written', () => {
    const { queryClient, keys, dataOf, patch } = withLists();
    queryClient.setQueryData<ListData>(keys[2] ?? [], below([6]));
    const before = dataOf();
    const updatedAt = queryClient.getQueryState(keys[0] ?? [])?.dataUpdatedAt;
    patch(row(9, { status: 'failed' }));
    const after = dataOf();
    expect(after.map(({ containers }) => containers[0]?.status)).toEqual(['failed', 'failed', 'completed']);
    expect(after[2]).toBe(before[2]);
    expect(after[0]?.containers[1]).toBe(before[0]?.containers[1]);
    expect(queryClient.getQueryState(keys[0] ?? [])?.dataUpdatedAt).toBe(updatedAt);
  });

  test('that somebody looks at has what it lacks wait; above it, it is told once that there is news', () => {
    const { queryClient, keys, dataOf, patch } = withLists();
    let looks = 0;
    const lists = keys.map((queryKey) => listActions(client, queryClient, queryKey));
    const stops = lists.map((list) => list.follow(() => (looks += 1)));
    patch(row(8), row(12));
    expect(dataOf().map(({ newer }) => seconds(newer))).toEqual([[8], [], []]);
    expect(lists.map((list) => list.hasNews)).toEqual([true, false, false]);
    expect(looks).toBe(1);
    patch(row(12));
    expect(looks).toBe(1);
    patch(row(12, { rawStatus: 'done' }));
    expect(looks).toBe(2);
    for (const stop of stops) stop();
    patch(row(8.5));
    expect(seconds(dataOf()[0]?.newer ?? [])).toEqual([8]);
  });
});
