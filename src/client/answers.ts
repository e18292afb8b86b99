/** An answer of 2xx, its body still text. */
export interface Answer {
  path: string;
  text: string;
  etag: string | null;
  requestId: string | null;
  /** When it was asked for, on the clock of `monotonicNow`: nothing that was written since is in it. */
  askedAt: number;
}

interface Remembered {
  answer: Answer;
  /** When it came, on the clock of `monotonicNow`. */
  at: number;
  /** What it was parsed to, once somebody needed it. */
  parsed: { value: unknown } | undefined;
}

/**
 * The last answer of each address, so that one whose text has not changed is not parsed again and keeps its identity. Holds the `capacity` addresses
 * read last.
 */
export class AnswerMemory {
  readonly #answers = new Map<string, Remembered>();
  readonly #capacity: number;

  constructor(capacity = 500) {
    this.#capacity = capacity;
  }

  /** The last answer of an address, and when it came. */
  recall(path: string): { answer: Answer; at: number } | undefined {
    return this.#answers.get(path);
  }

  /** Keeps an answer that came now. */
  keep(answer: Answer, now: number): void {
    const last = this.#answers.get(answer.path);
    const parsed = last?.answer.text === answer.text ? last.parsed : undefined;
    this.#answers.delete(answer.path);
    this.#answers.set(answer.path, { answer, at: now, parsed });
    if (this.#answers.size > this.#capacity) this.#answers.delete(this.#answers.keys().next().value as string);
  }

  /** The value of an answer: the one its address gave last if the text is the same, else `parse(text)`, then kept. */
  take<T>(answer: Answer, parse: (text: string) => T): T {
    const last = this.#answers.get(answer.path);
    if (last?.answer.text !== answer.text) return parse(answer.text);
    last.parsed ??= { value: parse(answer.text) };
    return last.parsed.value as T;
  }
}
