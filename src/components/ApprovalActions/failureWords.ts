import type { ApprovalStatus } from '../../model/status.js';

/** The words of a decision that was not taken, or not whole: `ApprovalActions`, and `ContainerGrid` where many are decided at once. */
export interface DecisionFailureMessages {
  /** Somebody else decided first; the status is what holds. */
  decidedElsewhere: (status: ApprovalStatus) => string;
  /** This person, or this app's key, may look and not decide. */
  decisionForbidden: string;
  /** Nothing was sent, because there is no connection. */
  decisionOffline: string;
  /** The server did not answer, and what was read since says that nothing is decided. */
  decisionUnanswered: string;
  /** The server asked for a pause. */
  decisionLimited: string;
  /** The container is pending and completed, and was refused all the same. */
  decisionRefused: string;
  /** Any other failure that a second try can get past. */
  decisionFailed: string;
  /** A failure that a second try can't get past. */
  decisionFinal: string;
  /** The approval holds, and the post that waited for it was not scheduled. */
  schedulingFailed: string;
}

const elsewhere: Record<ApprovalStatus, string> = {
  approved: 'Already approved elsewhere.',
  rejected: 'Already rejected elsewhere.',
  not_required: 'This needs no approval any more.',
  pending: 'This was changed elsewhere.',
  unknown: 'This was changed elsewhere.',
};

/** Their English. */
export const decisionFailureEnglish: DecisionFailureMessages = {
  decidedElsewhere: (status) => elsewhere[status],
  decisionForbidden: 'You can look at this, but not decide. Ask whoever runs this for the right to approve.',
  decisionOffline: 'There is no connection, so nothing was saved. Try again when it is back.',
  decisionUnanswered: 'No answer came, so this may not be saved. Try again.',
  decisionLimited: 'Too many decisions at once, so this one was not saved. Try again in a moment.',
  decisionRefused: 'This cannot be decided right now. Look at it again, then decide.',
  decisionFailed: 'This was not saved. Try again.',
  decisionFinal: 'This was not saved.',
  schedulingFailed: 'The approval is saved, but the post that waited for it was not scheduled. Schedule it again.',
};
