import { isRecord } from '../../model/plainJson.js';
import { parseJob } from '../../model/job.js';
import type { WebhookSubject } from './subject.js';

/** The most jobs whose containers are remembered; the oldest is forgotten first. */
const CAPACITY = 10_000;

/** Which containers each job makes, from every response that named both: the documented webhook of a job that failed names none. */
export class JobContainers {
  readonly #known = new Map<string, readonly string[]>();

  /** Takes in a response of the API. @param containerId the container that it is about; `null`: it names its own */
  learn(body: unknown, containerId: string | null = null): void {
    if (!isRecord(body) || typeof body['jobId'] !== 'string' || body['jobId'].trim() === '') return;
    const { jobId, containerIds } = parseJob(body);
    const ids = containerId === null ? containerIds : [containerId];
    if (ids.length === 0) return;
    this.#known.delete(jobId);
    this.#known.set(jobId, ids);
    if (this.#known.size > CAPACITY) this.#known.delete(this.#known.keys().next().value as string);
  }

  /** A subject with its containers: `subject` itself if it names them, or if they aren't known. Of several nobody knows which ended how. */
  named(subject: WebhookSubject): WebhookSubject {
    const { jobId, containerIds, status } = subject;
    const known = jobId === null || containerIds.length > 0 ? undefined : this.#known.get(jobId);
    return known === undefined ? subject : { ...subject, containerIds: known, status: known.length > 1 ? null : status };
  }
}
