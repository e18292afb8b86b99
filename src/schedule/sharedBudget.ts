import type { RequestClass } from '../client/api.js';
import type { ClientSettings } from '../client/clientOptions.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import { Budget } from './budget.js';
import { Queue } from './queue.js';
import { createLedger, readLedger } from './ledger.js';
import type { BudgetOptions } from './serverLimit.js';

/** A budget and its queue. */
interface Line {
  budget: Budget;
  queue: Queue;
}

/** The budget and queue of each request class, for one API key. */
export type Lines = Record<RequestClass, Line>;

/** Limits of one client; `shareTabs`: sent reads are persisted across reloads and shared with other tabs. */
export type Limits = Pick<ClientSettings, 'readsPerMinute' | 'isBudgetFixed' | 'writesPerMinute' | 'isWriteBudgetFixed' | 'shareTabs'>;

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
/** Lines with requests in their window: kept although no client holds them. */
const busy = new Set<Lines>();

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
    if (limits.isBudgetFixed) found['read-light'].budget.limitTo(limits.readsPerMinute);
    if (limits.isWriteBudgetFixed) found['write-light'].budget.limitTo(limits.writesPerMinute);
    return found;
  }
  const made = makeLines(limits, name);
  names.lines.set(name, new WeakRef(made));
  return made;
}

function makeLines({ readsPerMinute, isBudgetFixed, writesPerMinute, isWriteBudgetFixed, shareTabs }: Limits, name: string): Lines {
  const lines: Lines = {
    'read-light': makeLine({ limit: readsPerMinute, isFixed: isBudgetFixed, largestLimit: LARGEST['read-light'] }),
    // Writes are few, and a person waits for each: they are sent at once while the window has room.
    'write-light': makeLine({ limit: writesPerMinute, isFixed: isWriteBudgetFixed, largestLimit: LARGEST['write-light'], isPaced: false }),
    'long-running': makeLine({ limit: JOBS_PER_MINUTE, isFixed: false, largestLimit: LARGEST['long-running'], isPaced: false }),
  };
  // Who holds one budget or its queue so holds all lines of the name.
  for (const { budget } of Object.values(lines)) budget.onSpent = () => busy.add(lines);
  if (shareTabs) keep(name, lines);
  return lines;
}

/** Persists what is spent, and adds what was spent before a reload and in other tabs. */
function keep(name: string, lines: Lines): void {
  const { budget } = lines['read-light'];
  const ledger = createLedger(name, { note: (at) => budget.note(at) });
  budget.onSpent = (sentAt) => {
    busy.add(lines);
    if (sentAt !== undefined) ledger.spent(sentAt);
  };
  for (const at of readLedger(name, monotonicNow())) budget.note(at);
}

function makeLine(options: BudgetOptions): Line {
  const budget = new Budget(options);
  return { budget, queue: new Queue(budget) };
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
