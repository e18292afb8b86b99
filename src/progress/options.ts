import type { ProgressHistory } from './history.js';

/** One stage of a plan. */
export interface PlannedStage {
  /** The stage's word on the wire (`generating_visuals`). */
  stage: string;
  /** How long it usually takes; left out: not known, and the plan then only says how many stages there are. */
  seconds?: number | undefined;
}

/** Stages to expect, in order, by their words on the wire, or with how long each usually takes. */
export type StagePlan = readonly (string | PlannedStage)[];

/** What an estimate can rest on of the stages that a component was given: `undefined` where none of them says how long it takes. @internal */
export function planOf(stages: StagePlan | boolean | undefined): PlannedStage[] | undefined {
  if (typeof stages !== 'object') return undefined;
  const plan = stages.map((stage) => (typeof stage === 'string' ? { stage } : stage));
  return plan.some(({ seconds }) => seconds !== undefined) ? plan : undefined;
}

/** The same as options of an estimate. @internal */
export function estimateBy(stages: StagePlan | boolean | undefined): AdvanceProgressOptions | undefined {
  const plan = planOf(stages);
  return plan && { plan };
}

/** What {@link advanceProgress} may rest its estimate on beside the snapshots. Plain JSON. */
export interface AdvanceProgressOptions {
  /**
   * The container's `createdAt` (ISO 8601, the server's clock): a page that is opened midway then knows how long the job has been running. `null`: not known
   * so far, and there is no percentage until it is, unless the job was seen from its start. Left out: one first seen at the foot of a stage has just begun.
   */
  createdAt?: string | null | undefined;
  /** When the job that makes it began (ISO 8601, the server's clock): says the same of this life, also of a container that was regenerated. */
  jobStartedAt?: string | null | undefined;
  /** The server's time at `nowMs` (ISO 8601), as a `Date` header tells it: dates a snapshot that has no `updatedAt`. */
  serverTime?: string | null | undefined;
  /**
   * What a bar showed of it before the page was loaded again, in percent: its first number is no lower, unless that is so far from the estimate that it was of
   * another life.
   */
  shownPercent?: number | null | undefined;
  /** The stages to expect, in order. */
  plan?: readonly PlannedStage[] | undefined;
  /** What containers finished before have taught, kept by `learnFromProgress`. */
  history?: ProgressHistory | null | undefined;
  /** The container's format, by which the history is kept; without it, what is known of all formats together. */
  format?: string | null | undefined;
}
