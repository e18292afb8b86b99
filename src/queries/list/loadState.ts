import type { LayersError } from '../../model/errors.js';

/** What becomes of loading more; kept apart from TanStack's state, which is that of the first page. */
export interface LoadState {
  isFetchingNextPage: boolean;
  /** Why the last load failed; `null` after one that did not. */
  loadMoreError: LayersError | null;
}

/** Called with every change of a {@link LoadState}. */
export type LoadListener = (before: LoadState, after: LoadState) => void;

/** Runs one load at a time, and tells what becomes of it. */
export class Loads {
  state: LoadState = { isFetchingNextPage: false, loadMoreError: null };
  readonly #listeners = new Set<LoadListener>();
  #running: Promise<void> | undefined;

  /** Runs a load, or joins the one that is running. Never rejects: what goes wrong is in the state, unless it was given up. */
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
    // A listener may well load on.
    this.#running = undefined;
    this.#set({ isFetchingNextPage: false, loadMoreError: error });
  }

  /** Calls back with every change of the state. */
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
