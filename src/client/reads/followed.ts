import type { ContainerStatus } from '../../model/status.js';

/** A status as a list row or a detail read tells it. */
export interface StatusNews {
  status: ContainerStatus;
  rawStatus: string;
  /** ISO 8601, the server's clock; `null` where the row has none. */
  updatedAt: string | null;
}

/** Something that is on a screen (or may be) and changes on the server: one cached query, as the read loop sees it. */
export interface Followed {
  kind: 'progress' | 'container' | 'job';
  /** Id of the container, or of the job, as given by the caller. */
  id: string;
  /** Whether anybody still looks. */
  isActive(): boolean;
  /** Milliseconds from the last answer to the next read by the cadence or the backoff; `false`: none, it has ended or cannot be read. */
  delay(): number | false;
  /** When its last read was answered, on the clock of `monotonicNow`; `null` before the first. */
  settledAt(): number | null;
  isReading(): boolean;
  /** The status last known; `null` before the first answer. */
  status(): ContainerStatus | null;
  /** Server's estimate of the seconds left; `null` when unknown. */
  etaSeconds(): number | null;
  /** Reads it now. */
  read(): void;
  /** Takes in a status from a list; whether it was news. */
  take(news: StatusNews): boolean;
}

/** All that is followed of one container. */
export interface Watch {
  key: string;
  /** As the caller spells it. */
  id: string;
  /** `null`: not known yet. */
  projectId: string | null;
  onScreen: boolean;
  progress: Followed | undefined;
  container: Followed | undefined;
}
