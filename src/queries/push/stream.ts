import { createParser } from 'eventsource-parser';
import { PUSH_VERSION, OFFER_HEADER } from '../../client/offer.js';
import type { ClientSettings } from '../../client/clientOptions.js';
import { serverTime } from '../../client/transport.js';
import { isLayersError, LayersError, mayRecover } from '../../model/errors.js';
import { parseJson } from '../../model/plainJson.js';
import { parseRetryAfter } from '../../model/retryAfter.js';
import { pauseOf } from '../../schedule/cadence.js';
import { type EventsRequest, type PushMessage, pushMessage } from '../../schedule/pushed.js';

/** The largest event that is accepted, in characters: 500 containers are less. */
const LARGEST = 8_000_000;
/** How long a stream that failed isn't asked for again, in milliseconds: doubling from the first, for want of a session (401, 403) the second, to the last. */
const RETRY_MS = { first: 1_000, session: 5_000, last: 60_000 } as const;
/** The same where it can't be had: there is no such route, or what came is no stream. */
const REFUSED_MS = 5 * 60_000;

/** Has an open stream follow something else. @throws LayersError where it isn't open any more, or not in that server process */
export async function changeStream(settings: ClientSettings, body: EventsRequest, signal: AbortSignal): Promise<void> {
  const response = await sendEvents(settings, body, null, signal);
  response.body?.cancel().catch(() => {});
  if (response.status !== 204) throw refusal(response);
}

/** Opens a stream of events, and calls `hear` with each until its end. Rejects if it can't be opened, breaks off or is canceled. */
export async function readStream(
  settings: ClientSettings,
  body: EventsRequest,
  lastEventId: string | null,
  signal: AbortSignal,
  hear: (message: PushMessage, id: string | null) => void,
): Promise<void> {
  const response = await sendEvents(settings, body, lastEventId, signal);
  const { status, headers } = response;
  const isStream =
    status === 200 && headers.get('content-type')?.startsWith('text/event-stream') && headers.get(OFFER_HEADER) === PUSH_VERSION;
  if (!isStream || response.body === null) {
    response.body?.cancel().catch(() => {});
    throw refusal(response);
  }
  const parser = createParser({
    maxBufferSize: LARGEST,
    onError: (error) => {
      throw error;
    },
    onEvent: ({ id, data }) => {
      const message = pushMessage(parseJson(data));
      if (message) hear(message, id ?? null);
    },
  });
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) parser.feed(decoder.decode(part.value, { stream: true }));
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** @param lastEventId from which event to continue; `null`: from now on */
async function sendEvents(settings: ClientSettings, body: EventsRequest, lastEventId: string | null, signal: AbortSignal) {
  const own = typeof settings.headers === 'function' ? await settings.headers() : settings.headers;
  signal.throwIfAborted();
  return (settings.fetch ?? globalThis.fetch)(`${settings.baseUrl}/v1/events`, {
    method: 'POST',
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      [OFFER_HEADER]: PUSH_VERSION,
      ...(lastEventId !== null && { 'last-event-id': lastEventId }),
      ...own,
    },
    body: JSON.stringify(body),
    signal,
  });
}

/** The error of a stream that the server part doesn't open: its status is 200 where what came is no stream. */
const refusal = ({ status, headers }: Response) =>
  new LayersError({
    code: `HTTP_${status}`,
    message: `The server part answered ${status} instead of a stream of events.`,
    status,
    // A date in Retry-After is on the server's clock.
    retryAfterMs: parseRetryAfter(headers.get('retry-after'), serverTime(headers) ?? Date.now()),
  });

/** How long a stream isn't asked for again, in milliseconds. @param failures how many failed in a row, this one included */
export function pauseAfter(error: unknown, failures: number): number {
  const { status, retryAfterMs } = isLayersError(error) ? error : { status: null, retryAfterMs: null };
  const isOfSession = status === 401 || status === 403;
  if (retryAfterMs === null && !isOfSession && status !== null && !mayRecover(status)) return REFUSED_MS;
  const first = isOfSession ? RETRY_MS.session : RETRY_MS.first;
  const backoff = Math.min(RETRY_MS.last, first * 2 ** Math.min(failures - 1, 10)) * (0.5 + Math.random() / 2);
  return Math.max(backoff, pauseOf(retryAfterMs ?? 0));
}
