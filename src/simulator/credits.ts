import { lifeAt } from './generation.js';
import type { JobRecord } from './jobs.js';
import { Problem } from './problem.js';

/** What a container costs, by format with hyphens [reference/content/*]. */
export function creditsFor(format: string | null): number {
  return format === 'slideshow-builder' || format === 'slideshow-remix' ? 50 : 120;
}

/** Where the organisation's credits stand. */
export interface Balance {
  balance: number;
  reserved: number;
  used: number;
  /** `balance` less `reserved`, never under 0: what generation is gated on [concepts/credits]. */
  available: number;
}

/** Credits are reserved while a generation runs, spent when it completes, given back otherwise (refunds are not documented). */
export function balanceAt(total: number, jobs: Iterable<JobRecord>, now: number): Balance {
  let reserved = 0;
  let used = 0;
  for (const job of jobs) {
    for (const { run, credits } of job.parts) {
      const { ending } = lifeAt(run, now);
      if (!ending) reserved += credits;
      else if (ending.outcome === 'completed') used += credits;
    }
  }
  const balance = total - used;
  return { balance, reserved, used, available: Math.max(0, balance - reserved) };
}

/** Throws 402 `BILLING_EXHAUSTED` when less than `cost` is available. */
export function requireCredits(available: number, cost: number): void {
  if (available >= cost) return;
  throw new Problem(402, 'BILLING_EXHAUSTED', 'Not enough credits for this generation.', { available, required: cost });
}
