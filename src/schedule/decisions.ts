import { monotonicNow } from '../internal/monotonicNow.js';
import { containerKey } from '../model/ids.js';
import { type ApprovalStatus, readApprovalStatus } from '../model/status.js';

/** A decision whose answer has not come. */
export interface OpenDecision {
  key: string;
  /** What it is shown as meanwhile. */
  status: 'approved' | 'rejected';
  /** When it began, on the clock of `monotonicNow`. */
  at: number;
}

/** How many settled decisions are remembered: more than anybody takes while one read is on its way. */
const CAPACITY = 500;

/**
 * What people decided and are deciding: the one home of decisions, so that no read undoes one. An answer that was asked for before a decision was settled
 * is older than it; while a decision is on its way, what still waits for approval is shown as decided. The raw word stays what the server sent.
 */
export class Decisions {
  readonly #open = new Map<string, OpenDecision>();
  readonly #settled = new Map<string, { status: string; at: number }>();

  /** Shows a container as decided from now on, until {@link end}. */
  begin(containerId: string, status: 'approved' | 'rejected'): OpenDecision {
    const open = { key: containerKey(containerId), status, at: monotonicNow() };
    this.#open.set(open.key, open);
    return open;
  }

  /** Whether what {@link begin} began has not ended, and no other began after it. */
  isOpen(open: OpenDecision): boolean {
    return this.#open.get(open.key) === open;
  }

  /** Ends what {@link begin} began. The server's word for what holds, if it was told since; `null`: whatever was read last. */
  end(open: OpenDecision): string | null {
    if (this.#open.get(open.key) === open) this.#open.delete(open.key);
    const settled = this.#settled.get(open.key);
    return settled !== undefined && settled.at >= open.at ? settled.status : null;
  }

  /** Notes what the server says of a decision: its result, or in a conflict what holds instead. */
  settle(containerId: string, status: string): void {
    const key = containerKey(containerId);
    this.#settled.delete(key);
    this.#settled.set(key, { status, at: monotonicNow() });
    if (this.#settled.size > CAPACITY) this.#settled.delete(this.#settled.keys().next().value as string);
  }

  /** How a container stands in review, where an answer that was asked for at `askedAt` says `raw`. */
  review(key: string, raw: string, askedAt: number): { approvalStatus: ApprovalStatus; rawApprovalStatus: string } {
    const settled = this.#settled.get(key);
    const word = settled !== undefined && settled.at >= askedAt ? settled.status : raw;
    const open = this.#open.get(key);
    // What a read says that somebody else decided is shown as it is: a decision is final.
    const approvalStatus = open !== undefined && word === 'pending' ? open.status : readApprovalStatus(word);
    return { approvalStatus, rawApprovalStatus: word };
  }
}
