import { isLayersError } from '../model/errors.js';
import { ANEW_AFTER_MS, REFUSED_FOR_MS, refusedFor, retryDelay } from './cadence.js';
import { Session } from './session.js';
import type { ReadKind, Told } from './told.js';
import { type Facts, type Follow, keyOf, learnFacts, mainRead, newTrack, type Track, trackKey, wants } from './track.js';

/** How long what was followed is remembered after nobody looks any more, so that scrolling past it doesn't read it again, nor what failed. */
const REMEMBERED_MS = REFUSED_FOR_MS;
/** After this many records without a project, no more are read to learn one. */
const PROJECTLESS_AT_MOST = 2;
const NO_FAILURE = { failures: 0, retryAt: 0, error: null, reason: null };

/** What failed more lately than this, while another read succeeded, waits for its backoff: not all may be reachable. */
export const STILL_FAILS_MS = 10_000;

/** Everything that is followed, and for a while what was. */
export class Tracks {
  /** What is followed, by key. */
  readonly all = new Map<string, Track>();
  /** What nobody follows any more, in the order in which it was left. */
  readonly #left = new Map<string, { track: Track; at: number }>();
  #projectless = 0;
  readonly session = new Session();
  /** When a read last succeeded; `-Infinity`: never. */
  reachedAt = Number.NEGATIVE_INFINITY;
  /** When that last was so after a while in which nothing succeeded. */
  #backAt = Number.NEGATIVE_INFINITY;

  /** Whether this server sends no projects, so that none is asked for. */
  get hasNoProjects(): boolean {
    return this.#projectless >= PROJECTLESS_AT_MOST;
  }

  /** The projects of all that is followed or remembered. */
  projectIds(): Set<string> {
    const all = [...this.all.values(), ...[...this.#left.values()].map(({ track }) => track)];
    return new Set(all.flatMap(({ projectId }) => projectId ?? []));
  }

  /** The track that a result is about. */
  of(told: Told): Track | undefined {
    return this.all.get(keyOf(told));
  }

  /** @param isNew a component mounts: what was refused is read again */
  follow(token: object, follow: Follow, facts: Facts | undefined, now: number, isNew: boolean): void {
    const key = trackKey(follow);
    this.#forgetLeft(now);
    const remembered = this.#left.get(key);
    const left = remembered?.track;
    this.#left.delete(key);
    // It comes into view anew: what can wait waits again, so that scrolling past it reads nothing.
    if (left && now - remembered.at >= ANEW_AFTER_MS) left.since = now;
    const track = this.all.get(key) ?? (facts && left) ?? newTrack(key, follow.id, now);
    // The cache can have dropped its data since: its backoff remains.
    if (left && track !== left) {
      const { failing, failures, retryAt, error, reason, failedAt, failedAskedAt } = left;
      Object.assign(track, { failing, failures, retryAt, error, reason, failedAt, failedAskedAt });
    }
    if (isNew) {
      readAgain(track);
      this.session.hurry(now);
    }
    this.all.set(key, track);
    track.follows.set(token, follow);
    if (facts) learnFacts(track, facts, now);
  }

  /** Whether it was followed. */
  unfollow(token: object, follow: Pick<Follow, 'id' | 'wants'>, now: number): boolean {
    const track = this.all.get(trackKey(follow));
    if (!track?.follows.delete(token)) return false;
    this.#leave(track, now);
    return true;
  }

  first(track: Track, signal: AbortSignal, isAsked: boolean, now: () => number): Promise<void> {
    if (!isAsked && this.session.error !== null) return Promise.reject(this.session.error);
    if (!isAsked && track.error !== null && track.retryAt > now()) return Promise.reject(track.reason);
    return new Promise((resolve, reject) => {
      const settle = (settled: () => void) => {
        track.waiting.delete(waiting);
        signal.removeEventListener('abort', cancel);
        this.#leave(track, now());
        settled();
      };
      const waiting = { resolve: () => settle(resolve), reject: (error: unknown) => settle(() => reject(error)) };
      const cancel = () => waiting.reject(signal.reason);
      signal.addEventListener('abort', cancel, { once: true });
      track.waiting.add(waiting);
      retryFrom(track, 0);
    });
  }

  /** Takes in that something was read, or could not be. `isPolled`: by itself, so that a list doesn't make up for that. */
  note(told: Told, now: number, isPolled: (track: Track) => boolean): void {
    const track = this.of(told);
    const isOlder = track !== undefined && told.askedAt < track.failedAskedAt;
    if ('value' in told && !isOlder) {
      this.#reached(now);
      this.session.accept(told.askedAt);
    }
    if (told.kind === 'record' && told.value.projectId === null && track) this.#projectless += 1;
    if (track === undefined || told.kind === 'approval' || told.kind === 'decision') return;
    if (told.kind === 'error') {
      track.failures += 1;
      this.putOff(track, told.read, told.error, now);
      const pause = retryDelay(told.error, track.failures, Math.random());
      track.retryAt = retryTime(pause, now);
      // It failed with everything else, before that came back.
      if (told.askedAt < this.#backAt && pause !== false && !isTold(told.error)) retryFrom(track, now);
      track.error = isLayersError(told.error) ? told.error.code : 'UNKNOWN';
      track.reason = told.error;
      track.failedAt = now;
      track.failedAskedAt = told.askedAt;
      this.session.fail(track, told.error, now);
      // Where the session is refused, nothing that waits for its turn would be read.
      for (const each of this.session.error === null ? [track] : this.all.values())
        for (const waiting of [...each.waiting]) waiting.reject(told.error);
      return;
    }
    track.readAt = Math.max(track.readAt ?? Number.NEGATIVE_INFINITY, Math.min(now, told.askedAt));
    if (told.kind === 'unchanged') {
      // A list carries no progress.
      const isOfProgress = told.of === undefined || told.of === 'progress';
      if (isOfProgress && track.progressAt !== null) track.progressAt = Math.max(track.progressAt, told.askedAt);
      return;
    }
    if (told.kind === 'row') {
      if (told.askedAt > track.failedAt) readAgain(track);
      // What depends on the list is current again; the read of an outcome can still fail.
      if (!isOlder && track.phase !== 'ended' && !(wants(track, 'progress') && isPolled(track))) track.error = null;
      return;
    }
    if (told.kind === 'record') track.recordAt = told.askedAt;
    if (told.kind === 'progress') track.progressAt = now;
    if (told.kind === 'share') {
      track.jobAt = now;
      // Its own progress tells how it ended.
      if (told.job.status !== 'running') track.progressAt = null;
      track.failing.delete('job');
      return;
    }
    // The last good response of a server part, which may be asked again as usual.
    if (isOlder) track.failures = 0;
    else if (told.kind !== 'accepted' && told.kind !== mainRead(track) && track.failing.has(mainRead(track)))
      track.failing.delete(told.kind);
    else {
      Object.assign(track, NO_FAILURE);
      if (told.kind === 'accepted') track.failing.clear();
      else track.failing.delete(told.kind);
    }
    this.reconnect(now - STILL_FAILS_MS);
  }

  /** One kind of read is repeated later. Alone where the server part put it off, which has more to read than the key allows: what is known holds. */
  putOff(track: Track, kind: ReadKind, error: unknown, now: number): void {
    const failures = (track.failing.get(kind)?.failures ?? 0) + 1;
    // After a 401 the session holds all reads, so this kind of read needs no backoff of its own.
    const pause = isLayersError(error) && error.status === 401 ? 0 : retryDelay(error, failures, Math.random());
    track.failing.set(kind, { failures, retryAt: retryTime(pause, now) });
  }

  /** Resolves what waits for a first result, after that was written. A decision, say, writes nothing of what isn't known. */
  settle(told: readonly Told[]): void {
    for (const each of told) {
      const isData = 'value' in each || (each.kind === 'accepted' && !each.job.isReplay);
      if (isData) for (const waiting of [...(this.of(each)?.waiting ?? [])]) waiting.resolve();
    }
  }

  /** The connection is back: what failed for want of it until then is due at once, whatever its backoff. */
  reconnect(until: number): void {
    for (const track of this.all.values()) if (track.error === 'NETWORK' && track.failedAt <= until) retryFrom(track, 0);
  }

  /** Somebody is back: a refused session is tried again, and after long enough everything that was refused. @param awayFor in milliseconds */
  back(awayFor: number, now: number): void {
    this.session.hurry(now);
    if (awayFor >= ANEW_AFTER_MS) for (const track of this.all.values()) readAgain(track);
  }

  /** Where nothing succeeded for a while, whatever failed meanwhile failed with everything else: it is due at once, unless the server said when. */
  #reached(now: number): void {
    const isBack = now - this.reachedAt > STILL_FAILS_MS;
    for (const track of isBack ? this.all.values() : []) {
      const { error, reason, retryAt, failedAt } = track;
      if (error !== null && retryAt !== Number.POSITIVE_INFINITY && failedAt > this.reachedAt && !isTold(reason)) retryFrom(track, 0);
    }
    if (isBack) this.#backAt = now;
    this.reachedAt = now;
  }

  /** Rejects all that waits, and forgets what was left. */
  close(error: unknown): void {
    this.#left.clear();
    for (const { waiting } of this.all.values()) for (const each of [...waiting]) each.reject(error);
  }

  #leave(track: Track, now: number): void {
    if (track.follows.size > 0 || track.waiting.size > 0 || !this.all.delete(track.key)) return;
    this.#left.delete(track.key);
    this.#left.set(track.key, { track, at: now });
    this.#forgetLeft(now);
  }

  #forgetLeft(now: number): void {
    for (const [key, { at }] of this.#left) {
      if (now - at <= REMEMBERED_MS) return;
      this.#left.delete(key);
    }
  }
}

/** Whether the server said when a read can be repeated. */
const isTold = (error: unknown) => isLayersError(error) && error.retryAfterMs !== null;

/** Something that was refused for good is read once more, as soon as it was left alone for long enough. */
function readAgain(track: Track): void {
  for (const each of [track, ...track.failing.values()])
    if (each.retryAt === Number.POSITIVE_INFINITY) each.retryAt = track.failedAt + refusedFor(each.failures);
}

/** Whatever failed can be retried from a time on. */
function retryFrom(track: Track, at: number): void {
  for (const each of [track, ...track.failing.values()]) each.retryAt = at;
}

/** When a read can be retried after a pause; `false`: it can't. */
const retryTime = (pause: number | false, now: number): number => (pause === false ? Number.POSITIVE_INFINITY : now + pause);
