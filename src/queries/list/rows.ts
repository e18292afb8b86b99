import { shareEqual } from '../../internal/shareEqual.js';
import type { ContainerSummary } from '../../model/container.js';
import { containerKey } from '../../model/ids.js';

/** When a row was created, in milliseconds since 1970; `NaN` if unknown, so that every comparison is false. */
export const createdAt = (row: Pick<ContainerSummary, 'createdAt'> | undefined): number => Date.parse(row?.createdAt ?? '');

type WithId = Pick<ContainerSummary, 'id'>;

export const keyOf = ({ id }: WithId): string => containerKey(id);

const indexes = new WeakMap<readonly ContainerSummary[], ReadonlyMap<string, number>>();

/** The position of each row by its key. Built once per array. */
function indexOf(rows: readonly ContainerSummary[]): ReadonlyMap<string, number> {
  const index = indexes.get(rows) ?? new Map(rows.map((row, at) => [keyOf(row), at]));
  indexes.set(rows, index);
  return index;
}

export const hasRow = (rows: readonly ContainerSummary[], row: WithId): boolean => indexOf(rows).has(keyOf(row));

/** Where a row is (from 0); -1: it isn't there. */
export const positionOf = (rows: readonly ContainerSummary[], row: WithId | undefined): number =>
  row === undefined ? -1 : (indexOf(rows).get(keyOf(row)) ?? -1);

/** The row with a key; `undefined`: it isn't there. */
export const rowWithKey = (rows: readonly ContainerSummary[], key: string): ContainerSummary | undefined =>
  rows[indexOf(rows).get(key) ?? -1];

/** Filters rows; the same array if all are kept. */
export function keepRows(rows: ContainerSummary[], isKept: (row: ContainerSummary, at: number) => boolean): ContainerSummary[] {
  const kept = rows.filter(isKept);
  return kept.length === rows.length ? rows : kept;
}

/** Replaces rows in place, by key; the same array if none changed. An id stays as it was first spelled. */
export function replaceRows(rows: ContainerSummary[], by: readonly ContainerSummary[]): ContainerSummary[] {
  const next = [...rows];
  let isChanged = false;
  for (const row of by) {
    const at = positionOf(rows, row);
    const before = rows[at];
    if (before === undefined) continue;
    next[at] = shareEqual(before, { ...row, id: before.id });
    if (next[at] !== before) isChanged = true;
  }
  if (!isChanged) return rows;
  indexes.set(next, indexOf(rows));
  return next;
}

/** Deduplicates rows by container; the first one stays. */
export const uniqueRows = (rows: ContainerSummary[]): ContainerSummary[] => {
  const seen = new Map<string, ContainerSummary>();
  for (const row of rows) if (!seen.has(keyOf(row))) seen.set(keyOf(row), row);
  return [...seen.values()];
};
