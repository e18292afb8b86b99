/** Waits until a request can be sent. Rejects with the signal's reason. */
type Pace = (signal: AbortSignal) => Promise<void>;

/** How one caller wants a shared read to be sent. `pace`: awaited before it is; without it, at once. `isNew`: no cache on the way may answer it. */
export interface Wish {
  pace?: Pace | undefined;
  isNew?: boolean | undefined;
}

/** A shared read's wait until it can be sent. Whoever joins meanwhile waits as well, with their own priority: the first to be let through sends it for all. */
export class SharedTurn {
  /** Resolves when the read can be sent. Rejects if that was refused to all. */
  readonly granted: Promise<void>;
  /** Whether anybody wants no cache to answer it. */
  isNew = false;
  readonly #leave = new AbortController();
  #waiting = 0;
  #grant: () => void = () => {};
  #refuse: (reason: unknown) => void = () => {};

  /** @param signal aborted when nobody waits any more */
  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.#leave.abort(signal.reason), { once: true });
    this.granted = new Promise((resolve, reject) => {
      this.#grant = resolve;
      this.#refuse = reject;
    });
  }

  add({ pace, isNew = false }: Wish): void {
    const { signal } = this.#leave;
    if (signal.aborted) return;
    this.isNew ||= isNew;
    const go = () => {
      this.#grant();
      this.#leave.abort();
    };
    if (!pace) return go();
    this.#waiting += 1;
    pace(signal).then(go, (reason: unknown) => {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#refuse(reason);
    });
  }
}
