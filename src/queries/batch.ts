let batched: (updates: () => void) => void = (updates) => updates();

/** Has updates of many queries run as one, so that they are one React commit: a provider gives TanStack's `notifyManager.batch`, which only React needs. */
export function batchBy(batch: (updates: () => void) => void): void {
  batched = batch;
}

/** Runs updates of several queries together. */
export const batch = (updates: () => void): void => batched(updates);
