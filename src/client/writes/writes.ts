import { monotonicNow } from '../../internal/monotonicNow.js';
import type { ServerWord } from '../reads/readBudget.js';
import { ReadGate } from '../reads/readGate.js';
import { WriteBudget } from './writeBudget.js';

/** The two buckets that writes are counted in (rate-limits page): what starts a job, and everything else. */
export type WriteClass = 'write-light' | 'long-running';

/** Where the writes of one API scope wait until the budget of their bucket lets them leave. */
export class Writes {
  readonly #budgets: Record<WriteClass, WriteBudget>;
  readonly #gates: Record<WriteClass, ReadGate>;

  /** @param perMinute writes of the first bucket in any 60 s; `isFixed`: whether somebody chose that number */
  constructor({ perMinute, isFixed }: { perMinute: number; isFixed: boolean }) {
    this.#budgets = {
      'write-light': new WriteBudget({ limit: perMinute, isFixed, tiers: [600, 3_000] }),
      // 80% of the standard tier's 20, like the others.
      'long-running': new WriteBudget({ limit: 16, isFixed: false, tiers: [60, 300] }),
    };
    this.#gates = {
      'write-light': new ReadGate(this.#budgets['write-light']),
      'long-running': new ReadGate(this.#budgets['long-running']),
    };
  }

  /** Lowers the limit for good, where another client of the scope was given a lower one. */
  limitTo(perMinute: number): void {
    this.#budgets['write-light'].limitTo(perMinute);
  }

  /** Resolves when a person's write may leave, which is then counted. Rejects with the signal's reason. */
  enter(kind: WriteClass, signal?: AbortSignal): Promise<void> {
    return this.#gates[kind].enter(() => 'asked', signal);
  }

  /**
   * Resolves when one of many writes, of which nobody waits for this one in particular, may begin; the write itself is counted when it leaves. Rejects
   * with the signal's reason.
   */
  turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const cancel = () => {
        withdraw();
        reject(signal.reason);
      };
      signal.addEventListener('abort', cancel, { once: true });
      const withdraw = this.#gates['write-light'].reserve(
        () => 'rest',
        () => {
          signal.removeEventListener('abort', cancel);
          resolve();
          return false;
        },
      );
    });
  }

  /** When one of many writes may begin, on the clock of `monotonicNow`; `null`: at once. */
  nextTurnAt(): number | null {
    const now = monotonicNow();
    const at = this.#budgets['write-light'].nextAt('rest', now);
    return at > now ? at : null;
  }

  /** Takes in what an answer to a write says of the server's limit. */
  hear(kind: WriteClass, word: ServerWord): void {
    this.#budgets[kind].hear(word, monotonicNow());
    this.#gates[kind].pump();
  }
}
