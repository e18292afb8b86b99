import type { SimulatorLimits, SimulatorTier } from './types.js';

/** What a request counts against, as `X-RateLimit-Endpoint-Class` names it [operational/rate-limits]. */
export type EndpointClass = 'read-light' | 'write-light' | 'long-running';

/** The outcome of asking for one token. Header values are whole seconds. */
export interface RateDecision {
  allowed: boolean;
  /** Requests a minute. `null`: unlimited. */
  limit: number | null;
  /** Whole tokens left. */
  remaining: number;
  /** Until one token is there, rounded up. */
  retryAfterSeconds: number;
  /** Until the bucket is full again, rounded up. */
  resetSeconds: number;
}

interface Bucket {
  /** In sixty-thousandths of a token: one millisecond at one request a minute. Whole numbers, so refills never drift. */
  units: number;
  at: number;
}

const unitsPerToken = 60_000;

const limits: Record<Exclude<SimulatorTier, 'off'>, Record<EndpointClass, number>> = {
  standard: { 'read-light': 120, 'write-light': 60, 'long-running': 20 },
  pilot: { 'read-light': 1200, 'write-light': 600, 'long-running': 60 },
  partner: { 'read-light': 6000, 'write-light': 3000, 'long-running': 300 },
};

const names = { 'read-light': 'reads', 'write-light': 'writes', 'long-running': 'longRunning' } as const;

/** Requests a minute of a class: a key's own limit, else its tier's; `null` for `off`. */
export function limitOf(tier: SimulatorTier, endpointClass: EndpointClass, own: SimulatorLimits = {}): number | null {
  return own[names[endpointClass]] ?? (tier === 'off' ? null : limits[tier][endpointClass]);
}

/**
 * Token buckets, one for each key and class. A bucket holds a minute's worth and refills continuously, so a key that was idle can
 * spend the whole bucket at once and then what trickles in: at most 120 + 119 reads within the first minute on `standard`, and
 * 120 in every minute after it. A request that is refused costs nothing. The limit a day is not simulated.
 */
export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>();

  /** Takes one token, if there is one. @param limit requests a minute; `null`: unlimited */
  take(key: string, limit: number | null, endpointClass: EndpointClass, now: number): RateDecision {
    if (limit === null) return { allowed: true, limit: null, remaining: Infinity, retryAfterSeconds: 0, resetSeconds: 0 };
    const bucket = this.#refilled(key, endpointClass, limit, now);
    const allowed = bucket.units >= unitsPerToken;
    if (allowed) bucket.units -= unitsPerToken;
    return {
      allowed,
      limit,
      remaining: Math.floor(bucket.units / unitsPerToken),
      retryAfterSeconds: Math.max(1, Math.ceil((unitsPerToken - bucket.units) / limit / 1000)),
      resetSeconds: Math.ceil((limit * unitsPerToken - bucket.units) / limit / 1000),
    };
  }

  /** Whole tokens a key has now. */
  tokens(key: string, limit: number | null, endpointClass: EndpointClass, now: number): number {
    return limit === null ? Infinity : Math.floor(this.#refilled(key, endpointClass, limit, now).units / unitsPerToken);
  }

  #refilled(key: string, endpointClass: EndpointClass, limit: number, now: number): Bucket {
    const name = `${endpointClass} ${key}`;
    const full = limit * unitsPerToken;
    let bucket = this.#buckets.get(name);
    if (!bucket) {
      bucket = { units: full, at: now };
      this.#buckets.set(name, bucket);
    }
    // A clock set back refills nothing and costs nothing.
    bucket.units = Math.min(full, bucket.units + Math.max(0, now - bucket.at) * limit);
    bucket.at = now;
    return bucket;
  }
}
