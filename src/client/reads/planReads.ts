import type { Followed, Watch } from './followed.js';
import type { Lane } from './readBudget.js';

/** What the next turn of the read loop may do. */
export type PlannedRead =
  | { kind: 'single'; lane: Lane; followed: Followed; dueAt: number; staleSince: number }
  /** One list read for the status of every container of a project: those in flight, or those that ended. */
  | { kind: 'sweep'; lane: Lane; projectId: string; question: SweepQuestion; dueAt: number }
  /** One record: of a container that left the in-flight list, or of one whose project is not known, so that its siblings can be swept. */
  | { kind: 'detail'; lane: Lane; watch: Watch; dueAt: number };

/** Which rows a sweep asks for. */
export type SweepQuestion = 'in-flight' | 'ended';

/** A container that left the in-flight list: not looked up yet, or not among those that ended last either. */
export type Leaver = 'unasked' | 'not-found';

/** What is remembered of a project between sweeps. */
export interface SweepState {
  /** When each question was last asked, on the clock of `monotonicNow`. */
  askedAt: Record<SweepQuestion, number>;
  /** How many pages each answer last had. */
  pages: Record<SweepQuestion, number>;
  /** Milliseconds to wait after a sweep that failed; 0 after one that did not. */
  pause: number;
}

/** What {@link planReads} decides from. */
export interface PlanInput {
  watches: readonly Watch[];
  jobs: readonly Followed[];
  sweeps: ReadonlyMap<string, SweepState>;
  /** Projects whose list cannot be read: their containers are read one by one. */
  unsweepable: ReadonlySet<string>;
  /** Containers that left the in-flight list, and whose end is not known yet. */
  left: ReadonlyMap<string, Leaver>;
  /** Containers in flight that no sweep tells of: read by themselves. */
  loners: ReadonlySet<string>;
  /** Whether it still makes sense to ask for a record to learn its project. */
  mayLearn: boolean;
  /** When a detail that could not be read may be tried again, on the clock of `monotonicNow`. */
  retryAt: (key: string) => number;
  /** Keys of containers whose record was already asked for to learn their project. */
  learned: ReadonlySet<string>;
  /** Milliseconds between two background reads that the budget allows at this moment. */
  spacing: number;
  /** The page is hidden: what is watched is what somebody awaits the end of all the same. It is read once a minute. */
  isHidden: boolean;
  now: number;
}

/** What {@link planReads} decided. */
export interface Plan {
  /** Most urgent first; `dueAt` may lie in the future. */
  reads: PlannedRead[];
  /** Projects that are swept. */
  swept: Set<string>;
  /** How much slower than the documented cadence what is on screen is read: 1 when the budget is enough for it. */
  stretch: number;
}

/** The sweep's own cadence: the documented base. */
const SWEEP_MS = 2_000;
/** The slowest cadence of what is not past its deadline. */
const SLOW_MS = 5_000;
/** Under pressure a sweep may use this share of the budget; what is on screen gets the rest. */
const SWEEP_SHARE = 0.16;
/** From so many containers on, and under pressure, asking who ended costs less than asking who has not and then reading each that left. */
const MANY = 20;
/** How much rarer the in-flight list is read while the ended list tells who is done. */
const IN_FLIGHT_EVERY = 5;
/** The same, while there are containers of which nothing is known yet. */
const NEWCOMERS_EVERY = 4;
/** Reading each container by itself this much slower than the cadence is worse than a sweep beside it. */
const SWEEP_BESIDE_STRETCH = 2;
/** So few are swept no faster than the cadence of the one that is read most often. */
const FEW = 4;
/** From so many leavers on, one list read tells more than as many single reads. */
const ASK_WHO_ENDED = 3;
/** The cadence while the page is hidden; browsers let its timers run no more often than this. */
const HIDDEN_MS = 60_000;
/** A container this close to its end is read before others. */
const ENDING_SECONDS = 8;

/**
 * Decides which reads are due, most urgent first. What is on screen is read by its own `/progress` at the documented cadence; the status of the other
 * containers in flight comes from one list read a project, from two on. Pure: time comes in.
 */
export function planReads(input: PlanInput): Plan {
  const { watches, jobs, left, learned, spacing, now } = input;
  const inFlight = watches.filter(isInFlight);
  const byProject = groupByProject(inFlight);
  const own = inFlight.filter(isReadByItself);
  const wanted = sum(own.map((watch) => 1 / (soonest(watch) || SWEEP_MS))) + (inFlight.length > own.length ? 1 / SWEEP_MS : 0);
  const stretch = Math.max(1, wanted * spacing);
  const swept = new Set<string>();
  const reads: PlannedRead[] = [];

  // Whoever has no project yet may well belong to one that is known.
  const strangers = input.mayLearn ? (byProject.get(null) ?? []).filter(({ key }) => !learned.has(key)) : [];

  for (const [projectId, group] of byProject) {
    if (projectId === null || group.length + strangers.length < 2 || input.unsweepable.has(projectId)) continue;
    if (group.every(isReadByItself) && stretch < SWEEP_BESIDE_STRETCH) continue;
    swept.add(projectId);
    reads.push(
      ...planSweeps(
        projectId,
        group,
        stretch,
        strangers.some(({ since }) => since > lastAsked(input, projectId)),
        input,
      ),
    );
  }

  // A sweep that is still to come may tell whose they are, for nothing.
  const stranger = strangers.find(({ since }) => [...swept].every((projectId) => lastAsked(input, projectId) > since));
  if (stranger && inFlight.length > 1) reads.push({ kind: 'detail', lane: 'visible', watch: stranger, dueAt: 0 });

  for (const watch of watches) {
    const lane = watch.onScreen ? 'visible' : 'rest';
    const isSwept = watch.projectId !== null && swept.has(watch.projectId) && !input.loners.has(watch.key);
    if (left.get(watch.key) === 'not-found' || (left.has(watch.key) && !asksWhoEnded(watch.projectId, input)))
      reads.push({ kind: 'detail', lane: 'visible', watch, dueAt: input.retryAt(watch.key) });
    else if (watch.onScreen && watch.container?.needsDetail())
      reads.push({ kind: 'single', lane, followed: watch.container, dueAt: 0, staleSince: 0 });
    else if (isInFlight(watch)) {
      const followed = isReadByItself(watch) ? watch.progress : isSwept ? undefined : readable(watch);
      if (followed) reads.push(single(followed, lane, input));
    }
  }
  for (const job of jobs) if (job.delay() !== false) reads.push(single(job, 'visible', input));

  const rank = (read: PlannedRead) => (read.lane === 'rest' ? 2 : read.kind === 'single' ? 1 : 0);
  reads.sort((a, b) => rank(a) - rank(b) || order(a, now) - order(b, now));
  return { reads: input.isHidden ? reads.map((read) => ({ ...read, lane: 'hidden' })) : reads, swept, stretch };
}

const lastAsked = ({ sweeps }: PlanInput, projectId: string) => sweeps.get(projectId)?.askedAt['in-flight'] ?? Number.NEGATIVE_INFINITY;

function planSweeps(
  projectId: string,
  group: readonly Watch[],
  stretch: number,
  hasNewcomers: boolean,
  { sweeps, spacing, left, isHidden }: PlanInput,
): PlannedRead[] {
  const state = sweeps.get(projectId);
  const pages = state?.pages ?? { 'in-flight': 1, ended: 1 };
  const least = Math.min(...group.map(soonest));
  const cadence = isHidden ? HIDDEN_MS : group.length > FEW && least <= SLOW_MS ? SWEEP_MS : least;
  const isTight = stretch > 1 || pages['in-flight'] > 1;
  const interval = (question: SweepQuestion) => Math.max(cadence, isTight ? (pages[question] * spacing) / SWEEP_SHARE : 0);
  const many = group.length >= MANY && isTight;
  const sweep = (question: SweepQuestion, every: number): PlannedRead => {
    const askedAt = state?.askedAt[question] ?? Number.NEGATIVE_INFINITY;
    return { kind: 'sweep', lane: 'visible', projectId, question, dueAt: Math.max(0, askedAt + Math.max(every, state?.pause ?? 0)) };
  };
  const planned = [sweep('in-flight', interval('in-flight') * (many ? (hasNewcomers ? NEWCOMERS_EVERY : IN_FLIGHT_EVERY) : 1))];
  if (state && (many || countOf(group, left) >= ASK_WHO_ENDED)) planned.push(sweep('ended', many ? interval('ended') : 0));
  return planned;
}

/** Whether those that left a project's list are looked up together instead of one by one. */
function asksWhoEnded(projectId: string | null, { watches, left, unsweepable }: PlanInput): boolean {
  if (projectId === null || unsweepable.has(projectId)) return false;
  return countOf(watches, left, projectId) >= ASK_WHO_ENDED;
}

function countOf(watches: readonly Watch[], left: PlanInput['left'], projectId?: string): number {
  const counts = (watch: Watch) => left.get(watch.key) === 'unasked' && (projectId === undefined || watch.projectId === projectId);
  return watches.reduce((count, watch) => count + Number(counts(watch)), 0);
}

function groupByProject(watches: readonly Watch[]): Map<string | null, Watch[]> {
  const groups = new Map<string | null, Watch[]>();
  for (const watch of watches) {
    const group = groups.get(watch.projectId);
    if (group) group.push(watch);
    else groups.set(watch.projectId, [watch]);
  }
  return groups;
}

function single(followed: Followed, lane: Lane, { isHidden, now }: PlanInput): PlannedRead {
  const settledAt = followed.settledAt() ?? now;
  const eta = followed.etaSeconds();
  const isEnding = eta !== null && eta - (now - settledAt) / 1_000 < ENDING_SECONDS;
  const age = now - settledAt;
  // What should be ending now counts as a quarter as stale again.
  return {
    kind: 'single',
    lane,
    followed,
    dueAt: settledAt + Math.max(isHidden ? HIDDEN_MS : 0, followed.delay() || 0),
    staleSince: now - (isEnding ? age * 1.25 : age),
  };
}

/** What is not due sorts by when it will be; of what is due, the stalest comes first. */
function order(read: PlannedRead, now: number): number {
  return read.kind === 'single' && read.dueAt <= now ? read.staleSince : read.dueAt;
}

/** Whether a watch changes by itself and is worth reading. */
const isInFlight = (watch: Watch) => readable(watch) !== undefined;

/** What of a watch can be read for its status: its progress, else its record, else what a list shows of it. */
function readable({ progress, container, row }: Watch): Followed | undefined {
  return [progress, container, row].find((followed) => followed !== undefined && followed.delay() !== false);
}

const isReadByItself = ({ onScreen, progress }: Watch) => onScreen && progress !== undefined && progress.delay() !== false;

const soonest = (watch: Watch) => readable(watch)?.delay() || 0;

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
