/** How often the clock is looked at, in milliseconds, while something counts on it. */
const EVERY_MS = 1_000;
/** By how much it is off at least, in milliseconds: a shorter step is a correction of the machine's time service. */
const LEAST_MS = 2_000;

/**
 * Notices that the machine's clock was set forward, as by a time service or when a virtual machine is moved: the clock went further than a timer of
 * {@link EVERY_MS} and `performance.now()` say. A machine that slept looks the same, and is taken as if no time had passed.
 */
export class ClockJumps {
  readonly #setForward: (byMs: number) => void;
  readonly #isNeeded: () => boolean;
  #timer: ReturnType<typeof setInterval> | undefined;
  #clock = 0;
  #steady = 0;

  /** @param setForward called with by how many milliseconds. @param isNeeded whether anything counts on the clock: without that nothing is watched */
  constructor(setForward: (byMs: number) => void, isNeeded: () => boolean) {
    this.#setForward = setForward;
    this.#isNeeded = isNeeded;
  }

  /** Looks now, and from now on while it is needed. Call it before the time is used. */
  look(): void {
    const [clock, steady] = [Date.now(), performance.now()];
    const passed = clock - this.#clock;
    const ahead = passed - (steady - this.#steady);
    this.#clock = clock;
    this.#steady = steady;
    if (this.#timer === undefined) this.#watch();
    else if (ahead >= LEAST_MS && passed >= EVERY_MS + LEAST_MS) this.#setForward(ahead);
  }

  #watch(): void {
    this.#timer = setInterval(() => {
      this.look();
      if (this.#isNeeded()) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    }, EVERY_MS);
    // It keeps no process alive. A number where timers are a browser's.
    if (typeof this.#timer === 'object') this.#timer.unref();
  }
}
