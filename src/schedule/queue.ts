import { LONGEST_TIMER_MS } from '../internal/longestTimer.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import type { ReadBudget } from './budget.js';
import { PRIORITIES, type Priority } from './priority.js';


/** What a gate asks: when the next may leave, and that it has. */
type Budget = Pick<ReadBudget, 'nextAt' | 'depart' | 'calm'>;

interface Waiting {
  /** Looked at whenever one may leave: what scrolls into view while it waits moves up. */
  priority: () => Priority;
  /** Uses the slot; `false` when there is nothing to read after all, which costs nothing. */
  use: () => boolean;
}

/** Where reads wait until the budget lets them leave: a person's first, then what is on screen, then the rest; within a priority who came first. */
export class Queue {
  readonly #budget: Budget;
  #waiting: Waiting[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /** Resolves when the read may leave, which is then counted. Rejects with the signal's reason. */
  enter(priority: () => Priority, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const cancel = () => {
        withdraw();
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', cancel, { once: true });
      const withdraw = this.reserve(priority, () => {
        signal?.removeEventListener('abort', cancel);
        resolve();
        return true;
      });
    });
  }

  /** Stands in line for one slot, and decides what to read with it only when it comes. Returns what leaves the line again. */
  reserve(priority: () => Priority, use: () => boolean): () => void {
    const waiting: Waiting = { priority, use };
    this.#waiting.push(waiting);
    this.pump();
    return () => {
      this.#waiting = this.#waiting.filter((entry) => entry !== waiting);
    };
  }

  /** Lets leave what may leave, and comes back when the next one may. */
  pump(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (;;) {
      const now = monotonicNow();
      const next = this.#first(PRIORITIES);
      if (next === undefined) return this.#budget.calm(now);
      const priority = next.priority();
      const at = this.#budget.nextAt(priority, now);
      if (at > now) {
        this.#timer = setTimeout(() => this.pump(), Math.min(Math.ceil(at - now), LONGEST_TIMER_MS));
        return;
      }
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
      if (next.use()) this.#budget.depart(priority, now);
    }
  }

  #first(priorities: readonly Priority[]): Waiting | undefined {
    for (const priority of priorities) {
      const found = this.#waiting.find((entry) => entry.priority() === priority);
      if (found) return found;
    }
    return undefined;
  }
}
