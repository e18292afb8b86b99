const PERIOD_MS = 1_000;
/** By document: a window that the page has opened can be seen while the page itself is not, and then only that window's timers are on time. */
const tickers = new Map<Document, Ticker>();

/**
 * Calls a listener once a second, by one timer for all that a document shows: none while nobody listens or the document is hidden. A document that is seen
 * again calls at once. Returns what stops it.
 */
export function onTick(listener: () => void, shown: Document = document): () => void {
  const ticker = tickers.get(shown) ?? new Ticker(shown);
  tickers.set(shown, ticker);
  return ticker.add(listener);
}

class Ticker {
  readonly #document: Document;
  readonly #window: Pick<typeof globalThis, 'setInterval' | 'clearInterval'>;
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(shown: Document) {
    this.#document = shown;
    this.#window = shown.defaultView ?? globalThis;
  }

  add(listener: () => void): () => void {
    const isFirst = this.#listeners.size === 0;
    this.#listeners.add(listener);
    if (isFirst) {
      this.#document.addEventListener('visibilitychange', this.#startOrStop);
      this.#startOrStop();
    }
    return () => {
      if (!this.#listeners.delete(listener) || this.#listeners.size > 0) return;
      this.#document.removeEventListener('visibilitychange', this.#startOrStop);
      this.#stop();
      if (tickers.get(this.#document) === this) tickers.delete(this.#document);
    };
  }

  #stop(): void {
    this.#window.clearInterval(this.#timer);
    this.#timer = undefined;
  }

  readonly #startOrStop = (): void => {
    this.#stop();
    if (this.#document.visibilityState === 'hidden') return;
    this.#timer = this.#window.setInterval(this.#tick, PERIOD_MS);
    this.#tick();
  };

  readonly #tick = (): void => {
    for (const listener of this.#listeners) listener();
  };
}
