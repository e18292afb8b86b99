import type { ContainerListFilters } from '../client/filters.js';

/**
 * What one list read, page by page, asks of a project: `search` - whose containers are these, whatever their status; `all` - every container as old as the
 * oldest in flight, or newer; `in-flight`; `ended` - those as old as the oldest in flight, or newer, that have ended.
 */
export type Question = 'search' | 'all' | 'in-flight' | 'ended';

/** What is remembered of a project between sweeps. Times are milliseconds on the clock of `monotonicNow`. */
export interface SweepState {
  askedAt: Record<Question, number>;
  /** How many pages each answer had last. */
  pages: Record<Question, number>;
  isUnderWay: boolean;
  failures: number;
  /** When it may be tried again after a failure. */
  retryAt: number;
  /** The code of the last error; `null` after an answer. */
  error: string | null;
}

/** A project that was never swept. */
export function newSweepState(): SweepState {
  const never = Number.NEGATIVE_INFINITY;
  return {
    askedAt: { search: never, all: never, 'in-flight': never, ended: never },
    pages: { search: 1, all: 1, 'in-flight': 1, ended: 1 },
    isUnderWay: false,
    failures: 0,
    retryAt: 0,
    error: null,
  };
}

const LIMIT = 200;

/** The filters of a question. `since`: when the oldest container in flight was created; `null`: not known. */
export function filtersOf(question: Question, since: string | null): ContainerListFilters {
  if (question === 'search') return { limit: LIMIT };
  if (question === 'in-flight') return { status: ['queued', 'processing'], limit: LIMIT };
  const from = since === null ? {} : { since };
  return question === 'all' ? { ...from, limit: LIMIT } : { ...from, status: ['completed', 'failed', 'canceled'], limit: LIMIT };
}

/** A library in which more ended meanwhile isn't searched further: what isn't found is read by itself. */
export const MOST_PAGES: Record<Question, number> = { search: 10, all: 10, 'in-flight': Number.POSITIVE_INFINITY, ended: 10 };
