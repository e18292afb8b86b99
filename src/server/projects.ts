import { keepNewest } from '../internal/keepNewest.js';
import { containerKey } from '../model/ids.js';
import { parseJob } from '../model/job.js';
import { isRecord, parseJson } from '../model/plainJson.js';
import type { KeptAnswer } from './reader/answers.js';
import type { LayersTarget } from './routes.js';
import type { Link } from './store/link.js';

/** How long the store keeps the project of an accepted job, in milliseconds: longer than any job runs. */
const JOB_KEPT_MS = 2 * 3_600_000;
/** The most containers and jobs whose project is remembered; the least recently used is forgotten first. */
const CAPACITY = 50_000;

/** Reads a path of the API within the budget. */
type Read = (read: { kind: 'container' | 'job'; path: string; containerId?: string }) => Promise<Pick<KeptAnswer, 'status' | 'text'>>;

/** Which project each container and job belongs to, from every response that named it: that doesn't change. */
export class Projects {
  readonly #link: Link;
  readonly #known = new Map<string, string>();

  constructor(link: Link) {
    this.#link = link;
  }

  /** Takes in a response of the API. @param path of the request */
  learn(organization: string | null, path: string, body: unknown): void {
    if (!isRecord(body)) return;
    const listed = /^\/v1\/projects\/([^/?]+)\//.exec(path)?.[1];
    for (const each of Array.isArray(body['items']) ? body['items'] : [body]) {
      if (!isRecord(each)) continue;
      const project = each['projectId'] ?? listed;
      if (typeof project !== 'string' || project === '') continue;
      for (const id of [each['id'], each['containerId'], each['containerIds']].flat())
        if (typeof id === 'string') this.#put(nameOf(organization, 'container', id), project);
      if (typeof each['jobId'] === 'string') this.#put(nameOf(organization, 'job', each['jobId']), project);
    }
  }

  /** Takes in a job that the API accepted: while it runs nothing that can be read names its project, so the other processes are told. */
  accepted(organization: string | null, path: string, body: unknown): void {
    this.learn(organization, path, body);
    const jobId = isRecord(body) ? body['jobId'] : undefined;
    if (typeof jobId !== 'string' || !this.#link.isShared) return;
    const name = nameOf(organization, 'job', jobId);
    const known = this.#get(name);
    if (known !== undefined) void this.#link.ask((store) => store.set(`project ${name}`, known, JOB_KEPT_MS));
  }

  /**
   * The project of a target; `null` if there is no such target or nothing names its project. What isn't known is read: the container, or the job and then a
   * container of its.
   */
  async of(
    organization: string | null,
    target: Pick<LayersTarget, 'projectId' | 'containerId' | 'jobId'>,
    read: Read,
  ): Promise<string | null> {
    const { projectId, containerId, jobId } = target;
    if (projectId !== undefined) return projectId;
    const kind = containerId === undefined ? 'job' : 'container';
    const id = containerId ?? jobId;
    if (id === undefined) return null;
    const known = this.#get(nameOf(organization, kind, id));
    if (known !== undefined) return known;
    if (kind === 'job' && this.#link.isShared) {
      const kept = await this.#link.ask((store) => store.get(`project ${nameOf(organization, kind, id)}`));
      if (kept) return kept.value;
    }
    const path = kind === 'job' ? `/v1/jobs/${id}` : `/v1/content/${id}`;
    const { status, text } = await read({ kind, path, ...(kind === 'container' && { containerId: id }) });
    if (status !== 200) return null;
    const body = parseJson(text);
    this.learn(organization, path, body);
    const named = this.#get(nameOf(organization, kind, id));
    if (named !== undefined || kind === 'container') return named ?? null;
    const [made] = parseJob(body).containerIds;
    const project = made === undefined ? null : await this.of(organization, { containerId: made }, read);
    if (project !== null) this.#put(nameOf(organization, kind, id), project);
    return project;
  }

  #get(name: string): string | undefined {
    const project = this.#known.get(name);
    if (project !== undefined) this.#put(name, project);
    return project;
  }

  #put(name: string, project: string): void {
    keepNewest(this.#known, name, project, CAPACITY);
  }
}

const nameOf = (organization: string | null, kind: 'container' | 'job', id: string) =>
  `${organization ?? ''} ${kind} ${kind === 'container' ? containerKey(id) : id}`;
