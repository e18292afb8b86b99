import { Refusal } from './refusal.js';

/** How long something may be waited for. */
export interface Deadline {
  /** In milliseconds. */
  ms: number;
  /** What to reject with when the time is up. */
  late: () => Error;
  /** The browser's: the wait ends when the browser disconnects. Without one it goes on. */
  signal?: AbortSignal | undefined;
}

/**
 * Waits for work until its deadline, even if the work ignores the signal it is given.
 *
 * @throws `late()`, Refusal 499 if the browser disconnected, or whatever the work throws
 */
export async function within<T>({ ms, late, signal }: Deadline, work: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
  if (signal?.aborted) throw disconnected();
  const stop = new AbortController();
  const leave = () => stop.abort(disconnected());
  signal?.addEventListener('abort', leave, { once: true });
  const timer = setTimeout(() => stop.abort(late()), ms);
  try {
    // First in the race: work that heeds the signal rejects with errors of its own.
    return await Promise.race([rejection(stop.signal), (async () => work(stop.signal))()]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', leave);
  }
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

const disconnected = () => new Refusal(499, 'CLIENT_CLOSED_REQUEST', 'The request was canceled before a response arrived.');
