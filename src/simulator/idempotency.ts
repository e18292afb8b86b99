import { Problem } from './problem.js';

interface Remembered {
  fingerprint: string;
  status: number;
  body: string;
  at: number;
}

const windowMs = 24 * 60 * 60 * 1000;

/**
 * Answers kept under an `Idempotency-Key` for 24 hours [getting-started/common-patterns]. Only 2xx answers are kept: a request that
 * was refused may be corrected and sent again under its key.
 */
export class IdempotencyStore {
  readonly #answers = new Map<string, Remembered>();

  /** The answer to replay, or `null` for a new request. Throws 409 `IDEMPOTENCY_CONFLICT` for the same key with another request. */
  recall(name: string, fingerprint: string, now: number): { status: number; body: string } | null {
    const answer = this.#answers.get(name);
    if (!answer) return null;
    if (now - answer.at >= windowMs) {
      this.#answers.delete(name);
      return null;
    }
    if (answer.fingerprint !== fingerprint) {
      throw new Problem(409, 'IDEMPOTENCY_CONFLICT', 'This Idempotency-Key was used with a different request.');
    }
    return answer;
  }

  remember(name: string, fingerprint: string, status: number, body: string, now: number): void {
    this.#answers.set(name, { fingerprint, status, body, at: now });
  }
}
