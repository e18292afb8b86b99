import { plural, whole } from '../internal/intl.js';
import type { ApprovalStatus } from '../model/status.js';

/** The words of a decision: `ApprovalActions`, and `PlatformFitNotice` beside it. */
export interface ApprovalMessages {
  /** Name of the group of buttons with which a container is decided. */
  decision: string;
  approve: string;
  reject: string;
  /** In place of the word on the button while the decision is on its way. */
  approving: string;
  rejecting: string;
  /** Opens the field for a note. */
  addNote: string;
  /** Name of the field for a note that goes with an approval; it may be left empty. */
  approvalNote: string;
  /** Title of the dialog that asks for a reason. */
  rejectTitle: string;
  /** What that dialog says of a rejection: it cannot be taken back. */
  rejectText: string;
  /** Name of the field for the reason. */
  rejectReason: string;
  /** Closes a dialog without a decision. */
  cancelDecision: string;
  /** The field for the reason is empty. */
  reasonMissing: string;
  /** How many characters a field still takes; told near its end. */
  charactersLeft: (count: number, locale: string) => string;
  /** How many characters are too many. */
  charactersOver: (count: number, locale: string) => string;
  /** Beside what was rejected. */
  rejectedFinal: string;
  /** Why it was rejected. */
  rejectedBecause: (reason: string) => string;
  /** Beside buttons that do nothing yet: the container is not completed. */
  notReadyToDecide: string;
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
  /** Any other failure. */
  decisionFailed: string;
  /** The approval holds, and the post that waited for it was not scheduled. */
  schedulingFailed: string;
  /** An upload does not fit a platform; what is wrong follows in the API's words. */
  platformUnfit: (platform: string) => string;
  /** An upload fits a platform, and there are remarks, which follow in the API's words. */
  platformRemarks: (platform: string) => string;
}

const elsewhere: Record<ApprovalStatus, string> = {
  approved: 'Already approved elsewhere.',
  rejected: 'Already rejected elsewhere. A rejection is final.',
  not_required: 'This needs no approval any more.',
  pending: 'This was changed elsewhere.',
  unknown: 'This was changed elsewhere.',
};

/** The English words. */
export const approvalEnglish: ApprovalMessages = {
  decision: 'Your decision',
  approve: 'Approve',
  reject: 'Reject',
  approving: 'Approving',
  rejecting: 'Rejecting',
  addNote: 'Add a note',
  approvalNote: 'Note (optional)',
  rejectTitle: 'Reject this?',
  rejectText: 'A rejection is final: it cannot be approved afterwards.',
  rejectReason: 'What is wrong with it?',
  cancelDecision: 'Cancel',
  reasonMissing: 'Say in a few words what is wrong.',
  charactersLeft: (count, locale) =>
    plural(count, locale, { one: `${whole(count, locale)} character left`, other: `${whole(count, locale)} characters left` }),
  charactersOver: (count, locale) =>
    plural(count, locale, { one: `${whole(count, locale)} character too many`, other: `${whole(count, locale)} characters too many` }),
  rejectedFinal: 'A rejection is final.',
  rejectedBecause: (reason) => `Reason: ${reason}`,
  notReadyToDecide: 'You can decide as soon as it is ready.',
  decidedElsewhere: (status) => elsewhere[status],
  decisionForbidden: 'You can look at this, but not decide. Ask whoever runs this for the right to approve.',
  decisionOffline: 'There is no connection, so nothing was saved. Try again when it is back.',
  decisionUnanswered: 'No answer came, so this may not be saved. Try again.',
  decisionLimited: 'Too many decisions at once, so this one was not saved. Try again in a moment.',
  decisionRefused: 'This cannot be decided right now. Look at it again, then decide.',
  decisionFailed: 'This was not saved. Try again.',
  schedulingFailed: 'The approval is saved, but the post that waited for it was not scheduled. Schedule it again.',
  platformUnfit: (platform) => `Does not fit ${platform}`,
  platformRemarks: (platform) => `Good to know for ${platform}`,
};
