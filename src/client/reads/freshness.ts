import type { Followed, Watch } from './followed.js';
import type { Plan } from './planReads.js';

/**
 * How far what is on the screen can be trusted to be current:
 * - `live`: read at the documented cadence, or ended;
 * - `slowed`: read, but slower;
 * - `paused`: not read at this moment;
 * - `stalled`: read, but the server has reported nothing new for unusually long;
 * - `offline`: the server cannot be reached.
 */
export type FreshnessState = 'live' | 'slowed' | 'paused' | 'stalled' | 'offline';

/**
 * Why: `budget` - the key's read budget is shared by more than it has room for; `rate-limited` - the server asked for a pause (429); `hidden` - the page is
 * in the background; `failing` - reads fail, and are tried again more and more rarely; `deadline` - it has been running for so long that it is read once a
 * minute; `quiet` - the server reports nothing new; `network` - no connection; `refused` - the server will not tell (404, 403, …); `ended` - nothing is
 * left to read; `manual` - somebody asked for no reads by themselves; `null` - there is no need for a reason.
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
  /** When it was last read; `null` before the first answer. */
  lastReadAt: number | null;
  /** When the next read is due; `null` when none is planned. */
  nextReadAt: number | null;
}

/** What {@link freshnessOf} decides from. */
export interface FreshnessInput {
  /** `undefined`: nobody follows the container. */
  watch: Watch | undefined;
  plan: Plan;
  now: number;
  pausedUntil: number;
  isPageVisible: boolean;
  isOnline: boolean;
  deadlineMs: number;
}

/** A read that comes this much later than the cadence says is worth telling. */
const SLOWED_FROM = 1.5;
/** Nobody is told that a job stalled before it has been quiet for as long … */
const QUIET_MS = 60_000;
/** … and for so many times the longest quiet that it came back from before. */
const QUIET_TIMES = 4;

/** Pure: time and all that is known of the moment come in. */
export function freshnessOf(input: FreshnessInput): Freshness {
  const { watch, plan, now } = input;
  const followed = [watch?.progress, watch?.container, watch?.row].filter((each) => each !== undefined);
  const lastReadAt = latest(followed.map((each) => each.settledAt()));
  const current = followed.find((each) => each.delay() !== false);
  if (watch === undefined || current === undefined) {
    const isRefused = followed.some((each) => each.errorCode() !== null);
    const isManual = followed.some((each) => !each.hasEnded());
    const reason = watch === undefined ? null : isRefused ? 'refused' : isManual ? 'manual' : 'ended';
    return { state: isRefused || isManual ? 'paused' : 'live', reason, lastReadAt, nextReadAt: null };
  }
  const nextReadAt = Math.max(now, input.pausedUntil, plannedAt(watch, plan) ?? now);
  return { ...stateOf(current, watch, input), lastReadAt, nextReadAt: input.isPageVisible ? nextReadAt : null };
}

function stateOf(current: Followed, watch: Watch, input: FreshnessInput): Pick<Freshness, 'state' | 'reason'> {
  const { plan, now } = input;
  const code = current.errorCode();
  const news = current.lastNews();
  if (!input.isOnline || code === 'NETWORK') return { state: 'offline', reason: 'network' };
  if (!input.isPageVisible) return { state: 'paused', reason: 'hidden' };
  if (input.pausedUntil > now) return { state: 'paused', reason: 'rate-limited' };
  if (code !== null) return { state: 'slowed', reason: 'failing' };
  const lastReadAt = current.settledAt() ?? now;
  if (
    news !== null &&
    watch.progress === current &&
    watch.onScreen &&
    lastReadAt - news.at > Math.max(QUIET_MS, QUIET_TIMES * news.longestQuiet)
  )
    return { state: 'stalled', reason: 'quiet' };
  if (now - watch.since > input.deadlineMs) return { state: 'slowed', reason: 'deadline' };
  if (watch.onScreen && plan.stretch > SLOWED_FROM) return { state: 'slowed', reason: 'budget' };
  return { state: 'live', reason: null };
}

function plannedAt(watch: Watch, plan: Plan): number | undefined {
  return plan.reads.find((read) => {
    if (read.kind === 'single') return read.followed === watch.progress || read.followed === watch.container;
    return read.kind === 'sweep' ? read.projectId === watch.projectId : read.watch.key === watch.key;
  })?.dueAt;
}

function latest(times: readonly (number | null)[]): number | null {
  return times.reduce((last, time) => (time !== null && (last === null || time > last) ? time : last), null);
}
