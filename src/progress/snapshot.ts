import type { ProgressSnapshot } from '../model/progress.js';
import { isNumber, within } from './numbers.js';

/** A snapshot as `parseProgress` would have given it, for one that was made by hand: plain JSON, shares within 0 and 1, no other keys. @internal */
export function readSnapshot(snapshot: ProgressSnapshot): ProgressSnapshot {
  const { containerId, status, rawStatus, stage, stageProgress, etaSeconds, updatedAt, jobProgress } = snapshot;
  return {
    containerId,
    status,
    rawStatus: textOrNull(rawStatus) ?? '',
    stage: textOrNull(stage),
    stageProgress: isNumber(stageProgress) ? within(stageProgress, 0, 1) : null,
    etaSeconds: isNumber(etaSeconds) && etaSeconds >= 0 ? etaSeconds + 0 : null,
    updatedAt: textOrNull(updatedAt),
    ...(isNumber(jobProgress) && { jobProgress: within(jobProgress, 0, 1) }),
  };
}

/** Whether two snapshots say the same. @internal */
export function sameSnapshot(a: ProgressSnapshot, b: ProgressSnapshot): boolean {
  return (
    a.containerId === b.containerId &&
    a.status === b.status &&
    a.rawStatus === b.rawStatus &&
    a.stage === b.stage &&
    a.stageProgress === b.stageProgress &&
    a.etaSeconds === b.etaSeconds &&
    a.updatedAt === b.updatedAt &&
    a.jobProgress === b.jobProgress
  );
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
