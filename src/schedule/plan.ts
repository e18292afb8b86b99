import { CADENCE, inFlightInterval } from './cadence.js';
import { newSweepState, type Question, type SweepState } from './sweepState.js';
import { type Track, wants } from './track.js';

/** A planned read. `dueAt` can be in the future, on the clock of `monotonicNow`. */
export type PlannedRead = { dueAt: number } & (
  | { kind: 'progress' | 'record' | 'job'; track: Track }
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
  now: number;
}

/** The shortest sweep interval while the budget is short, in milliseconds. */
const TIGHT_SWEEP_MS = 3_300;
/** The share of the budget that a sweep of many pages can use, and that sweeps of many projects can use together. */
const SWEEP_SHARE = { pages: 0.5, projects: 0.7 } as const;
/** The in-flight list is read this many times less often than the list of ended containers. */
const IN_FLIGHT_EVERY = 5;
/** From this many unknown containers on, a list read searches for them. */
const SEARCH_FROM = 2;
/** From this many containers that left the in-flight list on, a list read replaces single reads. */
const ASK_WHO_ENDED = 2;
/** Around its expected end, in milliseconds, a container is read before others. */
const ENDING = { from: -500, to: 2_500 };
/** How long the record of a container in flight waits, so that sweeps and polls go first. */
const RECORD_AFTER_MS = 3_000;
/** What has been in flight here for so long is asked when it began, where nothing told that: the deadline counts from there. */
const START_AFTER_MS = 60_000;

/**
 * Plans all reads. Containers on screen are polled by their own `/progress` at the documented cadence; from two in flight on, one list read per project updates
 * the status of all of them. Pure.
 */
export function makePlan(input: PlanInput): Plan {
  const { spacing, isHidden } = input;
  const plan: Plan = { sweep: [], first: [], screen: [], rest: [], stretch: 1 };
  const groups = new Map<string, Track[]>();
  const strangers: Track[] = [];
  const polled: Track[] = [];
  let inFlight = 0;
  for (const track of input.tracks) {
    if (wants(track, 'job')) planJob(track, input, plan);
    else if (track.phase === 'ended') planOutcome(track, input, plan);
    else if (track.phase === 'unknown' || intervalOf(track, input) !== false) {
      inFlight += 1;
      const group = track.projectId === null ? strangers : (groups.get(track.projectId) ?? []);
      group.push(track);
      if (track.projectId !== null) groups.set(track.projectId, group);
      if (isPolled(track, input)) polled.push(track);
    }
  }
  const wanted = polled.reduce((sum, track) => sum + 1 / (intervalOf(track, input) || CADENCE.ceiling), 0);
  plan.stretch = Math.max(1, (wanted + (inFlight > 1 ? 1 / TIGHT_SWEEP_MS : 0)) * spacing);
  planStrangers(strangers, groups, inFlight, input, plan);
  for (const [projectId, group] of groups) {
    const isSwept =
      group.length > 1 &&
      planSweeps(projectId, group, { polled: polled.length, projects: groups.size, isSearching: strangers.length > 0 }, input, plan);
    for (const track of group) {
      if (!isPolled(track, input)) planSingle(track, input, plan, isSwept && !track.isAlone);
      planRecord(track, input, plan);
    }
  }
  for (const track of polled)
    add(plan.screen, 'progress', track, (track.progressAt ?? Number.NEGATIVE_INFINITY) + (intervalOf(track, input) || 0));
  if (isHidden) plan.rest.push(...plan.screen.splice(0));
  const urgency = (read: PlannedRead) => (read.kind === 'sweep' ? 0 : urgencyOf(read.track, read.kind, input));
  for (const reads of [plan.sweep, plan.first, plan.screen, plan.rest]) {
    const order = new Map(reads.map((read) => [read, urgency(read)]));
    reads.sort((a, b) => (order.get(b) ?? 0) - (order.get(a) ?? 0) || a.dueAt - b.dueAt);
  }
  return plan;
}

/** The most urgent read that is due and not in flight; `undefined`: none. */
export function firstDue(reads: readonly PlannedRead[], now: number, isUnderWay: (read: PlannedRead) => boolean): PlannedRead | undefined {
  return reads.find((read) => read.dueAt <= now && !isUnderWay(read));
}

/** The polling interval of a track in flight, in milliseconds; `false`: not polled. */
export function intervalOf(
  track: Track,
  { now, isHidden, deadlineMs }: Pick<PlanInput, 'now' | 'isHidden' | 'deadlineMs'>,
): number | false {
  let least: number | false = false;
  // Measured at the last read: otherwise a read that is due would move into the future.
  const inStage = track.isForeign ? Number.POSITIVE_INFINITY : (track.progressAt ?? track.readAt ?? now) - (track.stageSince ?? now);
  for (const { interval } of track.follows.values()) {
    const asked = inFlightInterval(inStage, interval);
    if (asked !== false && (least === false || asked < least)) least = asked;
  }
  if (least === false) return false;
  const isOverdue = now - (track.startedAt ?? track.since) > deadlineMs;
  return isOverdue || isHidden ? Math.max(least, CADENCE.ceiling) : least;
}

/** Whether its own progress is polled. */
const isPolled = (track: Track, input: PlanInput) =>
  !input.isHidden && track.phase === 'in-flight' && wants(track, 'progress') && input.isOnScreen(track.key);

function planJob(track: Track, input: PlanInput, plan: Plan): void {
  if (track.phase === 'unknown') return add(plan.first, 'job', track, 0);
  const interval = intervalOf(track, input);
  if (track.phase === 'in-flight' && interval !== false)
    add(plan.screen, 'job', track, (track.readAt ?? Number.NEGATIVE_INFINITY) + interval);
}

/** First data, or the status of a container that no list covers. */
function planSingle(track: Track, input: PlanInput, plan: Plan, isTold: boolean): void {
  const kind = wants(track, 'progress') && (track.phase === 'in-flight' || !wants(track, 'record')) ? 'progress' : 'record';
  if (track.phase === 'unknown') return add(plan.first, kind, track, 0);
  if (track.left === 'not-found') return add(plan.screen, 'record', track, 0);
  if (track.isInDoubt) return add(plan.screen, 'progress', track, (track.progressAt ?? Number.NEGATIVE_INFINITY) + CADENCE.ceiling);
  if (isTold) return;
  const due = (track.readAt ?? Number.NEGATIVE_INFINITY) + (intervalOf(track, input) || 0);
  add(input.isOnScreen(track.key) && !input.isHidden ? plan.screen : plan.rest, kind, track, due);
}

/** The record of a container in flight, for fields that no list and no progress carries: once, when the budget has room. */
function planRecord(track: Track, input: PlanInput, plan: Plan): void {
  if (!track.lacksRecord || track.recordAt !== null || input.isHidden || !input.isOnScreen(track.key)) return;
  if (wants(track, 'record')) add(plan.rest, 'record', track, track.since + RECORD_AFTER_MS);
  else if (track.createdAt === null && track.failures === 0) add(plan.rest, 'record', track, track.since + START_AFTER_MS);
}

/** The record of a container that has ended. */
function planOutcome(track: Track, input: PlanInput, plan: Plan): void {
  if (track.isInDoubt && track.follows.size > 0)
    add(plan.screen, 'progress', track, (track.progressAt ?? Number.NEGATIVE_INFINITY) + CADENCE.ceiling);
  if (!track.lacksRecord || !wants(track, 'record')) return;
  const isUrgent = track.lacksOutcome && (input.isOnScreen(track.key) || input.isHidden);
  // A record that lacked the outcome is read again, with a delay.
  const isUnasked = track.recordAt === null || track.recordAt < track.newsAt;
  add(isUrgent ? plan.screen : plan.rest, 'record', track, isUnasked ? 0 : (track.recordAt ?? 0) + CADENCE.slow);
}

/**
 * Containers of an unknown project. From two in flight on, one record is read to learn the project, and a list read of that project finds the others;
 * otherwise each is read individually.
 */
function planStrangers(strangers: Track[], groups: ReadonlyMap<string, Track[]>, inFlight: number, input: PlanInput, plan: Plan): void {
  const unread = strangers.filter((track) => track.retryAt <= input.now && track.error === null);
  const scout = unread.find((track) => track.recordAt === null);
  const others = inFlight < 2 || input.hasNoProjects || scout === undefined ? strangers : strangers.filter((track) => track.error !== null);
  for (const track of others) {
    if (isPolled(track, input)) planRecord(track, input, plan);
    else planSingle(track, input, plan, false);
  }
  if (scout === undefined || others === strangers) return;
  const known = [...new Set([...groups.keys(), ...input.sweeps.keys()])];
  // One that comes alone, as on a page that was just opened, is read at once: its record is wanted anyway.
  const comesAlone = unread.length === 1 && known.length > 0 && input.isOnScreen(scout.key);
  if (comesAlone && input.now - input.scoutedAt >= TIGHT_SWEEP_MS) return add(plan.first, 'record', scout, 0);
  const isTight = plan.stretch > 1;
  // The sweep of a project that fits one page names whatever is new in it.
  const isSweptWhole = (projectId: string) =>
    isTight && input.sweeps.get(projectId)?.pages.all === 1 && (groups.get(projectId)?.length ?? 0) > 1;
  const lookedAt = (projectId: string) => {
    const { askedAt } = input.sweeps.get(projectId) ?? newSweepState();
    return isSweptWhole(projectId) ? Math.max(askedAt.all, askedAt.search) : askedAt.search;
  };
  const unsearched = known.filter((projectId) => lookedAt(projectId) <= scout.since && input.sweeps.get(projectId)?.error == null);
  const [next] = unsearched;
  // Where more projects would have to be searched than there are containers, each is read individually.
  const isSearched = unsearched.length <= unread.length && (isTight || unread.length >= SEARCH_FROM);
  if (next !== undefined && isSearched) {
    const last = input.sweeps.get(next)?.askedAt.search ?? Number.NEGATIVE_INFINITY;
    const dueAt = isTight ? Math.max(0, last + TIGHT_SWEEP_MS) : 0;
    if (!isSweptWhole(next)) plan.sweep.push({ kind: 'sweep', projectId: next, question: 'search', dueAt });
  }
  // Those of a further project: each one found names others, so they go before what is known is read again.
  else if (known.length > 1) {
    for (const track of unread.filter(({ recordAt }) => recordAt === null).slice(0, known.length + 1)) add(plan.sweep, 'record', track, 0);
  }
  // A list read in flight can still find it.
  else if (!known.some((projectId) => input.sweeps.get(projectId)?.isUnderWay)) add(plan.first, 'record', scout, 0);
}

/** Plans the sweeps of a project. `false` if its list can't be read, so that its containers are read individually. */
function planSweeps(
  projectId: string,
  group: readonly Track[],
  { polled, projects, isSearching }: { polled: number; projects: number; isSearching: boolean },
  input: PlanInput,
  plan: Plan,
): boolean {
  const state = input.sweeps.get(projectId);
  if (state?.error != null) {
    plan.sweep.push({ kind: 'sweep', projectId, question: 'in-flight', dueAt: state.retryAt });
    return false;
  }
  const pages = state?.pages ?? { all: 1, 'in-flight': 1, ended: 1 };
  const isTight = plan.stretch > 1 || pages.all > 1 || polled >= group.length;
  const least = Math.min(
    ...group.map((track) => intervalOf(track, input) || CADENCE.ceiling),
    isSearching ? TIGHT_SWEEP_MS : CADENCE.ceiling,
  );
  // If all are polled and the budget suffices, the list is only a second source.
  const isSpare = polled >= group.length && plan.stretch <= 1;
  const every = (question: 'all' | 'in-flight' | 'ended') =>
    Math.max(
      input.isHidden ? CADENCE.ceiling : least,
      isSpare ? CADENCE.slow : 0,
      isTight ? Math.max(TIGHT_SWEEP_MS, (pages[question] * input.spacing) / SWEEP_SHARE.pages) : 0,
      isTight && projects > 1 ? (projects * input.spacing) / SWEEP_SHARE.projects : 0,
    );
  const sweep = (question: Question, interval: number) => {
    const dueAt = Math.max(0, (state?.askedAt[question] ?? Number.NEGATIVE_INFINITY) + interval);
    plan.sweep.push({ kind: 'sweep', projectId, question, dueAt });
  };
  if (pages.all === 1) {
    sweep('all', every('all'));
    return true;
  }
  const left = group.reduce((count, track) => count + Number(track.left === 'unasked'), 0);
  sweep('ended', left >= ASK_WHO_ENDED ? CADENCE.base : every('ended'));
  sweep('in-flight', every('in-flight') * IN_FLIGHT_EVERY);
  return true;
}

function add(reads: PlannedRead[], kind: 'progress' | 'record' | 'job', track: Track, dueAt: number): void {
  reads.push({ kind, track, dueAt: Math.max(0, dueAt, track.retryAt) });
}

/** Orders single reads of one priority: missing data first, then containers about to end, then those read longest ago. */
function urgencyOf(track: Track, kind: 'progress' | 'record' | 'job', input: PlanInput): number {
  if (track.phase !== 'in-flight' || track.left === 'not-found') return Number.MAX_VALUE;
  const { now } = input;
  const fromEnd = now - (track.endsAt ?? Number.POSITIVE_INFINITY);
  // A list carries no progress: a container whose progress was never read goes first.
  const lastAt = kind === 'progress' ? track.progressAt : track.readAt;
  const age = now - (lastAt ?? track.since - CADENCE.ceiling);
  return fromEnd > ENDING.from && fromEnd < ENDING.to ? Number.MAX_SAFE_INTEGER + age : age;
}
