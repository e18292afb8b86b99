import type { ServerSettings } from './options.js';
import { Refusal } from './refusal.js';

/** One request to the API. */
export interface UpstreamRequest {
  method: 'GET' | 'POST';
  /** From `/v1/` on, with its query. */
  path: string;
  headers: Headers;
  /** JSON; `null` for a read. */
  body: string | null;
  /** The browser's: a read ends with it. */
  signal: AbortSignal;
}

/** What the API answered, its body read to the end. */
export interface UpstreamAnswer {
  status: number;
  headers: Headers;
  text: string;
}

const REQUEST_HEADERS = ['accept', 'if-none-match', 'content-type', 'idempotency-key'];

/** The headers of a browser's request that go up, and the key. Everything else (cookies, credentials, addresses) stays here. */
export function upstreamHeaders(from: Headers, apiKey: string): Headers {
  const headers = new Headers();
  for (const name of REQUEST_HEADERS) {
    const value = from.get(name);
    if (value !== null) headers.set(name, value);
  }
  headers.set('authorization', `Bearer ${apiKey}`);
  return headers;
}

/** Sends one request with a time limit. @throws Refusal `UPSTREAM_TIMEOUT`, `UPSTREAM_UNREACHABLE`, or 499 when the browser left */
export async function askUpstream(
  { send, baseUrl, timeoutMs }: ServerSettings,
  { method, path, headers, body, signal }: UpstreamRequest,
): Promise<UpstreamAnswer> {
  const limit = new AbortController();
  const leave = () => limit.abort(left());
  // A decision is finished even when its page is closed: the person took it.
  const follows = method === 'GET';
  if (follows && signal.aborted) throw left();
  if (follows) signal.addEventListener('abort', leave, { once: true });
  const timer = setTimeout(() => limit.abort(tooSlow()), timeoutMs);
  try {
    const init: RequestInit = {
      method,
      headers,
      signal: limit.signal,
      // A redirect would carry the key to wherever it points.
      redirect: 'manual',
      ...(body !== null && body !== '' && { body }),
    };
    // The race holds even where an injected fetch does not heed its signal.
    return await Promise.race([send(baseUrl + path, init).then(read), rejection(limit.signal)]);
  } catch {
    throw limit.signal.aborted ? limit.signal.reason : unreachable();
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', leave);
  }
}

async function read(response: Response): Promise<UpstreamAnswer> {
  return { status: response.status, headers: response.headers, text: await response.text() };
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

const left = () => new Refusal(499, 'CLIENT_CLOSED_REQUEST', 'The request was canceled before an answer came.');

const tooSlow = () =>
  new Refusal(
    504,
    'UPSTREAM_TIMEOUT',
    'The content service did not answer in time. What is shown may be out of date. Try again in a moment.',
  );

const unreachable = () =>
  new Refusal(
    502,
    'UPSTREAM_UNREACHABLE',
    'The content service cannot be reached. What is shown may be out of date. Try again in a moment.',
  );
