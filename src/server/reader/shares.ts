/** In which the reads of a viewer are counted, in milliseconds. */
const WINDOW_MS = 60_000;
/** So many reads in that time aren't too many for anybody, however many viewers there are: a list and a page of its containers. */
const LEAST_SHARE = 12;

/** How much of the budget each viewer has used lately. */
export class Shares {
  /** Oldest first. */
  #log: { viewer: string; at: number }[] = [];
  readonly #used = new Map<string, number>();

  /** A read was sent for a viewer. */
  use(viewer: string, now: number): void {
    this.#log.push({ viewer, at: now });
    this.#used.set(viewer, this.usedBy(viewer, now) + 1);
  }

  /** How many reads were sent for a viewer in the last 60 s. */
  usedBy(viewer: string, now: number): number {
    while (this.#log[0] !== undefined && this.#log[0].at <= now - WINDOW_MS) this.#forget(this.#log.shift()?.viewer ?? '');
    return this.#used.get(viewer) ?? 0;
  }

  /** How many reads are an even share of a limit: a quarter of it at most, for others may follow what is read for all. @param waiting who waits for a read, beside those who were served lately */
  even(limit: number, waiting: Iterable<string>): number {
    const viewers = new Set([...this.#used.keys(), ...waiting]);
    return Math.max(LEAST_SHARE, limit / Math.max(4, viewers.size));
  }

  #forget(viewer: string): void {
    const left = (this.#used.get(viewer) ?? 1) - 1;
    if (left > 0) this.#used.set(viewer, left);
    else this.#used.delete(viewer);
  }
}
