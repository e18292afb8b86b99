import type { LayersError } from '../../model/errors.js';

/** State of loading more; separate from TanStack's state, which is that of the first page. */
export interface LoadState {
  isFetchingNextPage: boolean;
  /** The error of the last load; `null` after a success. */
  loadMoreError: LayersError | null;
}

/** Called with every change of a {@link LoadState}. */
export type LoadListener = (before: LoadState, after: LoadState) => void;

/** Runs one load at a time and reports its state. */
export class Loads {
  state: LoadState = { isFetchingNextPage: false, loadMoreError: null };
  readonly #listeners = new Set<LoadListener>();
  #running: Promise<void> | undefined;

  /** Runs a load, or joins the one in flight. Never rejects: an error is in `state`, unless it was aborted. */
  run(load: () => Promise<void>, signal: AbortSignal): Promise<void> {
    this.#running ??= this.#run(load, signal);
    return this.#running;
  }

  async #run(load: () => Promise<void>, signal: AbortSignal): Promise<void> {
    this.#set({ ...this.state, isFetchingNextPage: true });
    const error = await load().then(
      () => null,
      (reason: LayersError) => (signal.aborted ? null : reason),
    );
    // A listener can start the next load.
    this.#running = undefined;
    this.#set({ isFetchingNextPage: false, loadMoreError: error });
  }

  /** Subscribes to the state. Returns an unsubscribe function. */
  subscribe(listener: LoadListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #set(state: LoadState): void {
    const before = this.state;
    this.state = state;
    for (const listener of this.#listeners) listener(before, state);
  }
}
