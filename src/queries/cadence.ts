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
  /** The longest pause between two tries while reads fail, and the pause of what is past its deadline. */
  ceiling: 60_000,
} as const;

/** The interval a caller asked for: milliseconds, `false` for none, `undefined` for the documented cadence. */
export type AskedInterval = number | false | undefined;

/** The pause until the next read of something in flight, by how long it has been in the same stage; never under the floor, whatever was asked for. */
export function inFlightDelay(millisecondsInStage: number, asked?: AskedInterval): number | false {
  if (asked === false) return false;
  if (asked !== undefined && Number.isFinite(asked)) return Math.max(CADENCE.floor, asked);
  return millisecondsInStage > CADENCE.slowAfter ? CADENCE.slow : CADENCE.base;
}

/**
 * The pause after the `failures`th failure in a row (1 or more): 2 s doubling to 60 s, up to a quarter shorter by `jitter` (0 to 1) so that many
 * readers do not return together, and never shorter than the server's `Retry-After`. `false`: reading again cannot help.
 */
export function retryDelay(error: unknown, failures: number, jitter: number): number | false {
  if (!mayRecover(error)) return false;
  const backoff = Math.min(CADENCE.ceiling, CADENCE.base * 2 ** Math.min(failures - 1, 10));
  const spread = Math.max(CADENCE.base, backoff * (1 - jitter / 4));
  const retryAfterMs = isLayersError(error) ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(spread, retryAfterMs);
}

/** Whether the same read may succeed later. An answer that could not be read may have been cut off on its way. */
function mayRecover(error: unknown): boolean {
  return !isLayersError(error) || error.retryable || error.code === 'INVALID_RESPONSE';
}

/** A number from 0 to 1 that is the same for the same query and try: a delay that changed at every look would start its timer anew. */
export function steadyJitter(queryHash: string, attempt: number): number {
  let value = attempt * 0x9e3779b1;
  for (let index = 0; index < queryHash.length; index += 1) value = Math.imul(value ^ queryHash.charCodeAt(index), 0x01000193);
  return ((value ^ (value >>> 15)) >>> 0) / 0xffffffff;
}
