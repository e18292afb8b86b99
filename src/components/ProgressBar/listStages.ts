import type { ContainerProgress } from '../../progress/ContainerProgress.js';

/** A stage of a job and where it is. */
export interface ListedStage {
  /** The stage's word on the wire. */
  stage: string;
  state: 'done' | 'current' | 'upcoming';
}

/**
 * The stages to list: those of the plan, and those that were seen and are in no plan, after the one they followed. What comes before the present stage
 * is done, whether it was seen or not; of a completed job all is.
 */
export function listStages(plan: readonly string[], progress: ContainerProgress | null): ListedStage[] {
  const names = [...new Set(plan)];
  // The wire names the time in the queue a stage; here it is what comes before the first.
  const seen = (progress?.stages ?? []).filter((stage) => stage !== 'queued' || names.includes(stage));
  let after = -1;
  for (const stage of seen) {
    const at = names.indexOf(stage);
    if (at === -1) names.splice(after + 1, 0, stage);
    after = at === -1 ? after + 1 : at;
  }
  const isUnderWay = progress !== null && progress.status !== 'queued';
  const current = isUnderWay ? names.indexOf(progress.stage ?? seen.at(-1) ?? '') : -1;
  return names.map((stage, at) => {
    if (progress?.status === 'completed' || at < current) return { stage, state: 'done' };
    return { stage, state: at === current ? 'current' : 'upcoming' };
  });
}
