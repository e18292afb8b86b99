import { monotonicNow } from '../internal/monotonicNow.js';
import { backoffOf } from './cadence.js';
import type { PlannedRead } from './singleReads.js';

/** How long a kind of read is held after the first pause that it caused, in milliseconds: doubles with each further one, up to 60 s. */
const FIRST_MS = 10_000;

/** Holds back a kind of read whose failure paused all reads: a list that alone answers with `Retry-After` would be the only read after each pause. */
export class Holds {
  /** `pausedUntil`: by its last failure; `until`: until when it is held. */
  readonly #held = new Map<PlannedRead['kind'], { pausedUntil: number; until: number; failures: number }>();

  /** Takes in how a read ended. @param pausedUntil until when all reads are paused now */
  note(kind: PlannedRead['kind'], isGood: boolean, pausedUntil: number): void {
    const known = this.#held.get(kind);
    const now = monotonicNow();
    // What was in flight when the last pause began belongs to that.
    if (known !== undefined && now < known.pausedUntil) return;
    if (isGood) this.#held.delete(kind);
    else if (pausedUntil > now) {
      const failures = (known?.failures ?? 0) + 1;
      this.#held.set(kind, { pausedUntil, until: pausedUntil + backoffOf(failures, Math.random(), FIRST_MS), failures });
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
