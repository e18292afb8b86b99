import { LONGEST_TIMER_MS } from '../internal/longestTimer.js';
import { refuseInput } from './refusals.js';

/** How requests are spelled: `current`, or `legacy` (`generating`, underscores, one route for all formats). Responses of both are always understood. */
export type Edition = 'current' | 'legacy';

/** Headers for every request, or a function called for each request, for example to read a session token. */
export type LayersHeaders = Record<string, string> | (() => Record<string, string> | Promise<Record<string, string>>);

/** What {@link createLayersClient} takes. */
export interface LayersClientOptions {
  /** Where your server part is mounted (`/api/layers`), or on a server `https://api.layers.com`. `/v1/…` is added; a trailing `/` or `/v1` is dropped. */
  baseUrl: string;
  /** Used instead of the global `fetch`. */
  fetch?: ((input: string, init: RequestInit) => Promise<Response>) | undefined;
  /** Added to every request. An API key in a browser throws. */
  headers?: LayersHeaders | undefined;
  /** @default 'current' */
  edition?: Edition | undefined;
  /**
   * Most reads in any 60 s, for all hooks and tabs of this client. Whole number, 1 or more. A 429 lowers it for a while; no header raises an explicit number.
   * @default 96, or 80% of `X-RateLimit-Limit` if the server sends it
   */
  readsPerMinute?: number | undefined;
  /**
   * Most writes in any 60 s, such as approval decisions. Whole number, 1 or more. Further writes wait. Requests that start a job have their own limit.
   * @default 48, or 80% of `X-RateLimit-Limit` if the server sends it
   */
  writesPerMinute?: number | undefined;
  /** Timeout of one request in milliseconds, after which it fails with `TIMEOUT`. @default 15000 */
  timeoutMs?: number | undefined;
  /** How long a container can be in flight, in milliseconds, before it is polled only once a minute: no error, as it is still running. @default 1800000 */
  deadlineMs?: number | undefined;
  /**
   * Whether the tabs of this origin elect a leader tab that schedules the reads of all of them. Also keeps the spent budget across reloads.
   * @default true where there are Web Locks and BroadcastChannel, unless a custom `fetch`, or a `headers` function without `scope`, could make two tabs differ
   */
  shareTabs?: boolean | undefined;
  /** `'auto'`: where the server part offers push, one stream for all tabs, and polling only while there is none. `false`: only polling. @default 'auto' */
  push?: 'auto' | false | undefined;
  /**
   * Whose data this client reads, such as the user's id. Part of every cache key, in place of the URL and headers, so that data prefetched on a server
   * hydrates in the browser: use the same `scope` on both clients. Set it when two users can share a `QueryClient` or a browser profile.
   * @default ''
   */
  scope?: string | undefined;
}

/** Options with every default filled in. */
export type ClientSettings = ReturnType<typeof validateClientOptions>;

/** Fills in the defaults. @throws LayersError `INVALID_INPUT` that names the option */
export function validateClientOptions(options: LayersClientOptions) {
  // JavaScript callers pass null for none.
  const given: Partial<LayersClientOptions> = Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== null));
  const { fetch, headers, scope } = given;
  const {
    baseUrl,
    edition = 'current',
    // 80% of the standard tier (rate-limits page): leaves room for other programs with the same key.
    readsPerMinute = 96,
    writesPerMinute = 48,
    timeoutMs = 15_000,
    deadlineMs = 30 * 60_000,
    push = 'auto',
  } = given;
  const check = (path: string, value: unknown, isValid: boolean, allowed: string) => {
    if (!isValid) refuseInput('client option', path, value, allowed);
  };
  const isText = typeof baseUrl === 'string' && baseUrl.trim() !== '';
  check('baseUrl', baseUrl, isText, "the address of your server part, such as '/api/layers'");
  check('edition', edition, edition === 'current' || edition === 'legacy', "'current' or 'legacy'");
  for (const [path, value] of Object.entries({ readsPerMinute, writesPerMinute }))
    check(path, value, Number.isInteger(value) && value >= 1, 'a whole number of 1 or more');
  const isTimeout = Number.isFinite(timeoutMs) && timeoutMs > 0 && timeoutMs <= LONGEST_TIMER_MS;
  check('timeoutMs', timeoutMs, isTimeout, `a number of milliseconds above 0, up to ${LONGEST_TIMER_MS}`);
  check('deadlineMs', deadlineMs, typeof deadlineMs === 'number' && deadlineMs > 0, 'a number of milliseconds above 0');
  check('push', push, push === 'auto' || push === false, "'auto' or false");
  check('fetch', fetch, fetch === undefined || typeof fetch === 'function', 'a function like the global fetch');
  const areHeaders = headers === undefined || typeof headers === 'object' || typeof headers === 'function';
  check('headers', headers, areHeaders, 'an object of names and values, or a function that returns one');
  return {
    ...given,
    baseUrl: (baseUrl as string)
      .trim()
      .replace(/\/+$/, '')
      .replace(/\/v1$/, '')
      // One host, however it is spelled, has one budget.
      .replace(/^https?:\/\/[^/]*/i, (origin) => origin.toLowerCase()),
    edition,
    readsPerMinute,
    writesPerMinute,
    timeoutMs,
    deadlineMs,
    push,
    // A custom `fetch`, or headers created per request, could give two tabs of one scope different data.
    shareTabs: given.shareTabs ?? (fetch === undefined && (typeof headers !== 'function' || scope !== undefined)),
    // A limit that was set explicitly is never raised.
    isBudgetFixed: given.readsPerMinute !== undefined,
    isWriteBudgetFixed: given.writesPerMinute !== undefined,
  };
}

/** Identifies URL, headers and scope of a client: clients with one name share a budget and a leader tab. Headers are hashed, as they can hold a secret. */
export function connectionName({ baseUrl, headers, scope }: ClientSettings): string {
  const named = typeof headers === 'object' && hash(JSON.stringify(Object.entries(headers).sort(([a], [b]) => a.localeCompare(b))));
  return [baseUrl, named, scope].filter(Boolean).join('#');
}

// FNV-1a, 32 bit: enough to tell sessions apart, and one way.
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return (value >>> 0).toString(36);
}
