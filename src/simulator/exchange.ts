import { alteredText, faultAnswer, jsonAnswer, problemAnswer, type WireAnswer, type WireResult } from './answers.js';
import { Faults, type Strike } from './faults.js';
import { IdempotencyStore } from './idempotency.js';
import { invalid, notFound, Problem } from './problem.js';
import { limitOf, RateLimiter, type EndpointClass, type RateDecision } from './rateLimiter.js';
import { apiPath, matchRoute, type Match } from './router.js';
import type { Route } from './routes/route.js';
import type { SimulatorRequest } from './types.js';
import type { Body } from './validate.js';
import { currentWire } from './wire/current.js';
import { legacyWire } from './wire/legacy.js';
import type { Caller, World } from './world.js';

/** A request in a form that both `fetch` and HTTP can make. */
export interface WireRequest {
  method: string;
  /** Without the query. */
  path: string;
  /** With its `?`, or empty. */
  search: string;
  headers: Headers;
  body: string;
  /** Where media URLs begin for whoever asks; ends in a slash. */
  mediaBase: string;
}

/** A request as it is worked on. */
interface Work {
  request: WireRequest;
  /** From `/v1/` on. */
  path: string;
  now: number;
  strike: Strike;
  requestId: string;
  /** What every answer carries; grows on the way. */
  headers: Record<string, string>;
}

/** The API between the transports and the routes: keys, buckets, scopes, idempotency, errors, faults and the log. */
export class Exchange {
  readonly faults: Faults;
  readonly requests: SimulatorRequest[] = [];
  readonly #world: World;
  readonly #limiter = new RateLimiter();
  readonly #idempotency = new IdempotencyStore();

  constructor(world: World) {
    this.#world = world;
    this.faults = new Faults(world.seed, world.options.faults);
  }

  /** Whole tokens a key has left of each class. */
  tokens(key: string): { reads: number; writes: number; longRunning: number } {
    const now = this.#world.now();
    const { tier = 'standard', limits } = this.#world.callerOf(key) ?? {};
    const left = (endpointClass: EndpointClass) => this.#limiter.tokens(key, limitOf(tier, endpointClass, limits), endpointClass, now);
    return { reads: left('read-light'), writes: left('write-light'), longRunning: left('long-running') };
  }

  /** Answers one request. All of its work is done at once; `latencyMs` only holds back the answer. */
  handle(request: WireRequest): { latencyMs: number; result: WireResult } {
    const path = apiPath(request.path);
    const now = this.#world.now();
    const strike = this.faults.strike(`${request.method} ${path}`);
    const result = this.#result({ request, path, now, strike, requestId: this.#world.requestId(), headers: {} });
    const status = typeof result === 'string' ? 0 : result.status;
    this.requests.push({ method: request.method, path: path + request.search, status, at: now });
    return { latencyMs: strike.latencyMs, result };
  }

  #result(work: Work): WireResult {
    const { request, path, strike, requestId, headers } = work;
    const match = matchRoute(request.method, path, this.#world.edition);
    const endpointClass = match.route?.endpointClass ?? (request.method === 'GET' ? 'read-light' : 'write-light');
    headers['X-Request-Id'] = requestId;
    headers['Date'] = new Date(work.now).toUTCString();
    headers['X-RateLimit-Endpoint-Class'] = endpointClass;
    return orProblem(() => {
      const caller = this.#world.caller(request.headers);
      if (!caller) throw new Problem(401, 'UNAUTHENTICATED', 'The API key is missing or not valid.');
      this.#spend(caller, endpointClass, work);
      const early = strike.instead && !strike.instead.takesEffect ? strike.instead : null;
      if (early) return faultAnswer(early, requestId, headers);
      const answer = orProblem(() => this.#perform(caller, match, work), work);
      if (strike.instead) return faultAnswer(strike.instead, requestId, headers);
      return typeof answer.body === 'string' ? { ...answer, body: alteredText(answer.body, strike.alter) } : answer;
    }, work);
  }

  #spend(caller: Caller, endpointClass: EndpointClass, { now, headers }: Work): void {
    const limit = limitOf(caller.tier, endpointClass, caller.limits);
    const decision: RateDecision = this.#limiter.take(caller.key, limit, endpointClass, now);
    if (decision.limit === null) return;
    // Only the class is a name seen in the documentation; these three are guesses.
    headers['X-RateLimit-Limit'] = String(decision.limit);
    headers['X-RateLimit-Remaining'] = String(decision.remaining);
    headers['X-RateLimit-Reset'] = String(decision.resetSeconds);
    if (decision.allowed) return;
    const retryAfter = { 'Retry-After': String(decision.retryAfterSeconds) };
    throw new Problem(429, 'RATE_LIMITED', `Rate limit exceeded for ${endpointClass}.`, { endpointClass }, retryAfter);
  }

  #perform(caller: Caller, match: Match, work: Work): WireAnswer {
    const { request, path, now, headers } = work;
    const route = routeOf(match);
    if (route.scope !== null && !caller.scopes.includes('*') && !caller.scopes.includes(route.scope)) {
      throw new Problem(403, 'FORBIDDEN_SCOPE', `This key lacks ${route.scope}.`, { requiredScope: route.scope });
    }
    const body = route.method === 'GET' ? {} : readBody(request.body);
    const key = route.method === 'GET' ? null : request.headers.get('idempotency-key');
    const name = `${caller.key} ${key}`;
    const fingerprint = `${request.method} ${path} ${JSON.stringify(body)}`;
    const replay = key === null ? null : this.#idempotency.recall(name, fingerprint, now);
    if (replay) return jsonAnswer(replay.status, replay.body, { ...headers, 'Idempotent-Replayed': 'true' });
    const world = this.#world;
    const reply = route.handle({
      world,
      caller,
      wire: world.edition === 'current' ? currentWire : legacyWire,
      context: { now, seed: world.seed, mediaBase: request.mediaBase },
      now,
      param: (param) => match.params.get(param) ?? '',
      query: new URLSearchParams(request.search),
      body,
      headers: request.headers,
    });
    const text = reply.body === null ? null : JSON.stringify(reply.body);
    if (key !== null && text !== null && reply.status < 300) this.#idempotency.remember(name, fingerprint, reply.status, text, now);
    return jsonAnswer(reply.status, text, { ...headers, ...reply.headers });
  }
}

function orProblem<T extends WireResult>(work: () => T, { requestId, headers }: Work): T | WireAnswer {
  try {
    return work();
  } catch (error) {
    if (error instanceof Problem) return problemAnswer(error, requestId, headers);
    throw error;
  }
}

function routeOf({ route, allowed }: Match): Route {
  if (route) return route;
  if (allowed.length === 0) throw notFound('Route');
  throw new Problem(405, 'METHOD_NOT_ALLOWED', 'Method not allowed.', { allowed }, { Allow: [...new Set(allowed)].join(', ') });
}

function readBody(text: string): Body {
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid([{ path: [], message: 'The body is not valid JSON' }]);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid([{ path: [], message: 'Expected object' }]);
  return Object.fromEntries(Object.entries(value));
}
