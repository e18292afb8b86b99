import type { Answered, LayersApi } from '../client/api.js';
import type { ContainerListFilters } from '../client/filters.js';
import type { PageOptions } from '../client/requests.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import type { ContainerPage } from '../model/containerPage.js';
import { type Freshness, freshnessOf } from './freshness.js';
import type { Lines } from './sharedBudget.js';
import { Page, type PageChange } from './page.js';
import { closedError } from './queue.js';
import { intervalOf, type PlannedRead } from './singleReads.js';
import type { Priority } from './priority.js';
import { Sweeps } from './sweeps.js';
import type { ReadKind, Told } from './told.js';
import { type Facts, type Follow, learnFacts, trackKey } from './track.js';
import { STILL_FAILS_MS, Tracks } from './tracks.js';
import { Turns } from './turns.js';

/** After this many records without a project, no more are read to learn one. */
const PROJECTLESS_AT_MOST = 2;

/** Whether this tab schedules reads for all tabs, or another one does. */
export interface Leadership {
  /** From when this tab reads, on the clock of `monotonicNow`, if nothing happens until then; a time in the past where it leads. */
  readonly leadsAt: number;
  /** Takes a place among the tabs, where it has none. */
  join(): void;
  followsChanged(): void;
  /** Hears everything that becomes known here. */
  told(told: readonly Told[]): void;
}

/** Tells of what is followed without being asked, so that it isn't polled. */
export interface PushSource {
  /** Whether something is pushed at the moment, by its key. */
  has(key: string): boolean;
  /** Whether something that is followed from now on will be pushed. */
  readonly isOpen: boolean;
  /** Called when what is followed, or which tab leads, may have changed. */
  look(): void;
  /** The server part offers push. */
  offered(): void;
  close(): void;
}

/**
 * Decides when each read is sent: one budget, one queue and one plan for everything a client shows. It holds no data: the cache reports what is followed
 * (`follow`) and what is known about it (`learn`), and receives every result (`onTold`).
 */
export class Schedule {
  readonly deadlineMs: number;
  readonly page = new Page((what) => this.#seen(what));
  readonly #api: LayersApi;
  readonly #lines: Pick<Lines, 'read-light'>;
  readonly #tracks = new Tracks();
  readonly #sweeps: Sweeps;
  readonly #turns: Turns;
  readonly #listeners = new Set<(told: readonly Told[]) => void>();
  readonly #subscribers = new Set<() => void>();
  readonly #closers = new Set<() => void>();
  #projectless = 0;
  #reachedAt = Number.NEGATIVE_INFINITY;
  #isClosed = false;
  #leadership: Leadership | undefined;
  #push: PushSource | undefined;

  constructor(api: LayersApi, lines: Pick<Lines, 'read-light'>, deadlineMs: number) {
    this.#api = api;
    this.#lines = lines;
    this.deadlineMs = deadlineMs;
    this.#sweeps = new Sweeps({
      tracks: () => this.#tracks.all(),
      readPage: (projectId, filters, cursor) =>
        this.#api.page(projectId, filters, { cursor, ...(cursor !== null && { pace: this.#pace('sweep') }) }),
      tellPage: (projectId, page) => this.tellPage(projectId, page),
      failed: () => this.#changed(),
    });
    this.#turns = new Turns({
      tracks: this.#tracks,
      sweeps: this.#sweeps,
      page: this.page,
      line: lines['read-light'],
      owner: this,
      deadlineMs,
      leadsAt: () => this.#leadsAt,
      isPushed: (key) => this.#push?.has(key) === true,
      isPushOpen: () => this.#push?.isOpen === true,
      hasNoProjects: () => this.#projectless >= PROJECTLESS_AT_MOST,
      run: (read) => this.#run(read),
      turned: () => {
        this.#push?.look();
        this.#changed();
      },
    });
  }

  /** Follows a container or a job, until {@link unfollow} with the same `token`. */
  follow(token: object, follow: Follow, facts?: Facts): void {
    this.arrive();
    this.#tracks.follow(token, follow, facts, monotonicNow());
    this.#leadership?.followsChanged();
    this.wake();
  }

  /** Ends {@link follow}. */
  unfollow(token: object, follow: Pick<Follow, 'id' | 'wants'>): void {
    if (!this.#tracks.unfollow(token, follow, monotonicNow())) return;
    if (this.#tracks.size === 0) this.#turns.rest();
    this.#leadership?.followsChanged();
    this.wake();
  }

  /** Whether a container or job is followed, by its key. */
  isFollowed(key: string): boolean {
    return this.#tracks.get(key) !== undefined;
  }

  /** Whether something is followed, in flight, and not refused by the server. */
  isAwaited(key: string): boolean {
    const track = this.#tracks.get(key);
    return track !== undefined && track.phase !== 'ended' && track.retryAt !== Number.POSITIVE_INFINITY;
  }

  /** Whether the last scheduled read failed, with no successful read since. */
  isFailing(key: string): boolean {
    return this.#tracks.get(key)?.error != null;
  }

  /** Everything that is followed in this tab, for the leader tab. */
  *follows(): Iterable<{ follow: Follow; isOnScreen: boolean; isAwaited: boolean }> {
    for (const { key, follows } of this.#tracks.all())
      for (const follow of follows.values()) yield { follow, isOnScreen: this.page.isOnScreen(key), isAwaited: this.page.isAwaited(key) };
  }

  /** Updates what is known about something that is followed. */
  learn(key: string, facts: Facts): void {
    const track = this.#tracks.get(key);
    if (track === undefined) return;
    learnFacts(track, facts, monotonicNow());
    this.wake();
  }

  /**
   * Resolves with the first result for something that is followed, from any read; rejects with the error of its own read, and while that backs off with its last
   * error. `isAsked`: it is read without waiting for the backoff.
   */
  async first(key: string, signal: AbortSignal, isAsked: boolean): Promise<void> {
    signal.throwIfAborted();
    const track = this.#tracks.get(key);
    if (track === undefined) return;
    this.#isClosed = false;
    const first = this.#tracks.first(track, signal, isAsked, monotonicNow);
    this.wake();
    await first;
  }

  /** Reads something as soon as the budget allows, and publishes the result. */
  async read(kind: ReadKind, id: string, priority: Priority, signal?: AbortSignal): Promise<Told> {
    const told = await this.#ask(kind, id, { ...this.#paced(priority), signal });
    this.tell([told]);
    return told;
  }

  /** Reads one page of a project's list. The caller publishes its rows. */
  readPage(
    projectId: string,
    filters: ContainerListFilters,
    { cursor, signal }: PageOptions,
    priority: Priority,
  ): Promise<Answered<ContainerPage>> {
    return this.#api.page(projectId, filters, { cursor, signal, ...this.#paced(priority) });
  }

  /** Publishes the rows of a page. */
  tellPage(projectId: string, { value, askedAt }: Answered<ContainerPage>): void {
    this.tell(
      value.containers.map((row) => ({ kind: 'row', id: row.id, value: { ...row, projectId: row.projectId ?? projectId }, askedAt })),
    );
  }

  /** Publishes results to all caches. */
  tell(told: readonly Told[]): void {
    if (told.length === 0) return;
    const now = monotonicNow();
    for (const each of told) {
      this.#tracks.note(each, now, ({ key }) => this.page.isOnScreen(key));
      if (each.kind === 'record' || each.kind === 'progress' || each.kind === 'row' || each.kind === 'job') this.#reachedAt = now;
      if (each.kind === 'record' && each.value.projectId === null && this.#tracks.of(each)) this.#projectless += 1;
    }
    const news = told.filter(({ kind }) => kind !== 'unchanged');
    if (news.length > 0) for (const listener of this.#listeners) listener(news);
    this.#leadership?.told(told);
    for (const each of told)
      if (each.kind !== 'error' && each.kind !== 'unchanged')
        for (const waiting of [...(this.#tracks.of(each)?.waiting ?? [])]) waiting.resolve();
    this.wake();
  }

  /** Somebody is here: takes up the page, and a place among the tabs. */
  arrive(): void {
    this.#isClosed = false;
    this.page.listen();
    this.#leadership?.join();
  }

  /** Subscribes to every result, from any source, without being a use of the schedule. Returns an unsubscribe function. */
  onTold(listener: (told: readonly Told[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Subscribes to possible changes of freshness. Returns an unsubscribe function. */
  subscribe(listener: () => void): () => void {
    this.arrive();
    this.#subscribers.add(listener);
    return () => this.#subscribers.delete(listener);
  }

  /** Reports whether a component that shows the container is on screen. Returns a function that withdraws the report. */
  show(containerId: string, component: object, isOnScreen: boolean): () => void {
    return this.page.show(trackKey({ id: containerId, wants: 'status' }), component, isOnScreen);
  }

  /** Polls a container in a hidden page too, once a minute. Returns a function that ends this. */
  awaitEnd(containerId: string): () => void {
    return this.page.awaitEnd(trackKey({ id: containerId, wants: 'status' }));
  }

  /** Overrides the page's visibility, for React Native; `null` returns to the document's. */
  setPageVisible(isVisible: boolean | null): void {
    this.page.override(isVisible);
  }

  /** The server's time in milliseconds since 1970; `null` if no response had a `Date` header. */
  serverNow(): number | null {
    return this.#api.serverNow();
  }

  /** Whether what failed at `failedAt` for want of a connection needn't wait for its backoff: the connection came back, or other reads have succeeded since. */
  isReachable(failedAt: number): boolean {
    return this.page.onlineAt > failedAt || this.#reachedAt > failedAt + STILL_FAILS_MS;
  }

  /** The freshness of a container, and why. */
  freshness(containerId: string): Freshness {
    const track = this.#tracks.get(trackKey({ id: containerId, wants: 'status' }));
    const now = monotonicNow();
    const { isVisible, isOnline } = this.page;
    const input = { now, isHidden: !isVisible, deadlineMs: this.deadlineMs };
    return freshnessOf({
      ...input,
      track,
      sweep: this.#sweeps.states.get(track?.projectId ?? ''),
      interval: track ? intervalOf(track, input) : false,
      nextReadAt: track ? this.#turns.nextReadAt(track, now) : null,
      stretch: this.#turns.stretch,
      isOnScreen: this.page.isOnScreen(track?.key ?? ''),
      pausedUntil: this.#lines['read-light'].budget.pausedUntil,
      isPageVisible: isVisible,
      isOnline,
    });
  }

  /** Who reads for all tabs; `undefined`: each for itself. */
  leadBy(leadership: Leadership): void {
    this.#leadership = leadership;
    this.wake();
  }

  /** Who pushes. */
  pushBy(push: PushSource): void {
    this.#push = push;
    this.wake();
  }

  /** The server part offers push. */
  offered(): void {
    this.#push?.offered();
  }

  /** Whether this tab reads for itself, and for all others. */
  get leads(): boolean {
    return this.#leadsAt <= monotonicNow();
  }

  /** The projects of all that is followed. */
  projectIds(): Set<string> {
    return this.#tracks.projectIds();
  }

  /** Registers a function to call on {@link close}. Returns a function that withdraws it. */
  onClose(closer: () => void): () => void {
    this.#closers.add(closer);
    return () => this.#closers.delete(closer);
  }

  /** Removes listeners and timers, and rejects waiting reads with `CLOSED`. Following something afterwards starts them again. */
  close(): void {
    this.#isClosed = true;
    this.#turns.rest();
    // Reads aborted from now on don't count as failures.
    this.#sweeps.states.clear();
    this.#tracks.close(closedError());
    this.page.close();
    this.#push?.close();
    for (const closer of this.#closers) closer();
  }

  get #leadsAt(): number {
    return this.#leadership?.leadsAt ?? Number.NEGATIVE_INFINITY;
  }

  /** Plans again within a few milliseconds. */
  wake(): void {
    if (!this.#isClosed) this.#turns.wake();
  }

  /** Request options for a priority: a person's read isn't answered from a cache on the way. */
  #paced(priority: Priority) {
    return { pace: this.#pace(priority), isNew: priority === 'person' };
  }

  #pace(priority: Priority): (signal: AbortSignal) => Promise<void> {
    return (signal) => this.#lines['read-light'].queue.enter(() => priority, this, signal);
  }

  async #ask(kind: ReadKind, id: string, options: Parameters<LayersApi['container']>[1]): Promise<Told> {
    if (kind === 'record') return { kind, id, ...(await this.#api.container(id, options)) };
    if (kind === 'progress') return { kind, id, ...(await this.#api.progress(id, options)) };
    return { kind, id, ...(await this.#api.job(id, options)) };
  }

  #seen(what: PageChange): void {
    if (what === 'online') {
      this.#tracks.reconnect(monotonicNow());
      this.#sweeps.reconnect();
    }
    this.#leadership?.followsChanged();
    this.#changed();
    this.wake();
  }

  #changed(): void {
    for (const subscriber of this.#subscribers) subscriber();
  }

  async #run(read: PlannedRead): Promise<void> {
    if (read.kind === 'sweep') {
      await this.#sweeps.ask(read.projectId, read.question);
      return this.wake();
    }
    const { track } = read;
    track.reading.add(read.kind);
    const askedAt = monotonicNow();
    try {
      this.tell([await this.#ask(read.kind, track.id, {})]);
      // No list contains it, and it hasn't ended: a status of a newer API.
      if (track.left !== null && track.phase === 'in-flight') Object.assign(track, { isAlone: true, left: null });
    } catch (error) {
      if (!this.#isClosed) this.tell([{ kind: 'error', id: track.id, read: read.kind, error, askedAt }]);
    } finally {
      track.reading.delete(read.kind);
      this.wake();
    }
  }
}
