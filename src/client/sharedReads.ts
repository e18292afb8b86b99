import { SharedTurn, type Wish } from './sharedTurn.js';

interface SharedRead {
  promise: Promise<unknown>;
  abort: AbortController;
  waiting: number;
  turn: SharedTurn;
}

type Start<T> = (signal: AbortSignal, turn: SharedTurn) => Promise<T>;

/** Deduplicates overlapping equal reads into one request, which is canceled once all callers have canceled. */
export class SharedReads {
  /** All reads in flight, by the writes before them and their path. */
  readonly #reads = new Map<string, SharedRead>();
  #writes = 0;

  /** Joins the read of `path` that waits or is in flight, or starts one. Rejects with the signal's reason for a caller that cancels. */
  join<T>(path: string, signal: AbortSignal | undefined, start: Start<T>, wish: Wish = {}): Promise<T> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const key = `${this.#writes} ${path}`;
    const known = this.#reads.get(key);
    known?.turn.add(wish);
    const read = known ?? this.#begin(key, start, wish);
    const promise = read.promise as Promise<T>;
    read.waiting += 1;
    if (!signal) return promise;
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        reject(signal.reason);
        read.waiting -= 1;
        if (read.waiting > 0) return;
        this.#forget(key, read);
        read.abort.abort(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }

  /** Stops later reads from joining reads in flight, because something was written since they were sent. */
  seal(): void {
    this.#writes += 1;
  }

  /** Aborts every read in flight. */
  close(reason: unknown): void {
    for (const { abort } of this.#reads.values()) abort.abort(reason);
    this.seal();
  }

  #begin(key: string, start: Start<unknown>, wish: Wish): SharedRead {
    const abort = new AbortController();
    const turn = new SharedTurn(abort.signal);
    turn.add(wish);
    const read: SharedRead = { abort, waiting: 0, turn, promise: start(abort.signal, turn) };
    this.#reads.set(key, read);
    const settled = () => this.#forget(key, read);
    read.promise.then(settled, settled);
    return read;
  }

  #forget(key: string, read: SharedRead): void {
    if (this.#reads.get(key) === read) this.#reads.delete(key);
  }
}
