import type { ContainerProgress } from '../../src/progress/ContainerProgress.js';
import type { ProgressSnapshot } from '../../src/model/progress.js';
import { type AdvanceProgressOptions, advanceProgress } from '../../src/progress/advanceProgress.js';

const START = Date.UTC(2026, 3, 18, 9, 30, 0);

/** The server's date, `seconds` after the start of the story. */
export const date = (seconds: number) => new Date(START + seconds * 1000).toISOString();

/** A snapshot in flight, dated `at` seconds after the start. */
export function snapshot(at: number, changes: Partial<ProgressSnapshot> = {}): ProgressSnapshot {
  return {
    containerId: 'cnt_1',
    status: 'processing',
    rawStatus: 'processing',
    stage: 'generating_visuals',
    stageProgress: 0.1,
    etaSeconds: 60,
    updatedAt: date(at),
    ...changes,
  };
}

/** Folds snapshots, each with the second at which it arrives; the clock of the reader is nothing like the server's. */
export function fold(
  steps: [seconds: number, snapshot: ProgressSnapshot][],
  options?: AdvanceProgressOptions,
  known: ContainerProgress | null = null,
): ContainerProgress {
  let progress = known;
  for (const [seconds, one] of steps) progress = advanceProgress(progress, one, seconds * 1000, options);
  if (progress === null) throw new Error('no steps');
  return progress;
}

/** A whole life of three stages, read every 2 s, its ETA as given: the snapshots with the second at which each arrives. */
export function wholeLife(pace = 1, eta: (left: number) => number | null = () => null): [seconds: number, snapshot: ProgressSnapshot][] {
  const stages = [
    { stage: 'writing_script', seconds: 20 * pace },
    { stage: 'generating_visuals', seconds: 60 * pace },
    { stage: 'finalizing', seconds: 20 * pace },
  ];
  const total = 100 * pace;
  const steps: [number, ProgressSnapshot][] = [];
  for (let at = 0; at < total; at += 2) {
    let from = 0;
    const present = stages.find(({ seconds }) => (at < from + seconds ? true : ((from += seconds), false)));
    const stageProgress = (at - from) / (present?.seconds ?? 1);
    steps.push([at, snapshot(at, { stage: present?.stage ?? null, stageProgress, etaSeconds: eta(total - at) })]);
  }
  steps.push([
    total,
    snapshot(total, { status: 'completed', rawStatus: 'completed', stage: 'finalizing', stageProgress: 1, etaSeconds: null }),
  ]);
  return steps;
}
