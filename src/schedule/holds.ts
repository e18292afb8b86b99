import { backoffOf } from './cadence.js';
import type { PlannedRead } from './singleReads.js';

/** How long a kind of read is held after the first pause that it caused, in milliseconds: doubles with each further one, up to 60 s. */
const FIRST_MS = 10_000;

interface Hold {
  /** When its last failure was noted, and until when it is held. */
  at: number;
  until: number;
  failures: number;
}

/**
 * Holds back a kind of read whose failure paused all reads of the key: after the pause, the kinds that work go first for a while. Otherwise a list that alone
 * answers with `Retry-After` would be the first read after each pause, and the only one. Times are milliseconds on the clock of `monotonicNow`.
 */
export class Holds {
  readonly #held = new Map<PlannedRead['kind'], Hold>();

  /** Takes in how a read ended. @param pausedUntil until when all reads are paused now */
  note(
    kind: PlannedRead['kind'],
    isGood: boolean,
    { askedAt, pausedUntil, now }: { askedAt: number; pausedUntil: number; now: number },
  ): void {
    const known = this.#held.get(kind);
    // What was in flight when the last pause began belongs to that.
    if (known !== undefined && askedAt < known.at) return;
    if (isGood) this.#held.delete(kind);
    else if (pausedUntil > now) {
      const failures = (known?.failures ?? 0) + 1;
      this.#held.set(kind, { at: now, until: pausedUntil + backoffOf(failures, Math.random(), FIRST_MS), failures });
    }
  }

  /** A read is sent. One is enough to see whether its kind works again. */
  sent(kind: PlannedRead['kind'], now: number): void {
    const known = this.#held.get(kind);
    if (known !== undefined) known.until = Math.max(known.until, now + FIRST_MS);
  }

  /** Until when a kind of read comes after the others; `-Infinity`: it doesn't. */
  readonly until = (kind: PlannedRead['kind']): number => this.#held.get(kind)?.until ?? Number.NEGATIVE_INFINITY;
}
