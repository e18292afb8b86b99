import type { ContainerListFilters } from '../../client/filters.js';
import { refuseInput } from '../../client/refusals.js';
import type { ContainerSummary } from '../../model/container.js';
import type { ContainerPage } from '../../model/containerPage.js';
import { isLayersError, type LayersError } from '../../model/errors.js';
import { approvalsOf, type ContainerListQuery, fitsApproval } from './containerListFilters.js';
import { reachesEnd, reachesKnown } from './foldPage.js';
import { type ListData, shifted } from './listData.js';
import { createdAt, hasRow } from './rows.js';

/** State of loading more; separate from TanStack's state, which is that of the first page. */
export interface LoadState {
  /** Whether the next page is loading. */
  isFetchingNextPage: boolean;
  /** The error of the last `loadMore()`; `null` after a success. `error` is that of the first page. */
  loadMoreError: LayersError | null;
}

/** Reads one page of a list. `filters`: instead of the list's own. */
export type ReadPage = (cursor: string | null, filters?: ContainerListFilters) => Promise<ContainerPage>;

/** The API's largest page. */
const LONGEST_PAGE = 200;
/** A check reads a few rows more than are loaded, in pages of these steps. */
const SPARE_ROWS = 5;
const PAGE_STEP = 50;
/** Matching rows per load by default: the API's page size. */
const WANTED = 25;
/** Most pages per load with an approval filter. */
const MOST_PAGES_LOOKED_THROUGH = 5;
/** Most pages a refresh reads until it reaches a known row. Further ones follow by cursor. */
const MOST_PAGES_OF_NEWS = 10;

const APPROVALS: readonly string[] = ['not_required', 'pending', 'approved', 'rejected', 'unknown'];

/** What is sent for one page of a list. @throws LayersError `INVALID_INPUT` that names a bad approval filter, before a read is spent */
export function wireFilters(own: ContainerListQuery, filters: ContainerListFilters): ContainerListFilters {
  const approvals = approvalsOf(own);
  const bad = approvals?.find((status) => !APPROVALS.includes(status));
  if (bad !== undefined) refuseInput('list filter', 'approval', bad, APPROVALS.join(', '));
  return approvals ? { ...filters, limit: LONGEST_PAGE } : filters;
}

/** Reads further pages while `wants` is true, up to `most`. */
async function readOn(read: ReadPage, page: ContainerPage, most: number, wants: (page: ContainerPage) => boolean): Promise<ContainerPage> {
  if (most === 1 || page.nextCursor === null || !wants(page)) return page;
  const lower = await read(page.nextCursor);
  const joined = {
    containers: [...page.containers, ...lower.containers],
    nextCursor: lower.nextCursor,
    invalid: [...page.invalid, ...shifted(lower.invalid, page.containers.length + page.invalid.length)],
  };
  return readOn(read, joined, most - 1, wants);
}

/** Whether a load hasn't found enough rows that match the approval filter. */
const lacksRows = (filters: ContainerListQuery) => {
  const approvals = approvalsOf(filters);
  return ({ containers }: ContainerPage) =>
    approvals !== undefined && containers.filter((row) => fitsApproval(row, approvals)).length < (filters.limit ?? WANTED);
};

/** Reads one load: a page from `cursor`, with an approval filter as many as needed. */
export const readLoad = async (read: ReadPage, filters: ContainerListQuery, cursor: string | null): Promise<ContainerPage> =>
  readOn(read, await read(cursor), MOST_PAGES_LOOKED_THROUGH, lacksRows(filters));

/** Reads new rows: the first page, and as many more as needed to reach a known row. */
export const readHead = async (read: ReadPage, data: () => ListData): Promise<ContainerPage> =>
  readOn(read, await read(null), MOST_PAGES_OF_NEWS, (page) => !reachesKnown(data(), page));

/**
 * Reads `rows` rows created at or before a time, and further while all are newer than a row, or as new. Lengths are in steps, so that viewers of one server
 * part read the same.
 */
export async function readBelow(
  read: ReadPage,
  filters: ContainerListFilters,
  { row, from }: { row: ContainerSummary; from: number },
  rows: number,
) {
  const limit = Math.min(LONGEST_PAGE, Math.ceil((rows + SPARE_ROWS) / PAGE_STEP) * PAGE_STEP);
  const readLong: ReadPage = (cursor) => read(cursor, { ...startingAt(row, filters, from), limit });
  return readOn(readLong, await readLong(null), MOST_PAGES_OF_NEWS, ({ containers }) => !(createdAt(containers.at(-1)) < createdAt(row)));
}

/** Reads the next load. If the server refuses the cursor, reads from the creation time of the last known row (from the top without one), past all known rows. */
export async function readNext(read: ReadPage, filters: ContainerListQuery, { containers, nextCursor }: ListData): Promise<ContainerPage> {
  try {
    return await readLoad(read, filters, nextCursor);
  } catch (error) {
    if (!isLayersError(error) || (error.status !== 400 && error.status !== 422)) throw error;
  }
  const last = containers.at(-1);
  /** The rows below the last known one; none while its position is uncertain. */
  const below = (page: ContainerPage) =>
    reachesEnd(containers, page) ? page.containers.filter((row) => !hasRow(containers, row) && !(createdAt(row) > createdAt(last))) : [];
  const top = await read(null, startingAt(last, filters));
  const page = await readOn(read, top, Number.POSITIVE_INFINITY, (each) => below(each).length === 0);
  return readOn(read, { ...page, containers: below(page), invalid: [] }, MOST_PAGES_LOOKED_THROUGH, lacksRows(filters));
}

/** The filters with which a list starts at a row, or just above it: the server's times can be finer than those it sends. @param from another time than the row's */
function startingAt(row: ContainerSummary | undefined, filters: ContainerListFilters, from = createdAt(row)): ContainerListFilters {
  const at = from + (row?.createdAt?.includes('.') ? 1 : 1_000);
  const isBelow = Number.isNaN(at) || (filters.until != null && Date.parse(filters.until) <= at);
  return isBelow ? filters : { ...filters, until: new Date(at).toISOString() };
}
