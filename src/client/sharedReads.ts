import { monotonicNow } from '../internal/monotonicNow.js';

interface SharedRead {
  promise: Promise<unknown>;
  abort: AbortController;
  waiting: number;
  /** How many of those that wait have left, and are let go a task later. */
  leaving: number;
  startedAt: number;
}

/** What React mounts twice in a row comes back within this time; what comes later asks for something newer. */
const REMOUNT_MS = 20;

/**
 * Lets equal reads that overlap share one request. The request is canceled once nobody waits for it any more, a task later: a component that
 * React mounts twice in a row (StrictMode) joins the first request instead of sending another.
 */
export class SharedReads {
  readonly #reads = new Map<string, SharedRead>();

  /** Joins the read of `path` in flight, or starts one. */
  join<T>(path: string, signal: AbortSignal | undefined, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const read = this.#joinable(path) ?? this.#begin(path, start);
    read.waiting += 1;
    if (!signal) return read.promise as Promise<T>;
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        reject(signal.reason);
        read.leaving += 1;
        setTimeout(() => {
          read.leaving -= 1;
          read.waiting -= 1;
          if (read.waiting === 0) {
            this.#forget(path, read);
            read.abort.abort(signal.reason);
          }
        });
      };
      signal.addEventListener('abort', leave, { once: true });
      const settled = () => signal.removeEventListener('abort', leave);
      (read.promise as Promise<T>).then(resolve, reject).finally(settled);
    });
  }

  /** Lets no later read join one that is in flight now: what it brings was asked for before something was written. */
  seal(): void {
    this.#reads.clear();
  }

  #joinable(path: string): SharedRead | undefined {
    const read = this.#reads.get(path);
    const isAbandoned = read !== undefined && read.waiting > 0 && read.leaving === read.waiting;
    return isAbandoned && monotonicNow() - read.startedAt > REMOUNT_MS ? undefined : read;
  }

  #begin(path: string, start: (signal: AbortSignal) => Promise<unknown>): SharedRead {
    const abort = new AbortController();
    const read: SharedRead = { abort, waiting: 0, leaving: 0, startedAt: monotonicNow(), promise: start(abort.signal) };
    this.#reads.set(path, read);
    const settled = () => this.#forget(path, read);
    read.promise.then(settled, settled);
    return read;
  }

  #forget(path: string, read: SharedRead): void {
    if (this.#reads.get(path) === read) this.#reads.delete(path);
  }
}
