import { LONGEST_TIMER_MS } from './longestTimer.js';
import { monotonicNow } from './monotonicNow.js';

/** One timer, on the clock of `monotonicNow`. */
export class Alarm {
  readonly #ring: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #at = Number.POSITIVE_INFINITY;

  /** @param ring called at the time; a time beyond what `setTimeout` can wait rings early, and is then to be set again */
  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** Rings at `at`, unless it rings before that anyway. */
  by(at: number): void {
    if (at < this.#at) this.set(at);
  }

  /** Rings at `at`, and not before; `Infinity`: not at all. */
  set(at: number): void {
    if (at === this.#at) return;
    this.clear();
    if (at === Number.POSITIVE_INFINITY) return;
    this.#at = at;
    const wait = Math.min(Math.max(0, Math.ceil(at - monotonicNow())), LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => {
      this.#at = Number.POSITIVE_INFINITY;
      this.#ring();
    }, wait);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#at = Number.POSITIVE_INFINITY;
  }
}
