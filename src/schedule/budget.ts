import type { Priority } from './priority.js';
import type { RateLimitInfo } from '../client/transport.js';
import { type BudgetOptions, ServerLimit } from './serverLimit.js';

/** 60 s and a margin: the server counts arrivals, we count departures, and two requests can arrive closer together than they were sent. */
const WINDOW_MS = 60_000 + 50;
/** How long after a pause requests are sent one at a time, in milliseconds. */
const RESUME_MS = 10_000;
/** The share of the limit reserved for priority `person`; less for unpaced requests, most of which a person waits for. */
const RESERVED_SHARE = { paced: 0.08, unpaced: 0.04 } as const;
/** Burst sizes after an idle period: a share of the limit for a person, a few requests in the background, and fewer right after the start. */
const BURST = { personShare: 1 / 6, background: 4, start: 2 } as const;
/** Tolerates rounding when a token is just complete. */
const ALMOST_ONE = 1 - 1e-6;

interface Departure {
  at: number;
  /** Sent sooner after the previous one than even spacing allows: part of a burst. */
  isEarly: boolean;
}

/** A token bucket: a request takes a token, and tokens are added at the rate of even spacing. */
interface Bucket {
  tokens: number;
  /** When `tokens` was counted; `null` before the first departure: a new client starts slowly. */
  countedAt: number | null;
  lastAt: number;
}

/**
 * Decides how many requests can be sent, and when: never more than the limit in any sliding 60 s. Background requests are spaced evenly after a small burst
 * and never use the share reserved for priority `person`. A person's requests are sent at once, up to a sixth of the limit; beyond that they are spaced too,
 * so that no burst uses up the window. A 429, or any error with `Retry-After`, pauses everything; afterwards requests are sent one at a time.
 *
 * Pure: each call receives the time, in milliseconds, which never runs backwards.
 */
export class Budget {
  /** Called when its window or its pause begins or grows; `sentAt`: when a request was sent here, `undefined` otherwise. */
  onSpent: (sentAt?: number) => void = () => {};
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

  /** Lowers the limit permanently, because another client with the same name has a lower one. */
  limitTo(limit: number): void {
    this.#limit.lowerTo(limit);
  }

  /** Until when nothing may be sent; a time in the past if nothing is paused. */
  get pausedUntil(): number {
    return this.#limit.pausedUntil;
  }

  /** Requests sent in the 60 s before `now`. */
  spent(now: number): number {
    this.#forget(now);
    return this.#departures.length;
  }

  /** Milliseconds between two background requests that the budget allows at `now`. */
  spacing(now: number): number {
    this.#forget(now);
    return this.#pace(now);
  }

  /** The earliest time at which a request of a priority can be sent; `now` if it can be sent at once. */
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

  /** Counts a request that is sent now. */
  depart(priority: Priority, now: number): void {
    this.#forget(now);
    this.#count(priority === 'person', now);
    this.onSpent(now);
  }

  /** Counts a request sent elsewhere with the same key: by another tab, or before this page was loaded. */
  note(at: number): void {
    this.#count(false, at);
    this.onSpent();
  }

  /** Applies the rate-limit headers of a response. */
  hear(info: RateLimitInfo, now: number): void {
    if (!this.#limit.hear(info, now)) return;
    for (const bucket of [this.#person, this.#background]) Object.assign(bucket, { tokens: 1, countedAt: this.pausedUntil });
    this.onSpent();
  }

  /** The limit without the share reserved for a person. */
  #shared(now: number): number {
    const limit = this.limit(now);
    return limit - Math.min(limit - 1, Math.ceil(limit * (this.#isPaced ? RESERVED_SHARE.paced : RESERVED_SHARE.unpaced)));
  }

  #even(now: number): number {
    return WINDOW_MS / this.#shared(now);
  }

  /** Even spacing over the window; wider while the window contains bursts. */
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

  /** Times from another tab whose clock runs ahead count as now. */
  #bringBack(now: number): void {
    for (const departure of this.#departures) departure.at = Math.min(departure.at, now);
    this.#background.lastAt = Math.min(this.#background.lastAt, now);
    this.#background.countedAt = Math.min(this.#background.countedAt ?? now, Math.max(now, this.pausedUntil));
  }
}
