import { isRecord } from '../../model/plainJson.js';
import type { ContainerStatus, ApprovalStatus } from '../../model/status.js';
import type { WebhookEvent } from './event.js';

/** What an event refers to, and the change it reports. */
export interface WebhookSubject {
  jobId: string | null;
  projectId: string | null;
  /** As sent. Empty for a job whose event names none: look up its containers by `jobId`. */
  containerIds: readonly string[];
  /** The new status of the containers; `null` if the event doesn't say, as for a job with several. */
  status: Extract<ContainerStatus, 'completed' | 'failed' | 'canceled'> | null;
  /** The decision; `null` if there was none. */
  approvalStatus: Extract<ApprovalStatus, 'approved' | 'rejected'> | null;
}

/** The containers, job and project an event refers to; `null` for an unknown type. */
export function subjectOf(event: WebhookEvent): WebhookSubject | null {
  switch (event.type) {
    case 'job.completed':
    case 'job.failed':
    case 'job.canceled': {
      const { jobId, projectId, containerIds, status } = event.job;
      // A job with several containers completes if any of them did.
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

/** A subject as another server process sent it; `null`: it can't be used. */
export function sentSubject(body: unknown): WebhookSubject | null {
  if (!isRecord(body) || !Array.isArray(body['containerIds'])) return null;
  const { jobId, projectId, containerIds, status, approvalStatus } = body as unknown as WebhookSubject;
  const isText = (value: unknown) => value === null || typeof value === 'string';
  const isUsable = [jobId, projectId, status, approvalStatus].every(isText) && containerIds.every((id) => typeof id === 'string');
  return isUsable ? { jobId, projectId, containerIds, status, approvalStatus } : null;
}
