import { balanceAt, requireCredits } from '../credits.js';
import { jobAt } from '../jobs.js';
import { Problem } from '../problem.js';
import type { Call } from './route.js';

/** Throws if the organisation may not start one more job that costs this much: 429 for the cap on running jobs, 402 for credits. */
export function admit({ world, now }: Call, credits: number): void {
  const { maxConcurrentJobs = Infinity, credits: total = 1_000_000 } = world.options;
  if (maxConcurrentJobs !== Infinity) {
    let running = 0;
    for (const job of world.jobs.values()) if (jobAt(job, now).status === 'running') running += 1;
    if (running >= maxConcurrentJobs) {
      const details = { limit: maxConcurrentJobs, running };
      throw new Problem(429, 'CONCURRENCY_LIMITED', 'Too many jobs are running.', details, { 'Retry-After': '30' });
    }
  }
  requireCredits(balanceAt(total, world.jobs.values(), now).available, credits);
}
