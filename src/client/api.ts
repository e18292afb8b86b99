import { monotonicNow } from '../internal/monotonicNow.js';
import { type ApprovalResult, parseApprovalResult } from '../model/approval.js';
import { type AssetFile, parseAsset } from '../model/asset.js';
import { type Container, parseContainer } from '../model/container.js';
import { type ContainerPage, parseContainerPage } from '../model/containerPage.js';
import { isLayersError, LayersError } from '../model/errors.js';
import { type AcceptedJob, type CancelResult, type Job, parseAcceptedJob, parseCancelResult, parseJob } from '../model/job.js';
import { type ProgressSnapshot, parseProgress } from '../model/progress.js';
import { AnswerMemory } from './answers.js';
import type { ClientSettings } from './settings.js';
import { type ContainerListFilters, listParameters } from './filters.js';
import { type ClonePostInput, cloneBody, type GenerateInput, generateRequest, type RegenerateInput, regenerateBody } from './generate.js';
import type { PageOptions, RequestOptions } from './requests.js';
import { assetPath, contentPath, jobPath, projectContentPath } from './paths.js';
import { SharedReads } from './sharedReads.js';
import { createTransport, readable, type RateLimitInfo, tellsReplay } from './transport.js';

/** The key's rate-limit buckets (rate-limits page): reads, writes, and requests that start a job. */
export type RequestClass = 'read-light' | 'write-light' | 'long-running';

/** A value and when it was requested, in milliseconds on the clock of `monotonicNow`: it contains no later write. */
export interface Answered<T> {
  value: T;
  askedAt: number;
}

/** Decides when a request may be sent, and receives the rate-limit headers of its response. */
export interface Pace {
  enter(kind: RequestClass, signal: AbortSignal | undefined): Promise<void>;
  heard(kind: RequestClass, word: RateLimitInfo): void;
}

/** Options of a read. `pace`: awaited before the request is sent; without it the request is sent at once. */
export type ReadOptions = RequestOptions & { pace?: ((signal: AbortSignal) => Promise<void>) | undefined };

/** Every request of the API, typed. It doesn't decide when a request is sent. */
export class LayersApi {
  readonly #settings: ClientSettings;
  readonly #pace: Pace;
  readonly #transport: ReturnType<typeof createTransport>;
  readonly #answers = new AnswerMemory();
  readonly #shared = new SharedReads();
  #serverAhead: number | null = null;
  /** On a server, headers created per request can belong to many users: no response may be shared between them. */
  readonly #isForOne: boolean;

  constructor(settings: ClientSettings, pace: Pace) {
    this.#settings = settings;
    this.#pace = pace;
    this.#transport = createTransport(settings);
    this.#isForOne = typeof settings.headers !== 'function' || typeof document !== 'undefined';
  }

  container = (id: string, options: ReadOptions = {}): Promise<Answered<Container>> =>
    this.#read(() => contentPath(id), parseContainer, options);

  progress = (id: string, options: ReadOptions = {}): Promise<Answered<ProgressSnapshot>> =>
    this.#read(() => `${contentPath(id)}/progress`, parseProgress, options);

  job = (id: string, options: ReadOptions = {}): Promise<Answered<Job>> => this.#read(() => jobPath(id), parseJob, options);

  asset = (id: string, assetId: string, options: ReadOptions = {}): Promise<Answered<AssetFile>> =>
    this.#read(() => assetPath(id, assetId), parseAsset, options);

  page = (
    projectId: string,
    filters: ContainerListFilters,
    { cursor, ...options }: PageOptions & ReadOptions,
  ): Promise<Answered<ContainerPage>> =>
    this.#read(
      () => {
        const parameters = listParameters(filters, this.#settings.edition, cursor).toString();
        return `${projectContentPath(projectId)}${parameters && `?${parameters}`}`;
      },
      parseContainerPage,
      options,
    );

  approve = (id: string, note: string | undefined, signal?: AbortSignal): Promise<ApprovalResult> =>
    this.#write('write-light', () => [`${contentPath(id)}/approve`, { note }], parseApprovalResult, { signal });

  reject = (id: string, reason: string, signal?: AbortSignal): Promise<ApprovalResult> =>
    this.#write('write-light', () => [`${contentPath(id)}/reject`, { reason }], parseApprovalResult, { signal });

  cancelJob = (id: string, signal?: AbortSignal): Promise<CancelResult> =>
    this.#write('write-light', () => [`${jobPath(id)}/cancel`, {}], parseCancelResult, { signal });

  generate = (projectId: string, input: GenerateInput, options: StartOptions): Promise<AcceptedJob> =>
    this.#start(() => {
      const { route, body } = generateRequest(input, this.#settings.edition);
      return [`${projectContentPath(projectId)}${route && `/${route}`}`, body];
    }, options);

  regenerate = (id: string, input: RegenerateInput, options: StartOptions): Promise<AcceptedJob> =>
    this.#start(() => [`${contentPath(id)}/regenerate`, regenerateBody(input)], options);

  cloneFromPost = (id: string, input: ClonePostInput, options: StartOptions): Promise<AcceptedJob> =>
    this.#start(() => [`${contentPath(id)}/clone-from-post`, cloneBody(input)], options);

  /** Stops later reads from joining requests in flight, because something was written since. */
  seal(): void {
    this.#shared.seal();
  }

  /** The server's time in milliseconds since 1970, from the last `Date` header; `null` if no response had one. */
  serverNow(): number | null {
    return this.#serverAhead === null ? null : Date.now() + this.#serverAhead;
  }

  /** Aborts the reads in flight; their promises reject with the reason. */
  close(reason: unknown): void {
    this.#shared.close(reason);
  }

  async #read<T>(pathOf: () => string, parse: (body: unknown) => T, { signal, pace }: ReadOptions): Promise<Answered<T>> {
    const path = pathOf();
    const begin = async (requestSignal: AbortSignal): Promise<Answered<T>> => {
      await pace?.(requestSignal);
      const last = this.#isForOne ? this.#answers.last(path) : undefined;
      const headers = last?.etag != null && path.startsWith('/v1/jobs/') ? { 'if-none-match': last.etag } : undefined;
      const askedAt = monotonicNow();
      const response = await this.#transport({
        method: 'GET',
        path,
        signal: requestSignal,
        headers,
        hear: (word) => this.#pace.heard('read-light', word),
      });
      const date = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(date)) this.#serverAhead = date - Date.now();
      const answer =
        response.status === 304 && last
          ? last
          : { text: response.text, etag: response.headers.get('etag'), requestId: response.headers.get('x-request-id') };
      const value = () => withRequestId(answer.requestId, () => parse(readable(answer.text, answer.requestId)));
      return { value: this.#isForOne ? this.#answers.take(path, answer, value) : value(), askedAt };
    };
    return this.#isForOne ? this.#shared.join(path, signal, begin) : begin(signal ?? new AbortController().signal);
  }

  #start(request: () => [path: string, body: object], options: StartOptions): Promise<AcceptedJob> {
    return this.#write('long-running', request, (body, headers) => parseAcceptedJob(body, tellsReplay(headers)), options);
  }

  async #write<T>(
    kind: RequestClass,
    request: () => [path: string, body: object],
    parse: (body: unknown, headers: Headers) => T,
    { signal, idempotencyKey }: { signal?: AbortSignal | undefined; idempotencyKey?: string },
  ): Promise<T> {
    const [path, body] = request();
    const headers = idempotencyKey === undefined ? undefined : { 'idempotency-key': idempotencyKey };
    await this.#pace.enter(kind, signal);
    try {
      const answer = await this.#transport({ method: 'POST', path, body, signal, headers, hear: (word) => this.#pace.heard(kind, word) });
      const requestId = answer.headers.get('x-request-id');
      return withRequestId(requestId, () => parse(readable(answer.text, requestId), answer.headers));
    } finally {
      this.seal();
    }
  }
}

/** Options of a request that starts a job. */
interface StartOptions {
  idempotencyKey: string;
  signal?: AbortSignal | undefined;
}

/** Adds the request id of the response to an error about its body. */
function withRequestId<T>(requestId: string | null, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!isLayersError(error) || error.requestId !== null || requestId === null) throw error;
    const { code, message, status, details, cause } = error;
    throw new LayersError({ code, message, status, details, cause, requestId });
  }
}
