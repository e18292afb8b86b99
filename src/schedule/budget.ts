import type { Priority } from './priority.js';
import { ServerLimit } from './serverLimit.js';

/** Options of a request budget. */
export interface BudgetOptions {
  /** Requests in any 60 s, 1 or more; follows `X-RateLimit-Limit` up and down. */
  limit: number;
  /** See {@link ServerLimit}. @default 6000 */
  largestLimit?: number | undefined;
  /** Whether requests are spaced evenly. `false` sends everything at once while the window has room, as for writes. @default true */
  isPaced?: boolean | undefined;
  /** The window in which requests are counted, in milliseconds. @default 60050 */
  windowMs?: number | undefined;
}

/** 60 s and a margin: the server counts arrivals, we count departures, and two requests can arrive closer together than they were sent. */
const WINDOW_MS = 60_000 + 50;
/** How long after a pause requests are sent one at a time, in milliseconds. */
const RESUME_MS = 10_000;
/** The share of the limit reserved for priority `person`; less for unpaced requests, most of which a person waits for. */
const RESERVED_SHARE = { paced: 0.08, unpaced: 0.04 } as const;
/** Burst sizes at the start and after an idle period: a share of the limit for a person, a few requests in the background. */
const BURST = { personShare: 1 / 6, background: 8 } as const;

/** A token bucket: a request takes a token, and tokens are added at the current spacing. */
interface Bucket {
  tokens: number;
  /** When `tokens` was counted; `null` before the first use. */
  countedAt: number | null;
}

/**
 * Decides how many requests can be sent, and when: never more than the limit in any sliding 60 s. Background requests are spaced evenly after a small burst
 * and never use the share reserved for priority `person`. A person's requests are sent at once, up to a sixth of the limit; beyond that they are spaced too,
 * so that no burst uses up the window. A 429, or any error with `Retry-After`, pauses everything; afterwards requests are sent one at a time.
 *
 * Pure: each call receives the time, in milliseconds, which never runs backwards.
 */
export class Budget extends ServerLimit {
  /** Called when a request is sent here, on the clock of `now`. */
  onDepart: (at: number) => void = () => {};
  readonly #isPaced: boolean;
  readonly #windowMs: number;
  readonly #person: Bucket = { tokens: Number.POSITIVE_INFINITY, countedAt: null };
  readonly #background: Bucket = { tokens: Number.POSITIVE_INFINITY, countedAt: null };
  /** When requests were sent, in order of time. */
  readonly #departures: number[] = [];

  constructor({ limit, largestLimit = 6_000, isPaced = true, windowMs = WINDOW_MS }: BudgetOptions) {
    super(limit, largestLimit);
    this.#isPaced = isPaced;
    this.#windowMs = windowMs;
  }

  /** Requests sent in the 60 s before `now`. */
  spent(now: number): number {
    return this.#recent(now).length;
  }

  /** Milliseconds between two background requests that the budget allows at `now`: even spacing over the window, wider while the window contains bursts. */
  spacing(now: number): number {
    const shared = this.#shared(now);
    const early = this.#windowMs / shared / 2;
    const burst = this.#recent(now).filter((at, index, all) => at - (all[index - 1] ?? Number.NEGATIVE_INFINITY) < early).length;
    return this.#windowMs / Math.max(shared / 5, shared - burst);
  }

  /**
   * The earliest time at which a request of a priority can be sent; `now` if it can be sent at once.
   *
   * @param room how many requests the window must have room for. Default 1
   */
  nextAt(priority: Priority, now: number, room = 1): number {
    const token = this.#isPaced ? now + (1 - this.#bucket(priority, now).tokens) * this.spacing(now) : now;
    return Math.max(this.opensAt(priority, now, room), token);
  }

  /** As {@link nextAt}, of requests that something else spaces evenly. */
  opensAt(priority: Priority, now: number, room = 1): number {
    const sent = this.#recent(now);
    const sentAt = (index: number) => sent[index] ?? Number.NEGATIVE_INFINITY;
    const cap = this.cap(priority, now);
    if (room > cap) return Number.POSITIVE_INFINITY;
    const window = sentAt(sent.length - cap + room - 1) + this.#windowMs;
    const resumed = now - this.pausedUntil < RESUME_MS ? sentAt(sent.length - 1) + this.#windowMs / this.#shared(now) : now;
    return Math.max(now, this.pausedUntil, window, resumed);
  }

  /** How many requests the window may hold when one of this priority is sent, that one included. */
  cap(priority: Priority, now: number): number {
    return priority === 'person' ? this.limit(now) : this.#shared(now);
  }

  /** When the requests of the window were sent, oldest first. */
  sentAt(now: number): readonly number[] {
    return this.#recent(now);
  }

  /** Counts a request that is sent now. */
  depart(priority: Priority, now: number): void {
    this.note(now, priority);
    this.onDepart(now);
  }

  /** Counts a request sent elsewhere with the same key: by another tab, or before this page was loaded. `at` isn't in the future. */
  note(at: number, priority: Priority = 'rest'): void {
    const bucket = this.#bucket(priority, at);
    bucket.tokens = Math.max(0, bucket.tokens - 1);
    const before = this.#departures.findLastIndex((other) => other <= at);
    this.#departures.splice(before + 1, 0, at);
    this.onGrown();
  }

  /** The departures in the window. */
  #recent(now: number): number[] {
    while ((this.#departures[0] ?? now) <= now - this.#windowMs) this.#departures.shift();
    return this.#departures;
  }

  /** The limit without the share reserved for a person. */
  #shared(now: number): number {
    const limit = this.limit(now);
    return Math.max(1, limit - Math.ceil(limit * (this.#isPaced ? RESERVED_SHARE.paced : RESERVED_SHARE.unpaced)));
  }

  /** The bucket of a priority with the tokens of the time that has passed; after a pause with those since its end. */
  #bucket(priority: Priority, now: number): Bucket {
    const isPerson = priority === 'person';
    const bucket = isPerson ? this.#person : this.#background;
    const limit = this.limit(now);
    const most = Math.max(1, Math.floor(isPerson ? limit * BURST.personShare : Math.min(BURST.background, limit / 8)));
    bucket.countedAt ??= now;
    if (bucket.countedAt < this.pausedUntil) Object.assign(bucket, { tokens: 1, countedAt: this.pausedUntil });
    const passed = Math.max(0, now - bucket.countedAt);
    // Thousands can be noted at once after a reload: spacing is counted only once for each moment.
    bucket.tokens = Math.min(most, bucket.tokens + (passed && passed / this.spacing(now)));
    bucket.countedAt += passed;
    return bucket;
  }
}
