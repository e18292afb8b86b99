/** Runs updates of several queries as one batch. */
export let batch: (updates: () => void) => void = (updates) => updates();

/** Sets how updates of several queries are batched into one React commit: the provider passes TanStack's `notifyManager.batch`. */
export function batchBy(how: (updates: () => void) => void): void {
  batch = how;
}
