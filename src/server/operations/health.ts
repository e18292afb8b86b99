import { monotonicNow } from '../../internal/monotonicNow.js';
import type { ReaderStatus } from '../reader/reader.js';
import type { LayersServerEvent } from './events.js';
import type { Observer } from './observer.js';

/** What `layers.health()` returns: plain JSON. */
export interface LayersHealth {
  /** `degraded`: what is shown can be out of date. `failing`: nothing can be read, or nobody can be let in. */
  status: 'ok' | 'degraded' | 'failing';
  /** Why it isn't `ok`, in words for an operator; `[]` if it is. */
  reasons: string[];
  /** When the API last answered a read with content, ISO 8601; `null` if it hasn't since the start. */
  lastReadAt: string | null;
  /** Reads of the API in the last 60 s, and the most that are allowed. */
  budget: { spent: number; limit: number };
  /** Until when no read is sent because the API asked for a pause, ISO 8601; `null` if none is paused. */
  pausedUntil: string | null;
  /** Reads that wait for the budget. */
  queued: number;
}

/** Failures in a row after which the API counts as down, and for how long a failure of `authorize` counts, in milliseconds. */
const DOWN = 3;
const RECENT_MS = 60_000;

/** Watches the requests, and returns what judges them. */
export function watchHealth(observer: Observer, statusOf: () => ReaderStatus & { isStoreAway: boolean }): () => LayersHealth {
  let lastReadAt: number | null = null;
  let failures = 0;
  let reason = '';
  let isRefused = false;
  let unauthorizedAt = Number.NEGATIVE_INFINITY;
  observer.listen((event) => {
    if (event.kind === 'request') {
      // A 500 of the API has no code here.
      if (event.status === 500 && event.code !== null) unauthorizedAt = monotonicNow();
      return;
    }
    const failure = failureOf(event);
    if (failure === undefined) return;
    if (failure === null) {
      failures = 0;
      isRefused = false;
      if (event.action === 'read') lastReadAt = monotonicNow();
      return;
    }
    failures += 1;
    reason = failure;
    isRefused = event.status === 401 || event.code === 'KILL_SWITCH';
  });
  return () => {
    const now = monotonicNow();
    const { spent, limit, pausedUntil, queued, isStoreAway } = statusOf();
    const isPaused = pausedUntil > now;
    const isDown = isRefused || failures >= DOWN;
    const isUnauthorized = now - unauthorizedAt < RECENT_MS;
    const reasons = [
      ...(failures > 0 ? [`The last ${failures === 1 ? 'request' : `${failures} requests`} to the API failed: ${reason}.`] : []),
      ...(isUnauthorized
        ? ['A request was answered 500 in the last minute: authorize or another of your functions failed. See onError.']
        : []),
      ...(isPaused ? ['The API asked for a pause of all reads.'] : []),
      ...(isStoreAway
        ? ["The store can't be reached: this process reads with its share of the budget, and hears of nothing from the others."]
        : []),
      ...(queued > 0 && spent >= 0.9 * limit ? ['The read budget is spent, and reads are waiting.'] : []),
    ];
    return {
      status: isDown ? 'failing' : reasons.length > 0 ? 'degraded' : 'ok',
      reasons,
      lastReadAt: lastReadAt === null ? null : new Date(lastReadAt).toISOString(),
      budget: { spent, limit },
      pausedUntil: isPaused ? new Date(pausedUntil).toISOString() : null,
      queued,
    };
  };
}

/** Why the API can't be used; `null`: it can. `undefined`: the request says nothing of that. */
function failureOf({ status, code }: LayersServerEvent): string | null | undefined {
  if (code === 'CLIENT_CLOSED_REQUEST') return undefined;
  if (status === null) return code ?? 'no response';
  if (status >= 500 || status === 401 || status === 429) return `${status} ${code ?? ''}`.trim();
  // A 403 or 404 is about what was asked for.
  return status < 400 ? null : undefined;
}
