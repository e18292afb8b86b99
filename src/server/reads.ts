import { monotonicNow } from '../internal/monotonicNow.js';
import { apiKeyPattern, currentApiKey } from './apiKey.js';
import { browserResponse } from './browserResponse.js';
import { within } from './deadline.js';
import type { ServerSettings } from './options.js';
import type { KeptAnswer } from './reader/answers.js';
import { Reader, type ViewerRead } from './reader/reader.js';
import { Refusal } from './refusal.js';
import { askUpstream, upstreamHeaders } from './upstream.js';

/** How long a read may take for its turn and its response before the browser is asked to return, in milliseconds: less than its own 15 s. */
const WAIT_MS = 12_000;
/** How long such a read goes on without the browser, so that the answer is there when it returns. */
const LINGER_MS = 60_000;
/** Told about this key's limits upstream, which is not the browser's. */
const OF_THE_KEY = /^x-ratelimit-/;

/** The reader of a server's key. */
export function createReader(settings: ServerSettings): Reader {
  return new Reader({
    readsPerMinute: settings.readsPerMinute,
    send: async (path, signal) => {
      const apiKey = await currentApiKey(settings);
      const keyPattern = apiKeyPattern(apiKey);
      const headers = upstreamHeaders(apiKey);
      const response = await askUpstream(settings, { method: 'GET', path, headers, body: '', signal }, keyPattern);
      const checked = browserResponse(response, keyPattern);
      return { status: checked.status, headers: await withETag(checked, response.text), text: await checked.text() };
    },
  });
}

/** The response to one viewer's read, with its age. @throws Refusal 503 if its turn didn't come in time, and what the API's failure is refused with */
export async function readFor(reader: Reader, request: Request, read: Omit<ViewerRead, 'isNew' | 'signal'>): Promise<Response> {
  const arrivedAt = monotonicNow();
  const isNew = /\bno-cache\b|\bmax-age=0\b/.test(request.headers.get('cache-control') ?? '');
  const leaving = new AbortController();
  const leave = () => leaving.abort(request.signal.reason);
  request.signal.addEventListener('abort', leave, { once: true });
  const late = () => {
    request.signal.removeEventListener('abort', leave);
    setTimeout(leave, LINGER_MS);
    return busy();
  };
  try {
    const kept = await within({ ms: WAIT_MS, late, signal: request.signal }, () => reader.read({ ...read, isNew, signal: leaving.signal }));
    return responseOf(kept, arrivedAt, request.headers.get('if-none-match'));
  } finally {
    request.signal.removeEventListener('abort', leave);
  }
}

function responseOf({ status, headers: kept, text, askedAt }: KeptAnswer, arrivedAt: number, ifNoneMatch: string | null): Response {
  const headers = new Headers([...kept].filter(([name]) => !OF_THE_KEY.test(name)));
  const ageMs = monotonicNow() - askedAt;
  // What was requested since this read came is as new as it asks for. Anything else is rounded up: it is no younger than it says.
  headers.set('age', String(askedAt >= arrivedAt ? 0 : Math.ceil(ageMs / 1_000)));
  const sentAt = Date.parse(kept.get('date') ?? '');
  if (!Number.isNaN(sentAt)) headers.set('date', new Date(sentAt + ageMs).toUTCString());
  const etag = headers.get('etag');
  if (status === 200 && etag !== null && ifNoneMatch?.includes(etag)) {
    headers.delete('content-type');
    return new Response(null, { status: 304, headers });
  }
  return new Response(text, { status, headers });
}

async function withETag({ status, headers }: Response, text: string): Promise<Headers> {
  if (status !== 200 || headers.has('etag')) return headers;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  headers.set('etag', `"${[...digest.subarray(0, 12)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}"`);
  return headers;
}

const busy = () =>
  new Refusal(503, 'READ_BUDGET_SPENT', 'More is being read than the content service allows. It will be loaded in a moment.', {
    headers: { 'retry-after': '5' },
  });
