import type { Container, ContainerSummary } from '../model/container.js';
import type { AcceptedJob, Job } from '../model/job.js';
import type { ProgressSnapshot } from '../model/progress.js';

/** Which single read of something that is followed. */
export type ReadKind = 'record' | 'progress' | 'job';

/** Something that became known of a container or a job. `askedAt`: when it was asked for, on the clock of `monotonicNow`. Plain JSON, save errors. */
export type Told =
  | { kind: 'record'; id: string; value: Container; askedAt: number }
  /** A row of a list page. */
  | { kind: 'row'; id: string; value: ContainerSummary; askedAt: number }
  | { kind: 'progress'; id: string; value: ProgressSnapshot; askedAt: number }
  | { kind: 'job'; id: string; value: Job; askedAt: number }
  /** What the server says of a decision: its own word for the approval status. */
  | { kind: 'approval'; id: string; status: string; askedAt: number }
  /** A decision began or ended without the server's word. */
  | { kind: 'decision'; id: string; askedAt: number }
  /** A job was accepted that makes this container, in its place where it was there before. */
  | { kind: 'accepted'; id: string; job: AcceptedJob; preserveAssets: boolean; isAgain: boolean; askedAt: number }
  /** A single read of it failed. */
  | { kind: 'error'; id: string; read: ReadKind; error: unknown; askedAt: number };
