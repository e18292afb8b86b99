import { comparableLives, type ProgressHistory } from '../progress/history.js';
import { type Facts, NO_FACTS } from '../schedule/track.js';
import type { Job } from '../model/job.js';
import type { ContainerEntry } from './entry.js';

/** An older `createdAt` belongs to an earlier generation, or isn't on this clock. Milliseconds. */
const LONGEST_JOB_MS = 24 * 3_600_000;

/** Context of {@link factsOf}. */
export interface FactsContext {
  history: ProgressHistory | null;
  /** On the clock of `monotonicNow`, in milliseconds. */
  now: number;
  /** The server's time at `now`, in milliseconds since 1970; `null`: unknown. */
  serverNow: number | null;
}

/** The scheduler's facts about a container. */
export function factsOf(entry: ContainerEntry, context: FactsContext): Facts {
  const { status, sources, isTerminal, isPartial, preview } = entry;
  const lacksMedia = status === 'completed' && (preview === null || preview.primaryUrl === null);
  return {
    projectId: entry.projectId,
    createdAt: entry.createdAt,
    phase: isTerminal ? 'ended' : 'in-flight',
    isForeign: status === 'unknown',
    lacksRecord: isPartial,
    lacksStart: sources.hasProgress && entry.percent === null && entry.memory.secondsBefore === null && !entry.memory.seenFromStart,
    lacksOutcome: isPartial && (lacksMedia || (status === 'failed' && entry.lastError === null)),
    isInDoubt: sources.isInDoubt,
    startedAt: startedAt(entry, context),
    jobId: isTerminal || !sources.hasProgress || entry.memory.eta !== null ? null : (sources.jobId ?? null),
    stage: entry.stage ?? status,
    stageSince: sources.hasProgress ? entry.stageStartedAt : entry.observedAt,
    endsAt: entry.remainingSeconds === null ? null : entry.observedAt + entry.remainingSeconds * 1_000,
    news: `${status} ${entry.stage} ${entry.stageProgress} ${entry.jobProgress} ${entry.updatedAt}`,
    readAt: entry.observedAt,
    hasProgress: sources.hasProgress,
    usualMs: isTerminal ? null : usualMs(entry, context.history),
  };
}

/** The scheduler's facts about a job. */
export function jobFacts(job: Job, context: FactsContext): Facts {
  return {
    ...NO_FACTS,
    projectId: job.projectId,
    createdAt: job.startedAt,
    phase: job.status === 'running' ? 'in-flight' : 'ended',
    lacksRecord: false,
    startedAt: startOf(job.startedAt, context),
    stage: job.stage ?? job.status,
    news: `${job.status} ${job.stage} ${job.progress}`,
    hasProgress: false,
  };
}

/** When its job began: as its progress was first read where that told it, else by its creation, else when it was first seen at work. */
function startedAt({ createdAt, startedAt: seenAt, observedAt, sources, memory }: ContainerEntry, context: FactsContext): number | null {
  if (sources.hasProgress && memory.secondsBefore !== null) return observedAt - (memory.secondsBefore + memory.watchedSeconds) * 1_000;
  return startOf(createdAt, context) ?? (sources.hasProgress ? seenAt : null);
}

/** When something began that the server dates, on our clock: by the server's own clock, never by the difference of the two. */
function startOf(createdAt: string | null, { now, serverNow }: FactsContext): number | null {
  const age = (serverNow ?? Number.NaN) - Date.parse(createdAt ?? '');
  return age >= 0 && age < LONGEST_JOB_MS ? now - age : null;
}

/** How long the current stage took in completed generations, or the whole job if the stage is unknown, in milliseconds; `null`: nothing learned. */
function usualMs({ stage, format, sources }: ContainerEntry, history: ProgressHistory | null): number | null {
  const lives = comparableLives(history, format);
  const lengths = lives.map(({ stages, seconds }) => {
    const index = stages.indexOf(stage ?? '');
    return sources.hasProgress && index !== -1 ? (seconds[index] ?? 0) : seconds.reduce((sum, each) => sum + each, 0);
  });
  return lengths.length === 0 ? null : Math.max(...lengths) * 1_000;
}
