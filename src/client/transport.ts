import { errorFromResponse } from '../model/errorBody.js';
import { LayersError } from '../model/errors.js';
import { parseRetryAfter } from '../model/retryAfter.js';
import { refuseApiKeyInBrowser } from './apiKeyGuard.js';
import type { LayersClientOptions } from './clientOptions.js';

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

/** One HTTP request below `/v1/`. */
interface TransportRequest {
  method: 'GET' | 'POST';
  /** From `/v1/` on, including the query. */
  path: string;
  /** Sent as JSON. */
  body?: object | undefined;
  headers?: Record<string, string> | undefined;
  signal?: AbortSignal | undefined;
  /** Receives the rate-limit headers of the response. */
  hear?: (word: RateLimitInfo) => void;
}

/** A 2xx or 304 response with its body as text: an unchanged body doesn't have to be parsed. */
interface TransportAnswer {
  status: number;
  text: string;
  headers: Headers;
}

/** Sends one request. Rejects with a `LayersError`, or with the signal's reason if the caller canceled. */
export type Transport = (request: TransportRequest) => Promise<TransportAnswer>;

/** Creates the transport of a client. */
export function createTransport(options: LayersClientOptions & { timeoutMs: number }): Transport {
  return async ({ method, path, body, headers, signal, hear }) => {
    signal?.throwIfAborted();
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(timeout(options.timeoutMs)), options.timeoutMs);
    const cancel = () => limit.abort(signal?.reason);
    signal?.addEventListener('abort', cancel, { once: true });
    const ended = rejection(limit.signal);
    try {
      const own = typeof options.headers === 'function' ? await Promise.race([options.headers(), ended]) : (options.headers ?? {});
      refuseApiKeyInBrowser('a header', Object.values(own));
      const send = options.fetch ?? globalThis.fetch.bind(globalThis);
      const request: RequestInit = {
        method,
        headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }), ...own, ...headers },
        signal: limit.signal,
        ...(body && { body: JSON.stringify(body) }),
      };
      // The race settles even if an injected fetch ignores its signal.
      const answer = await Promise.race([send(options.baseUrl + path, request).then(read), ended]);
      hear?.(rateLimitInfo(answer));
      if (answer.status !== 304 && (answer.status < 200 || answer.status > 299)) throw failure(answer);
      return answer;
    } catch (error) {
      if (limit.signal.aborted) throw limit.signal.reason;
      throw error instanceof LayersError ? error : unreachable(error, options);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    }
  };
}

async function read(response: Response): Promise<TransportAnswer> {
  return { status: response.status, headers: response.headers, text: await response.text() };
}

function rejection(signal: AbortSignal): Promise<never> {
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  // Prevents an unhandled rejection when no race is pending.
  ended.catch(() => undefined);
  return ended;
}

function failure(answer: TransportAnswer): LayersError {
  const { status, headers, text } = answer;
  return errorFromResponse({ status, body: json(text), requestId: headers.get('x-request-id'), retryAfterMs: retryAfter(headers) });
}

function retryAfter(headers: Headers): number | null {
  // A date in Retry-After is on the server's clock, as is the Date header, so their difference is the delay.
  const serverNow = Date.parse(headers.get('date') ?? '');
  return parseRetryAfter(headers.get('retry-after'), Number.isNaN(serverNow) ? Date.now() : serverNow);
}

function rateLimitInfo({ status, headers }: TransportAnswer): RateLimitInfo {
  const count = (name: string) => (/^\d{1,9}$/.test(headers.get(name) ?? '') ? Number(headers.get(name)) : null);
  return { status, retryAfterMs: retryAfter(headers), limit: count('x-ratelimit-limit'), remaining: count('x-ratelimit-remaining') };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a response is a replay for the same `Idempotency-Key`. The header is undocumented; these are its common names. */
export function tellsReplay(headers: Headers): boolean {
  return ['idempotent-replayed', 'idempotency-replayed'].some((name) => /^(?:true|1)$/i.test(headers.get(name) ?? ''));
}

/** Parses the body of a successful response as JSON. @throws LayersError `INVALID_RESPONSE` */
export function readable(text: string, requestId: string | null): unknown {
  const body = json(text);
  if (body !== undefined) return body;
  throw new LayersError({
    code: 'INVALID_RESPONSE',
    message: `The server's answer could not be read: ${text.trim() === '' ? 'it was empty' : 'it is not complete JSON'}. What was shown before stays; it will be tried again.`,
    requestId,
    details: { path: '' },
  });
}

function timeout(timeoutMs: number): LayersError {
  return new LayersError({
    code: 'TIMEOUT',
    message: `The server did not answer within ${Math.round(timeoutMs / 100) / 10} s, so this could not be brought up to date. It will be tried again.`,
  });
}

function unreachable(cause: unknown, { baseUrl, fetch }: LayersClientOptions): LayersError {
  if (typeof document === 'undefined' && fetch === undefined && !URL.canParse(baseUrl))
    return new LayersError({
      code: 'INVALID_INPUT',
      message: `layers-react: baseUrl is ${JSON.stringify(baseUrl)}, and a server has no page that it could be relative to, so nothing was read. Give the client on the server an absolute baseUrl (https://…) or a fetch of its own, and both clients the same scope.`,
      details: { path: 'baseUrl' },
      cause,
    });
  const offline = typeof navigator !== 'undefined' && navigator.onLine === false;
  return new LayersError({
    code: 'NETWORK',
    message: offline
      ? 'You are offline, so this could not be brought up to date. It goes on when the connection is back.'
      : 'The server could not be reached, so this could not be brought up to date. Check the connection; it will be tried again.',
    cause,
  });
}
