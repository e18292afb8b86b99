import * as z from 'zod/mini';
import { type ApprovalStatus, readApprovalStatus } from './status.js';
import { lazily, orNull, readBody, requiredId, text, texts } from './wire.js';

/** The answer to `approve` and to `reject`: one shape for both. Plain JSON. */
export interface ApprovalResult {
  /** The container's id as sent. */
  id: string;
  approvalStatus: ApprovalStatus;
  /** The approval word as sent; `''` where none came. */
  rawApprovalStatus: string;
  /** `approvedAt ?? rejectedAt`, ISO 8601; `null` when absent. */
  decidedAt: string | null;
  /** `approvedBy ?? rejectedBy`; `null` when absent. */
  decidedBy: string | null;
  /** Why it was rejected; `null` on an approval. */
  reason: string | null;
  /**
   * What became of the schedule that waited for the approval; `null` where none did. With `failed` the approval stands and the schedule does not
   * (approve-content reference). `status` is an open set, `''` where none came.
   */
  pendingSchedulePromotion: { status: string; scheduledPostIds: string[] } | null;
}

const wireApprovalResult = lazily(() =>
  z.object({
    id: requiredId(),
    approvalStatus: text(),
    approvedAt: text(),
    rejectedAt: text(),
    approvedBy: text(),
    rejectedBy: text(),
    reason: text(),
    pendingSchedulePromotion: orNull(z.object({ status: text(), scheduledPostIds: texts() })),
  }),
);

/** Normalizes the 200 body of `POST /v1/content/:id/approve` and `…/reject`. @throws LayersError `INVALID_RESPONSE` where it is no object or has no id. */
export function parseApprovalResult(json: unknown): ApprovalResult {
  const wire = readBody(wireApprovalResult(), json, 'the answer to an approval');
  const promotion = wire.pendingSchedulePromotion;
  return {
    id: wire.id,
    approvalStatus: readApprovalStatus(wire.approvalStatus ?? ''),
    rawApprovalStatus: wire.approvalStatus ?? '',
    decidedAt: wire.approvedAt ?? wire.rejectedAt,
    decidedBy: wire.approvedBy ?? wire.rejectedBy,
    reason: wire.reason,
    pendingSchedulePromotion: promotion && { status: promotion.status ?? '', scheduledPostIds: promotion.scheduledPostIds },
  };
}
