import type { ContainerSummary } from '../../model/container.js';
import { approvalsOf, type ContainerListQuery, fitsApproval, fitsStatus } from './containerListFilters.js';
import { merge } from './foldPage.js';
import { isKnown, type ListData } from './listData.js';
import { createdAt } from './rows.js';

/** How many noticed rows are remembered. */
const NOTICED_KEPT = 500;

/** Whether a row above a list is noticed for the first time: each makes the list due for a refresh once, because one that lacks it always will. */
export function isFirstNotice(noticed: Set<string>, rows: readonly ContainerSummary[]): boolean {
  const names = rows
    .map(({ id, rawStatus, rawApprovalStatus }) => `${id} ${rawStatus} ${rawApprovalStatus}`)
    .filter((name) => !noticed.has(name));
  if (noticed.size > NOTICED_KEPT) noticed.clear();
  for (const name of names) noticed.add(name);
  return names.length > 0;
}

/** Finds containers read elsewhere that a list lacks. `within`: they match only since a change; `newer`: newer than all rows, so that there can be more unread. */
export function findNewcomers(data: ListData, told: readonly ContainerSummary[], projectId: string, filters: ContainerListQuery) {
  const unknown = told.filter((row) => row.projectId === projectId && fits(row, filters) && !isKnown(data, row));
  const top = data.containers[0];
  const isNewer = (row: ContainerSummary) => top === undefined || createdAt(row) > createdAt(top);
  const isLoaded = (row: ContainerSummary) => data.nextCursor === null || createdAt(row) > createdAt({ createdAt: data.end });
  return { within: unknown.filter((row) => !isNewer(row) && isLoaded(row)), newer: unknown.filter(isNewer) };
}

/** Adds rows that a list lacks to those that wait to be shown. */
export const addNewcomers = (data: ListData, rows: readonly ContainerSummary[]): ListData =>
  rows.length === 0 ? data : { ...data, newer: rows.reduce((newer, row) => merge(newer, [row]), data.newer) };

function fits(row: ContainerSummary, filters: ContainerListQuery): boolean {
  const at = createdAt(row);
  const { format, creativeType, since, until } = filters;
  return (
    row.status !== 'unknown' &&
    fitsStatus(row, filters) &&
    fitsApproval(row, approvalsOf(filters)) &&
    (format === undefined || (row.format !== null && format.includes(row.format))) &&
    (creativeType === undefined || row.creativeType === creativeType) &&
    !Number.isNaN(at) &&
    !(since !== undefined && at < Date.parse(since)) &&
    !(until !== undefined && at > Date.parse(until))
  );
}
