import type { Edition } from './edition.js';

/** Headers for every request, or a function that makes them for each, such as one that reads a session token. */
export type LayersHeaders = Record<string, string> | (() => Record<string, string> | Promise<Record<string, string>>);

/** What {@link createLayersClient} takes. */
export interface LayersClientOptions {
  /** Where your server part is mounted (`/api/layers`), or on a server `https://api.layers.com`. `/v1/…` is added; a trailing `/` or `/v1` is dropped. */
  baseUrl: string;
  /** Used instead of the global `fetch`. */
  fetch?: ((input: string, init: RequestInit) => Promise<Response>) | undefined;
  /** Added to every request. Never an API key in a browser: that throws. */
  headers?: LayersHeaders | undefined;
  /** @default 'current' */
  edition?: Edition | undefined;
  /**
   * Most reads in any 60 s, over all hooks and tabs of this client's address. Whole number, 1 or more. A 429 lowers it for a while. A number given here is
   * never raised, whatever tier the server names.
   * @default 80% of the key's tier: 96, or what the server's rate-limit headers name
   */
  readsPerMinute?: number | undefined;
  /**
   * Most writes in any 60 s, such as decisions. Whole number, 1 or more. Further writes wait. Requests that start a job have a bucket of their own
   * (rate-limits page) and don't count.
   * @default 80% of the key's tier: 48, or what the server's rate-limit headers name
   */
  writesPerMinute?: number | undefined;
  /** How long one request may take, in milliseconds, before it fails with `TIMEOUT`. @default 15000 */
  timeoutMs?: number | undefined;
  /** How long a container may be in flight, in milliseconds, before it is read only once a minute. This isn't an error: it is still running on the server. @default 1800000, half an hour */
  deadlineMs?: number | undefined;
  /**
   * Whether the tabs of this origin elect a leader that reads for all of them.
   * @default true where the browser can (Web Locks, BroadcastChannel), unless a custom `fetch`, or a headers function without `scope`, could make two tabs differ
   */
  shareTabs?: boolean | undefined;
  /**
   * Whose data this client reads, such as the user's id: part of every cache key, so that data prefetched on a server hydrates in the browser, wherever each
   * of them reads it from. Give one where two users, or two servers, share a `QueryClient` or a browser profile.
   * @default ''
   */
  scope?: string | undefined;
}
