import { QueryClient, QueryObserver } from '@tanstack/react-query';
import fc from 'fast-check';
import { beforeEach, expect, test, vi } from 'vitest';
import { containerOptions, containerProgressOptions, createLayersClient, jobOptions } from '../../src/core.js';
import { createSimulator } from '../../src/testing.js';
import { stopTime } from '../support/time.js';

beforeEach(() => {
  stopTime();
});

const CONTAINERS = 40;

type Step =
  | { do: 'mount'; which: number; what: 'progress' | 'container' | 'job'; onScreen: boolean | undefined }
  | { do: 'unmount'; which: number }
  | { do: 'await' | 'forget'; which: number }
  | { do: 'refetch'; which: number }
  | { do: 'scroll'; which: number; onScreen: boolean }
  | { do: 'hide' | 'show' | 'list' }
  | { do: 'fault'; kind: 'html' | 'drop' | 'truncated-json' | 'empty' | 'none' }
  | { do: 'wait'; milliseconds: number };

const which = fc.nat(CONTAINERS - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('mount' as const),
      which,
      what: fc.constantFrom('progress' as const, 'container' as const, 'job' as const),
      onScreen: fc.option(fc.boolean(), { nil: undefined }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('unmount' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('refetch' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('scroll' as const), which, onScreen: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('hide' as const, 'show' as const, 'list' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      kind: fc.constantFrom('html' as const, 'drop' as const, 'truncated-json' as const, 'empty' as const, 'none' as const),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), milliseconds: fc.integer({ min: 0, max: 20_000 }) }) },
);

/** The same, with containers whose end somebody awaits, and a page that is hidden for minutes. */
const awaitingStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: step },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('await' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const), which }) },
  { weight: 1, arbitrary: fc.constant({ do: 'hide' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), milliseconds: fc.integer({ min: 20_000, max: 200_000 }) }) },
);

let runs = 0;

/** `isSettled`: afterwards everything works and is seen for a while. */
async function play(steps: readonly Step[], readsPerMinute: number, isSettled = false) {
  runs += 1;
  const simulator = createSimulator({
    seed: 7,
    tier: 'standard',
    generation: { stages: [{ stage: 'generating_visuals', durationMs: 90_000 }] },
  });
  const [projectId = ''] = simulator.projectIds;
  const ids = Array.from({ length: CONTAINERS }, () => simulator.addContainer());
  const client = createLayersClient({ baseUrl: `https://pattern-${runs}.invalid`, fetch: simulator.fetch, readsPerMinute });
  const queryClient = new QueryClient();
  queryClient.mount();
  const mounted: { which: number; observer: QueryObserver<unknown, Error>; stop: () => void }[] = [];
  const seen: { at: number; path: string; hidden: boolean }[] = [];
  const wait = async (milliseconds: number) => {
    for (let left = milliseconds; left > 0; left -= 500) {
      await vi.advanceTimersByTimeAsync(Math.min(500, left));
      await new Promise(setImmediate);
      if (hidden && awaited.size > 0) hiddenFor += 500;
    }
  };
  let hidden = false;
  let refetches = 0;
  let hiddenAt = 0;
  const awaited = new Map<number, () => void>();
  /** What may be read of a hidden page: of what is awaited, its project's list thrice a minute, and each by itself when it begins to be and when it ends. */
  let mayReadHidden = 0;
  let hiddenFor = 0;
  const allowed = new Set<number>();
  const allow = (container: number) => {
    if (hidden && awaited.has(container) && !allowed.has(container)) mayReadHidden += 2;
    if (hidden && awaited.has(container)) allowed.add(container);
  };

  for (const each of steps) {
    const before = simulator.requests.length;
    if (each.do === 'mount') {
      const id = ids[each.which] as string;
      const job = simulator.jobId(id);
      const options =
        each.what === 'job' && job
          ? jobOptions(client, job)
          : each.what === 'container'
            ? containerOptions(client, id)
            : containerProgressOptions(client, id);
      if (each.onScreen !== undefined) client.schedule.show(id, {}, each.onScreen);
      const observer = new QueryObserver(queryClient, options as never) as QueryObserver<unknown, Error>;
      mounted.push({ which: each.which, observer, stop: observer.subscribe(() => {}) });
    } else if (each.do === 'unmount') mounted.splice(each.which % Math.max(1, mounted.length), 1)[0]?.stop();
    else if (each.do === 'refetch') void mounted[each.which % Math.max(1, mounted.length)]?.observer.refetch();
    else if (each.do === 'scroll') client.schedule.show(ids[each.which] as string, client, each.onScreen);
    else if (each.do === 'await' && !awaited.has(each.which)) {
      awaited.set(each.which, client.schedule.awaitEnd(ids[each.which] as string));
      allow(each.which);
    } else if (each.do === 'forget') {
      awaited.get(each.which)?.();
      awaited.delete(each.which);
    } else if (each.do === 'list') void client.listContainers(projectId, { limit: 50 }).catch(() => undefined);
    else if (each.do === 'fault') simulator.setFaults(each.kind === 'none' ? [] : [{ kind: each.kind, rate: 0.5 }]);
    else if (each.do === 'hide' || each.do === 'show') {
      hidden = each.do === 'hide';
      hiddenAt = Date.now();
      client.schedule.setPageVisible(!hidden);
      allowed.clear();
      for (const container of awaited.keys()) allow(container);
      if (hidden && awaited.size > 0) mayReadHidden += 3;
    } else if (each.do === 'wait') await wait(each.milliseconds);
    if (each.do === 'refetch') refetches += 1;
    for (const { at, path } of simulator.requests.slice(before)) seen.push({ at, path, hidden: hidden && at > hiddenAt });
  }
  if (isSettled) {
    simulator.setFaults([]);
    client.schedule.setPageVisible(true);
    await wait(240_000);
  }
  const without = mounted.filter(({ observer }) => observer.getCurrentResult().data === undefined).length;
  for (const { stop } of mounted) stop();
  client.close();
  queryClient.clear();
  queryClient.unmount();
  return {
    simulator,
    without,
    // The pages that are read by hand leave whenever they are asked for.
    readWhileHidden: seen.filter(({ path, hidden }) => hidden && !path.includes('limit=50')).length,
    /** What was asked for by hand may still have waited for the budget. */
    refetches,
    mayReadHidden: mayReadHidden + refetches + (hiddenFor / 60_000) * 3,
  };
}

function busiestMinute(times: readonly number[]): number {
  let first = 0;
  return times.reduce((most, time, last) => {
    while (time - (times[first] as number) > 60_000) first += 1;
    return Math.max(most, last - first + 1);
  }, 0);
}

test('whatever mounts, remounts, scrolls, hides, asks and fails: no 429, never above the limit, nothing while hidden', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 120 }), fc.constantFrom(12, 40, 96), async (steps, readsPerMinute) => {
      const { simulator, readWhileHidden, refetches } = await play(steps, readsPerMinute);
      expect(simulator.requests.filter(({ status }) => status === 429)).toHaveLength(0);
      expect(busiestMinute(simulator.requests.map(({ at }) => at))).toBeLessThanOrEqual(readsPerMinute);
      expect(readWhileHidden).toBeLessThanOrEqual(refetches);
    }),
    { numRuns: 150 },
  );
}, 240_000);

test('the same where ends are awaited: a hidden page reads thrice a minute at most, and each that begins or ends', async () => {
  let total = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(awaitingStep, { minLength: 20, maxLength: 80 }), fc.constantFrom(12, 96), async (steps, readsPerMinute) => {
      const { simulator, readWhileHidden, mayReadHidden } = await play(steps, readsPerMinute);
      expect(simulator.requests.filter(({ status }) => status === 429)).toHaveLength(0);
      expect(busiestMinute(simulator.requests.map(({ at }) => at))).toBeLessThanOrEqual(readsPerMinute);
      expect(readWhileHidden).toBeLessThanOrEqual(mayReadHidden);
      total += readWhileHidden;
    }),
    { numRuns: 60 },
  );
  expect(total).toBeGreaterThan(0);
}, 240_000);

test('whatever happened before: what is mounted has data once everything works again', async () => {
  let mounted = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 80 }), fc.constantFrom(24, 96), async (steps, readsPerMinute) => {
      const { simulator, without } = await play(steps, readsPerMinute, true);
      expect(without).toBe(0);
      expect(busiestMinute(simulator.requests.map(({ at }) => at))).toBeLessThanOrEqual(readsPerMinute);
      mounted += steps.filter((each) => each.do === 'mount').length;
    }),
    { numRuns: 25 },
  );
  expect(mounted).toBeGreaterThan(50);
}, 240_000);
