import type { RequestClass } from '../client/api.js';
import { type ClientSettings, connectionName } from '../client/settings.js';
import { ReadBudget } from './budget.js';
import { Queue } from './queue.js';

/** Where requests of one class wait, and the budget that lets them leave. */
export interface Line {
  budget: ReadBudget;
  queue: Queue;
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

function makeLine(limit: number, isFixed: boolean): Line {
  const budget = new ReadBudget(limit, isFixed);
  return { budget, queue: new Queue(budget) };
}

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
    reads: makeLine(settings.readsPerMinute, settings.isBudgetFixed),
    writes: makeLine(settings.writesPerMinute, settings.isWriteBudgetFixed),
    starts: makeLine(16, false),
  };
  known.set(name, lines);
  return lines;
}
