import type { RequestClass } from '../client/api.js';
import type { ClientSettings } from '../client/clientOptions.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import { Budget, type BudgetOptions } from './budget.js';
import { createLedger, createLimitLedger, createPauseLedger } from './ledger.js';
import { Queue } from './queue.js';

/** The budget and queue of each request class, for one API key. */
export type Lines = Record<RequestClass, { budget: Budget; queue: Queue }>;

/** Limits of one client; `shareTabs`: sent reads are persisted across reloads and shared with other tabs. */
export type Limits = Pick<ClientSettings, 'readsPerMinute' | 'isBudgetFixed' | 'writesPerMinute' | 'isWriteBudgetFixed' | 'shareTabs'>;

/** 80% of the standard tier's 20 (rate-limits page), like the others. */
const JOBS_PER_MINUTE = 16;
/** The shortest time between two cleanups, in milliseconds. */
const PRUNE_EVERY_MS = 1_000;

/** By `fetch` function, then by name. Weak: a server can have a name for each user. */
const shared = new WeakMap<object, { names: Map<string, WeakRef<Lines>>; prunedAt: number }>();
/** Lines with requests in their window: kept although no client holds them. */
const busy = new Set<Lines>();

/**
 * The budgets of one name (`connectionName`). Clients with the same `fetch` and name share them, at the lowest explicit limit. They live while a client holds
 * any part of them, and then until the window is empty and no pause is in effect. @param sender the client's own `fetch`, else the global one
 */
export function sharedLines(sender: object, name: string, limits: Limits): Lines {
  const known = shared.get(sender) ?? { names: new Map<string, WeakRef<Lines>>(), prunedAt: Number.NEGATIVE_INFINITY };
  shared.set(sender, known);
  const now = monotonicNow();
  if (now - known.prunedAt >= PRUNE_EVERY_MS) {
    known.prunedAt = now;
    // A queue with waiting requests is held by its timer.
    const isIdle = ({ budget }: Lines[RequestClass]) => budget.spent(now) === 0 && budget.pausedUntil <= now;
    for (const each of busy) if (Object.values(each).every(isIdle)) busy.delete(each);
    for (const [each, held] of known.names) if (held.deref() === undefined) known.names.delete(each);
  }
  const lines = known.names.get(name)?.deref() ?? makeLines(limits, name);
  known.names.set(name, new WeakRef(lines));
  if (limits.isBudgetFixed) lines['read-light'].budget.limitTo(limits.readsPerMinute);
  if (limits.isWriteBudgetFixed) lines['write-light'].budget.limitTo(limits.writesPerMinute);
  return lines;
}

function makeLines({ readsPerMinute, writesPerMinute, shareTabs }: Limits, name: string): Lines {
  const makeLine = (options: BudgetOptions) => {
    const budget = new Budget(options);
    // Who holds one budget or its queue so holds all lines of the name.
    budget.onGrown = () => busy.add(lines);
    return { budget, queue: new Queue(budget) };
  };
  // The largest limits are those of the largest tier (rate-limits page).
  const lines: Lines = {
    'read-light': makeLine({ limit: readsPerMinute, largestLimit: 6_000 }),
    // Writes are few, and a person waits for each: they are sent at once while the window has room.
    'write-light': makeLine({ limit: writesPerMinute, largestLimit: 3_000, isPaced: false }),
    'long-running': makeLine({ limit: JOBS_PER_MINUTE, largestLimit: 300, isPaced: false }),
  };
  const { budget, queue } = lines['read-light'];
  if (shareTabs) {
    // Before what was sent: by a lower limit that would fill the minute.
    budget.onLimit = createLimitLedger(name, (...limit) => {
      budget.learn(...limit);
      queue.pump();
    });
    budget.onDepart = createLedger(name, (at) => budget.note(at));
    budget.onPause = createPauseLedger(name, (until) => budget.pause(until));
  }
  return lines;
}
