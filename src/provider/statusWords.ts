import type { ContainerStatus } from '../model/status.js';

/** The words of a status, which badges, bars, cards, notifications and the live region share. */
export interface StatusMessages {
  /** Where a container is in its life. */
  status: (status: ContainerStatus) => string;
}

const statuses: Record<ContainerStatus, string> = {
  queued: 'Waiting to start',
  processing: 'Being made',
  completed: 'Ready',
  failed: 'Could not be made',
  canceled: 'Stopped',
  unknown: 'Status unknown',
};

/** Their English. */
export const statusEnglish: StatusMessages = { status: (status) => statuses[status] };
