import { shareEqual } from '../../internal/shareEqual.js';
import type { ContainerSummary } from '../../model/container.js';
import type { ContainerPage } from '../../model/containerPage.js';
import { containerKey } from '../../model/ids.js';
import { createdAt, indexOf, isKnown, type ListData, listOfPage, replaceRows, shifted, uniqueRows, withParts } from './listData.js';

const keyOf = ({ id }: ContainerSummary) => containerKey(id);

/** Whether pages read from the top reach known rows, so that there is no gap. */
export function reachesKnown(data: ListData, fresh: ContainerPage): boolean {
  const isEmpty = data.containers.length === 0 && data.newer.length === 0;
  return fresh.nextCursor === null || isEmpty || fresh.containers.some((row) => isKnown(data, row)) || isBelowTop(data, fresh);
}

/** Whether the last row read is older than the first one shown: known rows above it were deleted. */
const isBelowTop = (data: ListData, fresh: ContainerPage) => createdAt(fresh.containers.at(-1)) < createdAt(data.containers[0]);

/** Whether a row stays although it is missing from the pages read. */
export type Stays = (row: ContainerSummary) => boolean;

/**
 * Merges the first page into a list: rows change in place, unknown rows wait in `newer`, and a row leaves if it is within the range that was read and missing
 * from it. No row moves, and the cursor stays.
 *
 * @param fresh the first page, or the first pages joined
 */
export function foldHead(data: ListData, fresh: ContainerPage, stays: Stays = () => false): ListData {
  const reading = new Reading(data, fresh, stays, Number.POSITIVE_INFINITY);
  const gone = reading.goneOf(data.containers);
  // Without rows on screen, none can move.
  if (gone.size === data.containers.length) return listOfPage(fresh);
  const goneWaiting = reading.goneOf(data.newer);
  const waiting = data.newer.filter((row) => !reading.found.has(keyOf(row)) && !goneWaiting.has(keyOf(row)));
  const reachesShown =
    reading.isWhole || [...reading.found.keys()].some((key) => indexOf(data.containers).has(key)) || isBelowTop(data, fresh);
  const reachesWaiting = data.newer.some((row) => reading.found.has(keyOf(row)));
  // There can be unread rows below the new ones: they are read by cursor.
  const kept = reachesShown || reachesWaiting ? waiting : waiting.filter((row) => createdAt(row) < createdAt(data.containers[0]));
  const gap = reachesShown ? null : reachesWaiting ? data.gap : fresh.nextCursor;
  return withParts(reading.rows(gone, kept), { gap });
}

/** Merges one page of rows created at or before `from` into a list, by the rules of {@link foldHead}. */
export function foldBelow(data: ListData, page: ContainerPage, from: number, stays: Stays = () => false): ListData {
  const reading = new Reading(data, page, stays, from);
  const goneWaiting = reading.goneOf(data.newer);
  return reading.rows(
    reading.goneOf(data.containers),
    data.newer.filter((row) => !reading.found.has(keyOf(row)) && !goneWaiting.has(keyOf(row))),
  );
}

/** Compares a range of the server's list with the known rows. */
class Reading {
  readonly found: ReadonlyMap<string, ContainerSummary>;
  readonly isWhole: boolean;
  readonly #data: ListData;
  readonly #fresh: ContainerPage;
  readonly #stays: Stays;
  readonly #from: number;
  /** The position of its first row in the list. */
  readonly #offset: number;

  constructor(data: ListData, fresh: ContainerPage, stays: Stays, from: number) {
    this.found = new Map(fresh.containers.map((row) => [keyOf(row), row]));
    this.isWhole = fresh.nextCursor === null;
    this.#data = data;
    this.#fresh = fresh;
    this.#stays = stays;
    this.#from = from;
    const at = from === Number.POSITIVE_INFINITY ? 0 : data.containers.findIndex((row) => createdAt(row) <= from);
    this.#offset = at === -1 ? data.containers.length : at;
  }

  /** Keys of rows within the range that are missing from it. */
  goneOf(rows: readonly ContainerSummary[]): Set<string> {
    const gone = new Set<string>();
    // A row that can no longer be parsed is missing too, and isn't deleted.
    if (this.#fresh.invalid.length > this.#data.invalid.filter(({ index }) => this.#covers(index)).length) return gone;
    const index = indexOf(rows);
    const lastFound = Math.max(-1, ...[...this.found.keys()].map((key) => index.get(key) ?? -1));
    const end = createdAt(this.#fresh.containers.at(-1));
    for (const [at, row] of rows.entries()) {
      const time = createdAt(row);
      if (this.#from !== Number.POSITIVE_INFINITY && !(time <= this.#from)) continue;
      const isInside = this.isWhole || at < lastFound || time > end;
      if (isInside && !this.found.has(keyOf(row)) && !this.#stays(row)) gone.add(keyOf(row));
      // Newest first: nothing below it is inside either.
      if (!isInside && time <= end) break;
    }
    return gone;
  }

  /** The merged list: without deleted rows, and with unknown rows in `newer`. */
  rows(gone: ReadonlySet<string>, waiting: readonly ContainerSummary[]): ListData {
    const data = this.#data;
    const left = gone.size === 0 ? data.containers : data.containers.filter((row) => !gone.has(keyOf(row)));
    const unknown = this.#unknownRows();
    const [last, lowest] = [left.at(-1), this.#fresh.containers.at(-1)];
    const reachesEnd = last === undefined || this.found.has(keyOf(last)) || createdAt(lowest) < createdAt(last);
    // Rows that now match below a completely loaded list extend it.
    const goesOn = data.nextCursor === null &&
      reachesEnd &&
      !this.isWhole && { nextCursor: this.#fresh.nextCursor, end: lowest?.createdAt ?? null };
    const invalid = [...data.invalid.filter(({ index }) => !this.#covers(index)), ...shifted(this.#fresh.invalid, this.#offset)];
    return withParts(data, {
      containers: replaceRows(left, this.found),
      nextCursor: this.isWhole && !unknown.isMoreBelow ? null : data.nextCursor,
      newer: shareEqual(data.newer, merge(waiting, unknown.rows)),
      invalid: shareEqual(data.invalid, invalid),
      ...goesOn,
    });
  }

  #covers(position: number): boolean {
    const { containers, invalid } = this.#fresh;
    return position >= this.#offset && (this.isWhole || position < this.#offset + containers.length + invalid.length);
  }

  /** The rows that aren't shown, without those below the last loaded one: they follow by cursor. */
  #unknownRows(): { rows: ContainerSummary[]; isMoreBelow: boolean } {
    const { containers, nextCursor, end } = this.#data;
    const loadedTo = createdAt({ createdAt: end });
    const isShown = (row: ContainerSummary) => indexOf(containers).has(keyOf(row));
    // Among equal times, the rows below the last one shown.
    const lastAt = this.#fresh.containers.findLastIndex(isShown);
    const isBelow = (row: ContainerSummary, at: number) =>
      nextCursor !== null && (createdAt(row) < loadedTo || (lastAt !== -1 && at > lastAt && !(createdAt(row) > loadedTo)));
    const rows = uniqueRows(this.#fresh.containers.filter((row, at) => !isShown(row) && !isBelow(row, at)));
    return { rows, isMoreBelow: this.#fresh.containers.some((row, at) => !isShown(row) && isBelow(row, at)) };
  }
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
  if (gap === null) return { ...data, containers: merge(containers, newer), newer: [] };
  // Rows that belong further down follow by cursor.
  const top = createdAt(containers[0]);
  return listOfPage({ containers: newer.filter((row) => !(createdAt(row) < top)), nextCursor: gap, invalid: [] });
}
