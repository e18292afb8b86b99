import { monotonicNow } from '../internal/monotonicNow.js';
import { containerKey } from '../model/ids.js';
import { type ApprovalStatus, readApprovalStatus } from '../model/status.js';

/** A decision in flight: the optimistic status, and when it was started on the clock of `monotonicNow`. */
export interface OpenDecision {
  key: string;
  status: 'approved' | 'rejected';
  at: number;
}

/** How many settled decisions are kept: more than anyone makes while one read is in flight. */
const CAPACITY = 500;

/** All approval decisions: a response requested before one settled is older than that; while one is in flight, a pending approval is shown as decided. */
export class Decisions {
  readonly #open = new Map<string, OpenDecision>();
  readonly #settled = new Map<string, { status: string; at: number }>();

  /** Starts an optimistic decision, until {@link end}. */
  begin(containerId: string, status: 'approved' | 'rejected'): OpenDecision {
    const open = { key: containerKey(containerId), status, at: monotonicNow() };
    this.#open.set(open.key, open);
    return open;
  }

  /** Ends what {@link begin} began. Returns the status that the server has settled since; `null`: whatever was read last holds. */
  end(open: OpenDecision): string | null {
    if (this.#open.get(open.key) === open) this.#open.delete(open.key);
    return this.#settledSince(open.key, open.at) ?? null;
  }

  /** Stores the server's result of a decision, or in a conflict the status that applies instead. */
  settle(containerId: string, status: string): void {
    const key = containerKey(containerId);
    this.#settled.delete(key);
    this.#settled.set(key, { status, at: monotonicNow() });
    if (this.#settled.size > CAPACITY) this.#settled.delete(this.#settled.keys().next().value as string);
  }

  /** The approval status to show, given the raw status of a response requested at `askedAt`; the raw one stays as the server sent it. */
  review(key: string, raw: string, askedAt: number): { approvalStatus: ApprovalStatus; rawApprovalStatus: string } {
    const word = this.#settledSince(key, askedAt) ?? raw;
    const open = this.#open.get(key);
    // Someone else's decision is shown as read: a decision is final.
    const approvalStatus = open !== undefined && word === 'pending' ? open.status : readApprovalStatus(word);
    return { approvalStatus, rawApprovalStatus: word };
  }

  #settledSince(key: string, time: number): string | undefined {
    const settled = this.#settled.get(key);
    return settled !== undefined && settled.at >= time ? settled.status : undefined;
  }
}
