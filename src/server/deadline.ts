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
 * Waits for work until its deadline, even if the work ignores the signal it is given, or takes none.
 *
 * @throws `late()`, Refusal 499 if the browser disconnected, or whatever the work throws
 */
export async function within<T>({ ms, late, signal }: Deadline, work: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
  if (signal?.aborted) throw disconnected();
  // Most work takes no signal, and one is dear where there are thousands a second.
  const stop = work.length > 0 ? new AbortController() : undefined;
  let fail: (reason: Error) => void = () => {};
  // First in the race, and told first: work that heeds the signal rejects with errors of its own.
  const ended = new Promise<never>((_, reject) => {
    fail = (reason) => {
      reject(reason);
      stop?.abort(reason);
    };
  });
  const leave = () => fail(disconnected());
  signal?.addEventListener('abort', leave, { once: true });
  const timer = setTimeout(() => fail(late()), ms);
  try {
    return await Promise.race([ended, (async () => work(stop?.signal ?? NEVER))()]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', leave);
  }
}

/** For work that takes no signal. */
const NEVER = new AbortController().signal;

const disconnected = () => new Refusal(499, 'CLIENT_CLOSED_REQUEST', 'The request was canceled before a response arrived.');
