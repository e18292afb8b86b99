import type { EtaFilter } from './etaFilter.js';
import type { StageTrack } from './stageTrack.js';

/** What `advanceProgress` carries from one snapshot to the next beside what it shows. Plain JSON. */
export interface ProgressMemory {
  /** The newest readable `updatedAt` of this container, the server's clock; `null` until there is one. An older snapshot changes nothing. */
  newestUpdatedAt: string | null;
  /**
   * Where a bar that follows `progressAt` stood when the last snapshot came in, in percent; `null` without a bar. It differs from `percent` where
   * a snapshot makes no new claim (`unknown`, `failed`, `canceled`): those keep the `percent` of the snapshot before, and the bar stays where it was.
   */
  shownPercent: number | null;
  /** Seconds that this life had lasted before it was first seen, measured on the server's clock alone; `null`: not known. */
  secondsBefore: number | null;
  /** Seconds for which it has been watched since; where nothing came for long, by the server's clock. */
  watchedSeconds: number;
  /** Whether this life was seen from its first moment on (queued, at the foot of a stage, or regenerated under our eyes). */
  seenFromStart: boolean;
  /** 1 for the first life that was seen of this container, one more for each new one. */
  life: number;
  /** `watchedSeconds` when the share of the whole job was last told; left out where it never was. */
  jobToldAt?: number;
  /** How long each stage has been seen for, and its shares. */
  track: StageTrack;
  /** What the server's estimates have said so far; `null` until there was one. */
  eta: EtaFilter | null;
}
