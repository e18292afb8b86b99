/** How long a list counts after somebody has asked for it, in milliseconds. */
const LATELY_MS = 15_000;
/** The share of the budget that lists use in proportion to how often each is asked for; less than as much again goes to those that are asked for seldom. */
const SHARE = 0.45;

/**
 * The lists that viewers have asked for lately. The more there are, the less often each is read, so that they leave room for other reads; those that many
 * ask for are read more often.
 */
export class AskedLists {
  /** How often each was asked for, and when last, on the clock of `monotonicNow`; in the order of that. */
  readonly #asked = new Map<string, { count: number; at: number }>();

  ask(path: string, now: number): void {
    const { count, at } = this.#asked.get(path) ?? { count: 0, at: now };
    this.#asked.delete(path);
    this.#asked.set(path, { count: faded(count, now - at) + 1, at: now });
    for (const [oldest, last] of this.#asked) {
      if (now - last.at <= LATELY_MS) break;
      this.#asked.delete(oldest);
    }
  }

  /** The shortest time between two reads of a list, in milliseconds. @param spacing between two reads that the budget allows */
  interval(path: string, spacing: number, now: number): number {
    let total = 0;
    for (const { count, at } of this.#asked.values()) total += faded(count, now - at);
    const { count, at } = this.#asked.get(path) ?? { count: 1, at: now };
    return (Math.min(this.#asked.size, total / faded(count, now - at)) * spacing) / SHARE;
  }
}

/** A count of which what is older counts less. */
const faded = (count: number, ms: number) => count * Math.exp(-ms / LATELY_MS);
