import type { IncomingMessage } from 'node:http';

/** A request of Node's `http`, with what Express and Connect add to it. */
export interface NodeRequest extends IncomingMessage {
  /** The whole URL; a mount strips its prefix from `url`. */
  originalUrl?: string | undefined;
  /** What a body parser before this one has read. */
  body?: unknown;
  /** The same before it was parsed, where the parser keeps it: what a webhook's signature is about. */
  rawBody?: unknown;
}

/** The chunks of a request's body. Nothing is read before the first is asked for. */
export type BodyParts = AsyncIterator<Uint8Array>;

/** A request of Node's as the platform's. @param signal aborted when the client disconnects */
export function toRequest(incoming: NodeRequest, parts: BodyParts, signal: AbortSignal): Request {
  const { method = 'GET' } = incoming;
  const headers = new Headers();
  // HTTP/2 has its method and path among the headers, under names that `Headers` refuses.
  for (const [name, value = []] of Object.entries(incoming.headers))
    if (!name.startsWith(':')) for (const each of [value].flat()) headers.append(name, each);
  const body = method === 'GET' || method === 'HEAD' ? null : bodyOf(incoming, parts);
  // Node requires `duplex` with a stream; the browser's types don't know it yet.
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

function bodyOf(incoming: NodeRequest, parts: BodyParts): BodyInit | null {
  if (incoming.readableEnded) return parsedBody(incoming.rawBody ?? incoming.body);
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const part = await parts.next();
    if (part.done) controller.close();
    else controller.enqueue(part.value);
  };
  // Holds nothing in advance: what nobody reads stays with the client.
  return new ReadableStream({ pull }, { highWaterMark: 0 });
}

function parsedBody(body: unknown): BodyInit | null {
  if (body === undefined || body === null) return null;
  return typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body);
}
