import type { ContainerSummary } from '../../model/container.js';
import type { LayersError } from '../../model/errors.js';
import { type ApprovalStatus, isTerminalStatus, readApprovalStatus } from '../../model/status.js';
import { problemSentence } from '../problemSentence.js';
import type { DecisionFailureMessages } from './failureWords.js';
import type { ApprovalMessages } from './words.js';

/** What is on the screen of a decision: buttons that work, buttons that do not and why, or how it came out. */
export type ReviewState = 'waiting' | 'pending' | 'deciding' | 'failed' | 'forbidden' | 'conflict' | 'approved' | 'rejected';

/** How a decision stands, wherever it is taken. */
export interface DecisionState {
  /** What is on its way; `null`: nothing. */
  deciding: 'approve' | 'reject' | null;
  /** Why the last one failed. */
  error: LayersError | null;
  /** What the last one that failed was. */
  failed: 'approve' | 'reject' | null;
  /** The status of a post that waited for the approval: `failed` where it was not scheduled. */
  scheduling: string | null;
  /** Why it was rejected, where it was rejected here. */
  reason: string | null;
  /** Whether somebody here was already told that they may not decide. */
  isForbidden: boolean;
}

/** What of a container a decision looks at. */
export type Reviewed = Pick<ContainerSummary, 'status' | 'approvalStatus'> & Partial<Pick<ContainerSummary, 'rawApprovalStatus'>>;

/** Where a container is in review by what the server says, and not by what is shown while a decision is on its way. */
export function heldStatus({ approvalStatus, rawApprovalStatus }: Reviewed): ApprovalStatus {
  return rawApprovalStatus === undefined ? approvalStatus : readApprovalStatus(rawApprovalStatus);
}

/**
 * What is to be drawn; `null`: nothing, where nothing is to be decided and nothing was. A word of a newer server is not offered a decision either: what it
 * would decide is not known.
 */
export function reviewState(container: Reviewed, decision: DecisionState): ReviewState | null {
  const held = heldStatus(container);
  const { deciding, error, isForbidden } = decision;
  if (error?.code === 'CONFLICT' && deciding === null && held !== 'pending' && held !== 'unknown') return 'conflict';
  if (held === 'approved' || held === 'rejected') return held;
  if (held !== 'pending') return null;
  if (deciding !== null) return 'deciding';
  if (container.status !== 'completed') return isTerminalStatus(container.status) ? null : 'waiting';
  if (isForbidden || error?.code === 'FORBIDDEN_SCOPE') return 'forbidden';
  return error === null || isOutdated(error) ? 'pending' : 'failed';
}

/** A conflict that told of a decision which holds no more: the container was made anew since. */
function isOutdated({ code, details }: LayersError): boolean {
  const told = details?.['approvalStatus'];
  return code === 'CONFLICT' && told !== undefined && told !== 'pending';
}

/** The sentence that goes with a state; `null`: none is needed. @param isFinal a rejection can't be re-opened by a regeneration */
export function reviewSentence(
  state: ReviewState,
  container: Reviewed,
  { error, scheduling, reason }: DecisionState,
  messages: ApprovalMessages,
  isFinal = true,
): string | null {
  const rejection = isFinal ? messages.rejectedFinal : messages.rejectedReopens;
  switch (state) {
    case 'waiting':
      return messages.notReadyToDecide;
    case 'forbidden':
      return messages.decisionForbidden;
    case 'conflict':
      return [messages.decidedElsewhere(heldStatus(container)), heldStatus(container) === 'rejected' && rejection]
        .filter(Boolean)
        .join(' ');
    case 'approved':
      return scheduling === 'failed' ? messages.schedulingFailed : null;
    case 'rejected':
      return reason ? messages.rejectedBecause(reason) : rejection;
    case 'failed':
      return error && failureSentence(error, messages);
    case 'pending':
    case 'deciding':
      return null;
    default:
      return state satisfies never;
  }
}

/** What to tell a person of an error. */
export function failureSentence(error: LayersError, messages: DecisionFailureMessages): string {
  const { code, status, retryable } = error;
  if (code === 'NETWORK') return messages.decisionOffline;
  // A gateway that gave up waiting doesn't know either whether it was saved.
  if (code === 'TIMEOUT' || status === 408 || status === 504) return messages.decisionUnanswered;
  if (code === 'CONFLICT') return messages.decisionRefused;
  if (code === 'FORBIDDEN_SCOPE') return messages.decisionForbidden;
  if (status === 429) return messages.decisionLimited;
  return problemSentence(error, retryable || status === null ? messages.decisionFailed : messages.decisionFinal);
}

/** What the API says of one field of a decision that it refused (422); `null`: nothing. */
export function fieldIssue(error: LayersError | null, field: 'note' | 'reason'): string | null {
  const issues: unknown = error?.details?.['issues'];
  if (!Array.isArray(issues)) return null;
  const issue = (issues as { path?: unknown; message?: unknown }[]).find((each) => Array.isArray(each?.path) && each.path.includes(field));
  return typeof issue?.message === 'string' ? issue.message : null;
}
