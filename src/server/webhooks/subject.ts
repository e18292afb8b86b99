import type { ContainerStatus, ApprovalStatus } from '../../model/status.js';
import type { WebhookEvent } from './event.js';

/** Which things an event is about, and what it tells of them. */
export interface WebhookSubject {
  jobId: string | null;
  projectId: string | null;
  /** As sent. Empty for a job whose event names none: look up its containers by `jobId`. */
  containerIds: readonly string[];
  /** What each of the containers became; `null` where the event doesn't say, as for the containers of a job that makes several. */
  status: Extract<ContainerStatus, 'completed' | 'failed' | 'canceled'> | null;
  /** What was decided; `null` where the event tells of no decision. */
  approvalStatus: Extract<ApprovalStatus, 'approved' | 'rejected'> | null;
}

/** What an event is about; `null` for one of an unknown type. */
export function subjectOf(event: WebhookEvent): WebhookSubject | null {
  switch (event.type) {
    case 'job.completed':
    case 'job.failed':
    case 'job.canceled': {
      const { jobId, projectId, containerIds, status } = event.job;
      // A job of several completes when any of them did.
      const known = containerIds.length > 1 || status === 'running' ? null : status;
      return { jobId, projectId, containerIds, status: known, approvalStatus: null };
    }
    case 'content.generated': {
      const { id, projectId } = event.container;
      return { jobId: null, projectId, containerIds: [id], status: 'completed', approvalStatus: null };
    }
    case 'content.approved':
    case 'content.rejected': {
      const approvalStatus = event.type === 'content.approved' ? 'approved' : 'rejected';
      return { jobId: null, projectId: event.projectId, containerIds: [event.approval.id], status: null, approvalStatus };
    }
    case 'unknown':
      return null;
    default:
      return event satisfies never;
  }
}
