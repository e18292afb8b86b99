import { Alarm } from '../internal/alarm.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import { dueTimes, restEvery } from './dueTimes.js';
import { type Freshness, freshnessOf, isLate, listErrorOf } from './freshness.js';
import type { Holds } from './holds.js';
import type { Page } from './page.js';
import { makePlan } from './plan.js';
import { intervalOf, type Plan, type PlannedRead } from './singleReads.js';
import type { Priority } from './priority.js';
import type { Lines } from './sharedBudget.js';
import type { Leadership, PushSource } from './sources.js';
import type { Sweeps } from './sweeps.js';
import type { ReadKind } from './told.js';
import { shareOf, type Track, wants } from './track.js';
import type { Tracks } from './tracks.js';

/** The shortest time between two turns in milliseconds: changes that come together are one turn. */
const TURN_MS = 4;
/** First data of containers that no list covers can take long: meanwhile one slot in this many goes to polling of the screen. */
const SCREEN_EVERY = 5;
/** The same where somebody follows more than a page of them: what others look at has half. */
const SCREEN_EVERY_BEYOND_SHARE = 2;
/** What has ended and isn't pushed whole within this time is read. */
const OUTCOME_AFTER_MS = 30_000;
/** What is newly followed and isn't pushed within this time is read. */
const PUSH_FIRST_MS = 1_500;
/** How often a tab that waits to stand in for the leader looks whether that is back, in milliseconds. */
const WATCH_EVERY_MS = 1_000;
const NO_PLAN: Plan = { sweep: [], first: [], screen: [], rest: [], stretch: 1 };

/** What {@link Turns} needs from the scheduler. */
export interface TurnsHost {
  readonly tracks: Tracks;
  readonly holds: Holds;
  readonly sweeps: Sweeps;
  readonly page: Page;
  readonly line: Lines['read-light'];
  readonly owner: object;
  readonly deadlineMs: number;
  /** Who reads for all tabs, and who pushes. */
  readonly sources: { leadership: Leadership; push: PushSource | undefined };
  /** Sends a read that has its slot, and wakes when it is answered. Resolves with whether it succeeded; never rejects. */
  run(read: PlannedRead): Promise<boolean>;
  /** Called after each turn: freshness can have changed. */
  turned(): void;
}

/** Takes turns: makes the plan, asks the queue for a slot where something is due, and sends what is most urgent once it is granted. */
export class Turns {
  readonly #host: TurnsHost;
  readonly #alarm = new Alarm(() => this.#turn());
  #plan: Plan = NO_PLAN;
  /** When each track, and each project's list, is read next by this plan. */
  #dueAt: ReturnType<typeof dueTimes> | undefined;
  #slots = 0;
  #scoutedAt = Number.NEGATIVE_INFINITY;
  #leaveQueue: (() => void) | undefined;

  constructor(host: TurnsHost) {
    this.#host = host;
  }

  /** Takes a turn within a few milliseconds. */
  wake(): void {
    this.#alarm.by(monotonicNow() + TURN_MS);
  }

  /** Ends all waiting, until {@link wake}. */
  rest(): void {
    this.#alarm.clear();
    this.#leaveQueue?.();
    this.#leaveQueue = undefined;
  }

  freshness(key: string): Freshness {
    const { tracks, sweeps, page, line, deadlineMs } = this.#host;
    const track = tracks.all.get(key);
    const now = monotonicNow();
    const { isVisible } = page;
    const readAt = Math.max(tracks.reachedAt, track?.readAt ?? Number.NEGATIVE_INFINITY);
    return freshnessOf({
      track,
      sweep: sweeps.states.get(track?.projectId ?? ''),
      interval: track ? intervalOf(track, { now, isHidden: !isVisible, deadlineMs }) : false,
      nextReadAt: track ? this.#nextReadAt(track, now) : null,
      stretch: this.#plan.stretch,
      isOnScreen: page.isOnScreen(key),
      now,
      pausedUntil: line.budget.pausedUntil,
      isSessionRefused: tracks.session.error !== null,
      isPageVisible: isVisible,
      isOnline: page.isOnline || readAt > page.offlineAt,
      deadlineMs,
    });
  }

  /** What is late although no read of its own fails: with which code the list fails on which it depends; `RATE_LIMITED`: all reads are paused. */
  *late(): Iterable<{ key: string; id: string; read: ReadKind; code: string }> {
    const { tracks, sweeps, page, line } = this.#host;
    const now = monotonicNow();
    const isPaused = line.budget.pausedUntil > now;
    if (!isPaused && [...sweeps.states.values()].every(({ error }) => error === null)) return;
    for (const track of tracks.all.values()) {
      if (track.phase !== 'in-flight' || !isLate(track, now)) continue;
      const sweep = sweeps.states.get(track.projectId ?? '');
      const code = listErrorOf(track, sweep, page.isOnScreen(track.key), now) ?? (isPaused ? 'RATE_LIMITED' : null);
      if (code !== null) yield { key: track.key, id: track.id, read: wants(track, 'job') ? 'job' : 'record', code };
    }
  }

  /** When something is read next, by itself or by a list; `null`: nothing is planned. */
  #nextReadAt(track: Track, now: number): number | null {
    const { tracks, line } = this.#host;
    const { budget } = line;
    // Every row on a page asks after every turn.
    this.#dueAt ??= dueTimes(this.#plan, budget.nextAt('screen', now), budget.spacing(now));
    // A list brings no share of what is polled by itself.
    const own = this.#dueAt.get(track);
    const at = own?.isPolled
      ? own.at
      : Math.min(own?.at ?? Number.POSITIVE_INFINITY, this.#dueAt.get(track.projectId ?? '')?.at ?? Number.POSITIVE_INFINITY);
    return at === Number.POSITIVE_INFINITY ? null : Math.max(now, budget.pausedUntil, tracks.session.retryAt, at);
  }

  #turn(): void {
    const now = monotonicNow();
    this.#makePlan(now);
    if (this.#leaveQueue === undefined && this.#next(now) !== undefined) {
      // The queue can be long: what to read is decided when the slot is granted.
      let isUsed = false;
      const leave = this.#host.line.queue.reserve(
        () => this.#next(monotonicNow())?.priority ?? 'rest',
        this.#host.owner,
        () => {
          isUsed = true;
          this.#leaveQueue = undefined;
          return this.#useSlot();
        },
        () => this.rest(),
      );
      if (!isUsed) this.#leaveQueue = leave;
    }
    const { session } = this.#host.tracks;
    if (session.retryAt > now) this.#alarm.by(session.retryAt);
    const { sweep, first, screen, rest } = this.#plan;
    for (const reads of [sweep, first, screen, rest])
      for (const read of reads) if (read.dueAt > now && !this.#isUnderWay(read)) this.#alarm.by(Math.max(read.dueAt, now + TURN_MS));
    this.#host.turned();
  }

  #useSlot(): boolean {
    const now = monotonicNow();
    this.#makePlan(now);
    const next = this.#next(now);
    this.wake();
    if (next === undefined) return false;
    this.#slots += 1;
    this.#host.tracks.session.sent(now);
    if (next.read.kind === 'record' && next.read.track.phase === 'unknown') this.#scoutedAt = now;
    void this.#send(next.read, now);
    return true;
  }

  async #send(read: PlannedRead, askedAt: number): Promise<void> {
    const { holds, line } = this.#host;
    holds.sent(read.kind, askedAt);
    const isGood = await this.#host.run(read);
    holds.note(read.kind, isGood, line.budget.pausedUntil);
  }

  #makePlan(now: number): void {
    const { page, tracks, sweeps, line, holds, deadlineMs } = this.#host;
    const isHidden = !page.isVisible;
    const { leadership } = this.#host.sources;
    const isNeeded = !isHidden || page.isAnythingAwaited;
    this.#dueAt = undefined;
    if (!leadership.leads || !isNeeded) {
      this.#plan = NO_PLAN;
      if (isNeeded && tracks.all.size > 0) this.#watchLeader(now);
      return;
    }
    const all = [...tracks.all.values()].filter((track) => !this.#isLeftToPush(track, now));
    const projects = tracks.projectIds();
    this.#plan = makePlan({
      tracks: isHidden ? all.filter(({ key }) => page.isAwaited(key)) : all,
      isOnScreen: (key) => page.isOnScreen(key),
      projects,
      sweeps: sweeps.states,
      hasNoProjects: tracks.hasNoProjects,
      scoutedAt: this.#scoutedAt,
      spacing: line.budget.spacing(now),
      isHidden,
      deadlineMs,
      heldUntil: holds.until,
      now,
    });
    sweeps.prune(projects);
  }

  /** Looks again when the leader has been silent for long enough: no event tells of that. */
  #watchLeader(now: number): void {
    const { leadership } = this.#host.sources;
    if (leadership.silentAt <= now) leadership.standIn();
    this.#alarm.by(Math.max(leadership.silentAt, now + WATCH_EVERY_MS));
  }

  /** Whether nothing has to be read of it, because it is pushed. What waits for a first result is read: nothing may have changed. */
  #isLeftToPush(track: Track, now: number): boolean {
    const { push } = this.#host.sources;
    if (track.error === null && now - track.since < PUSH_FIRST_MS && push?.isOpen) {
      this.#alarm.by(track.since + PUSH_FIRST_MS);
      return true;
    }
    if (!push?.has(track.key) || track.waiting.size > 0 || track.isInDoubt) return false;
    if (track.phase !== 'ended' || !(track.lacksRecord || track.lacksOutcome)) return true;
    if (now - track.newsAt >= OUTCOME_AFTER_MS) return false;
    // Where nothing else is in flight, no event takes a turn.
    this.#alarm.by(track.newsAt + OUTCOME_AFTER_MS);
    return true;
  }

  #next(now: number): { read: PlannedRead; priority: Priority } | undefined {
    if (this.#host.tracks.session.retryAt > now) return undefined;
    const order: Exclude<Priority, 'person' | 'list'>[] = ['sweep', 'first', 'screen', 'rest'];
    const [first] = this.#plan.first;
    const isBeyondShare = first !== undefined && first.kind !== 'sweep' && shareOf(first.track) < 1;
    const screenEvery = isBeyondShare ? SCREEN_EVERY_BEYOND_SHARE : SCREEN_EVERY;
    if (this.#slots % screenEvery === screenEvery - 1) order.splice(1, 0, 'screen');
    const every = restEvery(this.#plan);
    if (this.#slots % every === every - 1) order.splice(order.indexOf('screen'), 0, 'rest');
    for (const priority of order) {
      const read = this.#plan[priority].find((planned) => planned.dueAt <= now && !this.#isUnderWay(planned));
      if (read) return { read, priority };
    }
    return undefined;
  }

  #isUnderWay(read: PlannedRead): boolean {
    if (read.kind === 'sweep') return this.#host.sweeps.states.get(read.projectId)?.isUnderWay === true;
    // While reads fail, one at a time is enough to see whether they still do.
    const { reading, failing } = read.track;
    return failing.has(read.kind) ? reading.size > 0 : reading.has(read.kind);
  }
}
