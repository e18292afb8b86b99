import { Alarm } from '../../internal/alarm.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import { isLayersError } from '../../model/errors.js';
import { type EventsRequest, followKey, type FollowRequest, MOST_FOLLOWED, type PushMessage, toldFrom } from '../../schedule/pushed.js';
import { isOff } from '../../schedule/cadence.js';
import type { LayersClient } from '../../schedule/scheduledClient.js';
import type { PushSource } from '../../schedule/sources.js';
import type { Told } from '../../schedule/told.js';
import { keyOf, trackKey } from '../../schedule/track.js';
import { changeStream, pauseAfter, readStream } from './stream.js';

/** After so long without an event, in milliseconds, a stream counts as dead: they come every 2 s. */
const SILENCE_MS = 4_500;
/** After how many milliseconds changes of what is followed are sent together: soon where something new is awaited, late where something just isn't any more. */
const GATHER_MS = { new: 50, known: 500, less: 5_000 } as const;
/** One stream. */
interface Stream {
  abort: AbortController;
  /** Its name on the server, from its first event on; `null`: it can't be changed. */
  id: string | null;
  /** The keys of what it follows. */
  follow: ReadonlySet<string>;
  /** What it follows, to compare. */
  said: string;
  /** How far this clock is ahead of the server's, at most, in milliseconds; `null`: no event has come. */
  offset: number | null;
  heardAt: number;
  /** What it was asked to follow from now on; `null`: nothing else. */
  change: { abort: AbortController; said: string; at: number } | null;
}

/** Follows by push what this client follows, in the leader tab while it is visible. What was pushed isn't polled, until the stream ends or falls silent. */
export class Push implements PushSource {
  readonly #client: LayersClient;
  readonly #alarm = new Alarm(() => this.look());
  /** What the current stream has told of. */
  readonly #covered = new Set<string>();
  #stream: Stream | undefined;
  /** A stream that replaces it, where it couldn't be changed, until its first event. */
  #next: Stream | undefined;
  #lastEventId: string | null = null;
  #failures = 0;
  #retryAt = 0;
  /** When what is followed was first seen to differ from what the stream follows; `null`: it doesn't. */
  #differsAt: number | null = null;

  constructor(client: LayersClient) {
    this.#client = client;
  }

  has(key: string): boolean {
    return this.#covered.has(key);
  }

  get isOpen(): boolean {
    return this.#stream !== undefined;
  }

  offered(): void {
    // Known since this exists.
  }

  /** Opens, changes or ends the stream, as what is followed and who leads have changed. */
  look(): void {
    const now = monotonicNow();
    for (const stream of [this.#stream, this.#next])
      if (stream) {
        if (now - stream.heardAt >= SILENCE_MS) this.#fail(stream, null);
        else this.#alarm.by(stream.heardAt + SILENCE_MS);
        if (stream.change && now - stream.change.at >= SILENCE_MS) stream.change.abort.abort();
      }
    const { schedule } = this.#client;
    const isWanted = schedule.leads && (schedule.page.isVisible || schedule.page.isAnythingAwaited);
    const body = isWanted ? this.#request() : undefined;
    if (body === undefined || body.follow.length === 0) return this.close();
    const said = signature(body);
    const current = this.#next ?? this.#stream;
    if (said === (current?.change ?? current)?.said) {
      this.#differsAt = null;
      return;
    }
    this.#differsAt ??= now;
    const at = Math.max(this.#differsAt + GATHER_MS[differenceOf(body, said, current)], this.#retryAt);
    if (at > now) return this.#alarm.by(at);
    if (current?.change) return;
    this.#differsAt = null;
    if (current?.id != null) this.#change(current, current.id, body, said);
    else this.#open(body, said);
  }

  /** Ends the stream, until {@link look} opens one. */
  close(): void {
    for (const stream of [this.#stream, this.#next]) if (stream) end(stream);
    this.#stream = undefined;
    this.#next = undefined;
    this.#differsAt = null;
    this.#covered.clear();
    this.#alarm.clear();
  }

  #request(): EventsRequest {
    const { schedule } = this.#client;
    const follow = new Map<string, FollowRequest>();
    for (const { follow: each, isOnScreen } of schedule.follows()) {
      // Polling was disabled: it stays as it is.
      if (isOff(each.interval)) continue;
      const key = trackKey(each);
      const known = follow.get(key);
      if (known === undefined) follow.set(key, { id: each.id, wants: [each.wants], isOnScreen, isKnown: this.#covered.has(key) });
      else if (!known.wants.includes(each.wants)) known.wants.push(each.wants);
    }
    const projects = [...schedule.projectIds()].slice(0, MOST_FOLLOWED / 5);
    const all = [...follow.values()].sort((one, other) => Number(other.isOnScreen) - Number(one.isOnScreen));
    return { stream: null, follow: all.slice(0, MOST_FOLLOWED - projects.length), projects };
  }

  #open(body: EventsRequest, said: string): void {
    if (this.#next) end(this.#next);
    const stream: Stream = {
      abort: new AbortController(),
      id: null,
      follow: keysOf(body),
      said,
      offset: null,
      heardAt: monotonicNow(),
      change: null,
    };
    this.#next = stream;
    this.#alarm.by(stream.heardAt + SILENCE_MS);
    const lastEventId = body.follow.some(({ isKnown }) => isKnown) ? this.#lastEventId : null;
    readStream(this.#client.settings, body, lastEventId, stream.abort.signal, (message, id) => this.#hear(stream, message, id)).then(
      () => this.#fail(stream, null),
      (error: unknown) => this.#fail(stream, error),
    );
  }

  #change(stream: Stream, id: string, body: EventsRequest, said: string): void {
    const abort = new AbortController();
    const follow = keysOf(body);
    stream.change = { abort, said, at: monotonicNow() };
    // Events of what is new can come before the response.
    stream.follow = new Set([...stream.follow, ...follow]);
    this.#alarm.by(stream.change.at + SILENCE_MS);
    changeStream(this.#client.settings, { ...body, stream: id }, abort.signal)
      .then(() => {
        Object.assign(stream, { follow, said });
        if (stream === this.#stream) this.#forgetOthers(follow);
      })
      // It may have ended, or another process of the server may have been asked.
      .catch(() => {
        if (stream === this.#stream) this.#open(body, said);
      })
      .finally(() => {
        stream.change = null;
        // Unless all was closed meanwhile: nothing is opened for a client that isn't used any more.
        if (this.#stream || this.#next) this.look();
      });
  }

  #hear(stream: Stream, message: PushMessage, id: string | null): void {
    if (stream.abort.signal.aborted) return;
    const now = monotonicNow();
    // This machine's clock was set ahead: with the old offset whatever comes would look that old for as long as the stream lasts.
    if (stream.offset !== null && now - message.now - stream.offset >= SILENCE_MS) return this.#fail(stream, null);
    if (stream === this.#next) this.#replace(stream);
    stream.heardAt = now;
    stream.offset = Math.min(stream.offset ?? Number.POSITIVE_INFINITY, now - message.now);
    const { offset } = stream;
    this.#failures = 0;
    this.#lastEventId = id ?? this.#lastEventId;
    stream.id ??= message.stream;
    const told = message.told.flatMap((pushed) => toldFrom(pushed, Math.min(now, pushed.at + offset)) ?? []);
    for (const each of told) {
      const key = keyOf(each);
      // What is refused isn't pushed any more: it is asked for again by itself, as late as a refused read is.
      if (each.kind === 'error' && !(isLayersError(each.error) && each.error.retryable)) this.#covered.delete(key);
      else if (stream.follow.has(key)) this.#covered.add(key);
    }
    const { schedule } = this.#client;
    const readAt = message.readAt === null ? null : Math.min(now, message.readAt + offset);
    const unchanged =
      readAt === null
        ? []
        : [...this.#covered]
            .filter((key) => schedule.isAwaited(key) && !schedule.isFailing(key))
            .map((key): Told => ({ kind: 'unchanged', id: key, askedAt: readAt }));
    schedule.tell([...told, ...unchanged]);
    this.#alarm.by(now + SILENCE_MS);
  }

  #replace(stream: Stream): void {
    if (this.#stream) end(this.#stream);
    this.#stream = stream;
    this.#next = undefined;
    this.#forgetOthers(stream.follow);
  }

  /** What isn't followed any more isn't pushed. */
  #forgetOthers(follow: ReadonlySet<string>): void {
    for (const key of this.#covered) if (!follow.has(key)) this.#covered.delete(key);
  }

  #fail(stream: Stream, error: unknown): void {
    if (stream !== this.#stream && stream !== this.#next) return;
    const isCurrent = stream === this.#stream;
    end(stream);
    if (isCurrent) this.#stream = undefined;
    else this.#next = undefined;
    this.#failures += 1;
    this.#retryAt = monotonicNow() + pauseAfter(error, this.#failures);
    this.#differsAt = null;
    if (!isCurrent) return;
    this.#covered.clear();
    this.#client.schedule.wake();
  }
}

function end({ abort, change }: Stream): void {
  abort.abort();
  change?.abort.abort();
}

const keysOf = ({ follow }: EventsRequest) => new Set(follow.map(followKey));

/** What is to be followed other than a stream follows: something new, the same in another way, or less. */
function differenceOf(body: EventsRequest, said: string, current: Stream | undefined): keyof typeof GATHER_MS {
  if (current === undefined || [...keysOf(body)].some((key) => !current.follow.has(key))) return 'new';
  const before = new Set(current.said.split('\n'));
  return said.split('\n').every((line) => before.has(line)) ? 'less' : 'known';
}

/** What a request follows, in whatever order. */
const signature = ({ follow, projects }: EventsRequest) =>
  [...follow.map(({ id, wants, isOnScreen }) => `${id} ${wants.join()} ${isOnScreen}`), ...projects]
    .sort((one, other) => (one < other ? -1 : 1))
    .join('\n');
