import { shareEqual } from '../../internal/shareEqual.js';
import type { ContainerSummary } from '../../model/container.js';
import type { ContainerPage } from '../../model/containerPage.js';
import { containerKey } from '../../model/ids.js';
import { fitsApproval } from './containerListFilters.js';

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
  /** Cursor below `newer` if there can be unread rows above the shown ones; `null`: no gap. */
  gap: string | null;
  /** Rows that couldn't be parsed, by their position in the list (from 0). */
  invalid: { index: number; reason: string }[];
  /** Keys of rows that stay although they no longer match the approval filter. */
  stays: string[];
}

/** Rows to show as a list, with as much of it as there is: what a host gives as a placeholder. */
export type PlaceholderList = Pick<ListData, 'containers'> & Partial<ListData>;

const EMPTY: ListData = { containers: [], nextCursor: null, end: null, newer: [], gap: null, invalid: [], stays: [] };

/** When a row was created, in milliseconds since 1970; `NaN` if unknown, so that every comparison is false. */
export const createdAt = (row: Pick<ContainerSummary, 'createdAt'> | undefined): number => Date.parse(row?.createdAt ?? '');

const indexes = new WeakMap<readonly ContainerSummary[], ReadonlyMap<string, number>>();

/** The position of each row by its key. Built once per array. */
export function indexOf(rows: readonly ContainerSummary[]): ReadonlyMap<string, number> {
  const index = indexes.get(rows) ?? new Map(rows.map(({ id }, at) => [containerKey(id), at]));
  indexes.set(rows, index);
  return index;
}

/** A row of a list, shown or waiting. */
export const rowAt = ({ containers, newer }: ListData, key: string): ContainerSummary | undefined =>
  containers[indexOf(containers).get(key) ?? -1] ?? newer[indexOf(newer).get(key) ?? -1];

/** Whether a row is in a list, shown or waiting. */
export const isKnown = ({ containers, newer }: ListData, { id }: Pick<ContainerSummary, 'id'>): boolean =>
  indexOf(containers).has(containerKey(id)) || indexOf(newer).has(containerKey(id));

/** Replaces rows in place, by key; the same array if none changed. */
export function replaceRows(rows: ContainerSummary[], by: ReadonlyMap<string, ContainerSummary>): ContainerSummary[] {
  const index = indexOf(rows);
  let next: ContainerSummary[] | undefined;
  for (const [key, row] of by) {
    const at = index.get(key);
    const before = at === undefined ? undefined : rows[at];
    if (at === undefined || before === undefined) continue;
    const shared = shareEqual(before, row.id === before.id ? row : { ...row, id: before.id });
    if (shared === before) continue;
    next ??= [...rows];
    next[at] = shared;
  }
  if (next === undefined) return rows;
  indexes.set(next, index);
  return next;
}

/** Replaces parts of a list; the same object if none differs. */
export const withParts = (data: ListData, parts: Partial<ListData>): ListData =>
  (Object.keys(parts) as (keyof ListData)[]).every((name) => parts[name] === data[name]) ? data : { ...data, ...parts };

/** Replaces rows of a list in place; the same object if none changed. Rows that no longer match the approval filter stay. */
export const patchRows = (data: ListData, rows: ReadonlyMap<string, ContainerSummary>, approvals?: readonly string[]): ListData =>
  markLeft(data, withParts(data, { containers: replaceRows(data.containers, rows), newer: replaceRows(data.newer, rows) }), approvals);

/** Marks rows that stopped matching the approval filter: they stay in place until a refresh by a person. */
export function markLeft(before: ListData, after: ListData, approvals: readonly string[] | undefined): ListData {
  if (approvals === undefined || before.containers === after.containers) return after;
  const index = indexOf(before.containers);
  const stayed = new Set(after.stays);
  const stays = after.containers.flatMap((row) => {
    if (fitsApproval(row, approvals)) return [];
    const key = containerKey(row.id);
    const was = before.containers[index.get(key) ?? -1];
    return stayed.has(key) || (was !== undefined && fitsApproval(was, approvals)) ? [key] : [];
  });
  return withParts(after, { stays: shareEqual(after.stays, stays) });
}

/** Appends a page to a list. A row on two pages keeps its first position. */
export function appendPage(data: ListData, page: ContainerPage): ListData {
  const containers = uniqueRows([...data.containers, ...page.containers]);
  return withParts(data, {
    containers,
    nextCursor: page.nextCursor,
    end: page.containers.at(-1)?.createdAt ?? data.end,
    newer: data.newer.filter(({ id }) => !indexOf(containers).has(containerKey(id))),
    invalid: [...data.invalid, ...shifted(page.invalid, data.containers.length + data.invalid.length)],
  });
}

/** A list of one page. */
export const listOfPage = (page: ContainerPage): ListData => appendPage(EMPTY, page);

/** Removes rows, shown or waiting, that no longer match the filters. */
export function dropLeft(data: ListData, fits: (row: ContainerSummary) => boolean): ListData {
  const kept = (rows: ContainerSummary[]) => (rows.every(fits) ? rows : rows.filter(fits));
  return withParts(data, { containers: kept(data.containers), newer: kept(data.newer), stays: shareEqual(data.stays, []) });
}

/** Invalid rows, shifted down by `offset` positions. */
export const shifted = (invalid: ContainerPage['invalid'], offset: number): ContainerPage['invalid'] =>
  invalid.map(({ index, reason }) => ({ index: index + offset, reason }));

/** Deduplicates rows by container; the first one stays. */
export function uniqueRows(rows: ContainerSummary[]): ContainerSummary[] {
  const seen = new Set<string>();
  return rows.filter(({ id }) => !seen.has(containerKey(id)) && seen.add(containerKey(id)));
}
