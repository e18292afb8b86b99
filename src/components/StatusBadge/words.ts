import type { ContainerStatus } from '../../model/status.js';
import { type StatusMessages, statusEnglish } from '../../provider/statusWords.js';
import { type CommonMessages, commonEnglish } from '../words.js';

/** The words of `StatusBadge`, beside those of every status. */
export interface StatusBadgeMessages {
  /** The same in the width of a card's badge. */
  statusShort: (status: ContainerStatus) => string;
  /** The container could not be read, so nobody knows. */
  statusUnavailable: string;
}

const shortStatuses: Partial<Record<ContainerStatus, string>> = {
  queued: 'Waiting',
  processing: 'Making',
  failed: 'Not made',
  unknown: 'Unknown',
};

/** Their English. */
export const statusBadgeEnglish: StatusBadgeMessages = {
  statusShort: (status) => shortStatuses[status] ?? statusEnglish.status(status),
  statusUnavailable: 'Status unavailable',
};

/** What the badge says, in English. */
export const statusBadgeWords: StatusBadgeMessages & StatusMessages & CommonMessages = {
  ...commonEnglish,
  ...statusEnglish,
  ...statusBadgeEnglish,
};
