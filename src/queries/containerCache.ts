import type { Query, QueryCacheNotifyEvent, QueryClient } from '@tanstack/react-query';
import { monotonicNow } from '../internal/monotonicNow.js';
import { shareEqual } from '../internal/shareEqual.js';
import type { ContainerSummary } from '../model/container.js';
import { progressAt } from '../progress/progressAt.js';
import { containerKey, jobKey } from '../model/ids.js';
import type { LayersError } from '../model/errors.js';
import { advanceJob, type Job } from '../model/job.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { endsLife } from '../progress/ends.js';
import type { AdvanceProgressOptions } from '../progress/options.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import { type Told, toldOfPage } from '../schedule/told.js';
import { type Facts, type Follow, trackKey } from '../schedule/track.js';
import { agree, isForeign } from './agreed.js';
import { batch } from './batch.js';
import { type ContainerEntry, rowOf, toldOf } from '../entries/entry.js';
import { foreignEntry } from './foreignEntry.js';
import { type FactsContext, factsOf, jobFacts } from '../entries/facts.js';
import { layersKeys } from './keys.js';
import type { ListData } from './list/listData.js';
import { findRow, foreignRows, patchLists, type RowPatch } from './list/patchLists.js';
import { asEntry, entryFrom, shareView } from '../entries/makeEntry.js';
import { mergeEntry } from '../entries/mergeEntry.js';
import { connected, followedBy, followOf, ownReadOf } from './ownReads.js';
import { noteJobProgress, progressOfJob } from './jobProgress.js';
import { type Shown, shownBefore } from './shownBefore.js';
import { dropData, isUsable } from './usable.js';
import { type ProgressHistoryStore, progressHistoryOf } from './progressHistory.js';

/** Connects a query cache with a client's scheduler: reports what its observers follow, and writes every result. Data about containers is written only here. */
export class ContainerCache {
  readonly #client: LayersClient;
  readonly #queryClient: QueryClient;
  readonly #history: ProgressHistoryStore;
  /** The queries of containers and jobs, by their {@link trackKey}. */
  readonly #queries = new Map<string, Query>();
  /** Everything that needs this cache kept current, with what it follows: observers, mutations in flight, and follower tabs. */
  readonly #users = new Map<object, Follow | undefined>();
  readonly #watchers = new Map<string, Set<() => void>>();
  /** Queries with an observer that was added or changed in this task. */
  readonly #mounting = new Set<object>();
  #shownBefore: Shown | undefined;

  constructor(client: LayersClient, queryClient: QueryClient) {
    this.#client = client;
    this.#queryClient = queryClient;
    this.#history = progressHistoryOf(client);
    const cache = queryClient.getQueryCache();
    cache.subscribe((event) => this.#hear(event));
    for (const query of cache.findAll({ queryKey: layersKeys.all(client) })) {
      this.#add(query);
      for (const observer of query.observers) this.#look(query, observer);
    }
  }

  /** The entry of a container; `undefined` if nothing is known. */
  entry(containerId: string): ContainerEntry | undefined {
    return asEntry(this.#queries.get(containerKey(containerId))?.state.data, monotonicNow());
  }

  /** Whether a fetch that starts now is that of a mount, and not a refetch. */
  isMounting(query: object): boolean {
    return this.#mounting.has(query);
  }

  /** Calls `listener` when the entry of a container can have changed. Returns an unsubscribe function. */
  watch(containerId: string, listener: () => void): () => void {
    const key = containerKey(containerId);
    const listeners = this.#watchers.get(key) ?? new Set();
    this.#watchers.set(key, listeners.add(listener));
    return () => {
      if (listeners.delete(listener) && listeners.size === 0) this.#watchers.delete(key);
    };
  }

  /** Writes every result to the cache, and keeps what is followed current, while in use. Returns a function that ends this. */
  use(user: object, follow?: Follow): () => void {
    const { schedule } = this.#client;
    if (!this.#users.has(user)) schedule.arrive();
    const before = this.#users.get(user);
    this.#users.set(user, follow);
    if (shareEqual(before, follow) !== before) {
      if (before) schedule.unfollow(user, before);
      if (follow) schedule.follow(user, follow, this.factsAt(follow));
    }
    return () => this.#leave(user);
  }

  #leave(user: object): void {
    const follow = this.#users.get(user);
    if (follow) this.#client.schedule.unfollow(user, follow);
    this.#users.delete(user);
  }

  /** Writes results from anywhere; while nothing uses this cache, only those about what it has. */
  receive(told: readonly Told[]): void {
    this.tell(this.#users.size > 0 ? told : told.filter(({ id }) => this.#known(containerKey(id))));
  }

  /** Writes results to entries, jobs and the rows of every list, in one batch. */
  tell(told: readonly Told[]): void {
    batch(() => {
      const patches = new Map<string, RowPatch>();
      for (const each of told) {
        if (each.kind === 'error') this.#fail(each);
        else if (each.kind === 'job') this.#tellJob(each);
        else {
          const key = containerKey(each.id);
          const before = patches.get(key);
          this.#write(key, each);
          patches.set(key, (row) => this.#rowAfter(before ? before(row) : row, each));
        }
      }
      if (patches.size > 0) patchLists(this.#queryClient, this.#client.scope, patches);
    });
  }

  /** Writes a job, and how much of it is done to the containers that it makes. */
  #tellJob({ id, value, askedAt }: Told & { kind: 'job' }): void {
    const before = this.#jobOf({ id, wants: 'job' });
    const read = advanceJob(before ?? null, value);
    if (read !== before) noteJobProgress(before, read, { now: monotonicNow(), serverTime: this.#serverTime() });
    const job = this.#queryClient.setQueryData<Job>(layersKeys.job(this.#client, id), read) ?? read;
    for (const each of job.containerIds) this.#write(containerKey(each), { kind: 'share', id: each, job, askedAt });
  }

  /** The progress of a job; `undefined` if nothing is known. */
  jobProgress(id: string): ContainerProgress | undefined {
    const job = this.#jobOf({ id, wants: 'job' });
    return job && progressOfJob(job);
  }

  /** What bars show now of containers at work. */
  shown(): Shown {
    const shown: Shown = {};
    for (const key of this.#queries.keys()) {
      const entry = key.startsWith(jobKey('')) ? undefined : this.entry(key);
      if (!entry || entry.isTerminal || entry.createdAt === null) continue;
      const { percent } = progressAt(entry, monotonicNow());
      if (percent !== null) shown[key] = [entry.createdAt, percent];
    }
    return shown;
  }

  /** What a bar showed of a container before the page was loaded again; `null`: not known, or of another. */
  #shownPercent(key: string, createdAt: string | null): number | null {
    this.#shownBefore ??= shownBefore(this.#client.scope);
    const kept = Object.hasOwn(this.#shownBefore, key) ? this.#shownBefore[key] : undefined;
    return kept !== undefined && kept[0] === createdAt ? kept[1] : null;
  }

  #serverTime(): string | null {
    const now = this.#client.schedule.serverNow();
    return now === null ? null : new Date(now).toISOString();
  }

  /** Publishes rows that a list has read, and returns them merged with what else is known. */
  mergeRows(projectId: string, rows: ContainerSummary[], askedAt: number, known: (key: string) => ContainerSummary | undefined) {
    const told = toldOfPage(projectId, { value: { containers: rows }, askedAt });
    this.#client.schedule.tell(told);
    return told.map((each) => this.#rowAfter(known(containerKey(each.id)), each) ?? each.value);
  }

  /** What is known about something that is followed, as far as it affects when it is read; `undefined`: nothing. */
  factsAt(follow: Pick<Follow, 'id' | 'wants'>): Facts | undefined {
    if (follow.wants !== 'job') {
      const entry = this.entry(follow.id);
      return entry && factsOf(entry, this.#factsContext());
    }
    const job = this.#jobOf(follow);
    return job && jobFacts(job, this.#factsContext());
  }

  /** Everything that is known about something that is followed, as results. */
  knownOf(follow: Pick<Follow, 'id' | 'wants'>): Told[] {
    const now = monotonicNow();
    if (follow.wants === 'job') {
      const job = this.#jobOf(follow);
      return job ? [{ kind: 'job', id: follow.id, value: job, askedAt: now }] : [];
    }
    const entry = this.entry(follow.id);
    return entry ? toldOf(entry, now) : [];
  }

  #jobOf(follow: Pick<Follow, 'id' | 'wants'>): Job | undefined {
    return this.#queries.get(trackKey(follow))?.state.data as Job | undefined;
  }

  /** Whether the data of a query has the shape that is expected: else it is dropped as soon as this cache hears of it. */
  isUsable(query: Pick<Query, 'queryKey' | 'state'>): boolean {
    return isUsable(query);
  }

  /** What a list's row says of when it is to be read, where nothing else is known. */
  factsOfRow(row: ContainerSummary, readAt: number): Facts {
    return factsOf(this.entry(row.id) ?? entryFrom(row, readAt), this.#factsContext());
  }

  #factsContext(): FactsContext {
    return { history: this.#history.current, now: monotonicNow(), serverNow: this.#client.schedule.serverNow() };
  }

  /** Writes to one entry. A row alone creates none unless the container is followed. */
  #write(key: string, told: Exclude<Told, { kind: 'job' | 'error' }>): void {
    const { schedule } = this.#client;
    if (told.kind === 'row' && this.entry(key) === undefined && !schedule.isFollowed(key)) return;
    const known = this.#known(key);
    const next = this.#merge(known, told);
    // Reads succeed again, even if the data is unchanged.
    const isRecovered = 'value' in told && this.#queries.get(key)?.state.status === 'error' && !schedule.isFailing(key);
    if (next === undefined || (next === known && !isRecovered)) return;
    if (known !== undefined && endsLife(known, next)) this.#history.learn(next, next.format);
    this.#queryClient.setQueryData<ContainerEntry>(layersKeys.container(this.#client, told.id), agree(next));
  }

  /** What is known of a container: its entry, or one made of the row of a list. */
  #known(key: string): ContainerEntry | undefined {
    const entry = this.entry(key);
    const found = entry ? undefined : findRow(this.#queryClient, this.#client.scope, key);
    return found ? entryFrom(found.row, found.readAt) : entry;
  }

  #merge(known: ContainerEntry | undefined, told: Told): ContainerEntry | undefined {
    const observers = this.#queries.get(containerKey(told.id))?.observers ?? [];
    const asked = observers.map((observer) => ownReadOf(observer)?.estimate);
    const format = known?.format ?? null;
    const createdAt = known?.createdAt ?? (told.kind === 'row' || told.kind === 'record' ? told.value.createdAt : null);
    return mergeEntry(known, told, {
      now: monotonicNow(),
      decisions: this.#client.decisions,
      estimate: Object.assign(
        {
          shownPercent: this.#shownPercent(containerKey(told.id), createdAt),
          serverTime: this.#serverTime(),
          history: this.#history.current,
          plan: this.#history.planFor(format),
        },
        ...asked,
      ) as AdvanceProgressOptions,
    });
  }

  /** The row of a list after a result: that of the entry, or without one the row itself, merged with the result. */
  #rowAfter(row: ContainerSummary | undefined, told: Told): ContainerSummary | undefined {
    const entry = this.entry(told.id) ?? this.#merge(row && entryFrom(row, monotonicNow()), told);
    return entry && shareView(row, rowOf(entry));
  }

  /** Reports a failed scheduled read to the observers of its query, as a fetch that rejects. */
  #fail({ id, read, error }: Told & { kind: 'error' }): void {
    const query = this.#queries.get(trackKey({ id, wants: read === 'job' ? 'job' : 'record' }));
    if (!query?.isActive() || query.state.fetchStatus !== 'idle') return;
    query
      .fetch({ ...query.options, retry: false, networkMode: 'always' }, { initialPromise: Promise.reject(error as LayersError) })
      .catch(() => undefined);
  }

  #hear(event: QueryCacheNotifyEvent): void {
    const { type, query } = event;
    const [library, scope, what] = query.queryKey;
    if (library !== 'layers' || scope !== this.#client.scope) return;
    if (type === 'observerAdded' || type === 'observerOptionsUpdated') return this.#look(query, event.observer);
    if (type === 'observerRemoved') return this.#leave(event.observer);
    const action = type === 'updated' ? event.action.type : null;
    // TanStack marks data whose read failed as invalidated, so that the next mount would read at once: its retry is scheduled, with backoff.
    if (action === 'error' && what !== 'asset' && query.isActive() && query.state.isInvalidated) query.setState({ isInvalidated: false });
    if (type === 'added') this.#add(query);
    else if ((action === 'success' || action === 'setState') && !isUsable(query)) return dropData(query);
    const follow = followOf(query);
    if (follow === undefined) return action === 'success' || action === 'setState' ? this.#learnList(query) : undefined;
    const key = trackKey(follow);
    if (type === 'removed' && this.#queries.get(key) === query) this.#queries.delete(key);
    if (action === 'success' || action === 'setState') this.#learn(query, follow);
    for (const listener of [...(this.#watchers.get(key) ?? [])]) listener();
  }

  #add(query: Query): void {
    const follow = followOf(query);
    if (follow !== undefined) {
      this.#queries.set(trackKey(follow), query);
      connected(this.#client).add(query);
    }
    if (!isUsable(query)) dropData(query);
    if (follow === undefined) return this.#learnList(query);
    if (query.state.data !== undefined) return this.#learn(query, follow);
    // An entry starts from the row of a list, if there is one.
    const known = follow.wants === 'job' ? undefined : this.#known(trackKey(follow));
    if (known) this.#queryClient.setQueryData(query.queryKey, agree(known));
  }

  /** Reports cached data to the scheduler, whoever wrote it. */
  #learn(query: Query, follow: Follow): void {
    if (follow.wants !== 'job' && isForeign(query)) return this.#takeUp(query, follow.id);
    const entry = follow.wants === 'job' ? undefined : this.entry(follow.id);
    if (entry?.isTerminal && entry.format !== null) this.#history.file(entry, entry.format);
    const facts = this.factsAt(follow);
    if (facts) this.#client.schedule.learn(trackKey(follow), facts);
  }

  /** Merges data that somebody else wrote (the host, hydration) with what is known, so that hooks and lists agree. */
  #takeUp(query: Query, key: string): void {
    const next = foreignEntry(this.#queryClient, query, (entry, told) => this.#merge(entry, told));
    if (next === undefined) return;
    query.setState({ data: agree(next) });
    patchLists(this.#queryClient, this.#client.scope, new Map([[key, (row) => row && rowOf(next)]]));
  }

  /** Merges rows that somebody else wrote to a list (the host, hydration) with what is known. */
  #learnList(query: Query): void {
    if (query.queryKey[2] !== 'list' || !isForeign(query)) return;
    this.tell(foreignRows(this.#queryClient, query as unknown as Query<ListData>, (key) => this.entry(key) !== undefined));
  }

  #look(query: Query, observer: Query['observers'][number]): void {
    // A mount fetches in the task in which it adds its observer.
    this.#mounting.add(query);
    queueMicrotask(() => this.#mounting.delete(query));
    this.use(observer, followedBy(query, observer, this.#client));
  }
}
