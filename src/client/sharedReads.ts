interface SharedRead {
  promise: Promise<unknown>;
  abort: AbortController;
  waiting: number;
}

/** Deduplicates overlapping equal reads into one request, which is canceled once all callers have canceled. */
export class SharedReads {
  /** Reads that later ones can join, by path, … */
  readonly #reads = new Map<string, SharedRead>();
  /** … and all reads in flight. */
  readonly #underWay = new Set<SharedRead>();

  /** Joins the read of `path` in flight, or starts one. Rejects with the signal's reason for a caller that cancels. */
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

  /** Stops later reads from joining reads in flight, because something was written since they were sent. */
  seal(): void {
    this.#reads.clear();
  }

  /** Aborts every read in flight. */
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
