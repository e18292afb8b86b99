import { createParser } from 'eventsource-parser';
import { PUSH_VERSION, OFFER_HEADER } from '../../client/offer.js';
import type { ClientSettings } from '../../client/clientOptions.js';
import { parseJson } from '../../model/plainJson.js';
import { parseRetryAfter } from '../../model/retryAfter.js';
import { type EventsRequest, type PushMessage, pushMessage } from '../../schedule/pushed.js';

/** The largest event that is accepted, in characters: 500 containers are less. */
const LARGEST = 8_000_000;

/** A stream that the server part doesn't open. */
export class StreamRefused extends Error {
  override readonly name = 'StreamRefused';
  /** The HTTP status; 200 where what came is no stream. */
  readonly status: number;
  /** How long not to ask again, in milliseconds; `null`: as it pleases. */
  readonly pauseMs: number | null;

  constructor(status: number, pauseMs: number | null) {
    super(`The server part answered ${status} instead of a stream of events.`);
    this.status = status;
    this.pauseMs = pauseMs;
  }
}

/** How a stream is asked for. */
interface StreamRequest {
  body: EventsRequest;
  /** From which event to continue; `null`: from now on. */
  lastEventId: string | null;
  signal: AbortSignal;
}

/** Has an open stream follow something else. @throws StreamRefused where it isn't open any more, or not in that server process */
export async function changeStream(settings: ClientSettings, body: EventsRequest, signal: AbortSignal): Promise<void> {
  const { status, headers, body: content } = await sendEvents(settings, { body, lastEventId: null, signal });
  content?.cancel().catch(() => {});
  if (status !== 204) throw new StreamRefused(status, parseRetryAfter(headers.get('retry-after'), Date.now()));
}

/**
 * Opens a stream of events and reads it to its end. Rejects if it can't be opened, breaks off or is canceled.
 *
 * @param hear called with each event
 */
export async function readStream(
  settings: ClientSettings,
  { body, lastEventId, signal }: StreamRequest,
  hear: (message: PushMessage, id: string | null) => void,
): Promise<void> {
  const response = await sendEvents(settings, { body, lastEventId, signal });
  const { status, headers } = response;
  const isStream =
    status === 200 && headers.get('content-type')?.startsWith('text/event-stream') && headers.get(OFFER_HEADER) === PUSH_VERSION;
  if (!isStream || response.body === null) {
    response.body?.cancel().catch(() => {});
    throw new StreamRefused(status, parseRetryAfter(headers.get('retry-after'), Date.now()));
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

async function sendEvents(settings: ClientSettings, { body, lastEventId, signal }: StreamRequest): Promise<Response> {
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
