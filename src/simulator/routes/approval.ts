import { decideContainer } from '../decide.js';
import { conflict } from '../problem.js';
import { lifeOf, type ContainerRecord } from '../record.js';
import { wireTime } from '../time.js';
import { Checks } from '../validate.js';
import { containerOf, keyUuid, ok, type Call, type Route } from './route.js';

/** Deciding a container, once and for all [reference/approval/approve-content, reject-content]. */
export const approvalRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/content/:containerId/approve',
    endpointClass: 'write-light',
    scope: 'content:approve',
    handle(call) {
      const record = containerOf(call);
      const checks = new Checks();
      checks.text(call.body, 'note', { min: 0, max: 1024 });
      checks.done();
      const by = decide(call, record, 'approved', null);
      return ok({ id: record.id, approvalStatus: 'approved', approvedAt: wireTime(call.now), approvedBy: by });
    },
  },
  {
    method: 'POST',
    path: '/v1/content/:containerId/reject',
    endpointClass: 'write-light',
    scope: 'content:approve',
    handle(call) {
      const record = containerOf(call);
      const checks = new Checks();
      const reason = checks.text(call.body, 'reason', { max: 1024, required: true });
      checks.done();
      const by = decide(call, record, 'rejected', reason);
      return ok({ id: record.id, approvalStatus: 'rejected', rejectedAt: wireTime(call.now), rejectedBy: by, reason });
    },
  },
];

function decide(call: Call, record: ContainerRecord, approval: 'approved' | 'rejected', reason: string | null): string {
  const { status } = lifeOf(record, call.now);
  if (status !== 'completed') throw conflict('Container is not completed.', { status: call.wire.status(status) });
  const details = { approvalStatus: record.approval };
  if (record.approval === 'not_required') throw conflict('Container does not require approval.', details);
  if (record.approval !== 'pending') throw conflict(`Container is already ${record.approval}.`, details);
  const by = `api_key_${keyUuid(call.world, call.caller)}`;
  decideContainer(call.world, record, { approval, by, reason });
  return by;
}
