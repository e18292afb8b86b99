import type { Query, QueryClient } from '@tanstack/react-query';
import type { LayersClient } from '../../client/LayersClient.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import type { ContainerSummary } from '../../model/container.js';
import type { ContainerPage } from '../../model/containerPage.js';
import { type LayersError } from '../../model/errors.js';
import { containerKey } from '../../model/ids.js';
import { approvalsOf, type ContainerListQuery, fitsStatus } from './containerListFilters.js';
import { checkedBy, nextToCheck } from './due.js';
import { foldBelow, foldHead, showNew, type Stays } from './foldHead.js';
import { appendPage, createdAt, dropLeft, isKnown, type ListData, listOfPage, markLeft } from './listData.js';
import { type ListPriority, type ListSource, readBelow, readHead, readLoad, readNext } from './reads.js';
import { listSource } from './seam.js';

/** What becomes of loading more; kept apart from TanStack's state, which is that of the first page. */
export interface LoadState {
  isFetchingNextPage: boolean;
  /** Why the last load failed; `null` after one that did not. */
  loadMoreError: LayersError | null;
}

/** Somebody who looks at a list. */
export interface ListFollower {
  /** Whether the end of a row in flight is still to be read. */
  awaits: (row: ContainerSummary) => boolean;
  /** Decides again whether something is due. */
  look: () => void;
}

type ListQuery = Query<ListData, LayersError>;

const known = new WeakMap<ListQuery, ListActions>();
/** Data that was written when it was read, so that TanStack's own write at the end of its fetch brings nothing. */
const written = new WeakSet<object>();

/** Whether a fetch has written this itself: what was written to the list since is newer. True once. */
export const isWritten = (data: unknown): boolean => typeof data === 'object' && data !== null && written.delete(data);

/** The actions of a list in the cache, the same for all who show it; `undefined` where the cache does not have it. */
export function listActions(client: LayersClient, queryClient: QueryClient, queryKey: readonly unknown[]): ListActions | undefined {
  const query = queryClient.getQueryCache().find<ListData, LayersError>({ queryKey, exact: true }) as ListQuery | undefined;
  if (query === undefined) return undefined;
  const filters = (queryKey[4] ?? {}) as ContainerListQuery;
  const actions = known.get(query) ?? new ListActions(queryClient, query, listSource(client, String(queryKey[3]), filters));
  known.set(query, actions);
  return actions;
}

/** The actions of a list that somebody has shown or read. */
export const knownActions = (query: Query): ListActions | undefined => known.get(query as unknown as ListQuery);

/** What can be done with one list: its reads, each one at a time, folded into its data as it is when they come. */
export class ListActions {
  readonly query: ListQuery;
  readonly filters: ContainerListQuery;
  readonly followers = new Set<ListFollower>();
  state: LoadState = { isFetchingNextPage: false, loadMoreError: null };
  /** Whether a container that belongs above the rows was read elsewhere. */
  hasNews = false;
  /** How often in a row, why and when reading the first page has failed. */
  failure: { count: number; error: unknown; at: number } | null = null;
  /** Down to which time of creation loaded rows were read again, and when that was last continued. */
  checked = { to: Number.NEGATIVE_INFINITY, at: 0 };

  readonly #queryClient: QueryClient;
  readonly #source: ListSource;
  readonly #listeners = new Set<(before: LoadState, after: LoadState) => void>();
  #readAt: number | undefined;
  #priority: ListPriority = 'person';
  #head: AbortController | undefined;
  #load: { promise: Promise<void>; abort: AbortController } | undefined;
  #check: AbortController | undefined;
  readonly #heard = new Set<string>();

  /** @param source with the filters in their canonical form, as they are in the key */
  constructor(queryClient: QueryClient, query: ListQuery, source: ListSource) {
    this.query = query;
    this.filters = source.filters;
    this.#queryClient = queryClient;
    this.#source = source;
  }

  /** When the first page was last read, on the clock of `monotonicNow`. */
  get readAt(): number {
    return this.#readAt ?? monotonicNow() - Math.max(0, Date.now() - this.query.state.dataUpdatedAt);
  }

  /** Reads what TanStack asks for: the first load, or of a list that is there the head, folded in. */
  async read(source = this.#source): Promise<ListData> {
    const before = this.query.state.data;
    const priority = before === undefined ? 'first' : this.#priority;
    this.#priority = 'person';
    // A read that TanStack has given up for this one is older.
    this.#head?.abort();
    const own = new AbortController();
    this.#head = own;
    const askedAt = monotonicNow();
    try {
      const options = { priority, signal: own.signal };
      const page = await (before === undefined
        ? readLoad(source, null, options)
        : readHead(source, () => this.query.state.data ?? before, options));
      own.signal.throwIfAborted();
      return this.#takeHead(before, { ...page, containers: source.merge(page.containers, askedAt) });
    } catch (error) {
      if (!own.signal.aborted) this.failure = { count: (this.failure?.count ?? 0) + 1, error, at: monotonicNow() };
      throw error;
    }
  }

  #takeHead(before: ListData | undefined, page: ContainerPage): ListData {
    this.#readAt = monotonicNow();
    this.failure = null;
    this.hasNews = false;
    const { data } = this.query.state;
    if (data === undefined) return listOfPage(page);
    const folded = this.#marked(data, foldHead(data, page, this.#stays(before ?? data)));
    // Where nobody looks, nothing jumps.
    const next = this.followers.size > 0 ? folded : showNew(dropLeft(folded, this.#fits));
    if (this.checked.to === Number.NEGATIVE_INFINITY) this.checked = { to: checkedBy(next, page), at: this.#readAt };
    if (next !== data) this.write(() => next);
    written.add(next);
    return next;
  }

  /** Refreshes the list; `person`: for whoever asked, so that rows that no longer match leave. What goes wrong is told in TanStack's `error`. */
  async refresh(priority: ListPriority = 'person'): Promise<void> {
    if (this.query.state.fetchStatus === 'idle') this.#priority = priority;
    await this.#queryClient.refetchQueries({ queryKey: this.query.queryKey, exact: true }, { cancelRefetch: false });
    this.#priority = 'person';
    if (priority === 'person' && this.query.state.status === 'success') this.letGo();
  }

  /** Reads the next page and puts it at the end. One load at a time; what goes wrong is told in `loadMoreError`. */
  loadMore(): Promise<void> {
    if (this.#load) return this.#load.promise;
    if (this.query.state.data?.nextCursor == null) return Promise.resolve();
    const abort = new AbortController();
    const promise = this.#readMore(abort.signal);
    this.#load = { promise, abort };
    return promise;
  }

  async #readMore(signal: AbortSignal): Promise<void> {
    this.#setState({ isFetchingNextPage: true });
    let loadMoreError: LayersError | null = null;
    try {
      // Where the list was begun anew meanwhile, its own next page is meant.
      for (let isLoaded = false; !isLoaded; ) isLoaded = await this.#readPage(signal);
    } catch (error) {
      if (!signal.aborted) loadMoreError = error as LayersError;
    } finally {
      this.#load = undefined;
      this.#setState({ isFetchingNextPage: false, loadMoreError });
    }
  }

  async #readPage(signal: AbortSignal): Promise<boolean> {
    const { data } = this.query.state;
    if (data?.nextCursor == null) return true;
    const askedAt = monotonicNow();
    const page = await readNext(this.#source, data, { priority: 'person', signal });
    signal.throwIfAborted();
    const containers = this.#source.merge(page.containers, askedAt);
    if (this.query.state.data?.nextCursor !== data.nextCursor) return false;
    this.write((now) => appendPage(now, { ...page, containers }));
    return true;
  }

  /** Reads one long page of the loaded rows below what was read last, so that those that are gone leave too. */
  async check(): Promise<void> {
    const { data } = this.query.state;
    if (this.#check && !this.#check.signal.aborted) return;
    const from = data && nextToCheck(data, this.checked.to);
    this.checked = { to: from ? this.checked.to : Number.NEGATIVE_INFINITY, at: monotonicNow() };
    if (data === undefined || from === undefined) return;
    const own = new AbortController();
    this.#check = own;
    const askedAt = monotonicNow();
    const page = await readBelow(this.#source, from, { priority: 'rest', signal: own.signal }).catch(() => undefined);
    if (this.#check === own) this.#check = undefined;
    if (page === undefined || own.signal.aborted || this.query.state.data === undefined) return;
    const read = { ...page, containers: this.#source.merge(page.containers, askedAt) };
    this.write((now) => this.#marked(now, foldBelow(now, read, createdAt(from), this.#stays(data))));
    // Onwards in any case.
    this.checked.to = Math.min(checkedBy(this.query.state.data, read), createdAt(from) - 1);
  }

  /** Puts the rows that wait in, and lets those go that no longer match. */
  showNew(): void {
    this.write((data) => showNew(dropLeft(data, this.#fits)));
  }

  /** Lets the rows go that were shown and no longer match. */
  letGo(): void {
    this.write((data) => dropLeft(data, this.#fits));
  }

  /** Notes that somebody looks, so that rows wait to be shown and stay in place. Returns what ends that. */
  follow(follower: ListFollower): () => void {
    this.followers.add(follower);
    return () => {
      if (!this.followers.delete(follower) || this.followers.size > 0) return;
      this.#load?.abort.abort();
      this.#check?.abort();
      // Whoever comes back finds what matches.
      this.letGo();
    };
  }

  /** Whether something of a row above the list is heard for the first time. Remembers the last `most`. */
  hear(name: string, most: number): boolean {
    if (this.#heard.has(name)) return false;
    for (const oldest of this.#heard.add(name)) if (this.#heard.size > most) this.#heard.delete(oldest);
    return true;
  }

  /** Notes that a container that belongs above the rows was read elsewhere: the first page is due. */
  notice(): void {
    this.hasNews = true;
    for (const { look } of this.followers) look();
  }

  /** Calls back with every change of {@link LoadState}. */
  subscribe(listener: (before: LoadState, after: LoadState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Writes to the list. Nothing was read: when its data came, and whether a read failed, stay what they are. */
  write(change: (data: ListData) => ListData): void {
    const { data } = this.query.state;
    const next = data && change(data);
    if (next !== undefined && next !== data) this.query.setState({ data: next });
  }

  readonly #fits = (row: ContainerSummary): boolean => fitsStatus(row, this.filters);

  #marked(before: ListData, after: ListData): ListData {
    return markLeft(before, after, approvalsOf(this.filters));
  }

  /** Which rows stay though they are not where they should be: what was told since that was asked for, and, while somebody looks, what no longer matches. */
  #stays(asked: ListData): Stays {
    const stayed = new Set(this.query.state.data?.stays);
    const isAwaited = (row: ContainerSummary) =>
      this.filters.status !== undefined && [...this.followers].some((follower) => follower.awaits(row));
    return (row) =>
      !isKnown(asked, row) || (this.followers.size > 0 && (!this.#fits(row) || stayed.has(containerKey(row.id)) || isAwaited(row)));
  }

  #setState(part: Partial<LoadState>): void {
    const before = this.state;
    this.state = { ...before, ...part };
    for (const listener of this.#listeners) listener(before, this.state);
  }
}
