import type { Container, ContainerSummary } from '../model/container.js';
import { advanceProgress } from '../progress/advanceProgress.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';

/** All that a container says of its progress. */
export function statusAlone({ id, status, rawStatus }: Container | ContainerSummary): ContainerProgress {
  const nothing = { stage: null, stageProgress: null, etaSeconds: null, updatedAt: null };
  return advanceProgress(null, { containerId: id, status, rawStatus, ...nothing }, 0);
}
