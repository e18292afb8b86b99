import { CADENCE } from './cadence.js';
import type { SweepState } from './sweepState.js';
import { type Track, wants } from './track.js';

/**
 * How far what is on the screen can be trusted to be current:
 * - `live`: read at the documented cadence, or ended;
 * - `slowed`: read, but less often;
 * - `paused`: not read at the moment;
 * - `stalled`: read, but the server has reported nothing new for unusually long;
 * - `offline`: the server cannot be reached.
 */
export type FreshnessState = 'live' | 'slowed' | 'paused' | 'stalled' | 'offline';

/**
 * Why: `budget` - more is followed than the key's read budget has room for; `rate-limited` - the server asked for a pause; `hidden` - the page is in the
 * background; `failing` - reads fail, and are tried again less and less often; `deadline` - it has been running for so long that it is read once a minute;
 * `quiet` - the server reports nothing new; `network` - no connection; `refused` - the server refuses the read (404, 403, …); `ended` - nothing is left to
 * read; `manual` - polling is switched off; `null` - no reason needed.
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

/** How fresh what is known of a container is. Times are milliseconds since 1970, on a clock that never runs backwards. */
export interface Freshness {
  state: FreshnessState;
  reason: FreshnessReason;
  /** When it was last read, by itself or by a list; `null` before the first answer. */
  lastReadAt: number | null;
  /** When the next read is due; `null` when none is planned. */
  nextReadAt: number | null;
}

/** What {@link freshnessOf} decides from. */
export interface FreshnessInput {
  /** `undefined`: nobody follows the container. */
  track: Track | undefined;
  /** Of its project, where that is swept. */
  sweep: SweepState | undefined;
  /** Milliseconds between two reads of it; `false`: it is not polled. */
  interval: number | false;
  nextReadAt: number | null;
  /** How much slower than the documented cadence what is on screen is read. */
  stretch: number;
  isOnScreen: boolean;
  now: number;
  pausedUntil: number;
  isPageVisible: boolean;
  isOnline: boolean;
  deadlineMs: number;
}

/** A read that comes this much later than the cadence says is worth telling. */
const SLOWED_FROM = 1.5;
/** A stage is quiet after so long at the earliest, … */
const QUIET_MS = 60_000;
/** … after so many times the longest quiet that it came back from before, … */
const QUIET_TIMES = 4;
/** … and after so many times the time that it usually takes. */
const USUAL_TIMES = 1.5;
/** A list tells no stage: without anything learned, a job of which only the status is known is quiet after ten minutes. */
const QUIET_STATUS_MS = 600_000;
/** What rests on a list that fails is told to be late after that. */
const LATE_MS = 10_000;

/** Pure: time and all that is known of the moment come in. */
export function freshnessOf(input: FreshnessInput): Freshness {
  const { track } = input;
  const lastReadAt = track?.readAt ?? null;
  const none = { lastReadAt, nextReadAt: null };
  if (track === undefined) return { state: 'live', reason: null, ...none };
  if (track.retryAt === Number.POSITIVE_INFINITY) return { state: 'paused', reason: 'refused', ...none };
  if (track.phase === 'ended' && track.error === null) return { state: 'live', reason: 'ended', ...none };
  if (input.interval === false && track.phase !== 'unknown') return { state: 'paused', reason: 'manual', ...none };
  return { ...stateOf(track, input), lastReadAt, nextReadAt: input.isPageVisible ? input.nextReadAt : null };
}

function stateOf(track: Track, input: FreshnessInput): Pick<Freshness, 'state' | 'reason'> {
  const { now, sweep, stretch } = input;
  // What is polled by itself doesn't rest on a list.
  const isPolled = input.isOnScreen && wants(track, 'progress');
  const age = now - (track.readAt ?? track.since);
  const listError = isPolled || age < LATE_MS ? null : (sweep?.error ?? null);
  const code = track.error ?? listError;
  if (!input.isOnline || code === 'NETWORK') return { state: 'offline', reason: 'network' };
  if (!input.isPageVisible) return { state: 'paused', reason: 'hidden' };
  if (input.pausedUntil > now) return { state: 'paused', reason: 'rate-limited' };
  if (code !== null) return { state: 'slowed', reason: 'failing' };
  if (track.phase === 'in-flight' && (track.readAt ?? now) - track.newsAt > quietMs(track, isPolled))
    return { state: 'stalled', reason: 'quiet' };
  if (now - (track.startedAt ?? track.since) > input.deadlineMs) return { state: 'slowed', reason: 'deadline' };
  const expected = Math.max(input.interval || CADENCE.base, CADENCE.slow) * Math.max(1, stretch);
  if ((isPolled && stretch > SLOWED_FROM) || age > 3 * expected + LATE_MS) return { state: 'slowed', reason: 'budget' };
  return { state: 'live', reason: null };
}

function quietMs(track: Track, isPolled: boolean): number {
  const usual = (track.usualMs ?? 0) * USUAL_TIMES;
  return isPolled ? Math.max(QUIET_MS, QUIET_TIMES * track.longestQuiet, usual) : Math.max(QUIET_STATUS_MS, usual);
}
