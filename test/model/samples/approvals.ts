import { type ApprovalResult, parseApprovalResult } from '../../../src/model/index.js';
import type { SampleCase } from './readSample.js';

const approved: ApprovalResult = {
  id: 'cnt_7d18b9a1...',
  approvalStatus: 'approved',
  rawApprovalStatus: 'approved',
  decidedAt: '2026-04-18T09:40:12Z',
  decidedBy: 'api_key_c2037bb9...',
  reason: null,
  pendingSchedulePromotion: null,
};

const rejected: ApprovalResult = {
  id: 'cnt_7d18b9a1...',
  approvalStatus: 'rejected',
  rawApprovalStatus: 'rejected',
  decidedAt: '2026-04-18T09:44:50Z',
  decidedBy: 'api_key_c2037bb9...',
  reason: 'Hook is off-brand; want something punchier.',
  pendingSchedulePromotion: null,
};

const old = { id: 'cnt_01HXZ9...' };
const promotion = { status: 'ok', scheduledPostIds: ['sp_b9b66cde-7c8e-43dc-a9d2-3f4e5a6b7c8d'] };
const oldPromotion = { status: 'ok', scheduledPostIds: ['sp_01HXZN4K5M6P7QRS8TUV9WXYZA'] };

function approval(expected: ApprovalResult): SampleCase {
  return { parse: parseApprovalResult, expected };
}

/** The 200 bodies of `approve` and `reject`. */
export const approvalSamples: Record<string, SampleCase> = {
  'approve.edition-new.approved.json': approval(approved),
  'approve.edition-old.approved.json': approval({ ...approved, ...old }),
  'approve.edition-new.approved-schedule-promoted.json': approval({ ...approved, pendingSchedulePromotion: promotion }),
  'approve.edition-old.approved-schedule-promoted.json': approval({ ...approved, ...old, pendingSchedulePromotion: oldPromotion }),
  'reject.edition-new.rejected.json': approval(rejected),
  'reject.edition-old.rejected.json': approval({ ...rejected, ...old }),
};
