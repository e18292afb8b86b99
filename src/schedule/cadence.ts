import { isLayersError } from '../model/errors.js';

/** The documented cadence (get-progress page), in milliseconds. */
export const CADENCE = {
  /** "Two seconds is a sane default." */
  base: 2_000,
  /** "Back off to five seconds …" */
  slow: 5_000,
  /** "… if the container sits on the same stage for more than 30 seconds." */
  slowAfter: 30_000,
  /** "Don't poll faster than once per second." */
  floor: 1_000,
  /** The longest backoff between retries, and the interval past the deadline or in a hidden page. */
  ceiling: 60_000,
} as const;

/** How long something refused (404, 403, …) isn't read again at most, in milliseconds, although there is a reason to: a component mounts, or a list shows it. */
export const REFUSED_FOR_MS = 5 * 60_000;

/** Milliseconds in which something that was refused `failures` times in a row (1 or more) isn't read again, whatever the reason: 2 s doubling to 5 min. */
export const refusedFor = (failures: number): number => Math.min(REFUSED_FOR_MS, CADENCE.base * 2 ** Math.min(failures - 1, 10));

/** From so long an absence on, in milliseconds, what comes back is followed anew. */
export const ANEW_AFTER_MS = 60_000;

/** The longest pause that the server can request, in milliseconds: its rate limits are per minute, so a longer one is a mistake or an outage. */
const LONGEST_PAUSE_MS = 10 * 60_000;

/** How long a `Retry-After` pauses reads and writes, in milliseconds: as requested, up to ten minutes. */
export const pauseOf = (retryAfterMs: number): number => Math.min(LONGEST_PAUSE_MS, retryAfterMs);

/** A requested polling interval in milliseconds; `false`, 0 and what is no interval (negative, `NaN`, `Infinity`) disable polling; `undefined`: the documented cadence. */
export type AskedInterval = number | false | undefined;

/** Whether a requested interval disables polling, by TanStack Query's rule. */
export const isOff = (asked: unknown): boolean => asked === false || (typeof asked === 'number' && !(asked > 0 && Number.isFinite(asked)));

/** The polling interval of something in flight, in milliseconds, at least 1,000; `false`: no polling. */
export function inFlightInterval(millisecondsInStage: number, asked?: AskedInterval, slow: number = CADENCE.slow): number | false {
  if (isOff(asked)) return false;
  if (typeof asked === 'number') return Math.max(CADENCE.floor, asked);
  return millisecondsInStage > CADENCE.slowAfter ? slow : CADENCE.base;
}

/** Milliseconds of backoff after `failures` consecutive failures (1 or more): `first` doubling to 60 s, with jitter of ±25% from `random` (0 to 1). */
export const backoffOf = (failures: number, random: number, first: number = CADENCE.base): number =>
  Math.min(CADENCE.ceiling, first * 2 ** Math.min(failures - 1, 10)) * (0.75 + random / 2);

/**
 * Milliseconds until the next retry: {@link backoffOf}, and never before the server's `Retry-After` ({@link pauseOf}). That pauses all reads, so from the second
 * failure on the backoff comes on top: what fails again and again doesn't hold what works for more than half of the time. `false`: a retry can't succeed.
 */
export function retryDelay(error: unknown, failures: number, random: number): number | false {
  // A response that couldn't be parsed may have been truncated, and a session can be renewed (401).
  if (isLayersError(error) && !error.retryable && error.code !== 'INVALID_RESPONSE' && error.status !== 401) return false;
  const backoff = backoffOf(failures, random);
  const pause = isLayersError(error) ? pauseOf(error.retryAfterMs ?? 0) : 0;
  return failures > 1 ? pause + backoff : Math.max(pause, backoff);
}
