import type { ContainerSummary } from '../../model/container.js';
import { approvalsOf, type ContainerListQuery, fitsApproval, fitsStatus } from './containerListFilters.js';
import { merge } from './foldPage.js';
import { createdAt, isKnown, type ListData } from './listData.js';

/** How many noticed rows are remembered. */
const NOTICED_KEPT = 500;

/** The rows above a list that made it due for a refresh, each once: a refresh that doesn't return one never will. */
export class Noticed {
  readonly #names = new Set<string>();

  /** Whether one of the rows is noticed for the first time. */
  note(rows: readonly ContainerSummary[]): boolean {
    const names = rows
      .map(({ id, rawStatus, rawApprovalStatus }) => `${id} ${rawStatus} ${rawApprovalStatus}`)
      .filter((name) => !this.#names.has(name));
    if (this.#names.size > NOTICED_KEPT) this.#names.clear();
    for (const name of names) this.#names.add(name);
    return names.length > 0;
  }
}

/**
 * Finds containers read elsewhere that match a list and aren't in it. `within`: they started to match after they were created. `newer`: newer than all rows,
 * so that there can be more that weren't read.
 */
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
