import type { RateLimitInfo } from '../client/transport.js';
import { pauseOf } from './cadence.js';
import type { Priority } from './priority.js';

/** Options of a request budget. */
export interface BudgetOptions {
  /** Requests in any 60 s, 1 or more; follows `X-RateLimit-Limit` up and down. */
  limit: number;
  /** The largest `X-RateLimit-Limit` accepted: the header is undocumented, so a number above the largest tier is ignored. @default 6000 */
  largestLimit?: number | undefined;
  /** Whether requests are spaced evenly. `false` sends everything at once while the window has room, as for writes. @default true */
  isPaced?: boolean | undefined;
  /** The window in which requests are counted, in milliseconds. @default 60050 */
  windowMs?: number | undefined;
}

/** 60 s and a margin: the server counts arrivals, we count departures, and two requests can arrive closer together than they were sent. */
export const WINDOW_MS = 60_000 + 50;
/** How long after a pause requests are sent one at a time, in milliseconds. */
const RESUME_MS = 10_000;
/** The share of the limit reserved for priority `person`; less for unpaced requests, most of which a person waits for. */
const RESERVED_SHARE = { paced: 0.08, unpaced: 0.04 } as const;
/** Burst sizes at the start and after an idle period: a share of the limit for a person, a few requests in the background. */
const BURST = { personShare: 1 / 6, background: 8 } as const;
/** Our share of the server's limit: other programs use the same key. */
const SHARE_OF_LIMIT = 0.8;
/** How fast a lowered limit recovers, as a share of the full limit per minute. */
const RAISE_BY = 0.25;
/** How often a limit that hasn't changed is told again, so that it doesn't age. */
const TELL_EVERY_MS = 60_000;
/** The longest pause after 429s that name none. */
const LONGEST_BACKOFF_MS = 60_000;

/** A token bucket: a request takes a token, and tokens are added at the current spacing. `countedAt`: when they were counted; `null` before the first use. */
const newBucket = (): { tokens: number; countedAt: number | null } => ({ tokens: Number.POSITIVE_INFINITY, countedAt: null });

/**
 * Decides how many requests can be sent, and when: never more than the limit in any sliding 60 s. Background requests are spaced evenly after a small burst
 * and never use the share reserved for priority `person`. A person's requests are sent at once, up to a sixth of the limit, beyond that spaced too. A 429, or
 * any error with `Retry-After`, pauses everything; afterwards requests are sent one at a time. Pure: `now` is in milliseconds and never runs backwards.
 */
export class Budget {
  /** Until when nothing may be sent; a time in the past if nothing is paused. */
  pausedUntil = Number.NEGATIVE_INFINITY;
  /** Called when the pause, or what is spent, has grown. */
  onGrown: () => void = () => {};
  /** Called when the server has requested a longer pause here, with its end. */
  onPause: (until: number) => void = () => {};
  /** Called with the last `X-RateLimit-Limit` (0: none so far) and the share of it that is used: when either changes here, and once a minute. */
  onLimit: (named: number, share: number) => void = () => {};
  /** Called when a request is sent here, on the clock of `now`. */
  onDepart: (at: number) => void = () => {};
  readonly #isPaced: boolean;
  readonly windowMs: number;
  readonly #largest: number;
  readonly #person = newBucket();
  readonly #background = newBucket();
  /** When requests were sent, in order of time. */
  readonly #departures: number[] = [];
  /** The lowest explicit limit. */
  #explicit = Number.POSITIVE_INFINITY;
  /** The limit: by default, set explicitly, or from the rate-limit headers. */
  #full: number;
  /** The server's last `X-RateLimit-Limit`. */
  #named = 0;
  /** When {@link onLimit} was last called. */
  #toldAt = Number.NEGATIVE_INFINITY;
  /** The share of the full limit when it was last lowered. */
  #share = 1;
  #loweredAt = Number.NEGATIVE_INFINITY;
  /** 429s in a row. */
  #refusals = 0;

  constructor({ limit, largestLimit = 6_000, isPaced = true, windowMs = WINDOW_MS }: BudgetOptions) {
    this.#full = limit;
    this.#largest = largestLimit;
    this.#isPaced = isPaced;
    this.windowMs = windowMs;
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

  /** Takes in what the server named and lowered elsewhere with the same key, at a time on the clock of `now`. */
  learn(named: number, share: number, at: number): void {
    this.#follow(named);
    if (share >= this.#shareAt(at)) return;
    this.#share = share;
    this.#loweredAt = at;
  }

  /** Applies the rate-limit headers of a response. */
  hear({ status, retryAfterMs, limit, remaining }: RateLimitInfo, now: number): void {
    const before = this.#named;
    const named = this.#follow(limit);
    if (named !== null && (named !== before || now - this.#toldAt >= TELL_EVERY_MS)) this.#tell(now);
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
      const isLonger = now + pause > this.pausedUntil;
      this.pause(now + pause);
      if (isLonger) this.onPause(this.pausedUntil);
      return;
    }
    // A success of a request sent before the pause doesn't end it.
    if (!isPaused) this.#refusals = 0;
    const isNearlySpent = named !== null && remaining !== null && remaining < named * 0.05;
    if (isNearlySpent && sinceLowered > 5_000) this.#lower(0.9, now);
  }

  /** Sends nothing until then: the server has requested it, of this page or elsewhere of the same key. */
  pause(until: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, until);
    this.onGrown();
  }

  /** The clock of `now` was set forward by so many milliseconds: nothing is longer ago for that. */
  move(ms: number): void {
    for (const index of this.#departures.keys()) this.#departures[index] = (this.#departures[index] ?? 0) + ms;
    for (const bucket of [this.#person, this.#background]) if (bucket.countedAt !== null) bucket.countedAt += ms;
    this.pausedUntil += ms;
    this.#loweredAt += ms;
    this.#toldAt += ms;
  }

  /** Requests sent in the 60 s before `now`. */
  spent(now: number): number {
    return this.sentAt(now).length;
  }

  /** Milliseconds between two background requests that the budget allows at `now`: even spacing over the window, wider while the window contains bursts. */
  spacing(now: number): number {
    const shared = this.#shared(now);
    const early = this.windowMs / shared / 2;
    const burst = this.sentAt(now).filter((at, index, all) => at - (all[index - 1] ?? Number.NEGATIVE_INFINITY) < early).length;
    return this.windowMs / Math.max(shared / 5, shared - burst);
  }

  /** The earliest time at which a request of a priority can be sent; `now` if at once. @param room how many requests the window must have room for */
  nextAt(priority: Priority, now: number, room = 1): number {
    const token = this.#isPaced ? now + (1 - this.#bucket(priority, now).tokens) * this.spacing(now) : now;
    return Math.max(this.opensAt(priority, now, room), token);
  }

  /** As {@link nextAt}, of requests that something else spaces evenly. */
  opensAt(priority: Priority, now: number, room = 1): number {
    const sent = this.sentAt(now);
    const timeOf = (index: number) => sent[index] ?? Number.NEGATIVE_INFINITY;
    const cap = this.cap(priority, now);
    if (room > cap) return Number.POSITIVE_INFINITY;
    const window = timeOf(sent.length - cap + room - 1) + this.windowMs;
    const resumed = now - this.pausedUntil < RESUME_MS ? timeOf(sent.length - 1) + this.windowMs / this.#shared(now) : now;
    return Math.max(now, this.pausedUntil, window, resumed);
  }

  /** How many requests the window may hold when one of this priority is sent, that one included. */
  cap(priority: Priority, now: number): number {
    return priority === 'person' ? this.limit(now) : this.#shared(now);
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

  /** When the requests of the window were sent, oldest first. */
  sentAt(now: number): readonly number[] {
    while ((this.#departures[0] ?? now) <= now - this.windowMs) this.#departures.shift();
    return this.#departures;
  }

  /** The limit without the share reserved for a person. */
  #shared(now: number): number {
    const limit = this.limit(now);
    return Math.max(1, limit - Math.ceil(limit * (this.#isPaced ? RESERVED_SHARE.paced : RESERVED_SHARE.unpaced)));
  }

  /** The bucket of a priority with the tokens of the time that has passed; after a pause with those since its end. */
  #bucket(priority: Priority, now: number) {
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

  /** Follows the server's limit, and returns it; `null`: it is none. */
  #follow(named: number | null): number | null {
    if (named === null || !(named >= 1 && named <= this.#largest)) return null;
    this.#named = named;
    this.#full = named >= this.#explicit ? this.#explicit : Math.floor(named * SHARE_OF_LIMIT);
    return named;
  }

  #tell(now: number): void {
    this.#toldAt = now;
    this.onLimit(this.#named, this.#shareAt(now));
  }

  #shareAt(now: number): number {
    return Math.min(1, this.#share + (Math.max(0, now - this.#loweredAt) / 60_000) * RAISE_BY);
  }

  #lower(by: number, now: number): void {
    this.#share = this.#shareAt(now) * by;
    this.#loweredAt = now;
    this.#tell(now);
  }
}
