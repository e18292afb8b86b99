import { accountRoutes } from './routes/account.js';
import { approvalRoutes } from './routes/approval.js';
import { contentRoutes } from './routes/content.js';
import { generateRoutes } from './routes/generate.js';
import { insightRoutes } from './routes/insights.js';
import { jobRoutes } from './routes/jobs.js';
import { legacyGenerateRoutes } from './routes/legacyGenerate.js';
import { listRoutes } from './routes/list.js';
import { policyRoutes } from './routes/policy.js';
import type { Route } from './routes/route.js';

const routes: readonly (Route & { parts: readonly string[] })[] = [
  ...contentRoutes,
  ...listRoutes,
  ...generateRoutes,
  ...legacyGenerateRoutes,
  ...approvalRoutes,
  ...policyRoutes,
  ...jobRoutes,
  ...insightRoutes,
  ...accountRoutes,
].map((route) => ({ ...route, parts: route.path.split('/') }));

/** What a path leads to. */
export interface Match {
  /** `null`: nothing here. */
  route: Route | null;
  params: ReadonlyMap<string, string>;
  /** The methods this path knows; empty for an unknown path. */
  allowed: readonly string[];
}

/** Finds the route of a request. @param path from `/v1/` on, without the query */
export function matchRoute(method: string, path: string, edition: 'current' | 'legacy'): Match {
  const parts = path.replace(/\/$/, '').split('/');
  const allowed: string[] = [];
  for (const route of routes) {
    if (route.edition && route.edition !== edition) continue;
    const params = matchParts(route.parts, parts);
    if (!params) continue;
    if (route.method === method) return { route, params, allowed: [method] };
    allowed.push(route.method);
  }
  return { route: null, params: new Map(), allowed };
}

/** The part of a path from the first `/v1/` on, so that any base URL may stand before it. */
export function apiPath(path: string): string {
  const index = path.indexOf('/v1/');
  return index === -1 ? path : path.slice(index);
}

function matchParts(pattern: readonly string[], parts: readonly string[]): Map<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const params = new Map<string, string>();
  for (const [index, expected] of pattern.entries()) {
    const part = parts[index] ?? '';
    if (!expected.startsWith(':')) {
      if (part !== expected) return null;
      continue;
    }
    const value = decode(part);
    if (value === null || value === '') return null;
    params.set(expected.slice(1), value);
  }
  return params;
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
