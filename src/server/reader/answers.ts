/** A response of the API as it is kept, for everybody who may see it. */
export interface KeptAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** When it was requested, on the clock of `monotonicNow`: it contains no later write. */
  askedAt: number;
}

/** What an entry costs beside its text, in characters: so many tiny bodies are bounded, too. */
const OVERHEAD = 500;

/** The last good response of each path, bounded by the length of all of them: the least recently used is dropped first. */
export class Answers {
  readonly #kept = new Map<string, KeptAnswer>();
  readonly #most: number;
  #length = 0;

  /** @param most total characters */
  constructor(most: number) {
    this.#most = most;
  }

  /** The length of all of them, in characters. */
  get length(): number {
    return this.#length;
  }

  get(path: string): KeptAnswer | undefined {
    const answer = this.#kept.get(path);
    if (answer === undefined) return undefined;
    this.#kept.delete(path);
    this.#kept.set(path, answer);
    return answer;
  }

  put(path: string, answer: KeptAnswer): void {
    this.drop(path);
    this.#kept.set(path, answer);
    this.#length += answer.text.length + OVERHEAD;
    for (const oldest of this.#kept.keys()) {
      if (this.#length <= this.#most) break;
      this.drop(oldest);
    }
  }

  drop(path: string): void {
    const answer = this.#kept.get(path);
    if (answer === undefined) return;
    this.#length -= answer.text.length + OVERHEAD;
    this.#kept.delete(path);
  }
}
