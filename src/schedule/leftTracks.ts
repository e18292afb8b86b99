import type { Track } from './track.js';

/** How long what was followed is remembered after nobody looks any more. */
const REMEMBERED_MS = 60_000;

/** When what nobody follows any more was last read, so that whoever comes back soon does not have it read again at once. */
export class LeftTracks {
  /** By key, in the order in which they were left. */
  readonly #left = new Map<string, { track: Track; at: number }>();

  /** Remembers one that is no longer followed. */
  add(track: Track, now: number): void {
    this.#left.delete(track.key);
    this.#left.set(track.key, { track, at: now });
    this.#prune(now);
  }

  /** Takes out one that is followed again; `undefined` where it was left too long ago, or its reads had been given up. */
  take(key: string, now: number): Track | undefined {
    this.#prune(now);
    const left = this.#left.get(key);
    this.#left.delete(key);
    return left?.track.retryAt === Number.POSITIVE_INFINITY ? undefined : left?.track;
  }

  clear(): void {
    this.#left.clear();
  }

  #prune(now: number): void {
    for (const [key, { at }] of this.#left) {
      if (now - at <= REMEMBERED_MS) return;
      this.#left.delete(key);
    }
  }
}
