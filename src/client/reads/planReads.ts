import type { Followed, Watch } from './followed.js';
import type { Lane } from './readBudget.js';

/** What the next turn of the read loop may do. */
export type PlannedRead =
  | { kind: 'single'; lane: Lane; followed: Followed; dueAt: number }
  /** One list read for the status of every container of a project: those in flight, or those that ended. */
  | { kind: 'sweep'; lane: Lane; projectId: string; question: SweepQuestion; dueAt: number }
  /** One record of a container whose project is not known, so that its siblings can be swept. */
  | { kind: 'learn-project'; lane: Lane; id: string; dueAt: number };

/** Which rows a sweep asks for. */
export type SweepQuestion = 'in-flight' | 'ended';

/** What is remembered of a project between sweeps. */
export interface SweepState {
  /** When each question was last asked, on the clock of `monotonicNow`. */
  askedAt: Record<SweepQuestion, number>;
  /** Pages that the in-flight list last had. */
  pages: number;
}

/** What {@link planReads} decides from. */
export interface PlanInput {
  watches: readonly Watch[];
  jobs: readonly Followed[];
  sweeps: ReadonlyMap<string, SweepState>;
  /** Ids whose record was already read to learn their project. */
  learned: ReadonlySet<string>;
  /** Milliseconds between two background reads that the budget allows at this moment. */
  spacing: number;
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
/** Under pressure a sweep may use this share of the budget; what is on screen gets the rest. */
const SWEEP_SHARE = 0.21;
/** From so many containers on, and under pressure, asking who ended costs less than asking who has not and then reading each that left. */
const MANY = 20;
/** How much rarer the in-flight list is read while the ended list tells who is done. */
const IN_FLIGHT_EVERY = 5;
/** Reading each container by itself this much slower than the cadence is worse than a sweep beside it. */
const SWEEP_BESIDE_STRETCH = 2;
/** A container this close to its end is read before others. */
const ENDING_SECONDS = 8;

/**
 * Decides which reads are due, most urgent first. What is on screen is read by its own `/progress` at the documented cadence; the status of the other
 * containers in flight comes from one list read a project, from two on. Pure: time comes in.
 */
export function planReads({ watches, jobs, sweeps, learned, spacing, now }: PlanInput): Plan {
  const inFlight = watches.filter(isInFlight);
  const byProject = new Map<string | null, Watch[]>();
  for (const watch of inFlight) {
    const group = byProject.get(watch.projectId);
    if (group) group.push(watch);
    else byProject.set(watch.projectId, [watch]);
  }
  const ownReads = inFlight.filter(isReadByItself);
  const wanted = sum(ownReads.map((watch) => 1 / (soonest(watch) || SWEEP_MS))) + (inFlight.length > ownReads.length ? 1 / SWEEP_MS : 0);
  const stretch = Math.max(1, wanted * spacing);

  const swept = new Set<string>();
  const reads: PlannedRead[] = [];
  for (const [projectId, group] of byProject) {
    if (projectId === null || group.length < 2) continue;
    if (group.every(isReadByItself) && stretch < SWEEP_BESIDE_STRETCH) continue;
    swept.add(projectId);
    const state = sweeps.get(projectId);
    const pages = state?.pages ?? 1;
    const interval = stretch > 1 || pages > 1 ? Math.max(SWEEP_MS, (pages * spacing) / SWEEP_SHARE) : SWEEP_MS;
    const many = group.length >= MANY && stretch > 1;
    const sweep = (question: SweepQuestion, every: number) => {
      const askedAt = state?.askedAt[question] ?? Number.NEGATIVE_INFINITY;
      reads.push({ kind: 'sweep', lane: 'visible', projectId, question, dueAt: Math.max(0, askedAt + every) });
    };
    sweep('in-flight', many ? interval * IN_FLIGHT_EVERY : interval);
    if (many && state) sweep('ended', interval / pages);
  }

  const homeless = byProject.get(null) ?? [];
  const stranger = homeless.length > 1 ? homeless.find((watch) => !learned.has(watch.key)) : undefined;
  if (stranger) reads.push({ kind: 'learn-project', lane: 'visible', id: stranger.id, dueAt: 0 });

  for (const watch of inFlight) {
    const isSwept = watch.projectId !== null && swept.has(watch.projectId);
    const lane = watch.onScreen ? 'visible' : 'rest';
    const own = watch.onScreen || !isSwept ? (watch.progress ?? (isSwept ? undefined : watch.container)) : undefined;
    if (own) reads.push(single(own, lane, now));
  }
  for (const job of jobs) if (job.delay() !== false) reads.push(single(job, 'visible', now));

  const rank = (read: PlannedRead) => (read.lane === 'rest' ? 2 : read.kind === 'single' ? 1 : 0);
  return { reads: reads.sort((a, b) => rank(a) - rank(b) || a.dueAt - b.dueAt), swept, stretch };
}

function single(followed: Followed, lane: Lane, now: number): PlannedRead {
  const settledAt = followed.settledAt() ?? now;
  const dueAt = settledAt + (followed.delay() || 0);
  const eta = followed.etaSeconds();
  const ending = eta !== null && eta - (now - settledAt) / 1_000 < ENDING_SECONDS;
  // Of what is due, the stalest goes first; what should be ending now counts as twice as stale.
  return { kind: 'single', lane, followed, dueAt: ending && dueAt < now ? dueAt - (now - dueAt) : dueAt };
}

/** Whether a watch changes by itself and is worth reading. */
function isInFlight({ progress, container }: Watch): boolean {
  return (progress?.delay() ?? false) !== false || (container?.delay() ?? false) !== false;
}

const isReadByItself = (watch: Watch) => watch.onScreen && watch.progress !== undefined;

const soonest = ({ progress, container }: Watch) => (progress ?? container)?.delay() || 0;

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
