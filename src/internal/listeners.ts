/** Functions that are called when something happens. */
export class Listeners<Args extends unknown[] = []> {
  readonly #all = new Set<(...args: Args) => void>();

  /** Adds a function, once. Returns a function that removes it. */
  readonly add = (listener: (...args: Args) => void): (() => void) => {
    this.#all.add(listener);
    return () => void this.#all.delete(listener);
  };

  /** How many there are. */
  get size(): number {
    return this.#all.size;
  }

  /** Calls every function. */
  call(...args: Args): void {
    for (const listener of this.#all) listener(...args);
  }
}
