import { isLayersError } from '../../model/errors.js';
import { readBody } from '../body.js';
import { Refusal } from '../refusal.js';
import { dedupeKey, type WebhookDedupe } from './dedupe.js';
import { subjectOf, type WebhookSubject } from './subject.js';
import { verifyWebhook, type VerifyWebhookOptions } from './verifyWebhook.js';

const MAX_BYTES = 1_048_576;

/** What {@link receiveWebhook} needs. */
export interface WebhookRoute {
  secret: VerifyWebhookOptions['secret'];
  timeoutMs: number;
  dedupe: WebhookDedupe;
  /** Called once for each event that is of interest, however often it is delivered. */
  handle: (subject: WebhookSubject) => void;
}

/**
 * Answers one webhook of the API: 204 for everything that is signed, also for what was seen before and for types that aren't of interest.
 *
 * @throws Refusal 400, 408 or 413 for a webhook that isn't signed, too old, too slow or too large
 */
export async function receiveWebhook(request: Request, { secret, timeoutMs, dedupe, handle }: WebhookRoute): Promise<Response> {
  const body = await readBody(request, { maxBytes: MAX_BYTES, ms: timeoutMs });
  const event = await verifyWebhook(body, request.headers, { secret }).catch((error: unknown) => {
    throw refusalOf(error);
  });
  const subject = subjectOf(event);
  const key = subject && dedupeKey(event);
  if (subject && (key === null || (await dedupe.isNew(key)))) {
    try {
      handle(subject);
    } catch (error) {
      // Its retry is to be handled.
      if (key !== null) await dedupe.forget(key);
      throw error;
    }
  }
  return new Response(null, { status: 204 });
}

/** Wrong signatures are reported: a secret that was changed at one end only looks like this. */
function refusalOf(error: unknown): unknown {
  if (!isLayersError(error) || error.status === null) return error;
  return new Refusal(error.status, error.code, error.message, {
    report: { message: `a webhook was answered ${error.status}: ${error.message}` },
  });
}
