import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { monotonicNow } from '../../internal/monotonicNow.js';
import { OFFER_HEADER, PUSH_VERSION } from '../../client/offer.js';
import type { EventsRequest, FollowRequest } from '../../schedule/pushed.js';
import { followKey } from './followed.js';
import type { Caller } from '../caller.js';
import type { ServerSettings } from '../options.js';
import { asRefusal, notFound, Refusal } from '../refusal.js';
import type { LayersTarget } from '../routes.js';
import type { EventsByOrganization } from './byOrganization.js';
import { eventsRequest, resumedFrom } from './request.js';
import type { Viewer } from './viewer.js';

/** How many questions a stream asks `authorize` at a time. */
const AT_ONCE = 8;

/** Who asks for a stream. */
export interface StreamCaller {
  request: Request;
  /** The request's body. */
  text: string;
  caller: Caller;
  /** Throws a Refusal 404 unless the target may be read by whoever sent the request. */
  authorize: (target: LayersTarget) => Promise<void>;
}

/** The streams of a server. */
export class Streams {
  readonly #events: EventsByOrganization;
  readonly #limits: NonNullable<ServerSettings['push']>;
  readonly #byViewer = new Map<string, number>();
  /** Until when something may be sent to a viewer, by its key: a stream that another one replaces was allowed it as long. */
  readonly #allowed = new Map<string, Map<string, number>>();

  constructor(events: EventsByOrganization, limits: NonNullable<ServerSettings['push']>) {
    this.#events = events;
    this.#limits = limits;
  }

  /**
   * The response to `POST …/v1/events`: what changes of what the caller may see, until the browser disconnects.
   *
   * @throws Refusal 400 for a request that can't be used, 429 or 503 if there are too many streams, or 500 if `authorize` fails
   */
  async open(context: Context, asker: StreamCaller): Promise<Response> {
    const { request, text, caller } = asker;
    const asked = eventsRequest(text, request.headers.get(OFFER_HEADER));
    const organization = await caller.organization();
    const name = JSON.stringify([organization, await caller.turn()]);
    this.#enter(name);
    let isOpen = false;
    try {
      // Only the partner knows which header says who somebody is.
      const known = (await caller.viewer()) === null ? new Map<string, number>() : this.#allowedOf(name);
      const allowed = await permitted(asked, asker, { known, ms: this.#limits.reauthorizeMs });
      const events = this.#events.of(organization);
      const viewer = events.join(allowed, resumedFrom(request.headers.get('last-event-id'), events.instance, events.seq));
      for (const each of asked.follow) if (!allowed.follow.includes(each)) refuse(viewer, each);
      isOpen = true;
      const leave = once(() => {
        events.leave(viewer);
        this.#exit(name);
      });
      const response = streamSSE(context, async (stream) => {
        stream.onAbort(leave);
        // Some of it may have been asked on the stream that this one replaces.
        let authorizedAt = oldestOf(allowed, known) - this.#limits.reauthorizeMs;
        try {
          for (let event = await viewer.next(); event !== null && !stream.aborted; event = await viewer.next()) {
            await stream.writeSSE(event);
            if (monotonicNow() - authorizedAt < this.#limits.reauthorizeMs) continue;
            authorizedAt = monotonicNow();
            void this.#permitAgain(viewer, allowed, asker, known).catch(leave);
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
    } finally {
      if (!isOpen) this.#exit(name);
    }
  }

  /** Takes from an open stream what its viewer may no longer see. */
  async #permitAgain(viewer: Viewer, asked: EventsRequest, asker: StreamCaller, known: Map<string, number>): Promise<void> {
    const { follow, projects } = asked;
    for (const key of keysOf(asked)) known.delete(key);
    const allowed = await permitted(asked, asker, { known, ms: this.#limits.reauthorizeMs });
    for (const each of follow) if (!allowed.follow.includes(each)) refuse(viewer, each);
    // A stream says at its beginning which lists it follows: the browser asks again.
    if (allowed.projects.length < projects.length) viewer.end();
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

  #allowedOf(name: string): Map<string, number> {
    const allowed = this.#allowed.get(name) ?? new Map<string, number>();
    this.#allowed.set(name, allowed);
    return allowed;
  }

  #exit(name: string): void {
    const own = (this.#byViewer.get(name) ?? 1) - 1;
    if (own > 0) this.#byViewer.set(name, own);
    else {
      this.#byViewer.delete(name);
      this.#allowed.delete(name);
    }
  }
}

const keysOf = ({ follow, projects }: EventsRequest) => [...follow.map(followKey), ...projects.map((id) => `list ${id}`)];

/** Until when the first of it that has to be asked again was allowed; `Infinity`: there is nothing. */
const oldestOf = (allowed: EventsRequest, known: ReadonlyMap<string, number>) =>
  Math.min(...keysOf(allowed).map((key) => known.get(key) ?? Number.NEGATIVE_INFINITY));

/**
 * The part of a request that `authorize` allows, item by item.
 *
 * @param known until when what was allowed needn't be asked again, by key; taken in and added to
 * @throws Refusal 500 if `authorize` fails
 */
async function permitted(
  { follow, projects }: EventsRequest,
  { authorize }: StreamCaller,
  { known, ms }: { known: Map<string, number>; ms: number },
): Promise<EventsRequest> {
  const now = monotonicNow();
  for (const [key, until] of known) if (until <= now) known.delete(key);
  const targets = new Map<string, LayersTarget>();
  for (const each of follow) {
    const { id, wants } = each;
    const target = wants.includes('job') ? ({ kind: 'job', jobId: id } as const) : ({ kind: 'container', containerId: id } as const);
    targets.set(followKey(each), { action: 'read', ...target });
  }
  for (const projectId of projects) targets.set(`list ${projectId}`, { action: 'read', kind: 'list', projectId });
  const allowed = new Set<string>();
  const waiting = [...targets];
  const ask = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [key, target] = next;
      try {
        if (!known.has(key)) {
          await authorize(target);
          known.set(key, now + ms);
        }
        allowed.add(key);
      } catch (error) {
        if (asRefusal(error).status !== 404) throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  return {
    follow: follow.filter((each) => allowed.has(followKey(each))),
    projects: projects.filter((id) => allowed.has(`list ${id}`)),
  };
}

/** Tells a viewer that something isn't theirs to see, as a read of it is answered. */
function refuse(viewer: Viewer, { id, wants }: FollowRequest): void {
  const { status, code, message } = notFound();
  const read = wants.includes('job') ? 'job' : 'record';
  viewer.refuse({ kind: 'error', id, read, error: { code, message, status }, at: Math.round(monotonicNow()) });
}

function once(run: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) run();
    isDone = true;
  };
}
