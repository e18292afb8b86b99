import type { ContainerListFilters } from '../client/filters.js';

/**
 * Which list a sweep reads, page by page: `search` - all containers, to find unknown ones; `all` - every container since the oldest in flight; `in-flight`;
 * `ended` - those since the oldest in flight that have ended.
 */
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

/** The list filters of a question. `since`: `createdAt` of the oldest container in flight; `null`: unknown. */
export function filtersOf(question: Question, since: string | null): ContainerListFilters {
  if (question === 'search') return { limit: LIMIT };
  if (question === 'in-flight') return { status: ['queued', 'processing'], limit: LIMIT };
  const from = since === null ? {} : { since: roundDown(since) };
  return question === 'all' ? { ...from, limit: LIMIT } : { ...from, status: ['completed', 'failed', 'canceled'], limit: LIMIT };
}

/** How many more reads than one for each unknown container a search may cost, as a share of those. */
const SEARCH_OVERHEAD = 0.05;

/**
 * Starts a search. Returns a function to call after each page: whether the next one is worth its read. It is while pages find several unknown containers each,
 * and then for a few pages more where many are left.
 *
 * @param countUnknown how many containers are still unknown
 */
export function startSearch(countUnknown: () => number): () => boolean {
  let [unknown, fruitless] = [countUnknown(), 0];
  return () => {
    const left = countUnknown();
    fruitless = unknown - left > 1 ? 0 : fruitless + 1;
    unknown = left;
    return left > 1 && fruitless <= left * SEARCH_OVERHEAD;
  };
}

/** Most pages read per sweep; containers not found within them are read individually. */
export const MOST_PAGES: Record<Question, number> = { search: 10, all: 10, 'in-flight': Number.POSITIVE_INFINITY, ended: 10 };

function roundDown(iso: string): string {
  const at = Date.parse(iso);
  return new Date(at - (at % SINCE_STEP_MS)).toISOString().replace('.000Z', 'Z');
}
