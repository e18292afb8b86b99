interface SharedRead {
  promise: Promise<unknown>;
  abort: AbortController;
  waiting: number;
}

/** Lets equal reads that overlap share one request, which is canceled once nobody waits for it any more. */
export class SharedReads {
  /** Those that a later read may join, … */
  readonly #reads = new Map<string, SharedRead>();
  /** … and all that are under way. */
  readonly #underWay = new Set<SharedRead>();

  /** Joins the read of `path` in flight, or starts one. Rejects with the signal's reason for whoever cancels. */
  join<T>(path: string, signal: AbortSignal | undefined, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const read = this.#reads.get(path) ?? this.#begin(path, start);
    read.waiting += 1;
    if (!signal) return read.promise as Promise<T>;
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        reject(signal.reason);
        read.waiting -= 1;
        if (read.waiting > 0) return;
        this.#forget(path, read);
        read.abort.abort(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      (read.promise as Promise<T>).then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }

  /** Lets no later read join one in flight: something was written since it left. */
  seal(): void {
    this.#reads.clear();
  }

  /** Gives up every read in flight. */
  close(reason: unknown): void {
    for (const { abort } of this.#underWay) abort.abort(reason);
    this.seal();
  }

  #begin(path: string, start: (signal: AbortSignal) => Promise<unknown>): SharedRead {
    const abort = new AbortController();
    const read: SharedRead = { abort, waiting: 0, promise: start(abort.signal) };
    this.#reads.set(path, read);
    this.#underWay.add(read);
    const settled = () => {
      this.#underWay.delete(read);
      this.#forget(path, read);
    };
    read.promise.then(settled, settled);
    return read;
  }

  #forget(path: string, read: SharedRead): void {
    if (this.#reads.get(path) === read) this.#reads.delete(path);
  }
}
