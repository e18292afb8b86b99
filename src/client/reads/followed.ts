import type { ContainerSummary } from '../../model/container.js';

/** Something that is on a screen (or may be) and changes on the server: one cached query, as the read loop sees it. */
export interface Followed {
  /** `row`: a list shows the container; its status is news, its record is not read for it. */
  kind: 'progress' | 'container' | 'job' | 'row';
  /** Id of the container, or of the job, as given by the caller. */
  id: string;
  /** Whether anybody still looks. */
  isActive(): boolean;
  /** Milliseconds from the last answer to the next read by the cadence or the backoff; `false`: none, it has ended or cannot be read. */
  delay(): number | false;
  /** When its last read was answered, on the clock of `monotonicNow`; `null` before the first. */
  settledAt(): number | null;
  /** When it last brought something new, and the longest quiet before that, in milliseconds; `null` before the first answer. */
  lastNews(): { at: number; longestQuiet: number } | null;
  /** The code of its last error; `null` when its last read brought an answer. */
  errorCode(): string | null;
  isReading(): boolean;
  /** Whether its status is final. */
  hasEnded(): boolean;
  /** Whether its status is final, but what came of it (media, error) was only read from a list row. */
  needsDetail(): boolean;
  /** Server's estimate of the seconds left; `null` when unknown. */
  etaSeconds(): number | null;
  /** Reads it now; resolves with what went wrong, or `null`. */
  read(): Promise<unknown>;
  /** Takes in an answer that another tab read: the parsed container, snapshot or job. */
  receive(value: unknown): void;
  /** Takes in what a list row tells, where that is further on than what is known. */
  take(row: ContainerSummary): void;
}

/** All that is followed of one container. */
export interface Watch {
  key: string;
  /** As the caller spells it. */
  id: string;
  /** When it was first followed, on the clock of `monotonicNow`: a list read that left before cannot know it. */
  since: number;
  /** `null`: not known yet. */
  projectId: string | null;
  onScreen: boolean;
  progress: Followed | undefined;
  container: Followed | undefined;
  /** A row of a list that is on screen. */
  row?: Followed | undefined;
}
