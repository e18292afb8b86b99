import { Alarm } from '../../internal/alarm.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import type { ContainerSummary } from '../../model/container.js';
import type { ContainerPage } from '../../model/containerPage.js';
import { containerKey } from '../../model/ids.js';
import { isLayersError } from '../../model/errors.js';
import { isTerminalStatus } from '../../model/status.js';
import type { ContainerListFilters } from '../filters.js';
import type { RequestOptions } from '../LayersClient.js';
import { ContainerFacts } from './containerFacts.js';
import { DetailReads } from './detailReads.js';
import type { Followed, Watch } from './followed.js';
import { FollowedQueries } from './followedQueries.js';
import { type Freshness, freshnessOf } from './freshness.js';
import { type Plan, type PlannedRead, planReads, type SweepQuestion } from './planReads.js';
import type { Lane, ReadBudget } from './readBudget.js';
import type { ReadGate } from './readGate.js';
import { type SweepList, Sweeps } from './sweeps.js';
import type { Tabs } from './tabs.js';
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

/** Between two turns at least: many queries that change together are one turn. */
const TURN_MS = 4;

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
  readonly #followed = new FollowedQueries((key) => {
    this.#details.forget(key);
    this.#sweeps.forget(key);
  });
  readonly #facts = new ContainerFacts();
  readonly #details = new DetailReads();
  #reading = false;
  #isListening = false;
  /** Leaves the line for the next slot; `undefined` while not in it. */
  #withdraw: (() => void) | undefined;
  readonly #alarm = new Alarm(() => this.#turn());
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
    this.#followed.add(owner, followed);
    this.wake();
  }

  /** Whether the read that begins now was begun by the loop, which has a slot for it, and not by a person or a component that mounts. */
  get isReading(): boolean {
    return this.#reading;
  }

  /** In which lane a read of this container stands that a person or a component began. */
  lane(containerId: string): Lane {
    const key = containerKey(containerId);
    // What waits when the page is hidden would else wait until it is seen, and nothing would be heard of its end.
    if (!this.visibility.isPageVisible && this.visibility.isAwaited(key)) return 'hidden';
    return this.visibility.isOnScreen(key) ? 'asked' : 'rest';
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
    this.#facts.learn(container);
  }

  /** What was last read of a container, to show while its record is on its way. */
  rowOf(containerId: string): ContainerSummary | undefined {
    return this.#facts.rowOf(containerKey(containerId));
  }

  /** Brings what was last read of a container up to date with what was written since. */
  amendRow(containerId: string, part: Partial<ContainerSummary>): void {
    this.#facts.amend(containerKey(containerId), part);
  }

  /** Takes in a detail read: whoever follows the container's progress learns that it ended, or that it was made anew. */
  learnDetail(container: ContainerSummary): void {
    this.learn(container);
    const key = containerKey(container.id);
    const hadLeft = this.#sweeps.left.delete(key);
    this.#details.note(key, container.projectId);
    this.tellRows([container]);
    const hasEnded = isTerminalStatus(container.status);
    // Not in the list of what is in flight, and not ended either: a status of a newer server, which no list read tells.
    if (hadLeft && !hasEnded) this.#sweeps.loners.add(key);
    for (const progress of this.#followed.of('progress', key)) {
      if (hasEnded) progress.take(container);
      else if (progress.hasEnded()) void progress.read();
    }
  }

  /** Reads all that is followed of a container again: it was made anew. */
  readAgain(containerId: string): void {
    for (const followed of this.#followed.ofContainer(containerId)) void followed.read();
  }

  /** Takes in an answer that another tab read. */
  receive(kind: Followed['kind'], id: string, value: unknown): void {
    this.#batch(() => {
      for (const followed of this.#followed.of(kind, id)) followed.receive(value);
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

  /** Does what changes several queries so that one rendering shows it. */
  batch(updates: () => void): void {
    this.#batch(updates);
  }

  /** Lets go of the page, of the tabs and of what is followed. Whatever is followed or read afterwards takes them up again. */
  close(): void {
    this.#rest();
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
    this.#alarm.by(monotonicNow() + TURN_MS);
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
    this.#rest();
    if (this.visibility.isAnythingAwaited) this.wake();
  }

  /** Plans nothing, until it is woken. */
  #rest(): void {
    this.#alarm.clear();
    this.#withdraw?.();
    this.#withdraw = undefined;
  }

  #turn(): void {
    if (!this.visibility.isPageVisible && !this.visibility.isAnythingAwaited) return;
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
      if (read.dueAt > now && !this.#isUnderWay(read)) this.#alarm.by(Math.max(read.dueAt, now + TURN_MS));
    for (const listener of this.#listeners) listener();
  }

  #makePlan(now: number): void {
    const isHidden = !this.visibility.isPageVisible;
    const watches = isHidden ? this.#awaited() : this.#watches();
    this.#planned = new Map(watches.map((watch) => [watch.key, watch]));
    const { state: sweeps, left, loners } = this.#sweeps;
    const jobs = isHidden ? [] : this.#followed.jobs();
    this.#plan = planReads({
      watches,
      jobs,
      sweeps,
      left,
      loners,
      unsweepable: this.#sweeps.unsweepable(now),
      learned: this.#details.learned,
      mayLearn: this.#details.mayLearn,
      retryAt: (key) => this.#details.retryAt(key),
      spacing: this.#budget.spacing(now),
      isHidden,
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
    return this.#sweeps.left.has(read.watch.key) ? this.#details.isUnderWay(read.watch.key) : this.#details.isAnyUnderWay;
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
    await this.#sweeps.ask(projectId, question, (key) => this.#facts.createdAtOf(key));
    this.wake();
  }

  async #detail(watch: Watch): Promise<void> {
    const error = await this.#details.read(watch, (id) => this.#client.readDetail(id));
    this.wake();
    if (error === null || !isLayersError(error) || error.retryable || error.code === 'INVALID_RESPONSE') return;
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

  /** What is looked after while the page is hidden: nothing of it is on screen. */
  #awaited(): Watch[] {
    return this.#watches().flatMap((watch) => (this.visibility.isAwaited(watch.key) ? { ...watch, onScreen: false } : []));
  }

  #watches(): Watch[] {
    return this.#followed.watches((key) => ({ projectId: this.#facts.projectOf(key), onScreen: this.visibility.isOnScreen(key) }));
  }
}
