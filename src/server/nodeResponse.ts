import type { ServerResponse } from 'node:http';
import type { ServerHttp2Stream } from 'node:http2';
import type { BodyParts, NodeRequest } from './nodeRequest.js';

const CHUNK_BYTES = 64 * 1024;
const STALLED_MS = 30_000;
const LINGER_MS = 1_000;
const LINGER_BYTES = 1024 * 1024;

/** The stream that carries a response: over HTTP/2 its response object doesn't say `finish` before the request has ended. */
export const carrierOf = (outgoing: ServerResponse) => ('stream' in outgoing ? (outgoing.stream as ServerHttp2Stream) : outgoing);

/**
 * Sends a response, streamed with backpressure: no more of its body is read than the client takes. Returns when the response is sent, or when the client has
 * disconnected; the body is canceled then. A client that takes none of what is sent for 30 s is disconnected.
 *
 * @param gone aborted when the client disconnects
 */
export async function sendResponse(response: Response, outgoing: ServerResponse, gone: AbortSignal): Promise<void> {
  const reader = response.body?.getReader();
  const cancel = () => void reader?.cancel(gone.reason).catch(() => {});
  if (gone.aborted) return cancel();
  gone.addEventListener('abort', cancel);
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.setHeader(name, value);
  // The first event of a stream may be a long time coming.
  if (reader) outgoing.flushHeaders();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
    // In pieces: what is written at once counts as taken only as a whole.
    for (let at = 0; at < part.value.byteLength && !gone.aborted; at += CHUNK_BYTES)
      if (!outgoing.write(part.value.subarray(at, at + CHUNK_BYTES))) await taken(outgoing);
  if (gone.aborted) return;
  const sent = taken(outgoing);
  outgoing.end();
  await sent;
}

function taken(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const carrier = carrierOf(outgoing);
    const events = ['drain', 'finish', 'close'];
    const timer = setTimeout(() => carrier.destroy(), STALLED_MS);
    const done = () => {
      clearTimeout(timer);
      for (const event of events) carrier.off(event, done);
      resolve();
    };
    for (const event of events) carrier.on(event, done);
  });
}

/**
 * Deals with the rest of a request that was answered before its end. A client that is still sending takes a closed connection for a failure and never reads
 * the response, so a little more is read, and dropped: 1 MiB at most, for 1 s at most. A client that sends more is disconnected.
 */
export async function dropRest(incoming: NodeRequest, outgoing: ServerResponse, parts: BodyParts): Promise<void> {
  const carrier = carrierOf(outgoing);
  // HTTP/2 can tell the client to stop.
  if (carrier !== outgoing) return (carrier as ServerHttp2Stream).close();
  const { socket } = incoming;
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  try {
    let bytes = 0;
    for (let part = await parts.next(); !part.done && bytes <= LINGER_BYTES; part = await parts.next()) bytes += part.value.byteLength;
    if (bytes > LINGER_BYTES) socket.destroy();
  } catch {
    // The client has disconnected by itself.
  } finally {
    clearTimeout(timer);
  }
}
