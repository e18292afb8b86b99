import { monotonicNow } from '../internal/monotonicNow.js';
import { shareEqual } from '../internal/shareEqual.js';
import type { Job } from '../model/job.js';
import { isRecord } from '../model/plainJson.js';
import type { ProgressSnapshot } from '../model/progress.js';
import { advanceProgress } from '../progress/advanceProgress.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';

/** The progress of each job as it is cached: what was seen of it before is part of it. */
const known = new WeakMap<Job, ContainerProgress>();

/** When a job was read: on the clock of `monotonicNow`, and by the server's clock (ISO 8601; `null`: not known). */
interface ReadTime {
  now: number;
  serverTime: string | null;
}

/** The progress of a cached job. One that somebody else wrote (hydration, the host, a 202) is first seen now. */
export function progressOfJob(job: Job): ContainerProgress {
  const progress = known.get(job) ?? advance(null, job, { now: monotonicNow(), serverTime: null });
  known.set(job, progress);
  return progress;
}

/** Takes in a job that was just read, before it is cached in place of `before`. */
export function noteJobProgress(before: Job | undefined, job: Job, readAt: ReadTime): void {
  known.set(job, advance(before === undefined ? null : progressOfJob(before), job, readAt));
}

/** TanStack's `structuralSharing` for jobs: what is cached keeps the progress of what it replaces, whoever writes it. */
export function shareJob(previous: unknown, next: unknown): unknown {
  const shared = shareEqual(previous, next);
  if (!isJob(shared) || known.has(shared)) return shared;
  const progress = isJob(next) ? known.get(next) : undefined;
  const before = isJob(previous) && previous.jobId === shared.jobId ? progressOfJob(previous) : null;
  known.set(shared, progress ?? advance(before, shared, { now: monotonicNow(), serverTime: null }));
  return shared;
}

/** Whether cached data is a job; a persister or the host can have written anything. */
const isJob = (data: unknown): data is Job =>
  isRecord(data) && typeof data['jobId'] === 'string' && typeof data['status'] === 'string' && Array.isArray(data['containerIds']);

function advance(previous: ContainerProgress | null, job: Job, { now, serverTime }: ReadTime): ContainerProgress {
  const snapshot = snapshotOf(job, previous?.containerId ?? job.containerIds[0] ?? job.jobId);
  return advanceProgress(previous, snapshot, now, { createdAt: null, jobStartedAt: job.startedAt, serverTime });
}

/** A job as a reading of a container. Without a share or a stage of work it waits to start. */
function snapshotOf({ status, rawStatus, stage, progress, finishedAt }: Job, containerId: string): ProgressSnapshot {
  const isQueued = stage === 'queued' || (stage === null && progress === null);
  return {
    containerId,
    status: status === 'running' ? (isQueued ? 'queued' : 'processing') : status,
    rawStatus,
    stage: stage === 'queued' ? null : stage,
    stageProgress: null,
    etaSeconds: null,
    updatedAt: finishedAt,
    ...(progress !== null && { jobProgress: progress }),
  };
}
