import * as z from 'zod/mini';
import { type ContainerStatus, isTerminalStatus, readContainerStatus } from './status.js';
import { lazily, nonNegative, readBody, requiredId, share, text } from './wire.js';

/** One reading of `GET /v1/content/:containerId/progress`, normalized from either edition. Plain JSON. */
export interface ProgressSnapshot {
  /** As sent, with or without `cnt_`. */
  containerId: string;
  status: ContainerStatus;
  /** The status word as sent; `''` where none came. */
  rawStatus: string;
  /** An open set of words (`generating_visuals`, `finalizing`, …); `null` when absent. */
  stage: string | null;
  /** Share of the current stage, 0 to 1, clamped. It resets at every stage; `null` when absent or not a number. */
  stageProgress: number | null;
  /** The server's estimate of the seconds left, 0 or more; `null` when it has none, and on terminal snapshots. */
  etaSeconds: number | null;
  /** ISO 8601, the server's clock; `null` when absent. */
  updatedAt: string | null;
  /** Share of the whole job, 0 to 1, clamped, where the body is that of a job; left out of every other. */
  jobProgress?: number;
}

const wireProgress = lazily(() =>
  z.object({
    jobId: text(),
    containerId: text(),
    progress: share(),
    status: text(),
    stage: text(),
    stageProgress: share(),
    etaSeconds: nonNegative(),
    updatedAt: text(),
  }),
);

const wireOwn = lazily(() => z.object({ containerId: requiredId() }));

/**
 * Normalizes the body of `GET /v1/content/:containerId/progress`. The route can answer with a job, too (`jobId`): that is of the container that was
 * asked for, `running` is `processing`, and its `progress` is the share of the whole job (model rule 6).
 *
 * @param requestedId the container that was asked for, without which a job has to name its container
 * @throws LayersError `INVALID_RESPONSE` where it is no object or names no container
 */
export function parseProgress(json: unknown, requestedId?: string): ProgressSnapshot {
  const what = 'the progress of a container';
  const wire = readBody(wireProgress(), json, what);
  const isJob = wire.jobId !== null && wire.jobId.trim() !== '';
  const containerId = (isJob && requestedId) || readBody(wireOwn(), json, what).containerId;
  const status = isJob && wire.status === 'running' ? 'processing' : readContainerStatus(wire.status ?? '');
  return {
    containerId,
    status,
    rawStatus: wire.status ?? '',
    stage: wire.stage,
    stageProgress: wire.stageProgress,
    etaSeconds: isTerminalStatus(status) ? null : wire.etaSeconds,
    updatedAt: wire.updatedAt,
    ...(isJob && wire.progress !== null && { jobProgress: wire.progress }),
  };
}
