import type { Lane, ServerWord } from '../reads/readBudget.js';

/** The server counts arrivals and we count departures: two writes may arrive a little closer together than they left. */
const WINDOW_MS = 60_000 + 50;
/** Share of the budget that what runs through a list of containers leaves to a person's own writes. */
const RESERVED_SHARE = 0.04;
/** How long after a pause writes leave one by one. */
const RESUME_MS = 10_000;
const SHARE_OF_TIER = 0.8;
/** For a 429 that names no time; twice as long after each that follows, up to the longest. */
const PAUSE_MS = { first: 2_000, longest: 60_000 } as const;

/** How many writes a minute a {@link WriteBudget} lets leave. */
export interface WriteLimit {
  /** In any 60 s, 1 or more. */
  limit: number;
  /** Whether somebody chose it; a limit by default follows the key's tier. */
  isFixed: boolean;
  /** Writes a minute of the tiers above the standard one (rate-limits page). */
  tiers: readonly number[];
}

/**
 * How many writes may leave, and when: in any 60 s no more than the limit, a person's own (`asked`) before what works through a list. Within it they
 * leave at once, because somebody waits for each. A 429 stops them all for the time that the server names.
 *
 * Pure: time comes in with every call, in milliseconds.
 */
export class WriteBudget {
  #limit: number;
  readonly #isFixed: boolean;
  readonly #tiers: readonly number[];
  #departures: number[] = [];
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #refusals = 0;

  constructor({ limit, isFixed, tiers }: WriteLimit) {
    this.#limit = limit;
    this.#isFixed = isFixed;
    this.#tiers = tiers;
  }

  /** Writes in any 60 s that are allowed. */
  get limit(): number {
    return this.#limit;
  }

  /** Lowers the limit for good, where another client of the scope was given a lower one. */
  limitTo(limit: number): void {
    this.#limit = Math.min(this.#limit, limit);
  }

  /** Until when nothing may leave; a time in the past when nothing is paused. */
  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  /** The earliest time at which a write of a lane may leave; `now` when it may leave at once. */
  nextAt(lane: Lane, now: number): number {
    this.#forget(now);
    const reserved = lane === 'asked' ? 0 : Math.min(this.#limit - 1, Math.ceil(this.#limit * RESERVED_SHARE));
    const cap = this.#limit - reserved;
    const count = this.#departures.length;
    const window = count < cap ? now : (this.#departures[count - cap] ?? now) + WINDOW_MS;
    const last = this.#departures.at(-1) ?? Number.NEGATIVE_INFINITY;
    const resuming = now - this.#pausedUntil < RESUME_MS ? last + 60_000 / this.#limit : now;
    return Math.max(now, this.#pausedUntil, window, resuming);
  }

  /** Counts a write that leaves now. */
  depart(_lane: Lane, now: number): void {
    this.#departures.push(now);
  }

  /** Takes in what an answer says of the server's limit. */
  hear({ status, retryAfterMs, limit }: ServerWord, now: number): void {
    if (!this.#isFixed && limit !== null && this.#tiers.includes(limit)) this.#limit = Math.max(this.#limit, limit * SHARE_OF_TIER);
    if (status !== 429) {
      // What left before a pause and came through says nothing of it.
      if (now >= this.#pausedUntil) this.#refusals = 0;
      return;
    }
    // Answers to writes that left together speak of one overrun.
    if (now >= this.#pausedUntil) this.#refusals += 1;
    const pause = Math.min(PAUSE_MS.longest, PAUSE_MS.first * 2 ** Math.max(0, this.#refusals - 1));
    this.#pausedUntil = Math.max(this.#pausedUntil, now + (retryAfterMs ?? pause));
  }

  /** There is nothing to forget once nobody waits. */
  calm(): void {}

  #forget(now: number): void {
    const first = this.#departures.findIndex((at) => at > now - WINDOW_MS);
    if (first === -1) this.#departures = [];
    else if (first > 0) this.#departures.splice(0, first);
  }
}
