import { Agent, type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';

/** How a browser connects over HTTP/1.1: at most six connections to one server, kept open. */
export const CONNECTIONS = 6;
const connect = (most: number) => new Agent({ keepAlive: true, maxSockets: most });

/** A `fetch` over connections of its own, as each browser has them. */
export function browserFetch(connections: number): (url: string, init?: RequestInit) => Promise<Response> {
  const agent = connect(connections);
  return async (url, init = {}) => {
    const incoming = await exchange(agent, url, init);
    const status = incoming.statusCode ?? 0;
    const headers = incoming.headers as Record<string, string>;
    if (isStream(incoming)) return new Response(Readable.toWeb(incoming) as ReadableStream, { status, headers });
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    return new Response(status === 304 || status === 204 ? null : Buffer.concat(parts), { status, headers });
  };
}

/**
 * A viewer without a cache: it repeats every request of a full client, a moment later, over connections of its own, signed in as itself and with the ETags
 * of its own responses. To the server it is a viewer like any other.
 */
export class LightViewer {
  readonly #baseUrl: string;
  readonly #authorization: string;
  readonly #delayMs: number;
  readonly #agent: Agent;
  readonly #etags = new Map<string, string>();
  readonly #inFlight = new Set<string>();
  /** The name of its newest stream of events. */
  #stream: string | undefined;

  constructor(viewer: number, baseUrl: string, delayMs: number, connections: number) {
    this.#agent = connect(connections);
    this.#baseUrl = baseUrl;
    this.#authorization = authorizationOf(viewer);
    this.#delayMs = delayMs;
  }

  repeat(path: string, init: RequestInit): void {
    setTimeout(() => void this.#send(path, init).catch(() => {}), this.#delayMs);
  }

  async #send(path: string, init: RequestInit): Promise<void> {
    // A full client has one read of a path in flight, too.
    if (init.signal?.aborted || (init.method !== 'POST' && this.#inFlight.has(path))) return;
    const etag = this.#etags.get(path);
    const headers: Record<string, string> = { ...(init.headers as Record<string, string>), authorization: this.#authorization };
    delete headers['if-none-match'];
    if (etag !== undefined) headers['if-none-match'] = etag;
    this.#inFlight.add(path);
    try {
      const incoming = await exchange(this.#agent, this.#baseUrl + path, { ...init, headers, ...this.#own(init.body) });
      if (incoming.headers.etag !== undefined) this.#etags.set(path, incoming.headers.etag);
      for await (const part of incoming) this.#stream = isStream(incoming) ? (nameIn(String(part)) ?? this.#stream) : this.#stream;
    } finally {
      this.#inFlight.delete(path);
    }
  }

  /** A change of the client's stream is one of its own. */
  #own(body: RequestInit['body']): Pick<RequestInit, 'body'> {
    const name = typeof body === 'string' ? nameIn(body) : undefined;
    return typeof body === 'string' && name !== undefined ? { body: body.replace(name, this.#stream ?? 'none') } : {};
  }
}

/** The name of a stream, which its first event tells. */
const nameIn = (text: string): string | undefined => /"stream":"([^"]+)"/.exec(text)?.[1];

export const authorizationOf = (viewer: number): string => `Bearer viewer-${viewer}`;

const isStream = ({ headers }: IncomingMessage) => headers['content-type']?.startsWith('text/event-stream') === true;

/** Sends a request and resolves with the beginning of its response. A kept connection that the server has just closed is replaced, as browsers do. */
function exchange(agent: Agent, url: string, { method = 'GET', headers, body, signal }: RequestInit): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const given = { agent, method, headers: headers as Record<string, string>, ...(signal && { signal }) };
    const sent = request(url, given, (incoming) => {
      // Who reads it learns of an error; a response that is no longer read has nobody to tell.
      incoming.on('error', () => {});
      resolve(incoming);
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (sent.reusedSocket && error.code === 'ECONNRESET')
        exchange(agent, url, { method, headers, body, signal } as RequestInit).then(resolve, reject);
      else reject(error);
    });
    sent.end(typeof body === 'string' ? body : undefined);
  });
}
