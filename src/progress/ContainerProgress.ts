import type { ProgressSnapshot } from '../model/progress.js';
import type { ProgressMemory } from './memory.js';

/**
 * What is known of a container's whole job, made by `advanceProgress` from every snapshot so far. Plain JSON; two equal snapshots give the same object.
 * Every `…At` number is milliseconds on the clock of the `now` that the reducer was given, never the server's.
 */
export interface ContainerProgress extends ProgressSnapshot {
  /** `completed`, `failed` or `canceled`. */
  isTerminal: boolean;
  /** Share of the whole job, 0 to 100, never falling in one life, 100 only when completed; `null`: no honest basis yet. */
  percent: number | null;
  /** What `percent` rests on (`job`: the share that the server told of the whole job); `null` while `percent` is. */
  basis: 'completed' | 'job' | 'eta' | 'plan' | 'history' | 'stages' | null;
  /** How fast `percent` should move until the next snapshot, in percent a second, 0 or more; `null` when it should stand still. */
  percentPerSecond: number | null;
  /** Seconds left at {@link observedAt}, filtered; `null` when unknown or terminal. */
  remainingSeconds: number | null;
  /** When the last snapshot that changed anything was taken in. */
  observedAt: number;
  /** When this life of the container was first seen in flight (or first seen at all). */
  startedAt: number;
  /** When the present stage was first seen; the documented cadence slows after 30 s in one stage. */
  stageStartedAt: number;
  /** Stages seen in this life, in order. */
  stages: string[];
  /** What the reducer carries from one snapshot to the next. Not for display; it may change in any release. */
  memory: ProgressMemory;
}
