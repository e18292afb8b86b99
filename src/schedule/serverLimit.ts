import type { RateLimitInfo } from '../client/transport.js';

/** Options of a request budget. */
export interface BudgetOptions {
  /** Requests in any 60 s, 1 or more. */
  limit: number;
  /**
   * Whether the limit was set explicitly. An explicit limit is never raised; a default one follows `X-RateLimit-Limit` up and down.
   *
   * @default true
   */
  isFixed?: boolean | undefined;
  /**
   * The largest `X-RateLimit-Limit` accepted: the header is undocumented, so a number above the largest tier is ignored.
   *
   * @default 6000
   */
  largestLimit?: number | undefined;
  /**
   * Whether requests are spaced evenly. `false` sends everything at once while the window has room, as for writes.
   *
   * @default true
   */
  isPaced?: boolean | undefined;
}

/** Our share of the server's limit: other programs use the same key. */
const SHARE_OF_LIMIT = 0.8;
/** Factor after a 429 within our limit: another program uses this key. */
const LOWER_BY = 0.75;
/** How fast a lowered limit recovers, as a share of the full limit per minute. */
const RAISE_BY = 0.25;
/** Pause after a 429 without `Retry-After`, in milliseconds; doubled for each further one. */
const PAUSE_MS = { first: 2_000, longest: 60_000 } as const;

/** The current limit: explicit, default or from the rate-limit headers; lowered for a while and paused after a 429. */
export class ServerLimit {
  readonly #base: number;
  readonly #isFixed: boolean;
  readonly #largest: number;
  #ceiling = Number.POSITIVE_INFINITY;
  #named: number | null = null;
  /** The share of the full limit when it was last lowered. */
  #share = 1;
  #loweredAt = Number.NEGATIVE_INFINITY;
  #refusals = 0;
  #pausedUntil = Number.NEGATIVE_INFINITY;

  constructor({ limit, isFixed = true, largestLimit = 6_000 }: Omit<BudgetOptions, 'isPaced'>) {
    this.#base = limit;
    this.#isFixed = isFixed;
    this.#largest = largestLimit;
  }

  /** Until when nothing may be sent; a time in the past if nothing is paused. */
  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  /** Requests allowed in any 60 s at this moment. */
  at(now: number): number {
    return Math.max(1, Math.floor(this.#full() * this.#shareAt(now)));
  }

  /** Lowers the limit permanently. */
  lowerTo(limit: number): void {
    this.#ceiling = Math.min(this.#ceiling, limit);
  }

  /** Applies the rate-limit headers of a response. Returns whether it paused everything. */
  hear({ status, retryAfterMs, limit, remaining }: RateLimitInfo, now: number): boolean {
    const named = limit !== null && limit >= 1 && limit <= this.#largest ? limit : null;
    this.#named = named ?? this.#named;
    // Responses to requests sent together belong to one overrun.
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
    // On success, Retry-After only concerns that resource.
    if (status >= 400 && retryAfterMs !== null) {
      this.#pause(now + retryAfterMs);
      return true;
    }
    // A success of a request sent before the pause doesn't end it.
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
