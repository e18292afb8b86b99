import type { ContainerSummary } from '../model/container.js';
import { approvalsOf, type ContainerListQuery, fitsApproval, fitsStatus } from './containerListFilters.js';
import { merge } from './foldPage.js';
import { createdAt, isKnown, type ListData, rowsOf } from './listPage.js';
import { summaryOf } from './listRows.js';

/** Containers of which some read told, that belong to a list and are not in it. */
export interface Newcomers {
  /** Among the rows that were loaded: they came to fit later than they were made. */
  within: ContainerSummary[];
  /** Whether there are some above them all, where there may be more that nobody told of. */
  hasNewer: boolean;
}

/** Looks among rows that were told for those that a list lacks. `filters` in their canonical form. */
export function findNewcomers(
  data: ListData,
  told: readonly ContainerSummary[],
  projectId: string,
  filters: ContainerListQuery,
): Newcomers {
  const unknown = told.filter((row) => row.projectId === projectId && fits(row, filters) && !isKnown(data.pages, row));
  if (unknown.length === 0) return { within: [], hasNewer: false };
  const shown = rowsOf(data.pages);
  const [top, last] = [shown[0], shown.at(-1)];
  const isEnd = data.pages.at(-1)?.nextCursor == null;
  const isNewer = (row: ContainerSummary) => top === undefined || createdAt(row) > createdAt(top);
  const isLoaded = (row: ContainerSummary) => isEnd || (last !== undefined && createdAt(row) > createdAt(last));
  const within = unknown.filter((row) => !isNewer(row) && isLoaded(row));
  return { within: within.map((row) => ({ ...summaryOf(row, top ?? row), id: row.id })), hasNewer: unknown.some(isNewer) };
}

/** Has newcomers wait to be shown. */
export function addWaiting(data: ListData, rows: readonly ContainerSummary[]): ListData {
  const [first, ...others] = data.pages;
  const lacking = rows.filter((row) => !isKnown(data.pages, row));
  if (first === undefined || lacking.length === 0) return data;
  return { ...data, pages: [{ ...first, newer: lacking.reduce((newer, row) => merge(newer, [row]), first.newer ?? []) }, ...others] };
}

function fits(row: ContainerSummary, filters: ContainerListQuery): boolean {
  const at = createdAt(row);
  const formats = filters.format as readonly string[] | undefined;
  return (
    row.status !== 'unknown' &&
    fitsStatus(row, filters) &&
    fitsApproval(row, approvalsOf(filters)) &&
    (formats === undefined || (row.format !== null && formats.includes(row.format))) &&
    (filters.creativeType === undefined || row.creativeType === filters.creativeType) &&
    !Number.isNaN(at) &&
    !(filters.since !== undefined && at < Date.parse(filters.since)) &&
    !(filters.until !== undefined && at > Date.parse(filters.until))
  );
}
