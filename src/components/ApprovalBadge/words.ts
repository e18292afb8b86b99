import type { ApprovalStatus } from '../../model/status.js';
import { type CommonMessages, commonEnglish } from '../words.js';

/** The words of `ApprovalBadge`. */
export interface ApprovalBadgeMessages {
  /** Where a container is in review. */
  approval: (status: ApprovalStatus) => string;
  /** The same in the width of a card's badge. */
  approvalShort: (status: ApprovalStatus) => string;
  /** The container could not be read, so nobody knows. */
  approvalUnavailable: string;
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
  approvalUnavailable: 'Approval status unavailable',
};

/** What the badge says, in English. */
export const approvalBadgeWords: ApprovalBadgeMessages & CommonMessages = { ...commonEnglish, ...approvalBadgeEnglish };
