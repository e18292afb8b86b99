import { Alarm } from '../internal/alarm.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import { LayersError } from '../model/errors.js';
import type { Budget } from './budget.js';
import { PRIORITIES, type Priority } from './priority.js';

interface Waiting {
  /** Looked up whenever one may leave: what scrolls into view while it waits moves up. */
  priority: () => Priority;
  /** Uses the slot; `false` when nothing is sent after all, which costs nothing. */
  use: () => boolean;
  reject: (error: Error) => void;
  owner: object | undefined;
}

/** The one that leaves next, and in whose slot: `as`. */
interface Next {
  waiting: Waiting;
  as: Priority;
}

/** One slot in so many belongs to the background request that has waited longest. */
const LONGEST_WAIT_EVERY = 6;
/** A person's newest request leaves first, save every third slot: what was clicked just now does not wait behind hundreds that one action caused. */
const OLDEST_EVERY = 3;

/**
 * Where requests wait until the budget lets them leave: a person's first, then in the order of {@link PRIORITIES}, within one priority first come, first
 * served. Nobody waits for ever: every sixth slot belongs to the background request that has waited longest.
 */
export class Queue {
  readonly #budget: Pick<Budget, 'nextAt' | 'depart'>;
  readonly #alarm = new Alarm(() => this.pump());
  /** In order of arrival. */
  #waiting: Waiting[] = [];
  #personSlots = 0;
  #backgroundSlots = 0;
  #isClosed = false;
  #isPumping = false;

  /** @param budget what is asked when the next may leave, and told that it has */
  constructor(budget: Pick<Budget, 'nextAt' | 'depart'>) {
    this.#budget = budget;
  }

  /** Requests that wait. */
  get size(): number {
    return this.#waiting.length;
  }

  /**
   * Resolves when the request may leave, which is then counted. Rejects with the signal's reason, or with a `LayersError` `CLOSED` when the queue is closed.
   *
   * @param owner whose request it is, for {@link Queue.close}: several clients share one queue
   */
  enter(priority: () => Priority, signal?: AbortSignal, owner?: object): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      let withdraw = () => {};
      const cancel = () => {
        withdraw();
        reject(signal?.reason);
      };
      const settled = () => signal?.removeEventListener('abort', cancel);
      signal?.addEventListener('abort', cancel, { once: true });
      withdraw = this.#add({
        priority,
        owner,
        use: () => {
          settled();
          resolve();
          return true;
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      });
    });
  }

  /** Waits for one slot and decides only then what to send with it: `use` returns `false` to send nothing. Returns what leaves the queue again. */
  reserve(priority: () => Priority, use: () => boolean, owner?: object): () => void {
    return this.#add({ priority, use, owner, reject: () => {} });
  }

  /** Lets leave what may leave, and comes back when the next one may. To be called when the budget or the priority of something that waits has changed. */
  pump(): void {
    // What leaves may add to the queue: this loop goes on with it, once its own departure is counted.
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      for (;;) {
        const now = monotonicNow();
        const next = this.#next();
        const at = next === undefined ? Number.POSITIVE_INFINITY : this.#budget.nextAt(next.as, now);
        if (next === undefined || at > now) return this.#alarm.set(at);
        this.#waiting.splice(this.#waiting.indexOf(next.waiting), 1);
        if (!next.waiting.use()) continue;
        this.#budget.depart(next.as, now);
        if (next.as === 'person') this.#personSlots += 1;
        else this.#backgroundSlots += 1;
      }
    } catch (error) {
      // One that throws must not keep the others.
      this.#alarm.set(monotonicNow());
      throw error;
    } finally {
      this.#isPumping = false;
    }
  }

  /** Rejects what an owner has waiting; without an owner everything that waits, and whatever comes after. */
  close(owner?: object): void {
    this.#isClosed ||= owner === undefined;
    const leaving = this.#waiting.filter((waiting) => owner === undefined || waiting.owner === owner);
    this.#waiting = this.#waiting.filter((waiting) => !leaving.includes(waiting));
    for (const { reject } of leaving) reject(closedError());
    this.pump();
  }

  #add(waiting: Waiting): () => void {
    if (this.#isClosed) {
      waiting.reject(closedError());
      return () => {};
    }
    this.#waiting.push(waiting);
    // In the background all leave at the same time, which is known already: only who is first may change.
    if (this.#waiting.length === 1 || waiting.priority() === 'person') this.pump();
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== waiting);
      this.pump();
    };
  }

  #next(): Next | undefined {
    let [oldest, newest, longest, first]: (Waiting | undefined)[] = [];
    let best: number = PRIORITIES.length;
    for (const waiting of this.#waiting) {
      const rank = PRIORITIES.indexOf(waiting.priority());
      if (rank === 0) {
        oldest ??= waiting;
        newest = waiting;
        continue;
      }
      longest ??= waiting;
      if (rank < best) [first, best] = [waiting, rank];
    }
    if (oldest && newest) {
      const waiting =
        isTurn(this.#personSlots, LONGEST_WAIT_EVERY) && longest ? longest : isTurn(this.#personSlots, OLDEST_EVERY) ? oldest : newest;
      return { waiting, as: 'person' };
    }
    const waiting = isTurn(this.#backgroundSlots, LONGEST_WAIT_EVERY) ? longest : first;
    return waiting && { waiting, as: waiting.priority() };
  }
}

const isTurn = (slots: number, every: number) => slots % every === every - 1;

/** Why a request that had not left will not leave. */
export function closedError(): LayersError {
  return new LayersError({
    code: 'CLOSED',
    message: 'layers-react: the client was closed before this request was sent, so nothing was sent. Create a new client to send it.',
  });
}
