import { monotonicNow } from '../internal/monotonicNow.js';
import { uuidFrom } from '../internal/uuid.js';
import { apiKeyPattern, currentApiKey } from './apiKey.js';
import { browserResponse } from './browserResponse.js';
import { within } from './deadline.js';
import type { ServerSettings } from './options.js';
import type { KeptAnswer } from './reader/answers.js';
import { Reader, type ViewerRead } from './reader/reader.js';
import { Refusal } from './refusal.js';
import type { Link } from './store/link.js';
import { askUpstream, upstreamHeaders } from './upstream.js';

/** How long a browser waits for a read, in milliseconds, before it is asked to come back later: less than its own 15 s. */
const WAIT_MS = 12_000;
/** How long that read continues without the browser, in milliseconds, so that the response is there when the browser comes back. */
const LINGER_MS = 60_000;
/** Headers about the limits of the key, which don't apply to the browser. */
const OF_THE_KEY = /^x-ratelimit-/;

/** Creates the reader of a server's API key. */
export function createReader(settings: ServerSettings, link: Link): Reader {
  return new Reader({
    link,
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

/** The response to one viewer's read, with its `Age`. @throws Refusal 503 if there was no response in time, or the one for a failure of the API */
export async function readFor(reader: Reader, request: Request, read: Omit<ViewerRead, 'isNew' | 'signal'>): Promise<Response> {
  const arrivedAt = monotonicNow();
  const isNew = /\bno-cache\b|\bmax-age=0\b/.test(request.headers.get('cache-control') ?? '');
  const leaving = new AbortController();
  const leave = () => leaving.abort(request.signal.reason);
  if (request.signal.aborted) leave();
  request.signal.addEventListener('abort', leave, { once: true });
  const reading = reader.read({ ...read, isNew, signal: leaving.signal });
  // Nobody may be waiting for it any more when it fails.
  reading.catch(() => {});
  const late = () => {
    request.signal.removeEventListener('abort', leave);
    const timer = setTimeout(leave, LINGER_MS);
    const settled = () => clearTimeout(timer);
    reading.then(settled, settled);
    return busy();
  };
  try {
    const kept = await within({ ms: WAIT_MS, late, signal: request.signal }, () => reading);
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
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  headers.set('etag', `"${uuidFrom(new Uint8Array(digest))}"`);
  return headers;
}

const busy = () =>
  new Refusal(503, 'READ_BUDGET_SPENT', 'More is being read than the content service allows. It will be loaded in a moment.', {
    headers: { 'retry-after': '5' },
  });
