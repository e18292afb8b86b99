import type { Query, QueryClient } from '@tanstack/react-query';
import type { LayersClient } from '../../schedule/scheduledClient.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import type { ContainerSummary } from '../../model/container.js';
import type { ContainerPage } from '../../model/containerPage.js';
import { isLayersError, type LayersError } from '../../model/errors.js';
import { containerKey } from '../../model/ids.js';
import { retryDelay } from '../../schedule/cadence.js';
import { cacheOf } from '../cacheOf.js';
import { approvalsOf, type ContainerListQuery, fitsStatus } from './containerListFilters.js';
import { checkedBy, nextToCheck } from './due.js';
import { foldBelow, foldHead, showNew, type Stays } from './foldHead.js';
import { appendPage, createdAt, dropLeft, isKnown, type ListData, listOfPage, markLeft, rowAt } from './listData.js';
import { Loads } from './loadState.js';
import { type ListPriority, type ListSource, type ReadOptions, readBelow, readHead, readLoad, readNext } from './reads.js';
import { registerList, type ShownList } from './shownLists.js';

/** A mounted observer of a list. */
export interface ListFollower {
  /** Whether a row is in flight and its end hasn't been read. */
  awaits: (row: ContainerSummary) => boolean;
  /** Checks again whether something is due. */
  look: () => void;
}

type ListQuery = Query<ListData, LayersError>;

const known = new WeakMap<object, ListActions>();
/** Data already written by the read, so that TanStack's write at the end of the fetch changes nothing. */
const written = new WeakSet<object>();
/** How many noticed containers above a list are remembered. */
const NOTICED_KEPT = 500;

/** Whether a fetch has already written this data, so that later writes are newer. `true` once. */
export const takeWritten = (data: unknown): boolean => typeof data === 'object' && data !== null && written.delete(data);

/** The actions of a cached list, shared by all its observers; `undefined` if the list isn't cached. */
export function listActions(client: LayersClient, queryClient: QueryClient, queryKey: readonly unknown[]): ListActions | undefined {
  const query = queryClient.getQueryCache().find<ListData, LayersError>({ queryKey, exact: true }) as ListQuery | undefined;
  if (query === undefined) return undefined;
  const actions = known.get(query) ?? new ListActions(queryClient, query, sourceOf(client, queryClient, query));
  known.set(query, actions);
  registerList(query, actions);
  return actions;
}

function sourceOf(client: LayersClient, queryClient: QueryClient, query: ListQuery): ListSource {
  const projectId = String(query.queryKey[3]);
  const known = (key: string) => query.state.data && rowAt(query.state.data, key);
  return {
    filters: (query.queryKey[4] ?? {}) as ContainerListQuery,
    read: async (cursor, wire, { signal, priority }) =>
      (await client.schedule.readPage(projectId, wire, { cursor, signal }, priority)).value,
    merge: (rows, askedAt) => cacheOf(client, queryClient).mergeRows(projectId, rows, askedAt, known),
  };
}

/** The reads of one list, one of each kind at a time, merged into the data at the time of the response. */
export class ListActions implements ShownList {
  readonly query: ListQuery;
  readonly filters: ContainerListQuery;
  readonly followers = new Set<ListFollower>();
  readonly loads = new Loads();
  /** Whether a newer container was read elsewhere. */
  hasNews = false;
  /** The last failure of the first page in a row of `count`, and when it can be retried; `Infinity`: a retry can't succeed. `null`: none. */
  failure: { count: number; at: number; retryAt: number; isNetwork: boolean } | null = null;
  /** The creation time down to which loaded rows were checked, and when the check last continued. */
  checked = { to: Number.NEGATIVE_INFINITY, at: 0 };

  readonly #queryClient: QueryClient;
  readonly #source: ListSource;
  readonly #noticed = new Set<string>();
  #readAt: number | undefined;
  #priority: ListPriority = 'person';
  #head = new AbortController();
  /** Aborted when the last observer leaves. */
  #looking = new AbortController();
  #isChecking = false;

  /** @param source with normalized filters, as in the key */
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

  /** TanStack's fetch: the first load, or for a cached list the first page, merged in. */
  async read(): Promise<ListData> {
    const source = this.#source;
    const before = this.query.state.data;
    const priority = before === undefined ? 'first' : this.#priority;
    this.#priority = 'person';
    // A previous read that TanStack replaced is outdated.
    this.#head.abort();
    this.#head = new AbortController();
    const { signal } = this.#head;
    try {
      const page = await this.#merged({ priority, signal }, (options) =>
        before === undefined ? readLoad(source, null, options) : readHead(source, () => this.query.state.data ?? before, options),
      );
      return this.#takeHead(before, page);
    } catch (error) {
      if (!signal.aborted) {
        const count = (this.failure?.count ?? 0) + 1;
        const pause = retryDelay(error, count, Math.random());
        const at = monotonicNow();
        const isNetwork = isLayersError(error) && error.code === 'NETWORK';
        this.failure = { count, at, retryAt: pause === false ? Number.POSITIVE_INFINITY : at + pause, isNetwork };
      }
      throw error;
    }
  }

  #takeHead(before: ListData | undefined, page: ContainerPage): ListData {
    const { data } = this.query.state;
    this.#readAt = monotonicNow();
    this.failure = null;
    this.hasNews = false;
    if (data === undefined) return listOfPage(page);
    const folded = markLeft(data, foldHead(data, page, this.#stays(before ?? data)), approvalsOf(this.filters));
    // Without observers, rows can move.
    const next = this.followers.size > 0 ? folded : showNew(dropLeft(folded, this.#fits));
    if (this.checked.to === Number.NEGATIVE_INFINITY) this.checked = { to: checkedBy(next, page), at: this.#readAt };
    this.write(() => next);
    written.add(next);
    return next;
  }

  /** Refreshes the list. With priority `person`, rows that no longer match leave. Never rejects: an error is in TanStack's `error`. */
  async refresh(priority: ListPriority = 'person'): Promise<void> {
    if (this.query.state.fetchStatus === 'idle') this.#priority = priority;
    await this.#queryClient.refetchQueries({ queryKey: this.query.queryKey, exact: true }, { cancelRefetch: false });
    this.#priority = 'person';
    if (priority === 'person' && this.query.state.status === 'success') this.#letGo();
  }

  /** Loads the next page, one at a time. Never rejects: an error is in `loads.state`. */
  async loadMore(): Promise<void> {
    if (this.query.state.data?.nextCursor == null) return;
    const { signal } = this.#looking;
    await this.loads.run(() => this.#readMore(signal), signal);
  }

  async #readMore(signal: AbortSignal): Promise<void> {
    const asked = this.query.state.data;
    if (asked?.nextCursor == null) return;
    const page = await this.#merged({ priority: 'person', signal }, (options) => readNext(this.#source, asked, options));
    // If the list was restarted meanwhile, its own next page is loaded.
    if (this.query.state.data?.nextCursor !== asked.nextCursor) return this.#readMore(signal);
    this.write((data) => appendPage(data, page));
  }

  /** Reads one long page of loaded rows below the last check, so that deleted ones leave. A failed check is skipped. */
  async check(): Promise<void> {
    const asked = this.query.state.data;
    if (this.#isChecking || asked === undefined) return;
    const from = nextToCheck(asked, this.checked.to);
    this.checked = { to: from ? this.checked.to : Number.NEGATIVE_INFINITY, at: monotonicNow() };
    if (from === undefined) return;
    this.#isChecking = true;
    const read = (options: ReadOptions) => readBelow(this.#source, from, options);
    const page = await this.#merged({ priority: 'rest', signal: this.#looking.signal }, read).catch(() => undefined);
    this.#isChecking = false;
    const { data } = this.query.state;
    if (page === undefined || data === undefined) return;
    this.write(() => markLeft(data, foldBelow(data, page, createdAt(from), this.#stays(asked)), approvalsOf(this.filters)));
    // Continues in any case.
    this.checked.to = Math.min(checkedBy(data, page), createdAt(from) - 1);
  }

  /** A page with its rows merged with what else is known. */
  async #merged(options: ReadOptions, read: (options: ReadOptions) => Promise<ContainerPage>): Promise<ContainerPage> {
    const askedAt = monotonicNow();
    const page = await read(options);
    options.signal.throwIfAborted();
    return { ...page, containers: this.#source.merge(page.containers, askedAt) };
  }

  /** Inserts the waiting rows, and removes rows that no longer match. */
  showNew(): void {
    this.write((data) => showNew(dropLeft(data, this.#fits)));
  }

  /** Adds an observer: new rows then wait, and rows stay in place. Returns a function that removes it. */
  follow(follower: ListFollower): () => void {
    this.followers.add(follower);
    return () => {
      if (!this.followers.delete(follower) || this.followers.size > 0) return;
      this.#looking.abort();
      this.#looking = new AbortController();
      // A later mount finds only rows that match.
      this.#letGo();
    };
  }

  /** Whether the list has observers. */
  get isShown(): boolean {
    return this.followers.size > 0;
  }

  /** Marks the list as due because of newer containers read elsewhere, once for each: a refresh that doesn't return one never will. */
  notice(rows: readonly ContainerSummary[]): void {
    const names = rows.map(({ id, rawStatus, rawApprovalStatus }) => `${id} ${rawStatus} ${rawApprovalStatus}`);
    if (names.every((name) => this.#noticed.has(name))) return;
    if (this.#noticed.size > NOTICED_KEPT) this.#noticed.clear();
    for (const name of names) this.#noticed.add(name);
    this.hasNews = true;
    for (const { look } of this.followers) look();
  }

  /** Writes to the list without changing `dataUpdatedAt` or `error`, because nothing was read. */
  write(change: (data: ListData) => ListData): void {
    const { data } = this.query.state;
    const next = data && change(data);
    if (next !== data) this.query.setState({ data: next });
  }

  readonly #fits = (row: ContainerSummary): boolean => fitsStatus(row, this.filters);

  #letGo(): void {
    this.write((data) => dropLeft(data, this.#fits));
  }

  /** Which rows stay although they are missing: those added since the request, and with observers those that no longer match. */
  #stays(asked: ListData): Stays {
    const stayed = new Set(this.query.state.data?.stays);
    const isAwaited = (row: ContainerSummary) => this.filters.status !== undefined && [...this.followers].some(({ awaits }) => awaits(row));
    const isKept = (row: ContainerSummary) => !this.#fits(row) || stayed.has(containerKey(row.id)) || isAwaited(row);
    return (row) => !isKnown(asked, row) || (this.followers.size > 0 && isKept(row));
  }
}
