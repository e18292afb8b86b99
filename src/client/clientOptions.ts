import type { Edition } from './edition.js';

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
   * Most reads in any 60 s, for all hooks and tabs of this client. Whole number, 1 or more. A 429 lowers it for a while. An explicit number is never raised,
   * whatever limit the server's rate-limit headers state.
   * @default 96, or 80% of `X-RateLimit-Limit` if the server sends it
   */
  readsPerMinute?: number | undefined;
  /**
   * Most writes in any 60 s, such as approval decisions. Whole number, 1 or more. Further writes wait. Requests that start a job have their own bucket
   * (rate-limits page) and don't count.
   * @default 48, or 80% of `X-RateLimit-Limit` if the server sends it
   */
  writesPerMinute?: number | undefined;
  /** Timeout of one request in milliseconds, after which it fails with `TIMEOUT`. @default 15000 */
  timeoutMs?: number | undefined;
  /**
   * How long a container can be in flight, in milliseconds, before it is polled only once a minute. This isn't an error: it is still running on the server.
   * @default 1800000, half an hour
   */
  deadlineMs?: number | undefined;
  /**
   * Whether the tabs of this origin elect a leader tab that schedules the reads of all of them. Also keeps the spent budget across reloads.
   * @default true where the browser supports it (Web Locks, BroadcastChannel), unless a custom `fetch`, or a `headers` function without `scope`, could make
   * two tabs differ
   */
  shareTabs?: boolean | undefined;
  /**
   * Whose data this client reads, such as the user's id. Part of every cache key, in place of the URL and headers, so that data prefetched on a server
   * hydrates in the browser: use the same `scope` on both clients. Set it when two users can share a `QueryClient` or a browser profile.
   * @default ''
   */
  scope?: string | undefined;
}
