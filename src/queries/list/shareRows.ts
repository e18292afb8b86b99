import { shareEqual } from '../../internal/shareEqual.js';
import type { ContainerSummary } from '../../model/container.js';
import { containerKey } from '../../model/ids.js';
import { indexOf } from './listData.js';

/**
 * Structural sharing by id instead of by position: every row of `next` that equals the row of the same container in `previous` is that object, whatever
 * was inserted above it. Returns `previous` itself where neither rows nor order changed.
 */
export function shareRows(previous: readonly ContainerSummary[], next: readonly ContainerSummary[]): ContainerSummary[] {
  const rows = next.map((row, index) => {
    if (previous[index] === row) return row;
    const at = indexOf(previous).get(containerKey(row.id));
    return at === undefined ? row : shareEqual(previous[at], row);
  });
  return rows.length === previous.length && rows.every((row, index) => row === previous[index]) ? (previous as ContainerSummary[]) : rows;
}

const isList = (value: unknown): value is { containers: ContainerSummary[]; newer?: ContainerSummary[] } =>
  typeof value === 'object' && value !== null && Array.isArray((value as { containers?: unknown }).containers);

/** {@link shareRows} as TanStack's `structuralSharing`: for a list's data in the cache, for what is selected from it, and for what a host selects from that. */
export function shareList(previous: unknown, next: unknown): unknown {
  if (previous === next || previous === undefined) return next;
  if (!isList(previous) || !isList(next)) return isPlain(previous) && isPlain(next) ? shareEqual(previous, next) : next;
  const parts: Record<string, unknown> = { ...next, containers: shareRows(previous.containers, next.containers) };
  if (next.newer) parts.newer = shareRows(previous.newer ?? [], next.newer);
  return shareParts(previous, parts);
}

/** `next` with parts of `previous` that are equal; rows are shared already, and comparing them by position would copy them. */
function shareParts(previous: object, next: Record<string, unknown>): object {
  const before = previous as Record<string, unknown>;
  const keys = Object.keys(next);
  for (const key of keys) if (key !== 'containers' && key !== 'newer') next[key] = shareEqual(before[key], next[key]);
  return keys.length === Object.keys(before).length && keys.every((key) => Object.is(before[key], next[key])) ? previous : next;
}

const isPlain = (value: unknown) =>
  Array.isArray(value) || (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype);
