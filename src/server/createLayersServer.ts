import { type Context, Hono } from 'hono';
import { OFFER_HEADER, PUSH_VERSION } from '../client/offer.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import { parseJson } from '../model/plainJson.js';
import { apiKeyPattern, currentApiKey } from './apiKey.js';
import { Authorization } from './authorization.js';
import { jsonText, readBody } from './body.js';
import { browserResponse } from './browserResponse.js';
import { Caller } from './caller.js';
import { EventsByOrganization } from './events/byOrganization.js';
import type { Streams } from './events/stream.js';
import type { CacheOutcome } from './operations/events.js';
import { watchHealth } from './operations/health.js';
import { registerMetrics } from './operations/metrics.js';
import { described } from './operations/observer.js';
import { type LayersServer, type LayersServerOptions, type ServerSettings, validateServerOptions } from './options.js';
import { readKey } from './organization.js';
import { projectFinder } from './findProject.js';
import { Projects } from './projects.js';
import type { Reader } from './reader/reader.js';
import { createReader, readFor } from './reads.js';
import { asRefusal, newRequestId, notFound, Refusal } from './refusal.js';
import { failedResponse, reportFailure, tell } from './report.js';
import { apiPath, type ProxyRoute, routeName, routesFor, targetOf, upstreamPath } from './routes.js';
import { Link } from './store/link.js';
import { MOST_FOLLOWED } from '../schedule/pushed.js';
import { askUpstream, upstreamHeaders } from './upstream.js';
import { sharedDedupe } from './webhooks/dedupe.js';
import { receiveWebhook } from './webhooks/route.js';
import { WriteBudgets } from './writeBudgets.js';
import { boundIdempotencyKey, refuseForgedWrite } from './writes.js';

const MAX_WRITE_BYTES = 64 * 1024;
const EVENTS_PATH = '/v1/events';
const WEBHOOKS_PATH = '/v1/webhooks';

/**
 * Creates the server part. It keeps the API key, asks `authorize` about every request, and passes on those that read content, generate it or decide about it.
 * Generating spends credits of your organisation: `target.action` tells `authorize` what is asked for.
 * Mount it under any path and give the browser that path as `baseUrl`.
 *
 * @example
 * const layers = createLayersServer({
 *   apiKey: process.env.LAYERS_API_KEY,
 *   authorize: async (request, target) => (await sessionOf(request))?.owns(target) ?? false,
 * });
 * export const GET = layers.fetch;
 * export const POST = layers.fetch;
 *
 * @throws LayersError `INVALID_INPUT` for an option that is missing or cannot be used
 */
export function createLayersServer(options: LayersServerOptions): LayersServer {
  const settings = validateServerOptions(options);
  const link = new Link(settings.store, (error) => void tell(settings.onError, error));
  const projects = new Projects(link);
  const writes = new WriteBudgets(link);
  const reader: Reader = createReader(settings, link, { projects, heard: (...answer) => events.heard(...answer) });
  const events = new EventsByOrganization(settings, reader, link);
  const authorization = new Authorization(settings, projectFinder(settings, reader, projects));
  const parts: Parts = { settings, reader, projects, authorization, events, writes };
  const { observer, metrics } = settings;
  const statusOf = () => ({ ...reader.status(), viewers: events.viewers, followed: events.followed, isStoreAway: link.isAway });
  if (metrics !== null) observer.listen(registerMetrics(metrics, statusOf));
  const app = new Hono<{ Variables: Seen }>({ getPath: apiPath });
  app.use(async (context, next) => {
    const startedAt = monotonicNow();
    await next();
    observer.emit({
      kind: 'request',
      ...described(context.get('route') ?? 'other'),
      status: context.res.status,
      code: context.get('code') ?? null,
      durationMs: monotonicNow() - startedAt,
      cache: context.get('cache') ?? null,
      requestId: context.res.headers.get('x-request-id'),
    });
  });
  const routes = routesFor(settings.formats);
  for (const path of new Set(routes.map((route) => route.path))) {
    const here = routes.filter((route) => route.path === path);
    app.all(path, async (context) => {
      const route = here.find(({ method }) => method === context.req.method);
      if (route === undefined) throw wrongMethod(here);
      context.set('route', routeName(route.method, route.path));
      const { response, cache } = await serve(parts, route, context.req.raw, context.req.param());
      context.set('cache', cache);
      return response;
    });
  }
  const { push: limits } = settings;
  if (limits !== null) {
    // What nobody asks for isn't loaded.
    let streams: Promise<Streams> | undefined;
    const load = async () =>
      new (await import('./events/stream.js')).Streams({
        events,
        limits,
        authorizeFor: (makeRequest, body) => {
          let caller: Caller | undefined;
          return (target) => {
            caller ??= new Caller(settings, makeRequest(), body);
            return authorization.check(caller, target, { signal: caller.request.signal, isAnew: true });
          };
        },
        report: (request, error) => reportFailure(settings.onError, request, error, newRequestId()),
      });
    app.post(EVENTS_PATH, async (context) => {
      context.set('route', `POST ${EVENTS_PATH}`);
      const request = context.req.raw;
      refuseForgedWrite(request);
      const instead = `A stream follows up to ${MOST_FOLLOWED} containers, jobs and projects: read the others by themselves.`;
      const body = await readBody(request, { maxBytes: MAX_WRITE_BYTES, ms: settings.timeoutMs, instead });
      const text = jsonText(body);
      const caller = new Caller(settings, request, body);
      const asked = { request, text, organization: await caller.organization(), turn: await caller.turn() };
      streams ??= load();
      return (await streams).answer(asked);
    });
  }
  const { webhookSecret: secret, timeoutMs } = settings;
  const dedupe = sharedDedupe(link);
  if (secret !== null)
    app.post(WEBHOOKS_PATH, (context) => {
      context.set('route', `POST ${WEBHOOKS_PATH}`);
      return receiveWebhook(context.req.raw, { secret, timeoutMs, dedupe, handle: (subject) => events.webhook(subject) });
    });
  for (const path of [limits && EVENTS_PATH, secret && WEBHOOKS_PATH])
    if (path !== null) app.all(path, () => Promise.reject(wrongMethod([{ method: 'POST' }])));
  const fail = (error: unknown, context: Context<{ Variables: Seen }>) => {
    context.set('code', asRefusal(error).code);
    return failedResponse(settings.onError, context.req.raw, error);
  };
  app.notFound((context) => fail(notFound(), context));
  app.onError(fail);
  return {
    fetch: async (request) => {
      const response = await app.fetch(request);
      response.headers.set('cache-control', 'no-store');
      response.headers.set('x-content-type-options', 'nosniff');
      if (limits) response.headers.set(OFFER_HEADER, PUSH_VERSION);
      return response;
    },
    close: () => {
      events.close();
      reader.close(closed());
      link.close();
    },
    health: watchHealth(observer, statusOf),
  };
}

/** What is told of a request after its response. */
interface Seen {
  route?: string;
  cache?: CacheOutcome | null;
  /** Why there is no response of the API. */
  code?: string;
}

interface Parts {
  writes: WriteBudgets;
  events: EventsByOrganization;
  settings: ServerSettings;
  reader: Reader;
  projects: Projects;
  authorization: Authorization;
}

async function serve(
  { settings, reader, projects, authorization, events, writes }: Parts,
  route: ProxyRoute,
  request: Request,
  params: Record<string, string>,
): Promise<{ response: Response; cache: CacheOutcome | null }> {
  const target = targetOf(route, params);
  if (target === null) throw notFound();
  const path = upstreamPath(route, params, request.url);
  const isWrite = route.method === 'POST';
  if (isWrite) refuseForgedWrite(request);
  // Before `authorize`, which may read it: nobody is worth more than this before it is known who they are.
  const sent = isWrite ? await readBody(request, { maxBytes: MAX_WRITE_BYTES, ms: settings.timeoutMs }) : null;
  const body = sent && jsonText(sent);
  const caller = new Caller(settings, request, sent);
  // A decision is carried out even if its page is closed: the person made it.
  await authorization.check(caller, target, { signal: isWrite ? undefined : request.signal });
  const organization = await caller.organization();
  if (!isWrite) {
    const { kind, containerId } = target;
    const [key, viewer] = [readKey(organization, path), await caller.turn()];
    return readFor(reader, request, { kind, path: key, containerId, viewer, follow: (kept) => events.polled(key, viewer, kept) });
  }
  await writes.enter(target, settings.timeoutMs);
  const sentKey = request.headers.get('idempotency-key');
  const key = sentKey === null ? null : await boundIdempotencyKey(sentKey, readKey(organization, path), await caller.viewer());
  const apiKey = await currentApiKey(settings, { method: 'POST', path });
  const keyPattern = apiKeyPattern(apiKey);
  const headers = upstreamHeaders(settings.edition, apiKey, organization, key);
  try {
    const response = await askUpstream(settings, { method: 'POST', path, headers, body: body ?? '' }, keyPattern);
    writes.hear(target, response);
    if (response.status < 300) {
      const body = parseJson(response.text);
      projects.accepted(organization, path, body);
      events.wrote(body);
    }
    return { response: browserResponse(response, keyPattern), cache: null };
  } finally {
    // Also where no response came: it can have taken effect.
    reader.wrote(target.containerId);
    events.changed(organization, target.containerId);
  }
}

const wrongMethod = (here: readonly Pick<ProxyRoute, 'method'>[]) => {
  const allow = here.map(({ method }) => method).join(', ');
  return new Refusal(405, 'METHOD_NOT_ALLOWED', `This address takes ${allow} only. Nothing was changed.`, { headers: { allow } });
};

const closed = () => new Refusal(503, 'CLOSED', 'The server is shutting down. Try again in a moment.', { headers: { 'retry-after': '1' } });
