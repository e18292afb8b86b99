/** A 2xx response with its body as text. */
export interface Answer {
  text: string;
  etag: string | null;
  requestId: string | null;
}

interface Kept {
  answer: Answer;
  /** The parsed text. */
  value: unknown;
}

/**
 * Caches the last response of each path, so that an unchanged body isn't parsed again and its value keeps its identity. Bounded by the total length of the
 * bodies; the least recently read path is evicted first.
 */
export class AnswerMemory {
  readonly #kept = new Map<string, Kept>();
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
    this.#forget(path, last);
    this.#kept.set(path, { answer, value });
    this.#length += answer.text.length;
    for (const [oldest, kept] of this.#kept) {
      if (this.#length <= this.#most) break;
      this.#forget(oldest, kept);
    }
    return value;
  }

  #forget(path: string, kept: Kept | undefined): void {
    if (kept === undefined) return;
    this.#kept.delete(path);
    this.#length -= kept.answer.text.length;
  }
}
