import type { ContainerSummary } from '../../model/container.js';
import type { ContainerPage } from '../../model/containerPage.js';
import { positionOf } from './rows.js';

/** Rows that couldn't be parsed, by their position among all rows of a page or of a list (from 0). */
type Invalid = ContainerPage['invalid'];
/** The same by how many readable rows are above each. */
type Placed = { above: number; reason: string }[];

const placed = (invalid: Invalid): Placed => invalid.map(({ index, reason }, rank) => ({ above: index - rank, reason }));
const byPosition = (all: Placed): Invalid =>
  [...all].sort((one, other) => one.above - other.above).map(({ above, reason }, rank) => ({ index: above + rank, reason }));

/** How many rows of `after` are above a place that had `above` rows of `before` above it: rows may have left, or come in between. */
function aboveIn(after: readonly ContainerSummary[], before: readonly ContainerSummary[], above: number): number {
  for (const row of before.slice(0, above).reverse()) {
    const at = positionOf(after, row);
    if (at !== -1) return at + 1;
  }
  return 0;
}

/** The unreadable rows of a list whose other rows have changed. */
export const moved = (invalid: Invalid, before: readonly ContainerSummary[], after: readonly ContainerSummary[]): Invalid =>
  before === after ? invalid : byPosition(placed(invalid).map(({ above, reason }) => ({ above: aboveIn(after, before, above), reason })));

/** The unreadable rows of a list with a page at its end. @param before how many rows it had */
export const appended = (invalid: Invalid, page: ContainerPage, before: number, after: readonly ContainerSummary[]): Invalid =>
  byPosition([
    ...placed(invalid),
    ...placed(page.invalid).map(({ above, reason }) => ({ above: Math.max(before, aboveIn(after, page.containers, above)), reason })),
  ]);

/**
 * The unreadable rows of a list after a page of it was read: those in the range that was read are the page's. `hasMore`: the page has more of them than were
 * known there. Rows that wait are in the page, and not in `rows`.
 *
 * @param start how many rows are above the page
 */
export function folded(
  invalid: Invalid,
  rows: readonly ContainerSummary[],
  page: ContainerPage,
  start: number,
): { invalid: Invalid; hasMore: boolean } {
  const shown = page.containers.filter((row) => positionOf(rows, row) !== -1);
  const read = placed(page.invalid).map(({ above, reason }) => ({ above: Math.max(start, aboveIn(rows, page.containers, above)), reason }));
  const end = page.nextCursor === null ? Number.POSITIVE_INFINITY : shown.length === 0 ? start : positionOf(rows, shown.at(-1)) + 1;
  // At either border it can be of the page, or beyond it: there it is counted once.
  const isRead = (above: number) =>
    (above > start && above < end) || (above === 0 && start === 0) || read.some((each) => each.above === above);
  const others = placed(invalid).filter(({ above }) => !isRead(above));
  return { invalid: byPosition([...others, ...read]), hasMore: read.length > invalid.length - others.length };
}
