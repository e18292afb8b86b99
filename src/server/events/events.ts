import { LayersApi } from '../../client/api.js';
import { validateClientOptions } from '../../client/clientOptions.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import { uuid } from '../../internal/uuid.js';
import { isLayersError } from '../../model/errors.js';
import { containerKey } from '../../model/ids.js';
import { parseJson } from '../../model/plainJson.js';
import { BEAT_MS, type EventsRequest, type FollowRequest, type Pushed, toldFrom } from '../../schedule/pushed.js';
import { Schedule } from '../../schedule/schedule.js';
import type { Told } from '../../schedule/told.js';
import { trackKey } from '../../schedule/track.js';
import type { ServerSettings } from '../options.js';
import { readKey } from '../organization.js';
import type { Link } from '../store/link.js';
import type { KeptAnswer } from '../reader/answers.js';
import type { Reader } from '../reader/reader.js';
import type { WebhookSubject } from '../webhooks/subject.js';
import { Entries } from './entries.js';
import { Followed, followKey, keyOf } from './followed.js';
import { isInFlight, pushedFrom, rowAfter } from './heard.js';
import { Peers } from './peers.js';
import { Polled } from './polled.js';
import { isSameWay, Readings } from './readings.js';
import { Viewer } from './viewer.js';

/** Whose events they are. */
interface EventsPlace {
  /** `null`: the key's own. */
  organization: string | null;
  /** Called when nobody follows anything any more. */
  rest: () => void;
}

/** A base URL that leads nowhere: paths are taken from behind it. */
const NOWHERE = 'https://layers.invalid';

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
    const fetch = async (url: string, { signal }: RequestInit): Promise<Response> => {
      const { status, headers, text } = await reader.scheduled(readKey(organization, url.slice(NOWHERE.length)), signal ?? undefined);
      return new Response(status === 204 || status === 304 ? null : text, { status, headers });
    };
    const settings = validateClientOptions({ baseUrl: NOWHERE, fetch, timeoutMs: timeoutMs + 1_000, edition });
    // Nothing is written here, and reads have their turn already: their reader hears of limits itself.
    const api = new LayersApi(settings, { enter: async () => {}, heard: () => {} });
    this.#schedule = new Schedule(api, { 'read-light': reader.line }, settings.deadlineMs);
    this.#schedule.onTold((told) => this.#learn(told));
    this.#readings = new Readings(this.#schedule, (key) => this.#entries.facts(key));
    this.#peers = new Peers(link, `reader ${organization ?? ''}`, {
      follows: () => this.#follows(),
      follow: (each) => {
        const { follow } = this.#read(each);
        return () => this.#end(follow);
      },
      known: (key) => [...this.#followed.reads(key)].map(({ pushed }) => pushed),
      changed: () => this.#schedule.wake(),
      take: (told) => this.#take(told, { isScheduled: false, isNews: true }),
      touch: (key, at) => this.#touch(key, at),
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

  /** Adds a stream. @param sentSeq the last change that has arrived where a stream of this process is continued; `null`: everything is sent */
  join(asked: EventsRequest, sentSeq: number | null): Viewer {
    const follow = sentSeq === null ? asked.follow.map((each) => ({ ...each, isKnown: false })) : asked.follow;
    const viewer = new Viewer(this.#followed, this.instance, sentSeq, (follow) => this.#end(follow));
    this.#viewers.add(viewer);
    this.change(viewer, { follow, projects: asked.projects });
    this.#beats ??= setInterval(() => this.#beat(), BEAT_MS);
    return viewer;
  }

  /** Has a stream follow this from now on, and nothing else. */
  change(viewer: Viewer, { follow, projects }: Pick<EventsRequest, 'follow' | 'projects'>): void {
    const wanted = new Set(follow.map(followKey));
    for (const each of follow) this.#follow(viewer, each);
    for (const key of [...viewer.follows.keys()]) if (!wanted.has(key)) viewer.unfollow(key);
    for (const projectId of projects) {
      viewer.projects.add(projectId);
      this.#followed.addList(projectId, viewer);
    }
    for (const projectId of viewer.projects) {
      if (projects.includes(projectId)) continue;
      viewer.projects.delete(projectId);
      this.#followed.removeList(projectId, viewer);
    }
  }

  /** Ends a stream. */
  leave(viewer: Viewer): void {
    this.change(viewer, { follow: [], projects: [] });
    viewer.end();
    this.#viewers.delete(viewer);
    this.#restIfIdle();
  }

  /**
   * Takes in that a viewer polls a path, and which response is known: what is in flight is followed for a while, like what a stream follows.
   *
   * @returns whether it was followed already, and is in flight: the plan reads it
   */
  polled(follow: FollowRequest, path: string, viewer: string, { text, askedAt }: KeptAnswer): boolean {
    const wasFollowed = this.#polled.poll(path, viewer, () => {
      const known = pushedFrom(path, parseJson(text), askedAt);
      if (!known.some(isInFlight)) return null;
      const reading = this.#read(follow);
      this.#take(known, {});
      return () => this.#end(reading.follow);
    });
    return wasFollowed && this.#followed.readAt(followKey(follow)) !== null;
  }

  /** Takes in a response that somebody's read got. */
  heard(path: string, body: unknown, askedAt: number, isScheduled: boolean): void {
    this.#take(pushedFrom(path, body, askedAt), { isScheduled });
  }

  /** A container was written to, or the API says that it has changed: it is read once, if anybody follows it. */
  changed(containerId: string): void {
    if (!this.#followed.has(containerKey(containerId))) return;
    // Its failure is told like that of any other read.
    this.#schedule.read('record', containerId, 'first').catch(() => {});
  }

  /** Takes in a webhook: who follows what it is about is told at once, and one read gets the rest. */
  webhook({ containerIds, jobId, status, approvalStatus, projectId }: WebhookSubject): void {
    const at = monotonicNow();
    for (const id of containerIds) {
      if (!this.#followed.has(containerKey(id))) continue;
      const known = [...this.#followed.reads(containerKey(id))].map(({ pushed }) => pushed);
      // Every process hears of it by itself.
      if (projectId !== null) this.#take(rowAfter(known, { id, projectId, status, approvalStatus, at }), { isNews: true });
      if (this.#schedule.leads) this.changed(id);
    }
    if (jobId === null || !this.#schedule.leads) return;
    if (this.#followed.has(trackKey({ id: jobId, wants: 'job' }))) this.#schedule.read('job', jobId, 'first').catch(() => {});
    // A failed job names no containers, neither here nor when it is read.
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

  #follow(viewer: Viewer, asked: FollowRequest): void {
    const before = viewer.follows.get(followKey(asked));
    if (asked.isKnown && before && isSameWay(before, asked)) return;
    // Before it is followed no longer as before: what is known of it stays.
    const { key, follow } = this.#read(asked);
    viewer.follow(key, follow, asked.isKnown);
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

  /** Everything that is followed in this process. */
  #follows(): FollowRequest[] {
    const all = new Map<string, FollowRequest>();
    for (const { follow, isOnScreen } of this.#schedule.follows()) {
      const key = trackKey(follow);
      const known = all.get(key) ?? { id: follow.id, wants: [], isOnScreen, isKnown: false };
      if (!known.wants.includes(follow.wants)) known.wants.push(follow.wants);
      all.set(key, known);
    }
    return [...all.values()];
  }

  #beat(): void {
    for (const viewer of this.#viewers) viewer.beat();
  }

  /** Takes in what was read. `isScheduled`: the scheduler read it, and has it already. `isNews`: another process read it. */
  #take(all: readonly Pushed[], { isScheduled = false, isNews = false }: { isScheduled?: boolean; isNews?: boolean }): void {
    const changed = all.filter((pushed) => this.#followed.take(pushed));
    if (!isNews) {
      const unchanged = all.filter((pushed) => !changed.includes(pushed));
      this.#peers.tell(
        changed,
        unchanged.map((pushed) => [keyOf(pushed), pushed.at]),
      );
    }
    if (isScheduled) return;
    const own = all.filter((pushed) => this.#followed.has(keyOf(pushed)));
    this.#schedule.tell(own.flatMap((pushed) => toldFrom(pushed, pushed.at) ?? []));
  }

  /** Another process has read something that had not changed. */
  #touch(key: string, at: number): void {
    this.#followed.touch(key, at);
    this.#schedule.tell([{ kind: 'unchanged', id: key, askedAt: at }]);
  }

  /** What has been read says when it is to be read next. */
  #learn(told: readonly Told[]): void {
    for (const each of told) {
      if (each.kind === 'error') this.#fail(each);
      else {
        const key = trackKey({ id: each.id, wants: each.kind === 'job' ? 'job' : 'status' });
        const facts = this.#followed.has(key) ? this.#entries.learn(key, each) : undefined;
        if (facts === undefined) continue;
        this.#followed.note(key, facts.phase === 'in-flight');
        this.#schedule.learn(key, facts);
      }
    }
  }

  #fail({ id, read, error, askedAt }: Told & { kind: 'error' }): void {
    const { code, message, status } = isLayersError(error)
      ? error
      : { code: 'NETWORK', message: 'The content service could not be reached.', status: null };
    this.#take([{ kind: 'error', id, read, error: { code, message, status }, at: askedAt }], { isScheduled: true });
  }
}
