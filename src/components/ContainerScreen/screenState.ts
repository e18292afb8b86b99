import type { Container, ContainerSummary } from '../../model/container.js';
import { isTerminalStatus } from '../../model/status.js';
import { awaitsOutcome } from '../awaitsOutcome.js';

/**
 * Where a person is with a container: `loading`, `unavailable` (it, or its finished media, could not be read), `queued`, `making`, `review`
 * (ready, and waiting for their approval), `ready` (nothing to decide), `approved`, `rejected`, `failed`, `canceled`.
 */
export type ScreenState =
  | 'loading'
  | 'unavailable'
  | 'queued'
  | 'making'
  | 'review'
  | 'ready'
  | 'approved'
  | 'rejected'
  | 'failed'
  | 'canceled';

/** The state of a screen from the container that it shows. */
export function screenStateOf(container: Container | ContainerSummary | null, hasError: boolean): ScreenState {
  if (container === null) return hasError ? 'unavailable' : 'loading';
  const { status, approvalStatus } = container;
  if (awaitsOutcome(container)) return hasError ? 'unavailable' : 'making';
  if (!isTerminalStatus(status)) return status === 'queued' ? 'queued' : 'making';
  if (status !== 'completed') return status === 'failed' ? 'failed' : 'canceled';
  if (approvalStatus === 'approved' || approvalStatus === 'rejected') return approvalStatus;
  return approvalStatus === 'pending' ? 'review' : 'ready';
}
