import type { Life, Run } from './generation.js';
import { lifeAt } from './generation.js';
import type { MediaItem } from './media/catalog.js';

/** Where a container's approval stands; never `unknown` on this side of the wire. */
export type Approval = 'not_required' | 'pending' | 'approved' | 'rejected';

/** One entry of `platformFit`, on uploads only. */
export interface PlatformFitEntry {
  platform: string;
  ok: boolean;
  issues: string[];
}

/** What a finished generation leaves behind. */
export interface Output {
  media: MediaItem;
  caption: string | null;
  /** Whether the poster frame could be extracted. */
  poster: boolean;
  /** Whether there is an HLS rendition. */
  hls: boolean;
  /** Whether the file was probed; if not, its duration is unknown. */
  probed: boolean;
  /** Counts generations of the same container, so that new media get new asset ids. */
  revision: number;
}

/** A container as the store keeps it: nothing here depends on the time, all of that follows from `run`. */
export interface ContainerRecord {
  /** As the wire spells it. */
  id: string;
  projectId: string;
  /** Breaks ties of `createdAt`: later in, newer. */
  seq: number;
  /** Milliseconds since 1970. */
  createdAt: number;
  creativeType: 'generated' | 'uploaded';
  /** With hyphens; `null` on uploads. */
  format: string | null;
  hook: string | null;
  /** What the old edition was asked to make. */
  brief: Record<string, unknown> | null;
  influencerId: string | null;
  sourceTiktokId: string | null;
  mediaId: string | null;
  firstComment: string | null;
  platformFit: PlatformFitEntry[] | null;
  approval: Approval;
  run: Run;
  output: Output;
  /** What an earlier generation left and `preserveAssets` keeps in view until the new one is done. */
  kept: Output | null;
  /** The latest job that makes it. */
  jobId: string | null;
}

/** The container's state at a moment. */
export function lifeOf(record: ContainerRecord, now: number): Life {
  return lifeAt(record.run, now);
}

/** The media to show at a moment; `null` while there are none, and after a failure or a cancel. */
export function outputAt(record: ContainerRecord, life: Life): Output | null {
  return life.status === 'completed' ? record.output : record.kept;
}

/** Ends a run that has not ended yet, whatever was planned. */
export function cutRun(run: Run, at: number, outcome: 'completed' | 'failed' | 'canceled'): void {
  run.cut = { at, outcome, lastError: outcome === 'failed' ? run.lastError : null };
}
