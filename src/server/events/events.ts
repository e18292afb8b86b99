import { lateBy } from '../../client/transport.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import { uuid } from '../../internal/uuid.js';
import { containerKey } from '../../model/ids.js';
import { parseJson } from '../../model/plainJson.js';
import { BEAT_MS, type FollowRequest, type Pushed, toldFrom, followKey } from '../../schedule/pushed.js';
import { Schedule } from '../../schedule/schedule.js';
import { filtersOf } from '../../schedule/sweepState.js';
import type { Told } from '../../schedule/told.js';
import { keyOf, trackKey } from '../../schedule/track.js';
import type { ServerSettings } from '../options.js';
import type { Link } from '../store/link.js';
import type { KeptAnswer } from '../reader/answers.js';
import type { PlannedRead, Reader } from '../reader/reader.js';
import type { WebhookSubject } from '../webhooks/subject.js';
import { Entries } from './entries.js';
import { Followed } from './followed.js';
import { isInFlight, pushedFailure, pushedFrom } from './heard.js';
import { ListReads } from './listReads.js';
import { Peers, type UnchangedRead } from './peers.js';
import { Polled } from './polled.js';
import { readerApi } from './readerApi.js';
import { Readings, shareAmong } from './readings.js';
import { Viewer } from './viewer.js';
import { webhookNews } from './webhookNews.js';

/** Whose events they are. */
interface EventsPlace {
  /** `null`: the key's own. */
  organization: string | null;
  /** Called when nobody follows anything any more. */
  rest: () => void;
}

/**
 * Reads what all viewers of this server follow, each once, by the plan that browsers use, and tells them what has changed. Idle while nobody follows anything.
 */
export class Events {
  readonly #schedule: Schedule;
  readonly #followed = new Followed();
  readonly #readings: Readings;
  readonly #viewers = new Set<Viewer>();
  readonly #entries = new Entries(() => this.#schedule.serverNow());
  readonly #peers: Peers;
  readonly #lists = new ListReads(this.#followed, (projectId) => this.#schedule.reads.page(projectId, filtersOf('search'), null, 'rest'));
  readonly #polled = new Polled(() => this.#restIfIdle());
  readonly #rest: () => void;
  #beats: ReturnType<typeof setInterval> | undefined;
  /** Names this process, for {@link resumedFrom}. */
  readonly instance = uuid();

  constructor(
    { timeoutMs, edition }: Pick<ServerSettings, 'timeoutMs' | 'edition'>,
    reader: Reader,
    link: Link,
    { organization, rest }: EventsPlace,
  ) {
    this.#rest = rest;
    const { api, deadlineMs } = readerApi(reader, { timeoutMs, edition, organization });
    this.#schedule = new Schedule(api, { 'read-light': reader.line }, deadlineMs);
    this.#schedule.onTold((told) => this.#learn(told));
    this.#readings = new Readings(this.#schedule, (key) => this.#entries.facts(key));
    this.#peers = new Peers(link, `reader ${organization ?? ''}`, {
      follows: () => this.#readings.all(),
      follow: (each) => {
        const { follow } = this.#read(each);
        return () => this.#end(follow);
      },
      known: (key) => [...this.#followed.reads(key)].map(({ pushed }) => pushed),
      changed: () => this.#schedule.wake(),
      take: (told) => this.#take(told, { isScheduled: false, isNews: true }),
      touch: (key, at, kind) => {
        if (this.#lists.touch(key, at)) return;
        this.#followed.touch(key, at, kind);
        this.#schedule.tell([{ kind: 'unchanged', id: key, of: kind, askedAt: at }]);
      },
    });
    this.#schedule.leadBy(this.#peers);
  }

  /** How many streams there are. */
  get viewers(): number {
    return this.#viewers.size;
  }

  /** How many containers and jobs are followed. */
  get followed(): number {
    return this.#followed.size;
  }

  /** The number of the last change. */
  get seq(): number {
    return this.#followed.seq;
  }

  /** Adds a stream, which follows nothing yet. @param sentSeq the last change that has arrived where a stream of this process is continued; `null`: none */
  join(sentSeq: number | null): Viewer {
    const viewer = new Viewer(this.#followed, this.instance, sentSeq, (follow) => this.#end(follow));
    this.#viewers.add(viewer);
    this.#beats ??= setInterval(() => this.#beat(), BEAT_MS);
    return viewer;
  }

  /** Has a stream follow something, too. @param since the last change of it that has arrived; 0: none */
  follow(viewer: Viewer, item: { follow: FollowRequest } | { projectId: string }, since: number): void {
    if ('follow' in item) {
      // Before it is followed no longer as before: what is known of it stays.
      const { key, follow } = this.#read(item.follow);
      viewer.follow(key, follow, since);
    } else this.#lists.follow(item.projectId, viewer);
  }

  /** Ends {@link follow}. */
  unfollow(viewer: Viewer, item: { follow: FollowRequest } | { projectId: string }): void {
    if ('follow' in item) viewer.unfollow(followKey(item.follow));
    else this.#lists.unfollow(item.projectId, viewer);
  }

  /** Ends a stream. */
  leave(viewer: Viewer): void {
    viewer.end();
    for (const projectId of viewer.projects) this.unfollow(viewer, { projectId });
    // Once: these events may be at rest by then, and others have taken their place.
    if (this.#viewers.delete(viewer)) this.#restIfIdle();
  }

  /**
   * Takes in that a viewer polls a path, and which response is known: what is in flight is followed for a while, like what a stream follows.
   *
   * @returns whether its reads fail, if it was followed already, and is in flight: the plan reads it; `null`: the plan doesn't
   */
  polled(follow: FollowRequest, path: string, viewer: string, { text, askedAt }: KeptAnswer): PlannedRead | null {
    const wasFollowed = this.#polled.poll(path, viewer, (count) => {
      const known = pushedFrom(path, parseJson(text), askedAt);
      if (!known.some(isInFlight)) return null;
      const reading = this.#read({ ...follow, share: shareAmong(count) });
      this.#beats ??= setInterval(() => this.#beat(), BEAT_MS);
      this.#take(known, {});
      return () => this.#end(reading.follow);
    });
    const key = followKey(follow);
    return wasFollowed && this.#followed.isAwaited(key) ? { failure: this.#followed.failure(key)?.code } : null;
  }

  /** Takes in a response that somebody's read got. */
  heard(path: string, body: unknown, askedAt: number, isScheduled: boolean): void {
    this.#peers.tell([], this.#lists.heard(path, askedAt));
    this.#take(pushedFrom(path, body, askedAt), { isScheduled });
  }

  /** A container was written to, or the API says that it has changed: it is read once, if anybody follows it. */
  changed(containerId: string): void {
    if (!this.#followed.has(containerKey(containerId))) return;
    // Its failure is told like that of any other read.
    this.#schedule.read('record', containerId, 'first').catch(() => {});
  }

  /** Takes in a webhook: who follows what it is about is told at once, and one read gets the rest. @param isShared whether the other processes have it, too */
  webhook(subject: WebhookSubject, isShared: boolean): void {
    const { containerIds, jobId } = subject;
    this.#take(
      webhookNews(subject, this.#followed, (key) => this.#entries.facts(key)?.projectId ?? null, this.#schedule.serverNow() ?? Date.now()),
      { isNews: isShared },
    );
    if (!this.#schedule.leads) return;
    for (const id of containerIds) this.changed(id);
    if (jobId === null) return;
    if (this.#followed.has(trackKey({ id: jobId, wants: 'job' }))) this.#schedule.read('job', jobId, 'first').catch(() => {});
    // Nothing is known of its containers: neither the webhook nor a read of a job that failed names them.
    if (containerIds.length === 0) this.#schedule.hurry();
  }

  /** Ends all streams, and what is being read for them. */
  close(): void {
    this.#polled.close();
    for (const viewer of [...this.#viewers]) this.leave(viewer);
  }

  #restIfIdle(): void {
    if (this.#viewers.size + this.#polled.size > 0) return;
    clearInterval(this.#beats);
    this.#beats = undefined;
    this.#schedule.close();
    this.#peers.close();
    this.#rest();
  }

  /** Reads something, until {@link #end}. */
  #read(asked: FollowRequest): ReturnType<Readings['add']> {
    this.#followed.keep(followKey(asked));
    return this.#readings.add(asked);
  }

  #end(follow: FollowRequest): void {
    if (!this.#readings.remove(follow)) return;
    const key = followKey(follow);
    this.#followed.forget(key);
    this.#entries.forget(key);
  }

  #beat(): void {
    for (const { key, id, read, code } of this.#schedule.late())
      if (this.#followed.failure(key) === null) this.#fail({ kind: 'error', id, read, error: lateBy(code), askedAt: monotonicNow() });
    for (const viewer of this.#viewers) viewer.beat();
  }

  /** Takes in what was read. `isScheduled`: the scheduler read it, and has it already. `isNews`: another process read it. */
  #take(all: readonly Pushed[], { isScheduled = false, isNews = false }: { isScheduled?: boolean; isNews?: boolean }): void {
    const changed = all.filter((pushed) => this.#followed.take(pushed));
    if (!isNews) {
      const unchanged = all.filter((pushed) => !changed.includes(pushed));
      this.#peers.tell(
        changed,
        unchanged.flatMap((pushed) => (pushed.kind === 'error' ? [] : [[keyOf(pushed), pushed.at, pushed.kind] satisfies UnchangedRead])),
      );
    }
    if (isScheduled) return;
    const own = all.filter((pushed) => this.#followed.has(keyOf(pushed)));
    this.#schedule.tell(own.flatMap((pushed) => toldFrom(pushed, pushed.at) ?? []));
  }

  /** What has been read says when it is to be read next. */
  #learn(told: readonly Told[]): void {
    for (const each of told) {
      if (each.kind === 'error') this.#fail(each);
      else {
        const key = keyOf(each);
        this.#recover(key, each);
        const facts = this.#followed.has(key) ? this.#entries.learn(key, each) : undefined;
        if (facts === undefined) continue;
        this.#followed.note(key, facts.phase === 'in-flight');
        this.#schedule.learn(key, facts);
      }
    }
  }

  #recover(key: string, told: Told): void {
    if (!('value' in told) || this.#schedule.isFailing(key)) return;
    const read = this.#followed.recover(key, told.kind, told.askedAt);
    if (read && this.#schedule.leads) this.#peers.tell([read], []);
  }

  #fail(failed: Told & { kind: 'error' }): void {
    this.#take([pushedFailure(failed)], { isScheduled: true });
  }
}
