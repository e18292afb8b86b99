/** What an aborted `fetch` rejects with: the signal's own reason, as the platform's does. */
export function abortReason(signal: AbortSignal): unknown {
  return signal.reason ?? new DOMException('This operation was aborted', 'AbortError');
}

/** Waits some milliseconds of real time, or until aborted, whichever comes first. `Infinity` waits for the abort alone. */
export function wait(ms: number, signal: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(abortReason(signal));
      return;
    }
    const onAbort = () => {
      if (timer !== undefined) clearTimeout(timer);
      if (signal) reject(abortReason(signal));
    };
    const timer =
      ms === Infinity
        ? undefined
        : setTimeout(() => {
            signal?.removeEventListener('abort', onAbort);
            resolve();
          }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
