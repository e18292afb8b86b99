import { pauseOf } from '../../schedule/cadence.js';
import { StreamRefused } from './stream.js';

/** How long a stream that failed isn't asked for again, in milliseconds: doubling from the first, for want of a session (401, 403) the second, to the last. */
const RETRY_MS = { first: 1_000, session: 5_000, last: 60_000 } as const;
/** The same where it can't be had: there is no such route, or what came is no stream. */
const REFUSED_MS = 5 * 60_000;

/** How long a stream isn't asked for again, in milliseconds. @param failures how many failed in a row, this one included */
export function pauseAfter(error: unknown, failures: number): number {
  const { status, pauseMs } = error instanceof StreamRefused ? error : { status: null, pauseMs: null };
  const isOfSession = status === 401 || status === 403;
  if (status !== null && pauseMs === null && !isOfSession && !mayRecover(status)) return REFUSED_MS;
  const first = isOfSession ? RETRY_MS.session : RETRY_MS.first;
  const backoff = Math.min(RETRY_MS.last, first * 2 ** Math.min(failures - 1, 10)) * (0.5 + Math.random() / 2);
  return Math.max(backoff, pauseOf(pauseMs ?? 0));
}

const mayRecover = (status: number) => status >= 500 || status === 429 || status === 408;
