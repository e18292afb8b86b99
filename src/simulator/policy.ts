import type { Approval } from './record.js';

/** Who must look before content is published, of one project [reference/approval/policy]. */
export interface ReviewPolicy {
  policy: 'auto_approve' | 'review_first_n' | 'review_all';
  /** 1 to 50; only with `review_first_n`. */
  firstN: number | null;
  /** ISO 8601 duration; only the old edition has it, and nothing acts on it here. */
  autoApproveAfter: string | null;
  /** Milliseconds since 1970; `null` until it was first set. */
  updatedAt: number | null;
}

/** The policy a project starts with. */
export function initialPolicy(approval: 'pending' | 'not_required'): ReviewPolicy {
  return { policy: approval === 'pending' ? 'review_all' : 'auto_approve', firstN: null, autoApproveAfter: null, updatedAt: null };
}

/** What a new container is born with. @param decided how many of the project's containers left `pending` */
export function approvalForNew({ policy, firstN }: ReviewPolicy, decided: number): Approval {
  if (policy === 'auto_approve') return 'not_required';
  return policy === 'review_first_n' && decided >= (firstN ?? 0) ? 'not_required' : 'pending';
}
