import { monotonicNow } from '../../internal/monotonicNow.js';
import type { Watch } from './followed.js';

/** The pauses of a detail read that fails, as of every other. */
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 60_000;
/** After so many records without a project nobody is asked for one any more. */
const PROJECTLESS_AT_MOST = 2;

/** The records that the loop reads by itself: of what ended, and of what must tell its project so that its siblings can be swept. */
export class DetailReads {
  /** Keys of containers whose record was asked for to learn their project. */
  readonly learned = new Set<string>();
  readonly #underWay = new Set<string>();
  /** Of those that could not be read: how often in a row, and when they may be tried again. */
  readonly #retries = new Map<string, { failures: number; at: number }>();
  #projectless = 0;

  /** Whether it still makes sense to ask for a record to learn its project. */
  get mayLearn(): boolean {
    return this.#projectless < PROJECTLESS_AT_MOST;
  }

  get isAnyUnderWay(): boolean {
    return this.#underWay.size > 0;
  }

  isUnderWay(key: string): boolean {
    return this.#underWay.has(key);
  }

  /** When one that could not be read may be tried again, on the clock of `monotonicNow`. */
  retryAt(key: string): number {
    return this.#retries.get(key)?.at ?? 0;
  }

  /** Takes in that a record was read, by whomever. */
  note(key: string, projectId: string | null): void {
    this.#retries.delete(key);
    if (projectId === null) this.#projectless += 1;
  }

  forget(key: string): void {
    this.learned.delete(key);
    this.#retries.delete(key);
  }

  /** Reads one; resolves with what went wrong, or `null`. */
  async read(watch: Watch, readDetail: (containerId: string) => Promise<unknown>): Promise<unknown> {
    this.learned.add(watch.key);
    this.#underWay.add(watch.key);
    try {
      // Whoever shows the container learns what went wrong, and does not ask again where that cannot help.
      const reader = watch.container ?? watch.row;
      const error = reader ? await reader.read() : await readDetail(watch.id).then(() => null);
      if (error !== null) this.#failed(watch.key);
      return error;
    } catch (error) {
      this.#failed(watch.key);
      return error;
    } finally {
      this.#underWay.delete(watch.key);
    }
  }

  #failed(key: string): void {
    const failures = (this.#retries.get(key)?.failures ?? 0) + 1;
    this.#retries.set(key, { failures, at: monotonicNow() + Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1)) });
  }
}
