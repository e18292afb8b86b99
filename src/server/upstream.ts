import type { Edition } from '../client/clientOptions.js';
import { within } from './deadline.js';
import type { ServerSettings } from './options.js';
import { readUpTo } from './readUpTo.js';
import { Refusal, type Report } from './refusal.js';

/** One request to the API. */
export interface UpstreamRequest {
  method: 'GET' | 'POST';
  /** From `/v1/` on, with its query. */
  path: string;
  headers: Headers;
  /** JSON; empty for none. */
  body: string;
  /** Ends the request when the browser disconnects. */
  signal?: AbortSignal | undefined;
}

/** A response of the API, its body read to the end. */
export interface UpstreamResponse {
  status: number;
  headers: Headers;
  text: string;
}

/**
 * The headers of a request to the API, all of them our own. What the browser sent (cookies, credentials, addresses) stays here. The current edition takes
 * the key as a bearer token alone, the legacy edition names `X-Api-Key` first.
 *
 * @param organization the child organisation to act for; `null` for the key's own
 * @param idempotencyKey of a write; `null` for none, `undefined` for a read
 */
export function upstreamHeaders(edition: Edition, apiKey: string, organization: string | null, idempotencyKey?: string | null): Headers {
  const key = edition === 'legacy' ? { 'x-api-key': apiKey } : { authorization: `Bearer ${apiKey}` };
  const headers = new Headers({ accept: 'application/json', ...key });
  if (organization !== null) headers.set('x-layers-organization', organization);
  if (idempotencyKey === undefined) return headers;
  headers.set('content-type', 'application/json');
  if (idempotencyKey !== null) headers.set('idempotency-key', idempotencyKey);
  return headers;
}

/**
 * Sends one request and reads the whole response, within a time limit and a size limit.
 *
 * @param keyPattern finds the API key in an error, which it must not leave with
 * @throws Refusal `UPSTREAM_TIMEOUT`, `UPSTREAM_UNREACHABLE`, `UPSTREAM_TOO_LARGE`, or 499 if the browser disconnected
 */
export async function askUpstream(
  { send, baseUrl, timeoutMs, maxResponseBytes, observer }: ServerSettings,
  { method, path, headers, body, signal }: UpstreamRequest,
  keyPattern: RegExp,
): Promise<UpstreamResponse> {
  const exchange = async (stop: AbortSignal): Promise<UpstreamResponse> => {
    // A redirect would take the key to wherever it points.
    const init: RequestInit = { method, headers, signal: stop, redirect: 'manual', ...(body !== '' && { body }) };
    const response = await send(baseUrl + path, init);
    const bytes = await readUpTo(maxResponseBytes, response.body);
    if (bytes === null) throw tooLarge(maxResponseBytes);
    return { status: response.status, headers: response.headers, text: new TextDecoder().decode(bytes) };
  };
  const ended = observer.asking(method, path);
  try {
    const response = await within({ ms: timeoutMs, late: () => tooSlow(timeoutMs), signal }, exchange);
    ended(response, keyPattern);
    return response;
  } catch (error) {
    const refusal = error instanceof Refusal ? error : unreachable(describe(error).replaceAll(keyPattern, '[API key]'));
    ended(refusal);
    throw refusal;
  }
}

/** An error in words, causes included: a library's error object may carry the request, and with it the key. */
function describe(error: unknown): string {
  const words: string[] = [];
  for (let each = error; each instanceof Error && words.length < 5; each = each.cause) words.push(`${each.name}: ${each.message}`);
  return words.join('; caused by ') || `a thrown ${typeof error}`;
}

const OUT_OF_DATE = 'What is shown may be out of date. Try again in a moment.';

const refuse = (status: number, code: string, what: string, report: Report) =>
  new Refusal(status, code, `${what} ${OUT_OF_DATE}`, { report });

const tooSlow = (ms: number) =>
  refuse(504, 'UPSTREAM_TIMEOUT', "The content service didn't respond in time.", {
    message: `the API did not respond within ${ms} ms (timeoutMs), so the request was answered 504.`,
  });

const unreachable = (cause: string) =>
  refuse(502, 'UPSTREAM_UNREACHABLE', "The content service can't be reached.", {
    message: 'the API could not be reached, so the request was answered 502.',
    cause: new Error(cause),
  });

const tooLarge = (bytes: number) =>
  refuse(502, 'UPSTREAM_TOO_LARGE', 'The content service sent too much data.', {
    message: `the API sent more than ${bytes} bytes (maxResponseBytes), so the response was dropped and the request answered 502.`,
  });
