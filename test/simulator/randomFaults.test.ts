import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import type { SimulatorFault } from '../../src/testing.js';
import { setup } from './support.js';

afterEach(() => {
  vi.useRealTimers();
});

/** What a random script can do to one request. `seconds` is what `Retry-After` says, `afterMs` when whoever asked gives up. */
const step = fc.oneof(
  fc.constant({ kind: 'none' as const }),
  fc.record({ kind: fc.constant('refused' as const), seconds: fc.integer({ min: 0, max: 120 }) }),
  fc.record({ kind: fc.constant('unavailable' as const), seconds: fc.integer({ min: 0, max: 120 }) }),
  fc.record({ kind: fc.constant('drop' as const), latencyMs: fc.integer({ min: 0, max: 5_000 }) }),
  fc.record({ kind: fc.constant('hang' as const), afterMs: fc.integer({ min: 1, max: 600_000 }) }),
);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function faultsOf(each: Step): SimulatorFault[] {
  if (each.kind === 'none') return [];
  if (each.kind === 'hang') return [{ kind: 'hang' }];
  if (each.kind === 'drop') return [{ kind: 'latency', latencyMs: each.latencyMs }, { kind: 'drop' }];
  return [{ kind: 'status', status: each.kind === 'refused' ? 429 : 503, retryAfter: String(each.seconds) }];
}

/** How a request ends: its status with `Retry-After` and the limit it names, or the name of what it rejects with. */
async function ending(pending: Promise<Response>): Promise<unknown[]> {
  try {
    const { status, headers } = await pending;
    return [status, headers.get('retry-after'), headers.get('x-ratelimit-limit')];
  } catch (error) {
    return [(error as Error).name];
  }
}

function expected(each: Step, reads: number): unknown[] {
  if (each.kind === 'none') return [200, null, String(reads)];
  if (each.kind === 'drop') return ['TypeError'];
  if (each.kind === 'hang') return ['AbortError'];
  return [each.kind === 'refused' ? 429 : 503, String(each.seconds), String(reads)];
}

test('any script of 429, 503, drops and hangs ends each request as it says, at any limit, and leaves no timer', async () => {
  vi.useFakeTimers();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.constantFrom(120, 240, 600), async (script, reads) => {
      const { simulator } = setup({ limits: { reads } });
      for (const each of script) {
        simulator.setFaults(faultsOf(each));
        const controller = new AbortController();
        const ended = ending(simulator.fetch('https://a.example/v1/whoami', { signal: controller.signal }));
        let isEnded = false;
        void ended.then(() => {
          isEnded = true;
        });
        await vi.advanceTimersByTimeAsync(each.kind === 'hang' ? each.afterMs : each.kind === 'drop' ? each.latencyMs : 0);
        expect(isEnded).toBe(each.kind !== 'hang');
        controller.abort();
        expect(await ended).toEqual(expected(each, reads));
        expect(vi.getTimerCount()).toBe(0);
      }
      const noAnswer = script.map(({ kind }) => kind === 'drop' || kind === 'hang');
      expect(simulator.requests.map(({ status }) => status === 0)).toEqual(noAnswer);
      // Whatever came back or not, the request was spent.
      expect(simulator.rateLimit().reads).toBe(reads - script.length);
    }),
    { numRuns: 60 },
  );
});

test('a share of each kind is drawn from the seed: the same script gives the same answers', async () => {
  const play = async (seed: number) => {
    const { simulator } = setup({
      seed,
      tier: 'off',
      faults: [
        { kind: 'status', status: 429, retryAfter: '3', rate: 0.2 },
        { kind: 'status', status: 503, retryAfter: '30', rate: 0.2 },
        { kind: 'drop', rate: 0.2 },
        { kind: 'hang', rate: 0.2 },
      ],
    });
    const endings: unknown[] = [];
    for (let index = 0; index < 200; index += 1) {
      const controller = new AbortController();
      const ended = ending(simulator.fetch('https://a.example/v1/whoami', { signal: controller.signal }));
      // Only what hangs is still there by then.
      await Promise.race([ended, new Promise((resolve) => setImmediate(resolve))]);
      controller.abort();
      endings.push((await ended)[0]);
    }
    return endings;
  };
  const first = await play(7);
  expect(await play(7)).toEqual(first);
  expect(await play(8)).not.toEqual(first);
  for (const kind of [200, 429, 503, 'TypeError', 'AbortError']) expect(first.filter((each) => each === kind).length).toBeGreaterThan(10);
});
