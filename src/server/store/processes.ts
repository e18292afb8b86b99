import { keepNewest } from '../../internal/keepNewest.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import { isRecord, parseJson } from '../../model/plainJson.js';
import type { Link } from './link.js';

/** What {@link Processes} needs from its process. */
export interface ProcessesHost<Follow, News> {
  /** What this process follows, as plain JSON. */
  follows(): Follow;
  /**
   * In the leader: follows it for another process, which followed `before` until now; `undefined`: it is new, or may have missed news, and is to be told
   * everything. Returns a function that ends this; it is called before {@link leads} reports the end of leadership.
   */
  followFor(follow: Follow, process: string, before: Follow | undefined): () => void;
  /** This process became the leader, or stopped being it. */
  leads(isLeader: boolean): void;
  /** News from another process. To be checked: it comes over the network. */
  news(news: News): void;
}

const BEAT_MS = 500;
/** How long a lease outlives its last beat, in milliseconds: a killed leader is replaced then. */
const LEASE_MS = 2_000;
/** A follower silent for longer than this is dropped, in milliseconds. */
const GONE_AFTER_MS = 6_000;
/** How long the store keeps what a process follows, in milliseconds, and how often it is put there anew. */
const KEPT_MS = 60_000;
const KEEP_EVERY_MS = 20_000;

interface Follower<Follow> {
  revision: number;
  follow: Follow;
  heardAt: number;
  end: () => void;
}

/**
 * Elects one leader among the server processes of a key, and carries messages between them: the leader reads, the others send it what they follow and receive
 * news. What a process follows lies in the store, however much it is; messages only say that it has changed. News are numbered: a process that missed one is
 * told everything anew. While the store is away each process leads itself. With a store that isn't shared it leads at once, and has no timers.
 *
 * Nothing here throws, unless the host does.
 */
export class Processes<Follow, News> {
  readonly #link: Link;
  readonly #name: string;
  readonly #host: ProcessesHost<Follow, News>;
  readonly #followers = new Map<string, Follower<Follow>>();
  /** Of each other process, the number of its latest news. */
  readonly #heard = new Map<string, number>();
  readonly #stop: () => void;
  /** The leader that was told what this process follows. */
  #leader: string | undefined;
  #isLeader = false;
  #isClosed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #said = '';
  /** Grows from one instance to the next, too: the leader may not have heard that an earlier one left. */
  #revision = monotonicNow();
  #keptAt = Number.NEGATIVE_INFINITY;
  #newsSent = 0;
  #isTelling = false;

  /** @param name processes with different names ignore each other */
  constructor(link: Link, name: string, host: ProcessesHost<Follow, News>) {
    this.#link = link;
    this.#name = name;
    this.#host = host;
    this.#stop = link.listen({ message: (kind, body, from) => this.#hear(kind, body, from), changed: () => void this.#elect() });
    if (!link.isShared) this.#setLeader(true);
    else void this.#beat();
  }

  /** Whether this process reads for all. */
  get isLeader(): boolean {
    return this.#isLeader;
  }

  /** Reports that what this process follows may have changed. */
  changed(): void {
    if (this.#isTelling || this.#isLeader || this.#isClosed) return;
    this.#isTelling = true;
    // Changes of one moment are told together.
    queueMicrotask(() => {
      this.#isTelling = false;
      void this.#tellFollows();
    });
  }

  /** Sends news to all other processes. @returns `false`: they are too long to be sent, and don't count */
  tell(news: News): boolean {
    if (!this.#link.isShared || this.#isClosed) return true;
    const isSent = this.#say('news', { number: this.#newsSent + 1, news });
    if (isSent) this.#newsSent += 1;
    return isSent;
  }

  /** Leaves: another process can lead at once. */
  close(): void {
    if (this.#isClosed) return;
    const wasLeader = this.#isLeader;
    this.#isClosed = true;
    // In this order, and both at once: the link may be closed in a moment.
    if (wasLeader && this.#link.isShared) void this.#link.ask((store) => store.endLease(this.#name, this.#link.id));
    this.#say('leave', { wasLeader });
    clearTimeout(this.#timer);
    this.#stop();
    this.#setLeader(false);
  }

  async #beat(): Promise<void> {
    await this.#elect();
    if (this.#isClosed) return;
    for (const [process, { heardAt }] of this.#followers) if (monotonicNow() - heardAt > GONE_AFTER_MS) this.#drop(process);
    if (this.#isLeader) this.#say('lead', { number: this.#newsSent });
    else await this.#tellFollows();
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => void this.#beat(), BEAT_MS);
    if (typeof this.#timer === 'object') this.#timer.unref?.();
  }

  /** Takes the lease, or keeps it. */
  async #elect(): Promise<void> {
    const holds = await this.#link.ask((store) => store.lease(this.#name, this.#link.id, LEASE_MS));
    if (this.#isClosed) {
      if (holds) void this.#link.ask((store) => store.endLease(this.#name, this.#link.id));
      return;
    }
    this.#setLeader(holds ?? true);
  }

  #setLeader(isLeader: boolean): void {
    if (isLeader === this.#isLeader) return;
    this.#isLeader = isLeader;
    for (const process of this.#followers.keys()) this.#drop(process);
    this.#leader = undefined;
    if (isLeader) this.#say('lead', { number: this.#newsSent });
    this.#host.leads(isLeader);
    if (!isLeader) this.changed();
  }

  /** @param isAnew the leader is to tell everything: something may have been missed */
  async #tellFollows(isAnew = false): Promise<void> {
    if (this.#isLeader || this.#isClosed) return;
    const said = JSON.stringify(this.#host.follows());
    const now = monotonicNow();
    if (said !== this.#said || isAnew || now - this.#keptAt > KEEP_EVERY_MS) {
      if (said !== this.#said || isAnew) this.#revision += 1;
      this.#said = said;
      this.#keptAt = now;
      await this.#link.ask((store) => store.set(`${this.#name} follows ${this.#link.id}`, said, KEPT_MS));
    }
    this.#say('follow', { revision: this.#revision, number: this.#newsSent, isAnew });
  }

  #hear(kind: string, message: unknown, from: string): void {
    if (!isRecord(message) || message['name'] !== this.#name || !isRecord(message['body'])) return;
    const body = message['body'];
    const number = isCount(body['number']) ? body['number'] : undefined;
    if (kind === 'news' && number !== undefined) {
      this.#count(from, number, 1);
      this.#host.news(body['news'] as News);
    } else if (kind === 'lead' && number !== undefined) {
      this.#count(from, number, 0);
      if (!this.#isLeader && this.#leader !== from) {
        this.#leader = from;
        void this.#tellFollows(true);
      }
    } else if (kind === 'follow' && number !== undefined && isCount(body['revision'])) {
      this.#count(from, number, 0);
      if (this.#isLeader) void this.#keep(from, body['revision'], body['isAnew'] === true);
    } else if (kind === 'leave') {
      this.#drop(from);
      this.#heard.delete(from);
      if (body['wasLeader'] === true) void this.#elect();
    }
  }

  /** @param step by how much the number of the latest news grows with this message */
  #count(from: string, number: number, step: 0 | 1): void {
    const before = this.#heard.get(from);
    keepNewest(this.#heard, from, number, 1_000);
    if (before !== undefined && number !== before + step) void this.#tellFollows(true);
  }

  async #keep(process: string, revision: number, isAnew: boolean): Promise<void> {
    const known = this.#followers.get(process);
    if (known !== undefined) known.heardAt = monotonicNow();
    if (known?.revision === revision) return;
    const kept = await this.#link.ask((store) => store.get(`${this.#name} follows ${process}`));
    const follow = kept ? parseJson(kept.value) : undefined;
    const before = this.#followers.get(process);
    if (follow === undefined || !this.#isLeader || this.#isClosed || (before !== undefined && before.revision >= revision)) return;
    const end = this.#host.followFor(follow as Follow, process, isAnew ? undefined : before?.follow);
    this.#followers.set(process, { revision, follow: follow as Follow, heardAt: monotonicNow(), end });
    if (before?.end !== end) before?.end();
  }

  #drop(process: string): void {
    const follower = this.#followers.get(process);
    this.#followers.delete(process);
    follower?.end();
  }

  #say(kind: string, body: object): boolean {
    return this.#link.say(kind, { name: this.#name, body });
  }
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
