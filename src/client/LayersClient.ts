import type { ApprovalResult } from '../model/approval.js';
import type { AssetFile } from '../model/asset.js';
import type { Container } from '../model/container.js';
import type { ContainerPage } from '../model/containerPage.js';
import type { AcceptedJob, CancelResult, Job } from '../model/job.js';
import type { ProgressSnapshot } from '../model/progress.js';
import type { ContainerListFilters } from './filters.js';
import type { Decisions } from './decisions.js';
import type { ReadLoop } from './reads/readLoop.js';
import type { Writes } from './writes/writes.js';
import type { ClonePostInput, GenerateInput, RegenerateInput } from './generate.js';

/** Which spelling of the wire is sent: `current` (`processing`, hyphens, one route a format) or `legacy` (`generating`, underscores, one unified route). Both are always understood. */
export type Edition = 'current' | 'legacy';

/** Headers for every request, or a function that makes them for each, such as one that reads a session token. */
export type LayersHeaders = Record<string, string> | (() => Record<string, string> | Promise<Record<string, string>>);

/** What {@link createLayersClient} takes. */
export interface LayersClientOptions {
  /** Where your server part is mounted (`/api/layers`), or on a server `https://api.layers.com`. `/v1/…` is added; a trailing `/` or `/v1` is dropped. */
  baseUrl: string;
  /** Used instead of the global `fetch`. */
  fetch?: ((input: string, init: RequestInit) => Promise<Response>) | undefined;
  /** Added to every request. Never an API key in a browser: that throws. */
  headers?: LayersHeaders | undefined;
  /** @default 'current' */
  edition?: Edition | undefined;
  /**
   * Most reads in any 60 s, over all hooks of this scope. Whole number, 1 or more. A 429 lowers it for a while.
   * @default 80% of the key's tier: 96, and more once the server's headers name a larger tier
   */
  readsPerMinute?: number | undefined;
  /**
   * Most writes in any 60 s, decisions above all, over all hooks of this scope. Whole number, 1 or more. What is over waits. What starts a job has a
   * bucket of its own (rate-limits page) and is not counted.
   * @default 80% of the key's tier: 48, and more once the server's headers name a larger tier
   */
  writesPerMinute?: number | undefined;
  /** How long one request may take, in milliseconds, before it fails with `TIMEOUT`. @default 15000 */
  timeoutMs?: number | undefined;
  /** How long a container may be in flight, in milliseconds, before it is read once a minute only. That is no error: it is still running on the server. @default 1800000, half an hour */
  deadlineMs?: number | undefined;
  /**
   * Whether the tabs of this origin elect one that reads for all of them.
   * @default true where the browser can (Web Locks, BroadcastChannel), and neither an own `fetch` nor a headers function without `scope` could make two tabs differ
   */
  shareTabs?: boolean | undefined;
  /** Whose data this client reads, when `baseUrl` and `headers` do not tell (a session cookie): part of every cache key. @default '' */
  scope?: string | undefined;
}

/** Per-request options. */
export interface RequestOptions {
  /** Cancels the request; the promise then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** Options of a request that starts something. */
export interface WriteOptions extends RequestOptions {
  /** Made anew for each call unless given. Reuse one on the retries of one intent: the API then replays its first answer instead of billing twice. */
  idempotencyKey?: string | undefined;
}

/**
 * Asks the Layers API. Made by {@link createLayersClient}. Every method resolves with normalized plain JSON and rejects with a `LayersError`.
 */
export interface LayersClient {
  readonly baseUrl: string;
  readonly edition: Edition;
  /** Base URL and session in one word: part of every cache key, so that two clients never share answers by mistake. */
  readonly scope: string;
  /** When what is followed is read; the queries register themselves here. @internal */
  readonly reads: ReadLoop;
  /** When a write may leave. @internal */
  readonly writes: Writes;
  /** What was decided, so that no read undoes it. @internal */
  readonly decisions: Decisions;
  /** Lets go of the page: its listeners, its place among the tabs, its timers. What is followed or read afterwards takes them up again. */
  close(): void;
  /** `GET /v1/content/:containerId`. Safe while in flight. */
  getContainer(containerId: string, options?: RequestOptions): Promise<Container>;
  /** `GET /v1/content/:containerId/progress`. */
  getProgress(containerId: string, options?: RequestOptions): Promise<ProgressSnapshot>;
  /** `GET /v1/projects/:projectId/content`, newest first. `cursor` is a `nextCursor`, verbatim. Bad filters reject with `INVALID_INPUT` and spend no read. */
  listContainers(
    projectId: string,
    filters?: ContainerListFilters,
    options?: RequestOptions & { cursor?: string | null | undefined },
  ): Promise<ContainerPage>;
  /** `GET /v1/jobs/:jobId`, with `If-None-Match` from the second time on; a 304 resolves with the job as last read. */
  getJob(jobId: string, options?: RequestOptions): Promise<Job>;
  /** `POST /v1/jobs/:jobId/cancel`. Cooperative: keep reading the job. Rejects with `CONFLICT` in a stage that cannot be canceled. */
  cancelJob(jobId: string, options?: RequestOptions): Promise<CancelResult>;
  /** `GET /v1/content/:containerId/assets/:assetId`: the file by itself, to download or copy. To show a container, render its `preview`. */
  getAsset(containerId: string, assetId: string, options?: RequestOptions): Promise<AssetFile>;
  /** `POST /v1/content/:containerId/approve`. `note`: up to 1,024 characters. */
  approve(containerId: string, input?: { note?: string | undefined }, options?: RequestOptions): Promise<ApprovalResult>;
  /** `POST /v1/content/:containerId/reject`. `reason`: 1 to 1,024 characters. Final. */
  reject(containerId: string, input: { reason: string }, options?: RequestOptions): Promise<ApprovalResult>;
  /** Starts a generation: one route a format in the current edition, the unified one in the old. Rejects with `INVALID_INPUT` before anything is sent. */
  generate(projectId: string, input: GenerateInput, options?: WriteOptions): Promise<AcceptedJob>;
  /** `POST /v1/content/:containerId/regenerate`; the container keeps its id. The newer pages no longer teach it. */
  regenerate(containerId: string, input?: RegenerateInput, options?: WriteOptions): Promise<AcceptedJob>;
  /** `POST /v1/content/:containerId/clone-from-post`; makes new containers. The newer pages no longer teach it. */
  cloneFromPost(containerId: string, input: ClonePostInput, options?: WriteOptions): Promise<AcceptedJob>;
}
