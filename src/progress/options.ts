import type { ProgressHistory } from './history.js';

/** One stage of a plan. */
export interface PlannedStage {
  /** The stage's word on the wire (`generating_visuals`). */
  stage: string;
  /** How long it usually takes; left out: not known, and the plan then only says how many stages there are. */
  seconds?: number | undefined;
}

/** What {@link advanceProgress} may rest its estimate on beside the snapshots. Plain JSON. */
export interface AdvanceProgressOptions {
  /** The container's `createdAt` (ISO 8601, the server's clock): a page that is opened midway then knows how long the job has been running. */
  createdAt?: string | null | undefined;
  /** The stages to expect, in order. */
  plan?: readonly PlannedStage[] | undefined;
  /** What containers finished before have taught, kept by `learnFromProgress`. */
  history?: ProgressHistory | null | undefined;
  /** The container's format, by which the history is kept; without it, what is known of all formats together. */
  format?: string | null | undefined;
}
