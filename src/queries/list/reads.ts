import type { ContainerListFilters } from '../../client/filters.js';
import type { ContainerSummary } from '../../model/container.js';
import type { ContainerPage } from '../../model/containerPage.js';
import { isLayersError } from '../../model/errors.js';
import { containerKey } from '../../model/ids.js';
import { approvalsOf, type ContainerListQuery, checkApproval, fitsApproval } from './containerListFilters.js';
import { reachesKnown } from './foldHead.js';
import { createdAt, indexOf, type ListData, shifted } from './listData.js';

/** How urgent a list read is: what a person asked for, a refresh by itself, the first rows of a list, a check of rows further down. */
export type ListPriority = 'person' | 'sweep' | 'first' | 'rest';

/** How urgent a read is, and what cancels it. */
export interface ReadOptions {
  priority: ListPriority;
  signal: AbortSignal;
}

/** What a list is read with. */
export interface ListSource {
  filters: ContainerListQuery;
  /** Reads one page of the project's list. */
  read: (cursor: string | null, filters: ContainerListFilters, options: ReadOptions) => Promise<ContainerPage>;
  /** Takes in rows that were asked for at a time on the clock of `monotonicNow`, and returns them as they are to be stored. */
  merge: (rows: ContainerSummary[], askedAt: number) => ContainerSummary[];
}

/** Rows that a load looks for by default: the API's own page. */
const WANTED = 25;
/** How many pages one load looks through for rows of an approval status. */
const MOST_PAGES_LOOKED_THROUGH = 5;
/** How many pages one refresh reads until it meets a row that is known. More than that is left to the cursor. */
const MOST_PAGES_OF_NEWS = 10;
/** Rows a page where as many as possible are wanted. */
const LONGEST_PAGE = 200;

/** Reads one page of the API. What looks for an approval status looks through the longest pages there are. */
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

/** Reads on from a page while it is wanted, and there is more, and the bound is not reached. */
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

/** Whether one load has not found enough yet. */
function lacksRows({ filters }: ListSource): (page: ContainerPage) => boolean {
  const approvals = approvalsOf(filters);
  return ({ containers }) =>
    approvals !== undefined && containers.filter((row) => fitsApproval(row, approvals)).length < (filters.limit ?? WANTED);
}

/** Reads one load: a page from `cursor`, or with an approval filter as many as it takes. */
export async function readLoad(source: ListSource, cursor: string | null, options: ReadOptions): Promise<ContainerPage> {
  const page = await readOne(source, cursor, options);
  return readOn(source, page, MOST_PAGES_LOOKED_THROUGH, lacksRows(source), options);
}

/** Reads what is new: the first page, and as many more as it takes to meet a row that is known. */
export async function readHead(source: ListSource, data: () => ListData, options: ReadOptions): Promise<ContainerPage> {
  const page = await readOne(source, null, options);
  return readOn(source, page, MOST_PAGES_OF_NEWS, (fresh) => !reachesKnown(data(), fresh), options);
}

/** Reads a long page from a row downwards, and further while all of it was created at the same time. */
export async function readBelow({ filters, ...source }: ListSource, row: ContainerSummary, options: ReadOptions): Promise<ContainerPage> {
  const { approval: _, ...wire } = filters;
  const below = { ...source, filters: { ...wire, limit: LONGEST_PAGE, ...untilOf(row, filters) } };
  const page = await readOne(below, null, options);
  return readOn(below, page, MOST_PAGES_OF_NEWS, ({ containers }) => !(createdAt(containers.at(-1)) < createdAt(row)), options);
}

/**
 * Reads the next load. A cursor that the server refuses is found again: from the time of the last known row (from the top where it has none), past all
 * that is known, and on from there.
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

/** The filter that begins a list at a row, or just above it: a server's times may be finer than those it sends. */
function untilOf(row: ContainerSummary | undefined, { until }: ContainerListFilters): Pick<ContainerListFilters, 'until'> {
  const at = createdAt(row) + (row?.createdAt?.includes('.') ? 1 : 1_000);
  return Number.isNaN(at) || (until != null && Date.parse(until) <= at) ? {} : { until: new Date(at).toISOString() };
}

/** The rows below the last known one; none while it is not certain where that is. */
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
