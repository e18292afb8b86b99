import { keepNewest } from '../../internal/keepNewest.js';
import { containerKey } from '../../model/ids.js';
import { isRecord } from '../../model/plainJson.js';
import { parseJob } from '../../model/job.js';
import type { WebhookSubject } from './subject.js';

/** The most jobs whose containers are remembered; the oldest is forgotten first. */
const CAPACITY = 10_000;

/** Which containers each job makes, from every response that named both: the documented webhook of a job that failed names none. */
export class JobContainers {
  readonly #known = new Map<string, readonly string[]>();
  /** The job that was last said to make a container, by the container's key. */
  readonly #last = new Map<string, string>();

  /** Takes in a response of the API. @param containerId the container that it is about; `null`: it names its own */
  learn(body: unknown, containerId: string | null = null): void {
    if (!isRecord(body) || typeof body['jobId'] !== 'string' || body['jobId'].trim() === '') return;
    const { jobId, containerIds } = parseJob(body);
    const ids = containerId === null ? containerIds : [containerId];
    if (ids.length === 0) return;
    keepNewest(this.#known, jobId, ids, CAPACITY);
    for (const id of ids) keepNewest(this.#last, containerKey(id), jobId, CAPACITY);
  }

  /**
   * A subject with its containers: `subject` itself if it names them, or if they aren't known. Of several nobody knows which ended how, and the end of a job
   * says nothing of a container that another job makes: a read tells.
   */
  named(subject: WebhookSubject): WebhookSubject {
    const { jobId, status } = subject;
    if (jobId === null) return subject;
    const containerIds = subject.containerIds.length > 0 ? subject.containerIds : (this.#known.get(jobId) ?? subject.containerIds);
    const isOver = containerIds.some((id) => (this.#last.get(containerKey(id)) ?? jobId) !== jobId);
    if (containerIds === subject.containerIds && !isOver) return subject;
    return { ...subject, containerIds, status: isOver || containerIds.length > 1 ? null : status };
  }
}
