import { Refusal } from './refusal.js';

/**
 * What a request of the browser is about, for `authorize` to judge: told apart by `kind`. The project of what is not a list is found by `help.projectId()`.
 *
 * What would be done is the `action`: `generate`, `regenerate` and `clone` spend credits of your organisation; `cancel` stops a job.
 */
export type LayersTarget = ListTarget | ContainerTarget | AssetTarget | JobTarget;

/** The containers of a project, which a `generate` adds to. */
interface ListTarget {
  action: 'read' | 'generate';
  kind: 'list';
  /** Of a `generate`: the format by its route; missing on the old edition's one route, whose format is in the body. */
  format?: string;
  projectId: string;
  containerId?: undefined;
  jobId?: undefined;
  assetId?: undefined;
}

/** A container, or its progress. */
interface ContainerTarget {
  action: 'read' | 'approve' | 'reject' | 'regenerate' | 'clone';
  kind: 'container' | 'progress';
  /** As the browser sent it: the API takes `cnt_<uuid>` and the bare uuid for one container. */
  containerId: string;
  format?: undefined;
  projectId?: undefined;
  jobId?: undefined;
  assetId?: undefined;
}

/** A file of a container. */
interface AssetTarget {
  action: 'read';
  kind: 'asset';
  /** As the browser sent it: the API takes `cnt_<uuid>` and the bare uuid for one container. */
  containerId: string;
  assetId: string;
  format?: undefined;
  projectId?: undefined;
  jobId?: undefined;
}

/** A job, known by its id alone until it is read. */
interface JobTarget {
  action: 'read' | 'cancel';
  kind: 'job';
  jobId: string;
  format?: undefined;
  projectId?: undefined;
  containerId?: undefined;
  assetId?: undefined;
}

/** One route of the API that a browser may reach. */
export interface ProxyRoute {
  action: LayersTarget['action'];
  kind: LayersTarget['kind'];
  format?: string;
  method: 'GET' | 'POST';
  /** Its parameters are named as in {@link LayersTarget}. */
  path: string;
  /** Query parameters that go up; any other stays behind. */
  query: readonly string[];
}

const LIST_QUERY = ['status', 'format', 'creativeType', 'since', 'until', 'limit', 'cursor'];

/** The formats that a browser may generate where nothing else is set. */
export const KNOWN_FORMATS: readonly string[] = ['slideshow-builder', 'ugc-remix', 'video-remix', 'slideshow-remix'];

const generateRoute = (format: string): ProxyRoute => ({
  method: 'POST',
  path: `/v1/projects/:projectId/content/${format}`,
  action: 'generate',
  kind: 'list',
  format,
  query: [],
});

const routes: readonly ProxyRoute[] = [
  { method: 'GET', path: '/v1/content/:containerId', action: 'read', kind: 'container', query: [] },
  { method: 'GET', path: '/v1/content/:containerId/progress', action: 'read', kind: 'progress', query: [] },
  { method: 'GET', path: '/v1/projects/:projectId/content', action: 'read', kind: 'list', query: LIST_QUERY },
  { method: 'GET', path: '/v1/content/:containerId/assets/:assetId', action: 'read', kind: 'asset', query: [] },
  { method: 'GET', path: '/v1/jobs/:jobId', action: 'read', kind: 'job', query: [] },
  { method: 'POST', path: '/v1/content/:containerId/approve', action: 'approve', kind: 'container', query: [] },
  { method: 'POST', path: '/v1/content/:containerId/reject', action: 'reject', kind: 'container', query: [] },
  { method: 'POST', path: '/v1/projects/:projectId/content', action: 'generate', kind: 'list', query: [] },
  { method: 'POST', path: '/v1/content/:containerId/regenerate', action: 'regenerate', kind: 'container', query: [] },
  { method: 'POST', path: '/v1/content/:containerId/clone-from-post', action: 'clone', kind: 'container', query: [] },
  { method: 'POST', path: '/v1/jobs/:jobId/cancel', action: 'cancel', kind: 'job', query: [] },
];

/** Everything a browser may reach. @param formats those that it may generate */
export const routesFor = (formats: readonly string[]): ProxyRoute[] => [...routes, ...formats.map(generateRoute)];

// One name for all formats of the host's own: a name is a label of metrics.
const named = [...routesFor(KNOWN_FORMATS), { ...generateRoute(':format') }];
const patterns = named.map(({ method, path }) => ({
  method,
  path: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`),
  name: `${method} ${path}`,
}));

/** What a route does by its name; `null` for one that isn't known. */
export const actionOf = (name: string): ProxyRoute['action'] | null =>
  named.find(({ method, path }) => `${method} ${path}` === name)?.action ?? null;

/** The name of the route of a request to the API: method and pattern, without ids. `other` for anything that is no route. @param path may have a query */
export function routeName(method: string, path: string): string {
  const [plain = ''] = path.split('?');
  return patterns.find((each) => each.method === method && each.path.test(plain))?.name ?? 'other';
}

/** The path of a URL from `/v1/` on, whatever the server is mounted under; the last one that begins a route, for mounts such as `/api/v1/layers`. */
export function apiPath(request: Request): string {
  const { pathname } = new URL(request.url);
  return /^.*(\/v1\/(?:(?:content|projects|jobs)\/.*|events|webhooks))$/.exec(pathname)?.[1] ?? '/';
}

// Every id seen is of these; none of them has a meaning in a URL.
const ID = /^[A-Za-z0-9_.-]{1,128}$/;

export const isId = (value: string) => ID.test(value) && !isDots(value);

// An asset's id is opaque (get-asset page): colons and base64 are seen. Nothing that ends a path segment (/ \ ? #), no % that a server could decode once more.
const ASSET_ID = /^[A-Za-z0-9_.:=+~@!$&'()*,;-]{1,512}$/;

const isAssetId = (value: string) => ASSET_ID.test(value) && !isDots(value);

// A segment of dots alone leads out of its folder, also with the parameters (`..;a`) that some servers drop.
const isDots = (value: string) => /^\.+(;|$)/.test(value);

/** What a request is about; `null` where a parameter is no id, so that nothing can have it. @param params decoded */
export function targetOf({ action, kind, format }: ProxyRoute, params: Record<string, string>): LayersTarget | null {
  if (!Object.entries(params).every(([name, value]) => (name === 'assetId' ? isAssetId : isId)(value))) return null;
  // The path of a route has the parameters of its kind.
  return { action, kind, ...(format !== undefined && { format }), ...params } as LayersTarget;
}

// A cursor is opaque, and may be long; nothing else is.
const LONGEST_QUERY = 4096;

/** Path and query as they go up: composed of what was checked, never passed on. @throws Refusal 414 for a query of more than 4,096 characters */
export function upstreamPath(route: ProxyRoute, params: Record<string, string>, requestUrl: string): string {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const query = new URLSearchParams();
  for (const [name, value] of new URL(requestUrl).searchParams) if (route.query.includes(name)) query.append(name, value);
  const text = query.toString();
  if (text.length > LONGEST_QUERY)
    throw new Refusal(414, 'URI_TOO_LONG', 'The address is too long, so nothing was read. Send fewer or shorter filters.');
  return text === '' ? path : `${path}?${text}`;
}
