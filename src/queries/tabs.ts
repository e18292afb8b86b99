import { monotonicNow } from '../internal/monotonicNow.js';
import { uuid } from '../internal/uuid.js';
import { pageLife } from './pageLife.js';
import { standInLine } from './tabLock.js';
import { isTabMessage, type TabMessage, VERSION } from './tabMessage.js';

/** What {@link Tabs} needs from its tab. */
export interface TabsHost<Follow, News> {
  /** Whether this tab is visible: only a visible tab leads. */
  isVisible(): boolean;
  /** Whether the leader should read for this tab while it is hidden. @default never */
  isAwaiting?(): boolean;
  /** What this tab follows, as plain JSON. */
  follows(): Follow;
  /** In the leader: what another tab follows; `null` when it left. Everything is withdrawn before {@link leads} reports the end of leadership. */
  followsOf(tab: string, follow: Follow | null): void;
  /** This tab became the leader, or stopped being it. */
  leads(isLeader: boolean): void;
  /** News from another tab. */
  news(news: News, from: string): void;
}

/** The heartbeat interval of a leader with followers, in milliseconds. */
const BEAT_MS = 2_000;
/** A follower responds to a heartbeat if it sent nothing for this long, in milliseconds. */
const ANSWER_AFTER_MS = 3_000;
/** A follower silent for longer than this is dropped, in milliseconds. */
const GONE_AFTER_MS = 10_000;
/** Changes of what a tab follows are batched for this long, in milliseconds. */
const TOGETHER_MS = 20;

/**
 * Leader election and messages between the tabs of one origin and name. The leader is a visible tab that holds a Web Lock; messages use a `BroadcastChannel`.
 * When the leader is closed or hidden, the next visible tab takes over at once. Without Web Locks or `BroadcastChannel` each tab leads itself.
 *
 * Followers have no timer, nor has a leader without followers. Nothing here throws.
 */
export class Tabs<Follow, News> {
  /** Identifies this tab. */
  readonly id = uuid();
  readonly #host: TabsHost<Follow, News>;
  readonly #name: string;
  #state: 'new' | 'open' | 'suspended' | 'alone' | 'closed' = 'new';
  #isVisible = false;
  #isLeader = false;
  #channel: BroadcastChannel | undefined;
  /** Cancels the wait for the lock, or releases it. */
  #leave = () => {};
  #leader: string | null = null;
  /** When the leader last sent something, or was first expected to. */
  #heardAt = Number.NEGATIVE_INFINITY;
  #saidAt = Number.NEGATIVE_INFINITY;
  /** In the leader: when each follower last sent something. */
  readonly #followers = new Map<string, number>();
  #beats: ReturnType<typeof setInterval> | undefined;
  #telling: ReturnType<typeof setTimeout> | undefined;
  #stopListening = () => {};

  /** @param name tabs with different names ignore each other: see `connectionName` */
  constructor(name: string, host: TabsHost<Follow, News>) {
    this.#name = `layers-react tabs ${name}`;
    this.#host = host;
  }

  /** Whether this tab is the leader. */
  get isLeader(): boolean {
    return this.#isLeader;
  }

  /** Whether the leader reads for this tab: a hidden tab only receives news, unless it awaits something. */
  get #isKept(): boolean {
    return this.#isVisible || (this.#host.isAwaiting?.() ?? false);
  }

  /** Joins the other tabs. */
  start(): void {
    if (this.#state !== 'new') return;
    this.#stopListening = pageLife({ suspend: () => this.#suspend(), resume: () => this.#open() });
    this.#open();
  }

  /** A visible tab waits to become the leader; a hidden one resigns. */
  setVisible(isVisible: boolean): void {
    if (isVisible === this.#isVisible) return;
    this.#isVisible = isVisible;
    if (this.#state !== 'open') return;
    if (!isVisible) return this.#leaveLine();
    this.#heardAt = monotonicNow();
    this.#tellFollows();
    this.#standInLine();
  }

  /** Reports that what this tab follows has changed. */
  followsChanged(): void {
    if (this.#state !== 'open' || this.#isLeader || !this.#isKept) return;
    this.#telling ??= setTimeout(() => this.#tellFollows(), TOGETHER_MS);
  }

  /** Broadcasts news to all other tabs. */
  tell(news: News): void {
    this.#say({ kind: 'news', news });
  }

  /** Milliseconds since the leader last sent anything, or was first expected to; 0 in the leader. */
  leaderSilentFor(now: number): number {
    return this.#isLeader ? 0 : Math.max(0, now - this.#heardAt);
  }

  /** Leaves the other tabs permanently. */
  close(): void {
    this.#suspend();
    this.#stopListening();
    this.#state = 'closed';
    this.#setLeader(false);
  }

  #open(): void {
    if (this.#state !== 'new' && this.#state !== 'suspended') return;
    this.#isVisible = this.#host.isVisible();
    this.#heardAt = monotonicNow();
    try {
      if (typeof document === 'undefined') return this.#workAlone();
      const channel = new BroadcastChannel(this.#name);
      channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (isTabMessage<Follow, News>(data)) this.#hear(data);
      });
      this.#channel = channel;
    } catch {
      return this.#workAlone();
    }
    this.#state = 'open';
    this.#tellFollows();
    if (this.#isVisible) this.#standInLine();
  }

  #suspend(): void {
    if (this.#state !== 'open') return;
    this.#state = 'suspended';
    this.#leaveLine();
    this.#say({ kind: 'bye' });
    this.#disconnect();
  }

  #disconnect(): void {
    this.#channel?.close();
    this.#channel = undefined;
    this.#leader = null;
    this.#stopTelling();
  }

  #workAlone(): void {
    this.#leaveLine();
    this.#disconnect();
    this.#state = 'alone';
    this.#setLeader(true);
  }

  #standInLine(): void {
    this.#leave = standInLine(this.#name, { granted: () => this.#setLeader(true), refused: () => this.#workAlone() });
  }

  #leaveLine(): void {
    this.#leave();
    this.#setLeader(false);
  }

  #setLeader(isLeader: boolean): void {
    if (isLeader === this.#isLeader) return;
    this.#isLeader = isLeader;
    this.#leader = null;
    this.#heardAt = monotonicNow();
    this.#stopTelling();
    for (const tab of this.#followers.keys()) this.#drop(tab);
    if (isLeader) this.#say({ kind: 'lead' });
    this.#host.leads(isLeader);
  }

  #hear(message: TabMessage<Follow, News>): void {
    const { from, kind } = message;
    const now = monotonicNow();
    if (from === this.#leader) this.#heardAt = now;
    if (this.#followers.has(from)) this.#followers.set(from, now);
    if (kind === 'news') return this.#host.news(message.news, from);
    if (this.#isLeader) this.#hearFollower(message, now);
    else this.#hearLeader(message, now);
  }

  #hearFollower(message: TabMessage<Follow, News>, now: number): void {
    const { from, kind } = message;
    if (kind === 'bye') return this.#drop(from);
    if (kind === 'here' && !this.#followers.has(from)) return this.#say({ kind: 'ask', to: from });
    if (kind !== 'follow') return;
    if (!this.#followers.has(from)) this.#say({ kind: 'beat' });
    this.#followers.set(from, now);
    this.#beats ??= setInterval(() => this.#beat(), BEAT_MS);
    this.#host.followsOf(from, message.follow);
  }

  #hearLeader(message: TabMessage<Follow, News>, now: number): void {
    const { from, kind } = message;
    if (kind === 'lead' || kind === 'beat') {
      this.#leader = from;
      this.#heardAt = now;
      if (kind === 'lead') this.#tellFollows();
      else if (this.#isKept && now - this.#saidAt >= ANSWER_AFTER_MS) this.#say({ kind: 'here' });
    }
    if (kind === 'ask' && message.to === this.id) this.#tellFollows();
    if (kind === 'bye' && from === this.#leader) this.#leader = null;
  }

  #beat(): void {
    const now = monotonicNow();
    for (const [tab, heardAt] of this.#followers) if (now - heardAt > GONE_AFTER_MS) this.#drop(tab);
    if (this.#followers.size > 0) this.#say({ kind: 'beat' });
  }

  #drop(tab: string): void {
    if (!this.#followers.delete(tab)) return;
    if (this.#followers.size === 0) {
      clearInterval(this.#beats);
      this.#beats = undefined;
    }
    this.#host.followsOf(tab, null);
  }

  #tellFollows(): void {
    this.#stopTelling();
    if (this.#isKept && !this.#isLeader) this.#say({ kind: 'follow', follow: this.#host.follows() });
  }

  #stopTelling(): void {
    clearTimeout(this.#telling);
    this.#telling = undefined;
  }

  #say(message: Body<TabMessage<Follow, News>>): void {
    this.#saidAt = monotonicNow();
    try {
      this.#channel?.postMessage({ v: VERSION, from: this.id, ...message });
    } catch {
      // The browser closed the channel, or the payload can't be cloned: other tabs continue without it.
    }
  }
}

/** A message without what every message has. */
type Body<Message> = Message extends unknown ? Omit<Message, 'v' | 'from'> : never;
