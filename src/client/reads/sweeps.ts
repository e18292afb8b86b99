import { monotonicNow } from '../../internal/monotonicNow.js';
import type { ContainerSummary } from '../../model/container.js';
import type { ContainerPage } from '../../model/containerPage.js';
import { isLayersError } from '../../model/errors.js';
import { containerKey } from '../../model/ids.js';
import { isTerminalStatus } from '../../model/status.js';
import type { ContainerListFilters } from '../filters.js';
import type { Watch } from './followed.js';
import type { Leaver, SweepQuestion, SweepState } from './planReads.js';

/** Reads one page of a project's list in a background lane. */
export type SweepList = (projectId: string, filters: ContainerListFilters, cursor: string | null) => Promise<ContainerPage>;

/** What a sweep tells the loop. */
export interface SweepNews {
  /** Every row, as it is read. */
  row(row: ContainerSummary): void;
  /** All rows of one sweep at once; `answered` is to be called with every watch, after it took its row in. */
  apply(rows: ReadonlyMap<string, ContainerSummary>, answered: (watch: Watch) => void): void;
  watches(projectId: string): Watch[];
  /** A sweep is complete, and may be told to other tabs. */
  swept(projectId: string, question: SweepQuestion, pages: readonly ContainerPage[]): void;
}

const LIMIT = 200;
/** A library in which more ended meanwhile is not searched further: who is not found is read by itself. */
const MOST_PAGES = { 'in-flight': Number.POSITIVE_INFINITY, ended: 10 } as const satisfies Record<SweepQuestion, number>;
const FILTERS = {
  'in-flight': { status: ['queued', 'processing'], limit: LIMIT },
  ended: { status: ['completed', 'failed', 'canceled'], limit: LIMIT },
} as const satisfies Record<SweepQuestion, ContainerListFilters>;
/** After a sweep failed: as long as a failing read waits, doubling. */
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;
/** A key may be given the scope it lacks, and a session may be renewed. */
const REFUSED_FOR_MS = 5 * 60_000;
/** How long a sweep of another tab may have been under way. */
const HEARD_AFTER_MS = 10_000;

/** One list read that answers for every container in flight of a project, instead of one read for each. */
export class Sweeps {
  readonly state = new Map<string, SweepState>();
  /** Containers in flight that no list of what is in flight names. */
  readonly loners = new Set<string>();
  readonly #refused = new Map<string, number>();
  /** Containers that are no longer in flight, and of which nothing else is known yet. */
  readonly left = new Map<string, Leaver>();
  readonly #read: SweepList;
  readonly #news: SweepNews;
  readonly #underWay = new Set<string>();
  readonly #expected = new Map<string, Set<(row: ContainerSummary) => void>>();

  constructor(read: SweepList, news: SweepNews) {
    this.#read = read;
    this.#news = news;
  }

  /** Projects whose list the server refuses, for some minutes after it last did. */
  unsweepable(now: number): Set<string> {
    return new Set([...this.#refused].flatMap(([projectId, at]) => (now - at < REFUSED_FOR_MS ? [projectId] : [])));
  }

  /** Nobody follows a container any more. */
  forget(key: string): void {
    this.left.delete(key);
    this.loners.delete(key);
  }

  isUnderWay(projectId: string): boolean {
    return this.#underWay.has(projectId);
  }

  /** Resolves with the next row of a container; never, if none comes before `signal` aborts. */
  expectRow(key: string, signal: AbortSignal): Promise<ContainerSummary> {
    return new Promise((resolve) => {
      const waiting = this.#expected.get(key) ?? new Set();
      this.#expected.set(key, waiting);
      waiting.add(resolve);
      signal.addEventListener('abort', () => {
        waiting.delete(resolve);
        if (waiting.size === 0 && this.#expected.get(key) === waiting) this.#expected.delete(key);
      });
    });
  }

  /** Asks one question about a project. `createdAt` tells when a container was made, where that is known. */
  async ask(projectId: string, question: SweepQuestion, createdAt: (key: string) => string | null): Promise<void> {
    const startedAt = monotonicNow();
    const state = this.#stateOf(projectId);
    state.askedAt[question] = startedAt;
    this.#underWay.add(projectId);
    try {
      const pages = await this.#pages(projectId, question, createdAt);
      state.pause = 0;
      this.#take(projectId, question, pages, startedAt);
    } catch (error) {
      state.pause = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, state.pause * 2));
      if (isLayersError(error) && !error.retryable && error.code !== 'INVALID_RESPONSE') this.#refused.set(projectId, startedAt);
    } finally {
      this.#underWay.delete(projectId);
    }
  }

  /** Takes in a sweep that another tab made: as good as one of our own. */
  hear(projectId: string, question: SweepQuestion, pages: readonly ContainerPage[]): void {
    const now = monotonicNow();
    this.#stateOf(projectId).askedAt[question] = now;
    // When the other tab asked is not known: what was followed lately may not have been there yet.
    this.#take(projectId, question, pages, now - HEARD_AFTER_MS);
  }

  #stateOf(projectId: string): SweepState {
    const state = this.state.get(projectId) ?? {
      askedAt: { 'in-flight': -Infinity, ended: -Infinity },
      pages: { 'in-flight': 1, ended: 1 },
      pause: 0,
    };
    this.state.set(projectId, state);
    return state;
  }

  async #pages(projectId: string, question: SweepQuestion, createdAt: (key: string) => string | null): Promise<ContainerPage[]> {
    const filters: ContainerListFilters = { ...FILTERS[question] };
    if (question === 'ended') {
      const since = oldest(this.#news.watches(projectId).map(({ key }) => createdAt(key)));
      if (since !== null) filters.since = since;
    }
    const pages: ContainerPage[] = [];
    let cursor: string | null = null;
    do {
      const page: ContainerPage = await this.#read(projectId, filters, cursor);
      pages.push(page);
      cursor = page.nextCursor;
    } while (cursor !== null && pages.length < MOST_PAGES[question]);
    this.#news.swept(projectId, question, pages);
    return pages;
  }

  #take(projectId: string, question: SweepQuestion, pages: readonly ContainerPage[], startedAt: number): void {
    this.#stateOf(projectId).pages[question] = pages.length;
    const rows = new Map<string, ContainerSummary>();
    for (const row of pages.flatMap(({ containers }) => containers)) {
      const known = { ...row, projectId: row.projectId ?? projectId };
      rows.set(containerKey(row.id), known);
      this.#news.row(known);
      for (const resolve of this.#expected.get(containerKey(row.id)) ?? []) resolve(known);
    }
    this.#news.apply(rows, (watch) => this.#answered(watch, projectId, question, rows, startedAt));
  }

  #answered(
    watch: Watch,
    projectId: string,
    question: SweepQuestion,
    rows: ReadonlyMap<string, ContainerSummary>,
    startedAt: number,
  ): void {
    if (watch.projectId !== projectId) return;
    const row = rows.get(watch.key);
    if (question === 'ended') {
      if (row && isTerminalStatus(row.status)) this.left.delete(watch.key);
      else if (this.left.has(watch.key)) this.left.set(watch.key, 'not-found');
      return;
    }
    const stillFollowed = [watch.progress, watch.container, watch.row].some((followed) => (followed?.delay() ?? false) !== false);
    if (row !== undefined || !stillFollowed) this.left.delete(watch.key);
    else if (watch.since < startedAt && !this.left.has(watch.key) && !this.loners.has(watch.key)) this.left.set(watch.key, 'unasked');
  }
}

/** The oldest of the times that are known; `null` where none is. */
function oldest(times: readonly (string | null)[]): string | null {
  return times.reduce((first, time) => (time !== null && (first === null || Date.parse(time) < Date.parse(first)) ? time : first), null);
}
