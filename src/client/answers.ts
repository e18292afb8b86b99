/** A 2xx answer, its body still text. */
export interface Answer {
  text: string;
  etag: string | null;
  requestId: string | null;
}

interface Kept {
  answer: Answer;
  /** What the text was parsed to. */
  value: unknown;
}

/**
 * The last answer of each address, so that an unchanged text isn't parsed again and its value keeps its identity. Bounded by the length of the texts: the
 * address read least recently goes first.
 */
export class AnswerMemory {
  readonly #kept = new Map<string, Kept>();
  readonly #most: number;
  #length = 0;

  /** @param most characters of text that may be kept in all */
  constructor(most = 1_000_000) {
    this.#most = most;
  }

  /** The last answer of an address. */
  last(path: string): Answer | undefined {
    return this.#kept.get(path)?.answer;
  }

  /** The value of an answer: the one its address gave last if the text is the same, else `parse()`. */
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
