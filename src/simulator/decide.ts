import type { ContainerRecord } from './record.js';
import { wireTime } from './time.js';
import type { World } from './world.js';

/** Who decided a container's approval, and how. */
export interface Decision {
  approval: 'approved' | 'rejected';
  by: string;
  /** `null` on an approval. */
  reason: string | null;
}

/** Decides a container's approval. If it was pending, a webhook is sent [operational/webhooks]. */
export function decideContainer(world: World, record: ContainerRecord, { approval, by, reason }: Decision): void {
  const wasPending = record.approval === 'pending';
  record.approval = approval;
  if (!wasPending) return;
  const now = world.now();
  const at = wireTime(now);
  const decided = approval === 'approved' ? { approvedAt: at, approvedBy: by } : { rejectedAt: at, rejectedBy: by, reason };
  world.outbox?.add(now, `content.${approval}`, { id: record.id, projectId: record.projectId, ...decided });
}
