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
}

const wireProgress = lazily(() =>
  z.object({
    containerId: requiredId(),
    status: text(),
    stage: text(),
    stageProgress: share(),
    etaSeconds: nonNegative(),
    updatedAt: text(),
  }),
);

/** Normalizes the body of `GET /v1/content/:containerId/progress`. @throws LayersError `INVALID_RESPONSE` where it is no object or has no `containerId`. */
export function parseProgress(json: unknown): ProgressSnapshot {
  const wire = readBody(wireProgress(), json, 'the progress of a container');
  const status = readContainerStatus(wire.status ?? '');
  return {
    containerId: wire.containerId,
    status,
    rawStatus: wire.status ?? '',
    stage: wire.stage,
    stageProgress: wire.stageProgress,
    etaSeconds: isTerminalStatus(status) ? null : wire.etaSeconds,
    updatedAt: wire.updatedAt,
  };
}
