import * as z from 'zod/mini';
import { isRecord } from './plainJson.js';
import { safeUrl } from './url.js';
import { failure, lazily, readBody, readBy, record, requiredFlag, requiredId, share, text, texts } from './wire.js';

/** The jobs envelope: `GET /v1/jobs/:jobId` and every 202. `running` is the only status that changes by itself; an unknown one reads as `running`. */
export interface Job {
  jobId: string;
  /** `content_generate`, …; an open set. */
  kind: string | null;
  status: 'running' | 'completed' | 'failed' | 'canceled';
  /** The status word as sent; `''` where none came. */
  rawStatus: string;
  /** Share of the whole job, 0 to 1, clamped; unlike a container's `stageProgress` it only moves forward. `null` when absent. */
  progress: number | null;
  stage: string | null;
  projectId: string | null;
  /** `containerIds`, else `[containerId]`, else the id in `result`; `[]` when none is named. */
  containerIds: string[];
  /** Where the job is read, as the API's 202 says: a path on its server (`/v1/jobs/…`) or a safe URL. Not an address of your server part. Missing where it doesn't. */
  locationUrl?: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** What the job made, by its kind; plain JSON. `null` while it runs. */
  result: Record<string, unknown> | null;
  /** Why it failed; `null` where it did not. */
  error: { code: string; message: string } | null;
}

/** A job that has just been accepted. */
export interface AcceptedJob extends Job {
  /**
   * Whether the API said that this is the answer to an earlier request with the same `Idempotency-Key`: what is told of was begun then, and nothing was
   * begun or charged again. `false` where it says nothing of it.
   */
  isReplay: boolean;
}

/** The answer to a cancel request. Cooperative: after `accepted` the job still has to be read until it ends. */
export interface CancelResult {
  jobId: string;
  accepted: boolean;
  /** Why not, `ALREADY_COMPLETED` for one; `null` when accepted. */
  reason: string | null;
}

const idMembers = () => ({ containerIds: texts(), containerId: text() });
const wireIds = lazily(() => z.object(idMembers()));

const wireJob = lazily(() =>
  z.object({
    ...idMembers(),
    jobId: requiredId(),
    kind: text(),
    status: text(),
    progress: share(),
    stage: text(),
    projectId: text(),
    locationUrl: readBy(pathOrUrl),
    startedAt: text(),
    finishedAt: text(),
    result: record(),
    error: failure(),
  }),
);

const wireCancelResult = lazily(() => z.object({ jobId: requiredId(), accepted: requiredFlag(), reason: text() }));

/** Normalizes the body of `GET /v1/jobs/:jobId` and of every 202. @throws LayersError `INVALID_RESPONSE` where it is no object or has no `jobId`. */
export function parseJob(json: unknown): Job {
  const wire = readBody(wireJob(), json, 'a job');
  const ids = idsIn(wire);
  return {
    jobId: wire.jobId,
    kind: wire.kind,
    status: readJobStatus(wire.status),
    rawStatus: wire.status ?? '',
    progress: wire.progress,
    stage: wire.stage,
    projectId: wire.projectId,
    containerIds: ids.length === 0 && wire.result !== null ? idsIn(readBody(wireIds(), wire.result, 'the result of a job')) : ids,
    ...(wire.locationUrl !== null && { locationUrl: wire.locationUrl }),
    startedAt: wire.startedAt,
    finishedAt: wire.finishedAt,
    result: wire.result,
    error: wire.error,
  };
}

/**
 * Normalizes a 202.
 * @param isReplay what the headers of the answer say; a body that says so (`replayOf`, at its top or in `data`) counts as well
 * @throws LayersError `INVALID_RESPONSE` as {@link parseJob} does
 * @internal
 */
export function parseAcceptedJob(json: unknown, isReplay: boolean): AcceptedJob {
  return { ...parseJob(json), isReplay: isReplay || saysReplay(json) || (isRecord(json) && saysReplay(json['data'])) };
}

/**
 * A job as it is known after one more reading of it. Its progress only moves forward and its end is final (jobs page), whatever order answers come in;
 * what only the 202 tells (project, containers, location) is kept. Pure: the same input gives the same output.
 */
export function advanceJob(previous: Job | null, next: Job): Job {
  const known = previous !== null && previous.jobId === next.jobId ? previous : null;
  if (known !== null && known.status !== 'running') return known;
  const progress = next.status === 'completed' ? 1 : highest(known?.progress ?? null, next.progress);
  if (known === null) return progress === next.progress ? next : { ...next, progress };
  const locationUrl = next.locationUrl ?? known.locationUrl;
  return {
    ...next,
    progress,
    kind: next.kind ?? known.kind,
    projectId: next.projectId ?? known.projectId,
    containerIds: next.containerIds.length > 0 ? next.containerIds : known.containerIds,
    startedAt: next.startedAt ?? known.startedAt,
    ...(locationUrl !== undefined && { locationUrl }),
  };
}

/** Normalizes the 202 or 200 body of `POST /v1/jobs/:jobId/cancel`. @throws LayersError `INVALID_RESPONSE` where `jobId` or `accepted` is missing. */
export function parseCancelResult(json: unknown): CancelResult {
  return readBody(wireCancelResult(), json, 'the answer to a cancel request');
}

// The one spelling is that of the old edition's webhooks, the other that of the new one's; replayed 202s are shown by no page.
function saysReplay(json: unknown): boolean {
  return isRecord(json) && typeof json['replayOf'] === 'string' && json['replayOf'] !== '';
}

function highest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

/** A URL by its own rule, or a path from the root; no `//host`, no spaces, no control characters. */
function pathOrUrl(value: unknown): string | null {
  return typeof value === 'string' && /^\/(?![/\\])[!-~]*$/.test(value) ? value : safeUrl(value);
}

function readJobStatus(raw: string | null): Job['status'] {
  if (raw === 'cancelled') return 'canceled';
  return raw === 'completed' || raw === 'failed' || raw === 'canceled' ? raw : 'running';
}

function idsIn({ containerIds, containerId }: z.output<ReturnType<typeof wireIds>>): string[] {
  if (containerIds.length > 0) return containerIds;
  return containerId === null || containerId.trim() === '' ? [] : [containerId];
}
