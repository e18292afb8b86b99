import { comparableLives, type ProgressHistory } from '../progress/history.js';
import type { Facts } from '../schedule/track.js';
import type { Job } from '../model/job.js';
import type { ContainerEntry } from './entry.js';

/** A `createdAt` further back belongs to an earlier life, or is not on this clock. */
const LONGEST_JOB_MS = 24 * 3_600_000;

/** What an entry says of when its container is to be read. */
export function factsOf(entry: ContainerEntry, history: ProgressHistory | null, now: number): Facts {
  const { status, sources, memory, isTerminal, isPartial, preview } = entry;
  const lacksMedia = status === 'completed' && (preview === null || preview.primaryUrl === null);
  return {
    projectId: entry.projectId,
    createdAt: entry.createdAt,
    phase: isTerminal ? 'ended' : 'in-flight',
    isForeign: status === 'unknown',
    lacksRecord: isPartial,
    lacksOutcome: isPartial && (lacksMedia || (status === 'failed' && entry.lastError === null)),
    isInDoubt: sources.isInDoubt,
    startedAt: sources.hasProgress ? entry.startedAt - (memory.secondsBefore ?? 0) * 1_000 : createdBefore(entry.createdAt, now),
    stageSince: sources.hasProgress ? entry.stageStartedAt : entry.observedAt,
    endsAt: entry.remainingSeconds === null ? null : entry.observedAt + entry.remainingSeconds * 1_000,
    news: `${status} ${entry.stage} ${entry.stageProgress} ${entry.updatedAt}`,
    usualMs: isTerminal ? null : usualMs(entry, history),
  };
}

/** What a job says of when it is to be read. */
export function jobFacts(job: Job, now: number): Facts {
  return {
    projectId: job.projectId,
    createdAt: job.startedAt,
    phase: job.status === 'running' ? 'in-flight' : 'ended',
    isForeign: false,
    lacksRecord: false,
    lacksOutcome: false,
    isInDoubt: false,
    startedAt: createdBefore(job.startedAt, now),
    stageSince: null,
    endsAt: null,
    news: `${job.status} ${job.stage} ${job.progress}`,
    usualMs: null,
  };
}

function createdBefore(createdAt: string | null, now: number): number | null {
  const at = Date.parse(createdAt ?? '');
  return at <= now && now - at < LONGEST_JOB_MS ? at : null;
}

/** How long the present stage took in lives that were seen to the end, or the whole job where the stage is not known, in milliseconds. */
function usualMs({ stage, format, sources }: ContainerEntry, history: ProgressHistory | null): number | null {
  const lives = comparableLives(history, format);
  const lengths = lives.map(({ stages, seconds }) => {
    const index = stages.indexOf(stage ?? '');
    return sources.hasProgress && index !== -1 ? (seconds[index] ?? 0) : seconds.reduce((sum, each) => sum + each, 0);
  });
  return lengths.length === 0 ? null : Math.max(...lengths) * 1_000;
}
