import { endingOf } from '../generation.js';
import { jobAt, type JobRecord } from '../jobs.js';

/** Something that webhooks tell of, at a time in milliseconds since 1970. */
export type Happening =
  | { at: number; kind: 'generated'; containerId: string }
  | { at: number; kind: 'ended'; job: JobRecord }
  | { at: number; kind: 'told'; type: string; data: Record<string, unknown> };

/** The least of some times; `Infinity` for none. */
export const earliest = (times: readonly number[]): number => times.reduce((least, time) => Math.min(least, time), Infinity);

/** What happens that webhooks tell of. It has no timer: what is planned happens when somebody looks. */
export class Outbox {
  /** Called when something happened, or will at another time than was planned. */
  changed: () => void = () => {};
  /** Jobs that haven't ended, and the containers of theirs that have. */
  readonly #jobs = new Map<JobRecord, Set<string>>();
  #told: Happening[] = [];

  /** Follows a job to its end. What ended before it was put in is old news. */
  follow(job: JobRecord, now: number): void {
    if (jobAt(job, now).status !== 'running') return;
    this.#jobs.set(job, new Set(this.#endings(job, now).map(({ containerId }) => containerId)));
    this.changed();
  }

  add(at: number, type: string, data: Record<string, unknown>): void {
    this.#told.push({ at, kind: 'told', type, data });
    this.changed();
  }

  /** Takes out what happened until now, oldest first; of one moment, containers before their job. */
  take(now: number): Happening[] {
    const happenings = this.#told.splice(0);
    for (const [job, ended] of this.#jobs) {
      for (const { containerId, at, outcome } of this.#endings(job, now)) {
        if (!ended.has(containerId) && outcome === 'completed') happenings.push({ at, kind: 'generated', containerId });
        ended.add(containerId);
      }
      const { finishedAt } = jobAt(job, now);
      if (finishedAt === null) continue;
      happenings.push({ at: finishedAt, kind: 'ended', job });
      this.#jobs.delete(job);
    }
    return happenings.sort((a, b) => a.at - b.at);
  }

  /** When the next thing happens, as planned; `Infinity`: never. */
  nextAt(): number {
    let next = earliest(this.#told.map(({ at }) => at));
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
