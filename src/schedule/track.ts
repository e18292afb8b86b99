import { containerKey, jobKey } from '../model/ids.js';
import type { AskedInterval } from './cadence.js';
import type { ReadKind } from './told.js';

/** What an observer of a container or job needs. */
export interface Follow {
  /** As the caller spells it. */
  id: string;
  /** `record`: everything; `progress`: stage and percentage; `status`: only what a list carries; `job`: a job instead of a container. */
  wants: 'record' | 'progress' | 'status' | 'job';
  interval: AskedInterval;
  /** Its share of what one observer may claim of a scarce budget, above 0 and up to 1. @default 1 */
  share?: number | undefined;
}

/** What the cache knows about a container, as far as it affects when it is read. Times are milliseconds on the clock of `monotonicNow`. */
export interface Facts {
  projectId: string | null;
  createdAt: string | null;
  /** `unknown`: no data yet. */
  phase: 'unknown' | 'in-flight' | 'ended';
  /** A status of a newer API: treated as in flight, and polled slowly. */
  isForeign: boolean;
  /** Its record wasn't read, or not since a change that only the record carries. */
  lacksRecord: boolean;
  /** Its progress can claim no share of the job: nothing tells for how long that had run. */
  lacksStart: boolean;
  /** It has ended, and its media or failure reason hasn't been read. */
  lacksOutcome: boolean;
  /** A response without a date shows it in flight again: its progress is read to decide. */
  isInDoubt: boolean;
  /** When its job started; `null`: unknown. */
  startedAt: number | null;
  /** The job that tells how much of it is done, where its progress can't: without an ETA. `null`: none, or none is needed. */
  jobId: string | null;
  /** Its stage, or its status if it has none. */
  stage: string;
  /** When the stage was first seen; `null`: when it was first reported here. */
  stageSince: number | null;
  /** Its expected end; `null`: unknown. */
  endsAt: number | null;
  /** Changes whenever the server reports a change. */
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
  /** Resolved by its first result, rejected by an error. */
  waiting: Set<{ resolve: () => void; reject: (error: unknown) => void }>;
  /** When its progress was last read, and when its record was asked for that came; `readAt`: anything of it, by itself or by a list. `null`: never. */
  progressAt: number | null;
  recordAt: number | null;
  /** When its job was last read in place of its progress; `null`: never. */
  jobAt: number | null;
  /** Which single reads of it are under way: one that takes long holds up no other. */
  reading: Set<ReadKind>;
  /** Which of its single reads have failed since they last succeeded, how often in a row, and when each can be retried: another that succeeds doesn't hasten it. */
  failing: Map<ReadKind, { failures: number; retryAt: number }>;
  failures: number;
  /** When a failed single read can be retried; `Infinity`: only on a user action. */
  retryAt: number;
  /** The error code of the last single read; `null` after a success. */
  error: string | null;
  /** The last error itself. */
  reason: unknown;
  /** When it last failed; `-Infinity`: never. */
  failedAt: number;
  /** When the last failed read was requested: a response that was requested earlier doesn't make up for it. */
  failedAskedAt: number;
  newsAt: number;
  longestQuiet: number;
  /** No list contains it: it is read individually. */
  isAlone: boolean;
  /** When its progress was last read to resolve a doubt. */
  doubtedAt: number;
  /** It left the in-flight list: `unasked` - the list of ended containers hasn't been read since; `not-found` - it isn't there either. */
  left: 'unasked' | 'not-found' | null;
}

/** What is known without data. */
export const NO_FACTS: Omit<Facts, 'hasProgress'> = {
  projectId: null,
  createdAt: null,
  phase: 'unknown',
  isForeign: false,
  lacksRecord: true,
  lacksStart: false,
  lacksOutcome: false,
  isInDoubt: false,
  startedAt: null,
  jobId: null,
  stage: '',
  stageSince: null,
  endsAt: null,
  news: '',
  readAt: null,
  usualMs: null,
};

/** How long a resolved doubt isn't raised again, in milliseconds. */
const DOUBT_MS = 60_000;

/** The state of a container without data. */
export function newTrack(key: string, id: string, now: number): Track {
  return {
    ...NO_FACTS,
    key,
    id,
    since: now,
    follows: new Map(),
    waiting: new Set(),
    progressAt: null,
    recordAt: null,
    jobAt: null,
    reading: new Set(),
    failing: new Map(),
    failures: 0,
    retryAt: 0,
    error: null,
    reason: null,
    failedAt: Number.NEGATIVE_INFINITY,
    failedAskedAt: Number.NEGATIVE_INFINITY,
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
    // Data known when it is first followed isn't a change of this moment.
    if (track.news !== '') track.longestQuiet = Math.max(track.longestQuiet, now - track.newsAt);
    track.newsAt = now;
  }
  // A doubt causes one read of its progress at once, not repeated ones.
  if (facts.isInDoubt && !track.isInDoubt && now - track.doubtedAt > DOUBT_MS) Object.assign(track, { progressAt: null, doubtedAt: now });
  const projectId = facts.projectId ?? track.projectId;
  if (track.phase === 'ended' && facts.phase === 'in-flight') track.recordAt = null;
  // Its outcome is worth another try.
  if (track.phase === 'in-flight' && facts.phase === 'ended') track.failing.delete('record');
  const stageSince = facts.stageSince ?? (facts.stage === track.stage ? track.stageSince : null) ?? now;
  Object.assign(track, facts, { projectId, stageSince });
  if (facts.phase === 'ended') track.left = null;
}

/** Whether any observer needs this. */
export function wants(track: Track, what: Follow['wants']): boolean {
  for (const follow of track.follows.values()) if (follow.wants === what) return true;
  return false;
}

/** The largest share that any observer claims for it. */
export function shareOf(track: Track): number {
  let most = 0;
  for (const { share = 1 } of track.follows.values()) most = Math.max(most, share);
  return most || 1;
}

/** Whether nothing of it is left to read: it has ended, with all that is wanted of it. */
export const isComplete = (track: Track): boolean =>
  track.phase === 'ended' && !(track.isInDoubt && track.follows.size > 0) && !(track.lacksRecord && wants(track, 'record'));

/** The error code of its last single read, where something is left to read; `null`: none. */
export const errorOf = (track: Track): string | null => (isComplete(track) ? null : track.error);

/** The single read that its data comes from. */
export function mainRead(track: Track): ReadKind {
  if (wants(track, 'job')) return 'job';
  return wants(track, 'progress') && (track.phase === 'in-flight' || !wants(track, 'record')) ? 'progress' : 'record';
}

/** The key of a container or job: both spellings of a container's id are equal. */
export function trackKey({ id, wants: what }: Pick<Follow, 'id' | 'wants'>): string {
  return what === 'job' ? jobKey(id) : containerKey(id);
}

/** The key of what a result is about, also of one that is pushed. */
export const keyOf = ({ kind, id, read }: { kind: string; id: string; read?: string }): string =>
  trackKey({ id, wants: (kind === 'error' ? read : kind) === 'job' ? 'job' : 'status' });
