import { errorFromResponse } from '../model/errorBody.js';
import { parseJson } from '../model/plainJson.js';
import { envelopeResponse, newRequestId, Refusal } from './refusal.js';
import { JSON_TYPE, REQUEST_ID, RESPONSE_HEADERS } from './responseHeaders.js';
import type { UpstreamResponse } from './upstream.js';

/**
 * What the browser gets of a response of the API: data and errors as they are. Anything else (a gateway's HTML, a redirect, a body that holds the key) is
 * replaced by an error envelope.
 *
 * @throws Refusal for a 2xx or 3xx that is neither JSON nor 304
 */
export function browserResponse({ status, headers: from, text }: UpstreamResponse, keyPattern: RegExp): Response {
  const holdsKey = (each: string) => each.search(keyPattern) >= 0;
  const headers = new Headers();
  for (const [name, value] of from) if (RESPONSE_HEADERS.test(name) && !holdsKey(value)) headers.set(name, value);
  const sentId = headers.get('x-request-id') ?? '';
  const requestId = REQUEST_ID.test(sentId) ? sentId : newRequestId();
  headers.set('x-request-id', requestId);
  if (status === 304) return new Response(null, { status, headers });

  const isLeak = holdsKey(text);
  const body = !isLeak && JSON_TYPE.test(from.get('content-type') ?? '') ? parseJson(text) : undefined;
  // A truncated body, too: 502 is retried, where the browser could only report an unreadable response.
  if (status < 400 || status > 599) {
    if (status < 200 || status > 299 || body === undefined)
      throw unusable(`${status} ${isLeak ? 'with the API key in the body' : 'without JSON'}`, requestId);
    return new Response(text, { status, headers });
  }
  const error = errorFromResponse({ status, body, requestId, retryAfterMs: null });
  const { code, message, details } = error;
  return envelopeResponse(status, { code, message, requestId: error.requestId ?? requestId, ...(details && { details }) }, headers);
}

const unusable = (what: string, requestId: string) =>
  new Refusal(
    502,
    'UPSTREAM_INVALID',
    "The content service sent a response that can't be used. What is shown may be out of date. Try again in a moment.",
    {
      headers: { 'x-request-id': requestId },
      report: { message: `the API answered ${what}, so the request was answered 502.` },
    },
  );
