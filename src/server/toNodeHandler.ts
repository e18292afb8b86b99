import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LayersServer } from './options.js';

/** A request of Node's `http`, with what Express and Connect add to it. */
export interface NodeRequest extends IncomingMessage {
  /** The whole URL; a mount strips its prefix from `url`. */
  originalUrl?: string | undefined;
  /** What a body parser before this one has read. */
  body?: unknown;
}

/** A handler for Node's `http.createServer`, and middleware for Express, Connect and Vite. */
export type NodeHandler = (request: NodeRequest, response: ServerResponse, next?: (error?: unknown) => void) => void;

/**
 * Lets a server part answer in Node's own servers.
 *
 * @example
 * app.use('/api/layers', toNodeHandler(createLayersServer({ apiKey, authorize })));
 */
export function toNodeHandler(server: LayersServer): NodeHandler {
  return (incoming, outgoing, next) => {
    answer(server, incoming, outgoing).catch((error: unknown) => {
      if (next) next(error);
      else if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(500).end();
    });
  };
}

// What a `Request` refuses to be made with.
const FORBIDDEN_METHOD = /^(?:CONNECT|TRACE|TRACK)$/i;

async function answer(server: LayersServer, incoming: NodeRequest, outgoing: ServerResponse): Promise<void> {
  if (FORBIDDEN_METHOD.test(incoming.method ?? '')) {
    outgoing.writeHead(405, { 'cache-control': 'no-store' }).end();
    return;
  }
  const gone = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) gone.abort();
  });
  const response = await server.fetch(toRequest(incoming, outgoing, gone.signal));
  const body = new Uint8Array(await response.arrayBuffer());
  if (outgoing.destroyed) return;
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.setHeader(name, value);
  outgoing.end(body);
}

function toRequest(incoming: NodeRequest, outgoing: ServerResponse, signal: AbortSignal): Request {
  const { method = 'GET' } = incoming;
  const headers = new Headers();
  // HTTP/2 has its method and path among the headers, under names that `Headers` refuses.
  for (const [name, value = []] of Object.entries(incoming.headers))
    if (!name.startsWith(':')) for (const each of [value].flat()) headers.append(name, each);
  const body = method === 'GET' || method === 'HEAD' ? null : bodyOf(incoming, outgoing);
  // Node asks for `duplex` with a stream; the types of the browser do not know it yet.
  const init: RequestInit & { duplex: 'half' } = { method, headers, body, signal, duplex: 'half' };
  return new Request(urlOf(incoming), init);
}

const HOST = /^[\w.:[\]-]+$/;

function urlOf(incoming: NodeRequest): string {
  const protocol = 'encrypted' in incoming.socket && incoming.socket.encrypted ? 'https' : 'http';
  const path = incoming.originalUrl ?? incoming.url ?? '/';
  // A proxy's absolute form, or `*`: no address of ours.
  const ours = path.startsWith('/') ? path : '/';
  const { host = '', ':authority': authority = host } = incoming.headers;
  const url = `${protocol}://${String(authority)}${ours}`;
  return HOST.test(String(authority)) && URL.canParse(url) ? url : `${protocol}://localhost${ours}`;
}

function bodyOf(incoming: NodeRequest, outgoing: ServerResponse): BodyInit | null {
  if (incoming.readableEnded) return parsedBody(incoming.body);
  // What is refused unread is let through to nowhere: the next request on this connection comes behind it.
  let isWanted = true;
  const discard = () => {
    isWanted = false;
    incoming.resume();
  };
  outgoing.once('finish', discard);
  return new ReadableStream<Uint8Array>({
    start(controller) {
      incoming.on('data', (chunk: Uint8Array) => {
        if (isWanted) controller.enqueue(new Uint8Array(chunk));
        if (isWanted && (controller.desiredSize ?? 0) <= 0) incoming.pause();
      });
      incoming.once('end', () => isWanted && controller.close());
      incoming.once('error', (error) => isWanted && controller.error(error));
    },
    pull: () => void incoming.resume(),
    cancel: discard,
  });
}

function parsedBody(body: unknown): BodyInit | null {
  if (body === undefined || body === null) return null;
  return typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body);
}
