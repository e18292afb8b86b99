import { type ContainerStatus, type CreativeType, readContainerStatus } from '../model/status.js';
import type { Edition } from './clientOptions.js';
import { refuseInput } from './refusals.js';

/** A status to filter by, in the spelling of either edition. */
export type StatusFilter = Exclude<ContainerStatus, 'unknown'> | 'generating' | 'cancelled';

/** The API's list filters (list-containers page). An omitted filter matches everything. The API has no filter for approval. */
export interface ContainerListFilters {
  /** One status or several. The old edition's `generating` is `processing`: either is sent as the client's edition spells it. */
  status?: StatusFilter | readonly StatusFilter[] | undefined;
  /** One format or several; hyphens or underscores, sent as the client's edition spells it. */
  format?: string | readonly string[] | undefined;
  creativeType?: CreativeType | undefined;
  /** Only containers created at or after this time: ISO 8601. Offsets are converted to UTC, the only form the API takes. */
  since?: string | undefined;
  /** Only containers created at or before this time: ISO 8601. */
  until?: string | undefined;
  /** Rows per page, 1 to 200. @default 25, the API's own default */
  limit?: number | undefined;
}

const STATUSES: readonly string[] = ['queued', 'processing', 'completed', 'failed', 'canceled'];

/** A status of either edition in the spelling of the current one. What is no text is refused later, with the filter's name. */
export const statusFilter = (value: string): string => {
  const status = typeof value === 'string' ? readContainerStatus(value) : 'unknown';
  return status === 'unknown' ? value : status;
};

// JavaScript callers pass null for none.
const one = <T>(value: T | null | undefined): T[] => (value === undefined || value === null ? [] : [value]);
const list = <T>(value: T | readonly T[] | null | undefined): T[] => one(value).flat() as T[];

/** Filters as query parameters of one edition, in a fixed order: equal ones produce equal URLs. @throws LayersError `INVALID_INPUT` that names the filter */
export function listParameters(filters: ContainerListFilters, edition: Edition, cursor?: string | null): URLSearchParams {
  const parameters = new URLSearchParams();
  const isLegacy = edition === 'legacy';
  function add<T>(name: string, values: T[], spell: (value: T) => string | false, allowed: string): void {
    for (const value of values) parameters.append(name, spell(value) || refuseInput('list filter', name, value, allowed));
  }
  const status = (value: string) => {
    const known = statusFilter(value);
    return STATUSES.includes(known) && (isLegacy && known === 'processing' ? 'generating' : known);
  };
  const format = (value: unknown) => typeof value === 'string' && (isLegacy ? value.replaceAll('-', '_') : value.replaceAll('_', '-'));
  const type = (value: string) => (value === 'generated' || value === 'uploaded') && value;
  const limit = (value: number) => Number.isInteger(value) && value >= 1 && value <= 200 && String(value);
  add('status', list<string>(filters.status), status, STATUSES.join(', '));
  add('format', list<string>(filters.format), format, 'a format such as ugc-remix');
  add('creativeType', one(filters.creativeType), type, 'generated or uploaded');
  for (const name of ['since', 'until'] as const) add(name, one(filters[name]), time, 'a time in ISO 8601, such as 2026-04-01T00:00:00Z');
  add('limit', one(filters.limit), limit, 'a whole number from 1 to 200');
  if (cursor) parameters.set('cursor', cursor);
  return parameters;
}

function time(value: string): string | false {
  const milliseconds = Date.parse(value);
  return !Number.isNaN(milliseconds) && (/Z$/.test(value) ? value : new Date(milliseconds).toISOString());
}

/** Normalizes filters (arrays sorted and deduplicated, `undefined` omitted), so that equivalent filters share a cache entry. */
export function canonicalFilters(filters: ContainerListFilters = {}): Record<string, unknown> {
  const { status, format, creativeType, since, until, limit } = filters;
  const sorted = (values: string[]) => (values.length === 0 ? undefined : [...new Set(values)].sort());
  // What is no string is refused later, with the filter's name.
  const formats = list<string>(format).map((name) => (typeof name === 'string' ? name.replaceAll('_', '-') : name));
  const all = { status: sorted(list<string>(status).map(statusFilter)), format: sorted(formats), creativeType, since, until, limit };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== null));
}
