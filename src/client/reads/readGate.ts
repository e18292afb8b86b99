import { LONGEST_TIMER_MS } from '../../internal/longestTimer.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import type { Lane, ReadBudget } from './readBudget.js';

const ORDER: readonly Lane[] = ['asked', 'visible', 'rest', 'hidden'];

/** What a gate asks: when the next may leave, and that it has. */
type Budget = Pick<ReadBudget, 'nextAt' | 'depart' | 'calm'>;

interface Waiting {
  /** Looked at whenever one may leave: what scrolls into view while it waits moves up. */
  lane: () => Lane;
  /** Uses the slot; `false` when there is nothing to read after all, which costs nothing. */
  use: () => boolean;
}

/** Where reads wait until the budget lets them leave: a person's first, then what is on screen, then the rest; within a lane who came first. */
export class ReadGate {
  readonly #budget: Budget;
  #waiting: Waiting[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #open = new Map<object, boolean>();

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /** Resolves when the read may leave, which is then counted. Rejects with the signal's reason. */
  enter(lane: () => Lane, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const cancel = () => {
        withdraw();
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', cancel, { once: true });
      const withdraw = this.reserve(lane, () => {
        signal?.removeEventListener('abort', cancel);
        resolve();
        return true;
      });
    });
  }

  /** Stands in line for one slot, and decides what to read with it only when it comes. Returns what leaves the line again. */
  reserve(lane: () => Lane, use: () => boolean): () => void {
    const waiting: Waiting = { lane, use };
    this.#waiting.push(waiting);
    this.pump();
    return () => {
      this.#waiting = this.#waiting.filter((entry) => entry !== waiting);
    };
  }

  /** Says for one client whether its page is visible; while nobody's is, every read is held back but those of the lane `hidden`. */
  setOpen(client: object, isOpen: boolean): void {
    this.#open.set(client, isOpen);
    this.pump();
  }

  /** Forgets a client that has let go of its page. */
  leave(client: object): void {
    this.#open.delete(client);
    this.pump();
  }

  /** Lets leave what may leave, and comes back when the next one may. */
  pump(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const isHeldBack = this.#open.size > 0 && ![...this.#open.values()].includes(true);
    for (;;) {
      const now = monotonicNow();
      const next = this.#first(isHeldBack ? ['hidden'] : ORDER);
      if (next === undefined && isHeldBack) return;
      if (next === undefined) return this.#budget.calm(now);
      const lane = next.lane();
      const at = this.#budget.nextAt(lane, now);
      if (at > now) {
        this.#timer = setTimeout(() => this.pump(), Math.min(Math.ceil(at - now), LONGEST_TIMER_MS));
        return;
      }
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
      if (next.use()) this.#budget.depart(lane, now);
    }
  }

  #first(lanes: readonly Lane[]): Waiting | undefined {
    for (const lane of lanes) {
      const found = this.#waiting.find((entry) => entry.lane() === lane);
      if (found) return found;
    }
    return undefined;
  }
}
