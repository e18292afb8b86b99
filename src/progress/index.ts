export { advanceEta, type EtaBucket } from './advanceEta.js';
export { advanceProgress } from './advanceProgress.js';
export type { ContainerProgress } from './ContainerProgress.js';
export { type FinishedLife, learnFromProgress, type ProgressHistory, parseProgressHistory } from './history.js';
export type { AdvanceProgressOptions, PlannedStage, StagePlan } from './options.js';
export { type ProgressMoment, progressAt } from './progressAt.js';
