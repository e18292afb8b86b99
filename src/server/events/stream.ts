import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { monotonicNow } from '../../internal/monotonicNow.js';
import { OFFER_HEADER, PUSH_VERSION } from '../../client/offer.js';
import type { EventsRequest, FollowRequest } from '../../schedule/pushed.js';
import type { Caller } from '../caller.js';
import type { ServerSettings } from '../options.js';
import { notFound, Refusal } from '../refusal.js';
import type { LayersTarget } from '../routes.js';
import type { EventsByOrganization } from './byOrganization.js';
import type { Events } from './events.js';
import { listKey, permitted } from './permitted.js';
import { eventsRequest, resumedFrom } from './request.js';
import type { Viewer } from './viewer.js';

/** Who asks for a stream, or for a change of one. */
export interface StreamCaller {
  request: Request;
  /** The request's body. */
  text: string;
  caller: Caller;
  /** Throws a Refusal 404 unless the target may be read by whoever sent the request. */
  authorize: (target: LayersTarget, signal: AbortSignal) => Promise<void>;
}

/** A stream from its request to its end. */
interface OpenStream {
  /** Who it is for, and in which organisation. */
  name: string;
  events: Events;
  viewer: Viewer;
  /** What it follows. */
  asked: EventsRequest;
  /** Asks as whoever changed it last. */
  authorize: StreamCaller['authorize'];
}

/** The streams of a server. */
export class Streams {
  readonly #events: EventsByOrganization;
  readonly #limits: NonNullable<ServerSettings['push']>;
  readonly #byViewer = new Map<string, number>();
  /** By the id of its viewer. */
  readonly #open = new Map<string, OpenStream>();

  constructor(events: EventsByOrganization, limits: NonNullable<ServerSettings['push']>) {
    this.#events = events;
    this.#limits = limits;
  }

  /**
   * The response to `POST …/v1/events`: a stream of what changes of what the caller may see, until the browser disconnects; 204 where a stream of theirs was
   * changed.
   *
   * @throws Refusal 400 for a request that can't be used, 404 for a stream that isn't open here, 429 or 503 if there are too many, or 500 if `authorize` fails
   */
  async answer(context: Context, asker: StreamCaller): Promise<Response> {
    const { request, text, caller } = asker;
    const asked = eventsRequest(text, request.headers.get(OFFER_HEADER));
    const organization = await caller.organization();
    const name = JSON.stringify([organization, await caller.turn()]);
    if (asked.stream !== null) return this.#change(asked.stream, name, asked, asker);
    this.#enter(name);
    let isOpen = false;
    try {
      const allowed = await permitted(asked, (target) => asker.authorize(target, request.signal));
      const events = this.#events.of(organization);
      const viewer = events.join(allowed, resumedFrom(request.headers.get('last-event-id'), events.instance, events.seq));
      const stream: OpenStream = { name, events, viewer, asked: allowed, authorize: asker.authorize };
      refuseOthers(viewer, asked, allowed);
      this.#open.set(viewer.id, stream);
      isOpen = true;
      return this.#send(context, stream, request.signal);
    } finally {
      if (!isOpen) this.#exit(name);
    }
  }

  /** Only what is new is asked of `authorize`. */
  async #change(id: string, name: string, asked: EventsRequest, { request, authorize }: StreamCaller): Promise<Response> {
    const stream = this.#open.get(id);
    if (stream?.name !== name) throw noStream();
    const { events, viewer } = stream;
    const isAllowed = (key: string) => viewer.follows.has(key) || [...viewer.projects].some((projectId) => listKey(projectId) === key);
    const allowed = await permitted(asked, (target) => authorize(target, request.signal), isAllowed);
    if (viewer.isOver) throw noStream();
    events.change(viewer, allowed);
    refuseOthers(viewer, asked, allowed);
    Object.assign(stream, { asked: allowed, authorize });
    return new Response(null, { status: 204 });
  }

  #send(context: Context, stream: OpenStream, signal: AbortSignal): Response {
    const { viewer } = stream;
    const leave = once(() => {
      stream.events.leave(viewer);
      this.#open.delete(viewer.id);
      this.#exit(stream.name);
    });
    const response = streamSSE(context, async (sse) => {
      sse.onAbort(leave);
      let authorizedAt = monotonicNow();
      try {
        for (let event = await viewer.next(); event !== null && !sse.aborted; event = await viewer.next()) {
          await sse.writeSSE(event.id === undefined ? { data: event.data } : { data: event.data, id: event.id });
          if (monotonicNow() - authorizedAt < this.#limits.reauthorizeMs) continue;
          authorizedAt = monotonicNow();
          void permitAgain(stream, signal).catch(leave);
        }
      } finally {
        leave();
      }
    });
    // HTTP/2 forbids them, and over HTTP/1.1 the server sets its own.
    for (const header of ['connection', 'transfer-encoding']) response.headers.delete(header);
    // nginx and others would otherwise keep events back until they have many.
    response.headers.set('x-accel-buffering', 'no');
    response.headers.set(OFFER_HEADER, PUSH_VERSION);
    return response;
  }

  #enter(name: string): void {
    const own = this.#byViewer.get(name) ?? 0;
    if (own >= this.#limits.streamsPerViewer)
      throw new Refusal(429, 'TOO_MANY_STREAMS', 'Too many pages of yours are open at once. This one is updated a little later.', {
        headers: { 'retry-after': '60' },
      });
    if (this.#events.viewers >= this.#limits.streams)
      throw new Refusal(503, 'TOO_MANY_STREAMS', 'Too many people are connected. This page is updated a little later.', {
        headers: { 'retry-after': '60' },
      });
    this.#byViewer.set(name, own + 1);
  }

  #exit(name: string): void {
    const own = (this.#byViewer.get(name) ?? 1) - 1;
    if (own > 0) this.#byViewer.set(name, own);
    else this.#byViewer.delete(name);
  }
}

/** Takes from an open stream what its viewer may no longer see. */
async function permitAgain(stream: OpenStream, signal: AbortSignal): Promise<void> {
  const { asked, viewer, authorize } = stream;
  const allowed = await permitted(asked, (target) => authorize(target, signal));
  refuseOthers(viewer, asked, allowed);
  // A list has no error of its own here: the browser asks again, and is told by its list.
  if (allowed.projects.length < asked.projects.length) viewer.end();
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

function once(run: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) run();
    isDone = true;
  };
}
