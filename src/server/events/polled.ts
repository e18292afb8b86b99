import { Alarm } from '../../internal/alarm.js';
import { monotonicNow } from '../../internal/monotonicNow.js';

/** How long something is followed after a viewer has polled it, in milliseconds: twice as long as a browser waits that shows all it can. */
const FOLLOWED_MS = 15_000;
/** Most that is followed for one viewer, more than fits on a screen, and for all. Beyond, it is read when somebody asks for it. */
const MOST = { viewer: 100, all: 10_000 } as const;

interface Kept {
  viewer: string;
  until: number;
  end: () => void;
}

/** What viewers have polled lately. Each is followed until nobody has polled it for a while. */
export class Polled {
  readonly #rest: () => void;
  /** In the order in which they were last polled. */
  readonly #kept = new Map<string, Kept>();
  readonly #byViewer = new Map<string, number>();
  readonly #alarm = new Alarm(() => this.#expire());

  /** @param rest called when nothing is followed any more */
  constructor(rest: () => void) {
    this.#rest = rest;
  }

  get size(): number {
    return this.#kept.size;
  }

  /**
   * Takes in that a viewer polls something.
   *
   * @param follow follows it, where it isn't; called with how many are followed for this viewer, this one included. Returns a function that ends it; `null`: there is nothing to follow
   * @returns whether it was followed already
   */
  poll(name: string, viewer: string, follow: (count: number) => (() => void) | null): boolean {
    const until = monotonicNow() + FOLLOWED_MS;
    const known = this.#kept.get(name);
    if (known !== undefined) {
      this.#kept.delete(name);
      this.#kept.set(name, { ...known, until });
      return true;
    }
    const own = this.#byViewer.get(viewer) ?? 0;
    if (own >= MOST.viewer || this.#kept.size >= MOST.all) return false;
    const end = follow(own + 1);
    if (end === null) return false;
    this.#byViewer.set(viewer, own + 1);
    this.#kept.set(name, { viewer, until, end });
    this.#alarm.by(until);
    return false;
  }

  /** Ends all of it. */
  close(): void {
    for (const name of [...this.#kept.keys()]) this.#end(name);
    this.#alarm.clear();
    this.#rest();
  }

  #expire(): void {
    const now = monotonicNow();
    for (const [name, { until }] of this.#kept) {
      if (until > now) return this.#alarm.set(until);
      this.#end(name);
    }
    this.#rest();
  }

  #end(name: string): void {
    const { viewer, end } = this.#kept.get(name) as Kept;
    this.#kept.delete(name);
    const left = (this.#byViewer.get(viewer) ?? 1) - 1;
    if (left > 0) this.#byViewer.set(viewer, left);
    else this.#byViewer.delete(viewer);
    end();
  }
}
