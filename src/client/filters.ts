import { LayersError } from '../model/errors.js';
import type { ContainerStatus, CreativeType } from '../model/status.js';
import type { Edition } from './edition.js';

/** The API's list filters (list-containers page). An omitted filter matches everything. The API has no filter for approval. */
export interface ContainerListFilters {
  /** One status or several. */
  status?: Exclude<ContainerStatus, 'unknown'> | readonly Exclude<ContainerStatus, 'unknown'>[] | undefined;
  /** One format or several; hyphens or underscores. */
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

// JavaScript callers pass null for none, and other types: a value that isn't a string is refused later with the filter's name, and must not crash here.
const toList = (value: string | readonly string[] | null | undefined): readonly string[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value as string];

function refuse(path: string, value: unknown, allowed: string): never {
  throw new LayersError({
    code: 'INVALID_INPUT',
    message: `layers-react: the list filter ${path} is ${JSON.stringify(value) ?? String(value)}, so the list was not read. It takes ${allowed}.`,
    details: { path, value },
  });
}

function time(path: string, value: string | null | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  const milliseconds = Date.parse(value);
  if (Number.isNaN(milliseconds)) refuse(path, value, 'a time in ISO 8601, such as 2026-04-01T00:00:00Z');
  return /Z$/.test(value) ? value : new Date(milliseconds).toISOString();
}

/**
 * Serializes filters as query parameters of one edition, in a fixed order, so that equal filters produce equal URLs.
 *
 * @throws LayersError `INVALID_INPUT` that names the filter, before a read is spent
 */
export function listParameters(filters: ContainerListFilters, edition: Edition, cursor?: string | null): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const status of toList(filters.status)) {
    if (!STATUSES.includes(status)) refuse('status', status, STATUSES.join(', '));
    parameters.append('status', edition === 'legacy' && status === 'processing' ? 'generating' : status);
  }
  for (const format of toList(filters.format)) {
    if (typeof format !== 'string' || format === '') refuse('format', format, 'a format such as ugc-remix');
    parameters.append('format', edition === 'legacy' ? format.replaceAll('-', '_') : format.replaceAll('_', '-'));
  }
  if (filters.creativeType !== undefined && filters.creativeType !== null) {
    if (filters.creativeType !== 'generated' && filters.creativeType !== 'uploaded')
      refuse('creativeType', filters.creativeType, 'generated or uploaded');
    parameters.set('creativeType', filters.creativeType);
  }
  const since = time('since', filters.since);
  const until = time('until', filters.until);
  if (since) parameters.set('since', since);
  if (until) parameters.set('until', until);
  if (filters.limit !== undefined && filters.limit !== null) {
    if (!Number.isInteger(filters.limit) || filters.limit < 1 || filters.limit > 200)
      refuse('limit', filters.limit, 'a whole number from 1 to 200');
    parameters.set('limit', String(filters.limit));
  }
  if (cursor) parameters.set('cursor', cursor);
  return parameters;
}

/** Normalizes filters (arrays sorted and deduplicated, `undefined` omitted), so that equivalent filters share a cache entry. */
export function canonicalFilters(filters: ContainerListFilters = {}): Record<string, string | number | readonly string[]> {
  const canonical: Record<string, string | number | readonly string[]> = {};
  const status = [...new Set(toList(filters.status))].sort();
  const format = [...new Set(toList(filters.format).map((name) => (typeof name === 'string' ? name.replaceAll('_', '-') : name)))].sort();
  if (status.length) canonical.status = status;
  if (format.length) canonical.format = format;
  for (const name of ['creativeType', 'since', 'until', 'limit'] as const) {
    const value = filters[name];
    if (value !== undefined && value !== null) canonical[name] = value;
  }
  return canonical;
}
