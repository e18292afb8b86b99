/** Callbacks for a tab that waits for a Web Lock. */
export interface LockOutcome {
  /** The lock was granted, and is held until released. */
  granted: () => void;
  /** The browser has no Web Locks, refuses them here, or revoked the lock. */
  refused: () => void;
}

/** Waits for a Web Lock. Returns a function that cancels the wait or releases the lock; no callback is called after that. */
export function standInLine(name: string, { granted, refused }: LockOutcome): () => void {
  const line = new AbortController();
  const { signal } = line;
  const hold = () => {
    // Granted just as the wait was canceled: returning releases the lock.
    if (signal.aborted) return undefined;
    granted();
    return new Promise<void>((release) => signal.addEventListener('abort', () => release(), { once: true }));
  };
  const fail = () => {
    if (!signal.aborted) refused();
  };
  try {
    navigator.locks.request(name, { signal }, hold).catch(fail);
  } catch {
    fail();
  }
  return () => line.abort();
}
