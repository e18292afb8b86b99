import { CADENCE, inFlightInterval } from './cadence.js';
import type { Question, SweepState } from './sweepState.js';
import type { ReadKind } from './told.js';
import { mainRead, type Track, wants } from './track.js';

/** A planned read. `dueAt` can be in the future, on the clock of `monotonicNow`. */
export type PlannedRead = { dueAt: number } & (
  | { kind: ReadKind; track: Track }
  /** One list read for the status of every container of a project. */
  | { kind: 'sweep'; projectId: string; question: Question }
);

/** The planned reads by priority, most urgent first. */
export interface Plan {
  sweep: PlannedRead[];
  first: PlannedRead[];
  screen: PlannedRead[];
  rest: PlannedRead[];
  /** How much slower than the documented cadence the screen is polled; 1 if the budget suffices. */
  stretch: number;
}

/** Input of {@link makePlan}. */
export interface PlanInput {
  tracks: Iterable<Track>;
  isOnScreen: (key: string) => boolean;
  /** The projects of all that is followed, or was lately. */
  projects: ReadonlySet<string>;
  sweeps: ReadonlyMap<string, SweepState>;
  /** Enough records had no project: this server doesn't send it, so no more records are read to learn one. */
  hasNoProjects: boolean;
  /** When a container of an unknown project was last read by itself; `-Infinity`: never. */
  scoutedAt: number;
  /** Milliseconds between two background requests that the budget allows. */
  spacing: number;
  /** The page is hidden: `tracks` are only those whose end is awaited, polled once a minute. */
  isHidden: boolean;
  deadlineMs: number;
  /** Until when a kind of read comes after the others, because it made the server pause them; a time in the past: it doesn't. */
  heldUntil: (kind: PlannedRead['kind']) => number;
  now: number;
}

/** Around its expected end, in milliseconds, a container is read before others. */
const ENDING = { from: -500, to: 2_500 };
/** After so many failures in a row a read of another kind takes the place of one that fails. */
const REPLACED_FROM = 2;
/** How long polling waits for first data, in milliseconds. */
const HELD_MS = 10_000;
/** How long the record of a container in flight waits, so that sweeps and polls go first. */
const RECORD_AFTER_MS = 3_000;
/** What has been in flight here for so long is asked when it began, where nothing told that: the deadline counts from there. */
const START_AFTER_MS = 60_000;

/** The polling interval of a track in flight, in milliseconds, `slow` once a stage has lasted 30 s; `false`: not polled. */
export function intervalOf(
  track: Track,
  { now, isHidden, deadlineMs }: Pick<PlanInput, 'now' | 'isHidden' | 'deadlineMs'>,
  slow: number = CADENCE.slow,
): number | false {
  let least = Number.POSITIVE_INFINITY;
  // Measured at the last read: otherwise a read that is due would move into the future.
  const inStage = track.isForeign ? Number.POSITIVE_INFINITY : (track.progressAt ?? track.readAt ?? now) - (track.stageSince ?? now);
  for (const { interval } of track.follows.values())
    least = Math.min(least, inFlightInterval(inStage, interval, track.isForeign ? CADENCE.slow : slow) || Number.POSITIVE_INFINITY);
  if (least === Number.POSITIVE_INFINITY) return false;
  const isOverdue = now - (track.startedAt ?? track.since) > deadlineMs;
  return isOverdue || isHidden ? Math.max(least, CADENCE.ceiling) : least;
}

/** Whether its own progress is polled. */
export const isPolled = (track: Track, input: PlanInput) =>
  !input.isHidden && track.phase === 'in-flight' && wants(track, 'progress') && input.isOnScreen(track.key);

/** Polls its progress, and its job in turns with it where only that tells the share that is done. @param isHeld first data goes first, for a while, unless an end is expected */
export function planPoll(track: Track, input: PlanInput, plan: Plan, isHeld: boolean): void {
  const from = track.progressAt ?? track.since;
  const heldUntil = isHeld && !isEnding(track, input.now - from, input.now) ? from + HELD_MS : 0;
  const isJobNext = track.jobId !== null && from >= (track.jobAt ?? 0) && track.progressAt !== null && retryAtOf('job', track) <= input.now;
  const lastAt = track.progressAt === null ? null : Math.max(track.progressAt, track.jobId === null ? 0 : (track.jobAt ?? 0));
  add(plan.screen, isJobNext ? 'job' : 'progress', track, Math.max(heldUntil, after(lastAt, intervalOf(track, input) || 0)));
}

/** A job, whose end is awaited like a container's. */
export function planJob(track: Track, input: PlanInput, plan: Plan): void {
  if (track.phase === 'unknown') return add(plan.first, 'job', track, 0);
  const interval = intervalOf(track, input);
  if (track.phase === 'in-flight' && interval !== false) add(plan.screen, 'job', track, after(track.readAt, interval));
}

/** First data, or the status of a container that no list covers. @param isTold one does */
export function planSingle(track: Track, input: PlanInput, plan: Plan, isTold: boolean): void {
  if (isPolled(track, input)) return isTold ? undefined : planInstead(track, input, plan);
  const main = mainRead(track);
  const kind = insteadOf(main, track) ?? main;
  if (track.phase === 'unknown') return add(plan.first, kind, track, 0);
  // Its record can have been refused before, when its dates were all it was read for.
  if (track.left === 'not-found')
    return add(plan.screen, retryAtOf('record', track) === Number.POSITIVE_INFINITY ? 'progress' : 'record', track, 0);
  if (track.isInDoubt) return add(plan.screen, 'progress', track, after(track.progressAt, CADENCE.ceiling));
  if (isTold) return;
  const reads = input.isOnScreen(track.key) && !input.isHidden ? plan.screen : plan.rest;
  add(reads, kind, track, after(track.readAt, intervalOf(track, input) || 0));
}

/** Its record tells the end of a container that no list covers while its progress, which is polled, fails. */
function planInstead(track: Track, input: PlanInput, plan: Plan): void {
  const isDue = retryAtOf('progress', track) <= input.now && !track.reading.has('progress');
  if (isDue || insteadOf('progress', track) === null) return;
  add(plan.screen, 'record', track, (track.readAt ?? 0) + Math.max(CADENCE.slow, intervalOf(track, input) || 0));
}

/** The read that also tells the status while another fails; `null`: that doesn't, they both do, or it is refused. */
function insteadOf(main: ReadKind, track: Track): 'progress' | 'record' | null {
  const other = main === 'progress' ? 'record' : 'progress';
  return isReplaced(track) && track.failing.has(main) && !track.failing.has(other) ? other : null;
}

/** Whether a read of another kind takes the place of one that fails: once it has failed again, unless it was refused. */
const isReplaced = ({ failures, retryAt }: Track) => failures >= REPLACED_FROM && retryAt !== Number.POSITIVE_INFINITY;

/** The record of a container in flight, for fields that no list and no progress carries: once, when the budget has room. */
export function planRecord(track: Track, input: PlanInput, plan: Plan): void {
  if (!track.lacksRecord || track.recordAt !== null || input.isHidden) return;
  const isUndated = track.createdAt === null && track.failures === 0;
  if (input.isOnScreen(track.key) && (wants(track, 'record') || (isUndated && track.lacksStart)))
    add(plan.rest, 'record', track, track.since + RECORD_AFTER_MS);
  else if (isUndated && !wants(track, 'record')) add(plan.rest, 'record', track, track.since + START_AFTER_MS);
}

/** The record of a container that has ended. */
export function planOutcome(track: Track, input: PlanInput, plan: Plan): void {
  if (track.isInDoubt && track.follows.size > 0) add(plan.screen, 'progress', track, after(track.progressAt, CADENCE.ceiling));
  if (!track.lacksRecord || !wants(track, 'record')) return;
  const isUrgent = track.lacksOutcome && hasEndedHere(track) && (input.isOnScreen(track.key) || input.isHidden);
  // A record that lacked the outcome is read again, with a delay.
  const isUnasked = track.recordAt === null || track.recordAt < track.newsAt;
  add(isUrgent ? plan.screen : plan.rest, 'record', track, isUnasked ? 0 : (track.recordAt ?? 0) + CADENCE.slow);
}

/** Whether it was seen in flight: its end is waited for. Those that had ended before come after whatever is in flight. */
const hasEndedHere = (track: Track) => track.longestQuiet > 0;

/** When something is due that was last read at `readAt`; 0: at once, as it never was. */
const after = (readAt: number | null, ms: number) => (readAt === null ? 0 : readAt + ms);

/** Adds a read of one container or job, not before the backoff ends if it failed, and never if another of the same was refused. */
export function add(reads: PlannedRead[], kind: ReadKind, track: Track, dueAt: number): void {
  const mayGo = isReplaced(track) && track.failing.size > 0 && !track.failing.has(kind);
  reads.push({ kind, track, dueAt: Math.max(0, dueAt, mayGo ? 0 : retryAtOf(kind, track)) });
}

/** When a read can be sent again that failed, itself or as the last one of its track. */
const retryAtOf = (kind: ReadKind, track: Track) => Math.max(track.retryAt, track.failing.get(kind)?.retryAt ?? 0);

/** Orders single reads of one priority: missing data first, then containers about to end, then those asked longest ago, then those that have ended. */
export function urgencyOf(track: Track, kind: ReadKind, input: PlanInput): number {
  const { now } = input;
  if (track.phase === 'unknown' || track.left === 'not-found') return Number.MAX_VALUE;
  if (track.phase === 'ended') {
    const isSeen = input.isOnScreen(track.key) || input.isHidden;
    // Without projects no list shows which containers have ended, so polls of those on screen come before this record.
    if (track.isInDoubt || (isSeen && track.lacksOutcome && hasEndedHere(track)))
      return input.hasNoProjects ? CADENCE.ceiling : Number.MAX_VALUE;
    // Hundreds can end below the fold: the end of one that is still in flight there doesn't wait for their records.
    return 2 * Number(isSeen) + Number(track.lacksOutcome);
  }
  // A list carries no progress: a container whose progress was never read goes first.
  const lastAt = kind === 'progress' ? track.progressAt : track.readAt;
  // Reads that fail take turns too: otherwise those read longest ago are retried again and again before the others.
  const age = now - Math.max(lastAt ?? track.since - CADENCE.ceiling, track.failedAt);
  return isEnding(track, age, now) ? Number.MAX_SAFE_INTEGER + age : age;
}

/** Whether its end is expected about now, or was since it was read `age` milliseconds ago: where many end at once, none is missed. */
function isEnding({ endsAt }: Track, age: number, now: number): boolean {
  const fromEnd = now - (endsAt ?? Number.POSITIVE_INFINITY);
  return fromEnd > ENDING.from && (fromEnd < ENDING.to || age > fromEnd);
}
