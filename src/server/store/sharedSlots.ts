import type { RateLimitInfo } from '../../client/transport.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import { isLayersError, LayersError } from '../../model/errors.js';
import { isRecord } from '../../model/plainJson.js';
import type { Budget } from '../../schedule/budget.js';
import { pauseOf } from '../../schedule/cadence.js';
import { PRIORITIES, type Priority } from '../../schedule/priority.js';
import type { Link } from './link.js';
import type { LayersStore, Turn } from './store.js';

/** How long a granted slot can be used, in milliseconds: the store counted it when it was granted. */
const SLOT_MS = 300;
/** By how much the store's window is longer than the budget's, in milliseconds: no travel time brings two requests closer together than the API counts. */
const MARGIN_MS = 950;
/** How long a process goes on alone after the store is back, in milliseconds: until the others have told the store what they sent meanwhile. */
const REJOIN_MS = 2_500;
/** The store is asked again after this time at the latest, in milliseconds, whatever it says. */
const LONGEST_WAIT_MS = 60_000;
/** By how much a background request goes before one of the next lower priority in another process, in milliseconds: one of each kind gets its turn in time. */
const HEAD_START_MS = 4_000;
/** The longest pause that the API can ask for, in milliseconds: with the window, the longest that the store can say to wait. */
const LONGEST_PAUSE_MS = pauseOf(Number.POSITIVE_INFINITY);
/** How long a process goes on alone after the store said something that can't be, in milliseconds. */
const DISTRUST_MS = 60_000;
/** So many processes are plausible. What is taken instead of more: as many as {@link Link} assumes until it knows. */
const PROCESSES = { most: 1_000, instead: 16 } as const;
/** What waited for a slot that nobody came for within this time, in milliseconds, has been given up. */
const GIVEN_UP_MS = 500;

/** By how much more than `performance.now()` the clock may move between two looks, in milliseconds. What is more was set by somebody: a server doesn't sleep. */
const CLOCK_SET_MS = 1_000;

/** What a {@link SharedSlots} needs. */
interface SlotsHost {
  link: Link;
  /** The budget's name in the store. */
  name: string;
  budget: Budget;
  /** A slot may have come free. */
  changed: () => void;
}

/**
 * A budget that all processes of a key share: a request is sent when the budget of this process allows it, and the store has granted a slot just before. The
 * budget of this process hears of what the others send, so that it is right without the store, too.
 *
 * While the store is away, each process counts each of its requests as many times as there are processes: whatever the others do alike, all together stay
 * within the limit.
 */
export class SharedSlots {
  readonly #host: SlotsHost;
  #slot: { until: number; isPerson: boolean } | undefined;
  #isAsking = false;
  /** Whether it knows what the others sent before it began. */
  #isLearned = false;
  /** Since when a background request waits for the store. */
  #since = Number.NEGATIVE_INFINITY;
  /** When the store is to be asked again, for a person and for the background. */
  readonly #retryAt = { person: Number.NEGATIVE_INFINITY, background: Number.NEGATIVE_INFINITY };
  #aloneUntil: number;
  /** Until when the store isn't asked, because it said something that can't be; `-Infinity`: it hasn't, or what it says can be again. */
  #distrustedUntil = Number.NEGATIVE_INFINITY;
  /** When requests were sent alone, of which the store doesn't know. */
  #untold: number[] = [];
  /** When it last looked at the clock, and at `performance.now()`. */
  #looked = { now: monotonicNow(), ticks: ticksNow() };

  constructor(host: SlotsHost) {
    this.#host = host;
    this.#aloneUntil = host.link.isAway ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    host.link.listen({
      message: (kind, body) => this.#hear(kind, body),
      changed: () => {
        this.#slot = undefined;
        this.#aloneUntil = host.link.isAway ? Number.POSITIVE_INFINITY : monotonicNow() + REJOIN_MS;
        if (!host.link.isAway) void this.#tellUntold();
        host.changed();
      },
    });
  }

  /** See `Budget.nextAt`. Asks the store for a slot where one is needed. */
  nextAt(priority: Priority, now: number): number {
    const { budget, link } = this.#host;
    this.#noticeSetClock(now);
    if (!link.isShared) return budget.nextAt(priority, now);
    if (this.#isAlone(now)) return budget.nextAt(priority, now, this.#processes);
    const isPerson = priority === 'person';
    // The store spaces the background requests of all processes.
    const at = isPerson ? budget.nextAt(priority, now) : budget.opensAt(priority, now);
    if (at > now) return at;
    const slot = this.#slot;
    if (slot !== undefined && now < slot.until && (isPerson || !slot.isPerson)) return now;
    const retryAt = this.#retryAt[isPerson ? 'person' : 'background'];
    if (retryAt > now) return retryAt;
    void this.#ask(priority);
    // `changed` is called before that.
    return now + 2_000;
  }

  /** Counts a request that is sent now. */
  depart(priority: Priority, now: number): void {
    const { budget, link, name } = this.#host;
    budget.depart(priority, now);
    if (!link.isShared) return;
    this.#slot = undefined;
    if (this.#isAlone(now)) {
      for (let other = 1; other < this.#processes; other += 1) budget.note(now, priority);
      this.#untold.push(now);
      void this.#tellUntold();
    }
    link.say('sent', { name, priority });
  }

  /** Applies the rate-limit headers of a response, here and in the other processes. */
  hear(info: RateLimitInfo): void {
    const { budget, link, name, changed } = this.#host;
    const now = monotonicNow();
    budget.hear(info, now);
    if (info.status >= 400 && budget.pausedUntil > now) {
      void link.ask((store) => store.pause(name, budget.pausedUntil - now));
      link.say('limit', { name, info });
    }
    changed();
  }

  /** Keeps the window of the budget where the clock was set forward. */
  #noticeSetClock(now: number): void {
    const ticks = ticksNow();
    const setBy = now - this.#looked.now - (ticks - this.#looked.ticks);
    this.#looked = { now, ticks };
    if (setBy <= CLOCK_SET_MS) return;
    this.#host.budget.move(setBy);
    this.#untold = this.#untold.map((at) => at + setBy);
  }

  #isAlone(now: number): boolean {
    return now < Math.max(this.#aloneUntil, this.#distrustedUntil);
  }

  get #processes(): number {
    const { processes } = this.#host.link;
    return processes >= 1 && processes <= PROCESSES.most ? processes : PROCESSES.instead;
  }

  /**
   * Asks the store. What can't be is said once, as if the store were away; until it says something plausible, this process goes on alone.
   *
   * @returns `undefined` while it is away, or where it fails now
   */
  #askFor<T>(call: (store: LayersStore) => Promise<T>, isPlausible: (answer: T) => boolean): Promise<T | undefined> {
    return this.#host.link.ask(async (store) => {
      try {
        const answer = await call(store);
        if (!isPlausible(answer)) throw implausible(answer);
        this.#distrustedUntil = Number.NEGATIVE_INFINITY;
        return answer;
      } catch (error) {
        if (!isLayersError(error) || error.code !== 'INVALID_RESPONSE') throw error;
        const isSaid = this.#distrustedUntil > Number.NEGATIVE_INFINITY;
        this.#distrustedUntil = monotonicNow() + DISTRUST_MS;
        if (isSaid) return undefined;
        throw error;
      }
    });
  }

  async #ask(priority: Priority): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    if (!this.#isLearned) await this.#learnSpent();
    if (!this.#isAlone(monotonicNow())) await this.#take(priority);
    this.#isAsking = false;
    this.#host.changed();
  }

  async #take(priority: Priority): Promise<void> {
    const { budget, name } = this.#host;
    const isPerson = priority === 'person';
    await this.#tellUntold();
    const asked = monotonicNow();
    const ages = budget.sentAt(asked).map((at) => Math.max(0, asked - at));
    const turn = isPerson ? undefined : this.#turn(priority, asked);
    const inMs = budget.windowMs + MARGIN_MS;
    const wait = await this.#askFor(
      (store) => store.take(name, budget.cap(priority, asked), inMs, ages, turn),
      (answer) => isTime(answer, inMs + LONGEST_PAUSE_MS),
    );
    const now = monotonicNow();
    if (wait === 0) {
      this.#slot = { until: now + SLOT_MS, isPerson };
      if (!isPerson) this.#since = now;
    } else if (wait !== undefined) this.#retryAt[isPerson ? 'person' : 'background'] = now + Math.min(wait, LONGEST_WAIT_MS);
  }

  /** The place of a background request among those of the other processes. */
  #turn(priority: Priority, now: number): Turn {
    if (now > this.#retryAt.background + GIVEN_UP_MS) this.#since = now;
    const rank = PRIORITIES.indexOf(priority);
    return { process: this.#host.link.id, spacingMs: this.#host.budget.spacing(now), waitedMs: now - this.#since - rank * HEAD_START_MS };
  }

  /** What was sent before this process began counts when the store loses its count, or goes away. */
  async #learnSpent(): Promise<void> {
    const { budget, name } = this.#host;
    const ages = await this.#askFor(
      (store) => store.spent(name, budget.windowMs),
      (answer) => Array.isArray(answer) && answer.every((age) => isTime(age, budget.windowMs + LONGEST_PAUSE_MS)),
    );
    if (ages === undefined) return;
    this.#isLearned = true;
    const now = monotonicNow();
    // Of the newest it has heard already.
    for (const age of ages.slice(0, Math.max(0, ages.length - budget.spent(now)))) budget.note(now - age);
  }

  async #tellUntold(): Promise<void> {
    const { budget, link, name } = this.#host;
    const now = monotonicNow();
    this.#untold = this.#untold.filter((at) => at > now - budget.windowMs);
    if (link.isAway || this.#untold.length === 0) return;
    const told = this.#untold.splice(0);
    const ages = told.map((at) => now - at);
    const isCounted = await link.ask((store) => store.count(name, budget.windowMs + MARGIN_MS, ages).then(() => true));
    if (isCounted === undefined) this.#untold.unshift(...told);
  }

  #hear(kind: string, body: unknown): void {
    const { name, budget, changed } = this.#host;
    if (!isRecord(body) || body['name'] !== name) return;
    const priority = PRIORITIES.find((each) => each === body['priority']);
    if (kind === 'sent' && priority !== undefined) budget.note(monotonicNow(), priority);
    if (kind === 'limit' && isInfo(body['info'])) budget.hear(body['info'], monotonicNow());
    changed();
  }
}

function isInfo(value: unknown): value is RateLimitInfo {
  const isCount = (each: unknown) => each === null || (typeof each === 'number' && each >= 0 && Number.isFinite(each));
  return (
    isRecord(value) && typeof value['status'] === 'number' && ['retryAfterMs', 'limit', 'remaining'].every((name) => isCount(value[name]))
  );
}

/** Milliseconds that nobody sets. Where a runtime has none, nothing tells that its clock was set. */
const ticksNow = () => (typeof performance === 'undefined' ? Date.now() : performance.now());

const isTime = (ms: unknown, longest: number) => typeof ms === 'number' && ms >= 0 && ms <= longest;

const implausible = (answer: unknown) =>
  new LayersError({
    code: 'INVALID_RESPONSE',
    message: `layers-react: the store returned ${String(answer).slice(0, 100)} where it says how many milliseconds to wait, or since when. Until it returns something possible, this process goes on alone with its share of the budget, also while the store is said to be back. Check the store.`,
  });
