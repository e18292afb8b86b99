import { keepNewest } from '../../internal/keepNewest.js';
import { shareEqual } from '../../internal/shareEqual.js';
import { mayRecover } from '../../model/errors.js';
import type { Pushed } from '../../schedule/pushed.js';
import { keyOf } from '../../schedule/track.js';

/** Who is told that something has changed. */
export interface Watcher {
  /** Something about a container or a job that it follows. */
  changed(key: string): void;
  /** A row of a project that it follows. */
  listed(row: Sent): void;
}

/** A read as it is sent, and its place among all changes. */
export interface Sent {
  pushed: Pushed;
  /** `pushed` as JSON: written once for everybody. */
  text: string;
  seq: number;
}

interface Kept {
  /** By kind, in the order in which they came. */
  reads: Map<Pushed['kind'], Sent>;
  watchers: Set<Watcher>;
  isInFlight: boolean;
}

interface KeptList {
  rows: Map<string, Sent>;
  watchers: Set<Watcher>;
}

/** Most rows of a project that are remembered, so that only what changed is sent. */
const ROWS = 1_000;

/** The last response about everything that is followed on this server, and who follows it. It keeps nothing that nobody follows. */
export class Followed {
  readonly #kept = new Map<string, Kept>();
  readonly #lists = new Map<string, KeptList>();
  #seq = 0;

  /** The number of the last change. */
  get seq(): number {
    return this.#seq;
  }

  get size(): number {
    return this.#kept.size;
  }

  /** Keeps what is read of something, until {@link forget}. */
  keep(key: string): void {
    if (!this.#kept.has(key)) this.#kept.set(key, { reads: new Map(), watchers: new Set(), isInFlight: false });
  }

  forget(key: string): void {
    this.#kept.delete(key);
  }

  /** Tells a watcher what changes of something that is kept. */
  add(key: string, watcher: Watcher): void {
    this.#kept.get(key)?.watchers.add(watcher);
  }

  remove(key: string, watcher: Watcher): void {
    this.#kept.get(key)?.watchers.delete(watcher);
  }

  addList(projectId: string, watcher: Watcher): void {
    const list = this.#lists.get(projectId) ?? { rows: new Map(), watchers: new Set() };
    this.#lists.set(projectId, list);
    list.watchers.add(watcher);
  }

  removeList(projectId: string, watcher: Watcher): void {
    const list = this.#lists.get(projectId);
    if (list?.watchers.delete(watcher) && list.watchers.size === 0) this.#lists.delete(projectId);
  }

  has(key: string): boolean {
    return this.#kept.has(key);
  }

  /** What is known of something, in the order in which it came. */
  reads(key: string): Iterable<Sent> {
    return this.#kept.get(key)?.reads.values() ?? [];
  }

  /** The row of a container in a list that is followed. */
  row(key: string): (Pushed & { kind: 'row' }) | undefined {
    for (const { rows } of this.#lists.values()) {
      const pushed = rows.get(key)?.pushed;
      if (pushed?.kind === 'row') return pushed;
    }
    return undefined;
  }

  /** Notes whether something is in flight, as its data says. */
  note(key: string, isInFlight: boolean): void {
    const kept = this.#kept.get(key);
    if (kept) kept.isInFlight = isInFlight;
  }

  /** When something in flight was last requested, on the clock of `monotonicNow`; `null`: it isn't in flight, fails, or was not read. */
  readAt(key: string): number | null {
    const kept = this.#kept.get(key);
    if (kept === undefined || !kept.isInFlight || kept.reads.has('error')) return null;
    const times = [...kept.reads.values()].map(({ pushed }) => pushed.at);
    return times.length === 0 ? null : Math.max(...times);
  }

  /** Whether it is in flight, and isn't refused for good. */
  isAwaited(key: string): boolean {
    const kept = this.#kept.get(key);
    const error = this.failure(key);
    return kept?.isInFlight === true && (error === null || error.status === null || mayRecover(error.status));
  }

  /** Why the last read of something failed; `null`: it didn't. */
  failure(key: string): (Pushed & { kind: 'error' })['error'] | null {
    const pushed = this.#kept.get(key)?.reads.get('error')?.pushed;
    return pushed?.kind === 'error' ? pushed.error : null;
  }

  /**
   * Notes that something that failed can be read again: who follows it is told so by what was read, even if that had not changed.
   *
   * @returns what was read; `undefined`: it didn't fail, or fails since
   */
  recover(key: string, kind: Pushed['kind'], askedAt: number): Pushed | undefined {
    const kept = this.#kept.get(key);
    const [error, read] = [kept?.reads.get('error'), kept?.reads.get(kind)];
    if (!kept || !error || !read || askedAt < error.pushed.at) return undefined;
    kept.reads.delete('error');
    kept.reads.set(kind, this.#next(read.pushed, undefined));
    for (const watcher of kept.watchers) watcher.changed(key);
    return read.pushed;
  }

  /** Notes that something was read anew, and had not changed. @param at when it was requested @param kind by which read */
  touch(key: string, at: number, kind: Pushed['kind'] | undefined): void {
    const pushed = kind && kind !== 'error' ? this.#kept.get(key)?.reads.get(kind)?.pushed : undefined;
    if (pushed) pushed.at = Math.max(pushed.at, at);
  }

  /** Takes in what was read, and tells those who follow it of what has changed. @returns whether anything has, or nobody here follows it */
  take(pushed: Pushed): boolean {
    const key = keyOf(pushed);
    const kept = this.#kept.get(key);
    const before = this.#seq;
    if (kept) this.#takeOne(key, kept, pushed);
    if (pushed.kind === 'row') this.#takeRow(key, pushed);
    return this.#seq > before || kept === undefined;
  }

  #takeOne(key: string, kept: Kept, pushed: Pushed): void {
    const before = kept.reads.get(pushed.kind);
    if (before && before.pushed.at > pushed.at) return;
    const next = this.#next(pushed, before);
    kept.reads.delete(pushed.kind);
    kept.reads.set(pushed.kind, next);
    if (next.seq !== before?.seq) for (const watcher of kept.watchers) watcher.changed(key);
  }

  #takeRow(key: string, pushed: Pushed & { kind: 'row' }): void {
    const list = this.#lists.get(pushed.projectId);
    if (list === undefined) return;
    const before = list.rows.get(key);
    if (before && before.pushed.at > pushed.at) return;
    const next = this.#next(pushed, before);
    keepNewest(list.rows, key, next, ROWS);
    if (next.seq !== before?.seq) for (const watcher of list.watchers) watcher.listed(next);
  }

  #next(pushed: Pushed, before: Sent | undefined): Sent {
    if (before && isSame(before.pushed, pushed)) {
      before.pushed.at = pushed.at;
      return before;
    }
    this.#seq += 1;
    return { pushed, text: JSON.stringify(pushed), seq: this.#seq };
  }
}

function isSame(before: Pushed, next: Pushed): boolean {
  if (before.kind === 'error' || next.kind === 'error')
    return before.kind === 'error' && next.kind === 'error' && before.error.code === next.error.code;
  return shareEqual(before.body, next.body) === before.body;
}
