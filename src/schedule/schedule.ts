import type { LayersApi } from '../client/api.js';
import { Listeners } from '../internal/listeners.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import { isLayersError } from '../model/errors.js';
import type { Freshness } from './freshness.js';
import type { Lines } from './sharedBudget.js';
import { Holds } from './holds.js';
import { Page, type PageChange } from './page.js';
import { closedError } from './queue.js';
import type { PlannedRead } from './singleReads.js';
import { createReads, type Turn } from './reads.js';
import { ALONE, type Leadership, type PushSource } from './sources.js';
import { Sweeps } from './sweeps.js';
import { type ReadKind, type Told, toldOfPage } from './told.js';
import { errorOf, type Facts, type Follow, isComplete, learnFacts, type Track, trackKey, wants } from './track.js';
import { STILL_FAILS_MS, Tracks } from './tracks.js';
import { Turns, type TurnsHost } from './turns.js';

/** Whether the server part has more to read than the key allows (its manual): nothing has failed. */
const isPutOff = (error: unknown) => isLayersError(error) && error.code === 'READ_BUDGET_SPENT';

/** Whether a record fails that was read for its dates alone, beside a progress that can be read: what is shown holds. A 401 concerns every read. */
const isSilent = (kind: ReadKind, track: Track, error: unknown) =>
  kind === 'record' &&
  track.phase === 'in-flight' &&
  track.left === null &&
  track.failures === 0 &&
  track.progressAt !== null &&
  !wants(track, 'record') &&
  !(isLayersError(error) && error.status === 401);

/** Decides when each read is sent, for everything a client shows. Holds no data: the cache reports what it follows and knows, and gets every result. */
export class Schedule {
  /** Sends reads without publishing what they bring. */
  readonly reads: ReturnType<typeof createReads>;
  readonly page = new Page((what) => this.#seen(what));
  /** The server's time in milliseconds since 1970; `null` if no response had a `Date` header. */
  readonly serverNow: () => number | null;
  /** A list was read, or failed. */
  readonly listRead: (isGood: boolean) => void;
  readonly #tracks = new Tracks();
  readonly #holds = new Holds();
  readonly #sweeps: Sweeps;
  readonly #turns: Turns;
  readonly #news = new Listeners<[readonly Told[]]>();
  readonly #subscribers = new Listeners();
  readonly #closers = new Listeners();
  #isClosed = false;
  readonly #sources: TurnsHost['sources'] = { leadership: ALONE, push: undefined };

  constructor(api: LayersApi, lines: Pick<Lines, 'read-light'>, deadlineMs: number) {
    this.serverNow = () => api.serverNow();
    this.reads = createReads(api, lines['read-light'].queue, this);
    this.listRead = (isGood) => this.#holds.note('sweep', isGood, lines['read-light'].budget.pausedUntil);
    this.#sweeps = new Sweeps({
      tracks: () => this.#tracks.all.values(),
      session: this.#tracks.session,
      readPage: (projectId, filters, cursor) => this.reads.page(projectId, filters, cursor, cursor === null ? null : 'sweep'),
      tellPage: (projectId, page) => this.tell(toldOfPage(projectId, page)),
    });
    this.#turns = new Turns({
      tracks: this.#tracks,
      holds: this.#holds,
      sweeps: this.#sweeps,
      page: this.page,
      line: lines['read-light'],
      owner: this,
      deadlineMs,
      sources: this.#sources,
      run: (read) => this.#run(read),
      turned: () => {
        this.#sources.push?.look();
        this.#subscribers.call();
      },
    });
  }

  /** Follows a container or a job, until {@link unfollow} with the same `token`. @param isNew a component mounts, so that what was refused is read again */
  follow(token: object, follow: Follow, facts?: Facts, isNew = true): void {
    this.arrive();
    this.#tracks.follow(token, follow, facts, monotonicNow(), isNew);
    this.#sources.leadership.followsChanged();
    this.wake();
  }

  unfollow(token: object, follow: Pick<Follow, 'id' | 'wants'>): void {
    if (!this.#tracks.unfollow(token, follow, monotonicNow())) return;
    if (this.#tracks.all.size === 0) this.#turns.rest();
    this.#sources.leadership.followsChanged();
    this.wake();
  }

  readonly isFollowed = (key: string): boolean => this.#tracks.all.get(key) !== undefined;

  /** Whether something is followed, in flight, and not refused by the server. */
  isAwaited(key: string): boolean {
    const track = this.#tracks.all.get(key);
    return track !== undefined && track.phase !== 'ended' && track.retryAt !== Number.POSITIVE_INFINITY;
  }

  /** Whether the last scheduled read failed, with no successful read since. */
  readonly isFailing = (key: string): boolean => {
    const track = this.#tracks.all.get(key);
    return track !== undefined && errorOf(track) !== null;
  };

  /** What is late although no read of its own fails, and the code of why. */
  readonly late = () => this.#turns.late();

  /** Everything that is followed in this tab, for the leader tab. */
  *follows(): Iterable<{ follow: Follow; isOnScreen: boolean; isAwaited: boolean }> {
    for (const { key, follows } of this.#tracks.all.values())
      for (const follow of follows.values()) yield { follow, isOnScreen: this.page.isOnScreen(key), isAwaited: this.page.isAwaited(key) };
  }

  /** Updates what is known about something that is followed. */
  learn(key: string, facts: Facts): void {
    const track = this.#tracks.all.get(key);
    if (track === undefined) return;
    learnFacts(track, facts, monotonicNow());
    this.wake();
  }

  /** Resolves with the first result, from any read; rejects with the error of its own read, and unless `isAsked` at once while that backs off. */
  async first(key: string, signal: AbortSignal, isAsked: boolean): Promise<void> {
    signal.throwIfAborted();
    const track = this.#tracks.all.get(key);
    if (track === undefined) return;
    this.#isClosed = false;
    const first = this.#tracks.first(track, signal, isAsked, monotonicNow);
    this.wake();
    await first;
  }

  /** Reads something as soon as the budget allows, and publishes the result. Rejects, too, if that is only the last good response. */
  async read(kind: ReadKind, id: string, turn: Turn, signal?: AbortSignal): Promise<Told> {
    const { told, failure } = await this.reads.single(kind, id, turn, signal);
    this.tell([told]);
    if (failure) throw failure;
    return told;
  }

  /** Publishes results to all caches. */
  tell(told: readonly Told[]): void {
    if (told.length === 0) return;
    const now = monotonicNow();
    for (const each of told) this.#tracks.note(each, now, ({ key }) => this.page.isOnScreen(key) && !this.#sources.push?.has(key));
    const news = told.filter(({ kind }) => kind !== 'unchanged');
    if (news.length > 0) this.#news.call(news);
    this.#sources.leadership.told(told);
    this.#tracks.settle(told);
    this.wake();
  }

  /** Somebody is here: takes up the page, and a place among the tabs. */
  arrive(): void {
    this.#isClosed = false;
    this.page.listen();
    this.#sources.leadership.join();
  }

  /** Subscribes to every result, from any source, without being a use of the schedule. Returns an unsubscribe function. */
  readonly onTold = this.#news.add;

  /** Subscribes to possible changes of freshness. Returns an unsubscribe function. */
  subscribe(listener: () => void): () => void {
    this.arrive();
    return this.#subscribers.add(listener);
  }

  /** Reports whether a component that shows the container is on screen. Returns a function that withdraws the report. */
  show(containerId: string, component: object, isOnScreen: boolean): () => void {
    return this.page.show(trackKey({ id: containerId, wants: 'status' }), component, isOnScreen);
  }

  /** Polls a container in a hidden page too, once a minute. Returns a function that ends this. */
  readonly awaitEnd = (containerId: string): (() => void) => this.page.awaitEnd(trackKey({ id: containerId, wants: 'status' }));

  /** Overrides the page's visibility, for React Native; `null` returns to the document's. */
  readonly setPageVisible = (isVisible: boolean | null): void => this.page.override(isVisible);

  /** Whether what failed at `failedAt` for want of a connection or a session needn't wait for its backoff: the connection came back, or other reads have succeeded since. */
  isReachable(failedAt: number): boolean {
    return this.page.onlineAt > failedAt || this.#tracks.reachedAt > failedAt + STILL_FAILS_MS;
  }

  /** The freshness of a container, and why. */
  freshness(containerId: string): Freshness {
    return this.#turns.freshness(trackKey({ id: containerId, wants: 'status' }));
  }

  /** Who reads for all tabs; before that, each tab reads for itself. */
  leadBy(leadership: Leadership): void {
    this.#sources.leadership = leadership;
    this.wake();
  }

  pushBy(push: PushSource): void {
    this.#sources.push = push;
    this.wake();
  }

  readonly offered = (): void => this.#sources.push?.offered();

  /** Whether this tab reads for itself, and for all others. */
  get leads(): boolean {
    return this.#sources.leadership.leads;
  }

  get isPushOpen(): boolean {
    return this.#sources.push?.isOpen === true;
  }

  readonly projectIds = (): Set<string> => this.#tracks.projectIds();

  /** Registers a function to call on {@link close}. Returns a function that withdraws it. */
  readonly onClose = this.#closers.add;

  /** Removes listeners and timers, and rejects waiting reads with `CLOSED`. Following something afterwards starts them again. */
  close(): void {
    this.#isClosed = true;
    this.#turns.rest();
    // Reads aborted from now on don't count as failures.
    this.#sweeps.states.clear();
    this.#tracks.close(closedError());
    this.page.close();
    this.#sources.push?.close();
    this.#closers.call();
  }

  /** Something has ended, and nobody says what. */
  hurry(): void {
    this.#sweeps.hurry();
    this.wake();
  }

  /** Until when lists that nobody in person asks for come after single reads, because one made the server pause them; a time in the past: they don't. */
  get listsHeldUntil(): number {
    const isAnyInFlight = [...this.#tracks.all.values()].some(({ phase }) => phase !== 'ended');
    return isAnyInFlight ? this.#holds.until('sweep') : Number.NEGATIVE_INFINITY;
  }

  /** A list that nobody in person asked for is read: where lists are held, the others wait for how that ends. */
  tryList(): void {
    this.#holds.sent('sweep', monotonicNow());
  }

  /** Plans again within a few milliseconds. */
  wake(): void {
    if (!this.#isClosed) this.#turns.wake();
  }

  #seen(what: PageChange): void {
    if (what === 'online') {
      this.#tracks.reconnect(monotonicNow());
      this.#sweeps.reconnect();
    }
    if (what === 'online' || what === 'shown') this.#tracks.back(what === 'shown' ? this.page.hiddenFor : 0, monotonicNow());
    this.#sources.leadership.followsChanged();
    this.#subscribers.call();
    this.wake();
  }

  async #run(read: PlannedRead): Promise<boolean> {
    if (read.kind === 'sweep') return this.#sweeps.ask(read.projectId, read.question).finally(() => this.wake());
    const { track } = read;
    track.reading.add(read.kind);
    const askedAt = monotonicNow();
    const jobId = read.kind === 'job' ? track.jobId : null;
    try {
      const told = await this.read(read.kind, jobId ?? track.id, null);
      if (jobId !== null && told.kind === 'job') this.tell([{ kind: 'share', id: track.id, job: told.value, askedAt: told.askedAt }]);
      // No list contains it, and it hasn't ended: a status of a newer API.
      if (track.left !== null && track.phase === 'in-flight') Object.assign(track, { isAlone: true, left: null });
      return true;
    } catch (error) {
      // One that nobody wants any more is nobody's failure.
      const isWanted = !isComplete(track) || track.waiting.size > 0;
      const isKnown = track.phase !== 'unknown' && track.waiting.size === 0;
      // The container's own reads go on without it.
      if (jobId !== null) this.#tracks.putOff(track, read.kind, error, monotonicNow());
      else if (isKnown && (isPutOff(error) || isSilent(read.kind, track, error)))
        this.#tracks.putOff(track, read.kind, error, monotonicNow());
      else if (!this.#isClosed && isWanted) this.tell([{ kind: 'error', id: track.id, read: read.kind, error, askedAt }]);
      return false;
    } finally {
      track.reading.delete(read.kind);
      this.wake();
    }
  }
}
