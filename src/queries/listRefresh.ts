import { monotonicNow } from '../internal/monotonicNow.js';
import type { Lane } from '../client/reads/readBudget.js';
import { containerKey } from '../model/ids.js';
import { foldPage, showWaiting } from './foldPage.js';
import { type ListPage, rowsOf } from './listPage.js';
import { type ListSource, type ReadOptions, readLast, readLoad, readNews, readNext } from './listReads.js';
import type { ListQuery } from './listRows.js';

/** In which lane a query is to be refreshed by the fetch that begins now; TanStack has no word for a fetch of another kind. */
const asked = new WeakMap<ListQuery, Lane>();
/** Pages that a refresh has folded, by the signal of its fetch: TanStack asks for one after the other. */
const folded = new WeakMap<AbortSignal, ListPage[]>();
/** How many pages of a list were read again, by the signal of the fetch. */
const readAgain = new WeakMap<AbortSignal, number>();
const headReadAt = new WeakMap<ListQuery, number>();

/** When the first page of a list was last read, on the clock of `monotonicNow`. */
export function lastHeadRead(query: ListQuery): number {
  return headReadAt.get(query) ?? monotonicNow() - Math.max(0, Date.now() - query.state.dataUpdatedAt);
}

/**
 * Refreshes a list: one fetch of TanStack's, of which only the first page is a request. While the list loads more, after that; while it is being
 * read anyway, that.
 */
export async function refreshList(query: ListQuery, lane: Lane): Promise<void> {
  if (isLoadingMore(query)) await query.promise?.catch(() => undefined);
  const observer = query.observers.find(({ options }) => options.enabled !== false);
  if (observer === undefined) return;
  if (query.state.data !== undefined) asked.set(query, lane);
  try {
    // Its first page is asked for before this returns.
    const refetched = observer.refetch({ cancelRefetch: false });
    asked.delete(query);
    await refetched;
  } finally {
    asked.delete(query);
  }
}

/** Whether the fetch under way loads the next page. */
export function isLoadingMore({ state }: ListQuery): boolean {
  return state.fetchStatus === 'fetching' && state.fetchMeta?.fetchMore !== undefined;
}

/** Shows the rows that wait. */
export function showNewRows(query: ListQuery): void {
  const { data } = query.state;
  const next = data && showWaiting(data);
  if (next !== undefined && next !== data) query.setState({ data: next });
}

/** Reads what TanStack asks for: a page of the list, or in a refresh the first page, with which the others are only brought up to date. */
export async function readListPage(
  source: ListSource,
  query: ListQuery | undefined,
  cursor: string | null,
  signal: AbortSignal,
): Promise<ListPage> {
  const lane = query && asked.get(query);
  const options: ReadOptions = { lane: lane ?? 'asked', signal };
  if (query === undefined) return readLoad(source, cursor, options);
  const pages = query.state.data?.pages ?? [];
  if (cursor !== null && isLoadingMore(query)) return readNext(source, cursor, pages, options);
  const next = folded.get(signal)?.shift();
  if (next !== undefined) return next;
  const count = (readAgain.get(signal) ?? 0) + 1;
  readAgain.set(signal, count);
  const page =
    lane !== undefined
      ? await refresh(source, query, lane, signal)
      : await (count === pages.length ? readLast(source, cursor, pages, options) : readLoad(source, cursor, options));
  if (cursor === null) headReadAt.set(query, monotonicNow());
  return page;
}

async function refresh(source: ListSource, query: ListQuery, lane: Lane, signal: AbortSignal): Promise<ListPage> {
  const pages = () => query.state.data?.pages ?? [];
  const before = new Map([...(pages()[0]?.newer ?? []), ...rowsOf(pages())].map((row) => [containerKey(row.id), row]));
  const fresh = await readNews(source, pages, { lane, signal });
  // What was written to a row since was known later than this page was asked for.
  const [first, ...others] = foldPage(pages(), fresh, (row) => before.get(containerKey(row.id)) !== row);
  folded.set(signal, others);
  return first ?? fresh;
}
