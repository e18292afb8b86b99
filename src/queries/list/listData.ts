import { shareEqual } from '../../internal/shareEqual.js';
import type { ContainerSummary } from '../../model/container.js';
import type { ContainerPage } from '../../model/containerPage.js';
import { fitsApproval } from './containerListFilters.js';
import { hasRow, keepRows, keyOf, positionOf, replaceRows, rowWithKey, uniqueRows } from './rows.js';
import { appended, moved } from './unreadable.js';

/** The cached data of a list: plain JSON, so that it can be dehydrated or persisted. */
export interface ListData {
  /** Every loaded row, newest first, each container once; with an approval filter also rows that don't match it. */
  containers: ContainerSummary[];
  /** Cursor of the next page; `null`: everything is loaded. */
  nextCursor: string | null;
  /** `createdAt` of the last row above `nextCursor`, even if it was deleted since; `null`: unknown. */
  end: string | null;
  /** New rows that aren't shown yet, newest first. */
  newer: ContainerSummary[];
  /** Cursor below `newer` if there can be rows between them and the shown ones, unread or dropped; `null`: no gap. */
  gap: string | null;
  /** Rows that couldn't be parsed, by their position in the list (from 0). */
  invalid: { index: number; reason: string }[];
  /** Keys of rows that stay although they no longer match the approval filter. */
  stays: string[];
}

/** Rows to show as a list, with as much of it as there is: what a host gives as a placeholder. */
export type PlaceholderList = Pick<ListData, 'containers'> & Partial<ListData>;

const EMPTY: ListData = { containers: [], nextCursor: null, end: null, newer: [], gap: null, invalid: [], stays: [] };

/** A list with all its parts: the host can have written rows alone. */
export const wholeList = (data: PlaceholderList | undefined): ListData => ({ ...EMPTY, ...data });

/** A row of a list, shown or waiting. */
export const rowAt = ({ containers, newer = [] }: PlaceholderList, key: string): ContainerSummary | undefined =>
  rowWithKey(containers, key) ?? rowWithKey(newer, key);

export const isKnown = (data: ListData, row: Pick<ContainerSummary, 'id'>): boolean => rowAt(data, keyOf(row)) !== undefined;

/** Replaces parts of a list; the same object if none differs. */
export const withParts = (data: ListData, parts: Partial<ListData>): ListData =>
  (Object.keys(parts) as (keyof ListData)[]).every((name) => parts[name] === data[name]) ? data : { ...data, ...parts };

/** Replaces rows of a list in place; the same object if none changed. */
export const patchRows = (data: ListData, rows: readonly ContainerSummary[]): ListData =>
  withParts(data, { containers: replaceRows(data.containers, rows), newer: replaceRows(data.newer, rows) });

/** Marks rows that stopped matching the approval filter: they stay in place until a refresh by a person. */
export function markLeft(before: ListData, after: ListData, approvals: readonly string[] | undefined): ListData {
  if (approvals === undefined || before.containers === after.containers) return after;
  const stays = after.containers.filter((row) => {
    const was = before.containers[positionOf(before.containers, row)];
    return !fitsApproval(row, approvals) && (after.stays.includes(keyOf(row)) || (was !== undefined && fitsApproval(was, approvals)));
  });
  return withParts(after, { stays: shareEqual(after.stays, stays.map(keyOf)) });
}

/** Appends a page to a list. A row on two pages keeps its first position. */
export function appendPage(data: ListData, page: ContainerPage): ListData {
  const containers = uniqueRows([...data.containers, ...page.containers]);
  return {
    ...data,
    containers,
    nextCursor: page.nextCursor,
    end: page.containers.at(-1)?.createdAt ?? data.end,
    newer: data.newer.filter((row) => !hasRow(containers, row)),
    invalid: appended(data.invalid, page, data.containers.length, containers),
  };
}

export const listOfPage = (page: ContainerPage): ListData => appendPage(EMPTY, page);

/** Removes rows, shown or waiting, that no longer match the filters. */
export function dropLeft(data: ListData, fits: (row: ContainerSummary) => boolean): ListData {
  const containers = keepRows(data.containers, fits);
  return withParts(data, {
    containers,
    invalid: shareEqual(data.invalid, moved(data.invalid, data.containers, containers)),
    newer: keepRows(data.newer, fits),
    stays: shareEqual(data.stays, []),
  });
}

export const shifted = (invalid: ContainerPage['invalid'], offset: number): ContainerPage['invalid'] =>
  invalid.map(({ index, reason }) => ({ index: index + offset, reason }));

const written = new WeakSet<object>();

/** Marks data that a fetch has already written, so that TanStack's write at its end changes nothing. */
export function markWritten(data: ListData): ListData {
  written.add(data);
  return data;
}

/** Whether a fetch has already written this data, so that later writes are newer. `true` once. */
export const takeWritten = (data: unknown): boolean => typeof data === 'object' && data !== null && written.delete(data);
