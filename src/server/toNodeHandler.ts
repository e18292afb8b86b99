import type { ServerResponse } from 'node:http';
import { type NodeRequest, toRequest } from './nodeRequest.js';
import { carrierOf, dropRest, sendResponse } from './nodeResponse.js';
import type { LayersServer } from './options.js';

/** A handler for Node's `http.createServer`, and middleware for Express, Connect and Vite. */
export type NodeHandler = (request: NodeRequest, response: ServerResponse, next?: (error?: unknown) => void) => void;

/**
 * Mounts a server part in Node's own servers, over HTTP/1.1 and HTTP/2. Responses are streamed, and a request's `signal` is aborted when its client
 * disconnects. A client that sends more than is read, or takes none of its response for 30 s, is disconnected.
 *
 * @example
 * app.use('/api/layers', toNodeHandler(createLayersServer({ apiKey, authorize })));
 */
export function toNodeHandler(server: Pick<LayersServer, 'fetch'>): NodeHandler {
  return (incoming, outgoing, next) => void handle(server, incoming, outgoing, next);
}

// What a `Request` can't be created with.
const FORBIDDEN_METHOD = /^(?:CONNECT|TRACE|TRACK)$/i;

async function handle(
  server: Pick<LayersServer, 'fetch'>,
  incoming: NodeRequest,
  outgoing: ServerResponse,
  next?: (error?: unknown) => void,
): Promise<void> {
  const gone = new AbortController();
  const carrier = carrierOf(outgoing);
  carrier.once('close', () => {
    // A stream of HTTP/2 that was broken off counts as finished.
    if ('aborted' in carrier ? carrier.aborted : !carrier.writableFinished) gone.abort();
  });
  // A client can disconnect between two writes; the response then fails with an error of its own.
  carrier.on('error', () => gone.abort());
  // What nobody has begun to read, Node itself reads to its end after the response.
  incoming.read(0);
  const parts = incoming[Symbol.asyncIterator]();
  try {
    const isForbidden = FORBIDDEN_METHOD.test(incoming.method ?? '');
    const response = isForbidden ? plain(405) : await server.fetch(toRequest(incoming, parts, gone.signal));
    await sendResponse(response, outgoing, gone.signal);
  } catch (error) {
    // Half a response must not pass for a whole one.
    if (outgoing.headersSent) carrier.destroy();
    if (next) return next(error);
    if (!outgoing.headersSent) await sendResponse(plain(500), outgoing, gone.signal);
  }
  if (!gone.signal.aborted) await dropRest(incoming, outgoing, parts);
}

const plain = (status: number) => new Response(null, { status, headers: { 'cache-control': 'no-store' } });
