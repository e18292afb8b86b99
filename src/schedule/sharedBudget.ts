import type { RequestClass } from '../client/api.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import { Budget } from './budget.js';
import type { Priority } from './priority.js';
import { Queue } from './queue.js';
import type { RateLimitInfo } from '../client/transport.js';
import { createLedger, readLedger } from './ledger.js';
import type { BudgetOptions } from './serverLimit.js';

/** A budget, and where requests wait for it. */
interface Line {
  budget: Budget;
  queue: Queue;
  /** Called with the time of each request that leaves. */
  departures: Set<(at: number) => void>;
}

/** What one API key may send: a budget for each class of requests. */
export type Lines = Record<RequestClass, Line>;

/** Limits of one client. */
export interface Limits {
  /** Reads in any 60 s. */
  readsPerMinute: number;
  /** Whether somebody chose `readsPerMinute`: then it is never raised. */
  isReadsFixed: boolean;
  /** Writes in any 60 s, without those that start a job. */
  writesPerMinute: number;
  /** Whether somebody chose `writesPerMinute`. */
  isWritesFixed: boolean;
  /** Whether what was spent is kept beyond this page: other pages of the browser that have this name are the same client. */
  isKept: boolean;
}

/** 80% of the standard tier's 20 (rate-limits page), like the others. */
const JOBS_PER_MINUTE = 16;
/** The largest tier of each class (rate-limits page). */
const LARGEST = { 'read-light': 6_000, 'write-light': 3_000, 'long-running': 300 } as const;
/** How often what nobody holds any more is looked for, at most. */
const PRUNE_EVERY_MS = 1_000;

interface Names {
  lines: Map<string, WeakRef<Lines>>;
  prunedAt: number;
}

/** By what sends (`fetch`), then by name. Weak: on a server there may be a name for each person who ever came. */
const shared = new WeakMap<object, Names>();
/** Keeps all lines of a name for as long as a client holds any of their budgets or queues. */
const linesOf = new WeakMap<Budget | Queue, Lines>();
/** Lines with something in their window: they are to be found again although no client holds them. */
const busy = new Set<Lines>();

/** A budget that is remembered while there is something to remember. */
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
 * The budgets of one name: clients that send by the same `fetch` under the same name spend from one, at the lowest limit that any of them chose. They are
 * kept while a client holds any part of them, and after that until the last request has left the window and no pause is on.
 *
 * @param sender what sends: the client's own `fetch`, else the global one
 * @param name whose requests these are
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
    // Somebody waits for each write, and few are written: they leave at once while there is room.
    'write-light': makeLine({ limit: writesPerMinute, isFixed: isWritesFixed, largestLimit: LARGEST['write-light'], isPaced: false }),
    'long-running': makeLine({ limit: JOBS_PER_MINUTE, isFixed: false, largestLimit: LARGEST['long-running'], isPaced: false }),
  };
  for (const { budget, queue } of Object.values(lines)) {
    linesOf.set(budget, lines);
    linesOf.set(queue, lines);
  }
  return lines;
}

/** Has what is spent outlive a reload, and takes in what was spent before it and in other tabs. */
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
