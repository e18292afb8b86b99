import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type Container,
  type ContainerList,
  containerListOptions,
  type ContainerProgress,
  containerOptions,
  containerProgressOptions,
  createLayersClient,
  jobOptions,
  layersKeys,
} from '../../src/core.js';
import { cacheOf } from '../../src/queries/cacheOf.js';
import { pass, stopTime } from '../support/time.js';
import { createScene, isProgress, type Look, life, long, type Scene } from './scene.js';

beforeEach(() => {
  stopTime();
});

interface Row {
  id: string;
  record: Look<Container>;
  progress: Look<ContainerProgress>;
}

/** Rows as partners build them: a record and a bar each. */
const rowsOf = (scene: Scene, ids: readonly string[], isOnScreen: (index: number) => boolean | undefined = () => true): Row[] =>
  ids.map((id, index) => ({ id, record: scene.record(id, isOnScreen(index)), progress: scene.progress(id) }));
const count = <Value>(length: number, make: (index: number) => Value): Value[] => Array.from({ length }, (_, index) => make(index));
const statuses = (rows: readonly Row[]) => rows.flatMap(({ record, progress }) => [record.data()?.status, progress.data()?.status]);
const times = (scene: Scene) => scene.simulator.requests.map(({ at }) => at);

describe('first data', () => {
  test.each([
    ['all on screen', () => true],
    ['ten on screen', (index: number) => index < 10],
    ['nobody says what is on screen', () => undefined],
  ])('of a hundred in flight, of which only the ids are known, is there within 4 s (%s)', async (_, isOnScreen) => {
    const scene = createScene({ tier: 'standard' });
    const rows = rowsOf(
      scene,
      count(100, () => scene.add()),
      isOnScreen,
    );
    await pass(4_000);
    expect(statuses(rows).filter((status) => status === 'processing')).toHaveLength(200);
    expect(scene.simulator.requests.filter(({ status }) => status === 429)).toEqual([]);
  });

  test('of a page that mixes what is in flight with what has ended is there within 4 s', async () => {
    const scene = createScene({ tier: 'standard' });
    const ended = count(100, () => scene.simulator.addContainer({ state: 'completed', createdAt: Date.now() - 3_600_000 }));
    const rows = rowsOf(scene, [...count(20, () => scene.add()), ...ended], (index) => index < 10);
    await pass(4_000);
    expect(statuses(rows).filter((status) => status === undefined)).toEqual([]);
  });

  test('of fifty rows of five projects, of which only the ids are known, is there within 6 s, and the end of each within 7 s', async () => {
    const projectIds = count(5, (index) => `prj_${index}`);
    const scene = createScene({ tier: 'standard', projectIds });
    const rows = rowsOf(
      scene,
      count(50, (index) => scene.simulator.addContainer({ generation: long, projectId: `prj_${index % 5}` })),
      (index) => index < 10,
    );
    await pass(6_000);
    expect(statuses(rows).filter((status) => status === undefined)).toEqual([]);
    await pass(20_000);
    for (const { id } of rows) scene.simulator.finish(id);
    await pass(7_000);
    expect(statuses(rows)).toEqual(Array(100).fill('completed'));
    expect(scene.simulator.requests.filter(({ status }) => status === 429)).toEqual([]);
  });

  test('of ten rows of ten projects is there within 8 s: no list is read for one row', async () => {
    const projectIds = count(10, (index) => `prj_${index}`);
    const scene = createScene({ tier: 'standard', projectIds });
    const rows = rowsOf(
      scene,
      projectIds.map((projectId) => scene.simulator.addContainer({ generation: long, projectId })),
    );
    await pass(8_000);
    expect(statuses(rows).filter((status) => status === undefined)).toEqual([]);
    expect(scene.simulator.requests.filter(({ path }) => path.includes('/projects/')).length).toBeLessThanOrEqual(2);
  });

  test.each([
    ['on screen', true, 1_500],
    ['below the fold', false, 4_000],
  ])('of a row %s that comes later, alone, is there soon whenever it comes', async (_, isOnScreen, soon) => {
    const scene = createScene({ tier: 'standard', faults: [{ kind: 'latency', latencyMs: 100 }] });
    rowsOf(
      scene,
      count(50, () => scene.add()),
      (index) => index < 10,
    );
    await pass(40_000);
    for (let row = 0; row < 12; row += 1) {
      await pass(4_000 + row * 137);
      const [late] = rowsOf(scene, [row % 3 === 2 ? scene.simulator.addContainer({ state: 'completed' }) : scene.add()], () => isOnScreen);
      await pass(soon);
      expect(statuses(late ? [late] : []), `row ${row}`).toEqual(Array(2).fill(row % 3 === 2 ? 'completed' : 'processing'));
    }
  });

  test.each([20, 100, 200])('of %i ended ones of which only the ids are known is there within 4 s', async (many) => {
    const scene = createScene({ tier: 'standard' });
    const rows = rowsOf(
      scene,
      count(many, (index) => scene.simulator.addContainer({ state: 'completed', createdAt: Date.now() - 3_600_000 - index * 60_000 })),
      (index) => index < 10,
    );
    await pass(4_000);
    expect(statuses(rows)).toEqual(Array(2 * many).fill('completed'));
  });

  test('of a page that mixes them does not depend on which was mounted first', async () => {
    const scene = createScene({ tier: 'standard' });
    const ended = count(100, () => scene.simulator.addContainer({ state: 'completed', createdAt: Date.now() - 3_600_000 }));
    const rows = rowsOf(scene, [...ended, ...count(20, () => scene.add())], (index) => index < 10);
    await pass(4_000);
    expect(statuses(rows).filter((status) => status === undefined)).toEqual([]);
  });

  test('says honestly what is not known yet, and the record of what is on screen follows', async () => {
    const scene = createScene();
    const rows = rowsOf(
      scene,
      count(5, () => scene.add()),
    );
    await pass(1_500);
    expect(rows.filter(({ record }) => record.data()?.isPartial)).not.toHaveLength(0);
    await pass(45_000);
    expect(rows.map(({ record }) => record.data()?.isPartial)).toEqual(Array(5).fill(undefined));
  });

  test('of one alone comes with the first answer, and is one read', async () => {
    const scene = createScene();
    const record = scene.record(scene.add());
    await pass(100);
    expect(record.data()).toMatchObject({ status: 'processing' });
    expect(record.data()?.isPartial).toBeUndefined();
    expect(scene.reads()).toHaveLength(1);
  });
});

describe('nobody waits for ever', () => {
  test('with fifty bars on screen the end of each is known to its record and its bar within 5 s, and sixty s of reads are never above the limit', async () => {
    const scene = createScene({ tier: 'standard' });
    const rows = rowsOf(
      scene,
      count(50, () => scene.add()),
    );
    await pass(30_000);
    for (const { id } of rows) scene.simulator.finish(id);
    await pass(5_000);
    expect(statuses(rows)).toEqual(Array(100).fill('completed'));
    const departed = times(scene);
    for (const at of departed) expect(departed.filter((other) => other > at - 60_000 && other <= at).length).toBeLessThanOrEqual(96);
  });

  test.each(['current', 'legacy'] as const)(
    'the end of the last in flight, below the fold and beside a hundred ended ones, is known within 8 s (%s)',
    async (edition) => {
      const scene = createScene({ tier: 'standard', edition }, { edition });
      const ended = count(100, () => scene.simulator.addContainer({ state: 'completed', createdAt: Date.now() - 3_600_000 }));
      const rows = rowsOf(scene, [...ended, scene.add()], () => false);
      await pass(2_000);
      const last = rows.slice(-1);
      for (const { id } of last) scene.simulator.finish(id);
      await pass(8_000);
      expect(statuses(last)).toEqual(['completed', 'completed']);
    },
  );

  test('one whose progress alone is followed, below the fold, is past its deadline by when its job began', async () => {
    const scene = createScene();
    const id = scene.simulator.addContainer({ createdAt: Date.now() - 29 * 60_000, generation: { ...long, queuedMs: 0 } });
    scene.progress(id, false);
    await pass(180_000);
    expect(scene.client.schedule.freshness(id).reason).toBe('deadline');
    scene.reads();
    await pass(300_000);
    expect(scene.reads().length).toBeLessThanOrEqual(7);
  });

  test('what moves is not said to be stalled, however rarely it can be read', async () => {
    const scene = createScene({ tier: 'standard' });
    const moving = { queuedMs: 0, stages: count(40, (index) => ({ stage: `step_${index}`, durationMs: 20_000 })), eta: 'exact' } as const;
    const rows = rowsOf(
      scene,
      count(150, () => scene.add(moving)),
    );
    const said = new Set<string>();
    for (let second = 0; second < 240; second += 4) {
      await pass(4_000);
      for (const { id } of rows) said.add(scene.client.schedule.freshness(id).state);
    }
    expect([...said]).not.toContain('stalled');
  });

  test('what is on screen is read evenly: each at least every three rounds of the budget', async () => {
    const scene = createScene({ tier: 'standard' });
    const rows = rowsOf(
      scene,
      count(30, () => scene.add()),
    );
    await pass(30_000);
    scene.reads();
    await pass(90_000);
    const reads = scene.reads().filter(isProgress);
    const each = rows.map(({ id }) => reads.filter((path) => path.includes(id)).length);
    expect(Math.min(...each)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...each) - Math.min(...each)).toBeLessThanOrEqual(2);
  });

  test('a job is read while a wall of bars is on screen', async () => {
    const scene = createScene({ tier: 'standard' });
    const ids = count(60, () => scene.add());
    rowsOf(scene, ids);
    await pass(10_000);
    const job = scene.observe<{ status: string }>(jobOptions(scene.client, scene.simulator.jobId(ids[0] as string) as string));
    await pass(4_000);
    expect(job.data()?.status).toBe('running');
  });
});

describe('a burst', () => {
  test('of a hundred hooks never spends the window: reads go on, and what a person asks for leaves within 2 s', async () => {
    const scene = createScene({ tier: 'standard' });
    const looks = count(100, () => scene.progress(scene.add()));
    await pass(500);
    expect(scene.simulator.requests.length).toBeLessThanOrEqual(9);
    const from = Date.now();
    await Promise.all([scene.client.listContainers(scene.projectId, { limit: 25 }), pass(2_000)]);
    const asked = scene.simulator.requests.find(({ path }) => path.includes('limit=25'));
    expect((asked?.at ?? Number.POSITIVE_INFINITY) - from).toBeLessThanOrEqual(2_000);
    await pass(120_000);
    const departed = times(scene);
    const gaps = departed.slice(1).map((at, index) => at - (departed[index] as number));
    expect(Math.max(...gaps)).toBeLessThan(5_000);
    expect(looks.filter(({ data }) => data()?.status === 'processing')).toHaveLength(100);
  });

  test('of remounts reads nothing: cards that scroll past', async () => {
    const scene = createScene({ tier: 'standard' });
    const ids = count(48, () => scene.add());
    for (const id of ids) scene.record(id).stop();
    const kept = ids.map((id) => scene.record(id));
    await pass(10_000);
    scene.reads();
    for (let time = 0; time < 10; time += 1) {
      for (const id of ids) scene.record(id).stop();
      await pass(500);
    }
    // Only the sweeps and the records that were missing anyway, at their own pace.
    expect(scene.reads().length).toBeLessThanOrEqual(12);
    expect(kept.every(({ data }) => data() !== undefined)).toBe(true);
  });
});

describe('who is not there any more', () => {
  test('is not read for: unmounted means no reads at all', async () => {
    const scene = createScene();
    const rows = rowsOf(
      scene,
      count(5, () => scene.add()),
    );
    await pass(5_000);
    for (const { record, progress } of rows) for (const look of [record, progress]) look.stop();
    await pass(20);
    scene.reads();
    await pass(600_000);
    expect(scene.reads()).toEqual([]);
  });

  test('and comes back finds what was known, and reads nothing more for what has ended', async () => {
    const scene = createScene();
    const id = scene.simulator.addContainer({ state: 'completed' });
    scene.record(id).stop();
    const first = scene.record(id);
    await pass(1_000);
    const { length } = scene.reads();
    expect(length).toBeLessThanOrEqual(2);
    first.stop();
    for (let time = 0; time < 5; time += 1) {
      const again = scene.record(id);
      expect(again.data()).toMatchObject({ status: 'completed' });
      expect(again.data()?.isPartial).toBeUndefined();
      await pass(1_000);
      again.stop();
    }
    expect(scene.reads()).toEqual([]);
  });

  test('and comes back while it is in flight is followed again from then on', async () => {
    const scene = createScene();
    const id = scene.add();
    const first = scene.record(id);
    await pass(3_000);
    first.stop();
    await pass(60_000);
    scene.simulator.finish(id);
    const again = scene.record(id);
    expect(again.data()?.status).toBe('processing');
    await pass(1_000);
    expect(again.data()).toMatchObject({ status: 'completed' });
    expect(again.data()?.isPartial).toBeUndefined();
  });
});

describe('a read that fails', () => {
  test('before there is data is an error at once, is tried again by itself, and then is none', async () => {
    const scene = createScene({ faults: [{ kind: 'html', status: 500 }] });
    const record = scene.record(scene.add());
    await pass(500);
    expect(record.error()).toMatchObject({ code: 'HTTP_500' });
    expect(record.data()).toBeUndefined();
    await pass(20_000);
    const tries = scene.reads().length;
    expect(tries).toBeGreaterThanOrEqual(3);
    expect(tries).toBeLessThanOrEqual(6);
    scene.simulator.setFaults([]);
    await pass(25_000);
    expect(record.error()).toBeNull();
    expect(record.data()?.status).toBe('processing');
  });

  test('that nothing can help is an error, and not tried again until somebody asks', async () => {
    const scene = createScene();
    const record = scene.record('cnt_00000000-0000-4000-8000-000000000000');
    await pass(60_000);
    expect(record.error()).toMatchObject({ code: 'NOT_FOUND' });
    expect(scene.reads()).toHaveLength(1);
    void record.observer.refetch();
    await pass(1_000);
    expect(scene.reads()).toHaveLength(1);
  });

  test('while it is polled is told to both its hooks, keeps the data, and is over when a read succeeds that tells nothing new', async () => {
    const scene = createScene();
    const id = scene.simulator.addContainer({ generation: { ...long, outcome: 'stalled', endsAt: 0 } });
    const [row] = rowsOf(scene, [id]) as [Row];
    await pass(5_000);
    scene.simulator.setFaults([{ kind: 'html', status: 502, times: 1 }]);
    await pass(1_400);
    expect([row.record.error()?.code, row.progress.error()?.code]).toEqual(['HTTP_502', 'HTTP_502']);
    expect(statuses([row])).toEqual(['processing', 'processing']);
    await pass(5_000);
    expect([row.record.error(), row.progress.error()]).toEqual([null, null]);
  });

  test('of one row is no error of another', async () => {
    const scene = createScene();
    const rows = rowsOf(
      scene,
      count(3, () => scene.add()),
    );
    await pass(5_000);
    const [bad] = rows as [Row];
    scene.simulator.setFaults([{ kind: 'html', status: 500, match: bad.id }]);
    await pass(10_000);
    expect(rows.map(({ progress }) => progress.error()?.code)).toEqual(['HTTP_500', undefined, undefined]);
  });

  test('with Retry-After is not asked again before, whoever asked first', async () => {
    const scene = createScene();
    const record = scene.record(scene.add());
    await pass(3_000);
    scene.simulator.setFaults([{ kind: 'status', status: 503, retryAfter: '30', times: 1 }]);
    void record.observer.refetch();
    await pass(500);
    scene.reads();
    await pass(28_000);
    expect(scene.reads()).toEqual([]);
    await pass(5_000);
    expect(scene.reads().length).toBeGreaterThan(0);
  });
});

describe('every hook says the same', () => {
  test('at every moment, whatever is read: the record and the bar never differ in status', async () => {
    const scene = createScene({ tier: 'standard' });
    const rows = rowsOf(
      scene,
      count(20, (index) => scene.add(life(5_000 + 700 * index))),
      (index) => index < 5,
    );
    let looks = 0;
    let differences = 0;
    for (const { record, progress } of rows)
      for (const { observer } of [record, progress])
        observer.subscribe(() => {
          looks += 1;
          // The other of the two hears in the same step.
          queueMicrotask(() => {
            differences += Number(record.data()?.status !== progress.data()?.status);
          });
        });
    await pass(40_000);
    expect(looks).toBeGreaterThan(60);
    expect(differences).toBe(0);
    expect(statuses(rows)).toEqual(Array(40).fill('completed'));
  });

  test('a decision is shown by the record, its row in a list and every other hook in the same step', async () => {
    const scene = createScene();
    const id = scene.simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    const record = scene.record(id);
    const list = scene.observe<ContainerList>(containerListOptions(scene.client, scene.projectId));
    await pass(1_000);
    const shown = () => [record.data()?.approvalStatus, list.data()?.containers[0]?.approvalStatus];
    expect(shown()).toEqual(['pending', 'pending']);
    const seen = new Set<string>();
    for (const { observer } of [record, list]) observer.subscribe(() => queueMicrotask(() => seen.add(shown().join(' '))));
    await scene.client.approve(id);
    await pass(10);
    expect(shown()).toEqual(['approved', 'approved']);
    expect([...seen]).toEqual(['approved approved']);
  });

  test('a poll without news renders nothing', async () => {
    const scene = createScene();
    const ids = count(3, () => scene.simulator.addContainer({ generation: { ...long, outcome: 'stalled', endsAt: 0, eta: 'none' } }));
    const rows = rowsOf(scene, ids);
    await pass(15_000);
    let updates = 0;
    for (const { record, progress } of rows) {
      record.observer.subscribe(({ data }) => void (updates += Number(data !== undefined)));
      progress.observer.subscribe(({ data }) => void (updates += Number(data !== undefined)));
    }
    scene.reads();
    await pass(30_000);
    expect(scene.reads().length).toBeGreaterThan(15);
    expect(updates).toBe(0);
  });

  test('in two caches on one client: they share their reads and agree', async () => {
    const scene = createScene();
    const other = new QueryClient();
    cacheOf(scene.client, other);
    const ids = count(4, () => scene.add());
    const here = ids.map((id) => scene.record(id));
    await pass(3_000);
    const there = ids.map((id) => scene.observe<ContainerProgress>(containerProgressOptions(scene.client, id), other));
    await pass(3_000);
    expect(there.map(({ data }) => data()?.status)).toEqual(Array(4).fill('processing'));
    scene.reads();
    await pass(20_000);
    const reads = scene.reads();
    const alone = createScene();
    for (const id of count(4, () => alone.add())) {
      alone.record(id);
      alone.progress(id);
    }
    await pass(6_000);
    alone.reads();
    await pass(20_000);
    expect(reads.length).toBeLessThanOrEqual(alone.reads().length + 3);
    for (const id of ids) scene.simulator.finish(id);
    await pass(5_000);
    expect([...here, ...there].map(({ data }) => data()?.status)).toEqual(Array(8).fill('completed'));
  });

  test('a client that is made anew takes over: what its hooks show is read once, not twice', async () => {
    const scene = createScene();
    const { simulator, client, queryClient, observe } = scene;
    const id = scene.add();
    scene.record(id).stop();
    await pass(3_000);
    const again = createLayersClient({ baseUrl: client.baseUrl, fetch: simulator.fetch });
    cacheOf(again, queryClient);
    const record = observe<Container>(containerOptions(again, id));
    scene.reads();
    await pass(10_000);
    expect(scene.reads().length).toBeGreaterThanOrEqual(5);
    await pass(10_000);
    expect(scene.reads().length).toBeLessThanOrEqual(6);
    simulator.finish(id);
    await pass(3_000);
    expect(record.data()?.status).toBe('completed');
  });
});

describe('what a host puts into the cache', () => {
  const plainOf = async (scene: Scene, id: string): Promise<Container> => {
    const elsewhere = createLayersClient({ baseUrl: 'https://elsewhere.invalid', fetch: scene.simulator.fetch });
    return elsewhere.getContainer(id);
  };

  test('a plain container is understood by every hook, and followed like any other', async () => {
    const scene = createScene();
    const id = scene.add(life(20_000));
    scene.queryClient.setQueryData(layersKeys.container(scene.client, id), (await plainOf(scene, id)) as never);
    const [row] = rowsOf(scene, [id]) as [Row];
    expect(row.record.data()).toMatchObject({ id, status: 'processing' });
    expect(row.record.data()?.isPartial).toBeUndefined();
    expect(row.progress.data()).toMatchObject({ containerId: id, status: 'processing', isTerminal: false });
    expect(Date.now() - (row.progress.data()?.startedAt ?? 0)).toBeLessThan(60_000);
    await pass(25_000);
    expect(statuses([row])).toEqual(['completed', 'completed']);
  });

  test('over what is followed is shown at once, and an end that it tells is the end of reading', async () => {
    const scene = createScene();
    const id = scene.add();
    const [row] = rowsOf(scene, [id]) as [Row];
    await pass(5_000);
    scene.simulator.finish(id);
    const plain = await plainOf(scene, id);
    scene.queryClient.setQueryData(layersKeys.container(scene.client, id), plain as never);
    expect(statuses([row])).toEqual(['completed', 'completed']);
    await pass(100);
    scene.reads();
    await pass(60_000);
    expect(scene.reads().length).toBeLessThanOrEqual(1);
    expect(row.record.data()).toMatchObject({ status: 'completed' });
    expect(row.record.data()?.isPartial).toBeUndefined();
  });

  test('a change of what is there stays until the server says something else', async () => {
    const scene = createScene();
    const id = scene.simulator.addContainer({ state: 'completed' });
    const record = scene.record(id);
    await pass(1_000);
    scene.queryClient.setQueryData(layersKeys.container(scene.client, id), (entry) => entry && { ...entry, hook: 'Mine' });
    expect(record.data()?.hook).toBe('Mine');
    await record.observer.refetch();
    expect(record.data()?.hook).not.toBe('Mine');
  });
});

describe('close()', () => {
  const ended = async (promise: Promise<unknown>) => {
    let state = 'pending';
    promise.then(
      () => (state = 'resolved'),
      () => (state = 'rejected'),
    );
    await pass(10);
    return state;
  };

  test('leaves no promise pending and no timer: what waits, what is on its way, with a signal or without', async () => {
    const scene = createScene({ faults: [{ kind: 'hang' }] }, { readsPerMinute: 4 });
    const { client, queryClient } = scene;
    const ids = count(12, () => scene.add());
    const promises = [
      ...ids.map((id) => client.getContainer(id)),
      client.getProgress(ids[0] as string, { signal: new AbortController().signal }),
      client.listContainers(scene.projectId),
      client.getJob(scene.simulator.jobId(ids[0] as string) as string),
      queryClient.fetchQuery(containerOptions(client, ids[1] as string)),
    ];
    for (const promise of promises) promise.catch(() => {});
    const looks = ids.map((id) => scene.record(id));
    await pass(2_000);
    for (const { stop } of looks) stop();
    client.close();
    expect(await Promise.all(promises.map(ended))).toEqual(promises.map(() => 'rejected'));
    queryClient.clear();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('while hooks are mounted ends their waiting with an error, and reads nothing for them any more', async () => {
    const scene = createScene({ faults: [{ kind: 'hang' }] });
    const looks = count(5, () => scene.record(scene.add()));
    await pass(1_000);
    scene.client.close();
    await pass(100);
    expect(looks.map(({ observer }) => observer.getCurrentResult().fetchStatus)).toEqual(Array(5).fill('idle'));
    expect(looks.map(({ error }) => error()?.code)).toEqual(Array(5).fill('CLOSED'));
    scene.reads();
    await pass(120_000);
    expect(scene.reads()).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('of one client leaves another of the same budget alone', async () => {
    const scene = createScene();
    const other = createLayersClient({ baseUrl: scene.client.baseUrl, fetch: scene.simulator.fetch });
    const id = scene.add();
    scene.client.close();
    await expect(other.getContainer(id)).resolves.toMatchObject({ id });
  });

  test('is no end for what is mounted without data: asking again reads', async () => {
    const scene = createScene({ faults: [{ kind: 'hang' }] });
    const record = scene.record(scene.add());
    await pass(500);
    scene.client.close();
    await pass(100);
    expect(record.error()?.code).toBe('CLOSED');
    scene.simulator.setFaults([]);
    void record.observer.refetch();
    await pass(1_000);
    expect(record.data()?.status).toBe('processing');
  });

  test('is no end: what is followed afterwards is read, and what was mounted goes on with it', async () => {
    const scene = createScene();
    const before = count(3, () => scene.record(scene.add()));
    await pass(3_010);
    scene.simulator.setFaults([{ kind: 'latency', latencyMs: 2_000 }]);
    await pass(2_500);
    scene.client.close();
    await pass(60_000);
    expect(before.map(({ error }) => error())).toEqual([null, null, null]);
    scene.simulator.setFaults([]);
    for (const { observer } of before) scene.simulator.finish(observer.getCurrentResult().data?.id as string);
    const record = scene.record(scene.add());
    await pass(4_000);
    expect([...before, record].map(({ data }) => data()?.status)).toEqual(['completed', 'completed', 'completed', 'processing']);
  });
});
