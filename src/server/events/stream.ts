import { encode } from 'eventsource-encoder';
import { monotonicNow } from '../../internal/monotonicNow.js';
import { OFFER_HEADER, PUSH_VERSION } from '../../client/offer.js';
import type { EventsRequest, FollowRequest } from '../../schedule/pushed.js';
import type { ServerSettings } from '../options.js';
import { notFound, Refusal } from '../refusal.js';
import type { LayersTarget } from '../routes.js';
import type { EventsByOrganization } from './byOrganization.js';
import type { Events } from './events.js';
import { listKey, permitted } from './permitted.js';
import { eventsRequest, resumedFrom } from './request.js';
import type { Viewer } from './viewer.js';

/** Throws a Refusal 404 unless the target may be read by whoever sent a request, and a Refusal 500 if `authorize` fails. */
type Authorize = (target: LayersTarget) => Promise<void>;

/** A request for a stream, or for a change of one. */
export interface StreamRequest {
  request: Request;
  /** The request's body. */
  text: string;
  organization: string | null;
  /** Tells viewers apart, as `Caller.turn`. */
  turn: string;
}

/** A stream from its request to its end. Thousands are open at once: what it keeps is little. */
interface OpenStream {
  /** Who it is for, and in which organisation. */
  name: string;
  events: Events;
  viewer: Viewer;
  /** Of the request that changed it last: `authorize` is asked about it again. */
  url: string;
  headers: Headers;
  /** How many changes were asked for, and the number of the last that was made. */
  changes: { asked: number; made: number };
}

/** The streams of a server. */
export class Streams {
  readonly #events: EventsByOrganization;
  readonly #limits: NonNullable<ServerSettings['push']>;
  readonly #authorizeFor: (request: Request) => Authorize;
  readonly #byViewer = new Map<string, number>();
  /** Streams that are open, or being authorized. */
  #count = 0;
  /** By the id of its viewer. */
  readonly #open = new Map<string, OpenStream>();

  /** @param authorizeFor asks `authorize` about a request */
  constructor(events: EventsByOrganization, limits: NonNullable<ServerSettings['push']>, authorizeFor: (request: Request) => Authorize) {
    this.#events = events;
    this.#limits = limits;
    this.#authorizeFor = authorizeFor;
  }

  /**
   * The response to `POST …/v1/events`: a stream of what changes of what the caller may see, until the browser disconnects; 204 where a stream of theirs was
   * changed.
   *
   * @throws Refusal 400 for a request that can't be used, 404 for a stream that isn't open here, 429 or 503 if there are too many, or 500 if `authorize` fails
   */
  async answer({ request, text, organization, turn }: StreamRequest): Promise<Response> {
    const { url, headers } = request;
    const asked = eventsRequest(text, headers.get(OFFER_HEADER));
    const name = JSON.stringify([organization, turn]);
    if (asked.stream !== null) return this.#change(asked.stream, name, asked, request);
    this.#enter(name);
    let isOpen = false;
    try {
      const allowed = await permitted(asked, this.#authorizeFor(request));
      const events = this.#events.of(organization);
      const viewer = events.join(allowed, resumedFrom(headers.get('last-event-id'), events.instance, events.seq));
      refuseOthers(viewer, asked, allowed);
      const stream: OpenStream = { name, events, viewer, url, headers, changes: { asked: 0, made: 0 } };
      this.#open.set(viewer.id, stream);
      isOpen = true;
      return this.#responseOf(stream);
    } finally {
      if (!isOpen) this.#exit(name);
    }
  }

  /** Only what is new is asked of `authorize`. */
  async #change(id: string, name: string, asked: EventsRequest, request: Request): Promise<Response> {
    const stream = this.#open.get(id);
    if (stream?.name !== name) throw noStream();
    const { events, viewer, changes } = stream;
    const number = (changes.asked += 1);
    const isAllowed = (key: string) => viewer.follows.has(key) || [...viewer.projects].some((projectId) => listKey(projectId) === key);
    const allowed = await permitted(asked, this.#authorizeFor(request), isAllowed);
    if (viewer.isOver) throw noStream();
    // A later one was authorized sooner.
    if (number < changes.made) return new Response(null, { status: 204 });
    changes.made = number;
    events.change(viewer, allowed);
    refuseOthers(viewer, asked, allowed);
    stream.headers = request.headers;
    return new Response(null, { status: 204 });
  }

  /** Nothing is written before it is asked for: a reader that never reads costs one event. */
  #responseOf(stream: OpenStream): Response {
    const { viewer } = stream;
    const encoder = new TextEncoder();
    let authorizedAt = monotonicNow();
    const body = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const event = await viewer.next();
          if (event === null) {
            // A canceled stream can't be closed.
            if (this.#end(stream)) controller.close();
            return;
          }
          controller.enqueue(encoder.encode(encode(event)));
          if (monotonicNow() - authorizedAt < this.#limits.reauthorizeMs) return;
          authorizedAt = monotonicNow();
          this.#permitAgain(stream).catch(() => viewer.end());
        },
        cancel: () => void this.#end(stream),
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

  /** @returns whether it was open */
  #end({ events, viewer, name }: OpenStream): boolean {
    if (!this.#open.delete(viewer.id)) return false;
    events.leave(viewer);
    this.#exit(name);
    return true;
  }

  /** Takes from an open stream what its viewer may no longer see. */
  async #permitAgain({ viewer, url, headers }: OpenStream): Promise<void> {
    const asked = { stream: null, follow: [...viewer.follows.values()], projects: [...viewer.projects] };
    const allowed = await permitted(asked, this.#authorizeFor(new Request(url, { method: 'POST', headers, body: JSON.stringify(asked) })));
    refuseOthers(viewer, asked, allowed);
    // A stream can't say that a list is refused. The browser opens another stream, and reading the list tells it.
    if (allowed.projects.length < asked.projects.length) viewer.end();
  }

  #enter(name: string): void {
    const own = this.#byViewer.get(name) ?? 0;
    if (own >= this.#limits.streamsPerViewer)
      throw new Refusal(429, 'TOO_MANY_STREAMS', 'Too many pages of yours are open at once. This one is updated a little later.', {
        headers: { 'retry-after': '60' },
      });
    if (this.#count >= this.#limits.streams)
      throw new Refusal(503, 'TOO_MANY_STREAMS', 'Too many people are connected. This page is updated a little later.', {
        headers: { 'retry-after': '60' },
      });
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

/** Tells a viewer what isn't theirs to see, as a read of it is answered. */
function refuseOthers(viewer: Viewer, asked: EventsRequest, allowed: EventsRequest): void {
  for (const each of asked.follow) if (!allowed.follow.includes(each)) refuse(viewer, each);
}

function refuse(viewer: Viewer, { id, wants }: FollowRequest): void {
  const { status, code, message } = notFound();
  const read = wants.includes('job') ? 'job' : 'record';
  viewer.refuse({ kind: 'error', id, read, error: { code, message, status }, at: Math.round(monotonicNow()) });
}

const noStream = () => new Refusal(404, 'NO_STREAM', "This stream isn't open here, or isn't yours. Nothing was changed. Open another one.");
