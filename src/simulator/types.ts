import type { SimulatorWebhook, SimulatorWebhookOptions } from './webhooks/types.js';

/** Rate-limit tiers of the API, with their reads, writes and long-running calls a minute. `off` limits nothing. */
export type SimulatorTier = 'standard' | 'pilot' | 'partner' | 'off';

/** Requests a minute, each 1 or more. A class that is left out keeps the limit of the tier. */
export interface SimulatorLimits {
  reads?: number | undefined;
  writes?: number | undefined;
  longRunning?: number | undefined;
}

/** An API key the simulator accepts. */
export interface SimulatorKey {
  key: string;
  /** @default 'standard' */
  tier?: SimulatorTier | undefined;
  /** Limits of this key's own, in place of its tier's: `X-RateLimit-Limit` names them. */
  limits?: SimulatorLimits | undefined;
  /** Scopes such as `content:read`; `['*']` grants all. @default ['*'] */
  scopes?: readonly string[] | undefined;
  /** Projects of this key's organisation; others answer 404. @default every project of the simulator */
  projectIds?: readonly string[] | undefined;
}

/** What can go wrong on purpose. Faults are tried in order; all that alter a body add up, the first that replaces the answer ends it. */
export interface SimulatorFault {
  /**
   * Which requests: tested against `METHOD /v1/path`, without the query. A string has to occur in it. Media are hit only by a
   * `match` that fits `GET /media/<file>`. Kinds that begin with `webhook-` hit webhooks and nothing else, tested against `WEBHOOK <type>`.
   * @default every request of the API; every webhook
   */
  match?: RegExp | string | undefined;
  kind:
    | 'latency'
    | 'hang'
    | 'status'
    | 'drop'
    | 'truncated-json'
    | 'html'
    | 'empty'
    | 'unknown-status'
    | 'unknown-preview-kind'
    | 'bad-row'
    | 'unsafe-url'
    /** The webhook is never sent. */
    | 'webhook-loss'
    /** It is sent twice, with the same event id. */
    | 'webhook-duplicate'
    /** It is sent after all others that are due: `content.generated` after its `job.completed`, for example. */
    | 'webhook-reorder'
    /** It is sent `latencyMs` late. */
    | 'webhook-delay'
    /** A copy with another event id, signed with another secret, is sent before it. */
    | 'webhook-forged';
  /** For `latency` and `webhook-delay`: milliseconds, or a range drawn from the seed. @default 1000 */
  latencyMs?: number | readonly [min: number, max: number] | undefined;
  /** For `status` and `html`. @default 500 */
  status?: number | undefined;
  /** For `status`: the envelope's code. @default by status */
  code?: string | undefined;
  /** For `status`: the envelope's details, as sent. @default none */
  details?: Record<string, unknown> | undefined;
  /** For `status` and `html` (429 and 503, mostly): the `Retry-After` header, as sent (`'7'`, an HTTP date, garbage). */
  retryAfter?: string | undefined;
  /** Share of what matches that is hit, 0 to 1, drawn from the seed. @default 1 */
  rate?: number | undefined;
  /** How many times it strikes before it is spent. @default Infinity */
  times?: number | undefined;
  /**
   * For `status`, `html`, `empty`, `drop` and `hang`: `true` lets the request do its work first, so that only the answer is lost
   * (a retried POST then meets what the first one made). Faults that alter a body, and `latency`, always do.
   * @default false
   */
  takesEffect?: boolean | undefined;
}

/** How one container will be generated. What is left out is drawn from the seed. */
export interface SimulatorGeneration {
  /** Stages in order with their length in milliseconds. */
  stages?: readonly { stage: string; durationMs: number }[] | undefined;
  /** Time spent `queued` first. */
  queuedMs?: number | undefined;
  /** How it ends; `stalled` stays in flight for ever at the share of `endsAt`. @default 'completed' */
  outcome?: 'completed' | 'failed' | 'canceled' | 'stalled' | undefined;
  /** For an outcome other than completed: share of the whole generation at which it happens. @default 0.6 */
  endsAt?: number | undefined;
  lastError?: { code: string; message: string } | undefined;
  /** `exact`; `noisy` (±30%, drawn from the seed at each read second); `none`: `etaSeconds` is null. @default 'noisy' */
  eta?: 'exact' | 'noisy' | 'none' | undefined;
  /** @default true */
  poster?: boolean | undefined;
  /** Whether `hlsUrl` is set on videos. @default false */
  hls?: boolean | undefined;
  kind?: 'video' | 'slideshow' | 'image' | undefined;
  /** `false`: the video was not probed, so its `durationMs` is null. @default true */
  probed?: boolean | undefined;
}

/** A container put into the store by hand. Every field has a default drawn from the seed. */
export interface SimulatorContainerInput {
  id?: string | undefined;
  projectId?: string | undefined;
  format?: string | null | undefined;
  /** One that goes with a piece of `mediaCatalog` brings that piece, if it is of this kind. */
  hook?: string | null | undefined;
  caption?: string | null | undefined;
  creativeType?: 'generated' | 'uploaded' | undefined;
  /** Where it is in its life at `createdAt`; `generate` (the default) starts a generation at `createdAt`. */
  state?: 'generate' | 'completed' | 'failed' | 'canceled' | undefined;
  approvalStatus?: 'not_required' | 'pending' | 'approved' | 'rejected' | undefined;
  /** Milliseconds since 1970 on the simulator's clock. @default now */
  createdAt?: number | undefined;
  generation?: SimulatorGeneration | undefined;
}

export interface SimulatorOptions {
  /** Everything random is drawn from it; equal seeds and equal calls give equal answers. @default 1 */
  seed?: number | undefined;
  /** Which edition of the wire it speaks: `current`, or `legacy` (`generating`, underscores, `brief`, no `preview`). @default 'current' */
  edition?: 'current' | 'legacy' | undefined;
  /** The simulator's clock, milliseconds since 1970. Inject one to make time stand still or run fast. @default Date.now */
  now?: (() => number) | undefined;
  /** When given, a request must carry one of them as Bearer (legacy: also `X-Api-Key`), else 401. When left out, a request without a key is served as a standard key with every scope. */
  apiKeys?: readonly SimulatorKey[] | undefined;
  /** The tier of requests without a key. @default 'standard' */
  tier?: SimulatorTier | undefined;
  /** Limits of requests without a key, in place of the tier's. */
  limits?: SimulatorLimits | undefined;
  /** @default one project, `prj_` + a fixed uuid */
  projectIds?: readonly string[] | undefined;
  /** What new containers get when they complete. @default 'pending' */
  approval?: 'pending' | 'not_required' | undefined;
  /** Containers to start with: that many drawn from the seed (a believable library, a few in flight), or given one by one. @default 0 */
  containers?: number | readonly SimulatorContainerInput[] | undefined;
  /** Defaults for the generation of every container. */
  generation?: SimulatorGeneration | undefined;
  faults?: readonly SimulatorFault[] | undefined;
  /**
   * Where to send webhooks: `job.*` when a job ends, `content.*` when a container is completed, approved or rejected. They are sent at once; the API may take
   * a minute (`webhook-delay`).
   * @default none are sent
   */
  webhooks?: SimulatorWebhookOptions | undefined;
  /** Where media URLs point. @default in `listen` mode the server's own `/media/`, else `https://media.simulator.invalid/` which `fetch` serves too */
  mediaBaseUrl?: string | undefined;
  /** Credits of the organisation; a generation that would cost more than is available answers 402 `BILLING_EXHAUSTED`. @default 1_000_000 */
  credits?: number | undefined;
  /**
   * Generations that may run at once; one more answers 429. The documentation names this cap but neither its size nor its code, so
   * `CONCURRENCY_LIMITED` is a guess.
   * @default Infinity
   */
  maxConcurrentJobs?: number | undefined;
  /** Whether the projects have an app demo; without one, `ugc-remix` without `mediaId` answers 422 with `details.code` `MISSING_APP_DEMO`. @default true */
  appDemo?: boolean | undefined;
  /** For how many milliseconds the address of a single asset is said to be good: it then carries `expiresAt`. @default it carries none */
  assetUrlLifeMs?: number | undefined;
  /** Fields the projects lack, such as `appDescription`; any makes `content/hooks` answer 422 with `details.missingFields`. @default [] */
  missingProjectFields?: readonly string[] | undefined;
}

/** One request as the simulator saw it. */
export interface SimulatorRequest {
  method: string;
  /** Path and query, from `/v1/` on. */
  path: string;
  /** 0 when no answer was given (`drop`, `hang`). */
  status: number;
  /** On the simulator's clock. */
  at: number;
}

export interface SimulatorServer {
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  url: string;
  port: number;
  close(): Promise<void>;
}

/** An embedded Layers API. */
export interface Simulator {
  /** Answers like the API would; pass it as `fetch` to `createLayersClient`. Honors `signal`. */
  fetch: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;
  /** Serves the same over HTTP on 127.0.0.1. Node only. @param port 0 (the default) takes a free one */
  listen(port?: number): Promise<SimulatorServer>;
  /** The ids of its projects. */
  readonly projectIds: readonly string[];
  /** Every request so far, oldest first. Media is not listed. */
  readonly requests: readonly SimulatorRequest[];
  clearRequests(): void;
  /** Puts a container in and returns its id. */
  addContainer(input?: SimulatorContainerInput): string;
  /** Decides a container's approval as another person would. */
  decide(containerId: string, approvalStatus: 'approved' | 'rejected'): void;
  /** Ends a generation now, whatever was planned. */
  finish(containerId: string, outcome?: 'completed' | 'failed' | 'canceled'): void;
  removeContainer(containerId: string): void;
  /** Replaces the faults in force. */
  setFaults(faults: readonly SimulatorFault[]): void;
  /**
   * Replaces the limits of a key, as when its organisation is moved to another tier; `{}` restores those of its tier. A raised limit gives no tokens at
   * once: the bucket fills up at the new rate.
   * @param key left out: requests without a key
   */
  setLimits(limits: SimulatorLimits, key?: string): void;
  /** The id of the job that makes a container (its latest), `null` for one that was uploaded or put in finished. */
  jobId(containerId: string): string | null;
  /** Every webhook delivery attempt so far, in the order of sending. */
  readonly webhooks: readonly SimulatorWebhook[];
  /**
   * Sends the webhooks that are due on the simulator's clock, and resolves when the endpoint has answered. On the real clock this happens automatically; with
   * an injected `now`, call it after moving the clock.
   */
  deliverWebhooks(): Promise<void>;
  /** Queues an event of any type (`test.ping`, `post.published`, an unknown one) and returns its id. Throws without the `webhooks` option. */
  sendWebhook(type: string, data?: Record<string, unknown>): string;
  /** Queues a replay of an event and returns its new id. Throws for an unknown event id. */
  replayWebhook(eventId: string): string;
  /**
   * Whole requests the key has left of each class, at this moment on the simulator's clock; `Infinity` when its tier is `off`.
   * @param key left out: requests without a key
   */
  rateLimit(key?: string): { reads: number; writes: number; longRunning: number };
}
