import type { LayersClient } from '../schedule/createLayersClient.js';
import { containerKey } from '../model/ids.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { learnFromProgress, parseProgressHistory, type ProgressHistory } from '../progress/history.js';

const LIVES_REMEMBERED = 500;

/** What a client has learned of how long stages take, from every life that it saw to its end. */
export class ProgressHistoryStore {
  /** Called with each new history. */
  readonly listeners = new Set<(history: ProgressHistory) => void>();
  #current: ProgressHistory | null = null;
  #hasLearned = false;
  /** The life of each container that was learned from last: a read that is begun anew must not teach it twice. */
  readonly #lives = new Map<string, number>();

  /** `null`: nothing yet. */
  get current(): ProgressHistory | null {
    return this.#current;
  }

  /** Starts from a history that was kept somewhere, where nothing has been learned yet. Whatever in it is not of use is left out. */
  seed(kept: unknown): void {
    if (!this.#hasLearned && kept !== null && kept !== undefined) this.#current = parseProgressHistory(kept);
  }

  /** Learns from a container that has just been completed, once for each life. */
  learn(finished: ContainerProgress, format: string | null): void {
    const key = containerKey(finished.containerId);
    if (this.#lives.get(key) === finished.startedAt) return;
    this.#lives.delete(key);
    this.#lives.set(key, finished.startedAt);
    if (this.#lives.size > LIVES_REMEMBERED) this.#lives.delete(this.#lives.keys().next().value as string);
    const before = this.#current ?? { version: 1, formats: {} };
    const next = learnFromProgress(before, finished, format);
    if (next === before) return;
    this.#current = next;
    this.#hasLearned = true;
    for (const listener of this.listeners) listener(next);
  }
}

const stores = new WeakMap<LayersClient, ProgressHistoryStore>();

/** The history of a client, which all its queries share. */
export function progressHistoryOf(client: LayersClient): ProgressHistoryStore {
  const store = stores.get(client) ?? new ProgressHistoryStore();
  stores.set(client, store);
  return store;
}
