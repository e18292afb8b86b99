import type { Query, QueryCacheNotifyEvent, QueryClient, QueryObserver } from '@tanstack/react-query';
import { monotonicNow } from '../internal/monotonicNow.js';
import type { ContainerSummary } from '../model/container.js';
import { containerKey } from '../model/ids.js';
import { advanceJob, type Job } from '../model/job.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import type { Told } from '../schedule/told.js';
import { type Facts, type Follow, trackKey } from '../schedule/track.js';
import { batch } from './batch.js';
import { type ContainerEntry, progressOf, recordOf, rowOf, shareRow } from './entry.js';
import { type FactsContext, factsOf, jobFacts } from './facts.js';
import { failOnce } from './failOnce.js';
import { layersKeys } from './keys.js';
import { findRow, patchLists, type RowPatch } from './list/patchLists.js';
import { asEntry, entryFrom } from './makeEntry.js';
import { mergeEntry } from './mergeEntry.js';
import { endsLife } from '../progress/ends.js';
import { progressHistoryOf } from './progressHistory.js';
import { clientOf, type ReadMeta } from './readMeta.js';
import type { AdvanceProgressOptions } from '../progress/options.js';

type AnyObserver = QueryObserver<unknown, Error, unknown, unknown, readonly unknown[]>;

/**
 * Connects one query cache with the scheduler of one client: reports what the cache's observers follow, and writes every result. The only place where data
 * about a container is written.
 */
export class ContainerCache {
  readonly #client: LayersClient;
  readonly #queryClient: QueryClient;
  /** The queries of entries, by container key. */
  readonly #queries = new Map<string, Query>();
  /** What each observer currently follows. */
  readonly #follows = new Map<AnyObserver, Follow>();
  /** Everything that needs this cache kept current: observers, mutations in flight, and follower tabs. */
  readonly #users = new Set<object>();
  /** Estimate options of each container, from its observers. */
  readonly #estimates = new Map<string, AdvanceProgressOptions>();
  #stop: (() => void) | undefined;

  constructor(client: LayersClient, queryClient: QueryClient) {
    this.#client = client;
    this.#queryClient = queryClient;
    const cache = queryClient.getQueryCache();
    cache.subscribe((event) => this.#hear(event));
    for (const query of cache.getAll()) {
      this.#index(query);
      this.#learn(query);
      for (const observer of query.observers) this.#look(query, observer as AnyObserver);
    }
  }

  /** The entry of a container; `undefined` if nothing is known. */
  entry(containerId: string): ContainerEntry | undefined {
    return this.#entryAt(containerKey(containerId));
  }

  /** Keeps the cache written to while in use. Returns a function that ends this. */
  use(user: object): () => void {
    this.#users.add(user);
    this.#stop ??= this.#client.schedule.onTold((told) => this.tell(told));
    return () => {
      this.#users.delete(user);
      if (this.#users.size > 0) return;
      this.#stop?.();
      this.#stop = undefined;
    };
  }

  /** Writes results to entries, jobs and the rows of every list, in one batch. */
  tell(told: readonly Told[]): void {
    batch(() => {
      const patches = new Map<string, RowPatch>();
      for (const each of told) {
        if (each.kind === 'job') this.#writeJob(each.id, each.value);
        else if (each.kind === 'error') failOnce(this.#client, this.#queryClient, each);
        else {
          const key = containerKey(each.id);
          const before = patches.get(key);
          const entry = this.#write(key, each);
          if (each.kind === 'record' || each.kind === 'progress' || each.kind === 'row') this.#recover(key);
          patches.set(key, (row) => (entry ? shareRow(row, rowOf(entry)) : this.#merged(before ? before(row) : row, each)));
        }
      }
      if (patches.size > 0) patchLists(this.#queryClient, this.#client.scope, patches);
    });
  }

  /** Publishes rows that a list has read, and returns them merged with what else is known. */
  mergeRows(
    projectId: string,
    rows: readonly ContainerSummary[],
    askedAt: number,
    known: (key: string) => ContainerSummary | undefined,
  ): ContainerSummary[] {
    const told = rows.map(
      (row) => ({ kind: 'row', id: row.id, value: { ...row, projectId: row.projectId ?? projectId }, askedAt }) as const,
    );
    this.#client.schedule.tell(told);
    return told.map((each) => {
      const key = containerKey(each.id);
      const [entry, row] = [this.#entryAt(key), known(key)];
      if (entry) return shareRow(row, rowOf(entry));
      return this.#merged(row, each) ?? each.value;
    });
  }

  /** Creates an entry from a list row, unless there is one. */
  #adopt({ queryKey, state }: Query): void {
    const [library, scope, what, key] = queryKey;
    if (library !== 'layers' || scope !== this.#client.scope || what !== 'container' || state.data !== undefined) return;
    const found = findRow(this.#queryClient, this.#client.scope, String(key));
    if (found) this.#queryClient.setQueryData(queryKey, entryFrom(found.row, true, Math.min(found.readAt, monotonicNow())));
  }

  /** Everything known about a container, for a follower tab. */
  knownOf(key: string): Told[] {
    const entry = this.#entryAt(key);
    if (entry === undefined) return [];
    const { id, sources } = entry;
    const askedAt = monotonicNow();
    const whole: Told = { kind: 'record', id, value: recordOf(entry), askedAt: sources.recordAskedAt ?? askedAt };
    const told: Told[] = [entry.isPartial ? { kind: 'row', id, value: rowOf(entry), askedAt } : whole];
    if (sources.hasProgress) told.push({ kind: 'progress', id, value: progressOf(entry), askedAt });
    return told;
  }

  /** Writes to one entry. A row alone creates none unless the container is followed. */
  #write(key: string, told: Exclude<Told, { kind: 'job' | 'error' }>): ContainerEntry | undefined {
    const known = this.#entryAt(key);
    if (known === undefined && told.kind === 'row' && !this.#client.schedule.isFollowed(key)) return undefined;
    const history = progressHistoryOf(this.#client);
    const next = mergeEntry(known, told, {
      now: monotonicNow(),
      decisions: this.#client.decisions,
      estimate: { history: history.current, ...this.#estimates.get(key) },
    });
    if (next === undefined || next === known) return next;
    if (known !== undefined && endsLife(known, next)) history.learn(next, next.format);
    this.#set(told.id, next);
    return next;
  }

  #set(id: string, entry: ContainerEntry): void {
    this.#queryClient.setQueryData<ContainerEntry>(layersKeys.container(this.#client, id), entry);
  }

  /** Clears the error of a query whose reads succeed again, even if the data is unchanged. */
  #recover(key: string): void {
    const query = this.#queries.get(key);
    if (query?.state.status !== 'error' || query.state.data === undefined || this.#client.schedule.isFailing(key)) return;
    query.setState({ status: 'success', error: null, fetchFailureCount: 0, fetchFailureReason: null });
  }

  #writeJob(jobId: string, job: Job): void {
    this.#queryClient.setQueryData<Job>(layersKeys.job(this.#client, jobId), (known) => advanceJob(known ?? null, job));
  }

  /** A row without an entry, merged with a result. */
  #merged(known: ContainerSummary | undefined, told: Told): ContainerSummary | undefined {
    const now = monotonicNow();
    const base = known && entryFrom(known, true, now);
    const next = mergeEntry(base, told, { now, decisions: this.#client.decisions, estimate: {} });
    return next && shareRow(known, rowOf(next));
  }

  #entryAt(key: string): ContainerEntry | undefined {
    return asEntry(this.#queries.get(key)?.state.data, monotonicNow());
  }

  #hear(event: QueryCacheNotifyEvent): void {
    if (event.type === 'observerAdded' || event.type === 'observerOptionsUpdated') this.#look(event.query, event.observer as AnyObserver);
    else if (event.type === 'observerRemoved') this.#leave(event.observer as AnyObserver);
    else if (event.type === 'added') {
      this.#index(event.query);
      this.#adopt(event.query);
      this.#learn(event.query);
    } else if (event.type === 'removed') {
      const key = String(event.query.queryKey[3]);
      if (this.#queries.get(key) === event.query) this.#queries.delete(key);
    } else if (event.type === 'updated' && (event.action.type === 'success' || event.action.type === 'setState')) this.#learn(event.query);
    else if (event.type === 'updated' && event.action.type === 'error') this.#keepBackoff(event.query);
  }

  /** TanStack marks data whose read failed as invalidated, so that the next mount would read at once: its retry is scheduled, with backoff. */
  #keepBackoff(query: Query): void {
    const [library, scope, what] = query.queryKey;
    const isScheduled = library === 'layers' && scope === this.#client.scope && (what === 'container' || what === 'job' || what === 'list');
    if (isScheduled && query.isActive() && query.state.isInvalidated) query.setState({ isInvalidated: false });
  }

  #index(query: Query): void {
    const [library, scope, what, key] = query.queryKey;
    if (library === 'layers' && scope === this.#client.scope && what === 'container') this.#queries.set(String(key), query);
  }

  /** Reports cached data to the scheduler, whoever wrote it; a plain container written by the host becomes an entry. */
  #learn(query: Query): void {
    const [library, scope, what, id] = query.queryKey;
    const { data, dataUpdatedAt } = query.state;
    if (library !== 'layers' || scope !== this.#client.scope || data === undefined || (what !== 'container' && what !== 'job')) return;
    const entry = what === 'job' ? data : asEntry(data, Math.min(dataUpdatedAt, monotonicNow()));
    if (entry !== data) return query.setState({ data: entry });
    const follow = { id: String(id), wants: what === 'job' ? 'job' : 'record' } as const;
    const facts = this.#client.schedule.isFollowed(trackKey(follow)) ? this.factsAt(follow) : undefined;
    if (facts) this.#client.schedule.learn(trackKey(follow), facts);
  }

  #look(query: Query, observer: AnyObserver): void {
    const [library, scope, what] = query.queryKey;
    if (library !== 'layers' || scope !== this.#client.scope) return;
    // Two clients of one scope share the entries; each follows only the queries of its own options.
    const isOurs = (clientOf(observer.options.queryFn) ?? this.#client) === this.#client;
    const follow = isOurs && isEnabled(observer, query) ? followOf(query, observer, what) : undefined;
    const before = this.#follows.get(observer);
    if (!this.#users.has(observer)) this.use(observer);
    if (follow === undefined) {
      if (before) this.#client.schedule.unfollow(observer, before);
      this.#follows.delete(observer);
      return;
    }
    if (before?.id === follow.id && before.wants === follow.wants && before.interval === follow.interval) return;
    if (before) this.#client.schedule.unfollow(observer, before);
    this.#follows.set(observer, follow);
    const { estimate } = readMeta(observer);
    if (estimate) this.#estimates.set(containerKey(follow.id), estimate);
    this.#client.schedule.follow(observer, follow, this.factsAt(follow));
  }

  #leave(observer: AnyObserver): void {
    const before = this.#follows.get(observer);
    this.#follows.delete(observer);
    if (before) {
      this.#client.schedule.unfollow(observer, before);
      if (readMeta(observer).estimate) this.#estimates.delete(containerKey(before.id));
    }
    if (!this.#users.delete(observer) || this.#users.size > 0) return;
    this.#stop?.();
    this.#stop = undefined;
  }

  /** What is known about something that is followed, as far as it affects when it is read; `undefined`: nothing. */
  factsAt({ id, wants }: Pick<Follow, 'id' | 'wants'>): Facts | undefined {
    if (wants === 'job') {
      const job = this.#queryClient.getQueryData<Job>(layersKeys.job(this.#client, id));
      return job && jobFacts(job, this.#context());
    }
    const entry = this.entry(id);
    return entry && factsOf(entry, this.#context());
  }

  /** What a list's row says of when it is to be read, where nothing else is known. */
  factsOfRow(row: ContainerSummary, readAt: number): Facts {
    return this.factsAt({ id: row.id, wants: 'status' }) ?? factsOf(entryFrom(row, true, readAt), this.#context());
  }

  #context(): FactsContext {
    return { history: progressHistoryOf(this.#client).current, now: monotonicNow(), serverNow: this.#client.schedule.serverNow() };
  }
}

function isEnabled(observer: AnyObserver, query: Query): boolean {
  const { enabled, queryFn } = observer.options;
  return (typeof enabled === 'function' ? enabled(query as never) : enabled) !== false && typeof queryFn === 'function';
}

const readMeta = (observer: AnyObserver): ReadMeta => (observer.options.meta?.['layers'] as ReadMeta | undefined) ?? {};

/** What an observer follows: from the `meta` of our options, else from its key. */
function followOf(query: Query, observer: AnyObserver, what: unknown): Follow | undefined {
  if (what !== 'container' && what !== 'job') return undefined;
  const { follow } = readMeta(observer);
  return follow ?? { id: String(query.queryKey[3]), wants: what === 'job' ? 'job' : 'record', interval: undefined };
}
