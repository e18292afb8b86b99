import type { RateLimitInfo } from '../client/transport.js';
import { pauseOf } from './cadence.js';

/** Our share of the server's limit: other programs use the same key. */
const SHARE_OF_LIMIT = 0.8;
/** How fast a lowered limit recovers, as a share of the full limit per minute. */
const RAISE_BY = 0.25;
/** The longest pause after 429s that name none. */
const LONGEST_BACKOFF_MS = 60_000;

/** The current limit: by default, set explicitly, or from the rate-limit headers; lowered for a while and paused after a 429. */
export class ServerLimit {
  /** Until when nothing may be sent; a time in the past if nothing is paused. */
  pausedUntil = Number.NEGATIVE_INFINITY;
  /** Called when the pause, or what is spent, has grown. */
  onGrown: () => void = () => {};
  readonly #largest: number;
  /** The lowest explicit limit. */
  #explicit = Number.POSITIVE_INFINITY;
  #full: number;
  /** The share of the full limit when it was last lowered. */
  #share = 1;
  #loweredAt = Number.NEGATIVE_INFINITY;
  /** 429s in a row. */
  #refusals = 0;

  /** @param largest the largest `X-RateLimit-Limit` accepted: the header is undocumented, so a number above the largest tier is ignored */
  constructor(limit: number, largest: number) {
    this.#full = limit;
    this.#largest = largest;
  }

  /** Requests allowed in any 60 s at this moment. */
  limit(now: number): number {
    return Math.max(1, Math.floor(this.#full * this.#shareAt(now)));
  }

  /** Sets an explicit limit, which is never raised: neither by the server nor by another client with the same name. */
  limitTo(limit: number): void {
    this.#explicit = Math.min(this.#explicit, limit);
    this.#full = Math.min(this.#full, limit);
  }

  /** Applies the rate-limit headers of a response. */
  hear({ status, retryAfterMs, limit, remaining }: RateLimitInfo, now: number): void {
    const named = limit !== null && limit >= 1 && limit <= this.#largest ? limit : null;
    if (named !== null) this.#full = named >= this.#explicit ? this.#explicit : Math.floor(named * SHARE_OF_LIMIT);
    const isPaused = now < this.pausedUntil;
    const sinceLowered = now - this.#loweredAt;
    // Responses to requests sent together belong to one overrun.
    if (status === 429 && !isPaused && sinceLowered > 1_000) {
      this.#lower(0.75, now);
      this.#refusals += 1;
    }
    const backoff = status === 429 ? Math.min(LONGEST_BACKOFF_MS, 1_000 * 2 ** Math.max(1, this.#refusals)) : null;
    // On success, Retry-After only concerns that resource.
    const pause = status >= 400 ? (retryAfterMs === null ? backoff : pauseOf(retryAfterMs)) : null;
    if (pause !== null) {
      this.pausedUntil = Math.max(this.pausedUntil, now + pause);
      this.onGrown();
      return;
    }
    // A success of a request sent before the pause doesn't end it.
    if (!isPaused) this.#refusals = 0;
    const isNearlySpent = named !== null && remaining !== null && remaining < named * 0.05;
    if (isNearlySpent && sinceLowered > 5_000) this.#lower(0.9, now);
  }

  #shareAt(now: number): number {
    return Math.min(1, this.#share + (Math.max(0, now - this.#loweredAt) / 60_000) * RAISE_BY);
  }

  #lower(by: number, now: number): void {
    this.#share = this.#shareAt(now) * by;
    this.#loweredAt = now;
  }
}
