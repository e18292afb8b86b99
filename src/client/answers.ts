interface Answer {
  text: string;
  value: unknown;
  etag: string | null;
}

/**
 * The last answer of each address, so that one whose text has not changed is not parsed again and keeps its identity. Holds the `capacity` addresses
 * read last.
 */
export class AnswerMemory {
  readonly #answers = new Map<string, Answer>();
  readonly #capacity: number;

  constructor(capacity = 500) {
    this.#capacity = capacity;
  }

  /** The validator to send as `If-None-Match`; `null` where the server gave none. */
  etag(path: string): string | null {
    return this.#answers.get(path)?.etag ?? null;
  }

  /** What was last read from an address; `undefined` where nothing was. */
  recall<T>(path: string): T | undefined {
    return this.#answers.get(path)?.value as T | undefined;
  }

  /** The value of an answer: the last one if its text is the last one's, else `parse(text)`, then kept. */
  take<T>(path: string, text: string, etag: string | null, parse: (text: string) => T): T {
    const last = this.#answers.get(path);
    const value = last !== undefined && last.text === text ? (last.value as T) : parse(text);
    this.#answers.delete(path);
    this.#answers.set(path, { text, value, etag });
    if (this.#answers.size > this.#capacity) this.#answers.delete(this.#answers.keys().next().value as string);
    return value;
  }
}
