import { monotonicNow } from '../../internal/monotonicNow.js';
import { type EventsRequest, followKey, type FollowRequest, type Pushed } from '../../schedule/pushed.js';
import { asRefusal, notFound } from '../refusal.js';
import type { LayersTarget } from '../routes.js';
import type { Events } from './events.js';
import { listKey } from './listReads.js';
import { isSameWay, shareAmong } from './readings.js';
import type { Viewer } from './viewer.js';

/** How many questions about one stream are asked at a time. Each that fails makes it one less: an `authorize` that fails isn't asked hundreds of times. */
const AT_ONCE = 8;

/** Asks `authorize` anew. Throws a Refusal 404 unless the target may be read, and a Refusal 500 if `authorize` fails. */
export type Authorize = (target: LayersTarget) => Promise<void>;

/** Something that a stream is to follow. */
interface Wish {
  item: { follow: FollowRequest } | { projectId: string };
  /** The last change of it that has arrived. */
  since: number;
  /** Whether its viewer was told that it isn't theirs. */
  isDenied: boolean;
}

/** What {@link OpenStream} needs. */
interface StreamHost {
  events: Events;
  viewer: Viewer;
  /** Whose it is, so that nobody else changes it. */
  name: string;
  /** Asks on behalf of whoever sent a request with these headers and this body. */
  authorizeFor: (headers: Headers, body: string) => Authorize;
  /** How many streams its viewer has open. */
  streams: () => number;
  /** Tells the operator why `authorize` failed. */
  report: (error: unknown) => void;
}

/**
 * One stream from its request to its end. It follows each thing as soon as `authorize` allows it. Thousands are open at once: what it keeps is little.
 */
export class OpenStream {
  readonly viewer: Viewer;
  readonly name: string;
  readonly #host: StreamHost;
  /** Of the request that changed it last: `authorize` is asked about it again. */
  #headers: Headers;
  /** `null` while nothing is asked. */
  #authorize: Authorize | null = null;
  /** What is to be asked about, in this order; what is being asked about; and what isn't followed now, but asked about again with everything else. */
  readonly #waiting = new Map<string, Wish>();
  readonly #asking = new Map<string, Wish>();
  readonly #later = new Map<string, Wish>();
  #running = 0;
  /** What was reported since nothing was asked. */
  readonly #reported = new Set<string>();

  constructor(host: StreamHost, headers: Headers) {
    this.#host = host;
    this.viewer = host.viewer;
    this.name = host.name;
    this.#headers = headers;
    host.viewer.isWithheld = (key) => this.#waiting.has(key) || this.#asking.has(key) || this.#later.has(key);
  }

  /** Follows this from now on, and nothing else. Only what is new is asked of `authorize`. @param text the request's body */
  want(request: EventsRequest, text: string, headers: Headers): void {
    const { events, viewer, streams } = this.#host;
    const share = shareAmong(request.follow.length * streams());
    const asked = { ...request, follow: request.follow.map((each) => ({ ...each, share })) };
    this.#headers = headers;
    this.#authorize = this.#host.authorizeFor(headers, text);
    const wishes = this.#wishesOf(asked);
    for (const known of [this.#waiting, this.#asking, this.#later]) for (const key of known.keys()) if (!wishes.has(key)) known.delete(key);
    for (const key of [...viewer.follows.keys()]) if (!wishes.has(key)) viewer.unfollow(key);
    for (const projectId of [...viewer.projects]) if (!wishes.has(listKey(projectId))) events.unfollow(viewer, { projectId });
    for (const each of asked.follow) {
      const before = viewer.follows.get(followKey(each));
      if (before && !(each.isKnown && isSameWay(before, each))) events.follow(viewer, { follow: each }, each.isKnown ? viewer.sentSeq : 0);
    }
    for (const [key, wish] of wishes) {
      const known = this.#waiting.get(key) ?? this.#asking.get(key) ?? this.#later.get(key);
      if (known) known.item = wish.item;
      else if (!this.#isFollowed(wish)) this.#waiting.set(key, wish);
    }
    this.#ask();
  }

  /** Asks again about everything: what may no longer be seen is told no more, what may be seen by now is. */
  askAgain(): void {
    const { viewer, authorizeFor } = this.#host;
    const later = [...this.#later.values()].map(({ item }) => item);
    const follow = [...viewer.follows.values(), ...later.flatMap((item) => ('follow' in item ? item.follow : []))];
    const projects = [...viewer.projects, ...later.flatMap((item) => ('projectId' in item ? item.projectId : []))];
    const asked: EventsRequest = { stream: null, follow, projects };
    this.#authorize = authorizeFor(this.#headers, JSON.stringify(asked));
    for (const [key, wish] of this.#wishesOf(asked)) this.#waiting.set(key, this.#later.get(key) ?? wish);
    this.#later.clear();
    this.#ask();
  }

  #wishesOf({ follow, projects }: EventsRequest): Map<string, Wish> {
    const { sentSeq } = this.viewer;
    const wishes = new Map<string, Wish>();
    for (const each of follow) wishes.set(followKey(each), { item: { follow: each }, since: each.isKnown ? sentSeq : 0, isDenied: false });
    for (const projectId of projects) wishes.set(listKey(projectId), { item: { projectId }, since: sentSeq, isDenied: false });
    return wishes;
  }

  #isFollowed({ item }: Wish): boolean {
    return 'follow' in item ? this.viewer.follows.has(followKey(item.follow)) : this.viewer.projects.has(item.projectId);
  }

  #ask(): void {
    for (let idle = Math.min(AT_ONCE - this.#running, this.#waiting.size); idle > 0; idle -= 1) void this.#run();
    this.#rest();
  }

  async #run(): Promise<void> {
    this.#running += 1;
    try {
      for (let [next] = this.#waiting; next !== undefined && !this.viewer.isOver; [next] = this.#waiting) await this.#decide(...next);
    } catch (error) {
      this.#report(error);
    }
    this.#running -= 1;
    this.#rest();
  }

  /** @throws whatever `authorize` fails with: then it isn't followed, and asked about later */
  async #decide(key: string, wish: Wish): Promise<void> {
    this.#waiting.delete(key);
    this.#asking.set(key, wish);
    let denial: unknown;
    try {
      await this.#authorize?.(targetOf(wish));
    } catch (error) {
      denial = error;
    }
    const current = this.#asking.get(key);
    this.#asking.delete(key);
    const isFailure = denial !== undefined && asRefusal(denial).status !== 404;
    // Nobody wants it any more, or another answer came first.
    if (current !== undefined && !this.viewer.isOver)
      this.#apply(key, current, denial === undefined ? 'allowed' : isFailure ? 'failed' : 'denied');
    if (isFailure) throw denial;
    if (denial !== undefined) this.#report(denial);
  }

  #apply(key: string, wish: Wish, answer: 'allowed' | 'denied' | 'failed'): void {
    const { events, viewer } = this.#host;
    const isFollowed = this.#isFollowed(wish);
    if (answer === 'allowed') {
      wish.isDenied = false;
      if (!isFollowed) events.follow(viewer, wish.item, wish.since);
      return;
    }
    // Whether it may still be told isn't known. The browser polls until it has another stream, and is told why.
    if (answer === 'failed' && isFollowed) return viewer.end();
    this.#later.set(key, wish);
    if (answer === 'failed' || wish.isDenied) return;
    wish.isDenied = true;
    events.unfollow(viewer, wish.item);
    viewer.refuse(key, refusalOf(wish));
  }

  /** Of one failure that many items run into, the operator is told once. */
  #report(error: unknown): void {
    const { report } = asRefusal(error);
    if (report === null || this.#reported.has(report.message)) return;
    this.#reported.add(report.message);
    this.#host.report(error);
  }

  #rest(): void {
    this.viewer.isComplete = this.#waiting.size + this.#asking.size === 0 && [...this.#later.values()].every(({ isDenied }) => isDenied);
    if (this.#running > 0) return;
    // Loops that failed leave others unasked.
    for (const [key, wish] of this.#waiting) this.#later.set(key, wish);
    this.#waiting.clear();
    this.#authorize = null;
    this.#reported.clear();
  }
}

function targetOf({ item }: Wish): LayersTarget {
  if ('projectId' in item) return { action: 'read', kind: 'list', projectId: item.projectId };
  const { id, wants } = item.follow;
  return wants.includes('job') ? { action: 'read', kind: 'job', jobId: id } : { action: 'read', kind: 'container', containerId: id };
}

/** A viewer gets the same error for something they may not see as a read of it would give. */
function refusalOf({ item }: Wish): Pushed {
  const { status, code, message } = notFound();
  const read = 'projectId' in item ? 'list' : item.follow.wants.includes('job') ? 'job' : 'record';
  const id = 'projectId' in item ? item.projectId : item.follow.id;
  return { kind: 'error', id, read, error: { code, message, status }, at: Math.round(monotonicNow()) };
}
