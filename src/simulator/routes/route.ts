import type { EndpointClass } from '../rateLimiter.js';
import type { Body } from '../validate.js';
import type { Wire, WireContext } from '../wire/wire.js';
import type { Caller, World } from '../world.js';
import type { ContainerRecord } from '../record.js';
import { notFound } from '../problem.js';
import { bareId, uuid } from '../ids.js';
import { hash32, randomFrom } from '../random.js';

/** One request on its way to a route. */
export interface Call {
  world: World;
  caller: Caller;
  wire: Wire;
  context: WireContext;
  /** The simulator's clock when the request arrived. */
  now: number;
  /** A parameter of the path, decoded. */
  param: (name: string) => string;
  query: URLSearchParams;
  /** The request's JSON object; empty when there was no body. */
  body: Body;
  headers: Headers;
}

/** What a route answers; errors are thrown as `Problem`. */
export interface Reply {
  status: number;
  /** `null`: no body at all. */
  body: unknown;
  headers?: Record<string, string>;
}

/** One endpoint. */
export interface Route {
  method: 'GET' | 'POST' | 'PATCH';
  /** `/v1/content/:containerId`. */
  path: string;
  endpointClass: EndpointClass;
  /** What the key needs; `null`: nothing. */
  scope: string | null;
  /** @default both editions */
  edition?: 'current' | 'legacy';
  handle(call: Call): Reply;
}

/** 200 with a body. */
export function ok(body: unknown, headers: Record<string, string> = {}): Reply {
  return { status: 200, body, headers };
}

/** The project of the path, if the caller may see it; else 404. */
export function projectOf({ world, caller, param }: Call): string {
  const projectId = world.project(param('projectId'));
  if (projectId === undefined || !maySee(caller, projectId)) throw notFound('Project');
  return projectId;
}

/** The container of the path, if the caller may see it; else 404. */
export function containerOf({ world, caller, param }: Call): ContainerRecord {
  const record = world.store.get(param('containerId'));
  if (!record || !maySee(caller, record.projectId)) throw notFound('Container');
  return record;
}

/** Whether a project is the caller's. */
export function maySee(caller: Caller, projectId: string): boolean {
  return !caller.projects || caller.projects.has(bareId(projectId));
}

/** A stable id for a key, so that the key itself is never sent back. */
export function keyUuid(world: World, caller: Caller): string {
  return uuid(randomFrom(world.seed, 'key', hash32(caller.key)));
}
