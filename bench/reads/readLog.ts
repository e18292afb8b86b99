import type { Simulator } from '../../src/testing.js';
import type { Life } from './library.js';

/** One request as the server saw it, times in milliseconds since 1970. */
export interface LoggedRequest {
  method: string;
  /** Path and query, from `/v1/` on. */
  path: string;
  status: number;
  at: number;
  answeredAt: number;
  /** The containers an answer with status 200 says something of. */
  ids: readonly string[];
  isProgress: boolean;
}

/** The simulator's `fetch`, and a log of every request with the containers that its answer named. */
export function logRequests(simulator: Simulator): {
  log: LoggedRequest[];
  fetch: (input: string, init?: RequestInit) => Promise<Response>;
} {
  const log: LoggedRequest[] = [];
  const fetch = async (input: string, init?: RequestInit) => {
    const path = input.slice(input.indexOf('/v1/'));
    const entry = {
      method: init?.method ?? 'GET',
      path,
      status: 0,
      at: Date.now(),
      answeredAt: Number.POSITIVE_INFINITY,
      ids: [],
      isProgress: false,
    };
    const index = log.push(entry) - 1;
    const response = await simulator.fetch(input, init);
    const named = response.ok ? await namedBy(path, response) : { ids: [], isProgress: false };
    log[index] = { ...entry, ...named, status: response.status, answeredAt: Date.now() };
    return response;
  };
  return { log, fetch };
}

async function namedBy(path: string, response: Response): Promise<{ ids: string[]; isProgress: boolean }> {
  const [, single, what] = /^\/v1\/content\/([^/?]+)(\/progress)?(?:\?|$)/.exec(path) ?? [];
  if (single !== undefined) return { ids: [decodeURIComponent(single)], isProgress: what !== undefined };
  if (!/^\/v1\/projects\/[^/]+\/content(\?|$)/.test(path)) return { ids: [], isProgress: false };
  const { items } = (await response.clone().json()) as { items: { id: string }[] };
  return { ids: items.map(({ id }) => id), isProgress: false };
}

/** How many reads there were and how they were spread. */
export interface ReadCounts {
  firstMinute: number;
  /** Reads a minute from the second minute on; `null` for a run without one. */
  steady: number | null;
  /** The most reads in any 60 s. */
  busiest: number;
  refused: number;
  total: number;
}

/** Counts the reads of a run that lasted from `startedAt` to `endedAt`. */
export function countReads(log: readonly LoggedRequest[], startedAt: number, endedAt: number): ReadCounts {
  const reads = log.filter(({ method, at }) => method === 'GET' && at >= startedAt && at < endedAt);
  const times = reads.map(({ at }) => at);
  let first = 0;
  let busiest = 0;
  times.forEach((time, last) => {
    while (time - (times[first] as number) >= 60_000) first += 1;
    busiest = Math.max(busiest, last - first + 1);
  });
  const firstMinute = times.filter((time) => time < startedAt + 60_000).length;
  const minutesAfter = (endedAt - startedAt) / 60_000 - 1;
  return {
    firstMinute,
    steady: minutesAfter >= 0.5 ? Math.round((times.length - firstMinute) / minutesAfter) : null,
    busiest,
    refused: reads.filter(({ status }) => status === 429).length,
    total: times.length,
  };
}

/**
 * The age of a container's state in milliseconds, twice a second from when its row appeared until it ends: the time since the server made the last
 * answer that has arrived, or since the row appeared while there is none.
 */
export function agesOf(life: Life, shownAt: number, until: number, answers: readonly LoggedRequest[]): number[] {
  const ages: number[] = [];
  const sorted = [...answers].sort((a, b) => a.answeredAt - b.answeredAt);
  let next = 0;
  let madeAt = shownAt;
  for (let now = shownAt + 500; now < Math.min(life.endsAt, until); now += 500) {
    for (; (sorted[next]?.answeredAt ?? Number.POSITIVE_INFINITY) <= now; next += 1) madeAt = Math.max(madeAt, sorted[next]?.at ?? 0);
    ages.push(now - madeAt);
  }
  return ages;
}
