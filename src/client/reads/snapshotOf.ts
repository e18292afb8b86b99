import type { ContainerSummary } from '../../model/container.js';
import type { ProgressSnapshot } from '../../model/progress.js';

/** What a list row says of a container's progress: its status, and nothing of its stage. */
export function snapshotOf(containerId: string, { status, rawStatus, updatedAt }: ContainerSummary): ProgressSnapshot {
  return { containerId, status, rawStatus, stage: null, stageProgress: null, etaSeconds: null, updatedAt };
}
