import { Alarm } from '../internal/alarm.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import { LayersError } from '../model/errors.js';
import type { Budget } from './budget.js';
import { PRIORITIES, type Priority } from './priority.js';

interface Waiting {
  /** Evaluated for each slot, because it can change while the request waits. */
  priority: () => Priority;
  /** Uses the slot. `false`: nothing was sent, and no budget is spent. */
  use: () => boolean | void;
  /** The client's schedule, for {@link Queue.close}: several clients share one queue. */
  owner: object;
  /** Called when the owner is closed. */
  reject: (error: Error) => void;
}

/** One slot in this many goes to the background request that has waited longest. */
const LONGEST_WAIT_EVERY = 6;
/** A person's newest request is sent first, except in every third slot: a click doesn't wait behind hundreds of requests of an earlier action. */
const OLDEST_EVERY = 3;
/** While a list waits for its first page, one slot in this many goes to a sweep: those of many projects would take all. */
const SWEEP_EVERY = 3;

/** The requests that wait for the budget, in the order of {@link PRIORITIES}; first in, first out within a background priority. Nothing starves. */
export class Queue {
  /** Decides when the next request can be sent, and counts it. */
  readonly #budget: Pick<Budget, 'nextAt' | 'depart'>;
  readonly #alarm = new Alarm(() => this.pump());
  /** Oldest first. */
  #waiting: Waiting[] = [];
  #slots = 0;
  #isPumping = false;

  constructor(budget: Pick<Budget, 'nextAt' | 'depart'>) {
    this.#budget = budget;
  }

  /** Resolves when the request can be sent, and counts it. Rejects with the signal's reason, or with a `LayersError` `CLOSED` when its owner is closed. */
  enter(priority: () => Priority, owner: object, signal?: AbortSignal): Promise<void> {
    let cancel = () => {};
    const granted = new Promise<void>((resolve, reject) => {
      signal?.throwIfAborted();
      const leave = this.reserve(priority, owner, resolve, reject);
      cancel = () => {
        leave();
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', cancel);
    });
    const stopListening = () => signal?.removeEventListener('abort', cancel);
    void granted.then(stopListening, stopListening);
    return granted;
  }

  /** Waits for a slot and decides only then what to send; `reject` is called when the owner is closed. Returns a function that leaves the queue. */
  reserve(priority: () => Priority, owner: object, use: Waiting['use'], reject: Waiting['reject']): () => void {
    const waiting = { priority, use, owner, reject };
    this.#waiting.push(waiting);
    this.pump();
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== waiting);
      this.pump();
    };
  }

  /** Sends what can be sent, and sets a timer for the next. Call it when the budget or the priority of a waiting request has changed. */
  pump(): void {
    // A request can add to the queue while it is sent: this loop continues with it after counting the first.
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      for (;;) {
        const next = this.#next();
        if (next === undefined) return this.#alarm.clear();
        const now = monotonicNow();
        const at = this.#budget.nextAt(next.priority, now);
        // Also if one is sent now: when that throws, the others still follow.
        this.#alarm.set(at);
        if (at > now) return;
        this.#waiting.splice(this.#waiting.indexOf(next.waiting), 1);
        if (next.waiting.use() === false) continue;
        this.#budget.depart(next.priority, now);
        this.#slots += 1;
      }
    } finally {
      this.#isPumping = false;
    }
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** Rejects the waiting requests of an owner with `CLOSED`. */
  close(owner: object): void {
    const leaving = this.#waiting.filter((waiting) => waiting.owner === owner);
    this.#waiting = this.#waiting.filter((waiting) => waiting.owner !== owner);
    for (const { reject } of leaving) reject(closedError());
    this.pump();
  }

  /** The next request, and the priority whose slot it uses. */
  #next(): { waiting: Waiting; priority: Priority } | undefined {
    const isTurn = (every: number) => this.#slots % every === every - 1;
    const all = this.#waiting.map((waiting) => ({ waiting, priority: waiting.priority() }));
    const newest = all.findLast(({ priority }) => priority === 'person');
    const longest = all.find(({ priority }) => priority !== 'person');
    if (longest && isTurn(LONGEST_WAIT_EVERY)) return newest ? { ...longest, priority: 'person' } : longest;
    if (newest && !isTurn(OLDEST_EVERY)) return newest;
    const [most] = all.sort((one, other) => PRIORITIES.indexOf(one.priority) - PRIORITIES.indexOf(other.priority));
    const list = most?.priority === 'sweep' && !isTurn(SWEEP_EVERY) ? all.find(({ priority }) => priority === 'list') : undefined;
    return list ?? most;
  }
}

/** The error of a request that was never sent because the client was closed. */
export function closedError(): LayersError {
  return new LayersError({
    code: 'CLOSED',
    message: 'layers-react: the client was closed before this request was sent, so nothing was sent. Create a new client to send it.',
  });
}
