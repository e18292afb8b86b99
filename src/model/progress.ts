import type { ContainerStatus } from './status.js';

/** One reading of `GET /v1/content/:containerId/progress`, normalized from either edition. Plain JSON. */
export interface ProgressSnapshot {
  /** As sent, with or without `cnt_`. */
  containerId: string;
  status: ContainerStatus;
  /** The status word as sent. */
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
