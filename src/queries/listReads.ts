import type { ContainerListFilters } from '../client/filters.js';
import type { LayersClient } from '../schedule/createLayersClient.js';
import type { Lane } from '../client/reads/readBudget.js';
import type { ContainerSummary } from '../model/container.js';
import type { ContainerPage } from '../model/containerPage.js';
import { isLayersError } from '../model/errors.js';
import { containerKey } from '../model/ids.js';
import { approvalsOf, type ContainerListQuery, checkApproval, fitsApproval } from './containerListFilters.js';
import { reachesKnown } from './foldPage.js';
import { createdAt, type ListPage, rowsOf } from './listPage.js';

/** What a list is read with. */
export interface ListSource {
  client: LayersClient;
  projectId: string;
  filters: ContainerListQuery;
}

/** Who waits, and what cancels. */
export interface ReadOptions {
  lane: Lane;
  signal: AbortSignal;
}

/** Rows that a load looks for where nobody says: the API's own page. */
const WANTED = 25;
/** How many pages one load looks through for rows of an approval status. */
const MOST_PAGES_LOOKED_THROUGH = 5;
/** How many pages one refresh reads until it meets a row that is known. More than that is left for the cursor. */
const MOST_PAGES_OF_NEWS = 10;

/** Reads one page of the API. What looks for an approval status looks through the longest pages there are. */
async function readOne({ client, projectId, filters }: ListSource, cursor: string | null, options: ReadOptions): Promise<ContainerPage> {
  const approvals = approvalsOf(filters);
  if (approvals !== undefined) checkApproval(approvals);
  const wire: ContainerListFilters = approvals === undefined ? filters : { ...filters, limit: 200 };
  return client.reads.readPage(projectId, wire, { cursor, signal: options.signal }, options.lane);
}

const joined = (upper: ContainerPage, lower: ContainerPage): ContainerPage => ({
  containers: [...upper.containers, ...lower.containers],
  nextCursor: lower.nextCursor,
  invalid: [...upper.invalid, ...lower.invalid],
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

/** Whether one load has found enough. */
function lacksRows({ filters }: ListSource): (page: ContainerPage) => boolean {
  const approvals = approvalsOf(filters);
  return ({ containers }) =>
    approvals !== undefined && containers.filter((row) => fitsApproval(row, approvals)).length < (filters.limit ?? WANTED);
}

/** One load: a page from `cursor`, or with an approval filter as many as it takes. */
export async function readLoad(source: ListSource, cursor: string | null, options: ReadOptions): Promise<ListPage> {
  const page = await readOne(source, cursor, options);
  return readOn(source, page, MOST_PAGES_LOOKED_THROUGH, lacksRows(source), options);
}

/** What is new: the first page, and as many more as it takes to meet a row that is known. */
export async function readNews(source: ListSource, pages: () => readonly ListPage[], options: ReadOptions): Promise<ContainerPage> {
  const page = await readOne(source, null, options);
  return readOn(source, page, MOST_PAGES_OF_NEWS, (fresh) => !reachesKnown(pages(), fresh), options);
}

/**
 * The next load. A cursor that the server refuses is found anew: from the time of the last row that is known (from the top where it has none), past all
 * that is known, and on from there.
 */
export async function readNext(source: ListSource, cursor: string, pages: readonly ListPage[], options: ReadOptions): Promise<ListPage> {
  try {
    return await readLoad(source, cursor, options);
  } catch (error) {
    if (!isLayersError(error) || (error.status !== 400 && error.status !== 422)) throw error;
  }
  const rows = rowsOf(pages);
  const known = new Set(rows.map(({ id }) => containerKey(id)));
  const last = rows.at(-1);
  const rest = (page: ContainerPage) => below(page.containers, known, last);
  const top = await readOne({ ...source, filters: { ...source.filters, ...untilOf(last, source.filters) } }, null, options);
  const down = await readOn(source, top, Number.POSITIVE_INFINITY, (page) => rest(page).length === 0, options);
  const load = { ...down, containers: rest(down), invalid: [] };
  return readOn(source, load, MOST_PAGES_LOOKED_THROUGH, lacksRows(source), options);
}

/** The filter that begins a list at a row, or just above it: a server's times may be finer than those it tells. */
function untilOf(row: ContainerSummary | undefined, { until }: ContainerListFilters): Pick<ContainerListFilters, 'until'> {
  const unit = row?.createdAt?.includes('.') ? 1 : 1_000;
  const at = row === undefined ? Number.NaN : createdAt(row) + unit;
  return Number.isNaN(at) || (until != null && Date.parse(until) <= at) ? {} : { until: new Date(at).toISOString() };
}

/** The rows below the last one that is known; none while it is not certain where that is. */
function below(rows: readonly ContainerSummary[], known: ReadonlySet<string>, last: ContainerSummary | undefined): ContainerSummary[] {
  if (last === undefined) return [...rows];
  const lastKey = containerKey(last.id);
  const lastKnown = rows.findLastIndex(({ id }) => known.has(containerKey(id)));
  const hasPassed = rows.some((row) => containerKey(row.id) === lastKey || createdAt(row) < createdAt(last));
  return hasPassed ? rows.slice(lastKnown + 1).filter((row) => !(createdAt(row) > createdAt(last))) : [];
}
