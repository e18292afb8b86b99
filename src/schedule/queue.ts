import { Alarm } from '../internal/alarm.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import { LayersError } from '../model/errors.js';
import type { Budget } from './budget.js';
import { PRIORITIES, type Priority } from './priority.js';

interface Waiting {
  /** Evaluated for each slot, because it can change while the request waits. */
  priority: () => Priority;
  /** Uses the slot. `false`: nothing was sent, and no budget is spent. */
  use: () => boolean;
  reject: (error: Error) => void;
  owner: object | undefined;
}

/** The next request, and the priority whose slot it uses. */
interface Next {
  waiting: Waiting;
  as: Priority;
}

/** One slot in this many goes to the background request that has waited longest. */
const LONGEST_WAIT_EVERY = 6;
/** A person's newest request is sent first, except in every third slot: a click doesn't wait behind hundreds of requests of an earlier action. */
const OLDEST_EVERY = 3;

/**
 * The priority queue of requests that wait for the budget, in the order of {@link PRIORITIES}, first in, first out within a background priority. Nothing
 * starves: every sixth slot goes to the background request that has waited longest.
 */
export class Queue {
  readonly #budget: Pick<Budget, 'nextAt' | 'depart'>;
  readonly #alarm = new Alarm(() => this.pump());
  /** Oldest first. */
  #waiting: Waiting[] = [];
  #personSlots = 0;
  #backgroundSlots = 0;
  #isClosed = false;
  #isPumping = false;

  /** @param budget decides when the next request can be sent, and counts it */
  constructor(budget: Pick<Budget, 'nextAt' | 'depart'>) {
    this.#budget = budget;
  }

  /** Number of waiting requests. */
  get size(): number {
    return this.#waiting.length;
  }

  /**
   * Resolves when the request can be sent, and counts it. Rejects with the signal's reason, or with a `LayersError` `CLOSED` when the queue is closed.
   *
   * @param owner identifies the client for {@link Queue.close}: several clients share one queue
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

  /** Waits for a slot and decides only then what to send: `use` returns `false` to send nothing. Returns a function that leaves the queue. */
  reserve(priority: () => Priority, use: () => boolean, owner?: object): () => void {
    return this.#add({ priority, use, owner, reject: () => {} });
  }

  /** Sends what can be sent, and sets a timer for the next. Call it when the budget or the priority of a waiting request has changed. */
  pump(): void {
    // A request can add to the queue while it is sent: this loop continues with it after counting the first.
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
      // An error of one request must not block the others.
      this.#alarm.set(monotonicNow());
      throw error;
    } finally {
      this.#isPumping = false;
    }
  }

  /** Rejects the waiting requests of an owner with `CLOSED`; without an owner, all requests from now on. */
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
    // The timer for background requests is already set: another one only changes their order.
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

/** The error of a request that was never sent because the client was closed. */
export function closedError(): LayersError {
  return new LayersError({
    code: 'CLOSED',
    message: 'layers-react: the client was closed before this request was sent, so nothing was sent. Create a new client to send it.',
  });
}
