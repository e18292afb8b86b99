import { monotonicNow } from '../../internal/monotonicNow.js';
import { LayersError } from '../../model/errors.js';
import type { LayersServerEvent } from './events.js';

/** How long the same problem isn't reported again, in milliseconds. */
const QUIET_MS = 60_000;

/** Reports what is wrong with the API key or its organisation, with what to do: once a minute for each problem and route. */
export class KeyProblems {
  readonly #report: (error: LayersError) => void;
  readonly #reportedAt = new Map<string, number>();

  constructor(report: (error: LayersError) => void) {
    this.#report = report;
  }

  note({ kind, route, status, code, requestId }: LayersServerEvent): void {
    if (kind !== 'upstream' || status === null || code === null) return;
    const advice = adviceFor(status, code, route);
    if (advice === null) return;
    // A key that is refused is refused on every route.
    const problem = status === 403 ? `${status} ${route}` : `${status}`;
    this.report(problem, new LayersError({ code, message: `layers-react: ${advice}`, status, requestId, details: { route } }));
  }

  /** Reports a problem, unless it was reported in the last minute. */
  report(problem: string, error: LayersError): void {
    const now = monotonicNow();
    if (now - (this.#reportedAt.get(problem) ?? Number.NEGATIVE_INFINITY) < QUIET_MS) return;
    this.#reportedAt.set(problem, now);
    this.#report(error);
  }
}

function adviceFor(status: number, code: string, route: string): string | null {
  if (status === 401)
    return 'the API refused the API key (401), so nothing can be read or changed. The key was revoked, is wrong, or belongs to another environment: set apiKey to one that works.';
  if (status === 403)
    return `the API refused ${route} (403), so this can't be used. The API key lacks a right${scopeOf(route)}, or the organisation isn't the key's: issue a key with it, or check the organization option.`;
  if (status === 402) return 'the organisation has no credits left (402), so nothing new is generated. Add credits.';
  if (code === 'KILL_SWITCH')
    return 'the API key or its organisation is suspended (KILL_SWITCH), so nothing can be read or changed. Ask Layers to lift the suspension.';
  if (status === 429 && route.startsWith('GET '))
    return 'the API refused a read because the limit of the key is reached (429); reads pause for a while. Something else uses the key: lower readsPerMinute, or use a key for each.';
  return null;
}

function scopeOf(route: string): string {
  const jobs = route.includes('/v1/jobs/');
  const scope = route.startsWith('GET ')
    ? `${jobs ? 'jobs' : 'content'}:read`
    : jobs
      ? 'jobs:cancel'
      : /\/(?:approve|reject)$/.test(route)
        ? 'content:approve'
        : 'content:write';
  return ` (${scope})`;
}
