import type { Edition } from '../client/clientOptions.js';
import { refuseApiKeyInBrowser } from '../client/refusals.js';
import { LONGEST_TIMER_MS } from '../internal/longestTimer.js';
import { LayersError } from '../model/errors.js';
import type { LayersServerEvent } from './operations/events.js';
import type { LayersHealth } from './operations/health.js';
import { isPromClient, type PromClient } from './operations/metrics.js';
import { Observer } from './operations/observer.js';
import { limitReports } from './operations/limitReports.js';
import { isOrganization } from './organization.js';
import { logError } from './report.js';
import { KNOWN_FORMATS, type LayersTarget } from './routes.js';
import { createMemoryStore } from './store/memoryStore.js';
import type { LayersStore } from './store/store.js';
import type { VerifyWebhookOptions } from './webhooks/verifyWebhook.js';

/**
 * Decides whether the sender of a request may have what it asks for. Only `true` allows it. `false` is answered 404, as for content that doesn't exist;
 * a throw, or no decision within `timeoutMs`, is answered 500 without details, and `onError` gets the error. Anything else is denied and reported, too.
 * The request's body has been received by then, 64 kB at most, and may be read: each call has a body of its own.
 */
export type Authorize = (request: Request, target: LayersTarget, help: AuthorizeHelp) => boolean | Promise<boolean>;

/** What the server part can find out for {@link Authorize}. */
export interface AuthorizeHelp {
  /**
   * The project that the target belongs to, as the API spells its id; `null` if the target doesn't exist. For partners who know who owns which project, but
   * not each container. Usually known from earlier responses, else read from the API within the budget (a job can take two reads) and remembered. Check first
   * that the user is signed in, so that strangers can't spend the budget. Rejects if the API can't be asked: let that pass, and the browser tries again.
   */
  projectId: () => Promise<string | null>;
}

/** What {@link createLayersServer} takes. */
export interface LayersServerOptions {
  /**
   * The API key of your organisation (`lp_…`), from a secret of your server. It is sent to the API and to nobody else. A function is called for every
   * request to the API, so that you can rotate the key without a restart: keep the key in memory there. While it throws, is late or returns no key, viewers get
   * the last good response, as when the API fails.
   * `undefined`, as an environment variable that isn't set, is an error at start that says so.
   */
  apiKey: string | (() => string | Promise<string>) | undefined;
  /**
   * Called before every request to the API. There is no default: the key opens the whole organisation, and only you know whose content is whose, and who may
   * spend credits on more of it (`target.action`).
   */
  authorize: Authorize;
  /**
   * Who sent a request: an id that stays the same for one person, such as your user id. `Idempotency-Key`s are bound to it, so that two people who send the
   * same one never get each other's response, and the reads of one person can't delay everybody else's. `null` for somebody who isn't signed in. Without it
   * people are told apart by their `Authorization` and `Cookie` headers, and keys are bound to what the request is about.
   */
  viewer?: ((request: Request) => string | null | Promise<string | null>) | undefined;
  /**
   * How long a decision of `authorize` about a read is remembered for the same viewer and target, in milliseconds, 0 to 60000; a denial for 1 s at most. So
   * long can somebody still read what you have just taken from them. Writes are always asked about. Needs `viewer`; if more than the viewer's id decides, such
   * as a shared link's token, make it part of that id. @default 3000 with `viewer`, else 0
   */
  authorizeForMs?: number | undefined;
  /**
   * The child organisation to act for, `org_…`, sent to the API as `X-Layers-Organization`, or a function that returns it for a request; `null` for the key's
   * own. The browser can't set it. Responses are kept apart by organisation; the read budget is the key's, for all of them.
   */
  organization?: string | ((request: Request) => string | null | Promise<string | null>) | undefined;
  /** Where the API is. `/v1/…` is added; a trailing `/` or `/v1` is dropped. @default 'https://api.layers.com' */
  baseUrl?: string | undefined;
  /** The API's edition: how the key is sent (`Authorization: Bearer`, or `X-Api-Key` for `legacy`), and how the server part itself asks for lists. @default 'current' */
  edition?: Edition | undefined;
  /**
   * The formats that browsers may generate, by their route of the current edition: fewer, or those of a newer API as well, `[...layersFormats, 'podcast-clip']`.
   * `authorize` is asked about each, with `target.format`. The legacy edition's one route isn't among them. @default layersFormats
   */
  formats?: readonly string[] | undefined;
  /** Used instead of the global `fetch`. */
  fetch?: ((input: string, init: RequestInit) => Promise<Response>) | undefined;
  /**
   * How long each wait may take, in milliseconds: for a request's body (then 408), for your functions (500; `apiKey` 503), for the API (504). Less than the browser's own
   * 15 s, so that it learns the reason. @default 10000
   */
  timeoutMs?: number | undefined;
  /**
   * Most reads of the API in any 60 s, for all viewers together. Whole number, 1 or more. Never raised, whatever limit the API names.
   * @default 96, or 80% of `X-RateLimit-Limit` if the API sends it
   */
  readsPerMinute?: number | undefined;
  /**
   * The signing secret of your webhook endpoint (`whsec_…`), whose address is `…/v1/webhooks` below the mount; both, `[newSecret, oldSecret]`, during a rotation.
   * With webhooks, viewers see an end within moments. Without it there is no such route.
   */
  webhookSecret?: VerifyWebhookOptions['secret'];
  /**
   * Push: browsers get what they show as it changes, in one stream, instead of asking for it. `false`: they poll. An object changes its limits.
   * @default {}
   */
  push?: PushOptions | false | undefined;
  /** The size of the largest response that is accepted from the API, in bytes after decompression. A larger one is answered 502. @default 8388608 */
  maxResponseBytes?: number | undefined;
  /**
   * What several processes of one API key share, so that all of them together keep to `readsPerMinute`: see `createRedisStore`.
   * @default in memory, for one process
   */
  store?: LayersStore | undefined;
  /**
   * Called for every failure that you can do something about: your own functions, the API out of reach, late or unusable. `code`, `status` and `requestId`
   * are those of the response to the browser, `details` has `method` and `path`, `cause` the error of your function. Also called when the API refuses the key,
   * or a right or credits are missing, or `apiKey` gives none, once a minute for each. Never holds the API key. Of one failure at most 20 are reported in a minute; the next report has the number
   * of those left out in `details.suppressed`.
   * @default logs to the console
   */
  onError?: ((error: LayersError) => void | Promise<void>) | undefined;
  /** Called after each request of a browser and each request to the API, for logs and traces. Never holds ids, tokens or the API key. */
  onRequest?: ((event: LayersServerEvent) => void | Promise<void>) | undefined;
  /**
   * The `prom-client` module, or anything with its `Counter`, `Histogram`, `Gauge` and `register`: metrics are registered there. Of several server parts with
   * one `register` only the last is measured: give each a registry of its own, `{ ...promClient, register: new promClient.Registry() }`.
   */
  metrics?: PromClient | undefined;
}

/** Limits of push. Whole numbers of 1 or more. */
export interface PushOptions {
  /** Most streams at a time of one viewer, as `viewer` names them; further ones get 429, and their browser polls. @default 20 */
  streamsPerViewer?: number | undefined;
  /** Most streams at a time of all viewers of this process; further ones get 503, and their browser polls. @default 10000 */
  streams?: number | undefined;
  /** After how long `authorize` is asked again about everything that an open stream follows, in milliseconds. @default 60000 */
  reauthorizeMs?: number | undefined;
}

type PushSettings = { [Name in keyof PushOptions]-?: number };

/** The server part: a `fetch` handler, as Next.js route handlers, Workers, Hono, Bun and Deno take it. For Node's own servers see `toNodeHandler`. */
export interface LayersServer {
  /** Answers one request of the browser. Never rejects. Needs no `this`. */
  fetch: (request: Request) => Promise<Response>;
  /** Ends the streams of events and the reads in flight. The server can be used afterwards: they start again. */
  close: () => void;
  /** How the server part is doing, for a health check of your own. Reads nothing from the API, and holds no ids. Needs no `this`. */
  health: () => LayersHealth;
}

/** Options with every default filled in. */
export interface ServerSettings extends Pick<LayersServerOptions, 'authorize'> {
  apiKey: NonNullable<LayersServerOptions['apiKey']>;
  /** `null` where it was left out. */
  viewer: ((request: Request) => string | null | Promise<string | null>) | null;
  authorizeForMs: number;
  /** `null` where it was left out. */
  organization: ((request: Request) => string | null | Promise<string | null>) | null;
  observer: Observer;
  /** `null` where it was left out. */
  metrics: PromClient | null;
  baseUrl: string;
  edition: Edition;
  formats: readonly string[];
  push: PushSettings | null;
  /** `null`: no webhooks. */
  webhookSecret: NonNullable<VerifyWebhookOptions['secret']> | null;
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
  const { apiKey, authorize, viewer, organization, fetch, onError, onRequest, metrics, readsPerMinute, store } = options ?? {};
  const { baseUrl = 'https://api.layers.com', timeoutMs = 10_000, maxResponseBytes = 8 * 1024 * 1024, edition = 'current' } = options ?? {};
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
  for (const [name, value] of Object.entries({ viewer, fetch, onError, onRequest }))
    if (value !== undefined && typeof value !== 'function')
      refuse(name, `got ${name}, which is not a function. Leave it out for the default.`);
  if (organization !== undefined && typeof organization !== 'function' && !isOrganization(organization))
    refuse(
      'organization',
      'got an organization that cannot be sent. It takes the id of a child organisation (letters, digits, "_", "." and "-"), or a function that returns one.',
    );
  if (metrics !== undefined && !isPromClient(metrics))
    refuse('metrics', "got metrics that aren't prom-client. Pass the module: import promClient from 'prom-client'.");
  const authorizeForMs = options.authorizeForMs ?? (viewer === undefined ? 0 : 3_000);
  if (!(authorizeForMs >= 0 && authorizeForMs <= 60_000))
    refuse('authorizeForMs', `got authorizeForMs: ${String(authorizeForMs)}. It takes a number from 0 to 60000.`);
  if (authorizeForMs > 0 && viewer === undefined)
    refuse(
      'authorizeForMs',
      "got authorizeForMs without viewer. Decisions can't be remembered unless it is known who they are about: add viewer.",
    );
  if (readsPerMinute !== undefined && !(Number.isInteger(readsPerMinute) && readsPerMinute >= 1))
    refuse('readsPerMinute', `got readsPerMinute: ${String(readsPerMinute)}. It takes a whole number of 1 or more.`);
  if (store !== undefined && typeof store?.take !== 'function')
    refuse('store', 'got a store that cannot be used. Give it what createRedisStore(client) returns, or leave it out for one process.');
  for (const [name, value, most] of [
    ['timeoutMs', timeoutMs, LONGEST_TIMER_MS],
    ['maxResponseBytes', maxResponseBytes, Number.MAX_SAFE_INTEGER],
  ] as const)
    if (!Number.isFinite(value) || value <= 0 || value > most)
      refuse(name, `got ${name}: ${String(value)}. It takes a number above 0 and up to ${most}.`);
  if (edition !== 'current' && edition !== 'legacy') refuse('edition', `got edition: ${String(edition)}. It takes 'current' or 'legacy'.`);
  const report = limitReports(onError ?? logError);
  return {
    apiKey,
    authorize,
    viewer: viewer ?? null,
    authorizeForMs,
    organization: typeof organization === 'string' ? () => organization : (organization ?? null),
    observer: new Observer(report, onRequest),
    metrics: metrics ?? null,
    baseUrl: readBaseUrl(baseUrl),
    edition,
    formats: readFormats(options.formats),
    push: pushSettings(options.push),
    webhookSecret: readWebhookSecret(options.webhookSecret),
    // Called as a function of its own: Workers refuse a global `fetch` that is called as a method.
    send: (input, init) => (fetch ? fetch(input, init) : globalThis.fetch(input, init)),
    timeoutMs,
    maxResponseBytes,
    readsPerMinute,
    store: store ?? createMemoryStore(),
    onError: report,
  };
}

/** `null`: no webhooks. */
function readWebhookSecret(secret: VerifyWebhookOptions['secret']): ServerSettings['webhookSecret'] {
  if (secret === undefined) return null;
  const all: unknown[] = [secret].flat().filter((each) => each !== undefined && each !== '');
  if (all.length === 0 || !all.every(isApiKey))
    refuse(
      'webhookSecret',
      'got a webhookSecret that cannot be used. It takes the signing secret of your webhook endpoint (whsec_…), without spaces or line breaks, or several in a list. Leave it out for no webhooks.',
    );
  return secret;
}

/** `null`: no push. */
function pushSettings(push: PushOptions | false | undefined): PushSettings | null {
  if (push === false) return null;
  const { streamsPerViewer = 20, streams = 10_000, reauthorizeMs = 60_000 } = push ?? {};
  for (const [name, value] of Object.entries({ streamsPerViewer, streams, reauthorizeMs }))
    if (!Number.isInteger(value) || value < 1)
      refuse(`push.${name}`, `got push.${name}: ${String(value)}. It takes a whole number of 1 or more.`);
  return { streamsPerViewer, streams, reauthorizeMs };
}

// `upload` and `uploads` are routes of their own beside those of the formats.
const isFormat = (value: unknown) => typeof value === 'string' && /^[A-Za-z][A-Za-z0-9_-]*$/.test(value) && !/^uploads?$/i.test(value);

function readFormats(formats: readonly string[] = KNOWN_FORMATS): readonly string[] {
  if (!Array.isArray(formats) || !formats.every(isFormat))
    refuse('formats', "got formats that cannot be used. It takes a list of names such as 'ugc-remix': letters, digits, '-' and '_'.");
  return [...new Set(formats.map((format) => format.replaceAll('_', '-')))];
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
