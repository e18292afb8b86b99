import { readCursor, writeCursor } from '../cursor.js';
import { Problem } from '../problem.js';
import { statusAt } from '../generation.js';
import type { ContainerRecord } from '../record.js';
import type { Position } from '../store.js';
import { readWireTime } from '../time.js';
import { Checks, queryEnums, queryInteger } from '../validate.js';
import { ok, projectOf, type Call, type Route } from './route.js';

interface Filters {
  statuses: ReadonlySet<string>;
  formats: ReadonlySet<string>;
  creativeType: string | null;
  since: number;
  until: number;
  limit: number;
  after: Position | null;
}

/** `GET /v1/projects/:projectId/content`, newest first [reference/content/list-containers]. */
export const listRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/projects/:projectId/content',
    endpointClass: 'read-light',
    scope: 'content:read',
    handle(call) {
      const projectId = projectOf(call);
      const filters = readFilters(call);
      const found: ContainerRecord[] = [];
      let more = false;
      for (const record of call.world.store.newestFirst(projectId, filters.after)) {
        if (record.createdAt < filters.since) break;
        if (!fits(record, filters, call)) continue;
        if (found.length === filters.limit) {
          more = true;
          break;
        }
        found.push(record);
      }
      const last = found.at(-1);
      return ok({
        items: found.map((record) => call.wire.row(record, call.context)),
        nextCursor: more && last ? writeCursor(last) : null,
      });
    },
  },
];

function fits(record: ContainerRecord, filters: Filters, { now, wire }: Call): boolean {
  if (record.createdAt > filters.until) return false;
  if (filters.creativeType !== null && record.creativeType !== filters.creativeType) return false;
  if (filters.formats.size > 0 && !filters.formats.has(wire.format(record.format) ?? '')) return false;
  return filters.statuses.size === 0 || filters.statuses.has(wire.status(statusAt(record.run, now)));
}

function readFilters({ query, wire, world }: Call): Filters {
  const checks = new Checks();
  const current = world.edition === 'current';
  const cursor = query.get('cursor');
  const after = cursor === null ? null : readCursor(cursor);
  if (cursor !== null && !after) checks.add('cursor', 'Invalid cursor');
  if (query.getAll('creativeType').length > 1) checks.add('creativeType', 'Expected one value');
  const filters: Filters = {
    statuses: new Set(queryEnums(checks, query, 'status', wire.statuses)),
    formats: new Set(queryEnums(checks, query, 'format', wire.formats)),
    creativeType: current ? checks.oneOf(query.get('creativeType'), 'creativeType', ['generated', 'uploaded']) : null,
    since: time(checks, query, 'since') ?? -Infinity,
    until: time(checks, query, 'until') ?? Infinity,
    limit: queryInteger(checks, query, 'limit', 1, 200, 25),
    after,
  };
  // The old edition has a code of its own for this route alone; its status is not shown anywhere, 400 is a guess.
  if (!current && checks.issues.length > 0) {
    throw new Problem(400, 'VALIDATION_FAILED', 'Invalid query parameters.', { issues: checks.issues });
  }
  checks.done();
  return filters;
}

function time(checks: Checks, query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  if (text === null) return null;
  const ms = readWireTime(text);
  if (ms === null) checks.add(name, 'Expected an ISO 8601 UTC timestamp that ends in Z');
  return ms;
}
