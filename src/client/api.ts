import { monotonicNow } from '../internal/monotonicNow.js';
import { parseApprovalResult } from '../model/approval.js';
import { parseAsset } from '../model/asset.js';
import { parseContainer } from '../model/container.js';
import { parseContainerPage } from '../model/containerPage.js';
import type { LayersError } from '../model/errors.js';
import { type AcceptedJob, parseAcceptedJob, parseCancelResult, parseJob } from '../model/job.js';
import { parseProgress } from '../model/progress.js';
import { AnswerMemory } from './answers.js';
import type { ClientSettings } from './clientOptions.js';
import { type ContainerListFilters, listParameters } from './filters.js';
import { type ClonePostInput, cloneBody, type GenerateInput, generateRequest, type RegenerateInput, regenerateBody } from './generate.js';
import { OFFER_HEADER, PUSH_VERSION } from './offer.js';
import { refuseInput } from './refusals.js';
import type { PageOptions, RequestOptions } from './requests.js';
import { SharedReads } from './sharedReads.js';
import type { SharedTurn, Wish } from './sharedTurn.js';
import { ageOf, failureOf, parseAnswer, type RateLimitInfo, send, serverTime, tellsReplay, type TransportRequest } from './transport.js';

/** The key's rate-limit buckets (rate-limits page): reads, writes, and requests that start a job. */
export type RequestClass = 'read-light' | 'write-light' | 'long-running';

/** A value and when it was requested, in milliseconds on the clock of `monotonicNow`: it contains no later write. */
export interface Answered<T> {
  value: T;
  askedAt: number;
  /** Why this is only the last good response of the server part; `undefined`: it isn't. */
  failure?: LayersError | undefined;
}

/** Decides when a request may be sent, and receives the rate-limit headers of its response. */
interface Pace {
  enter(kind: RequestClass, signal: AbortSignal | undefined): Promise<void>;
  heard(kind: RequestClass, word: RateLimitInfo): void;
  /** The server part offers push. */
  offered?: (() => void) | undefined;
}

type ReadOptions = RequestOptions & Wish;

/** Options of a request that starts a job. */
type StartOptions = RequestOptions & { idempotencyKey: string };

const contentPath = (id: string) => `/v1/content/${segment('containerId', id)}`;
const jobPath = (id: string) => `/v1/jobs/${segment('jobId', id)}`;
const projectPath = (id: string) => `/v1/projects/${segment('projectId', id)}/content`;

/** Every request of the API, typed. It doesn't decide when a request is sent. */
export class LayersApi {
  readonly #settings: ClientSettings;
  readonly #pace: Pace;
  readonly #answers = new AnswerMemory();
  readonly #shared = new SharedReads();
  #serverAhead: number | null = null;

  constructor(settings: ClientSettings, pace: Pace) {
    this.#settings = settings;
    this.#pace = pace;
  }

  container = async (id: string, options: ReadOptions) => this.#read(contentPath(id), parseContainer, options);

  progress = async (id: string, options: ReadOptions) =>
    this.#read(`${contentPath(id)}/progress`, (body) => parseProgress(body, id), options);

  job = async (id: string, options: ReadOptions) => this.#read(jobPath(id), parseJob, options);

  asset = async (id: string, assetId: string, options: ReadOptions) =>
    this.#read(`${contentPath(id)}/assets/${segment('assetId', assetId)}`, parseAsset, options);

  page = async (projectId: string, filters: ContainerListFilters, { cursor, ...options }: PageOptions & ReadOptions) => {
    const parameters = listParameters(filters, this.#settings.edition, cursor).toString();
    return this.#read(`${projectPath(projectId)}${parameters && `?${parameters}`}`, parseContainerPage, options);
  };

  approve = async (id: string, note: string | undefined, signal?: AbortSignal) =>
    this.#write('write-light', `${contentPath(id)}/approve`, { note }, parseApprovalResult, { signal });

  reject = async (id: string, reason: string, signal?: AbortSignal) =>
    this.#write('write-light', `${contentPath(id)}/reject`, { reason }, parseApprovalResult, { signal });

  cancelJob = async (id: string, signal?: AbortSignal) =>
    this.#write('write-light', `${jobPath(id)}/cancel`, {}, parseCancelResult, { signal });

  generate = async (projectId: string, input: GenerateInput, options: StartOptions) => {
    const { route, body } = generateRequest(input, this.#settings.edition);
    return this.#start(`${projectPath(projectId)}${route}`, body, options);
  };

  regenerate = async (id: string, input: RegenerateInput, options: StartOptions) =>
    this.#start(`${contentPath(id)}/regenerate`, regenerateBody(input), options);

  cloneFromPost = async (id: string, input: ClonePostInput, options: StartOptions) =>
    this.#start(`${contentPath(id)}/clone-from-post`, cloneBody(input), options);

  /** The server's time in milliseconds since 1970, from the last `Date` header; `null` if no response had one. */
  serverNow(): number | null {
    return this.#serverAhead === null ? null : Date.now() + this.#serverAhead;
  }

  /** Aborts the reads in flight; their promises reject with the reason. */
  close(reason: unknown): void {
    this.#shared.close(reason);
  }

  #read<T>(path: string, parse: (body: unknown) => T, { signal, ...wish }: ReadOptions): Promise<Answered<T>> {
    // On a server, headers created per request can belong to many users: no response may be shared between them.
    const isForOne = typeof this.#settings.headers !== 'function' || typeof document !== 'undefined';
    const answers = isForOne ? this.#answers : new AnswerMemory();
    const shared = isForOne ? this.#shared : new SharedReads();
    const ask = async (requestSignal: AbortSignal, turn: SharedTurn) => {
      await turn.granted;
      const { isNew } = turn;
      const last = answers.last(path);
      // Browsers add `Cache-Control` to a request that has a condition: without one, it says that a person asks (reads.ts of the server part).
      const etag = isNew ? null : last?.headers.get('etag');
      const headers = etag ? { 'if-none-match': etag } : undefined;
      const sentAt = monotonicNow();
      const response = await this.#send('read-light', { path, headers, isNew, signal: requestSignal });
      if (response.headers.get(OFFER_HEADER) === PUSH_VERSION) this.#pace.offered?.();
      const serverAt = serverTime(response.headers);
      if (serverAt !== null) this.#serverAhead = serverAt - Date.now();
      // What a cache on the way kept is as old as it says (RFC 9111, section 5.1).
      const askedAt = sentAt - ageOf(response.headers);
      const answer = response.status === 304 && last ? last : response;
      return { value: answers.take(path, answer, () => parseAnswer(answer, parse)), askedAt, failure: failureOf(response.headers) };
    };
    return shared.join(path, signal, ask, wish);
  }

  #start(path: string, body: object, options: StartOptions): Promise<AcceptedJob> {
    return this.#write('long-running', path, body, (json, headers) => parseAcceptedJob(json, tellsReplay(headers)), options);
  }

  async #write<T>(
    kind: RequestClass,
    path: string,
    body: object,
    parse: (body: unknown, headers: Headers) => T,
    { signal, idempotencyKey }: Partial<StartOptions>,
  ): Promise<T> {
    const headers = idempotencyKey === undefined ? undefined : { 'idempotency-key': idempotencyKey };
    await this.#pace.enter(kind, signal);
    try {
      return parseAnswer(await this.#send(kind, { path, body, signal, headers }), parse, true);
    } finally {
      this.#shared.seal();
    }
  }

  #send(kind: RequestClass, request: TransportRequest) {
    return send(this.#settings, request, (info) => this.#pace.heard(kind, info));
  }
}

/** Encodes one path segment; refuses an id that could reach another route. @throws LayersError `INVALID_INPUT` */
function segment(name: string, value: string): string {
  try {
    if (typeof value === 'string' && value !== '' && value !== '.' && value !== '..') return encodeURIComponent(value);
  } catch {
    // A lone surrogate cannot be encoded, and no id has one.
  }
  return refuseInput('argument', name, value, 'an id as the API gave it');
}
