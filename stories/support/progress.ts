import type { ProgressSnapshot } from '../../src/model/progress.js';
import { advanceProgress } from '../../src/progress/advanceProgress.js';
import type { ContainerProgress } from '../../src/progress/ContainerProgress.js';

const snapshot: ProgressSnapshot = {
  containerId: 'cnt_7d18b9a1-8b2c-4f3e-a4d5-6e7f8a9b0c1d',
  status: 'processing',
  rawStatus: 'processing',
  stage: 'generating_visuals',
  stageProgress: 0.42,
  etaSeconds: 130,
  updatedAt: '2026-11-22T09:30:00Z',
};

/** A snapshot as the bar gets it, with what is known of the whole job set by hand. */
export function progressOf(values: Partial<ContainerProgress>): ContainerProgress {
  const status = values.status ?? snapshot.status;
  return { ...advanceProgress(null, { ...snapshot, ...values, status, rawStatus: status }, 0), ...values };
}

/** One that has waited for so many seconds to start. */
function waitingFor(secondsBefore: number): ContainerProgress {
  const queued = progressOf({ status: 'queued', stage: 'queued', percent: null, percentPerSecond: null, remainingSeconds: null });
  return { ...queued, memory: { ...queued.memory, secondsBefore } };
}

/** One whose time left ran out a while ago: it was to end within a second, and has been at it since. */
function ranOut(): ContainerProgress {
  const observedAt = Date.now() - 14_000;
  return {
    ...progressOf({ stage: 'finalizing', percent: 97, percentPerSecond: 0.03, remainingSeconds: 0.5 }),
    observedAt,
    startedAt: observedAt,
  };
}

/** One of each. */
export const progress = {
  queued: progressOf({ status: 'queued', stage: null, percent: null, percentPerSecond: null, remainingSeconds: null }),
  queuedWithTime: waitingFor(62),
  indeterminate: progressOf({ percent: null, percentPerSecond: null, remainingSeconds: null }),
  unknownStatus: progressOf({ status: 'unknown', stage: null, percent: null, percentPerSecond: null, remainingSeconds: null }),
  running: progressOf({ percent: 42, percentPerSecond: 0.4, remainingSeconds: 110 }),
  underAMinute: progressOf({ percent: 71, percentPerSecond: 0.4, remainingSeconds: 40 }),
  runningWithoutTime: progressOf({ percent: 18.7, percentPerSecond: null, remainingSeconds: null }),
  finishing: progressOf({ stage: 'finalizing', percent: 99.5, percentPerSecond: 0, remainingSeconds: 6 }),
  overdue: ranOut(),
  openStage: progressOf({ stage: 'matching_beat_to_cuts', percent: 64, percentPerSecond: 0.3, remainingSeconds: 48 }),
  completed: progressOf({ status: 'completed', stage: 'finalizing', stageProgress: 1, percent: 100, remainingSeconds: null }),
  failed: progressOf({ status: 'failed', percent: 37, percentPerSecond: null, remainingSeconds: null }),
  canceled: progressOf({ status: 'canceled', percent: 51, percentPerSecond: null, remainingSeconds: null }),
} satisfies Record<string, ContainerProgress>;

/** Why the failed one failed. */
export const lastError = { code: 'RENDER_FAILED', message: 'The source clip is shorter than the hook needs. Try another clip.' };

/** The stages of a job whose second is under way. */
export const plan = ['writing_script', 'generating_visuals', 'adding_voice', 'finalizing'];

/** Midway, with the stages that led there. */
export const midway = progressOf({
  stages: ['writing_script', 'generating_visuals'],
  percent: 42,
  percentPerSecond: 0.4,
  remainingSeconds: 110,
});
