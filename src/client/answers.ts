import type { Answer } from './transport.js';

/** Caches the last response of each path: an unchanged body isn't parsed again, its value keeps its identity. Evicts the least recently read path first. */
export class AnswerMemory {
  readonly #kept = new Map<string, { answer: Answer; value: unknown }>();
  readonly #most: number;
  #length = 0;

  /** @param most total characters of text kept */
  constructor(most = 1_000_000) {
    this.#most = most;
  }

  /** The last response of a path; `undefined` if there is none. */
  last(path: string): Answer | undefined {
    return this.#kept.get(path)?.answer;
  }

  /** The value of a response: the cached one if the text is unchanged, else `parse()`. */
  take<T>(path: string, answer: Answer, parse: () => T): T {
    const last = this.#kept.get(path);
    const value = last?.answer.text === answer.text ? (last.value as T) : parse();
    this.#forget(path);
    this.#kept.set(path, { answer, value });
    this.#length += answer.text.length;
    for (const oldest of this.#kept.keys()) {
      if (this.#length <= this.#most) break;
      this.#forget(oldest);
    }
    return value;
  }

  #forget(path: string): void {
    this.#length -= this.last(path)?.text.length ?? 0;
    this.#kept.delete(path);
  }
}
