import type { RequestClass } from '../client/api.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import { Budget } from './budget.js';
import type { Priority } from './priority.js';
import { Queue } from './queue.js';
import type { RateLimitInfo } from '../client/transport.js';
import { createLedger, readLedger } from './ledger.js';
import type { BudgetOptions } from './serverLimit.js';

/** A budget and its queue. */
interface Line {
  budget: Budget;
  queue: Queue;
  /** Called with the time of each request sent. */
  departures: Set<(at: number) => void>;
}

/** The budget and queue of each request class, for one API key. */
export type Lines = Record<RequestClass, Line>;

/** Limits of one client. */
export interface Limits {
  /** Reads in any 60 s. */
  readsPerMinute: number;
  /** Whether `readsPerMinute` was set explicitly; then it is never raised. */
  isReadsFixed: boolean;
  /** Writes in any 60 s, not counting requests that start a job. */
  writesPerMinute: number;
  /** Whether `writesPerMinute` was set explicitly; then it is never raised. */
  isWritesFixed: boolean;
  /** Whether sent reads are persisted across reloads and shared with other tabs. */
  isKept: boolean;
}

/** 80% of the standard tier's 20 (rate-limits page), like the others. */
const JOBS_PER_MINUTE = 16;
/** The largest tier of each class (rate-limits page). */
const LARGEST = { 'read-light': 6_000, 'write-light': 3_000, 'long-running': 300 } as const;
/** The shortest time between two cleanups, in milliseconds. */
const PRUNE_EVERY_MS = 1_000;

interface Names {
  lines: Map<string, WeakRef<Lines>>;
  prunedAt: number;
}

/** By `fetch` function, then by name. Weak: a server can have a name for each user. */
const shared = new WeakMap<object, Names>();
/** Keeps all lines of a name alive while a client holds any of their budgets or queues. */
const linesOf = new WeakMap<Budget | Queue, Lines>();
/** Lines with requests in their window: kept although no client holds them. */
const busy = new Set<Lines>();

/** A budget that is kept alive while its window has requests or a pause is in effect. */
class RememberedBudget extends Budget {
  readonly departures = new Set<(at: number) => void>();

  override depart(priority: Priority, now: number): void {
    super.depart(priority, now);
    this.#remember();
    for (const listener of this.departures) listener(now);
  }

  override note(at: number): void {
    super.note(at);
    this.#remember();
  }

  override hear(info: RateLimitInfo, now: number): void {
    super.hear(info, now);
    if (this.pausedUntil > now) this.#remember();
  }

  #remember(): void {
    const lines = linesOf.get(this);
    if (lines) busy.add(lines);
  }
}

/**
 * The budgets of one name. Clients with the same `fetch` and name share them, at the lowest explicit limit. They live while a client holds any part of them,
 * and then until the window is empty and no pause is in effect.
 *
 * @param sender the client's own `fetch`, else the global one
 * @param name see `connectionName`
 */
export function sharedLines(sender: object, name: string, limits: Limits): Lines {
  const names = shared.get(sender) ?? { lines: new Map<string, WeakRef<Lines>>(), prunedAt: Number.NEGATIVE_INFINITY };
  shared.set(sender, names);
  prune(names, monotonicNow());
  const found = names.lines.get(name)?.deref();
  if (found) {
    if (limits.isReadsFixed) found['read-light'].budget.limitTo(limits.readsPerMinute);
    if (limits.isWritesFixed) found['write-light'].budget.limitTo(limits.writesPerMinute);
    return found;
  }
  const made = makeLines(limits);
  if (limits.isKept) keep(name, made['read-light']);
  names.lines.set(name, new WeakRef(made));
  return made;
}

function makeLines({ readsPerMinute, isReadsFixed, writesPerMinute, isWritesFixed }: Limits): Lines {
  const lines: Lines = {
    'read-light': makeLine({ limit: readsPerMinute, isFixed: isReadsFixed, largestLimit: LARGEST['read-light'] }),
    // Writes are few, and a person waits for each: they are sent at once while the window has room.
    'write-light': makeLine({ limit: writesPerMinute, isFixed: isWritesFixed, largestLimit: LARGEST['write-light'], isPaced: false }),
    'long-running': makeLine({ limit: JOBS_PER_MINUTE, isFixed: false, largestLimit: LARGEST['long-running'], isPaced: false }),
  };
  for (const { budget, queue } of Object.values(lines)) {
    linesOf.set(budget, lines);
    linesOf.set(queue, lines);
  }
  return lines;
}

/** Persists what is spent, and adds what was spent before a reload and in other tabs. */
function keep(name: string, { budget, departures }: Line): void {
  for (const at of readLedger(name, monotonicNow())) budget.note(at);
  const ledger = createLedger(name, { note: (at) => budget.note(at) });
  departures.add(ledger.spent);
}

function makeLine(options: BudgetOptions): Line {
  const budget = new RememberedBudget(options);
  return { budget, queue: new Queue(budget), departures: budget.departures };
}

function prune(names: Names, now: number): void {
  if (now - names.prunedAt < PRUNE_EVERY_MS) return;
  names.prunedAt = now;
  for (const lines of busy) if (Object.values(lines).every((line) => isIdle(line, now))) busy.delete(lines);
  for (const [name, lines] of names.lines) if (lines.deref() === undefined) names.lines.delete(name);
}

function isIdle({ budget, queue }: Line, now: number): boolean {
  return budget.spent(now) === 0 && budget.pausedUntil <= now && queue.size === 0;
}
