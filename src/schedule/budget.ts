import type { Priority } from './priority.js';
import type { RateLimitInfo } from '../client/transport.js';
import { type BudgetOptions, ServerLimit } from './serverLimit.js';

/** The server counts arrivals and we count departures: two requests may arrive a little closer together than they left. */
const WINDOW_MS = 60_000 + 50;
/** How long after a pause requests leave one by one. */
const RESUME_MS = 10_000;
/** The share of the limit that only a person's requests may use; less where requests aren't spaced, because then all of them are a person's. */
const RESERVED_SHARE = { paced: 0.08, unpaced: 0.04 } as const;
/** What may leave at once after a quiet time: for a person a share of the limit; in the background a few, fewer for a client that has just started. */
const BURST = { personShare: 1 / 6, background: 4, start: 2 } as const;
/** Against rounding where a token is just complete. */
const ALMOST_ONE = 1 - 1e-6;

interface Departure {
  at: number;
  /** Left sooner after the one before than even spacing allows: part of a burst. */
  isEarly: boolean;
}

/** Tokens for requests that may leave; a token is added whenever a request would leave evenly spaced. */
interface Bucket {
  tokens: number;
  /** When `tokens` was counted; `null` before the first departure: a client that knows nothing starts gently. */
  countedAt: number | null;
  lastAt: number;
}

/**
 * How many requests may leave, and when: no more than the limit in any sliding 60 s, whoever asks. Background requests leave evenly spaced after a small
 * burst and never use what is reserved for a person. A person's requests leave at once, up to a sixth of the limit; beyond that they are spaced as well,
 * so that nothing spends the window at once. A 429, and any error with `Retry-After`, pauses everything; after it requests leave one by one.
 *
 * Pure: time comes in with every call, in milliseconds, and never runs backwards.
 */
export class Budget {
  readonly #limit: ServerLimit;
  readonly #isPaced: boolean;
  /** In order of time; nothing older than the window. */
  #departures: Departure[] = [];
  readonly #person: Bucket = { tokens: Number.POSITIVE_INFINITY, countedAt: null, lastAt: Number.NEGATIVE_INFINITY };
  readonly #background: Bucket = { tokens: BURST.start, countedAt: null, lastAt: Number.NEGATIVE_INFINITY };
  /** Departures in the window that were part of a burst. */
  #early = 0;

  constructor({ isPaced = true, ...limit }: BudgetOptions) {
    this.#limit = new ServerLimit(limit);
    this.#isPaced = isPaced;
  }

  /** Requests allowed in any 60 s at this moment: the limit, or less for a while after a 429. */
  limit(now: number): number {
    return this.#limit.at(now);
  }

  /** Lowers the limit for good, where another client of the scope was given a lower one. */
  limitTo(limit: number): void {
    this.#limit.lowerTo(limit);
  }

  /** Until when nothing may leave; a time in the past when nothing is paused. */
  get pausedUntil(): number {
    return this.#limit.pausedUntil;
  }

  /** Requests that left in the 60 s before `now`. */
  spent(now: number): number {
    this.#forget(now);
    return this.#departures.length;
  }

  /** Milliseconds between two background departures that the budget allows at this moment. */
  spacing(now: number): number {
    this.#forget(now);
    return this.#pace(now);
  }

  /** The earliest time at which a request of a priority may leave; `now` when it may leave at once. */
  nextAt(priority: Priority, now: number): number {
    this.#forget(now);
    const isPerson = priority === 'person';
    const cap = isPerson ? this.limit(now) : this.#shared(now);
    const count = this.#departures.length;
    const window = count < cap ? now : (this.#departures[count - cap]?.at ?? now) + WINDOW_MS;
    const last = this.#departures.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
    const resumed = now - this.pausedUntil < RESUME_MS ? last + this.#even(now) : now;
    return Math.max(now, this.pausedUntil, window, resumed, this.#tokenAt(isPerson ? this.#person : this.#background, now));
  }

  /** Counts a request that leaves now. */
  depart(priority: Priority, now: number): void {
    this.#forget(now);
    this.#count(priority === 'person', now);
  }

  /** Counts a request that left elsewhere with the same key: in another tab, or before this page was loaded. */
  note(at: number): void {
    this.#count(false, at);
  }

  /** Takes in what a response says about the rate limit. */
  hear(info: RateLimitInfo, now: number): void {
    if (!this.#limit.hear(info, now)) return;
    for (const bucket of [this.#person, this.#background]) Object.assign(bucket, { tokens: 1, countedAt: this.pausedUntil });
  }

  /** What all but a person share. */
  #shared(now: number): number {
    const limit = this.limit(now);
    return limit - Math.min(limit - 1, Math.ceil(limit * (this.#isPaced ? RESERVED_SHARE.paced : RESERVED_SHARE.unpaced)));
  }

  #even(now: number): number {
    return WINDOW_MS / this.#shared(now);
  }

  /** Even spacing over the window, wider while bursts in it have to be made up for. */
  #pace(now: number): number {
    const shared = this.#shared(now);
    return WINDOW_MS / Math.max(shared / 5, shared - this.#early);
  }

  #tokens(bucket: Bucket, now: number): number {
    const limit = this.limit(now);
    const most = bucket === this.#person ? Math.floor(limit * BURST.personShare) : Math.min(BURST.background, Math.floor(limit / 8));
    const added = bucket.countedAt === null ? 0 : Math.max(0, now - bucket.countedAt) / this.#pace(now);
    return Math.min(Math.max(1, most), bucket.tokens + added);
  }

  #tokenAt(bucket: Bucket, now: number): number {
    const tokens = this.#tokens(bucket, now);
    if (!this.#isPaced || tokens >= ALMOST_ONE) return now;
    return Math.max(now, bucket.countedAt ?? now) + (1 - tokens) * this.#pace(now);
  }

  #count(isPerson: boolean, at: number): void {
    const bucket = isPerson ? this.#person : this.#background;
    bucket.tokens = Math.max(0, this.#tokens(bucket, at) - 1);
    bucket.countedAt = Math.max(at, bucket.countedAt ?? at);
    const isEarly = Math.abs(at - bucket.lastAt) < this.#even(at) / 2;
    bucket.lastAt = Math.max(at, bucket.lastAt);
    const departure = { at, isEarly };
    const before = this.#departures.findLastIndex((other) => other.at <= at);
    this.#departures.splice(before + 1, 0, departure);
    if (isEarly) this.#early += 1;
  }

  #forget(now: number): void {
    if ((this.#departures.at(-1)?.at ?? now) > now) this.#bringBack(now);
    const kept = this.#departures.findIndex(({ at }) => at > now - WINDOW_MS);
    const gone = this.#departures.splice(0, kept === -1 ? this.#departures.length : kept);
    for (const { isEarly } of gone) if (isEarly) this.#early -= 1;
  }

  /** A clock elsewhere that runs ahead holds a place for one window, like any other. */
  #bringBack(now: number): void {
    for (const departure of this.#departures) departure.at = Math.min(departure.at, now);
    this.#background.lastAt = Math.min(this.#background.lastAt, now);
    this.#background.countedAt = Math.min(this.#background.countedAt ?? now, Math.max(now, this.pausedUntil));
  }
}
