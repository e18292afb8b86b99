import { monotonicNow } from '../../internal/monotonicNow.js';
import type { Budget } from '../../schedule/budget.js';
import { PRIORITIES, type Priority } from '../../schedule/priority.js';
import type { Queue } from '../../schedule/queue.js';
import { Shares } from './shares.js';

interface WaitingRead {
  priority: Priority;
  /** Who waits for it; grows. */
  viewers: ReadonlySet<string>;
  go: () => void;
  reject: (error: Error) => void;
}

/** The priority of whoever has had more than an even share: that of polling what others look at. */
const BEYOND_SHARE: Priority = 'screen';
/** One slot in so many goes to the read that has waited longest. Nothing starves. */
const LONGEST_WAIT_EVERY = 6;

/**
 * The reads that viewers wait for. They stand in the queue of all reads as one, so that a viewer's thousand don't delay another's first: within a priority
 * whoever was served least comes first, and beyond an even share of the budget nobody's reads go before those of others.
 */
export class ViewerQueue {
  readonly #queue: Queue;
  readonly #budget: Budget;
  /** See {@link Queue.close}. */
  readonly #owner: object;
  readonly #shares = new Shares();
  /** Oldest first. */
  #waiting: WaitingRead[] = [];
  #leaveQueue: (() => void) | undefined;
  #slots = 0;

  constructor(queue: Queue, budget: Budget, owner: object) {
    this.#queue = queue;
    this.#budget = budget;
    this.#owner = owner;
  }

  /** Resolves when a read can be sent, which is counted. Rejects with the signal's reason. @param viewers who waits for it; can grow meanwhile */
  take(priority: Priority, viewers: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const leave = () => {
        this.#remove(read);
        reject(signal.reason);
      };
      const end = () => signal.removeEventListener('abort', leave);
      const read: WaitingRead = {
        priority,
        viewers,
        go: () => {
          end();
          resolve();
        },
        reject: (error) => {
          end();
          reject(error);
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(read);
      this.#enter();
      // Its slot can be free although those of the others aren't.
      if (priority === 'person') this.#queue.pump();
    });
  }

  /** How many reads wait, beside the one that stands in the queue of all. */
  get length(): number {
    return Math.max(0, this.#waiting.length - 1);
  }

  #enter(): void {
    if (this.#leaveQueue !== undefined || this.#waiting.length === 0) return;
    let isUsed = false;
    const leave = this.#queue.reserve(
      () => this.#next(monotonicNow())?.priority ?? 'rest',
      this.#owner,
      () => {
        isUsed = true;
        this.#leaveQueue = undefined;
        return this.#useSlot();
      },
      (error) => {
        for (const { reject } of this.#waiting.splice(0)) reject(error);
      },
    );
    if (!isUsed) this.#leaveQueue = leave;
  }

  #useSlot(): boolean {
    const now = monotonicNow();
    const next = this.#next(now);
    if (next === undefined) return false;
    this.#slots += 1;
    this.#waiting.splice(this.#waiting.indexOf(next.read), 1);
    this.#shares.use(this.#payer(next.read, now).viewer, now);
    this.#enter();
    next.read.go();
    return true;
  }

  #remove(read: WaitingRead): void {
    this.#waiting = this.#waiting.filter((other) => other !== read);
    if (this.#waiting.length > 0) return;
    this.#leaveQueue?.();
    this.#leaveQueue = undefined;
  }

  /** The next read, and the priority whose slot it uses. */
  #next(now: number): { read: WaitingRead; priority: Priority } | undefined {
    const share = this.#shares.even(this.#budget.limit(now), this.#viewers());
    const rank = (priority: Priority) => PRIORITIES.indexOf(priority);
    const all = this.#waiting.map((read) => {
      const { used } = this.#payer(read, now);
      return { read, used, priority: used >= share && rank(read.priority) < rank(BEYOND_SHARE) ? BEYOND_SHARE : read.priority };
    });
    const longest = this.#slots % LONGEST_WAIT_EVERY === LONGEST_WAIT_EVERY - 1 ? this.#waiting[0] : undefined;
    const [next] = all.sort(
      (one, other) =>
        rank(one.priority) - rank(other.priority) || one.used - other.used || rank(one.read.priority) - rank(other.read.priority),
    );
    return next && { read: longest ?? next.read, priority: next.priority };
  }

  /** The viewer of a read who was served least. */
  #payer({ viewers }: WaitingRead, now: number): { viewer: string; used: number } {
    let least = { viewer: '', used: Number.POSITIVE_INFINITY };
    for (const viewer of viewers) {
      const used = this.#shares.usedBy(viewer, now);
      if (used < least.used) least = { viewer, used };
    }
    return least;
  }

  *#viewers(): Iterable<string> {
    for (const { viewers } of this.#waiting) yield* viewers;
  }
}
