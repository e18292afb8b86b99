import type { ContainerEntry } from '../../entries/entry.js';
import { factsOf, jobFacts } from '../../entries/facts.js';
import { mergeEntry } from '../../entries/mergeEntry.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import { Decisions } from '../../schedule/decisions.js';
import type { Told } from '../../schedule/told.js';
import type { Facts } from '../../schedule/track.js';

/** What is known of each container that is followed, merged as browsers merge it: it says when the container is to be read next. */
export class Entries {
  readonly #entries = new Map<string, ContainerEntry>();
  readonly #decisions = new Decisions();
  readonly #serverNow: () => number | null;

  /** @param serverNow the API's time in milliseconds since 1970; `null`: unknown */
  constructor(serverNow: () => number | null) {
    this.#serverNow = serverNow;
  }

  /** Takes in what was read of the container or job of a key. @returns the scheduler's facts about it; `undefined`: nothing is known yet */
  learn(key: string, told: Told): Facts | undefined {
    if (told.kind === 'job') return jobFacts(told.value, this.#context());
    const serverNow = this.#serverNow();
    const estimate = { history: null, serverTime: serverNow === null ? null : new Date(serverNow).toISOString() };
    const context = { now: monotonicNow(), decisions: this.#decisions, estimate };
    const next = mergeEntry(this.#entries.get(key), told, context);
    if (next !== undefined) this.#entries.set(key, next);
    return this.facts(key);
  }

  /** The scheduler's facts about a container; `undefined`: nothing is known of it. */
  facts(key: string): Facts | undefined {
    const entry = this.#entries.get(key);
    return entry && factsOf(entry, this.#context());
  }

  forget(key: string): void {
    this.#entries.delete(key);
  }

  #context() {
    return { history: null, now: monotonicNow(), serverNow: this.#serverNow() };
  }
}
