import type { Lane } from '../client/reads/readBudget.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import type { ContainerSummary } from '../model/container.js';
import { containerKey } from '../model/ids.js';
import { fitsStatus } from './containerListFilters.js';
import { dropLeft, foldPage, showWaiting } from './foldPage.js';
import { isAwaited, isFollowed } from './listFollowers.js';
import { type ListPage, rowsOf } from './listPage.js';
import { type ListSource, readLoad, readNews, readNext } from './listReads.js';
import { filtersOf, type ListQuery, markLeft, writeRows } from './listRows.js';

/** In which lane the fetch of a list that begins now reads; TanStack has no word for that. */
const lanes = new WeakMap<ListQuery, Lane>();
/** The other pages of a list whose first page was read again: TanStack asks for one after the other. */
const folded = new WeakMap<ListQuery, ListPage[]>();
/** The last read of a list's first page. */
const headReads = new WeakMap<ListQuery, { at: number }>();

/** When the first page of a list was last read, on the clock of `monotonicNow`. */
export function lastHeadRead(query: ListQuery): number {
  return headReads.get(query)?.at ?? monotonicNow() - Math.max(0, Date.now() - query.state.dataUpdatedAt);
}

/**
 * Refreshes a list by a refetch of TanStack's, of which only the first page is a request. While the list loads more, after that; while it is being
 * refreshed anyway, that.
 */
export async function refreshList(query: ListQuery, lane: Lane): Promise<void> {
  const before = headReads.get(query);
  await refetchHead(query, lane);
  // Given up for a load, it comes after that; what is due by itself comes again by itself.
  if (lane === 'asked' && query.state.status === 'success' && headReads.get(query) === before) await refetchHead(query, lane);
}

async function refetchHead(query: ListQuery, lane: Lane): Promise<void> {
  if (isLoadingMore(query)) await query.promise?.catch(() => undefined);
  const observer = query.observers.find(({ options }) => options.enabled !== false);
  if (observer === undefined) return;
  lanes.set(query, lane);
  // Its first page is asked for before this returns.
  const refetched = observer.refetch({ cancelRefetch: false });
  lanes.delete(query);
  await refetched;
}

/** Whether the fetch under way loads the next page. */
export function isLoadingMore({ state }: ListQuery): boolean {
  return state.fetchStatus === 'fetching' && state.fetchMeta?.fetchMore !== undefined;
}

/** Shows the rows that wait, and lets go of those that no longer fit. */
export function showNewRows(query: ListQuery): void {
  const waited = new Set(query.state.data?.pages[0]?.newer?.map(({ id }) => containerKey(id)));
  letGoOfLeft(query);
  writeRows(query, showWaiting, ({ pages }) => pages[0]?.newer?.some(({ id }) => waited.has(containerKey(id))) ?? false);
}

/** Takes the rows out that were shown and no longer fit what the list asks for. */
export function letGoOfLeft(query: ListQuery): void {
  const filters = filtersOf(query);
  const { data } = query.state;
  const next = data && dropLeft(data, (row) => fitsStatus(row, filters));
  if (next !== data) query.setState({ data: next });
}

/**
 * Reads what TanStack asks for. A list that is there is never read again as a whole: of a refetch the first page is a request, with which the other
 * pages are only brought up to date. `signal` is looked at for requests alone, because TanStack adds a listener each time.
 */
export async function readListPage(
  source: ListSource,
  query: ListQuery | undefined,
  cursor: string | null,
  signal: () => AbortSignal,
): Promise<ListPage> {
  const lane = (query && lanes.get(query)) ?? 'asked';
  const pages = query?.state.data?.pages ?? [];
  if (cursor !== null && query !== undefined && pages.length > 0) {
    const next = isLoadingMore(query) ? undefined : folded.get(query)?.shift();
    return next ?? readNext(source, cursor, pages, { lane, signal: signal() });
  }
  const page = await (query === undefined || pages.length === 0
    ? readLoad(source, cursor, { lane, signal: signal() })
    : refresh(source, query, lane, signal()));
  if (query !== undefined && cursor === null) headReads.set(query, { at: monotonicNow() });
  return page;
}

async function refresh(source: ListSource, query: ListQuery, lane: Lane, signal: AbortSignal): Promise<ListPage> {
  const dataOf = () => query.state.data ?? { pages: [], pageParams: [] };
  const pagesOf = () => dataOf().pages;
  const before = new Set([...(pagesOf()[0]?.newer ?? []), ...rowsOf(pagesOf())]);
  const fresh = await readNews(source, pagesOf, { lane, signal });
  const old = dataOf();
  const next = foldPage(old.pages, fresh, {
    // What was written to a row since was known later than this page was asked for.
    isNewer: (row) => !before.has(row),
    stays: (row) => isFollowed(query) && staysThough(source, query, row),
  });
  const marked = markLeft(query, old, { ...old, pages: next });
  // Where nobody looks, nothing jumps.
  const { pages } = isFollowed(query) ? marked : showWaiting(dropLeft(marked, (row) => fitsStatus(row, filtersOf(query))));
  const [first, ...others] = asMany(pages, old.pages.length);
  folded.set(query, others);
  return first ?? fresh;
}

/** Whether a row stays though it is not where it should be: it was shown and no longer fits, or may be about to be told so. */
function staysThough({ filters }: ListSource, query: ListQuery, row: ContainerSummary): boolean {
  if (!fitsStatus(row, filtersOf(query))) return true;
  if (query.state.data?.pages[0]?.stays?.includes(containerKey(row.id))) return true;
  return filters.status != null && isAwaited(query, row);
}

/** As many pages as there were: TanStack asks for that many, and would have one that is missing read. */
function asMany(pages: readonly ListPage[], count: number): ListPage[] {
  const nextCursor = pages.at(-1)?.nextCursor ?? null;
  return [...pages, ...Array.from({ length: Math.max(0, count - pages.length) }, () => ({ containers: [], nextCursor, invalid: [] }))];
}
