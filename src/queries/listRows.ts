import type { Query } from '@tanstack/react-query';
import type { ContainerSummary } from '../model/container.js';
import { containerKey } from '../model/ids.js';
import { type ContainerListQuery, approvalsOf, fitsApproval } from './containerListFilters.js';
import { isFurther } from './isFurther.js';
import { isKnown, type ListData, type ListPage, mapRows, rowsOf } from './listPage.js';
import { shareRows } from './shareRows.js';

/** A list's query in the cache. */
export type ListQuery = Query<ListData>;

/** A row as it should be; the same object where it is right already. */
type Update = (row: ContainerSummary, key: string) => ContainerSummary;

/** The filters of a list in their canonical form, which are the end of its key. */
export const filtersOf = ({ queryKey }: ListQuery): ContainerListQuery => (queryKey.at(-1) ?? {}) as ContainerListQuery;

/** Writes to a list, and once more after the fetch under way, if `isUndone` then: it may put back what it began with. */
export function writeRows(
  query: ListQuery,
  change: (data: ListData) => ListData,
  isUndone: (data: ListData) => boolean = () => true,
): void {
  const write = () => {
    const { data } = query.state;
    const next = data && change(data);
    // Nothing was read: when the data came, and whether a load failed, stay what they are.
    if (next !== undefined && next !== data) query.setState({ data: next });
  };
  write();
  if (query.state.fetchStatus !== 'fetching') return;
  const writeAgain = () => {
    if (query.state.data && isUndone(query.state.data)) write();
  };
  query.promise?.then(writeAgain, writeAgain);
}

/** Changes rows of a list in place, those that wait to be shown too. */
export function updateRows(query: ListQuery, update: Update): void {
  const statusOf = ({ rawStatus, rawApprovalStatus }: ContainerSummary) => `${rawStatus} ${rawApprovalStatus}`;
  const before = new Map<string, string>();
  let isAgain = false;
  const updateOne: Update = (row, key) => {
    // What was not changed the first time was read since.
    if (isAgain && before.get(key) !== statusOf(row)) return row;
    const next = update(row, key);
    if (next !== row) before.set(key, statusOf(row));
    return next;
  };
  writeRows(
    query,
    (data) => markLeft(query, data, updated(data, updateOne)),
    () => {
      isAgain = true;
      return before.size > 0;
    },
  );
}

function updated(data: ListData, update: Update): ListData {
  const pages = data.pages.map((page): ListPage => {
    const containers = mapRows(page.containers, update);
    const newer = page.newer && mapRows(page.newer, update);
    return containers === page.containers && newer === page.newer ? page : { ...page, containers, ...(newer && { newer }) };
  });
  return pages.every((page, index) => page === data.pages[index]) ? data : { ...data, pages };
}

/** Notes which rows were of the approval that is looked for and no longer are: they stay where they are until somebody asks. */
export function markLeft(query: ListQuery, before: ListData, after: ListData): ListData {
  const approvals = approvalsOf(filtersOf(query));
  const [first, ...others] = after.pages;
  if (approvals === undefined || first === undefined || before === after) return after;
  const fitted = new Set(rowsOf(before.pages).flatMap((row) => (fitsApproval(row, approvals) ? [containerKey(row.id)] : [])));
  const stays = new Set(first.stays);
  for (const row of rowsOf(after.pages)) {
    const key = containerKey(row.id);
    if (fitsApproval(row, approvals)) stays.delete(key);
    else if (fitted.has(key)) stays.add(key);
  }
  const isSame = stays.size === (first.stays?.length ?? 0) && (first.stays ?? []).every((key) => stays.has(key));
  return isSame ? after : { ...after, pages: [{ ...first, stays: [...stays] }, ...others] };
}

/**
 * Takes what rows and records tell of a container's status or approval into a list, unless what it shows is further on. What else a record tells and a row
 * does not is left: the next refresh would take it away again.
 */
export function takeRows(query: ListQuery, told: readonly ContainerSummary[]): void {
  const pages = query.state.data?.pages ?? [];
  const news = new Map(told.flatMap((row) => (isKnown(pages, row) ? [[containerKey(row.id), row] as const] : [])));
  if (news.size === 0) return;
  updateRows(query, (row, key) => {
    const read = news.get(key);
    if (read === undefined || isFurther(row.status, read.status)) return row;
    if (read.rawStatus === row.rawStatus && read.rawApprovalStatus === row.rawApprovalStatus) return row;
    return shareRows([row], [summaryOf(read, row)])[0] ?? row;
  });
}

/** What a row carries of a record. */
export function summaryOf(record: ContainerSummary, row: ContainerSummary): ContainerSummary {
  const keys = Object.keys(row) as (keyof ContainerSummary)[];
  const carried = Object.fromEntries(keys.map((key) => [key, record[key]]));
  return { ...row, ...carried, id: row.id, projectId: row.projectId };
}
