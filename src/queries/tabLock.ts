/** What happens to a tab that stands in line for a lock. */
export interface LockOutcome {
  /** The lock is this tab's until it leaves. */
  granted: () => void;
  /** The browser has no locks, refuses them here, or took the lock away. */
  refused: () => void;
}

/** Stands in line for a Web Lock. Returns what leaves the line or, once the lock was granted, gives it up; nothing is called any more after that. */
export function standInLine(name: string, { granted, refused }: LockOutcome): () => void {
  const line = new AbortController();
  const { signal } = line;
  const hold = () => {
    // Granted in the moment in which this tab left the line: whoever returns gives the lock up.
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
