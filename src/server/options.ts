import { refuseApiKeyInBrowser } from '../client/refusals.js';
import { LONGEST_TIMER_MS } from '../internal/longestTimer.js';
import { LayersError } from '../model/errors.js';
import { logError } from './report.js';
import type { LayersTarget } from './routes.js';
import { createMemoryStore } from './store/memoryStore.js';
import type { LayersStore } from './store/store.js';

/**
 * Decides whether the sender of a request may have what it asks for. Only `true` allows it. `false` is answered 404, as for content that doesn't exist;
 * a throw, or no decision within `timeoutMs`, is answered 500 without details, and `onError` gets the error. Anything else is denied and reported, too.
 * The request's body has been received by then, 64 kB at most, and may be read.
 */
export type Authorize = (request: Request, target: LayersTarget) => boolean | Promise<boolean>;

/** What {@link createLayersServer} takes. */
export interface LayersServerOptions {
  /**
   * The API key of your organisation (`lp_…`), from a secret of your server. It is sent to the API and to nobody else. A function is called for every
   * request to the API, so that you can rotate the key without a restart: keep the key in memory there.
   */
  apiKey: string | (() => string | Promise<string>);
  /**
   * Called before every request to the API. There is no default: the key opens the whole organisation, and only you know whose content is whose, and who may
   * spend credits on more of it (`target.action`).
   */
  authorize: Authorize;
  /**
   * Who sent a request: an id that stays the same for one person, such as your user id. `Idempotency-Key`s are bound to it, so that two people who send the
   * same one never get each other's response, and the reads of one person can't delay everybody else's. Called after `authorize`. Without it people are told
   * apart by their `Authorization` and `Cookie` headers, and keys are bound to what the request is about.
   */
  viewer?: ((request: Request) => string | Promise<string>) | undefined;
  /** Where the API is. `/v1/…` is added; a trailing `/` or `/v1` is dropped. @default 'https://api.layers.com' */
  baseUrl?: string | undefined;
  /** Used instead of the global `fetch`. */
  fetch?: ((input: string, init: RequestInit) => Promise<Response>) | undefined;
  /**
   * How long each wait may take, in milliseconds: for a request's body (then 408), for your functions (500), for the API (504). Less than the browser's own
   * 15 s, so that it learns the reason. @default 10000
   */
  timeoutMs?: number | undefined;
  /**
   * Most reads of the API in any 60 s, for all viewers together. Whole number, 1 or more. Never raised, whatever limit the API names.
   * @default 96, or 80% of `X-RateLimit-Limit` if the API sends it
   */
  readsPerMinute?: number | undefined;
  /** The size of the largest response that is accepted from the API, in bytes after decompression. A larger one is answered 502. @default 8388608 */
  maxResponseBytes?: number | undefined;
  /**
   * What several processes of one API key share, so that all of them together keep to `readsPerMinute`: see `createRedisStore`.
   * @default in memory, for one process
   */
  store?: LayersStore | undefined;
  /**
   * Called for every failure that you can do something about: your own functions, the API out of reach, late or unusable. `code`, `status` and `requestId`
   * are those of the response to the browser, `details` has `method` and `path`, `cause` the error of your function. Never holds the API key.
   * @default logs to the console
   */
  onError?: ((error: LayersError) => void | Promise<void>) | undefined;
}

/** The server part: a `fetch` handler, as Next.js route handlers, Workers, Hono, Bun and Deno take it. For Node's own servers see `toNodeHandler`. */
export interface LayersServer {
  /** Answers one request of the browser. Never rejects. Needs no `this`. */
  fetch: (request: Request) => Promise<Response>;
  /** Ends the reads in flight. The server can be used afterwards: they start again. */
  close: () => void;
}

/** Options with every default filled in. */
export interface ServerSettings extends Required<Pick<LayersServerOptions, 'apiKey' | 'authorize'>> {
  /** `null` where it was left out. */
  viewer: ((request: Request) => string | Promise<string>) | null;
  baseUrl: string;
  send: (input: string, init: RequestInit) => Promise<Response>;
  timeoutMs: number;
  maxResponseBytes: number;
  /** `undefined` where it was left out. */
  readsPerMinute: number | undefined;
  store: LayersStore;
  onError: (error: LayersError) => void | Promise<void>;
}

const PRINTABLE = /^[\x21-\x7e]+$/;

/** Whether a value can be sent as an API key. */
export const isApiKey = (value: unknown): value is string => typeof value === 'string' && PRINTABLE.test(value);

/** Fills in the defaults. @throws LayersError `INVALID_INPUT` that names the option and never holds the key */
export function validateServerOptions(options: LayersServerOptions): ServerSettings {
  const { apiKey, authorize, viewer, fetch, onError } = options ?? {};
  const { baseUrl = 'https://api.layers.com', timeoutMs = 10_000, maxResponseBytes = 8 * 1024 * 1024 } = options ?? {};
  if (typeof apiKey !== 'function' && !isApiKey(apiKey))
    refuse(
      'apiKey',
      'needs apiKey, an API key of your organisation without spaces or line breaks, or a function that returns one. Without it the API answers nothing. Read it from a secret, such as process.env.LAYERS_API_KEY.',
    );
  if (typeof apiKey === 'string') refuseApiKeyInBrowser('createLayersServer()', [apiKey]);
  if (typeof authorize !== 'function')
    refuse(
      'authorize',
      'needs authorize, a function of (request, target) that tells whether this user may have this content. Without it everyone who reaches your server could read and approve everything of your organisation. Look up the session of the request and the owner of target.containerId or target.projectId, and return true or false.',
    );
  for (const [name, value] of Object.entries({ viewer, fetch, onError }))
    if (value !== undefined && typeof value !== 'function')
      refuse(name, `got ${name}, which is not a function. Leave it out for the default.`);
  const { readsPerMinute } = options;
  if (readsPerMinute !== undefined && !(Number.isInteger(readsPerMinute) && readsPerMinute >= 1))
    refuse('readsPerMinute', `got readsPerMinute: ${String(readsPerMinute)}. It takes a whole number of 1 or more.`);
  const { store } = options;
  if (store !== undefined && typeof store?.take !== 'function')
    refuse('store', 'got a store that cannot be used. Give it what createRedisStore(client) returns, or leave it out for one process.');
  for (const [name, value, most] of [
    ['timeoutMs', timeoutMs, LONGEST_TIMER_MS],
    ['maxResponseBytes', maxResponseBytes, Number.MAX_SAFE_INTEGER],
  ] as const)
    if (!Number.isFinite(value) || value <= 0 || value > most)
      refuse(name, `got ${name}: ${String(value)}. It takes a number above 0 and up to ${most}.`);
  return {
    apiKey,
    authorize,
    viewer: viewer ?? null,
    baseUrl: readBaseUrl(baseUrl),
    // Called as a function of its own: Workers refuse a global `fetch` that is called as a method.
    send: (input, init) => (fetch ? fetch(input, init) : globalThis.fetch(input, init)),
    timeoutMs,
    maxResponseBytes,
    readsPerMinute,
    store: store ?? createMemoryStore(),
    onError: onError ?? logError,
  };
}

function readBaseUrl(baseUrl: unknown): string {
  const url = typeof baseUrl === 'string' && URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    refuse('baseUrl', 'got a baseUrl that cannot be used. It takes an absolute http or https URL without credentials, query or hash.');
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '').replace(/\/v1$/, '');
}

function refuse(path: string, advice: string): never {
  throw new LayersError({ code: 'INVALID_INPUT', message: `layers-react: createLayersServer() ${advice}`, details: { path } });
}
