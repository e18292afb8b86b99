import { containerKey } from '../model/ids.js';
import type { ContainerSummary } from '../model/container.js';
import { keysIn, type ListPage } from './listPage.js';

interface Identified {
  id: string;
}

/** `next` with every part that equals its counterpart in `previous` replaced by it; `previous` itself where all is equal. For plain JSON. */
function shareEqual<T>(previous: T, next: T): T {
  if (Object.is(previous, next)) return previous;
  if (typeof previous !== 'object' || typeof next !== 'object' || previous === null || next === null) return next;
  if (Array.isArray(previous) !== Array.isArray(next)) return next;
  const before = previous as Record<string, unknown>;
  const after = next as Record<string, unknown>;
  const keys = Object.keys(after);
  let isEqual = keys.length === Object.keys(before).length;
  const shared: Record<string, unknown> | unknown[] = Array.isArray(next) ? [] : {};
  for (const key of keys) {
    const value = key in before ? shareEqual(before[key], after[key]) : after[key];
    if (!(key in before) || !Object.is(value, before[key])) isEqual = false;
    (shared as Record<string, unknown>)[key] = value;
  }
  return isEqual ? previous : (shared as T);
}

/**
 * Structural sharing by id instead of by position: every row of `next` that equals the row of the same container in `previous` is that object, whatever
 * was put in above it. Returns `previous` itself where nothing changed, nor its order.
 */
export function shareRows<Row extends Identified>(previous: readonly Row[], next: readonly Row[]): Row[] {
  const known = new Map(previous.map((row) => [containerKey(row.id), row]));
  return shareKnown(() => known, previous, next);
}

function shareKnown<Row extends Identified>(known: () => ReadonlyMap<string, Row>, previous: readonly Row[], next: readonly Row[]): Row[] {
  const rows = next.map((row, index) => {
    // A container that is on two pages is two objects: where it stands still, it is the one that stood there.
    const at = previous[index];
    if (at === row) return row;
    const before = at?.id === row.id ? at : known().get(containerKey(row.id));
    return before === undefined ? row : shareEqual(before, row);
  });
  return rows.length === previous.length && rows.every((row, index) => row === previous[index]) ? (previous as Row[]) : rows;
}

interface Pages {
  pages: readonly ListPage[];
  pageParams: readonly unknown[];
}
interface List {
  containers: Identified[];
}

const isPages = (value: unknown): value is Pages => typeof value === 'object' && value !== null && 'pages' in value;
const isList = (value: unknown): value is List => typeof value === 'object' && value !== null && 'containers' in value;

/** {@link shareRows} as TanStack's `structuralSharing`: for the pages in the cache, where a row may move to another page, and for the list made of them. */
export function shareList(previous: unknown, next: unknown): unknown {
  if (isPages(previous) && isPages(next)) return sharePages(previous, next);
  if (!isList(previous) || !isList(next)) return next;
  // The rows come from the pages, where they are shared already.
  const [before, after] = [previous.containers, next.containers];
  const isSame = after.length === before.length && after.every((row, index) => row === before[index]);
  return sameParts(previous, isSame ? { ...next, containers: before } : next);
}

function sharePages(previous: Pages, next: Pages): Pages {
  let known: Map<string, ContainerSummary> | undefined;
  // Asked for only where a row stands elsewhere than before.
  const knownRows = () => {
    known ??= new Map(
      previous.pages.flatMap(({ containers, newer = [] }) =>
        [containers, newer].flatMap((rows) => keysIn(rows).map((key, index) => [key, rows[index] as ContainerSummary] as const)),
      ),
    );
    return known;
  };
  const pages = next.pages.map((page, index) => {
    const before = previous.pages[index];
    const shared: ListPage = {
      ...page,
      containers: shareKnown(knownRows, before?.containers ?? [], page.containers),
      invalid: shareEqual(before?.invalid, page.invalid) ?? page.invalid,
    };
    if (page.newer) shared.newer = shareKnown(knownRows, before?.newer ?? [], page.newer);
    return before === undefined ? shared : sameParts(before, shared);
  });
  const isSame = pages.length === previous.pages.length && pages.every((page, index) => page === previous.pages[index]);
  return sameParts(previous, {
    ...next,
    pages: isSame ? previous.pages : pages,
    pageParams: shareEqual(previous.pageParams, next.pageParams),
  });
}

/** `previous` where `next` has the same parts: the very same, for rows are known by their id, and comparing them by position would copy them. */
function sameParts<T extends object>(previous: T, next: T): T {
  const keys = Object.keys(next) as (keyof T)[];
  return keys.length === Object.keys(previous).length && keys.every((key) => Object.is(previous[key], next[key])) ? previous : next;
}
