import type { ApprovalResult } from '../model/approval.js';
import type { AssetFile } from '../model/asset.js';
import type { Container } from '../model/container.js';
import type { ContainerPage } from '../model/containerPage.js';
import type { AcceptedJob, CancelResult, Job } from '../model/job.js';
import type { ProgressSnapshot } from '../model/progress.js';
import type { Edition } from './clientOptions.js';
import type { ContainerListFilters } from './filters.js';
import type { ClonePostInput, GenerateInput, RegenerateInput } from './generate.js';

/** Per-request options. */
export interface RequestOptions {
  /** Cancels the request; the promise then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** Options of a request that starts something. */
export interface WriteOptions extends RequestOptions {
  /** Reuse it for retries of the same intent: the API then replays its first response instead of charging twice. @default a new one for each call */
  idempotencyKey?: string | undefined;
}

/** Which page of a list to read. */
export interface PageOptions extends RequestOptions {
  /** A `nextCursor`, verbatim. @default null, the first page */
  cursor?: string | null | undefined;
}

/** The methods of a client, each one request. They resolve with normalized plain JSON and reject with a `LayersError`. */
export interface LayersRequests {
  /** `GET /v1/content/:containerId`. Can be called while the container is in flight. */
  getContainer(containerId: string, options?: RequestOptions): Promise<Container>;
  /** `GET /v1/content/:containerId/progress`. */
  getProgress(containerId: string, options?: RequestOptions): Promise<ProgressSnapshot>;
  /** `GET /v1/projects/:projectId/content`, newest first. Bad filters reject with `INVALID_INPUT` and spend no read. */
  listContainers(projectId: string, filters?: ContainerListFilters, options?: PageOptions): Promise<ContainerPage>;
  /** `GET /v1/jobs/:jobId`, with `If-None-Match` from the second time on; a 304 resolves with the job as last read. */
  getJob(jobId: string, options?: RequestOptions): Promise<Job>;
  /** `POST /v1/jobs/:jobId/cancel`. Cooperative: keep polling the job. Rejects with `CONFLICT` in a stage that can't be canceled. */
  cancelJob(jobId: string, options?: RequestOptions): Promise<CancelResult>;
  /** `GET /v1/content/:containerId/assets/:assetId`: one file, to download or copy. To show a container, render its `preview`. */
  getAsset(containerId: string, assetId: string, options?: RequestOptions): Promise<AssetFile>;
  /** `POST /v1/content/:containerId/approve`. `note`: up to 1,024 characters. */
  approve(containerId: string, input?: { note?: string | undefined }, options?: RequestOptions): Promise<ApprovalResult>;
  /** `POST /v1/content/:containerId/reject`. `reason`: 1 to 1,024 characters. Final. */
  reject(containerId: string, input: { reason: string }, options?: RequestOptions): Promise<ApprovalResult>;
  /** Starts a generation: one route per format, in the old edition one route for all. Rejects with `INVALID_INPUT` before anything is sent. */
  generate(projectId: string, input: GenerateInput, options?: WriteOptions): Promise<AcceptedJob>;
  /** `POST /v1/content/:containerId/regenerate`; the container keeps its id. The newer pages no longer document it. */
  regenerate(containerId: string, input?: RegenerateInput, options?: WriteOptions): Promise<AcceptedJob>;
  /** `POST /v1/content/:containerId/clone-from-post`; creates new containers. The newer pages no longer document it. */
  cloneFromPost(containerId: string, input: ClonePostInput, options?: WriteOptions): Promise<AcceptedJob>;
}

/** Whose data a client reads, and in which edition it sends requests. */
export interface ClientIdentity {
  readonly baseUrl: string;
  readonly edition: Edition;
  /** The `scope` option, part of every cache key; `''` by default. */
  readonly scope: string;
}
