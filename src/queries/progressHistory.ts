import { heldBy } from '../internal/heldBy.js';
import { Listeners } from '../internal/listeners.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import { containerKey } from '../model/ids.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { learnFromProgress, parseProgressHistory, type ProgressHistory } from '../progress/history.js';

const LIVES_REMEMBERED = 500;

/** Stage durations that a client has learned from completed generations. */
export class ProgressHistoryStore {
  /** `null`: nothing learned yet. */
  current: ProgressHistory | null = null;
  /** Called with each updated history. */
  readonly learned = new Listeners<[history: ProgressHistory]>();
  #hasLearned = false;
  /** The start of the last generation learned from, by container: several caches report the same end. */
  readonly #lives = new Map<string, number>();

  /** Starts from a persisted history, unless something has been learned already. Invalid parts are dropped. */
  seed(kept: unknown): void {
    if (!this.#hasLearned && kept !== null && kept !== undefined) this.current = parseProgressHistory(kept);
  }

  /** Learns from a completed container, once per generation. */
  learn(finished: ContainerProgress, format: string | null): void {
    const key = containerKey(finished.containerId);
    if (this.#lives.get(key) === finished.startedAt) return;
    if (this.#lives.size === LIVES_REMEMBERED) this.#lives.clear();
    this.#lives.set(key, finished.startedAt);
    const before = this.current ?? { version: 1, formats: {} };
    const next = learnFromProgress(before, finished, format);
    if (next === before) return;
    this.current = next;
    this.#hasLearned = true;
    this.learned.call(next);
  }
}

/** The history of a client, shared by all its queries. */
export const progressHistoryOf = heldBy<ProgressHistoryStore, LayersClient>(() => new ProgressHistoryStore());
