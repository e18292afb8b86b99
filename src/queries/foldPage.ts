import type { ContainerSummary } from '../model/container.js';
import type { ContainerPage } from '../model/containerPage.js';
import { containerKey } from '../model/ids.js';
import { createdAt, isKnown, keysIn, type ListData, type ListPage, mapRows, rowsOf, shownKeys, topRow } from './listPage.js';

const keyOf = ({ id }: ContainerSummary) => containerKey(id);

/** Whether what was read from the top reaches down to rows that are known, so that nothing can lie in between. */
export function reachesKnown(pages: readonly ListPage[], fresh: ContainerPage): boolean {
  const isEmpty = topRow(pages) === undefined && pages[0]?.newer === undefined;
  return fresh.nextCursor === null || isEmpty || fresh.containers.some((row) => isKnown(pages, row)) || isBelowTop(pages, fresh);
}

/** Whether the last row that was read is older than the first that is shown: whatever was known above it is gone. */
function isBelowTop(pages: readonly ListPage[], fresh: ContainerPage): boolean {
  const [top, last] = [topRow(pages), fresh.containers.at(-1)];
  return top !== undefined && last !== undefined && createdAt(last) < createdAt(top);
}

/** What is known of single rows when a page is folded in. */
export interface FoldRules {
  /** Whether a row changed while the page was being read, so that it is newer than what the page says of it. */
  isNewer?: (row: ContainerSummary) => boolean;
  /** Whether a row stays where it is though it is not in the page. */
  stays?: (row: ContainerSummary) => boolean;
}

/**
 * Folds what was read from the top of a list into its pages: rows change in place, rows that are not known wait in `newer`, and a row disappears when
 * the reading proves it gone: it lies inside what was read, and is not in it. No row moves, and the number of pages and their cursors stay.
 *
 * @param fresh the first page, or the first pages joined
 */
export function foldPage(
  pages: readonly ListPage[],
  fresh: ContainerPage,
  { isNewer = () => false, stays = () => false }: FoldRules = {},
): ListPage[] {
  const shown = rowsOf(pages);
  const found = new Map(fresh.containers.map((row) => [keyOf(row), row]));
  const isWhole = fresh.nextCursor === null;
  const end = fresh.containers.at(-1);
  // A row that can no longer be read is not in the page either, and is not gone.
  const provesGone = fresh.invalid.length <= (pages[0]?.invalid.length ?? 0);
  const goneOf = (rows: readonly ContainerSummary[], keys: readonly string[]) => {
    const gone = new Set<string>();
    const lastFound = keys.findLastIndex((key) => found.has(key));
    for (const [index, row] of (provesGone ? rows : []).entries()) {
      const key = keys[index] as string;
      const isInside = isWhole || index < lastFound || (end !== undefined && createdAt(row) > createdAt(end));
      if (isInside && !found.has(key) && !stays(row)) gone.add(key);
      // Newest first: nothing below it is inside either.
      if (!isInside && end !== undefined && createdAt(row) <= createdAt(end)) break;
    }
    return gone;
  };
  const gone = goneOf(
    shown,
    pages.flatMap(({ containers }) => keysIn(containers)),
  );
  // Where nothing is shown, nothing can jump.
  if (gone.size === shownKeys(pages).size) return startOver(pages, fresh);

  const waiting = pages[0]?.newer ?? [];
  const newerThanRead = new Map(waiting.filter(isNewer).map((row) => [keyOf(row), row]));
  const unknown = unknownRows(pages, shown, fresh, newerThanRead);
  const goneWaiting = goneOf(waiting, keysIn(waiting));
  const stillWaiting = waiting.filter((row) => !found.has(keyOf(row)) && !goneWaiting.has(keyOf(row)));
  const reachesShown = isWhole || [...found.keys()].some((key) => shownKeys(pages).has(key)) || isBelowTop(pages, fresh);
  const reachesWaiting = waiting.some((row) => found.has(keyOf(row)));
  // Below what was read there may be more than what was known to wait on top: that is then read again by the cursor.
  const keptWaiting = reachesShown || reachesWaiting ? stillWaiting : stillWaiting.filter((row) => isUnder(row, topRow(pages)));
  const newer = merge(keptWaiting, unknown.rows);
  const gap = reachesShown ? undefined : reachesWaiting ? pages[0]?.gap : (fresh.nextCursor ?? undefined);

  return pages.map((page, index) => {
    const isHere = keysIn(page.containers).some((key) => gone.has(key));
    const left = isHere ? page.containers.filter((row) => !gone.has(keyOf(row))) : page.containers;
    const containers = mapRows(left, (row, key) => {
      const read = found.get(key);
      return read === undefined || isNewer(row) ? row : { ...read, id: row.id };
    });
    const nextCursor = isWhole && !unknown.isMoreBelow && index === pages.length - 1 ? null : page.nextCursor;
    if (index > 0 && containers === page.containers && nextCursor === page.nextCursor) return page;
    if (index > 0) return { ...page, containers, nextCursor };
    const first: ListPage = { containers, nextCursor, invalid: fresh.invalid };
    if (newer.length > 0) first.newer = newer;
    if (gap !== undefined) first.gap = gap;
    if (page.stays) first.stays = page.stays;
    return first;
  });
}

/** The rows that are not shown, without those below the last one that is shown: the cursor brings them. */
function unknownRows(
  pages: readonly ListPage[],
  shown: readonly ContainerSummary[],
  fresh: ContainerPage,
  newerThanRead: ReadonlyMap<string, ContainerSummary>,
) {
  const last = shown.at(-1);
  const endsAt = fresh.containers.findIndex((row) => last !== undefined && keyOf(row) === keyOf(last));
  const hasNext = pages.at(-1)?.nextCursor !== null;
  const isBelow = (row: ContainerSummary, index: number) =>
    hasNext && last !== undefined && (endsAt === -1 ? createdAt(row) < createdAt(last) : index > endsAt);
  const unknown = fresh.containers
    .map((row, index) => ({ row, isBelow: isBelow(row, index) }))
    .filter(({ row }) => !shownKeys(pages).has(keyOf(row)));
  return {
    rows: unknown.filter((each) => !each.isBelow).map(({ row }) => newerThanRead.get(keyOf(row)) ?? row),
    isMoreBelow: unknown.some((each) => each.isBelow),
  };
}

/** The pages anew from what was read. The number of pages stays, because TanStack asks for as many as there were. */
function startOver(pages: readonly ListPage[], fresh: ContainerPage): ListPage[] {
  return [fresh, ...pages.slice(1).map(() => ({ containers: [], nextCursor: fresh.nextCursor, invalid: [] }))];
}

const isUnder = (row: ContainerSummary, top: ContainerSummary | undefined) => top !== undefined && createdAt(row) < createdAt(top);

/** Two lists, newest first, as one; where times are equal or unknown the rows of `upper` come first. */
export function merge(lower: readonly ContainerSummary[], upper: readonly ContainerSummary[]): ContainerSummary[] {
  const merged: ContainerSummary[] = [];
  let next = 0;
  for (const row of lower) {
    for (; next < upper.length && !(createdAt(upper[next] as ContainerSummary) < createdAt(row)); next += 1)
      merged.push(upper[next] as ContainerSummary);
    merged.push(row);
  }
  return [...merged, ...upper.slice(next)];
}

/** The pages with the rows that waited put in where they belong. Where rows may be missing below them, the list begins with them, and goes on by cursor. */
export function showWaiting(data: ListData): ListData {
  const [first, ...others] = data.pages;
  if (first?.newer === undefined && first?.gap === undefined) return data;
  const { newer = [], gap, ...page } = first;
  if (gap !== undefined) {
    // Those that belong further down come with the cursor.
    const top = topRow(data.pages);
    const onTop = newer.filter((row) => !isUnder(row, top));
    return { pages: [{ ...page, containers: onTop, nextCursor: gap }], pageParams: [null] };
  }
  let rest = newer.filter((row) => !shownKeys(data.pages).has(keyOf(row)));
  const pages = [page, ...others].map((each, index, all) => {
    const end = each.containers.at(-1);
    const fits = (row: ContainerSummary) => index === all.length - 1 || (end !== undefined && !(createdAt(row) < createdAt(end)));
    const here = rest.filter(fits);
    rest = rest.filter((row) => !fits(row));
    return here.length === 0 ? each : { ...each, containers: merge(each.containers, here) };
  });
  return { ...data, pages };
}

/** The pages without the rows that were shown, or wait, and no longer fit what the list asks for. */
export function dropLeft(data: ListData, fits: (row: ContainerSummary) => boolean): ListData {
  const kept = (rows: ContainerSummary[]) => (rows.every(fits) ? rows : rows.filter(fits));
  const pages = data.pages.map((page): ListPage => {
    const { stays, newer, ...rest } = page;
    const containers = kept(page.containers);
    const waiting = kept(newer ?? []);
    if (stays === undefined && containers === page.containers && waiting.length === (newer?.length ?? 0)) return page;
    return { ...rest, containers, ...(waiting.length > 0 && { newer: waiting }) };
  });
  return pages.every((page, index) => page === data.pages[index]) ? data : { ...data, pages };
}
