import { attempt } from '../internal/attempt.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import { uuid } from '../internal/uuid.js';

/** What {@link Tabs} needs from its tab. */
export interface TabsHost<Follow, News> {
  /** Only a visible tab leads. */
  isVisible(): boolean;
  /** Whether the leader should read for this tab while it is hidden. */
  isAwaiting(): boolean;
  /** What this tab follows, as plain JSON. */
  follows(): Follow;
  /** In the leader: follows it for another tab, which followed `before` until now. Returns what ends this, which is called before {@link leads} says `false`. */
  followFor(follow: Follow, tab: string, before: Follow | undefined): () => void;
  /** This tab became the leader, or stopped being it. */
  leads(isLeader: boolean): void;
  /** News from another tab. */
  news(news: News): void;
}

/** `lead`: a tab became the leader, or is it still; followers respond with `follow`. `follow`: what a tab follows; `null` when it leaves. */
type Message<Follow, News> = { kind: 'lead' } | { kind: 'follow'; follow: Follow | null } | { kind: 'news'; news: News };

/** Tabs with different versions of these messages, before and after an upgrade of the package, ignore each other. */
const VERSION = 1;
/** The heartbeat interval of a leader with followers, in milliseconds. */
const BEAT_MS = 2_000;
/** After this silence of the leader tab, in milliseconds, another one stands in for it. A busy machine delays a heartbeat or two. */
const SILENCE_MS = 5_000;
/** A follower silent for longer than this is dropped, in milliseconds. */
const GONE_AFTER_MS = 10_000;

/**
 * Leader election and messages between the tabs of one origin and name. The leader is a visible tab that holds a Web Lock; messages use a `BroadcastChannel`.
 * While it is silent, one of the others stands in for it: the one that holds a second lock. Without locks or channel, each tab leads itself. Only a leader
 * with followers has a timer. Nothing here throws.
 */
export class Tabs<Follow, News> {
  /** Identifies this tab. */
  readonly id = uuid();
  readonly #host: TabsHost<Follow, News>;
  readonly #name: string;
  readonly #closing = new AbortController();
  /** Open while this tab is among the others; without one, a leader leads only itself. */
  #channel: BroadcastChannel | undefined;
  /** A visible tab's wait for the lock, and then its hold on it. */
  #line: AbortController | undefined;
  /** The same for the lock of the one that stands in for a silent leader. */
  #standing: AbortController | undefined;
  #isLeader = false;
  #leader: string | undefined;
  /** When the leader last sent anything, or was first expected to. */
  #heardAt = Number.NEGATIVE_INFINITY;
  /** In the leader: what each follower follows, and when it last said so. */
  readonly #followers = new Map<string, { follow: Follow; said: string; heardAt: number; end: () => void }>();
  #beats: ReturnType<typeof setInterval> | undefined;
  #isTelling = false;

  /** Joins the other tabs. @param name tabs with different names ignore each other: see `connectionName` */
  constructor(name: string, host: TabsHost<Follow, News>) {
    this.#name = `layers-react tabs ${name}`;
    this.#host = host;
    // An open channel or a held lock keeps a page out of the back/forward cache in some browsers.
    const { signal } = this.#closing;
    window.addEventListener('pagehide', () => this.#leave(), { signal });
    window.addEventListener('pageshow', ({ persisted }) => persisted && this.#join(), { signal });
    document.addEventListener('freeze', () => this.#leave(), { signal });
    document.addEventListener('resume', () => this.#join(), { signal });
    this.#join();
  }

  /** Whether this tab leads. */
  get leads(): boolean {
    return this.#isLeader;
  }

  /** When the leader counts as silent, if it says nothing until then, on the clock of `monotonicNow`. */
  get silentAt(): number {
    return this.#heardAt + SILENCE_MS;
  }

  /** Leads in place of a silent leader, as soon as no other tab does. */
  standIn(): void {
    if (this.#isLeader || this.#channel === undefined || this.#standing !== undefined) return;
    const standing = new AbortController();
    this.#standing = standing;
    void this.#holdLock(`${this.#name} stand-in`, standing.signal, () => {
      if (this.silentAt <= monotonicNow()) this.#setLeader(true);
      else this.#standDown();
    });
  }

  /** Reports that what this tab follows, or its visibility, may have changed: a visible tab waits to become the leader; a hidden one resigns. */
  changed(): void {
    if (this.#channel === undefined) return;
    const isVisible = this.#host.isVisible();
    if (isVisible && this.#line === undefined) return this.#arrive();
    if (!isVisible) this.#leaveLine();
    if (this.#isTelling) return;
    this.#isTelling = true;
    // Changes of one moment are told together.
    queueMicrotask(() => {
      this.#isTelling = false;
      this.#tellFollows();
    });
  }

  /** Broadcasts news to all other tabs. */
  tell(news: News): void {
    this.#say({ kind: 'news', news });
  }

  /** Leaves the other tabs permanently. */
  close(): void {
    this.#closing.abort();
    this.#leave();
    this.#setLeader(false);
  }

  #join(): void {
    if (this.#channel !== undefined || this.#isLeader) return;
    try {
      this.#channel = new BroadcastChannel(this.#name);
    } catch {
      return this.#setLeader(true);
    }
    this.#channel.addEventListener('message', ({ data }) => {
      // What isn't of the expected shape is nothing to this tab.
      if (data?.v === VERSION && typeof data.from === 'string') attempt(() => this.#hear(data.from, data));
    });
    this.#arrive();
  }

  #leave(): void {
    if (this.#channel === undefined) return;
    this.#say({ kind: 'follow', follow: null });
    this.#channel.close();
    this.#channel = undefined;
    this.#resign();
  }

  #arrive(): void {
    this.#heardAt = monotonicNow();
    this.#tellFollows();
    if (!this.#host.isVisible()) return;
    this.#line = new AbortController();
    void this.#holdLock(this.#name, this.#line.signal, () => {
      // Nobody is stood in for any more.
      this.#standing?.abort();
      this.#standing = undefined;
      this.#setLeader(true);
    });
  }

  /** Waits for a lock, and holds it until the signal says otherwise. */
  async #holdLock(name: string, signal: AbortSignal, onGranted: () => void): Promise<void> {
    try {
      await navigator.locks.request(name, { signal }, () => {
        // Granted just as the wait was canceled: returning releases the lock.
        if (!signal.aborted) onGranted();
        if (signal.aborted) return undefined;
        return new Promise<void>((release) => signal.addEventListener('abort', () => release(), { once: true }));
      });
    } catch {
      // The browser has no Web Locks, refuses them here, or revoked the lock.
      if (signal.aborted) return;
      this.#leave();
      this.#setLeader(true);
    }
  }

  /** Cancels the wait for the locks, or releases them. */
  #resign(): void {
    this.#line?.abort();
    this.#line = undefined;
    this.#standDown();
  }

  /** Only a visible tab leads; one that stands in does so also for what it awaits while it is hidden. */
  #leaveLine(): void {
    if (this.#standing === undefined || !this.#host.isAwaiting()) return this.#resign();
    this.#line?.abort();
    this.#line = undefined;
  }

  /** No longer leads, in its own right or for another, nor waits to stand in. */
  #standDown(): void {
    this.#standing?.abort();
    this.#standing = undefined;
    this.#setLeader(false);
  }

  #setLeader(isLeader: boolean): void {
    if (isLeader === this.#isLeader) return;
    this.#isLeader = isLeader;
    this.#heardAt = monotonicNow();
    for (const tab of this.#followers.keys()) this.#drop(tab);
    if (isLeader) this.#say({ kind: 'lead' });
    this.#host.leads(isLeader);
  }

  #hear(from: string, message: Message<Follow, News>): void {
    // Its news is a sign of life, too: a busy machine delays its calls.
    if (from === this.#leader) this.#heardAt = monotonicNow();
    if (message.kind === 'news') this.#host.news(message.news);
    else if (message.kind === 'follow' && this.#isLeader) this.#keep(from, message.follow);
    else if (message.kind === 'lead') {
      // Another stands in for this tab, which is back.
      if (this.#isLeader && this.#standing === undefined) return this.#say({ kind: 'lead' });
      this.#standDown();
      this.#leader = from;
      this.#heardAt = monotonicNow();
      this.#tellFollows();
    }
  }

  #keep(tab: string, follow: Follow | null): void {
    if (follow === null) return this.#drop(tab);
    const known = this.#followers.get(tab);
    const said = JSON.stringify(follow);
    const end = known?.said === said ? known.end : this.#host.followFor(follow, tab, known?.follow);
    this.#followers.set(tab, { follow, said, heardAt: monotonicNow(), end });
    if (known === undefined) this.#say({ kind: 'lead' });
    else if (known.end !== end) known.end();
    this.#beats ??= setInterval(() => this.#beat(), BEAT_MS);
  }

  #beat(): void {
    for (const [tab, { heardAt }] of this.#followers) if (monotonicNow() - heardAt > GONE_AFTER_MS) this.#drop(tab);
    if (this.#followers.size > 0) this.#say({ kind: 'lead' });
  }

  #drop(tab: string): void {
    const follower = this.#followers.get(tab);
    this.#followers.delete(tab);
    if (this.#followers.size === 0) {
      clearInterval(this.#beats);
      this.#beats = undefined;
    }
    follower?.end();
  }

  /** The leader doesn't read for a hidden tab, unless it awaits something. */
  #tellFollows(): void {
    const isKept = this.#host.isVisible() || this.#host.isAwaiting();
    if (isKept && !this.#isLeader) this.#say({ kind: 'follow', follow: this.#host.follows() });
  }

  #say(message: Message<Follow, News>): void {
    try {
      this.#channel?.postMessage({ v: VERSION, from: this.id, ...message });
    } catch {
      // The browser closed the channel, or the payload can't be cloned: other tabs continue without it.
    }
  }
}
