import { endingOf } from '../generation.js';
import { jobAt, type JobRecord } from '../jobs.js';

/** A change that is sent as a webhook. `at` is in milliseconds since 1970. */
export type OutboxEntry =
  | { at: number; kind: 'container-completed'; containerId: string }
  | { at: number; kind: 'job-ended'; job: JobRecord }
  | { at: number; kind: 'event'; type: string; data: Record<string, unknown> };

/** The earliest of some times; `Infinity` for none. */
export const earliest = (times: readonly number[]): number => times.reduce((least, time) => Math.min(least, time), Infinity);

/** Collects the changes that webhooks are sent for. It has no timer: planned ends are found when `take` is called. */
export class Outbox {
  /** Called when there is a new entry, or when a planned end has moved. */
  changed: () => void = () => {};
  /** Running jobs, each with those of its containers that have ended. */
  readonly #jobs = new Map<JobRecord, Set<string>>();
  #events: OutboxEntry[] = [];

  /** Follows a job to its end. A job that has already ended, as in a library of the past, is ignored. */
  follow(job: JobRecord, now: number): void {
    if (jobAt(job, now).status !== 'running') return;
    this.#jobs.set(job, new Set(this.#endings(job, now).map(({ containerId }) => containerId)));
    this.changed();
  }

  add(at: number, type: string, data: Record<string, unknown>): void {
    this.#events.push({ at, kind: 'event', type, data });
    this.changed();
  }

  /** Removes and returns the entries up to now, oldest first; at the same moment, containers before their job. */
  take(now: number): OutboxEntry[] {
    const entries = this.#events.splice(0);
    for (const [job, ended] of this.#jobs) {
      for (const { containerId, at, outcome } of this.#endings(job, now)) {
        if (!ended.has(containerId) && outcome === 'completed') entries.push({ at, kind: 'container-completed', containerId });
        ended.add(containerId);
      }
      const { finishedAt } = jobAt(job, now);
      if (finishedAt === null) continue;
      entries.push({ at: finishedAt, kind: 'job-ended', job });
      this.#jobs.delete(job);
    }
    return entries.sort((a, b) => a.at - b.at);
  }

  /** When the next entry is due, as planned; `Infinity`: never. */
  nextAt(): number {
    let next = earliest(this.#events.map(({ at }) => at));
    for (const [job, ended] of this.#jobs)
      for (const { containerId, at } of this.#endings(job, Infinity)) if (!ended.has(containerId)) next = Math.min(next, at);
    return next;
  }

  #endings({ parts }: JobRecord, now: number) {
    return parts.flatMap(({ containerId, run }) => {
      const ending = endingOf(run);
      return ending && ending.at <= now ? [{ containerId, ...ending }] : [];
    });
  }
}
