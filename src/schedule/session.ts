import { isLayersError } from '../model/errors.js';
import { CADENCE, retryDelay } from './cadence.js';
import type { Track } from './track.js';

/** Something whose read was refused with 401: a container, a job, or a project's list. */
type Refused = Pick<Track, 'failures' | 'retryAt' | 'error'>;

/** What was refused itself waits this much longer than the next try, in milliseconds, so that another read shows whether the session is valid. */
const BEHIND_MS = 10;
/** Where another read succeeded more lately than this, and this one was refused before, it isn't the session that is refused. */
const RECENT_MS = 10_000;

/** The session of all reads. A 401 holds them: one at a time is sent, with backoff up to 60 s, until one succeeds; then what was refused is read again. */
export class Session {
  readonly #refused = new Set<Refused>();
  #refusedAt = Number.NEGATIVE_INFINITY;
  #acceptedAt = Number.NEGATIVE_INFINITY;
  #tries = 0;
  #triedAt = Number.NEGATIVE_INFINITY;
  #error: unknown = null;
  /** What the session is refused with, once a second read was refused as well; `null`: it isn't, as far as is known. */
  error: unknown = null;
  /** When the next read can be sent; `-Infinity`: the session isn't refused. */
  retryAt = Number.NEGATIVE_INFINITY;

  /** Takes in that a read failed, after its own backoff was noted. */
  fail(failed: Refused, error: unknown, now: number): void {
    this.#refused.delete(failed);
    if (!isLayersError(error) || error.status !== 401) return;
    if (failed.failures > 1 && now - this.#acceptedAt < RECENT_MS) return;
    this.#error = error;
    if (this.#tries > 1) this.error = error;
    if (this.#tries === 0) {
      this.#refusedAt = now;
      this.#try(now);
    }
    failed.retryAt = this.retryAt + BEHIND_MS;
    this.#refused.add(failed);
  }

  /** Takes in that a read succeeded. One that was requested before the refusal shows nothing. */
  accept(askedAt: number): void {
    this.#acceptedAt = Math.max(this.#acceptedAt, askedAt);
    if (this.#tries === 0 || askedAt <= this.#refusedAt) return;
    for (const each of this.#refused) Object.assign(each, { error: null, retryAt: 0 });
    this.#refused.clear();
    this.#tries = 0;
    this.error = null;
    this.retryAt = Number.NEGATIVE_INFINITY;
  }

  /** A read is sent. While the session is refused, the next one waits for the backoff, whatever becomes of this one. */
  sent(now: number): void {
    if (this.#tries > 0) this.#try(now);
  }

  /** Somebody is back or looks anew: the next try is due, 2 s after the last at the earliest. */
  hurry(now: number): void {
    if (this.#tries === 0) return;
    this.retryAt = Math.min(this.retryAt, Math.max(now, this.#triedAt + CADENCE.base));
    for (const each of this.#refused) each.retryAt = Math.min(each.retryAt, this.retryAt + BEHIND_MS);
  }

  #try(now: number): void {
    this.#tries += 1;
    this.#triedAt = now;
    this.retryAt = now + (retryDelay(this.#error, this.#tries, Math.random()) || CADENCE.ceiling);
  }
}
