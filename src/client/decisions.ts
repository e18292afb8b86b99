import { containerKey } from '../model/ids.js';
import { type ApprovalStatus, readApprovalStatus } from '../model/status.js';

interface Decided {
  approvalStatus: ApprovalStatus;
  rawApprovalStatus: string;
}

/** How many decisions are remembered: more than anybody takes while one read is on its way. */
const CAPACITY = 500;

/**
 * What people decided, so that a read that left before a decision was settled, and comes back after it, does not undo it: whatever that read says of
 * approval is older than what is known.
 */
export class Decisions {
  #count = 0;
  readonly #decided = new Map<string, Decided & { number: number }>();

  /** A mark for a read that leaves now. */
  mark(): number {
    return this.#count;
  }

  /** Notes what the API answered to a decision: its result, or in a conflict what holds instead. */
  settle(containerId: string, rawApprovalStatus: string): void {
    const key = containerKey(containerId);
    this.#count += 1;
    this.#decided.delete(key);
    this.#decided.set(key, { approvalStatus: readApprovalStatus(rawApprovalStatus), rawApprovalStatus, number: this.#count });
    if (this.#decided.size > CAPACITY) this.#decided.delete(this.#decided.keys().next().value as string);
  }

  /** A record as read, with the decision that was settled after the read had left, if there is one. */
  hold<Row extends Decided & { id: string }>(row: Row, mark: number): Row {
    const decided = this.#decided.get(containerKey(row.id));
    if (decided === undefined || decided.number <= mark || decided.rawApprovalStatus === row.rawApprovalStatus) return row;
    return { ...row, approvalStatus: decided.approvalStatus, rawApprovalStatus: decided.rawApprovalStatus };
  }
}
