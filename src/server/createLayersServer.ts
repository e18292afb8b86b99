import { Hono } from 'hono';
import { answerBrowser } from './answer.js';
import { type LayersServer, type LayersServerOptions, type ServerSettings, validateServerOptions } from './options.js';
import { notFound, Refusal, refusalResponse } from './refusal.js';
import { apiPath, type LayersTarget, type ProxyRoute, routes, targetOf, upstreamPath } from './routes.js';
import { askUpstream, upstreamHeaders } from './upstream.js';
import { readJsonBody, refuseForgedWrite } from './writes.js';

/**
 * Makes the server part: it keeps the API key, asks `authorize` about every request, and passes on those that read content, make it or decide about it.
 * What is made spends credits of your organisation: `target.action` tells `authorize` what is asked for.
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
  const app = new Hono({ getPath: apiPath });
  for (const path of new Set(routes.map((route) => route.path))) {
    const here = routes.filter((route) => route.path === path);
    app.all(path, ({ req }) => serve(settings, here, req.raw, req.param()));
  }
  app.notFound(() => refusalResponse(notFound()));
  app.onError((error) => refusalResponse(error));
  return { fetch: async (request) => app.fetch(request) };
}

/** @param here the routes of the path that was asked for, one for each method */
async function serve(
  settings: ServerSettings,
  here: readonly ProxyRoute[],
  request: Request,
  params: Record<string, string>,
): Promise<Response> {
  const route = here.find(({ method }) => method === request.method);
  if (route === undefined) {
    const allow = here.map(({ method }) => method).join(', ');
    throw new Refusal(405, 'METHOD_NOT_ALLOWED', `This address takes ${allow} only. Nothing was changed.`, { allow });
  }
  const target = targetOf(route, params);
  if (target === null) throw notFound();
  const isWrite = route.method === 'POST';
  if (isWrite) refuseForgedWrite(request);
  // `authorize` gets the request itself, which frameworks hang their sessions on, and may read its body.
  const kept = isWrite ? request.clone() : null;
  if (!(await isAllowed(settings, request, target))) throw notFound();
  const answer = await askUpstream(settings, {
    method: route.method,
    path: upstreamPath(route, params, request.url),
    headers: upstreamHeaders(request.headers, settings.apiKey),
    body: kept && (await readJsonBody(kept)),
    signal: request.signal,
  });
  return answerBrowser(answer, settings.apiKey);
}

async function isAllowed({ authorize }: ServerSettings, request: Request, target: LayersTarget): Promise<boolean> {
  try {
    return (await authorize(request, target)) === true;
  } catch {
    throw new Refusal(
      500,
      'AUTHORIZATION_FAILED',
      'It could not be told whether you may see this. Nothing was changed. Try again in a moment.',
    );
  }
}
