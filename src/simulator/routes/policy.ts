import { statusAt } from '../generation.js';
import type { ReviewPolicy } from '../policy.js';
import { Problem } from '../problem.js';
import { wireTimeExact } from '../time.js';
import { Checks } from '../validate.js';
import { ok, projectOf, type Call, type Reply, type Route } from './route.js';

/** The review policy of a project, in the words of either edition [reference/approval/policy, get-approval-policy]. */
export const policyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/projects/:projectId/content-review-policy',
    endpointClass: 'read-light',
    scope: 'content:read',
    edition: 'current',
    handle: (call) => currentPolicy(call, projectOf(call)),
  },
  {
    method: 'PATCH',
    path: '/v1/projects/:projectId/content-review-policy',
    endpointClass: 'write-light',
    scope: 'projects:write',
    edition: 'current',
    handle(call) {
      const projectId = projectOf(call);
      const checks = new Checks();
      const policy = checks.oneOf(call.body.policy, 'policy', ['auto_approve', 'review_first_n', 'review_all'], true);
      const firstN = checks.integer(call.body, 'firstN', 1, 50);
      const given = call.body.firstN !== undefined && call.body.firstN !== null;
      if (policy === 'review_first_n' && !given) checks.add('firstN', 'Required with review_first_n');
      if (policy !== null && policy !== 'review_first_n' && given) checks.add('firstN', 'Only allowed with review_first_n');
      checks.done();
      if (policy) call.world.setPolicy(projectId, { policy, firstN, autoApproveAfter: null, updatedAt: call.now });
      return currentPolicy(call, projectId);
    },
  },
  {
    method: 'GET',
    path: '/v1/projects/:projectId/approval-policy',
    endpointClass: 'read-light',
    scope: 'content:read',
    edition: 'legacy',
    handle: (call) => legacyPolicy(call, projectOf(call)),
  },
  {
    method: 'PATCH',
    path: '/v1/projects/:projectId/approval-policy',
    endpointClass: 'write-light',
    scope: 'projects:write',
    edition: 'legacy',
    handle(call) {
      const projectId = projectOf(call);
      call.world.setPolicy(projectId, patchedLegacy(call, call.world.policy(projectId)));
      return legacyPolicy(call, projectId);
    },
  },
];

function currentPolicy({ world, now }: Call, projectId: string): Reply {
  const { policy, firstN, updatedAt } = world.policy(projectId);
  let pendingCount = 0;
  for (const record of world.store.newestFirst(projectId)) {
    if (record.approval === 'pending' && statusAt(record.run, now) === 'completed') pendingCount += 1;
  }
  return ok({
    projectId,
    policy,
    ...(firstN !== null && { firstN }),
    pendingCount,
    ...(updatedAt !== null && { updatedAt: wireTimeExact(updatedAt) }),
  });
}

function legacyPolicy({ world, now }: Call, projectId: string): Reply {
  const { policy, firstN, autoApproveAfter, updatedAt } = world.policy(projectId);
  return ok({
    projectId,
    requiresApproval: policy !== 'auto_approve',
    firstNPostsBlocked: firstN ?? 0,
    autoApproveAfter,
    updatedAt: wireTimeExact(updatedAt ?? Math.min(now, Date.UTC(2026, 3, 10, 12))),
  });
}

function patchedLegacy({ body, now }: Call, before: ReviewPolicy): ReviewPolicy {
  const checks = new Checks();
  const requires = body.requiresApproval ?? before.policy !== 'auto_approve';
  if (typeof requires !== 'boolean') checks.add('requiresApproval', 'Expected boolean');
  const firstN = checks.integer(body, 'firstNPostsBlocked', 0, 50) ?? before.firstN ?? 0;
  const after = body.autoApproveAfter === undefined ? before.autoApproveAfter : body.autoApproveAfter;
  const duration = typeof after === 'string' && /^P(?=.)(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/.test(after);
  if (after !== null && !duration) checks.add('autoApproveAfter', 'Expected an ISO 8601 duration or null');
  // 400 here, unlike everywhere else [reference/approval/patch-approval-policy, old].
  if (checks.issues.length > 0) throw new Problem(400, 'VALIDATION', 'Invalid approval policy.', { issues: checks.issues });
  const policy = requires !== true ? 'auto_approve' : firstN > 0 ? 'review_first_n' : 'review_all';
  return { policy, firstN: firstN > 0 ? firstN : null, autoApproveAfter: typeof after === 'string' ? after : null, updatedAt: now };
}
