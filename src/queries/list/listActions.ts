import type { Query, QueryClient } from '@tanstack/react-query';
import type { LayersClient } from '../../schedule/scheduledClient.js';
import { heldBy } from '../../internal/heldBy.js';
import { Listeners } from '../../internal/listeners.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import type { ContainerSummary } from '../../model/container.js';
import type { ContainerPage } from '../../model/containerPage.js';
import type { LayersError } from '../../model/errors.js';
import { agree } from '../agreed.js';
import { asked, askFor } from '../asked.js';
import { cacheOf } from '../cacheOf.js';
import { approvalsOf, type ContainerListQuery, fitsApproval, fitsStatus } from './containerListFilters.js';
import { checkedBy, failureAfter, type ListFailure, nextToCheck } from './due.js';
import { foldPage, showNew, type Stays } from './foldPage.js';
import { appendPage, dropLeft, isKnown, type ListData, listOfPage, markLeft, markWritten, patchRows } from './listData.js';
import { createdAt, hasRow, keyOf } from './rows.js';
import { addNewcomers, findNewcomers, isFirstNotice } from './newcomers.js';
import { knownLists, setList } from './patchLists.js';
import { readMerged } from './readMerged.js';
import { type LoadState, readBelow, readHead, readLoad, readNext } from './reads.js';

type ListQuery = Query<ListData, LayersError>;

/** By client, then by query: a client that takes another's place (with a new session, say) reads with its own headers. */
const actionsOf = heldBy<WeakMap<object, ListActions>, LayersClient>(() => new WeakMap());

/** The actions of a cached list, shared by all its observers of one client. */
export function listActions(client: LayersClient, queryClient: QueryClient, queryKey: readonly unknown[]): ListActions {
  const query = queryClient.getQueryCache().find({ queryKey, exact: true }) as ListQuery | undefined;
  if (query === undefined) throw new Error('layers-react: the list was removed from the cache before it was read.');
  const known = actionsOf(client);
  const list = known.get(query) ?? new ListActions(client, queryClient, query);
  known.set(query, list);
  knownLists.set(query, list);
  return list;
}

/** The reads of one list, one of each kind at a time, merged into the data at the time of the response. */
export class ListActions {
  readonly client: LayersClient;
  readonly queryClient: QueryClient;
  readonly query: ListQuery;
  readonly filters: ContainerListQuery;
  load: LoadState = { isFetchingNextPage: false, loadMoreError: null };
  /** Called with the parts of `load` that changed. */
  readonly loadChanged = new Listeners<[changed: readonly string[]]>();
  /** Whether a newer container was read elsewhere. */
  hasNews = false;
  /** How many reads of the first page in a row were due for that. */
  newsInARow = 0;
  /** The last failure of the first page; `null`: none since it was read. */
  failure: ListFailure | null = null;
  /** The creation time down to which loaded rows were checked, and when the check last continued. */
  checked = { to: Number.NEGATIVE_INFINITY, at: 0 };

  /** Called when the list can have become due. */
  readonly #followers = new Set<() => void>();
  readonly #noticed = new Set<string>();
  #readAt: number | undefined;
  #priority: 'person' | 'sweep' | undefined;
  #head = new AbortController();
  /** Aborted when the last observer leaves. */
  #looking = new AbortController();
  #loading: Promise<void> | undefined;
  #isChecking = false;

  constructor(client: LayersClient, queryClient: QueryClient, query: ListQuery) {
    this.client = client;
    this.queryClient = queryClient;
    this.query = query;
    this.filters = query.queryKey[4] ?? {};
  }

  /** When the first page was last read, on the clock of `monotonicNow`. */
  get readAt(): number {
    return this.#readAt ?? monotonicNow() - Math.max(0, Date.now() - this.query.state.dataUpdatedAt);
  }

  /** TanStack's fetch: the first load, or for a cached list the first page, merged in. */
  async read(): Promise<ListData> {
    const before = this.query.state.data;
    const isMount = cacheOf(this.client, this.queryClient).isMounting(this.query) && !asked.has(this.query);
    const turn = before === undefined ? null : (this.#priority ?? (isMount ? 'sweep' : 'person'));
    this.#priority = undefined;
    // A previous read that TanStack replaced is outdated.
    this.#head.abort();
    this.#head = new AbortController();
    const { signal } = this.#head;
    let hasLastGood = false;
    try {
      const {
        value: page,
        askedAt,
        failure,
      } = await readMerged(this, turn, signal, (read) =>
        before === undefined ? readLoad(read, this.filters, null) : readHead(read, () => this.query.state.data ?? before),
      );
      if (failure === undefined) {
        this.failure = null;
        this.client.schedule.listRead(true);
        this.newsInARow = this.hasNews ? this.newsInARow + 1 : 0;
        this.hasNews = false;
        return this.#takeHead(before, page, monotonicNow());
      }
      // It is the last good response of the server part, which can be older than what is shown.
      hasLastGood = true;
      if (this.query.state.data === undefined) {
        const updatedAt = Date.now() - (monotonicNow() - askedAt);
        this.queryClient.setQueryData(this.query.queryKey, this.#takeHead(before, page, askedAt), { updatedAt });
      } else if (askedAt > this.readAt) this.#takeHead(before, page, askedAt);
      throw failure;
    } catch (error) {
      if (!signal.aborted) {
        this.failure = failureAfter(this.failure, error, monotonicNow(), hasLastGood);
        this.client.schedule.listRead(false);
        // The retries are nobody's.
        asked.delete(this.query);
      }
      throw error;
    }
  }

  #takeHead(before: ListData | undefined, page: ContainerPage, readAt: number): ListData {
    this.#readAt = readAt;
    asked.delete(this.query);
    const { data } = this.query.state;
    if (data === undefined) return agree(listOfPage(page));
    this.write(() => foldPage(data, page, this.#stays(before ?? data)));
    // Without observers, rows can move.
    if (!this.isShown) this.showNew();
    const next = this.query.state.data ?? data;
    if (this.checked.to === Number.NEGATIVE_INFINITY) this.checked = { to: checkedBy(next, page), at: readAt };
    return markWritten(next);
  }

  /** Refreshes the list. With priority `person`, rows that no longer match leave. Never rejects: an error is in TanStack's `error`. */
  async refresh(priority: 'person' | 'sweep' = 'person'): Promise<void> {
    if (priority === 'person') askFor(this.client, this.queryClient, this.query.queryKey);
    if (this.query.state.fetchStatus === 'idle') this.#priority = priority;
    await this.queryClient.refetchQueries({ queryKey: this.query.queryKey, exact: true }, { cancelRefetch: false });
    this.#priority = undefined;
    if (priority === 'person' && this.query.state.status === 'success') this.#letGo();
  }

  /** Loads the next page, one at a time. Never rejects: an error is in `load`, unless nobody looks any more. */
  async loadMore(): Promise<void> {
    if (this.query.state.data?.nextCursor == null) return;
    this.#loading ??= this.#load(this.#looking.signal);
    await this.#loading;
  }

  async #load(signal: AbortSignal): Promise<void> {
    this.#setLoad({ ...this.load, isFetchingNextPage: true });
    const loadMoreError = await this.#readMore(signal).then(
      () => null,
      (error: LayersError) => (signal.aborted ? null : error),
    );
    // A listener can start the next load.
    this.#loading = undefined;
    this.#setLoad({ isFetchingNextPage: false, loadMoreError });
  }

  #setLoad(load: LoadState): void {
    const changed = (Object.keys(load) as (keyof LoadState)[]).filter((part) => load[part] !== this.load[part]);
    this.load = load;
    this.loadChanged.call(changed);
  }

  async #readMore(signal: AbortSignal): Promise<void> {
    const asked = this.query.state.data;
    if (asked?.nextCursor == null) return;
    const { value: page } = await readMerged(this, 'person', signal, (read) => readNext(read, this.filters, asked));
    // If the list was restarted meanwhile, its own next page is loaded.
    if (this.query.state.data?.nextCursor !== asked.nextCursor) return this.#readMore(signal);
    this.write((data) => appendPage(data, page));
  }

  /** Reads one page of up to 200 loaded rows below the last check, so that deleted ones leave. A failed check is skipped. */
  async check(): Promise<void> {
    const asked = this.query.state.data;
    // Also where nothing is read now, as another component's check still waits: it would be due for ever.
    this.checked = { ...this.checked, at: monotonicNow() };
    if (this.#isChecking || asked === undefined) return;
    const row = nextToCheck(asked, this.checked.to);
    if (row === undefined) {
      this.checked.to = Number.NEGATIVE_INFINITY;
      return;
    }
    this.#isChecking = true;
    const rows = asked.containers.length - asked.containers.indexOf(row);
    // From where the last check ended: what waits is between that and the row.
    const from = Math.max(createdAt(row), this.checked.to);
    const found = await readMerged(this, 'rest', this.#looking.signal, (read) => readBelow(read, this.filters, { row, from }, rows)).catch(
      () => undefined,
    );
    this.#isChecking = false;
    const { data } = this.query.state;
    // An old response says nothing of what was deleted since.
    if (found === undefined || found.failure !== undefined || data === undefined) return;
    const { value: page } = found;
    this.write(() => foldPage(data, page, this.#stays(asked), from));
    // Continues in any case.
    this.checked.to = Math.min(checkedBy(data, page), createdAt(row) - 1);
  }

  /** Inserts the waiting rows, and removes rows that no longer match. */
  showNew(): void {
    this.write((data) => showNew(dropLeft(data, this.#fits)));
  }

  /** Adds an observer: new rows then wait, and rows stay in place. Returns a function that removes it. */
  follow(look: () => void): () => void {
    this.#followers.add(look);
    return () => {
      if (!this.#followers.delete(look) || this.isShown) return;
      this.#looking.abort();
      this.#looking = new AbortController();
      // A later mount finds only rows that match.
      this.#letGo();
    };
  }

  get isShown(): boolean {
    return this.#followers.size > 0;
  }

  /** Takes in rows read elsewhere, in place. With observers, missing ones that match wait to be shown, and newer ones make the list due for a refresh. */
  receive(rows: readonly ContainerSummary[]): void {
    this.write((data) => patchRows(data, rows));
    const { data } = this.query.state;
    if (data === undefined || !this.isShown) return;
    const { within, newer } = findNewcomers(data, rows, String(this.query.queryKey[3]), this.filters);
    this.write(() => addNewcomers(data, within));
    if (!isFirstNotice(this.#noticed, newer)) return;
    this.hasNews = true;
    for (const look of this.#followers) look();
  }

  write(change: (data: ListData) => ListData): void {
    const { data } = this.query.state;
    if (data !== undefined) setList(this.query, markLeft(data, change(data), approvalsOf(this.filters)));
  }

  readonly #fits = (row: ContainerSummary): boolean => fitsStatus(row, this.filters);

  /** Removes rows that no longer match. If none is left on screen, the waiting ones are inserted: nothing can move. */
  #letGo(): void {
    const approvals = approvalsOf(this.filters);
    this.write((data) => {
      const left = dropLeft(data, this.#fits);
      return left.containers.some((row) => fitsApproval(row, approvals)) ? left : showNew(left);
    });
  }

  /** Which rows stay although they are missing: those added since the request, and those on screen that no longer match or whose end wasn't read yet. */
  #stays(asked: ListData): Stays {
    const stayed = this.query.state.data?.stays ?? [];
    const isAwaited = (row: ContainerSummary) => this.filters.status !== undefined && this.client.schedule.isAwaited(keyOf(row));
    const isKept = (row: ContainerSummary) => !this.#fits(row) || stayed.includes(keyOf(row)) || isAwaited(row);
    return (row) => !isKnown(asked, row) || (this.isShown && hasRow(asked.containers, row) && isKept(row));
  }
}
