import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { containerOptions, containerProgressOptions, createLayersClient, type LayersClient } from '../../../src/core.js';
import { createSimulator, type Simulator, type SimulatorGeneration, type SimulatorOptions } from '../../../src/testing.js';
import { pass, stopTime } from '../../support/time.js';

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  vi.useRealTimers();
});

const isList = (path: string) => /\/projects\/[^/]+\/content/.test(path);
const isInFlightList = (path: string) => isList(path) && path.includes('status=queued') && path.includes('status=processing');
const isEndedList = (path: string) => isList(path) && path.includes('status=completed');
const isProgress = (path: string) => path.endsWith('/progress');
const isDetail = (path: string) => /\/content\/[^/?]+$/.test(path) && !isProgress(path);

interface Scene {
  simulator: Simulator;
  client: LayersClient;
  queryClient: QueryClient;
  ids: string[];
  /** GETs since the last call. */
  reads: () => string[];
  follow: (id: string, what: 'progress' | 'container', onScreen?: boolean) => QueryObserver<{ status: string }, Error>;
}

let scenes = 0;

function scene(count: number, generation: SimulatorGeneration, options: SimulatorOptions = {}): Scene {
  scenes += 1;
  const simulator = createSimulator({ tier: 'off', ...options });
  const ids = Array.from({ length: count }, () => simulator.addContainer({ generation }));
  const client = createLayersClient({ baseUrl: `https://scene-${scenes}.invalid`, fetch: simulator.fetch });
  const queryClient = new QueryClient();
  let seen = 0;
  return {
    simulator,
    client,
    queryClient,
    ids,
    reads: () => {
      const paths = simulator.requests.slice(seen).map(({ path }) => path);
      seen = simulator.requests.length;
      return paths;
    },
    follow: (id, what, onScreen) => {
      if (onScreen !== undefined) client.reads.visibility.show(id.replace(/^cnt_/, ''), {}, onScreen);
      const options = what === 'progress' ? containerProgressOptions(client, id) : containerOptions(client, id);
      const observer = new QueryObserver(queryClient, options as never) as QueryObserver<{ status: string }, Error>;
      observer.subscribe(() => {});
      return observer;
    },
  };
}

const long: SimulatorGeneration = { queuedMs: 4_000, stages: [{ stage: 'generating_visuals', durationMs: 600_000 }] };
const short: SimulatorGeneration = { queuedMs: 1_000, stages: [{ stage: 'generating_visuals', durationMs: 19_000 }], kind: 'video' };

describe('the sweep', () => {
  test('from two containers of a project on, one list read tells the status of all', async () => {
    const { ids, reads, follow } = scene(2, long);
    const observers = ids.map((id) => follow(id, 'container'));
    await pass(1_000);
    expect(reads().filter(isDetail)).toHaveLength(2);
    await pass(20_000);
    const later = reads();
    expect(later.filter(isInFlightList).length).toBeGreaterThan(8);
    expect(later.filter(isInFlightList).every((path) => path.includes('limit=200'))).toBe(true);
    expect(later.filter(isDetail)).toHaveLength(0);
    expect(observers.map((observer) => observer.getCurrentResult().data?.status)).toEqual(['processing', 'processing']);
  });

  test('one container alone is read by itself', async () => {
    const { ids, reads, follow } = scene(1, long);
    follow(ids[0] as string, 'container');
    await pass(20_000);
    expect(reads().filter(isList)).toHaveLength(0);
  });

  test('/progress is spent on what is on screen only', async () => {
    const { ids, reads, follow } = scene(12, long);
    ids.forEach((id, index) => {
      follow(id, 'container', index < 3);
      follow(id, 'progress', index < 3);
    });
    await pass(10_000);
    reads();
    await pass(30_000);
    const progress = reads().filter(isProgress);
    expect(progress.length).toBeGreaterThan(15);
    expect(new Set(progress).size).toBe(3);
    expect(progress.every((path) => ids.slice(0, 3).some((id) => path.includes(id)))).toBe(true);
  });

  test('a container that leaves the in-flight list gets one detail read, and everyone knows', async () => {
    const { ids, reads, follow, simulator } = scene(3, long);
    const observers = ids.map((id) => [follow(id, 'container', false), follow(id, 'progress', false)] as const);
    await pass(10_000);
    reads();
    simulator.finish(ids[1] as string);
    await pass(5_000);
    expect(reads().filter(isDetail)).toEqual([expect.stringContaining(ids[1] as string)]);
    expect(observers[1]?.map((observer) => observer.getCurrentResult().data?.status)).toEqual(['completed', 'completed']);
    expect(observers[0]?.[0].getCurrentResult().data?.status).toBe('processing');
    await pass(30_000);
    expect(reads().filter(isDetail)).toHaveLength(0);
  });

  test('many that leave together are looked up by one read of those that ended', async () => {
    const { ids, reads, follow, simulator } = scene(30, long);
    const observers = ids.map((id) => follow(id, 'progress', false));
    await pass(10_000);
    reads();
    for (const id of ids.slice(0, 20)) simulator.finish(id, 'failed');
    await pass(6_000);
    const later = reads();
    expect(later.filter(isDetail)).toHaveLength(0);
    expect(later.filter(isEndedList).length).toBeGreaterThanOrEqual(1);
    expect(observers.slice(0, 20).every((observer) => observer.getCurrentResult().data?.status === 'failed')).toBe(true);
  });

  test('a container that is deleted on the server is asked for by itself, not for ever', async () => {
    const { ids, reads, follow, simulator } = scene(3, long);
    for (const id of ids) follow(id, 'progress', false);
    await pass(10_000);
    reads();
    simulator.removeContainer(ids[0] as string);
    await pass(60_000);
    const asked = reads().filter((path) => path.includes(ids[0] as string));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.length).toBeLessThan(6);
  });

  test('where the project is not known, one record tells it', async () => {
    const { ids, reads, follow } = scene(40, long);
    for (const id of ids) follow(id, 'progress', false);
    await pass(8_000);
    const first = reads();
    expect(first.filter(isDetail)).toHaveLength(1);
    expect(first.filter(isInFlightList).length).toBeGreaterThan(0);
    expect(first.length).toBeLessThan(20);
  });

  test('more than 200 in flight are read page by page', async () => {
    const { ids, reads, follow, simulator, client } = scene(450, long, { containers: 300 });
    await client.listContainers(simulator.projectIds[0] as string, { limit: 200 });
    const observers = ids.map((id) => follow(id, 'progress', false));
    await pass(90_000);
    const pages = reads().filter(isInFlightList);
    expect(pages.filter((path) => path.includes('cursor=')).length).toBeGreaterThan(2);
    expect(observers.every((observer) => observer.getCurrentResult().data?.status === 'processing')).toBe(true);
  });

  test('what one sweep tells is one update', async () => {
    const { ids, follow, client } = scene(50, short);
    let updates = 0;
    let batched = 0;
    let inside = false;
    client.reads.batchWith((run) => {
      inside = true;
      run();
      inside = false;
      batched += 1;
    });
    const observers = ids.map((id) => follow(id, 'progress', false));
    await pass(12_000);
    for (const observer of observers)
      observer.subscribe(() => {
        updates += 1;
      });
    const before = batched;
    await pass(20_000);
    expect(observers.every((observer) => observer.getCurrentResult().data?.status === 'completed')).toBe(true);
    expect(updates).toBeGreaterThanOrEqual(50);
    expect(batched - before).toBeLessThan(25);
    expect(inside).toBe(false);
  });

  test('a project whose list is forbidden goes on with single reads', async () => {
    const { ids, reads, follow, simulator } = scene(3, long);
    simulator.setFaults([{ kind: 'status', status: 403, match: /projects/ }]);
    for (const id of ids) follow(id, 'container');
    await pass(30_000);
    const paths = reads();
    expect(paths.filter(isList).length).toBeLessThan(3);
    expect(paths.filter(isDetail).length).toBeGreaterThan(15);
  });

  test('when all have ended nothing is read for an hour', async () => {
    const { ids, reads, follow } = scene(10, short);
    for (const id of ids) follow(id, 'progress', false);
    await pass(60_000);
    reads();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(reads()).toHaveLength(0);
  });
});
