let batched: (updates: () => void) => void = (updates) => updates();

/** Sets how updates of several queries are batched into one React commit: the provider passes TanStack's `notifyManager.batch`. */
export function batchBy(batch: (updates: () => void) => void): void {
  batched = batch;
}

/** Runs updates of several queries as one batch. */
export const batch = (updates: () => void): void => batched(updates);
