import { refuseApiKeyInBrowser } from '../client/refusals.js';
import { LayersError } from '../model/errors.js';
import type { LayersTarget } from './routes.js';

/**
 * Decides whether whoever sent a request may have what it asks for. Only `true` lets it through. `false` answers 404, as for content that does not
 * exist; a throw answers 500 without its message.
 */
export type Authorize = (request: Request, target: LayersTarget) => boolean | Promise<boolean>;

/** What {@link createLayersServer} takes. */
export interface LayersServerOptions {
  /** The API key of your organisation (`lp_…`), from a secret of your server. It is sent to the API and to nobody else. */
  apiKey: string;
  /**
   * Asked before every request to the API. There is no default: the key opens the whole organisation, and only you know whose content is whose, and who may
   * spend credits on more of it (`target.action`).
   */
  authorize: Authorize;
  /** Where the API is. `/v1/…` is added; a trailing `/` or `/v1` is dropped. @default 'https://api.layers.com' */
  baseUrl?: string | undefined;
  /** Used instead of the global `fetch`. */
  fetch?: ((input: string, init: RequestInit) => Promise<Response>) | undefined;
  /** How long the API may take to answer, in milliseconds, before the browser gets 504. Less than the browser's own 15 s, so that it hears why. @default 10000 */
  timeoutMs?: number | undefined;
}

/** The server part: a `fetch` handler, as Next.js route handlers, Workers, Hono, Bun and Deno take it. For Node's own servers see `toNodeHandler`. */
export interface LayersServer {
  /** Answers one request of the browser. Never rejects. Needs no `this`. */
  fetch: (request: Request) => Promise<Response>;
}

/** Options with every default filled in. */
export interface ServerSettings {
  apiKey: string;
  authorize: Authorize;
  baseUrl: string;
  send: (input: string, init: RequestInit) => Promise<Response>;
  timeoutMs: number;
}

const PRINTABLE = /^[\x21-\x7e]+$/;

/** Fills in the defaults. @throws LayersError `INVALID_INPUT` that names the option and never holds the key */
export function validateServerOptions(options: LayersServerOptions): ServerSettings {
  const { apiKey, authorize, baseUrl = 'https://api.layers.com', fetch, timeoutMs = 10_000 } = options ?? {};
  if (typeof apiKey !== 'string' || !PRINTABLE.test(apiKey))
    refuse(
      'apiKey',
      'needs apiKey, an API key of your organisation without spaces or line breaks. Without it the API answers nothing. Read it from a secret, such as process.env.LAYERS_API_KEY.',
    );
  refuseApiKeyInBrowser('createLayersServer()', [apiKey]);
  if (typeof authorize !== 'function')
    refuse(
      'authorize',
      'needs authorize, a function of (request, target) that tells whether this user may have this content. Without it everyone who reaches your server could read and approve everything of your organisation. Look up the session of the request and the owner of target.containerId or target.projectId, and return true or false.',
    );
  if (fetch !== undefined && typeof fetch !== 'function')
    refuse('fetch', 'got a fetch that is no function. Leave it out to use the global one.');
  if (!Number.isFinite(timeoutMs) || timeoutMs <= 0)
    refuse('timeoutMs', `got timeoutMs: ${String(timeoutMs)}. It takes a number of milliseconds above 0.`);
  return {
    apiKey,
    authorize,
    baseUrl: readBaseUrl(baseUrl),
    // Called as a function of its own: Workers refuse a global `fetch` that is called as a method.
    send: (input, init) => (fetch ? fetch(input, init) : globalThis.fetch(input, init)),
    timeoutMs,
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
