import type { Answered } from '../client/api.js';
import type { Container, ContainerSummary } from '../model/container.js';
import type { ContainerPage } from '../model/containerPage.js';
import type { AcceptedJob, Job } from '../model/job.js';
import type { ProgressSnapshot } from '../model/progress.js';

/** The kind of a single read: a container's record, its progress, or a job. */
export type ReadKind = 'record' | 'progress' | 'job';

/** A result about a container or a job. `askedAt`: when it was requested, on the clock of `monotonicNow`. Plain JSON, except errors. */
export type Told =
  | { kind: 'record'; id: string; value: Container; askedAt: number }
  /** A row of a list page. */
  | { kind: 'row'; id: string; value: ContainerSummary; askedAt: number }
  | { kind: 'progress'; id: string; value: ProgressSnapshot; askedAt: number }
  | { kind: 'job'; id: string; value: Job; askedAt: number }
  /** The raw approval status that the server returned for a decision. */
  | { kind: 'approval'; id: string; status: string; askedAt: number }
  /** A decision was started, or ended without a status from the server. */
  | { kind: 'decision'; id: string; askedAt: number }
  /** A job was accepted that creates the container, or regenerates it (`isAgain`). */
  | { kind: 'accepted'; id: string; job: AcceptedJob; preserveAssets: boolean; isAgain: boolean; askedAt: number }
  /** The job that makes the container was read. */
  | { kind: 'share'; id: string; job: Job; askedAt: number }
  /** It was read, and nothing had changed. `of`: by which read; `undefined`: by any. */
  | { kind: 'unchanged'; id: string; of?: ReadKind | 'row' | undefined; askedAt: number }
  /** A single read failed. */
  | { kind: 'error'; id: string; read: ReadKind; error: unknown; askedAt: number };

/** The rows of a page of a project's list, as results. A row without a project is of this one. */
export const toldOfPage = (
  projectId: string,
  { value, askedAt }: Answered<Pick<ContainerPage, 'containers'>>,
): (Told & { kind: 'row' })[] =>
  value.containers.map((row) => ({ kind: 'row', id: row.id, value: { ...row, projectId: row.projectId ?? projectId }, askedAt }));
