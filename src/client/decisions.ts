import { monotonicNow } from '../internal/monotonicNow.js';
import { containerKey } from '../model/ids.js';
import { type ApprovalStatus, readApprovalStatus } from '../model/status.js';

interface Review {
  approvalStatus: ApprovalStatus;
  rawApprovalStatus: string;
}

interface Decided extends Review {
  number: number;
  /** When it was settled, on the clock of `monotonicNow`. */
  at: number;
}

/** A decision whose answer has not come. */
interface OpenDecision {
  containerId: string;
  /** What it is shown as meanwhile. */
  status: 'approved' | 'rejected';
  /** What is known to be older than it. */
  mark: number;
}

/** How many decisions are remembered: more than anybody takes while one read is on its way. */
const CAPACITY = 500;

/**
 * What people decided, and are deciding, so that no read undoes it: one that left before a decision was settled, and comes back after it, is older than
 * what is known; one that comes while a decision is on its way shows it as taken.
 *
 * What is shown before it holds is told apart by its raw word, which stays what the server sent.
 */
export class Decisions {
  #count = 0;
  readonly #decided = new Map<string, Decided>();
  readonly #open = new Map<string, OpenDecision>();

  /** A mark for a read that leaves now. */
  mark(): number {
    return this.#count;
  }

  /** Shows a container as decided from now on. {@link end} says how it came out. */
  begin(containerId: string, status: 'approved' | 'rejected'): OpenDecision {
    const open = { containerId, status, mark: this.#count };
    this.#open.set(containerKey(containerId), open);
    return open;
  }

  /** Ends what {@link begin} began. What holds, in the server's word, if that was settled since; `null`: what was read last. */
  end(open: OpenDecision): string | null {
    const key = containerKey(open.containerId);
    if (this.#open.get(key) === open) this.#open.delete(key);
    const decided = this.#decided.get(key);
    return decided !== undefined && decided.number > open.mark ? decided.rawApprovalStatus : null;
  }

  /** Notes what the API answered to a decision: its result, or in a conflict what holds instead. */
  settle(containerId: string, rawApprovalStatus: string): void {
    const key = containerKey(containerId);
    this.#count += 1;
    this.#decided.delete(key);
    this.#decided.set(key, {
      approvalStatus: readApprovalStatus(rawApprovalStatus),
      rawApprovalStatus,
      number: this.#count,
      at: monotonicNow(),
    });
    if (this.#decided.size > CAPACITY) this.#decided.delete(this.#decided.keys().next().value as string);
  }

  /**
   * A record as read, with the decision that was settled after the read had left, or is still on its way, if there is one.
   * @param mark when somebody here wanted it
   * @param askedAt when it left, here or in another tab, on the clock of `monotonicNow`
   */
  hold<Row extends Review & { id: string }>(row: Row, mark: number, askedAt: number): Row {
    const key = containerKey(row.id);
    const decided = this.#decided.get(key);
    const isOlder = decided !== undefined && (decided.number > mark || decided.at > askedAt);
    const known = isOlder && decided.rawApprovalStatus !== row.rawApprovalStatus ? { ...row, ...reviewOf(decided) } : row;
    const open = this.#open.get(key);
    // What a read says that somebody else decided is shown as it is: a decision is final.
    return open !== undefined && known.rawApprovalStatus === 'pending' ? { ...known, approvalStatus: open.status } : known;
  }
}

function reviewOf({ approvalStatus, rawApprovalStatus }: Review): Review {
  return { approvalStatus, rawApprovalStatus };
}
