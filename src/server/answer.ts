import { errorFromResponse } from '../model/errorBody.js';
import { envelopeResponse, newRequestId, Refusal } from './refusal.js';
import type { UpstreamAnswer } from './upstream.js';

const RESPONSE_HEADERS = /^(?:content-type|etag|retry-after|date|x-request-id|idempoten(?:t|cy)-replayed|x-ratelimit-[a-z-]+)$/;
const REQUEST_ID = /^[\w.:-]{1,128}$/;
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;

/**
 * The browser's answer to what the API answered: data and errors of the API as they are, and in place of anything else (HTML of a gateway, a redirect,
 * a body that holds the key) an envelope of our own.
 *
 * @throws Refusal for an answer of 2xx or 3xx that is neither data nor 304
 */
export function answerBrowser({ status, headers: from, text }: UpstreamAnswer, apiKey: string): Response {
  const headers = browserHeaders(from, apiKey);
  const requestId = headers.get('x-request-id') ?? '';
  if (status === 304) return new Response(null, { status, headers });
  const isUsable = JSON_TYPE.test(from.get('content-type') ?? '') && !holds(text, apiKey);
  if (status >= 200 && status < 300) {
    // Cut off on its way, too: 502 is tried again, where the browser could only call the body broken.
    if (!isUsable || parse(text) === undefined) throw unusable(requestId);
    return new Response(text, { status, headers });
  }
  if (status < 400 || status > 599) throw unusable(requestId);
  const error = errorFromResponse({ status, body: isUsable ? parse(text) : undefined, requestId, retryAfterMs: null });
  const { code, message, details } = error;
  return envelopeResponse(status, { code, message, requestId: error.requestId ?? requestId, ...(details && { details }) }, headers);
}

function browserHeaders(from: Headers, apiKey: string): Headers {
  const headers = new Headers();
  for (const [name, value] of from) if (RESPONSE_HEADERS.test(name) && !holds(value, apiKey)) headers.set(name, value);
  if (!REQUEST_ID.test(headers.get('x-request-id') ?? '')) headers.set('x-request-id', newRequestId());
  headers.set('cache-control', 'no-store');
  return headers;
}

/** Whether a text holds the key, as it stands or in one of the spellings that JSON and URLs have for it. */
function holds(text: string, apiKey: string): boolean {
  // A placeholder of a test, such as `k`, is in every text.
  if (apiKey.length < 8) return false;
  if (text.includes(apiKey) || text.includes(encodeURIComponent(apiKey))) return true;
  if (!text.includes('\\')) return false;
  return JSON.stringify(parse(text) ?? '').includes(JSON.stringify(apiKey).slice(1, -1));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const unusable = (requestId: string) =>
  new Refusal(
    502,
    'UPSTREAM_INVALID',
    'The content service gave an answer that cannot be used. What is shown may be out of date. Try again in a moment.',
    { 'x-request-id': requestId },
  );
