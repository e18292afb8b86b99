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
  /** The longest pause between two tries while reads fail, and the interval of what is past its deadline. */
  ceiling: 60_000,
} as const;

/** The interval a caller asked for: milliseconds; `false` or 0: no polling; `undefined`: the documented cadence. */
export type AskedInterval = number | false | undefined;

/** Milliseconds between two reads of something in flight that has been in one stage for so long; never under the floor. `false`: no polling. */
export function inFlightInterval(millisecondsInStage: number, asked?: AskedInterval): number | false {
  if (asked === false || asked === 0) return false;
  if (asked !== undefined && Number.isFinite(asked)) return Math.max(CADENCE.floor, asked);
  return millisecondsInStage > CADENCE.slowAfter ? CADENCE.slow : CADENCE.base;
}

/**
 * Milliseconds until the next try after the `failures`th failure in a row (1 or more): 2 s doubling to 60 s, spread over half of that below and above by
 * `random` (0 to 1) so that many readers don't return together, and never before the server's `Retry-After`. `false`: another read cannot help.
 */
export function retryDelay(error: unknown, failures: number, random: number): number | false {
  if (!mayRecover(error)) return false;
  const backoff = Math.min(CADENCE.ceiling, CADENCE.base * 2 ** Math.min(failures - 1, 10));
  const retryAfterMs = isLayersError(error) ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(CADENCE.floor, backoff * (0.75 + random / 2), retryAfterMs);
}

/** Whether the same read may succeed later. An answer that could not be parsed may have been cut off on its way. */
function mayRecover(error: unknown): boolean {
  return !isLayersError(error) || error.retryable || error.code === 'INVALID_RESPONSE';
}
