import type { ApprovalStatus } from '../../model/status.js';

/** The words of `ApprovalBadge`. */
export interface ApprovalBadgeMessages {
  /** Where a container is in review. */
  approval: (status: ApprovalStatus) => string;
  /** The same in the width of a card's badge. */
  approvalShort: (status: ApprovalStatus) => string;
}

const approvals: Record<ApprovalStatus, string> = {
  not_required: 'No approval needed',
  pending: 'Waiting for your approval',
  approved: 'Approved',
  rejected: 'Rejected',
  unknown: 'Review unknown',
};

const shortApprovals: Partial<Record<ApprovalStatus, string>> = { pending: 'To approve', not_required: 'No approval', unknown: 'Unknown' };

/** Their English. */
export const approvalBadgeEnglish: ApprovalBadgeMessages = {
  approval: (status) => approvals[status],
  approvalShort: (status) => shortApprovals[status] ?? approvals[status],
};
