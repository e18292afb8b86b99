import { type ApprovalResult, parseApprovalResult } from '../../model/approval.js';
import { type Container, parseContainer } from '../../model/container.js';
import { isLayersError, LayersError } from '../../model/errors.js';
import { type Job, parseJob } from '../../model/job.js';
import { isRecord, plainRecord } from '../../model/plainJson.js';

interface WebhookEventBase {
  /**
   * `evt_…`, the same in every retry: deduplicate by it. The body's `id`, which is signed, else the `X-Layers-Event-Id` header, which isn't; `null` if
   * neither is usable.
   */
  id: string | null;
  /** The type as sent. */
  rawType: string;
  /** The delivery that this one replays, as sent; `null` if it isn't a replay. You asked for the replay, so handle it even if its `id` was seen before. */
  replayOf: string | null;
}

/** A job ended. There is no `content.*` event for a container that failed or was canceled. */
export interface JobWebhookEvent extends WebhookEventBase {
  type: 'job.completed' | 'job.failed' | 'job.canceled';
  /** `containerIds` may be empty: the documented payload of a job that didn't complete names no container. */
  job: Job;
}

/** A container reached `completed`. */
export interface ContentGeneratedWebhookEvent extends WebhookEventBase {
  type: 'content.generated';
  /** Partial (`isPartial`): the payload carries the ids and the media. Fetch the container for the rest. */
  container: Container;
}

/** A pending container was approved or rejected. */
export interface ContentDecidedWebhookEvent extends WebhookEventBase {
  type: 'content.approved' | 'content.rejected';
  projectId: string | null;
  approval: ApprovalResult;
}

/** A type this version doesn't know (`post.published`, `test.ping`, …), or one whose payload can't be used. Ignore it and answer 2xx. */
export interface UnknownWebhookEvent extends WebhookEventBase {
  type: 'unknown';
  /** The payload as sent; `null` if it isn't an object. */
  data: Record<string, unknown> | null;
}

/** A webhook of the Layers API, normalized from either edition. Switch on `type`. */
export type WebhookEvent = JobWebhookEvent | ContentGeneratedWebhookEvent | ContentDecidedWebhookEvent | UnknownWebhookEvent;

const EVENT_ID = /^[\x21-\x7e]{1,128}$/;

/**
 * Normalizes the JSON of a webhook that has already been verified, for example one taken from a queue. `verifyWebhook` verifies and parses.
 * @param eventId the `X-Layers-Event-Id` header, used if the body has no `id`
 * @throws LayersError `INVALID_RESPONSE` if it isn't an object or has no `type`
 */
export function parseWebhookEvent(json: unknown, eventId: string | null = null): WebhookEvent {
  if (!isRecord(json)) throw invalidEvent('$', 'the body is not an object');
  const { id, type, data } = json;
  if (typeof type !== 'string' || type.trim() === '') throw invalidEvent('type', '`type` is missing or blank');
  const payload = isRecord(data) ? data : {};
  const base: WebhookEventBase = {
    id: usableId(id) ?? usableId(eventId),
    rawType: type,
    // The current edition has it at the top, the old one in `data`.
    replayOf: usableId(json['replayOf']) ?? usableId(payload['replayOf']),
  };
  return { ...base, ...(parsePayload(type, payload) ?? { type: 'unknown', data: plainRecord(data) }) };
}

/** An error for a body that is no event. @internal */
export function invalidEvent(path: string, reason: string): LayersError {
  return new LayersError({
    code: 'INVALID_RESPONSE',
    status: 400,
    message: `The webhook can't be read as an event: ${reason}. It was ignored. Check that it came from Layers and that nothing on its way changes its body.`,
    details: { path },
  });
}

type Payload = Omit<JobWebhookEvent, keyof WebhookEventBase> | Omit<ContentGeneratedWebhookEvent, keyof WebhookEventBase> | Decision;
type Decision = Omit<ContentDecidedWebhookEvent, keyof WebhookEventBase>;

/** `null` for an unknown type or a payload without its id: an error response would be retried, and in the end pause the endpoint. */
function parsePayload(type: string, data: Record<string, unknown>): Payload | null {
  try {
    switch (type) {
      // The documented payload has no status.
      case 'job.completed':
        return { type, job: parseJob({ ...data, status: 'completed' }) };
      case 'job.failed':
        return { type, job: parseJob({ ...data, status: 'failed' }) };
      case 'job.canceled':
      case 'job.cancelled':
        return { type: 'job.canceled', job: parseJob({ ...data, status: 'canceled' }) };
      case 'content.generated':
        return { type, container: { ...parseContainer({ ...data, status: 'completed' }), isPartial: true } };
      case 'content.approved':
        return { type, ...decision(data, 'approved') };
      case 'content.rejected':
        return { type, ...decision(data, 'rejected') };
      default:
        return null;
    }
  } catch (error) {
    if (isLayersError(error)) return null;
    throw error;
  }
}

function decision(data: Record<string, unknown>, approvalStatus: 'approved' | 'rejected'): Pick<Decision, 'projectId' | 'approval'> {
  return { projectId: textOrNull(data['projectId']), approval: parseApprovalResult({ ...data, approvalStatus }) };
}

function usableId(id: unknown): string | null {
  return typeof id === 'string' && EVENT_ID.test(id) ? id : null;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
