import { FAILING_HEADER } from '../client/offer.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import { uuidFrom } from '../internal/uuid.js';
import { parseJson } from '../model/plainJson.js';
import { apiKeyPattern, currentApiKey } from './apiKey.js';
import { browserResponse } from './browserResponse.js';
import { within } from './deadline.js';
import type { CacheOutcome } from './operations/events.js';
import type { ServerSettings } from './options.js';
import { splitReadKey } from './organization.js';
import type { Projects } from './projects.js';
import { Reader, type ReaderHost, type ViewerAnswer, type ViewerRead } from './reader/reader.js';
import { Refusal } from './refusal.js';
import type { Link } from './store/link.js';
import { askUpstream, upstreamHeaders } from './upstream.js';

/** How long a browser waits for a read, in milliseconds, before it is asked to come back later. It has six connections: none is kept from others for long. */
const WAIT_MS = 4_000;
/** How much longer where the read has been sent meanwhile: the API's own failures come by then. */
const SENT_MS = 11_000;
/** How long that read continues without the browser, in milliseconds, so that the response is there when the browser comes back. */
const LINGER_MS = 15_000;
const BUSY = 'READ_BUDGET_SPENT';
/** Headers about the limits of the key, which don't apply to the browser. */
const OF_THE_KEY = /^x-ratelimit-/;

/** Creates the reader of a server's API key. @param projects learns from every response @param heard called with every good response */
export function createReader(
  settings: ServerSettings,
  link: Link,
  { projects, heard }: { projects: Projects; heard: ReaderHost['heard'] },
): Reader {
  return new Reader({
    link,
    heard,
    readsPerMinute: settings.readsPerMinute,
    send: async (key, signal) => {
      const { organization, path } = splitReadKey(key);
      const apiKey = await currentApiKey(settings, { method: 'GET', path });
      const keyPattern = apiKeyPattern(apiKey);
      const headers = upstreamHeaders(settings.edition, apiKey, organization);
      const response = await askUpstream(settings, { method: 'GET', path, headers, body: '', signal }, keyPattern);
      const checked = browserResponse(response, keyPattern);
      if (checked.status === 200) projects.learn(organization, path, parseJson(response.text));
      return { status: checked.status, headers: await withETag(checked, response.text), text: await checked.text() };
    },
  });
}

/** One read of one viewer, before it is known how new it has to be. */
export type PlainRead = Omit<ViewerRead, 'isNew' | 'signal'>;

/** The response to one viewer's read, with its `Age`, and where it came from. @throws Refusal as {@link awaitRead} does, or 503 if too many wait already */
export async function readFor(reader: Reader, request: Request, plain: PlainRead): Promise<{ response: Response; cache: CacheOutcome }> {
  const arrivedAt = monotonicNow();
  // Browsers send the same with every `If-None-Match` (Fetch standard, HTTP-network-or-cache fetch): only without one does it say that a person asks.
  const isNew = !request.headers.has('if-none-match') && /\bno-cache\b|\bmax-age=0\b/.test(request.headers.get('cache-control') ?? '');
  const read = { ...plain, isNew };
  const wait = () => awaitRead(reader, read, { ms: WAIT_MS, sentMs: SENT_MS }, request.signal);
  // What a person asks for waits in any case.
  const kept = await (isNew || reader.hasAnswer(read.path) ? wait() : reader.waiting.join(wait));
  const source = kept.askedAt >= arrivedAt ? 'miss' : reader.isCurrent(kept, read) ? 'hit' : 'stale';
  const response = responseOf(kept, arrivedAt, request.headers.get('if-none-match'));
  return { response, cache: response.status === 304 ? 'not-modified' : source };
}

/**
 * Waits for a read so long as the limit says; the read itself goes on for a while, so that the response is there for whoever asks again.
 *
 * @param ms the longest wait, in milliseconds; `sentMs` longer, if it has been sent to the API by then
 * @throws Refusal 503 if there was no response in time, 499 if the browser disconnected, or the one for a failure of the API
 */
export async function awaitRead(
  reader: Reader,
  read: Omit<ViewerRead, 'signal'>,
  { ms, sentMs = 0 }: { ms: number; sentMs?: number },
  signal: AbortSignal,
): Promise<ViewerAnswer> {
  const leaving = new AbortController();
  const leave = () => leaving.abort(signal.reason);
  if (signal.aborted) leave();
  signal.addEventListener('abort', leave, { once: true });
  const reading = reader.read({ ...read, signal: leaving.signal });
  // Nobody may be waiting for it any more when it fails.
  reading.catch(() => {});
  const wait = (longest: number) => within({ ms: longest, late: busy, signal }, () => reading);
  try {
    return await wait(ms).catch((error: unknown) => {
      if (isBusy(error) && sentMs > 0 && reader.isAsking(read.path)) return wait(sentMs);
      throw error;
    });
  } catch (error) {
    if (isBusy(error)) {
      const timer = setTimeout(leave, LINGER_MS);
      const settled = () => clearTimeout(timer);
      reading.then(settled, settled);
    }
    throw error;
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

function responseOf(
  { status, headers: kept, text, askedAt, failure }: ViewerAnswer,
  arrivedAt: number,
  ifNoneMatch: string | null,
): Response {
  const headers = new Headers([...kept].filter(([name]) => !OF_THE_KEY.test(name)));
  if (failure !== undefined) headers.set(FAILING_HEADER, failure);
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

const isBusy = (error: unknown) => error instanceof Refusal && error.code === BUSY;

const busy = () =>
  new Refusal(503, BUSY, 'More is being read than the content service allows. It will be loaded in a moment.', {
    headers: { 'retry-after': '1' },
  });
