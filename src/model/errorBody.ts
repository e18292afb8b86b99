import { LayersError } from './errors.js';
import { isRecord, plainRecord } from './plainJson.js';

/** What is known of an answer that is not 2xx. */
export interface ErrorResponse {
  status: number;
  /** The parsed JSON; `undefined` where the body is empty or no JSON. */
  body: unknown;
  /** The `X-Request-Id` header; `null` where there is none. */
  requestId: string | null;
  /** `Retry-After` in milliseconds, as `parseRetryAfter` reads it. */
  retryAfterMs: number | null;
  /** It answers a request that changes something. @default false */
  isWrite?: boolean | undefined;
}

/** What to say after "so" where a change may have been made. Writes are never repeated automatically. */
export const UNKNOWN_OUTCOME = "it isn't known whether this took effect. Look at what is shown before you try again.";

// What the API's own MCP server accepts as a code.
const CODE = /^[A-Z][A-Z0-9_]{0,63}$/;

/**
 * The error an answer stands for (model rule 7): an envelope `{ error: { code, message, requestId, details } }` becomes exactly those, at any status;
 * anything else `HTTP_<status>` with a fixed message, because what a gateway or a crash page says is not for a person to read.
 */
export function errorFromResponse({ status, body, requestId, retryAfterMs, isWrite = false }: ErrorResponse): LayersError {
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : {};
  const { code, message } = error;
  if (typeof code !== 'string' || !CODE.test(code) || typeof message !== 'string' || message.trim() === '') {
    return new LayersError({ code: `HTTP_${status}`, message: messageFor(status, isWrite), status, requestId, retryAfterMs });
  }
  return new LayersError({
    code,
    message,
    status,
    requestId: typeof error['requestId'] === 'string' && error['requestId'] !== '' ? error['requestId'] : requestId,
    details: plainRecord(error['details']),
    retryAfterMs,
  });
}

function messageFor(status: number, isWrite: boolean): string {
  if (status === 401)
    return 'The request came without valid credentials (HTTP 401). Nothing can be loaded. Sign in again; if that does not help, check the API key of the proxy.';
  if (status === 403) return 'Access was refused (HTTP 403). This content cannot be loaded. Ask whoever runs this page for access.';
  if (status === 404)
    return 'Nothing was found at this address (HTTP 404). There is nothing to show. Check the id and the base URL of the proxy.';
  if (isWrite && (status === 408 || status >= 500)) return `The server could not answer (HTTP ${status}), so ${UNKNOWN_OUTCOME}`;
  if (status === 408)
    return 'The server gave up waiting for the request (HTTP 408). What is shown may be out of date. Try again in a moment.';
  if (status === 429)
    return `Too many requests were sent in a short time (HTTP 429). ${isWrite ? 'Nothing was changed.' : 'What is shown may be out of date.'} Wait a moment, then try again.`;
  if (status >= 500) return `The server could not answer (HTTP ${status}). What is shown may be out of date. Try again in a moment.`;
  if (status >= 400)
    return `The request was refused without a reason that can be read (HTTP ${status}). It had no effect. Check what was sent, and that the proxy passes errors of the API on unchanged.`;
  return `An answer came that is neither data nor an error of the API (HTTP ${status}). Nothing can be shown. Check the base URL of the proxy.`;
}
