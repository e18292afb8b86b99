import { containerKey } from '../model/ids.js';
import type { AskedInterval } from './cadence.js';
import type { ReadKind } from './told.js';

/** What somebody who looks at a container wants of it. */
export interface Follow {
  /** As the caller spells it. */
  id: string;
  /** `record`: everything; `progress`: stage and share; `status`: only what a list tells; `job`: it is no container but a job. */
  wants: 'record' | 'progress' | 'status' | 'job';
  interval: AskedInterval;
}

/** What the data says of a container, as far as it decides when it is read. Times are milliseconds on the clock of `monotonicNow`. */
export interface Facts {
  projectId: string | null;
  createdAt: string | null;
  /** `unknown`: nothing is known yet. */
  phase: 'unknown' | 'in-flight' | 'ended';
  /** A status of a newer server: in flight, and read slowly. */
  isForeign: boolean;
  /** Its record was not read, or not since something changed that only the record tells. */
  lacksRecord: boolean;
  /** It has ended, and its media or the reason of its failure are still to be read. */
  lacksOutcome: boolean;
  /** A source without a date says that it is in flight again: only its progress can tell. */
  isInDoubt: boolean;
  /** When its job began, as far as it is known. */
  startedAt: number | null;
  /** The stage that it is in, or its status, where it has none. */
  stage: string;
  /** When that was first seen; `null`: when this was first said of it. */
  stageSince: number | null;
  /** When the server expects it to end. */
  endsAt: number | null;
  /** Changes with everything that is news of it. */
  news: string;
  /** When that was read, and whether it was a progress. */
  readAt: number | null;
  hasProgress: boolean;
  /** How long its present stage usually takes, or the whole job where the stage is not known; `null`: nothing was learned. */
  usualMs: number | null;
}

/** Everything that the scheduler keeps of one container, or of one job. */
export interface Track extends Omit<Facts, 'hasProgress'> {
  key: string;
  /** As the caller spells it. */
  id: string;
  /** When it was first followed. */
  since: number;
  follows: Map<object, Follow>;
  /** Resolved by the first thing that is told of it, rejected by an error. */
  waiting: Set<{ resolve: () => void; reject: (error: unknown) => void }>;
  /** When its progress was last read, and when its record was asked for that came; `readAt`: anything of it, by itself or by a list. `null`: never. */
  progressAt: number | null;
  recordAt: number | null;
  /** Which single reads of it are under way: one that takes long holds up no other. */
  reading: Set<ReadKind>;
  failures: number;
  /** When a single read may be tried again after a failure; `Infinity`: never, until somebody asks. */
  retryAt: number;
  /** The code of the last single read's error; `null` where it had none. */
  error: string | null;
  newsAt: number;
  longestQuiet: number;
  /** A search through its project did not find it, or no list names it: it is read by itself. */
  isAlone: boolean;
  /** When its progress was last read to settle a doubt. */
  doubtedAt: number;
  /** It left the list of what is in flight: not looked for among those that ended, or not found there either. */
  left: 'unasked' | 'not-found' | null;
}

const nothing: Omit<Facts, 'hasProgress'> = {
  projectId: null,
  createdAt: null,
  phase: 'unknown',
  isForeign: false,
  lacksRecord: true,
  lacksOutcome: false,
  isInDoubt: false,
  startedAt: null,
  stage: '',
  stageSince: null,
  endsAt: null,
  news: '',
  readAt: null,
  usualMs: null,
};

/** How long a doubt that was settled is not raised again. */
const DOUBT_MS = 60_000;

/** A container of which nothing is known. */
export function newTrack(key: string, id: string, now: number): Track {
  return {
    ...nothing,
    key,
    id,
    since: now,
    follows: new Map(),
    waiting: new Set(),
    progressAt: null,
    recordAt: null,
    reading: new Set(),
    failures: 0,
    retryAt: 0,
    error: null,
    newsAt: now,
    longestQuiet: 0,
    isAlone: false,
    doubtedAt: Number.NEGATIVE_INFINITY,
    left: null,
  };
}

/** Takes in what the data says now. */
export function learnFacts(track: Track, { readAt, hasProgress, ...facts }: Facts, now: number): void {
  // What was read before it was followed here is not read again at once. The clock may be another machine's.
  if (track.readAt === null && readAt !== null) track.readAt = Math.min(readAt, now);
  if (track.news === '' && hasProgress) track.progressAt ??= track.readAt;
  if (facts.news !== track.news) {
    // What is known when it is first followed is no news of this moment.
    if (track.news !== '') track.longestQuiet = Math.max(track.longestQuiet, now - track.newsAt);
    track.newsAt = now;
  }
  // A doubt has its progress read at once, but not again and again.
  if (facts.isInDoubt && !track.isInDoubt && now - track.doubtedAt > DOUBT_MS) Object.assign(track, { progressAt: null, doubtedAt: now });
  const projectId = facts.projectId ?? track.projectId;
  if (track.phase === 'ended' && facts.phase === 'in-flight') track.recordAt = null;
  const stageSince = facts.stageSince ?? (facts.stage === track.stage ? track.stageSince : null) ?? now;
  Object.assign(track, facts, { projectId, stageSince });
  if (facts.phase === 'ended') track.left = null;
}

/** Whether anybody who looks at it wants this. */
export function wants(track: Track, what: Follow['wants']): boolean {
  for (const follow of track.follows.values()) if (follow.wants === what) return true;
  return false;
}

/** The key of what is followed: both spellings of a container's id are one. */
export function trackKey({ id, wants: what }: Pick<Follow, 'id' | 'wants'>): string {
  return what === 'job' ? `job ${id}` : containerKey(id);
}
