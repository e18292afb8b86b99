/** How long a list counts after somebody has asked for it, in milliseconds. */
const LATELY_MS = 15_000;
/** The share of the budget that lists use in proportion to how often each is asked for; less than as much again goes to those that are asked for seldom. */
const SHARE = 0.45;
/** So many lists of one viewer count, as many pages of a long one. Further ones wait for each other and delay nobody else's. */
const MOST_OF_VIEWER = 25;
/** How much less often those are read. */
const FURTHER_EVERY = 2;

interface Asked {
  /** How often it was asked for; what is older counts less. */
  count: number;
  /** When, and by whom, it was asked for last. */
  at: number;
  viewer: string;
  /** Whether its viewer asks for {@link MOST_OF_VIEWER} others. */
  isFurther: boolean;
}

/**
 * The lists that viewers have asked for lately. The more there are, the less often each is read, so that they leave room for other reads; those that many
 * ask for are read more often.
 */
export class AskedLists {
  /** On the clock of `monotonicNow`, and in the order in which they were asked for last. */
  readonly #asked = new Map<string, Asked>();

  ask(path: string, viewer: string, now: number): void {
    const known = this.#asked.get(path);
    const { count, at } = known ?? { count: 0, at: now };
    const isFurther = known?.viewer === viewer ? known.isFurther : this.#countOf(viewer, now) >= MOST_OF_VIEWER;
    this.#asked.delete(path);
    this.#asked.set(path, { count: faded(count, now - at) + 1, at: now, viewer, isFurther });
    for (const [oldest, last] of this.#asked) {
      if (now - last.at <= LATELY_MS) break;
      this.#asked.delete(oldest);
    }
  }

  /** The shortest time between two reads of a list, in milliseconds. @param spacing between two reads that the budget allows */
  interval(path: string, spacing: number, now: number): number {
    const { count, at, isFurther } = this.#asked.get(path) ?? { count: 1, at: now, isFurther: false };
    if (isFurther) return (FURTHER_EVERY * this.#asked.size * spacing) / SHARE;
    let [lists, total] = [0, 0];
    for (const each of this.#asked.values()) {
      if (each.isFurther) continue;
      lists += 1;
      total += faded(each.count, now - each.at);
    }
    return (Math.min(lists, total / faded(count, now - at)) * spacing) / SHARE;
  }

  #countOf(viewer: string, now: number): number {
    const isCounted = (each: Asked) => each.viewer === viewer && !each.isFurther && now - each.at <= LATELY_MS;
    return [...this.#asked.values()].filter(isCounted).length;
  }
}

/** A count of which what is older counts less. */
const faded = (count: number, ms: number) => count * Math.exp(-ms / LATELY_MS);
