import type { RateLimitInfo } from '../client/transport.js';

/** Options of a request budget. */
export interface BudgetOptions {
  /** Requests in any 60 s, 1 or more. */
  limit: number;
  /**
   * Whether somebody chose the limit. A chosen limit is never raised, whatever the server names; a default one follows `X-RateLimit-Limit` up and down.
   *
   * @default true
   */
  isFixed?: boolean | undefined;
  /**
   * The largest `X-RateLimit-Limit` that is believed: the names of these headers are not documented, so a number beyond the largest tier counts as noise.
   *
   * @default 6000
   */
  largestLimit?: number | undefined;
  /**
   * Whether requests are spaced evenly. `false` lets everything leave at once while there is room in the window, as writes do.
   *
   * @default true
   */
  isPaced?: boolean | undefined;
}

/** Our share of a limit that the server names: other programs use the same key. */
const SHARE_OF_LIMIT = 0.8;
/** A 429 although we kept our limit: somebody else uses this key. */
const LOWER_BY = 0.75;
/** How fast a lowered limit comes back, as a share of the full one for each minute. */
const RAISE_BY = 0.25;
/** For a 429 that names no time; doubled for each one that follows, up to the longest. */
const PAUSE_MS = { first: 2_000, longest: 60_000 } as const;

/** The limit in force: the one chosen or by default, what the server says about it, lowered for a while and paused after a 429. */
export class ServerLimit {
  readonly #base: number;
  readonly #isFixed: boolean;
  readonly #largest: number;
  #ceiling = Number.POSITIVE_INFINITY;
  #named: number | null = null;
  /** The share of the full limit that was left when it was last lowered. */
  #share = 1;
  #loweredAt = Number.NEGATIVE_INFINITY;
  #refusals = 0;
  #pausedUntil = Number.NEGATIVE_INFINITY;

  constructor({ limit, isFixed = true, largestLimit = 6_000 }: Omit<BudgetOptions, 'isPaced'>) {
    this.#base = limit;
    this.#isFixed = isFixed;
    this.#largest = largestLimit;
  }

  /** Until when nothing may leave; a time in the past when nothing is paused. */
  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  /** Requests allowed in any 60 s at this moment. */
  at(now: number): number {
    return Math.max(1, Math.floor(this.#full() * this.#shareAt(now)));
  }

  /** Lowers the limit for good. */
  lowerTo(limit: number): void {
    this.#ceiling = Math.min(this.#ceiling, limit);
  }

  /** Takes in what a response says; returns whether it paused everything. */
  hear({ status, retryAfterMs, limit, remaining }: RateLimitInfo, now: number): boolean {
    const named = limit !== null && limit >= 1 && limit <= this.#largest ? limit : null;
    this.#named = named ?? this.#named;
    // Responses to requests that left together speak of one overrun.
    const isNew = now >= this.#pausedUntil && now - this.#loweredAt > 1_000;
    if (status === 429) {
      if (isNew) {
        this.#lower(LOWER_BY, now);
        this.#refusals += 1;
      }
      const pause = Math.min(PAUSE_MS.longest, PAUSE_MS.first * 2 ** Math.max(0, this.#refusals - 1));
      this.#pause(now + (retryAfterMs ?? pause));
      return true;
    }
    // With a response that succeeded, Retry-After only says when to ask for that resource again.
    if (status >= 400 && retryAfterMs !== null) {
      this.#pause(now + retryAfterMs);
      return true;
    }
    // What left before a pause and came through says nothing about it.
    if (now >= this.#pausedUntil) this.#refusals = 0;
    const isNearlySpent = named !== null && remaining !== null && remaining < named * 0.05;
    if (isNearlySpent && now - this.#loweredAt > 5_000) this.#lower(0.9, now);
    return false;
  }

  #pause(until: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, until);
  }

  #full(): number {
    const isOurs = this.#named === null || (this.#isFixed && this.#named >= this.#base);
    return Math.min(this.#ceiling, isOurs ? this.#base : Math.floor((this.#named ?? 0) * SHARE_OF_LIMIT));
  }

  #shareAt(now: number): number {
    return Math.min(1, this.#share + (Math.max(0, now - this.#loweredAt) / 60_000) * RAISE_BY);
  }

  #lower(by: number, now: number): void {
    this.#share = this.#shareAt(now) * by;
    this.#loweredAt = now;
  }
}
