import { shareEqual } from '../../internal/shareEqual.js';
import type { ContainerSummary } from '../../model/container.js';
import type { ContainerPage } from '../../model/containerPage.js';
import { isKnown, type ListData, listOfPage, withParts } from './listData.js';
import { createdAt, hasRow, keepRows, replaceRows, uniqueRows } from './rows.js';
import { folded, moved } from './unreadable.js';

/** Whether a page meets the rows that are shown, or is older than all of them: known rows above it were deleted. */
const reachesShown = ({ containers }: ListData, page: ContainerPage) =>
  page.nextCursor === null ||
  page.containers.some((row) => hasRow(containers, row)) ||
  createdAt(page.containers.at(-1)) < createdAt(containers[0]);

/** Whether pages read from the top reach known rows, so that there is no gap. */
export const reachesKnown = (data: ListData, page: ContainerPage): boolean =>
  data.containers.length === 0 || reachesShown(data, page) || page.containers.some((row) => isKnown(data, row));

/** Whether a page reaches the last of the rows. */
export const reachesEnd = (rows: readonly ContainerSummary[], { containers, nextCursor }: ContainerPage): boolean => {
  const last = rows.at(-1);
  return nextCursor === null || last === undefined || hasRow(containers, last) || createdAt(containers.at(-1)) < createdAt(last);
};

/** How many new rows wait besides those of the last page: a wallboard runs for weeks. */
const MOST_WAITING = 200;

/** Whether a row stays although it is missing from a page. */
export type Stays = (row: ContainerSummary) => boolean;

/**
 * Merges a page of the server's list into the loaded rows: rows change in place, unknown rows wait in `newer`, and a row leaves if it is within the range that
 * was read and missing from it. No row moves, and the cursor stays. `page`: the first (or the first ones joined), or one of rows created at or before `from`.
 */
export function foldPage(data: ListData, page: ContainerPage, stays: Stays = () => false, from = Number.POSITIVE_INFINITY): ListData {
  const isHead = from === Number.POSITIVE_INFINITY;
  const isWhole = page.nextCursor === null;
  const isAbove = (row: ContainerSummary) => !(isHead || createdAt(row) <= from);
  const startIn = (rows: readonly ContainerSummary[]) => rows.findLastIndex(isAbove) + 1;
  // A row that can no longer be parsed is missing too, and isn't deleted.
  const isDamaged = folded(data.invalid, data.containers, page, startIn(data.containers)).hasMore;
  const isLeft: Stays = (row) => isDamaged || stays(row) || isAbove(row);
  const containers = withoutGone(data.containers, page, isLeft);
  // Without rows on screen, none can move.
  if (isHead && containers.length === 0) return listOfPage(page);

  const { unknown, isMoreBelow } = unknownRows(data, page);
  const waiting = withoutGone(data.newer, page, isLeft).filter((row) => !hasRow(page.containers, row));
  const within = waiting.filter((row) => createdAt(row) < createdAt(data.containers[0]));
  // There can be unread rows below the new ones: they are read by cursor. So are those that are too many to wait.
  const isFull = waiting.length - within.length > MOST_WAITING && !reachesShown(data, page);
  const hasGap = isHead && (isFull || !reachesKnown(data, page));
  const kept = hasGap ? within : waiting;
  // Rows that now match below a completely loaded list extend it.
  const isExtended = data.nextCursor === null && !isWhole && reachesEnd(containers, page);
  return withParts(data, {
    containers: replaceRows(containers, page.containers),
    nextCursor: isExtended || (isWhole && !isMoreBelow) ? page.nextCursor : data.nextCursor,
    end: isExtended ? (page.containers.at(-1)?.createdAt ?? null) : data.end,
    newer: shareEqual(data.newer, merge(kept, unknown)),
    gap: hasGap ? page.nextCursor : isHead && reachesShown(data, page) ? null : data.gap,
    invalid: shareEqual(
      data.invalid,
      folded(moved(data.invalid, data.containers, containers), containers, page, startIn(containers)).invalid,
    ),
  });
}

/** The rows that are in a page, below it, or stay. */
function withoutGone(rows: ContainerSummary[], { containers, nextCursor }: ContainerPage, stays: Stays): ContainerSummary[] {
  const isFound = (row: ContainerSummary) => hasRow(containers, row);
  const lastFound = rows.findLastIndex(isFound);
  const end = createdAt(containers.at(-1));
  // Newest first: below the first row that is below the page, all are.
  const below = nextCursor === null ? -1 : rows.findIndex((row, at) => at >= lastFound && !(createdAt(row) > end));
  return keepRows(rows, (row, at) => (below !== -1 && at >= below) || isFound(row) || stays(row));
}

/** The rows of a page that aren't shown, without those below the last loaded one: they follow by cursor. */
function unknownRows({ containers, nextCursor, end }: ListData, page: ContainerPage) {
  const loadedTo = createdAt({ createdAt: end });
  const isShown = (row: ContainerSummary) => hasRow(containers, row);
  // Among equal times, the rows below the last one shown.
  const lastShown = page.containers.findLastIndex(isShown);
  const isBelow = (row: ContainerSummary, at: number) =>
    nextCursor !== null && (createdAt(row) < loadedTo || (lastShown !== -1 && at > lastShown && !(createdAt(row) > loadedTo)));
  const unknown = uniqueRows(page.containers.filter((row, at) => !isShown(row) && !isBelow(row, at)));
  return { unknown, isMoreBelow: page.containers.some((row, at) => !isShown(row) && isBelow(row, at)) };
}

/** Merges two lists, newest first; with equal or unknown times the rows of `upper` come first. */
export function merge(lower: readonly ContainerSummary[], upper: readonly ContainerSummary[]): ContainerSummary[] {
  const merged: ContainerSummary[] = [];
  let next = 0;
  for (const row of lower) {
    for (; next < upper.length && !(createdAt(upper[next]) < createdAt(row)); next += 1) merged.push(upper[next] as ContainerSummary);
    merged.push(row);
  }
  return [...merged, ...upper.slice(next)];
}

/** Inserts the waiting rows. If there can be a gap below them, the list restarts with them and continues by cursor. */
export function showNew(data: ListData): ListData {
  const { containers, newer, gap } = data;
  if (newer.length === 0 && gap === null) return data;
  if (gap === null) {
    const merged = merge(containers, newer);
    return { ...data, containers: merged, newer: [], invalid: moved(data.invalid, containers, merged) };
  }
  // Rows that belong further down follow by cursor.
  const top = createdAt(containers[0]);
  return listOfPage({ containers: newer.filter((row) => !(createdAt(row) < top)), nextCursor: gap, invalid: [] });
}
