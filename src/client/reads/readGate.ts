import { monotonicNow } from '../../internal/monotonicNow.js';
import type { Lane, ReadBudget } from './readBudget.js';

const ORDER: readonly Lane[] = ['asked', 'visible', 'rest'];

interface Waiting {
  /** Looked at whenever one may leave: what scrolls into view while it waits moves up. */
  lane: () => Lane;
  leave: () => void;
}

/** Where reads wait until the budget lets them leave: a person's first, then what is on screen, then the rest; within a lane who came first. */
export class ReadGate {
  readonly #budget: ReadBudget;
  #waiting: Waiting[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #open = true;

  constructor(budget: ReadBudget) {
    this.#budget = budget;
  }

  /** Resolves when the read may leave, which is then counted. Rejects with the signal's reason. */
  enter(lane: () => Lane, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const cancel = () => {
        this.#waiting = this.#waiting.filter((entry) => entry !== waiting);
        reject(signal?.reason);
      };
      const leave = () => {
        signal?.removeEventListener('abort', cancel);
        resolve();
      };
      const waiting: Waiting = { lane, leave };
      signal?.addEventListener('abort', cancel, { once: true });
      this.#waiting.push(waiting);
      this.pump();
    });
  }

  /** Whether a read of this lane would leave at once. */
  isFree(lane: Lane): boolean {
    return (
      this.#open &&
      !this.#waiting.some((entry) => ORDER.indexOf(entry.lane()) <= ORDER.indexOf(lane)) &&
      this.nextAt(lane) <= monotonicNow()
    );
  }

  /** When a read of this lane could leave, on the clock of `monotonicNow`, if nobody were before it. */
  nextAt(lane: Lane): number {
    return this.#budget.nextAt(lane, monotonicNow());
  }

  /** How many reads wait. */
  get length(): number {
    return this.#waiting.length;
  }

  /** Holds every read back, or lets them go on: a hidden page reads nothing. */
  setOpen(open: boolean): void {
    this.#open = open;
    this.pump();
  }

  /** Lets leave what may leave, and comes back when the next one may. */
  pump(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#open) return;
    for (;;) {
      const now = monotonicNow();
      const next = this.#first();
      if (next === undefined) return;
      const lane = next.lane();
      const at = this.#budget.nextAt(lane, now);
      if (at > now) {
        this.#timer = setTimeout(() => this.pump(), Math.ceil(at - now));
        return;
      }
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
      this.#budget.depart(lane, now);
      next.leave();
    }
  }

  #first(): Waiting | undefined {
    for (const lane of ORDER) {
      const found = this.#waiting.find((entry) => entry.lane() === lane);
      if (found) return found;
    }
    return undefined;
  }
}
