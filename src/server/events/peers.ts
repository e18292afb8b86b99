import { keepNewest } from '../../internal/keepNewest.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import { isRecord } from '../../model/plainJson.js';
import { followKey, type FollowRequest, type Pushed } from '../../schedule/pushed.js';
import type { Leadership } from '../../schedule/sources.js';
import { keyOf } from '../../schedule/track.js';
import type { Link } from '../store/link.js';
import { Processes } from '../store/processes.js';

/** What one process has read, as it tells the others. Times are on its own clock. */
interface ProcessNews {
  from: string;
  now: number;
  /** What has changed. */
  told: Pushed[];
  /** What was read and hadn't changed. */
  read: UnchangedRead[];
}

/** What {@link Peers} needs from its process. */
interface PeersHost {
  follows(): FollowRequest[];
  /** Follows something for another process. Returns a function that ends it. */
  follow(each: FollowRequest): () => void;
  /** What is known of something, by its key. */
  known(key: string): Pushed[];
  /** Who reads has changed. */
  changed(): void;
  /** Takes in what another process has read. */
  take(told: readonly Pushed[]): void;
  /** Takes in that another process has read something that hadn't changed. */
  touch(...read: UnchangedRead): void;
}

/** What was read and hadn't changed: its key, when it was requested, and by which read; a list has none. */
export type UnchangedRead = [key: string, at: number, kind?: (typeof KINDS)[number]];

const KINDS = ['record', 'progress', 'job', 'row'] as const;
/** How many other processes' clocks are remembered. */
const CLOCKS = 1_000;

/** The other server processes of a key: one of them all reads for all, and tells the others what it has read. */
export class Peers implements Leadership {
  readonly #host: PeersHost;
  readonly #link: Link;
  readonly #processes: Processes<FollowRequest[], ProcessNews>;
  /** By how much this process's clock is ahead of another's, at most. */
  readonly #ahead = new Map<string, number>();

  /** @param name what one process reads for all */
  constructor(link: Link, name: string, host: PeersHost) {
    this.#host = host;
    this.#link = link;
    this.#processes = new Processes(link, name, {
      follows: () => host.follows(),
      followFor: (follow, _, before) => this.#followFor(follow, before ?? []),
      leads: () => host.changed(),
      news: (news) => this.#hear(news),
    });
  }

  get leads(): boolean {
    return this.#processes.isLeader;
  }

  /** A process that has gone loses its lease. */
  readonly silentAt: number = Number.POSITIVE_INFINITY;

  standIn(): void {
    // Nothing to wait for: see `silentAt`.
  }

  join(): void {
    // A process is among the others from its start.
  }

  followsChanged(): void {
    this.#processes.changed();
  }

  told(): void {
    // What is told here was read here, or by the process that tells it.
  }

  /** Tells the others what was read here. @param read what had not changed */
  tell(told: Pushed[], read: UnchangedRead[]): void {
    if (!this.#link.isShared || told.length + read.length === 0) return;
    if (this.#processes.tell({ from: this.#link.id, now: monotonicNow(), told, read }) || told.length < 2) return;
    // Too long for one message, as where thousands are told anew.
    const half = Math.floor(told.length / 2);
    this.tell(told.slice(0, half), read);
    this.tell(told.slice(half), []);
  }

  /** Leaves: another process reads from now on. */
  close(): void {
    this.#processes.close();
  }

  #followFor(follows: unknown, before: readonly FollowRequest[]): () => void {
    if (!Array.isArray(follows)) return () => {};
    const checked = (follows as FollowRequest[])
      .filter((each) => isRecord(each) && typeof each.id === 'string' && Array.isArray(each.wants))
      .map(({ share = 1, ...each }) => ({ ...each, share: share > 0 && share <= 1 ? share : 1 }));
    const had = new Set(before.map(followKey));
    // What is known here is no news to this process, and so nothing would be read for the other.
    this.tell(
      checked.filter((each) => !had.has(followKey(each))).flatMap((each) => this.#host.known(followKey(each))),
      [],
    );
    const ends = checked.map((each) => this.#host.follow(each));
    return () => {
      for (const end of ends) end();
    };
  }

  #hear(news: unknown): void {
    if (!isRecord(news) || typeof news['from'] !== 'string' || typeof news['now'] !== 'number') return;
    const { from, now, told, read } = news;
    const ahead = Math.min(this.#ahead.get(from) ?? Number.POSITIVE_INFINITY, monotonicNow() - now);
    keepNewest(this.#ahead, from, ahead, CLOCKS);
    const all = Array.isArray(told) ? (told as Pushed[]) : [];
    this.#host.take(all.filter(isPushed).map((pushed) => ({ ...pushed, at: pushed.at + ahead })));
    for (const each of Array.isArray(read) ? (read as unknown[]) : [])
      if (Array.isArray(each) && typeof each[0] === 'string' && typeof each[1] === 'number')
        this.#host.touch(
          each[0],
          each[1] + ahead,
          KINDS.find((kind) => kind === each[2]),
        );
  }
}

/** Whether a message has what every read has; its body is checked like that of any response. */
const isPushed = (value: unknown): value is Pushed =>
  isRecord(value) &&
  typeof value['id'] === 'string' &&
  typeof value['at'] === 'number' &&
  typeof value['kind'] === 'string' &&
  (value['kind'] !== 'error' || isRecord(value['error'])) &&
  keyOf(value as Pushed) !== '';
