import type { ContainerListFilters } from '../client/filters.js';

/** The list that a sweep reads: `search` - all, to find unknown ones; `all` - since the oldest in flight; `in-flight`; `ended` - of `all`, what has ended. */
export type Question = 'search' | 'all' | 'in-flight' | 'ended';

/** The state of a project's sweeps. Times are milliseconds on the clock of `monotonicNow`; `-Infinity`: never. */
export interface SweepState {
  askedAt: Record<Question, number>;
  /** Number of pages of each list at the last sweep. */
  pages: Record<Question, number>;
  isUnderWay: boolean;
  /** Whether the last search, up to now, hasn't read the project's oldest containers. */
  isPartial: boolean;
  failures: number;
  /** When a failed sweep can be retried. */
  retryAt: number;
  /** The code of the last error; `null` after a success. */
  error: string | null;
}

/** The state of a project that was never swept. */
export function newSweepState(): SweepState {
  const never = Number.NEGATIVE_INFINITY;
  return {
    askedAt: { search: never, all: never, 'in-flight': never, ended: never },
    pages: { search: 1, all: 1, 'in-flight': 1, ended: 1 },
    isUnderWay: false,
    isPartial: false,
    failures: 0,
    retryAt: 0,
    error: null,
  };
}

const LIMIT = 200;
/** `since` is rounded down to this many milliseconds: viewers of one project ask for the same list, which is read once for all of them on a shared server. */
const SINCE_STEP_MS = 300_000;

/** The list filters of a question. `since`: when the oldest container in flight was created, in milliseconds since 1970; unknown if it isn't finite. */
export function filtersOf(question: Question, since = Number.NaN): ContainerListFilters {
  if (question === 'search') return { limit: LIMIT };
  if (question === 'in-flight') return { status: ['queued', 'processing'], limit: LIMIT };
  const from = Number.isFinite(since) ? { since: new Date(since - (since % SINCE_STEP_MS)).toISOString().replace('.000Z', 'Z') } : {};
  return question === 'all' ? { ...from, limit: LIMIT } : { ...from, status: ['completed', 'failed', 'canceled'], limit: LIMIT };
}
