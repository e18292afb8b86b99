import { encode } from 'eventsource-encoder';
import { monotonicNow } from '../../internal/monotonicNow.js';
import { OFFER_HEADER, PUSH_VERSION } from '../../client/offer.js';
import type { ServerSettings } from '../options.js';
import { Refusal } from '../refusal.js';
import type { EventsByOrganization } from './byOrganization.js';
import { type Authorize, OpenStream } from './openStream.js';
import { eventsRequest, resumedFrom } from './request.js';

/** A request for a stream, or for a change of one. */
export interface StreamRequest {
  request: Request;
  /** The request's body. */
  text: string;
  organization: string | null;
  /** Tells viewers apart, as `Caller.turn`. */
  turn: string;
}

/** What {@link Streams} needs. */
interface StreamsHost {
  events: EventsByOrganization;
  limits: NonNullable<ServerSettings['push']>;
  /** Asks `authorize` about a request with this body, which is made when something is asked. */
  authorizeFor: (makeRequest: () => Request, body: string) => Authorize;
  /** Tells the operator of a failure about an open stream. */
  report: (request: Pick<Request, 'method' | 'url'>, error: unknown) => void;
}

/** The streams of a server. */
export class Streams {
  readonly #host: StreamsHost;
  readonly #byViewer = new Map<string, number>();
  #count = 0;
  /** By the id of its viewer. */
  readonly #open = new Map<string, OpenStream>();

  constructor(host: StreamsHost) {
    this.#host = host;
  }

  /**
   * The response to `POST …/v1/events`: a stream of what changes of what the caller may see, until the browser disconnects; 204 where a stream of theirs was
   * changed. Either comes at once: each thing is followed as soon as `authorize` allows it.
   *
   * @throws Refusal 400 for a request that can't be used, 404 for a stream that isn't open here, 429 or 503 if there are too many
   */
  answer({ request, text, organization, turn }: StreamRequest): Response {
    const { url, headers, signal } = request;
    const asked = eventsRequest(text, headers.get(OFFER_HEADER));
    const name = JSON.stringify([organization, turn]);
    if (asked.stream !== null) {
      const stream = this.#open.get(asked.stream);
      if (stream?.name !== name) throw noStream();
      stream.want(asked, text, headers);
      return new Response(null, { status: 204 });
    }
    this.#enter(name);
    const events = this.#host.events.of(organization);
    const sentSeq = resumedFrom(headers.get('last-event-id'), events.instance, events.seq);
    const viewer = events.join(sentSeq);
    const { authorizeFor, report } = this.#host;
    const ended = new AbortController();
    const stream = new OpenStream(
      {
        events,
        viewer,
        name,
        // The first request's own signal says nothing of a stream that others have changed.
        authorizeFor: (from, body) =>
          authorizeFor(() => new Request(url, { method: 'POST', headers: from, body, signal: ended.signal }), body),
        streams: () => this.#byViewer.get(name) ?? 1,
        report: (error) => report({ method: 'POST', url }, error),
      },
      headers,
    );
    this.#open.set(viewer.id, stream);
    const end = () => {
      if (!this.#open.delete(viewer.id)) return;
      signal.removeEventListener('abort', end);
      ended.abort();
      events.leave(viewer);
      this.#exit(name);
    };
    // A framework may drop the response to a browser that has disconnected, and never cancel it: Next.js does.
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
    const known = sentSeq === null ? asked.follow.map((each) => ({ ...each, isKnown: false })) : asked.follow;
    stream.want({ ...asked, follow: known }, text, headers);
    return this.#responseOf(stream, end);
  }

  /** Nothing is written before it is asked for: a reader that never reads costs one event. */
  #responseOf(stream: OpenStream, end: () => void): Response {
    const { viewer } = stream;
    const encoder = new TextEncoder();
    let authorizedAt = monotonicNow();
    let isCanceled = false;
    const body = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const event = await viewer.next();
          if (event === null) {
            end();
            // A canceled stream can't be closed.
            if (!isCanceled) controller.close();
            return;
          }
          controller.enqueue(encoder.encode(encode(event)));
          if (monotonicNow() - authorizedAt < this.#host.limits.reauthorizeMs) return;
          authorizedAt = monotonicNow();
          stream.askAgain();
        },
        cancel: () => {
          isCanceled = true;
          end();
        },
      },
      { highWaterMark: 0 },
    );
    return new Response(body, {
      headers: {
        'content-type': 'text/event-stream',
        // nginx and others would otherwise keep events back until they have many.
        'x-accel-buffering': 'no',
        [OFFER_HEADER]: PUSH_VERSION,
      },
    });
  }

  #enter(name: string): void {
    const own = this.#byViewer.get(name) ?? 0;
    const { streamsPerViewer, streams } = this.#host.limits;
    if (own >= streamsPerViewer) throw tooMany(429, 'Too many pages of yours are open at once. This one is updated a little later.');
    if (this.#count >= streams) throw tooMany(503, 'Too many people are connected. This page is updated a little later.');
    this.#byViewer.set(name, own + 1);
    this.#count += 1;
  }

  #exit(name: string): void {
    this.#count -= 1;
    const own = (this.#byViewer.get(name) ?? 1) - 1;
    if (own > 0) this.#byViewer.set(name, own);
    else this.#byViewer.delete(name);
  }
}

const tooMany = (status: number, message: string) => new Refusal(status, 'TOO_MANY_STREAMS', message, { headers: { 'retry-after': '60' } });

const noStream = () => new Refusal(404, 'NO_STREAM', "This stream isn't open here, or isn't yours. Nothing was changed. Open another one.");
