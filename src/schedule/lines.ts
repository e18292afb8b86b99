import type { RequestClass } from '../client/api.js';
import { type ClientSettings, connectionName } from '../client/settings.js';
import { Budget } from './budget.js';
import { Queue } from './queue.js';
import type { BudgetOptions } from './serverLimit.js';

/** Where requests of one class wait, and the budget that lets them leave. */
export interface Line {
  budget: Budget;
  queue: Queue;
  /** Called with the time of each request that leaves. */
  departures: Set<(at: number) => void>;
}

/** One line for each of the key's buckets (rate-limits page). */
export interface Lines {
  reads: Line;
  writes: Line;
  starts: Line;
}

/** The line of a request. */
export function lineOf(lines: Lines, kind: RequestClass): Line {
  return kind === 'read-light' ? lines.reads : kind === 'write-light' ? lines.writes : lines.starts;
}

function makeLine(options: BudgetOptions): Line {
  const budget = new Budget(options);
  const departures = new Set<(at: number) => void>();
  const queue = new Queue({
    nextAt: (priority, now) => budget.nextAt(priority, now),
    depart: (priority, now) => {
      budget.depart(priority, now);
      for (const listener of departures) listener(now);
    },
  });
  return { budget, queue, departures };
}

/** 80% of the standard tier's 20 starts a minute (rate-limits page). */
const STARTS_PER_MINUTE = 16;

/** Lines by who sends and where to. They are small, and kept for as long as whatever sends. */
const shared = new WeakMap<object, Map<string, Lines>>();

/** The lines of one connection: clients that ask the same address as the same user spend from one budget, at the lowest limit that any of them was given. */
export function sharedLines(settings: ClientSettings): Lines {
  const sender = settings.fetch ?? globalThis.fetch;
  const known = shared.get(sender) ?? new Map<string, Lines>();
  shared.set(sender, known);
  const name = connectionName(settings);
  const found = known.get(name);
  if (found) {
    found.reads.budget.limitTo(settings.readsPerMinute);
    found.writes.budget.limitTo(settings.writesPerMinute);
    return found;
  }
  const lines = {
    reads: makeLine({ limit: settings.readsPerMinute, isFixed: settings.isBudgetFixed }),
    writes: makeLine({ limit: settings.writesPerMinute, isFixed: settings.isWriteBudgetFixed, isPaced: false }),
    starts: makeLine({ limit: STARTS_PER_MINUTE, isFixed: false, isPaced: false }),
  };
  known.set(name, lines);
  return lines;
}
