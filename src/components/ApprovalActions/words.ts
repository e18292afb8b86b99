import { plural, whole } from '../../internal/intl.js';
import { type AnnouncerMessages, announcerEnglish } from '../../provider/announcerWords.js';
import { type ApprovalBadgeMessages, approvalBadgeEnglish } from '../ApprovalBadge/words.js';
import { type DecisionFailureMessages, decisionFailureEnglish } from './failureWords.js';

/** The words of `ApprovalActions`. */
export interface ApprovalMessages extends DecisionFailureMessages {
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
  /** The same where a regeneration re-opens it. */
  rejectTextReopens: string;
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
  /** The same where a regeneration re-opens it. */
  rejectedReopens: string;
  /** Why it was rejected. */
  rejectedBecause: (reason: string) => string;
  /** Beside buttons that do nothing yet: the container is not completed. */
  notReadyToDecide: string;
}

/** Their English. */
export const approvalEnglish: ApprovalMessages = {
  ...decisionFailureEnglish,
  decision: 'Your decision',
  approve: 'Approve',
  reject: 'Reject',
  approving: 'Approving',
  rejecting: 'Rejecting',
  addNote: 'Add a note',
  approvalNote: 'Note (optional)',
  rejectTitle: 'Reject this?',
  rejectText: 'A rejection is final: it cannot be approved afterwards.',
  rejectTextReopens: "Rejected content won't be posted. If a new version is generated, you can review that one.",
  rejectReason: 'What is wrong with it?',
  cancelDecision: 'Cancel',
  reasonMissing: 'Say in a few words what is wrong.',
  charactersLeft: (count, locale) =>
    plural(count, 'en', { one: `${whole(count, locale)} character left`, other: `${whole(count, locale)} characters left` }),
  charactersOver: (count, locale) =>
    plural(count, 'en', { one: `${whole(count, locale)} character too many`, other: `${whole(count, locale)} characters too many` }),
  rejectedFinal: 'A rejection is final.',
  rejectedReopens: 'If a new version is generated, you can review that one.',
  rejectedBecause: (reason) => `Reason: ${reason}`,
  notReadyToDecide: 'You can decide as soon as it is ready.',
};

/** What the buttons say, and what is said of them, in English. */
export const approvalWords: ApprovalMessages & ApprovalBadgeMessages & AnnouncerMessages = {
  ...announcerEnglish,
  ...approvalBadgeEnglish,
  ...approvalEnglish,
};
