import { Hono } from 'hono';
import { apiKeyPattern, currentApiKey } from './apiKey.js';
import { jsonText, readBody } from './body.js';
import { browserResponse } from './browserResponse.js';
import { type LayersServer, type LayersServerOptions, type ServerSettings, validateServerOptions } from './options.js';
import { askPartner } from './partner.js';
import type { Reader } from './reader/reader.js';
import { createReader, readFor } from './reads.js';
import { notFound, Refusal } from './refusal.js';
import { failedResponse, tell } from './report.js';
import { apiPath, type LayersTarget, type ProxyRoute, routes, targetOf, upstreamPath } from './routes.js';
import { Link } from './store/link.js';
import { askUpstream, upstreamHeaders } from './upstream.js';
import { WriteBudgets } from './writeBudgets.js';
import { boundIdempotencyKey, refuseForgedWrite } from './writes.js';

const MAX_WRITE_BYTES = 64 * 1024;

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
  const parts = { reader: createReader(settings, link), writes: new WriteBudgets(link) };
  const app = new Hono({ getPath: apiPath });
  for (const path of new Set(routes.map((route) => route.path))) {
    const here = routes.filter((route) => route.path === path);
    app.all(path, ({ req }) => serve(settings, parts, here, req.raw, req.param()));
  }
  app.notFound(({ req }) => failedResponse(settings.onError, req.raw, notFound()));
  app.onError((error, { req }) => failedResponse(settings.onError, req.raw, error));
  return {
    fetch: async (request) => {
      const response = await app.fetch(request);
      response.headers.set('cache-control', 'no-store');
      response.headers.set('x-content-type-options', 'nosniff');
      return response;
    },
    close: () => {
      parts.reader.close(closed());
      link.close();
    },
  };
}

/** @param here the routes of the path that was asked for, one for each method */
async function serve(
  settings: ServerSettings,
  { reader, writes }: { reader: Reader; writes: WriteBudgets },
  here: readonly ProxyRoute[],
  request: Request,
  params: Record<string, string>,
): Promise<Response> {
  const route = here.find(({ method }) => method === request.method);
  if (route === undefined) {
    const allow = here.map(({ method }) => method).join(', ');
    throw new Refusal(405, 'METHOD_NOT_ALLOWED', `This address takes ${allow} only. Nothing was changed.`, { headers: { allow } });
  }
  const target = targetOf(route, params);
  if (target === null) throw notFound();
  const path = upstreamPath(route, params, request.url);
  const isWrite = route.method === 'POST';
  if (isWrite) refuseForgedWrite(request);
  // Before `authorize`, which may read it: nobody is worth more than this before it is known who they are.
  const body = isWrite ? jsonText(await readBody(request, { maxBytes: MAX_WRITE_BYTES, ms: settings.timeoutMs })) : '';
  // A decision is carried out even if its page is closed: the person made it.
  const signal = isWrite ? undefined : request.signal;
  await authorized(settings, request, target, signal);
  if (!isWrite) {
    const viewer = (await viewerOf(settings, request)) ?? credentialsOf(request);
    return readFor(reader, request, { kind: target.kind, path, containerId: target.containerId, viewer });
  }
  await writes.enter(target, settings.timeoutMs);
  const key = await idempotencyKey(settings, request, path);
  const apiKey = await currentApiKey(settings);
  const keyPattern = apiKeyPattern(apiKey);
  try {
    const response = await askUpstream(settings, { method: 'POST', path, headers: upstreamHeaders(apiKey, key), body }, keyPattern);
    writes.hear(target, response);
    return browserResponse(response, keyPattern);
  } finally {
    // Also where no response came: it can have taken effect.
    reader.wrote(target.containerId);
  }
}

async function authorized(
  { authorize, timeoutMs }: ServerSettings,
  request: Request,
  target: LayersTarget,
  signal: AbortSignal | undefined,
): Promise<void> {
  const answer: unknown = await askPartner('authorize', timeoutMs, () => authorize(request, target), signal);
  if (answer === true) return;
  throw notFound(
    answer === false
      ? null
      : {
          message: `authorize returned ${answer === null ? 'null' : `a value of type ${typeof answer}`} instead of true or false, so the request was answered 404.`,
        },
  );
}

/** @returns `null` where the browser sent none */
async function idempotencyKey(settings: ServerSettings, request: Request, path: string): Promise<string | null> {
  const key = request.headers.get('idempotency-key');
  return key === null ? null : boundIdempotencyKey(key, path, await viewerOf(settings, request));
}

/** Who sent a request, as the partner says; `null` without a `viewer` option. */
async function viewerOf({ viewer, timeoutMs }: ServerSettings, request: Request): Promise<string | null> {
  if (viewer === null) return null;
  return askPartner('viewer', timeoutMs, async () => {
    const answer: unknown = await viewer(request);
    if (typeof answer !== 'string' || answer === '')
      throw new TypeError('It returned no id: the id of a viewer is a string that is not empty.');
    return answer;
  });
}

/** Tells viewers apart by what their requests are signed in with. Kept in memory only, for as long as a read waits. */
const credentialsOf = ({ headers }: Request) => `${headers.get('authorization') ?? ''} ${headers.get('cookie') ?? ''}`;

const closed = () => new Refusal(503, 'CLOSED', 'The server is shutting down. Try again in a moment.', { headers: { 'retry-after': '1' } });
