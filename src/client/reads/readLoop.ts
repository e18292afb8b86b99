import { monotonicNow } from '../../internal/monotonicNow.js';
import type { ContainerSummary } from '../../model/container.js';
import type { ContainerPage } from '../../model/containerPage.js';
import { containerKey } from '../../model/ids.js';
import { isLayersError } from '../../model/errors.js';
import { isTerminalStatus } from '../../model/status.js';
import type { ContainerListFilters } from '../filters.js';
import type { RequestOptions } from '../LayersClient.js';
import type { Followed, Watch } from './followed.js';
import { type Freshness, freshnessOf } from './freshness.js';
import { type Plan, type PlannedRead, planReads, type SweepQuestion } from './planReads.js';
import type { Lane, ReadBudget } from './readBudget.js';
import type { ReadGate } from './readGate.js';
import { type SweepList, Sweeps } from './sweeps.js';
import type { Tabs } from './tabs.js';
import { together } from './together.js';
import { Visibility } from './visibility.js';

/** What the loop asks of the client it belongs to. */
export interface ReadLoopClient {
  readDetail(containerId: string): Promise<unknown>;
  readList: SweepList;
  /** One page of a list, in the lane of whoever waits for it. */
  readPage(projectId: string, filters: ContainerListFilters, options: PageOptions, lane: Lane): Promise<ContainerPage>;
}

/** Which page of a list is read. */
export interface PageOptions extends RequestOptions {
  cursor?: string | null | undefined;
}

/** Takes in rows that some read told: whole containers too. */
export type RowListener = (rows: readonly ContainerSummary[]) => void;

/** What is remembered of a container. */
interface Facts {
  projectId: string | null;
  createdAt: string | null;
  /** As last read from a list or by itself; `undefined` where what is known of it no longer holds. */
  row: ContainerSummary | undefined;
}

/** Between two turns at least: many queries that change together are one turn. */
const TURN_MS = 4;
/** The pauses of a detail read that fails, as of every other. */
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 60_000;
/** After so many records without a project nobody is asked for one any more. */
const PROJECTLESS_AT_MOST = 2;
/** Of how many containers the project is remembered: those that an answer named last. */
const FACTS_KEPT = 20_000;

/**
 * Decides WHEN what is followed is read: one timer, one budget and one plan for everything that is on the screens of one client. TanStack Query keeps
 * the data; each query registers itself here, and is asked to read when its turn has come.
 */
export class ReadLoop {
  readonly visibility = new Visibility(() => this.#seenOrHidden());
  /** How long something may be in flight before it is read once a minute only. */
  readonly deadlineMs: number;

  readonly #budget: ReadBudget;
  readonly #gate: ReadGate;
  readonly #client: ReadLoopClient;
  readonly #tabs: Tabs | undefined;
  readonly #sweeps: Sweeps;
  readonly #followed = new Map<object, { followed: Followed; since: number }>();
  readonly #facts = new Map<string, Facts>();
  readonly #learned = new Set<string>();
  readonly #details = new Set<string>();
  /** Of details that could not be read: how often in a row, and when they may be tried again. */
  readonly #retries = new Map<string, { failures: number; at: number }>();
  /** Records that named no project: where they do not, there is nothing to learn. */
  #projectless = 0;
  #reading = false;
  #isListening = false;
  /** Leaves the line for the next slot; `undefined` while not in it. */
  #withdraw: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  #plan: Plan = { reads: [], swept: new Set(), stretch: 1 };
  /** What the last plan was made from. */
  #planned = new Map<string, Watch>();
  #listeners = new Set<() => void>();
  readonly #rowListeners = new Set<RowListener>();
  #shownAt = Number.NEGATIVE_INFINITY;
  #wasHidden = false;
  #batch: (updates: () => void) => void = (updates) => updates();

  constructor(budget: ReadBudget, gate: ReadGate, client: ReadLoopClient, deadlineMs: number, tabs?: Tabs) {
    this.#tabs = tabs;
    this.deadlineMs = deadlineMs;
    this.#budget = budget;
    this.#gate = gate;
    this.#client = client;
    this.#sweeps = new Sweeps(client.readList, {
      row: (row) => this.learn(row),
      swept: (projectId, question, pages) => this.#tabs?.tellSweep({ projectId, question, pages }),
      apply: (rows, answered) => this.#apply(rows, answered),
      watches: (projectId) => this.#watches().filter((watch) => watch.projectId === projectId),
    });
  }

  /** Follows a query, or looks at it again after it changed. `owner` is the query itself: it is followed once, and let go when nobody looks. */
  follow(owner: object, followed: Followed): void {
    this.#listen();
    this.#followed.set(owner, { followed, since: this.#followed.get(owner)?.since ?? monotonicNow() });
    this.wake();
  }

  /** Whether the read that begins now was begun by the loop, which has a slot for it, and not by a person or a component that mounts. */
  get isReading(): boolean {
    return this.#reading;
  }

  /** In which lane a read of this container stands that a person or a component began. */
  lane(containerId: string): Lane {
    return this.visibility.isOnScreen(containerKey(containerId)) ? 'asked' : 'rest';
  }

  /** The row of a container in a later list read, for a first read that waits off screen meanwhile. */
  expectRow(containerId: string, signal: AbortSignal): Promise<ContainerSummary> {
    return this.#sweeps.expectRow(containerKey(containerId), signal);
  }

  /** When the page last came into view after it had been hidden, on the clock of `monotonicNow`. */
  get shownAt(): number {
    return this.#shownAt;
  }

  /** Reads one page of a list that is on screen, in the lane of whoever waits for it. */
  readPage(projectId: string, filters: ContainerListFilters, options: PageOptions, lane: Lane): Promise<ContainerPage> {
    return this.#client.readPage(projectId, filters, options, lane);
  }

  /** Calls back with every row that a sweep brought, here or in another tab, and every record that was read: lists that show the container take it in. */
  onRows(listener: RowListener): () => void {
    this.#rowListeners.add(listener);
    return () => this.#rowListeners.delete(listener);
  }

  /** Tells the lists what was read of containers. */
  tellRows(rows: readonly ContainerSummary[]): void {
    if (this.#rowListeners.size === 0 || rows.length === 0) return;
    this.#batch(() => {
      for (const listener of this.#rowListeners) listener(rows);
    });
  }

  /** Takes in what any answer tells of a container: its project, when it was made, and its row where it tells that. */
  learn(container: Pick<ContainerSummary, 'id' | 'projectId' | 'createdAt'> | ContainerSummary): void {
    const key = containerKey(container.id);
    const projectId = container.projectId ?? this.#facts.get(key)?.projectId ?? null;
    this.#facts.delete(key);
    this.#facts.set(key, { projectId, createdAt: container.createdAt, row: 'status' in container ? container : undefined });
    if (this.#facts.size > FACTS_KEPT) this.#facts.delete(this.#facts.keys().next().value as string);
  }

  /** What was last read of a container, to show while its record is on its way. */
  rowOf(containerId: string): ContainerSummary | undefined {
    return this.#facts.get(containerKey(containerId))?.row;
  }

  /** Brings what was last read of a container up to date with what was written since. */
  amendRow(containerId: string, part: Partial<ContainerSummary>): void {
    const facts = this.#facts.get(containerKey(containerId));
    if (facts?.row) facts.row = { ...facts.row, ...part };
  }

  /** Takes in a detail read: whoever follows the container's progress learns that it ended, or that it was made anew. */
  learnDetail(container: ContainerSummary): void {
    this.learn(container);
    const key = containerKey(container.id);
    const hadLeft = this.#sweeps.left.delete(key);
    this.#retries.delete(key);
    this.tellRows([container]);
    if (container.projectId === null) this.#projectless += 1;
    const hasEnded = isTerminalStatus(container.status);
    // Not in the list of what is in flight, and not ended either: a status of a newer server, which no list read tells.
    if (hadLeft && !hasEnded) this.#sweeps.loners.add(key);
    for (const { followed } of this.#followed.values()) {
      if (followed.kind !== 'progress' || containerKey(followed.id) !== key) continue;
      if (hasEnded) followed.take(container);
      else if (followed.hasEnded()) void followed.read();
    }
  }

  /** Reads all that is followed of a container again: it was made anew. */
  readAgain(containerId: string): void {
    for (const { followed } of this.#followed.values())
      if (followed.kind !== 'job' && containerKey(followed.id) === containerKey(containerId)) void followed.read();
  }

  /** Takes in an answer that another tab read. */
  receive(kind: Followed['kind'], id: string, value: unknown): void {
    const isSame = ({ followed }: { followed: Followed }) =>
      followed.kind === kind && (kind === 'job' ? followed.id === id : containerKey(followed.id) === containerKey(id));
    this.#batch(() => {
      for (const entry of this.#followed.values()) if (isSame(entry)) entry.followed.receive(value);
    });
  }

  /** Takes in a sweep that another tab made. */
  receiveSweep(projectId: string, question: SweepQuestion, pages: readonly ContainerPage[]): void {
    this.#sweeps.hear(projectId, question, pages);
    this.wake();
  }

  /** How fresh what is known of a container is, and why. */
  freshness(containerId: string): Freshness {
    const key = containerKey(containerId);
    return freshnessOf({
      watch: this.#planned.get(key),
      plan: this.#plan,
      now: monotonicNow(),
      pausedUntil: this.#budget.pausedUntil,
      isPageVisible: this.visibility.isPageVisible,
      isOnline: typeof navigator === 'undefined' || navigator.onLine !== false,
      deadlineMs: this.deadlineMs,
    });
  }

  /** Calls back whenever a turn has made a new plan. */
  subscribe(listener: () => void): () => void {
    this.#listen();
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Has the updates of many queries run as one: the provider gives TanStack's `notifyManager.batch`, so that a sweep is one React commit. */
  batchWith(batch: (updates: () => void) => void): void {
    this.#batch = batch;
  }

  /** Lets go of the page, of the tabs and of what is followed. Whatever is followed or read afterwards takes them up again. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timerAt = Number.POSITIVE_INFINITY;
    this.#withdraw?.();
    this.#withdraw = undefined;
    this.#followed.clear();
    this.#isListening = false;
    this.visibility.close();
    this.#gate.leave(this);
    this.#tabs?.close();
  }

  #listen(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    this.visibility.listen();
    this.#tabs?.listen();
    this.#gate.setOpen(this, this.visibility.isPageVisible);
  }

  /** Plans anew, soon. */
  wake(): void {
    this.#schedule(monotonicNow() + TURN_MS);
  }

  #seenOrHidden(): void {
    this.#gate.setOpen(this, this.visibility.isPageVisible);
    this.#tabs?.setVisible(this.visibility.isPageVisible);
    for (const listener of this.#listeners) listener();
    if (this.visibility.isPageVisible) {
      if (this.#wasHidden) this.#shownAt = monotonicNow();
      this.#wasHidden = false;
      return this.wake();
    }
    this.#wasHidden = true;
    clearTimeout(this.#timer);
    this.#timerAt = Number.POSITIVE_INFINITY;
  }

  #schedule(at: number): void {
    if (at >= this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(
      () => {
        this.#timerAt = Number.POSITIVE_INFINITY;
        this.#turn();
      },
      Math.min(Math.max(0, Math.ceil(at - monotonicNow())), 2 ** 31 - 1),
    );
  }

  #turn(): void {
    if (!this.visibility.isPageVisible) return;
    const now = monotonicNow();
    this.#makePlan(now);
    const next = this.#next(now);
    if (next !== undefined && this.#withdraw === undefined) {
      // The line may be long: what is read with the slot is decided when it comes.
      let used = false;
      const withdraw = this.#gate.reserve(
        () => this.#next(monotonicNow())?.lane ?? 'rest',
        () => {
          used = true;
          this.#withdraw = undefined;
          return this.#useSlot();
        },
      );
      if (!used) this.#withdraw = withdraw;
    }
    for (const read of this.#plan.reads)
      if (read.dueAt > now && !this.#isUnderWay(read)) this.#schedule(Math.max(read.dueAt, now + TURN_MS));
    for (const listener of this.#listeners) listener();
  }

  #makePlan(now: number): void {
    const watches = this.#watches();
    this.#planned = new Map(watches.map((watch) => [watch.key, watch]));
    const { state: sweeps, left, loners } = this.#sweeps;
    const jobs = this.#active().flatMap(({ followed }) => (followed.kind === 'job' ? [followed] : []));
    this.#plan = planReads({
      watches,
      jobs,
      sweeps,
      left,
      loners,
      unsweepable: this.#sweeps.unsweepable(now),
      learned: this.#learned,
      mayLearn: this.#projectless < PROJECTLESS_AT_MOST,
      retryAt: (key) => this.#retries.get(key)?.at ?? 0,
      spacing: this.#budget.spacing(now),
      now,
    });
  }

  /** The most urgent read that is due and not under way. */
  #next(now: number): PlannedRead | undefined {
    return this.#plan.reads.find((read) => read.dueAt <= now && !this.#isUnderWay(read));
  }

  #useSlot(): boolean {
    const now = monotonicNow();
    this.#makePlan(now);
    const read = this.#next(now);
    if (read) this.#start(read);
    this.wake();
    return read !== undefined;
  }

  #isUnderWay(read: PlannedRead): boolean {
    if (read.kind === 'single') return read.followed.isReading();
    if (read.kind === 'sweep') return this.#sweeps.isUnderWay(read.projectId);
    if (read.watch.container?.isReading() === true || read.watch.row?.isReading() === true) return true;
    // One stranger at a time: its record may tell the project of all the others.
    return this.#sweeps.left.has(read.watch.key) ? this.#details.has(read.watch.key) : this.#details.size > 0;
  }

  #start(read: PlannedRead): void {
    this.#reading = true;
    try {
      if (read.kind === 'single') void read.followed.read();
      else if (read.kind === 'sweep') void this.#sweep(read.projectId, read.question);
      else void this.#detail(read.watch);
    } finally {
      this.#reading = false;
    }
  }

  async #sweep(projectId: string, question: 'in-flight' | 'ended'): Promise<void> {
    await this.#sweeps.ask(projectId, question, (key) => this.#facts.get(key)?.createdAt ?? null);
    this.wake();
  }

  async #detail(watch: Watch): Promise<void> {
    this.#learned.add(watch.key);
    this.#details.add(watch.key);
    try {
      // Whoever shows the container learns what went wrong, and does not ask again where that cannot help.
      const reader = watch.container ?? watch.row;
      const error = reader ? await reader.read() : await this.#client.readDetail(watch.id).then(() => null);
      if (error !== null) this.#detailFailed(watch, error);
    } catch (error) {
      this.#detailFailed(watch, error);
    } finally {
      this.#details.delete(watch.key);
      this.wake();
    }
  }

  #detailFailed(watch: Watch, error: unknown): void {
    const failures = (this.#retries.get(watch.key)?.failures ?? 0) + 1;
    this.#retries.set(watch.key, { failures, at: monotonicNow() + Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1)) });
    if (!isLayersError(error) || error.retryable || error.code === 'INVALID_RESPONSE') return;
    // Its own read tells whoever follows it what is wrong.
    this.#sweeps.left.delete(watch.key);
    void watch.progress?.read();
  }

  #apply(rows: ReadonlyMap<string, ContainerSummary>, answered: (watch: Watch) => void): void {
    this.#batch(() => {
      for (const watch of this.#watches()) {
        const row = rows.get(watch.key);
        if (row) {
          watch.progress?.take(row);
          watch.container?.take(row);
        }
        answered(watch);
      }
      this.tellRows([...rows.values()]);
    });
  }

  #active(): { followed: Followed; since: number }[] {
    for (const [owner, { followed }] of this.#followed)
      if (!followed.isActive()) {
        const key = containerKey(followed.id);
        this.#followed.delete(owner);
        this.#learned.delete(key);
        this.#retries.delete(key);
        this.#sweeps.forget(key);
      }
    return [...this.#followed.values()];
  }

  #watches(): Watch[] {
    const watches = new Map<string, Watch>();
    for (const { followed, since } of this.#active()) {
      if (followed.kind === 'job') continue;
      const key = containerKey(followed.id);
      let watch = watches.get(key);
      if (watch === undefined) {
        const { projectId = null } = this.#facts.get(key) ?? {};
        watch = {
          key,
          id: followed.id,
          since,
          projectId,
          onScreen: this.visibility.isOnScreen(key),
          progress: undefined,
          container: undefined,
          row: undefined,
        };
        watches.set(key, watch);
      }
      watch[followed.kind] = together(watch[followed.kind], followed);
      watch.since = Math.min(watch.since, since);
    }
    return [...watches.values()];
  }
}
