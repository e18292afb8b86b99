import { notifyManager } from '@tanstack/react-query';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { pass, stopTime } from '../support/time.js';
import { createScene, isEndedList, isInFlightList, isList, isProgress, isRecord, life, long } from './scene.js';

beforeEach(() => {
  stopTime();
});

const many = (count: number, generation = long, options: Parameters<typeof createScene>[0] = {}) => {
  const scene = createScene(options);
  return { ...scene, ids: Array.from({ length: count }, () => scene.add(generation)) };
};

describe('the sweep', () => {
  test('from two containers of a project on, one list read tells the status of all', async () => {
    const { ids, reads, record, simulator } = many(2);
    const looks = ids.map((id) => record(id));
    await pass(4_000);
    expect(reads().filter(isRecord).length).toBeLessThanOrEqual(2);
    await pass(30_000);
    const later = reads();
    // Every 2 s, and every 5 s once their stage has lasted 30 s.
    expect(later.filter(isList).length).toBeGreaterThanOrEqual(6);
    expect(later.filter(isList).every((path) => path.includes('limit=200'))).toBe(true);
    expect(later.filter((path) => !isList(path))).toHaveLength(0);
    expect(looks.map(({ data }) => data()?.status)).toEqual(['processing', 'processing']);
    for (const id of ids) simulator.finish(id);
    await pass(7_000);
    expect(looks.map(({ data }) => data()?.status)).toEqual(['completed', 'completed']);
  });

  test('one container alone is read by itself', async () => {
    const { ids, reads, record } = many(1);
    record(ids[0] as string);
    await pass(20_000);
    const paths = reads();
    expect(paths.filter(isList)).toHaveLength(0);
    expect(paths.length).toBeGreaterThanOrEqual(9);
  });

  test('progress is read for what is on screen only', async () => {
    const { ids, reads, record, progress } = many(12);
    ids.forEach((id, index) => {
      record(id, index < 3);
      progress(id, index < 3);
    });
    await pass(10_000);
    reads();
    await pass(30_000);
    const paths = reads().filter(isProgress);
    expect(paths.length).toBeGreaterThan(15);
    expect(new Set(paths).size).toBe(3);
    expect(paths.every((path) => ids.slice(0, 3).some((id) => path.includes(id)))).toBe(true);
  });

  test('a container that ends is told by the list, its record is read once, and everyone knows', async () => {
    const { ids, reads, record, progress, simulator } = many(3);
    const looks = ids.map((id) => [record(id, false), progress(id, false)] as const);
    await pass(10_000);
    reads();
    simulator.finish(ids[1] as string);
    await pass(5_000);
    expect(looks[1]?.map(({ data }) => data()?.status)).toEqual(['completed', 'completed']);
    expect(looks[0]?.[0].data()?.status).toBe('processing');
    await pass(30_000);
    expect(reads().filter(isRecord)).toEqual([expect.stringContaining(ids[1] as string)]);
    expect(looks[1]?.[0].data()).toMatchObject({ preview: { kind: expect.any(String) } });
  });

  test('many that end together cost no single read where only their progress is wanted', async () => {
    const { ids, reads, progress, simulator } = many(30);
    const looks = ids.map((id) => progress(id, false));
    await pass(10_000);
    reads();
    for (const id of ids.slice(0, 20)) simulator.finish(id, 'failed');
    await pass(7_000);
    const later = reads();
    expect(later.filter((path) => !isList(path))).toHaveLength(0);
    expect(looks.slice(0, 20).every(({ data }) => data()?.status === 'failed')).toBe(true);
    expect(looks.slice(20).every(({ data }) => data()?.status === 'processing')).toBe(true);
  });

  test('a container that is deleted on the server is asked for by itself, not for ever', async () => {
    const { ids, reads, progress, simulator } = many(3);
    const looks = ids.map((id) => progress(id, false));
    await pass(10_000);
    reads();
    simulator.removeContainer(ids[0] as string);
    await pass(60_000);
    const asked = reads().filter((path) => path.includes(ids[0] as string));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.length).toBeLessThan(6);
    expect(looks[0]?.error()).toMatchObject({ code: 'NOT_FOUND' });
    expect(looks[0]?.data()?.status).toBe('processing');
  });

  test('one that left while more have ended since than a sweep reads is asked for by itself', async () => {
    const { ids, reads, progress, simulator } = many(3);
    for (let count = 0; count < 2_300; count += 1) simulator.addContainer({ state: 'completed' });
    const looks = ids.map((id) => progress(id, false));
    await pass(10_000);
    simulator.removeContainer(ids[0] as string);
    reads();
    await pass(90_000);
    expect(looks[0]?.error()).toMatchObject({ code: 'NOT_FOUND' });
    expect(reads().filter((path) => path.includes(ids[0] as string)).length).toBeLessThan(6);
    expect(looks[1]?.data()?.status).toBe('processing');
  });

  test('where the project is not known, one record tells it', async () => {
    const { ids, reads, progress } = many(40);
    const looks = ids.map((id) => progress(id, false));
    await pass(8_000);
    const first = reads();
    expect(first.filter(isRecord)).toHaveLength(1);
    expect(first.filter(isList).length).toBeGreaterThan(0);
    expect(first.length).toBeLessThan(20);
    expect(looks.filter(({ data }) => data()?.status === 'processing')).toHaveLength(40);
  });

  test('more than 200 in flight are read page by page, and the end of each is known', async () => {
    const { ids, reads, progress, simulator, client, projectId } = many(450, long, { containers: 300 });
    await client.listContainers(projectId, { limit: 200 });
    const looks = ids.map((id) => progress(id, false));
    await pass(90_000);
    const paths = reads();
    expect(paths.filter(isInFlightList).filter((path) => path.includes('cursor=')).length).toBeGreaterThan(2);
    expect(paths.filter(isEndedList).length).toBeGreaterThan(2);
    expect(looks.filter(({ data }) => data()?.status === 'processing')).toHaveLength(450);
    for (const id of ids.slice(100, 110)) simulator.finish(id);
    await pass(15_000);
    expect(looks.slice(100, 110).map(({ data }) => data()?.status)).toEqual(Array(10).fill('completed'));
  });

  test('what one sweep tells is one update of the cache', async () => {
    const { ids, progress, simulator, queryClient } = many(50);
    const looks = ids.map((id) => progress(id, false));
    await pass(12_000);
    for (const id of ids) simulator.finish(id);
    let updates = 0;
    const flushes: number[] = [];
    notifyManager.setBatchNotifyFunction((run) => {
      const before = updates;
      run();
      if (updates > before) flushes.push(updates - before);
    });
    for (const { observer } of looks) observer.subscribe(notifyManager.batchCalls(() => (updates += 1)));
    await pass(7_000);
    notifyManager.setBatchNotifyFunction((run) => run());
    expect(looks.every(({ data }) => data()?.status === 'completed')).toBe(true);
    expect(flushes[0]).toBe(50);
    expect(flushes.length).toBeLessThanOrEqual(2);
    queryClient.clear();
  });

  test('a project whose list is forbidden goes on with single reads', async () => {
    const { ids, reads, record, simulator } = many(3);
    simulator.setFaults([{ kind: 'status', status: 403, match: /projects/ }]);
    for (const id of ids) record(id);
    await pass(30_000);
    const paths = reads();
    expect(paths.filter(isList).length).toBeGreaterThan(0);
    expect(paths.filter(isList).length).toBeLessThan(3);
    expect(paths.filter(isRecord).length).toBeGreaterThan(15);
  });

  test('when all have ended nothing is read for an hour', async () => {
    const { ids, reads, progress } = many(10, life(20_000));
    const looks = ids.map((id) => progress(id, false));
    await pass(60_000);
    expect(reads().length).toBeGreaterThan(4);
    expect(looks.every(({ data }) => data()?.status === 'completed')).toBe(true);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(reads()).toHaveLength(0);
  });
});
