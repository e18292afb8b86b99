import { keepNewest } from '../../internal/keepNewest.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import { uuid } from '../../internal/uuid.js';
import { BEAT_MS, type FollowRequest, MOST_FOLLOWED, type Pushed } from '../../schedule/pushed.js';
import { trackKey } from '../../schedule/track.js';
import type { Followed, Sent, Watcher } from './followed.js';

/** One event: its id, from which a stream can be continued, and its data. */
export interface StreamEvent {
  /** Without one, it is that of the event before. */
  id?: string;
  data: string;
}

/** If the last event is younger than this, in milliseconds, a beat is skipped: the next one comes before a browser takes the stream for dead. */
const QUIET_MS = BEAT_MS / 2;
/** Most rows of followed projects that wait for a slow reader. The oldest are dropped; the browser reads its lists anyway. */
const ROWS = 200;

/**
 * One stream: what its viewer follows, and what of it has changed since the last event. It holds no queue: who reads slowly gets the newest state of each
 * container, once.
 */
export class Viewer implements Watcher {
  readonly #followed: Followed;
  readonly #instance: string;
  readonly #left: (follow: FollowRequest) => void;
  readonly #follows = new Map<string, FollowRequest>();
  /** The projects whose lists it follows. */
  readonly projects = new Set<string>();
  /** Names this stream. */
  readonly id = uuid();
  /** What has changed since the last event. */
  readonly #dirty = new Set<string>();
  /** The last change that has arrived of what is newly followed. */
  readonly #since = new Map<string, number>();
  readonly #rows = new Map<string, Sent>();
  /** Whether it follows all that it is to follow: else the browser can't continue from its last event, which has no id. */
  isComplete = true;
  /** Whether the viewer asked for a container that `authorize` has denied, or hasn't decided yet. Its list row isn't sent either. */
  isWithheld: (key: string) => boolean = () => false;
  /** What isn't its viewer's to see, by key, as JSON. */
  readonly #refused = new Map<string, string>();
  #sentSeq: number;
  #sentAt = Number.NEGATIVE_INFINITY;
  #saidId: string | undefined;
  #isNamed = false;
  #isDue = true;
  #isOver = false;
  #wake: (() => void) | undefined;

  /**
   * @param sentSeq the last change that has arrived where a stream is continued
   * @param left called with what it no longer follows
   */
  constructor(followed: Followed, instance: string, sentSeq: number | null, left: (follow: FollowRequest) => void) {
    this.#followed = followed;
    this.#left = left;
    this.#instance = instance;
    this.#sentSeq = sentSeq ?? followed.seq;
  }

  get follows(): ReadonlyMap<string, FollowRequest> {
    return this.#follows;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** The last change that was sent. */
  get sentSeq(): number {
    return this.#sentSeq;
  }

  /** @param since the last change of it that has arrived; 0: none */
  follow(key: string, follow: FollowRequest, since: number): void {
    const before = this.#since.get(key) ?? since;
    this.unfollow(key);
    this.#follows.set(key, follow);
    this.#since.set(key, Math.min(before, since));
    this.#dirty.add(key);
    this.#followed.add(key, this);
    this.#arouse();
  }

  unfollow(key: string): void {
    const follow = this.#follows.get(key);
    if (follow === undefined) return;
    this.#follows.delete(key);
    this.#dirty.delete(key);
    this.#since.delete(key);
    this.#followed.remove(key, this);
    this.#left(follow);
  }

  changed(key: string): void {
    this.#dirty.add(key);
    this.#arouse();
  }

  listed(row: Sent): void {
    keepNewest(this.#rows, row.pushed.id, row, ROWS);
    this.#arouse();
  }

  /** Says why something isn't followed: once for each, and of the newest where there are many. */
  refuse(key: string, pushed: Pushed): void {
    keepNewest(this.#refused, key, JSON.stringify(pushed), MOST_FOLLOWED);
    this.#arouse();
  }

  /** An event is due, even if nothing has changed, unless one was sent a moment ago. */
  beat(): void {
    if (monotonicNow() - this.#sentAt < QUIET_MS) return;
    this.#isDue = true;
    this.#arouse();
  }

  /** Ends the stream, and follows nothing any more. */
  end(): void {
    this.#isOver = true;
    for (const key of [...this.#follows.keys()]) this.unfollow(key);
    this.#arouse();
  }

  /** The next event, as soon as there is anything to tell; `null`: the stream is over. */
  async next(): Promise<StreamEvent | null> {
    while (!this.#isOver && !this.#isDue && this.#dirty.size === 0 && this.#rows.size === 0 && this.#refused.size === 0)
      await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#isOver ? null : this.#event();
  }

  #arouse(): void {
    this.#wake?.();
    this.#wake = undefined;
  }

  #event(): StreamEvent {
    const texts = [...this.#refused.values()];
    this.#refused.clear();
    for (const key of this.#dirty) {
      const since = this.#since.get(key) ?? this.#sentSeq;
      for (const { seq, text } of this.#followed.reads(key)) if (seq > since) texts.push(text);
    }
    for (const [id, { text }] of this.#rows) {
      const key = trackKey({ id, wants: 'status' });
      if (!this.#follows.has(key) && !this.isWithheld(key)) texts.push(text);
    }
    this.#dirty.clear();
    this.#since.clear();
    this.#rows.clear();
    this.#isDue = false;
    this.#sentAt = monotonicNow();
    this.#sentSeq = this.#followed.seq;
    const readAt = this.#readAt();
    const parts = [`"now":${Math.round(monotonicNow())}`];
    if (readAt !== null) parts.push(`"readAt":${readAt}`);
    if (texts.length > 0) parts.push(`"told":[${texts.join(',')}]`);
    if (!this.#isNamed) parts.push(`"stream":"${this.id}"`);
    this.#isNamed = true;
    const data = `{${parts.join()}}`;
    const id = this.isComplete ? `${this.#instance}.${this.#sentSeq}` : this.#saidId;
    if (id === undefined || id === this.#saidId) return { data };
    this.#saidId = id;
    return { id, data };
  }

  #readAt(): number | null {
    let oldest: number | null = null;
    for (const key of this.#follows.keys()) {
      const at = this.#followed.readAt(key);
      if (at !== null && (oldest === null || at < oldest)) oldest = at;
    }
    return oldest === null ? null : Math.floor(oldest);
  }
}
