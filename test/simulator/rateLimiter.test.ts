import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RateLimiter } from '../../src/simulator/rateLimiter.js';
import { setup } from './support.js';

describe('the read bucket of a standard key', () => {
  test('holds 120, then answers 429 with Retry-After until half a second has given a token back', async () => {
    const { simulator, get, advance } = setup();
    for (let index = 0; index < 120; index += 1) expect((await get('/v1/whoami')).status).toBe(200);
    const { status, body, headers } = await get('/v1/whoami');
    expect([status, body.error.code, headers.get('retry-after')]).toEqual([429, 'RATE_LIMITED', '1']);
    expect(headers.get('x-ratelimit-remaining')).toBe('0');
    expect(headers.get('x-ratelimit-reset')).toBe('60');
    advance(499);
    expect((await get('/v1/whoami')).status).toBe(429);
    advance(1);
    expect((await get('/v1/whoami')).status).toBe(200);
    expect((await get('/v1/whoami')).status).toBe(429);
    advance(60_000);
    expect(simulator.rateLimit()).toEqual({ reads: 120, writes: 60, longRunning: 20 });
  });

  test('lets through 120 at once and 119 more within the minute, then 120 a minute', () => {
    const limiter = new RateLimiter();
    const passed = (from: number, to: number) => {
      let count = 0;
      for (let now = from; now < to; now += 50) if (limiter.take('k', 120, 'read-light', now).allowed) count += 1;
      return count;
    };
    let burst = 0;
    while (limiter.take('k', 120, 'read-light', 0).allowed) burst += 1;
    expect(burst).toBe(120);
    expect(passed(0, 60_000)).toBe(119);
    expect(passed(60_000, 120_000)).toBe(120);
  });

  test('never passes more than the bucket and its refill, in any rhythm', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 400 }), (gaps) => {
        const limiter = new RateLimiter();
        let now = 0;
        let allowed = 0;
        for (const gap of gaps) {
          now += gap;
          if (limiter.take('k', 120, 'read-light', now).allowed) allowed += 1;
        }
        expect(allowed).toBeLessThanOrEqual(120 + Math.floor(now / 500));
      }),
    );
  });
});

describe('classes, keys and tiers', () => {
  test('reads, writes and job starts have buckets of their own', async () => {
    const { simulator, get, post, patch, project } = setup();
    const id = simulator.addContainer({ state: 'completed' });
    const reader = await get(`/v1/content/${id}`);
    const writer = await post(`/v1/content/${id}/approve`);
    await patch(`/v1/projects/${project}/content-review-policy`, { policy: 'review_all' });
    const starter = await post(`/v1/projects/${project}/content/slideshow-builder`, { hook: 'Hi' });
    expect(simulator.rateLimit()).toEqual({ reads: 119, writes: 58, longRunning: 19 });
    const classes = [reader, writer, starter].map(({ headers }) => headers.get('x-ratelimit-endpoint-class'));
    expect(classes).toEqual(['read-light', 'write-light', 'long-running']);
    expect([reader, writer, starter].map(({ headers }) => headers.get('x-ratelimit-limit'))).toEqual(['120', '60', '20']);
  });

  test('the 21st job start of a minute waits three seconds', async () => {
    const { post, project, advance } = setup();
    const path = `/v1/projects/${project}/content/slideshow-builder`;
    for (let index = 0; index < 20; index += 1) expect((await post(path, { hook: 'Hi' })).status).toBe(202);
    const refused = await post(path, { hook: 'Hi' });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3']);
    advance(1500);
    expect((await post(path, { hook: 'Hi' })).headers.get('retry-after')).toBe('2');
    advance(1500);
    expect((await post(path, { hook: 'Hi' })).status).toBe(202);
  });

  test('keys do not spend from each other, and 404s and 403s cost like any other read', async () => {
    const { simulator, get } = setup({
      apiKeys: [{ key: 'a' }, { key: 'b', tier: 'pilot' }, { key: 'c', scopes: [] }, { key: 'd', tier: 'partner' }],
    });
    await get('/v1/nothing', { authorization: 'Bearer a' });
    await get('/v1/content/x', { authorization: 'Bearer a' });
    await get('/v1/content/x', { authorization: 'Bearer c' });
    await get('/v1/whoami', { authorization: 'Bearer unknown' });
    expect(['a', 'b', 'c', 'd'].map((key) => simulator.rateLimit(key).reads)).toEqual([118, 1200, 119, 6000]);
  });

  test.each([240, 600])('a key can have a limit of its own: %i reads', async (reads) => {
    const { simulator, get, post, advance } = setup({ apiKeys: [{ key: 'a', limits: { reads } }, { key: 'b' }] });
    const read = (key: string) => get('/v1/whoami', { authorization: `Bearer ${key}` });
    for (let index = 0; index < reads; index += 1) expect((await read('a')).status).toBe(200);
    const refused = await read('a');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect(refused.headers.get('x-ratelimit-limit')).toBe(String(reads));
    // One token comes back after a minute's share.
    advance(60_000 / reads);
    expect((await read('a')).status).toBe(200);
    expect((await read('b')).headers.get('x-ratelimit-limit')).toBe('120');
    const written = await post('/v1/content/x/approve', {}, { authorization: 'Bearer a' });
    expect(written.headers.get('x-ratelimit-limit')).toBe('60');
    expect(simulator.rateLimit('a')).toEqual({ reads: 0, writes: 59, longRunning: 20 });
  });

  test('requests without a key can have limits of their own, also where the tier has none', async () => {
    const { get } = setup({ tier: 'off', limits: { reads: 2 } });
    const statuses = [];
    for (let index = 0; index < 3; index += 1) statuses.push((await get('/v1/whoami')).status);
    expect(statuses).toEqual([200, 200, 429]);
  });

  test('limits can change: a raised one fills up at its own rate, a lowered one holds at once', async () => {
    const { simulator, get, advance } = setup();
    const limit = async () => (await get('/v1/whoami')).headers.get('x-ratelimit-limit');
    expect(await limit()).toBe('120');
    simulator.setLimits({ reads: 600 });
    expect(await limit()).toBe('600');
    expect(simulator.rateLimit().reads).toBe(118);
    advance(10_000);
    expect(simulator.rateLimit().reads).toBe(218);
    advance(60_000);
    expect(simulator.rateLimit().reads).toBe(600);
    simulator.setLimits({ reads: 30 });
    expect(simulator.rateLimit().reads).toBe(30);
    simulator.setLimits({});
    expect(await limit()).toBe('120');
  });

  test('off limits nothing and sends no counts', async () => {
    const { simulator, get } = setup({ tier: 'off' });
    for (let index = 0; index < 200; index += 1) expect((await get('/v1/whoami')).status).toBe(200);
    const { headers } = await get('/v1/whoami');
    expect(headers.get('x-ratelimit-endpoint-class')).toBe('read-light');
    expect(headers.has('x-ratelimit-limit')).toBe(false);
    expect(simulator.rateLimit()).toEqual({ reads: Infinity, writes: Infinity, longRunning: Infinity });
  });
});
