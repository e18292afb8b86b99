import { LayersError } from '../model/errors.js';
import { LONGEST_TIMER_MS } from '../internal/longestTimer.js';
import type { LayersClientOptions } from './clientOptions.js';
import type { Edition } from './edition.js';

/** Options with every default filled in. */
export interface ClientSettings extends LayersClientOptions {
  edition: Edition;
  readsPerMinute: number;
  writesPerMinute: number;
  timeoutMs: number;
  deadlineMs: number;
  shareTabs: boolean;
  /** Whether `readsPerMinute` was set explicitly; then it is never raised. */
  isBudgetFixed: boolean;
  /** Whether `writesPerMinute` was set explicitly; then it is never raised. */
  isWriteBudgetFixed: boolean;
}

/** 80% of the standard tier's 120 reads a minute (rate-limits page): leaves room for other programs with the same key. */
const DEFAULT_READS_PER_MINUTE = 96;

/** 80% of the standard tier's 60 (rate-limits page). */
const DEFAULT_WRITES_PER_MINUTE = 48;

const DEFAULT_TIMEOUT_MS = 15_000;
const DEFAULT_DEADLINE_MS = 30 * 60_000;

/** Fills in the defaults. @throws LayersError `INVALID_INPUT` that names the option */
export function validateClientOptions(options: LayersClientOptions): ClientSettings {
  const {
    baseUrl,
    edition = 'current',
    readsPerMinute = DEFAULT_READS_PER_MINUTE,
    writesPerMinute = DEFAULT_WRITES_PER_MINUTE,
    timeoutMs = DEFAULT_TIMEOUT_MS,
    deadlineMs = DEFAULT_DEADLINE_MS,
  } = options ?? {};
  if (typeof baseUrl !== 'string' || baseUrl.trim() === '')
    refuse('baseUrl', baseUrl, "the address of your server part, such as '/api/layers'");
  if (edition !== 'current' && edition !== 'legacy') refuse('edition', edition, "'current' or 'legacy'");
  if (!Number.isInteger(readsPerMinute) || readsPerMinute < 1) refuse('readsPerMinute', readsPerMinute, 'a whole number of 1 or more');
  if (!Number.isInteger(writesPerMinute) || writesPerMinute < 1) refuse('writesPerMinute', writesPerMinute, 'a whole number of 1 or more');
  if (!Number.isFinite(timeoutMs) || timeoutMs <= 0 || timeoutMs > LONGEST_TIMER_MS)
    refuse('timeoutMs', timeoutMs, `a number of milliseconds above 0, up to ${LONGEST_TIMER_MS}`);
  if (typeof deadlineMs !== 'number' || !(deadlineMs > 0)) refuse('deadlineMs', deadlineMs, 'a number of milliseconds above 0');
  const shareTabs = options.shareTabs ?? tellsWhose(options);
  return {
    ...options,
    baseUrl: baseUrl.trim().replace(/\/+$/, '').replace(/\/v1$/, ''),
    edition,
    readsPerMinute,
    writesPerMinute,
    timeoutMs,
    deadlineMs,
    shareTabs,
    isBudgetFixed: options.readsPerMinute !== undefined,
    isWriteBudgetFixed: options.writesPerMinute !== undefined,
  };
}

/** Whether tabs with the same scope always read the same data: not if a custom `fetch`, or headers created per request, could make them differ. */
function tellsWhose({ fetch, headers, scope }: LayersClientOptions): boolean {
  return fetch === undefined && (typeof headers !== 'function' || scope !== undefined);
}

/** Identifies URL, headers and scope of a client: clients with one name share a budget and a leader tab. Headers are hashed, as they can hold a secret. */
export function connectionName({ baseUrl, headers, scope = '' }: ClientSettings): string {
  const named = typeof headers === 'object' ? JSON.stringify(Object.entries(headers).sort(([a], [b]) => a.localeCompare(b))) : '';
  return [baseUrl, named && hash(named), scope].filter(Boolean).join('#');
}

// FNV-1a, 32 bit: enough to tell sessions apart, and one way.
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return (value >>> 0).toString(36);
}

function refuse(path: string, value: unknown, allowed: string): never {
  throw new LayersError({
    code: 'INVALID_INPUT',
    message: `layers-react: createLayersClient() got ${path}: ${typeof value === 'number' ? value : (JSON.stringify(value) ?? 'undefined')}. It takes ${allowed}.`,
    details: { path, value: String(value) },
  });
}
