import type { Query, QueryClient } from '@tanstack/react-query';
import type { ContainerSummary } from '../../model/container.js';
import { approvalsOf, type ContainerListQuery, fitsApproval, fitsStatus } from './containerListFilters.js';
import { merge } from './foldHead.js';
import { shownList } from './shownLists.js';
import { createdAt, isKnown, type ListData, patchRows, rowAt } from './listData.js';

/** Returns the current row for the one a list has; `undefined` in: the list lacks it; `undefined` out: nothing is known. */
export type RowPatch = (row: ContainerSummary | undefined) => ContainerSummary | undefined;

/**
 * Updates the rows of every list of a scope in place. In a mounted list, missing rows that match wait in `newer`, and rows newer than all of it make it due
 * for a refresh.
 */
export function patchLists(queryClient: QueryClient, scope: string, patches: ReadonlyMap<string, RowPatch>): void {
  for (const query of queryClient.getQueryCache().findAll({ queryKey: ['layers', scope, 'list'] })) patchList(query, patches);
}

/** The row of a container in the first list of a scope that has it, and when that list was read. */
export function findRow(queryClient: QueryClient, scope: string, key: string): { row: ContainerSummary; readAt: number } | undefined {
  for (const { state } of queryClient.getQueryCache().findAll({ queryKey: ['layers', scope, 'list'] })) {
    const data = state.data as ListData | undefined;
    const row = data && rowAt(data, key);
    if (row) return { row, readAt: state.dataUpdatedAt };
  }
  return undefined;
}

/** {@link patchLists} for one list. */
function patchList(query: Query, patches: ReadonlyMap<string, RowPatch>): void {
  const data = query.state.data as ListData | undefined;
  if (data === undefined) return;
  const rows = new Map<string, ContainerSummary>();
  for (const [key, patch] of patches) {
    const row = patch(rowAt(data, key));
    if (row) rows.set(key, row);
  }
  const filters = (query.queryKey[4] ?? {}) as ContainerListQuery;
  const list = shownList(query);
  const told = list?.isShown ? [...rows.values()] : [];
  const { within, newer } = findNewcomers(data, told, String(query.queryKey[3]), filters);
  const next = addNewcomers(patchRows(data, rows, approvalsOf(filters)), within);
  // `dataUpdatedAt` and `error` stay: nothing was read.
  if (next !== data) query.setState({ data: next });
  if (newer.length > 0) list?.notice(newer);
}

/** Containers read elsewhere that match a list and aren't in it. */
export interface Newcomers {
  /** Within the loaded rows: they started to match after they were created. */
  within: ContainerSummary[];
  /** Newer than all rows; there can be more that weren't read. */
  newer: ContainerSummary[];
}

/** Finds rows that a list lacks. `filters`: normalized. */
export function findNewcomers(
  data: ListData,
  told: readonly ContainerSummary[],
  projectId: string,
  filters: ContainerListQuery,
): Newcomers {
  const unknown = told.filter((row) => row.projectId === projectId && fits(row, filters) && !isKnown(data, row));
  const top = data.containers[0];
  const isNewer = (row: ContainerSummary) => top === undefined || createdAt(row) > createdAt(top);
  const isLoaded = (row: ContainerSummary) => data.nextCursor === null || createdAt(row) > createdAt({ createdAt: data.end });
  return { within: unknown.filter((row) => !isNewer(row) && isLoaded(row)), newer: unknown.filter(isNewer) };
}

/** Adds rows to those that wait to be shown. */
export function addNewcomers(data: ListData, rows: readonly ContainerSummary[]): ListData {
  const lacking = rows.filter((row) => !isKnown(data, row));
  return lacking.length === 0 ? data : { ...data, newer: lacking.reduce((newer, row) => merge(newer, [row]), data.newer) };
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
