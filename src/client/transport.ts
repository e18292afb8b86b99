import { errorFromResponse, UNKNOWN_OUTCOME } from '../model/errorBody.js';
import { parseJson } from '../model/plainJson.js';
import { isLayersError, LayersError } from '../model/errors.js';
import { parseRetryAfter } from '../model/retryAfter.js';
import type { ClientSettings } from './clientOptions.js';
import { FAILING_HEADER } from './offer.js';
import { refuseApiKeyInBrowser } from './refusals.js';

/** The rate-limit headers of a response; `null` for a missing header. */
export interface RateLimitInfo {
  status: number;
  /** `Retry-After` in milliseconds. */
  retryAfterMs: number | null;
  /** `X-RateLimit-Limit`: requests a minute of this key. */
  limit: number | null;
  /** `X-RateLimit-Remaining`: requests left at this moment. */
  remaining: number | null;
}

/** One HTTP request: a POST if it has a body, else a GET. */
export interface TransportRequest {
  /** From `/v1/` on, including the query. */
  path: string;
  /** Sent as JSON. */
  body?: object;
  headers?: Record<string, string> | undefined;
  /** Whether no cache on the way may answer it. */
  isNew?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

/** A response with its body as text: an unchanged body doesn't have to be parsed. */
export type Answer = Pick<Response, 'status' | 'headers'> & { text: string };

/**
 * Sends one request. Rejects with the signal's reason if the caller canceled, else with a `LayersError`; that of the API for any response but a 2xx or 304.
 * @param hear receives the rate-limit headers of every response
 */
export async function send(
  settings: ClientSettings,
  { signal, ...request }: TransportRequest,
  hear: (info: RateLimitInfo) => void,
): Promise<Answer> {
  signal?.throwIfAborted();
  const limit = new AbortController();
  const isWrite = request.body !== undefined;
  const timer = setTimeout(() => limit.abort(timeout(settings.timeoutMs, isWrite)), settings.timeoutMs);
  const cancel = () => limit.abort(signal?.reason);
  signal?.addEventListener('abort', cancel, { once: true });
  const ended = new Promise<never>((_, reject) => limit.signal.addEventListener('abort', () => reject(limit.signal.reason)));
  try {
    // The race settles even if an injected fetch ignores its signal.
    const answer = await Promise.race([ended, exchange(settings, request, limit.signal)]);
    const info = rateLimitInfo(answer);
    const { status, retryAfterMs } = info;
    const isGood = status === 304 || (status >= 200 && status <= 299);
    const requestId = answer.headers.get('x-request-id');
    const error = isGood ? null : errorFromResponse({ status, body: parseJson(answer.text), requestId, retryAfterMs, isWrite });
    // The server part has an answer to other reads meanwhile: only this one has to wait.
    hear(error?.code === 'READ_BUDGET_SPENT' ? { ...info, retryAfterMs: null } : info);
    if (error) throw error;
    return answer;
  } catch (error) {
    if (limit.signal.aborted) throw limit.signal.reason;
    throw error instanceof LayersError ? error : unreachable(error, settings, isWrite);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

async function exchange(settings: ClientSettings, { path, body, headers, isNew }: TransportRequest, signal: AbortSignal): Promise<Answer> {
  const own = typeof settings.headers === 'function' ? await settings.headers() : settings.headers;
  signal.throwIfAborted();
  refuseApiKeyInBrowser('a header', Object.values(own ?? {}));
  const fetch = settings.fetch ?? globalThis.fetch;
  const response = await fetch(settings.baseUrl + path, {
    method: body ? 'POST' : 'GET',
    headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }), ...own, ...headers },
    signal,
    // Not as a header: of another origin it would take a preflight.
    ...(isNew && { cache: 'no-cache' }),
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The rate-limit headers of a response. */
export function rateLimitInfo({ status, headers }: Pick<Answer, 'status' | 'headers'>): RateLimitInfo {
  const count = (name: string) => (/^\d{1,9}$/.test(headers.get(name) ?? '') ? Number(headers.get(name)) : null);
  return {
    status,
    // A date in Retry-After is on the server's clock.
    retryAfterMs: parseRetryAfter(headers.get('retry-after'), serverTime(headers) ?? Date.now()),
    limit: count('x-ratelimit-limit'),
    remaining: count('x-ratelimit-remaining'),
  };
}

/** The server's time when it sent a response, in milliseconds since 1970; `null` without a `Date` header. */
export function serverTime(headers: Headers): number | null {
  const time = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(time) ? null : time;
}

/** How long ago a cache on the way asked for what it sends, in milliseconds: its `Age` header. 0 without one. */
export function ageOf(headers: Headers): number {
  const age = headers.get('age') ?? '';
  return /^\d{1,8}$/.test(age) ? Number(age) * 1_000 : 0;
}

/** Why the server part sends its last good response instead of a new one; `undefined`: it doesn't. */
export function failureOf(headers: Headers): LayersError | undefined {
  const code = headers.get(FAILING_HEADER);
  if (code === null) return undefined;
  return lateBy(/^[A-Z][A-Z0-9_]{0,63}$/.test(code) ? code : 'HTTP_502');
}

/** Why nothing newer than what is shown can be had at the moment. @param code of the failed read */
export const lateBy = (code: string): LayersError =>
  new LayersError({
    code,
    message: "The content service can't be read at the moment, so what is shown may be out of date. It will be tried again.",
    status: 502,
  });

/** Whether a response is a replay for the same `Idempotency-Key`. The header is undocumented; these are its common names. */
export function tellsReplay(headers: Headers): boolean {
  return ['idempotent-replayed', 'idempotency-replayed'].some((name) => /^(?:true|1)$/i.test(headers.get(name) ?? ''));
}

/** Parses the body of a response. An error about it names the request. @param isWrite of a request that changes something @throws LayersError `INVALID_RESPONSE` */
export function parseAnswer<T>({ text, headers }: Answer, parse: (body: unknown, headers: Headers) => T, isWrite = false): T {
  try {
    const body = parseJson(text);
    if (body !== undefined) return parse(body, headers);
    throw new LayersError({
      code: 'INVALID_RESPONSE',
      message: `The server's answer could not be read: ${text.trim() === '' ? 'it was empty' : 'it is not complete JSON'}. ${isWrite ? `So ${UNKNOWN_OUTCOME}` : 'What was shown before stays; it will be tried again.'}`,
      details: { path: '' },
    });
  } catch (error) {
    if (isLayersError(error)) Object.assign(error, { requestId: headers.get('x-request-id') });
    throw error;
  }
}

function timeout(timeoutMs: number, isWrite: boolean): LayersError {
  const outcome = isWrite ? UNKNOWN_OUTCOME : 'this could not be brought up to date. It will be tried again.';
  return new LayersError({
    code: 'TIMEOUT',
    message: `The server did not answer within ${Math.round(timeoutMs / 100) / 10} s, so ${outcome}`,
  });
}

function unreachable(cause: unknown, { baseUrl, fetch }: ClientSettings, isWrite: boolean): LayersError {
  if (typeof document === 'undefined' && fetch === undefined && !URL.canParse(baseUrl))
    return new LayersError({
      code: 'INVALID_INPUT',
      message: `layers-react: baseUrl is ${JSON.stringify(baseUrl)}, and a server has no page that it could be relative to, so nothing was read. Give the client on the server an absolute baseUrl (https://…) or a fetch of its own, and both clients the same scope.`,
      details: { path: 'baseUrl' },
      cause,
    });
  const offline = typeof navigator !== 'undefined' && navigator.onLine === false;
  return new LayersError({ code: 'NETWORK', message: (isWrite ? WRITE_FAILED : READ_FAILED)[offline ? 'offline' : 'unreachable'], cause });
}

const READ_FAILED = {
  offline: 'You are offline, so this could not be brought up to date. It goes on when the connection is back.',
  unreachable: 'The server could not be reached, so this could not be brought up to date. Check the connection; it will be tried again.',
};
// Writes are never repeated automatically.
const WRITE_FAILED = {
  offline: 'You are offline, so nothing was sent. Try again when the connection is back.',
  unreachable: `The server could not be reached, so ${UNKNOWN_OUTCOME}`,
};
