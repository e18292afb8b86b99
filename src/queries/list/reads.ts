import type { ContainerListFilters } from '../../client/filters.js';
import type { ContainerSummary } from '../../model/container.js';
import type { ContainerPage } from '../../model/containerPage.js';
import { isLayersError } from '../../model/errors.js';
import { containerKey } from '../../model/ids.js';
import { approvalsOf, type ContainerListQuery, checkApproval, fitsApproval } from './containerListFilters.js';
import { reachesKnown } from './foldHead.js';
import { createdAt, indexOf, type ListData, shifted } from './listData.js';

/** The priority of a list read: `person` - a user action; `sweep` - an automatic refresh; `first` - the first load; `rest` - a check of loaded rows. */
export type ListPriority = 'person' | 'sweep' | 'first' | 'rest';

/** Priority and abort signal of a read. */
export interface ReadOptions {
  priority: ListPriority;
  signal: AbortSignal;
}

/** How the pages of a list are read. */
export interface ListSource {
  filters: ContainerListQuery;
  /** Reads one page of the project's list. */
  read: (cursor: string | null, filters: ContainerListFilters, options: ReadOptions) => Promise<ContainerPage>;
  /** Merges rows requested at `askedAt` (on the clock of `monotonicNow`) with what else is known. */
  merge: (rows: ContainerSummary[], askedAt: number) => ContainerSummary[];
}

/** Matching rows per load by default: the API's page size. */
const WANTED = 25;
/** Most pages per load with an approval filter. */
const MOST_PAGES_LOOKED_THROUGH = 5;
/** Most pages a refresh reads until it reaches a known row. Further ones follow by cursor. */
const MOST_PAGES_OF_NEWS = 10;
/** The API's largest page. */
const LONGEST_PAGE = 200;

/** Reads one page. With an approval filter, the largest page. */
async function readOne({ filters, read }: ListSource, cursor: string | null, options: ReadOptions): Promise<ContainerPage> {
  const approvals = approvalsOf(filters);
  if (approvals !== undefined) checkApproval(approvals);
  return read(cursor, approvals === undefined ? filters : { ...filters, limit: LONGEST_PAGE }, options);
}

const joined = (upper: ContainerPage, lower: ContainerPage): ContainerPage => ({
  containers: [...upper.containers, ...lower.containers],
  nextCursor: lower.nextCursor,
  invalid: [...upper.invalid, ...shifted(lower.invalid, upper.containers.length + upper.invalid.length)],
});

/** Reads further pages while `wants` is true, up to `most` pages. */
async function readOn(
  source: ListSource,
  page: ContainerPage,
  most: number,
  wants: (page: ContainerPage) => boolean,
  options: ReadOptions,
) {
  let all = page;
  for (let count = 1; count < most && all.nextCursor !== null && wants(all); count += 1)
    all = joined(all, await readOne(source, all.nextCursor, options));
  return all;
}

/** Whether a load hasn't found enough matching rows yet. */
function lacksRows({ filters }: ListSource): (page: ContainerPage) => boolean {
  const approvals = approvalsOf(filters);
  return ({ containers }) =>
    approvals !== undefined && containers.filter((row) => fitsApproval(row, approvals)).length < (filters.limit ?? WANTED);
}

/** Reads one load: a page from `cursor`, with an approval filter as many as needed. */
export async function readLoad(source: ListSource, cursor: string | null, options: ReadOptions): Promise<ContainerPage> {
  const page = await readOne(source, cursor, options);
  return readOn(source, page, MOST_PAGES_LOOKED_THROUGH, lacksRows(source), options);
}

/** Reads new rows: the first page, and as many more as needed to reach a known row. */
export async function readHead(source: ListSource, data: () => ListData, options: ReadOptions): Promise<ContainerPage> {
  const page = await readOne(source, null, options);
  return readOn(source, page, MOST_PAGES_OF_NEWS, (fresh) => !reachesKnown(data(), fresh), options);
}

/** Reads a long page from a row downwards, and further while all rows have the same creation time. */
export async function readBelow({ filters, ...source }: ListSource, row: ContainerSummary, options: ReadOptions): Promise<ContainerPage> {
  const { approval: _, ...wire } = filters;
  const below = { ...source, filters: { ...wire, limit: LONGEST_PAGE, ...untilOf(row, filters) } };
  const page = await readOne(below, null, options);
  return readOn(below, page, MOST_PAGES_OF_NEWS, ({ containers }) => !(createdAt(containers.at(-1)) < createdAt(row)), options);
}

/**
 * Reads the next load. If the server refuses the cursor, the position is found again: from the creation time of the last known row (from the top if it has
 * none), past all known rows.
 */
export async function readNext(source: ListSource, { containers, nextCursor }: ListData, options: ReadOptions): Promise<ContainerPage> {
  try {
    return await readLoad(source, nextCursor, options);
  } catch (error) {
    if (!isLayersError(error) || (error.status !== 400 && error.status !== 422)) throw error;
  }
  const last = containers.at(-1);
  const rest = (page: ContainerPage) => below(page.containers, indexOf(containers), last);
  const top = await readOne({ ...source, filters: { ...source.filters, ...untilOf(last, source.filters) } }, null, options);
  const down = await readOn(source, top, Number.POSITIVE_INFINITY, (page) => rest(page).length === 0, options);
  const load = { ...down, containers: rest(down), invalid: [] };
  return readOn(source, load, MOST_PAGES_LOOKED_THROUGH, lacksRows(source), options);
}

/** The filter that starts a list at a row, or just above it: the server's times can be finer than those it sends. */
function untilOf(row: ContainerSummary | undefined, { until }: ContainerListFilters): Pick<ContainerListFilters, 'until'> {
  const at = createdAt(row) + (row?.createdAt?.includes('.') ? 1 : 1_000);
  return Number.isNaN(at) || (until != null && Date.parse(until) <= at) ? {} : { until: new Date(at).toISOString() };
}

/** The rows below the last known one; none while its position is uncertain. */
function below(
  rows: readonly ContainerSummary[],
  known: ReadonlyMap<string, number>,
  last: ContainerSummary | undefined,
): ContainerSummary[] {
  if (last === undefined) return [...rows];
  const lastKnown = rows.findLastIndex(({ id }) => known.has(containerKey(id)));
  const hasPassed = rows.some((row) => containerKey(row.id) === containerKey(last.id) || createdAt(row) < createdAt(last));
  return hasPassed ? rows.slice(lastKnown + 1).filter((row) => !(createdAt(row) > createdAt(last))) : [];
}
