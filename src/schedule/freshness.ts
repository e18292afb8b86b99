import { CADENCE } from './cadence.js';
import type { SweepState } from './sweepState.js';
import { errorOf, type Track, wants } from './track.js';

/**
 * Whether the data shown is current: `live` - polled at the documented cadence, or ended; `slowed` - polled less often; `paused` - not polled at the moment;
 * `stalled` - polled, but the server has reported no change for unusually long; `offline` - the server can't be reached.
 */
export type FreshnessState = 'live' | 'slowed' | 'paused' | 'stalled' | 'offline';

/**
 * Why: `budget` - more is mounted than the read budget covers; `rate-limited` - the server requested a pause; `hidden` - the page is in the background;
 * `failing` - reads fail, or the session is refused (401), and are retried with backoff; `deadline` - in flight for so long that it is polled once a minute;
 * `quiet` - the server reports no change; `network` - no connection; `refused` - the server refuses the read (404, 403, …); `ended` - nothing is left to read; `manual` - polling is
 * disabled; `null` - `live`.
 */
export type FreshnessReason =
  | 'budget'
  | 'rate-limited'
  | 'hidden'
  | 'failing'
  | 'deadline'
  | 'quiet'
  | 'network'
  | 'refused'
  | 'ended'
  | 'manual'
  | null;

/** How current the data of a container is. Times are milliseconds since 1970, on a clock that never runs backwards. */
export interface Freshness {
  state: FreshnessState;
  reason: FreshnessReason;
  /** When it was last read, individually or by a list; `null` before the first response. */
  lastReadAt: number | null;
  /** When the next read is due; `null` if none is planned. */
  nextReadAt: number | null;
}

/** Input of {@link freshnessOf}. Times are on the clock of `monotonicNow`. */
export interface FreshnessInput {
  /** `undefined`: the container isn't followed. */
  track: Track | undefined;
  /** The sweep of its project; `undefined`: not swept. */
  sweep: SweepState | undefined;
  /** Its polling interval in milliseconds; `false`: not polled. */
  interval: number | false;
  nextReadAt: number | null;
  /** How much slower than the documented cadence the screen is polled; 1: not slower. */
  stretch: number;
  isOnScreen: boolean;
  now: number;
  pausedUntil: number;
  /** Reads are refused with 401, whatever they are of. */
  isSessionRefused: boolean;
  isPageVisible: boolean;
  isOnline: boolean;
  deadlineMs: number;
}

/** From this factor on the screen is `slowed`. */
const SLOWED_FROM = 1.5;
/** A stage is quiet after this time at the earliest, … */
const QUIET_MS = 60_000;
/** … after this multiple of its longest earlier pause, … */
const QUIET_TIMES = 4;
/** … and after this multiple of its usual duration. */
const USUAL_TIMES = 1.5;
/** A list carries no stage: if only the status is known, and no usual duration, a job is quiet after ten minutes. */
const QUIET_STATUS_MS = 600_000;
/** A container that depends on a failing list is late after this time. */
const LATE_MS = 10_000;
/** From this age on, no budget explains that nothing newer has come of what isn't even due. */
const LOST_MS = 3 * CADENCE.ceiling;

/** The freshness of a container. Pure. */
export function freshnessOf(input: FreshnessInput): Freshness {
  const { track } = input;
  const lastReadAt = track?.readAt ?? null;
  const none = { lastReadAt, nextReadAt: null };
  if (track === undefined) return { state: 'live', reason: null, ...none };
  const said = stateOf(track, input);
  // Nothing of an ended container changes, whatever can't be read at the moment.
  if (track.phase === 'ended' && (errorOf(track) === null || said.state === 'paused')) return { state: 'live', reason: 'ended', ...none };
  if (said.reason === 'refused' || said.reason === 'manual') return { ...said, ...none };
  return { ...said, lastReadAt, nextReadAt: input.isPageVisible ? input.nextReadAt : null };
}

function stateOf(track: Track, input: FreshnessInput): Pick<Freshness, 'state' | 'reason'> {
  const { now, stretch } = input;
  if (track.retryAt === Number.POSITIVE_INFINITY) return { state: 'paused', reason: 'refused' };
  if (input.interval === false && track.phase !== 'unknown') return { state: 'paused', reason: 'manual' };
  const isPolled = input.isOnScreen && wants(track, 'progress');
  const age = now - (track.readAt ?? track.since);
  const isSlowed = isPolled && stretch > SLOWED_FROM;
  // What the budget rarely polls depends on its list, too.
  const code = errorOf(track) ?? listErrorOf(track, input.sweep, input.isOnScreen, now) ?? (isSlowed ? (input.sweep?.error ?? null) : null);
  if (!input.isOnline || code === 'NETWORK') return { state: 'offline', reason: 'network' };
  if (!input.isPageVisible) return { state: 'paused', reason: 'hidden' };
  if (input.pausedUntil > now) return { state: 'paused', reason: 'rate-limited' };
  const isDue = input.nextReadAt !== null && input.nextReadAt <= now;
  const isLost = (age > LOST_MS && !isDue) || (input.isSessionRefused && isLate(track, now));
  if (code !== null || isLost) return { state: 'slowed', reason: 'failing' };
  // A response can be older than its read.
  const heardAt = Math.min((isPolled ? track.progressAt : track.readAt) ?? track.newsAt, track.readAt ?? track.newsAt);
  if (track.phase === 'in-flight' && heardAt - track.newsAt > quietMs(track, isPolled)) return { state: 'stalled', reason: 'quiet' };
  if (now - (track.startedAt ?? track.since) > input.deadlineMs) return { state: 'slowed', reason: 'deadline' };
  const expected = Math.max(input.interval || CADENCE.base, CADENCE.slow) * Math.max(1, stretch);
  if (isSlowed || age > 3 * expected + LATE_MS) return { state: 'slowed', reason: 'budget' };
  return { state: 'live', reason: null };
}

/** The code of the error of the list on which a container depends, once that makes it late; `null`: none, or it is polled individually. */
export const listErrorOf = (track: Track, sweep: SweepState | undefined, isOnScreen: boolean, now: number): string | null =>
  !(isOnScreen && wants(track, 'progress')) && isLate(track, now) ? (sweep?.error ?? null) : null;

/** Whether nothing was read of it for longer than a list takes. */
export const isLate = ({ readAt, since }: Track, now: number) => now - (readAt ?? since) >= LATE_MS;

function quietMs(track: Track, isPolled: boolean): number {
  const usual = (track.usualMs ?? 0) * USUAL_TIMES;
  return isPolled ? Math.max(QUIET_MS, QUIET_TIMES * track.longestQuiet, usual) : Math.max(QUIET_STATUS_MS, usual);
}
