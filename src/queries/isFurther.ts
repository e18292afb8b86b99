import { type ContainerStatus, isTerminalStatus } from '../model/status.js';

const rank = (status: ContainerStatus) => (isTerminalStatus(status) ? 2 : status === 'queued' ? 0 : 1);

/** Whether a status from a list is further on than the one that is known: a list read that overlapped a newer read must not undo it. */
export function isFurther(status: ContainerStatus, known: ContainerStatus): boolean {
  return rank(status) > rank(known);
}
