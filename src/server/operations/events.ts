import type { LayersTarget } from '../routes.js';

/** Where the response to a read came from: a current kept one, an older one because there was no newer in time, the API, or the browser's own (304). */
export type CacheOutcome = 'hit' | 'stale' | 'miss' | 'not-modified';

/** One request that has ended. It holds no ids of content or people, no tokens and no bodies, so it can be logged as it is. */
export interface LayersServerEvent {
  /** `request`: from a browser to the server part. `upstream`: from the server part to the API. */
  kind: 'request' | 'upstream';
  /** Method and pattern, such as `GET /v1/content/:containerId`; `other` for whatever is no route. */
  route: string;
  /** As in `target.action`; `null` if there is no such route. */
  action: LayersTarget['action'] | null;
  /** The HTTP status; `null` if the API gave no response, or could not be asked for want of a key. */
  status: number | null;
  /**
   * The error code, such as `UNAUTHENTICATED` or `UPSTREAM_TIMEOUT`: of an upstream request that failed, or of a browser's request that got no response of the
   * API. Else `null`.
   */
  code: string | null;
  /** Until the response's headers, in milliseconds; of an upstream request until the end of its body. */
  durationMs: number;
  /** Of a browser's read that was answered; else `null`. */
  cache: CacheOutcome | null;
  /** The id that the response has in `X-Request-Id`; `null` if there is none. */
  requestId: string | null;
}
