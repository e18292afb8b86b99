import type { ServerWord } from '../client/transport.js';
import type { Priority } from './priority.js';

/** The server counts arrivals and we count departures: two reads may arrive a little closer together than they left. */
const WINDOW_MS = 60_000 + 50;
/** Share of the budget that only a person's own requests may use. */
const RESERVED_SHARE = 0.04;
/** How long after a pause reads leave one by one. */
const RESUME_MS = 10_000;
/** Reads a minute of the tiers above the standard one, and the share of them that is ours by default. */
const TIERS = [1_200, 6_000];
const SHARE_OF_TIER = 0.8;
/** A 429 although we kept our limit: somebody else reads with this key. */
const LOWER_BY = 0.75;
/** How fast a lowered limit comes back, as a share of the full one for each minute without a 429. */
const RAISE_BY = 0.25;

/**
 * How many reads may leave, and when: in every sliding 60 s no more than the limit, whoever asks. Background reads leave evenly spaced, so that the
 * minute's budget never runs dry halfway; a person's requests go first and are not spaced. A pause stops everything.
 *
 * Pure: time comes in with every call, in milliseconds.
 */
export class ReadBudget {
  #full: number;
  readonly #isFixed: boolean;
  #allowed: number;
  #loweredAt = Number.NEGATIVE_INFINITY;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  /** Whether a line from the time of a pause may still stand: it leaves one by one. */
  #resumes = false;
  #departures: { at: number; asked: boolean }[] = [];
  #backgroundDue = Number.NEGATIVE_INFINITY;

  /**
   * @param limit reads in any 60 s, 1 or more
   * @param isFixed whether somebody chose it; a limit by default follows the key's tier
   */
  constructor(limit: number, isFixed = true) {
    this.#isFixed = isFixed;
    this.#full = limit;
    this.#allowed = limit;
  }

  /** Reads in any 60 s that are allowed at this moment: the limit, or less for a while after a 429. */
  allowed(now: number): number {
    const minutes = Math.max(0, now - this.#loweredAt) / 60_000;
    return Math.max(1, Math.min(this.#full, Math.floor(this.#allowed + minutes * RAISE_BY * this.#full)));
  }

  /** Lowers the limit for good, where another client of the scope was given a lower one. */
  limitTo(limit: number): void {
    this.#full = Math.min(this.#full, limit);
  }

  /** Until when nothing may leave; a time in the past when nothing is paused. */
  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  /** Reads that left in the 60 s before `now`. */
  spent(now: number): number {
    this.#forget(now);
    return this.#departures.length;
  }

  /** Milliseconds between two background reads at this moment. */
  spacing(now: number): number {
    this.#forget(now);
    const asked = this.#departures.reduce((count, departure) => count + Number(departure.asked), 0);
    const background = this.#background(now);
    return 60_000 / Math.max(background / 5, background - asked);
  }

  /** The earliest time at which a read of a priority may leave; `now` when it may leave at once. */
  nextAt(priority: Priority, now: number): number {
    this.#forget(now);
    const cap = priority === 'person' ? this.allowed(now) : this.#background(now);
    const count = this.#departures.length;
    const window = count < cap ? now : (this.#departures[count - cap]?.at ?? now) + WINDOW_MS;
    const last = this.#departures.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
    const resuming = this.#resumes || now - this.#pausedUntil < RESUME_MS ? last + 60_000 / this.#background(now) : now;
    const spaced = priority === 'person' ? now : this.#backgroundDue;
    return Math.max(now, this.#pausedUntil, window, resuming, spaced);
  }

  /** Counts a read that leaves now. */
  depart(priority: Priority, now: number): void {
    this.#departures.push({ at: now, asked: priority === 'person' });
    if (priority !== 'person') this.#backgroundDue = Math.max(this.#backgroundDue, now) + this.spacing(now);
  }

  /** Nobody waits any more: the line that a pause left behind is gone. */
  calm(now: number): void {
    if (now > this.#pausedUntil) this.#resumes = false;
  }

  /** Counts a read that left elsewhere with the same key. */
  note(at: number): void {
    const after = this.#departures.findIndex((departure) => departure.at > at);
    this.#departures.splice(after === -1 ? this.#departures.length : after, 0, { at, asked: false });
  }

  /** Lets nothing leave before `until`. */
  pause(until: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, until);
    this.#resumes = true;
  }

  /** Takes in what an answer says of the server's limit. `defaultPauseMs`: for a 429 that names no time. */
  hear({ status, retryAfterMs, limit, remaining }: ServerWord, now: number, defaultPauseMs = 2_000): void {
    this.#follow(limit);
    if (status === 429) {
      // Several answers to reads that left together speak of one overrun.
      if (now - this.#loweredAt > 1_000) this.#lower(this.allowed(now) * LOWER_BY, now);
      this.pause(now + Math.max(retryAfterMs ?? defaultPauseMs, 0));
    } else if (limit !== null && limit >= 1 && limit < this.allowed(now)) {
      this.#lower(limit * 0.8, now);
    } else if (remaining !== null && limit !== null && remaining < limit * 0.05 && now - this.#loweredAt > 5_000) {
      this.#lower(this.allowed(now) * 0.9, now);
    }
  }

  /** The names of the bucket headers are not documented, so only a tier that is (rate-limits page) is believed to be more. */
  #follow(limit: number | null): void {
    if (this.#isFixed || limit === null || !TIERS.includes(limit)) return;
    const full = limit * SHARE_OF_TIER;
    if (full <= this.#full) return;
    this.#allowed = this.#allowed === this.#full ? full : this.#allowed;
    this.#full = full;
  }

  #lower(to: number, now: number): void {
    this.#allowed = Math.max(1, to);
    this.#loweredAt = now;
  }

  #background(now: number): number {
    const allowed = this.allowed(now);
    return allowed - Math.min(allowed - 1, Math.ceil(allowed * RESERVED_SHARE));
  }

  #forget(now: number): void {
    const first = this.#departures.findIndex(({ at }) => at > now - WINDOW_MS);
    if (first === -1) this.#departures = [];
    else if (first > 0) this.#departures.splice(0, first);
  }
}
