export { advanceEta, type EtaBucket } from './advanceEta.js';
export { advanceProgress } from './advanceProgress.js';
export type { ContainerProgress } from './ContainerProgress.js';
export type { EtaFilter, EtaModel } from './etaFilter.js';
export { type FinishedLife, LIVES_KEPT, learnFromProgress, type ProgressHistory, parseProgressHistory } from './history.js';
export type { ProgressMemory } from './memory.js';
export type { AdvanceProgressOptions, PlannedStage } from './options.js';
export { type ProgressMoment, progressAt } from './progressAt.js';
export type { StageTrack } from './stageTrack.js';
