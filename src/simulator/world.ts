import type { ReviewPolicy } from './policy.js';
import { initialPolicy } from './policy.js';
import { bareId, ulid } from './ids.js';
import type { JobRecord } from './jobs.js';
import { randomFrom } from './random.js';
import { Store } from './store.js';
import { Outbox } from './webhooks/outbox.js';
import type { SimulatorKey, SimulatorLimits, SimulatorOptions, SimulatorTier } from './types.js';

/** The caller of a request. */
export interface Caller {
  /** What buckets and idempotency keys are counted under; empty without a key. */
  key: string;
  tier: SimulatorTier;
  /** What is not its tier's. */
  limits: SimulatorLimits;
  scopes: readonly string[];
  /** Bare ids; `null`: every project. */
  projects: ReadonlySet<string> | null;
}

const defaultProject = '254a4ce1-f4ca-42b1-9e36-17ca45ef3d39';

/** Everything one simulator knows. */
export class World {
  readonly store = new Store();
  readonly jobs = new Map<string, JobRecord>();
  /** Changes to send as webhooks; `null` without the `webhooks` option. */
  readonly outbox: Outbox | null;
  readonly options: SimulatorOptions;
  readonly seed: number;
  readonly edition: 'current' | 'legacy';
  readonly projectIds: readonly string[];
  readonly #policies = new Map<string, ReviewPolicy>();
  readonly #limits = new Map<string, SimulatorLimits>();
  readonly #counts = new Map<string, number>();

  constructor(options: SimulatorOptions) {
    this.options = options;
    this.outbox = options.webhooks ? new Outbox() : null;
    this.seed = options.seed ?? 1;
    this.edition = options.edition ?? 'current';
    this.projectIds = options.projectIds ?? [`prj_${defaultProject}`];
  }

  now(): number {
    return Math.floor((this.options.now ?? Date.now)());
  }

  /** How often this was asked for a name, this time included. */
  count(name: string): number {
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    return count;
  }

  /** The next request id; equal for equal seeds, clocks and calls. */
  requestId(): string {
    return `req_${ulid(this.now(), randomFrom(this.seed, 'request', this.count('request')))}`;
  }

  /** A project of this simulator, by either spelling, as it was given. */
  project(id: string): string | undefined {
    const bare = bareId(id);
    return this.projectIds.find((known) => bareId(known) === bare);
  }

  policy(projectId: string): ReviewPolicy {
    return this.#policies.get(bareId(projectId)) ?? initialPolicy(this.options.approval ?? 'pending');
  }

  setPolicy(projectId: string, policy: ReviewPolicy): void {
    this.#policies.set(bareId(projectId), policy);
  }

  setLimits(key: string, limits: SimulatorLimits): void {
    this.#limits.set(key, limits);
  }

  /** Who sends a request with these headers; `null`: nobody this simulator knows. */
  caller(headers: Headers): Caller | null {
    const bearer = /^Bearer\s+(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
    const key = bearer ?? (this.edition === 'legacy' ? headers.get('x-api-key') : null) ?? '';
    return this.callerOf(key);
  }

  /** The caller behind a key; without `apiKeys`, any key and none are welcome. */
  callerOf(key: string): Caller | null {
    const { apiKeys, tier = 'standard' } = this.options;
    const set = this.#limits.get(key);
    if (!apiKeys) return { key, tier, limits: set ?? this.options.limits ?? {}, scopes: ['*'], projects: null };
    const known = apiKeys.find((candidate: SimulatorKey) => candidate.key === key);
    if (!known) return null;
    const projects = known.projectIds ? new Set(known.projectIds.map(bareId)) : null;
    return { key, tier: known.tier ?? 'standard', limits: set ?? known.limits ?? {}, scopes: known.scopes ?? ['*'], projects };
  }
}
