import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, test } from 'vitest';
import { containerOptions, containerProgressOptions, createLayersClient, type ContainerProgress, type Container } from '../../src/core.js';
import { pass, stopTime } from '../support/time.js';
import { createScene, isList, isProgress, isRecord, long } from './scene.js';

beforeEach(() => {
  stopTime();
});

describe('a finished container whose next read fails', () => {
  test.each([
    { kind: 'html', status: 500 } as const,
    { kind: 'status', status: 404 } as const,
    { kind: 'status', status: 503, retryAfter: '30' } as const,
  ])('%o is asked for once, keeps its data and says what failed', async (fault) => {
    const { simulator, record } = createScene();
    const { observer, data, error } = record(simulator.addContainer({ state: 'completed' }));
    await pass(1_000);
    simulator.setFaults([fault]);
    simulator.clearRequests();
    void observer.refetch();
    await pass(60_000);
    expect(simulator.requests).toHaveLength(1);
    expect(data()?.status).toBe('completed');
    expect(error()).toMatchObject({ status: fault.status });
    simulator.setFaults([]);
    await observer.refetch();
    expect(error()).toBeNull();
  });
});

describe('a container that ended while it was listed', () => {
  test('and whose record cannot be read is asked for more and more rarely', async () => {
    const { simulator, add, record } = createScene();
    const ids = Array.from({ length: 3 }, () => add());
    const looks = ids.map((id) => record(id));
    await pass(5_000);
    simulator.finish(ids[0] as string);
    simulator.setFaults([{ kind: 'html', status: 500, match: /content\/[^/]+$/ }]);
    simulator.clearRequests();
    await pass(60_000);
    const asked = simulator.requests.filter(({ path }) => path.endsWith(ids[0] as string)).map(({ at }) => at);
    expect(asked.length).toBeGreaterThanOrEqual(3);
    expect(asked.length).toBeLessThanOrEqual(8);
    expect((asked[2] as number) - (asked[1] as number)).toBeGreaterThan((asked[1] as number) - (asked[0] as number));
    // Its end is known all the same, and that more cannot be read.
    expect(looks[0]?.data()).toMatchObject({ status: 'completed', isPartial: true });
    expect(looks[0]?.error()).toMatchObject({ status: 500 });
  });

  test('as a word of a newer server is in flight, is told, and is read slowly', async () => {
    const { simulator, add, record, reads } = createScene({ faults: [{ kind: 'unknown-status' }] });
    const looks = Array.from({ length: 6 }, () => record(add(), false));
    await pass(20_000);
    reads();
    await pass(60_000);
    const later = reads();
    expect(looks.map(({ data }) => data()?.status)).toEqual(Array(6).fill('unknown'));
    expect(later.length).toBeGreaterThanOrEqual(10);
    expect(later.length).toBeLessThanOrEqual(13);
    simulator.setFaults([]);
    await pass(7_000);
    expect(looks.map(({ data }) => data()?.status)).toEqual(Array(6).fill('processing'));
  });
});

describe('after an outage', () => {
  test('the first answer brings the others, whatever their backoff', async () => {
    const { simulator, add, progress } = createScene();
    const ids = Array.from({ length: 6 }, () => add());
    for (const id of ids) progress(id, true);
    await pass(40_000);
    simulator.setFaults([{ kind: 'drop' }]);
    await pass(600_000);
    simulator.setFaults([]);
    simulator.clearRequests();
    const readOf = (id: string) => simulator.requests.some(({ path }) => isProgress(path) && path.includes(id));
    for (let second = 0; second < 80 && !ids.some(readOf); second += 1) await pass(1_000);
    await pass(15_000);
    expect(ids.filter(readOf)).toHaveLength(6);
  });

  test('what alone still cannot be reached is asked for at its backoff', async () => {
    const { simulator, add, progress } = createScene();
    const ids = Array.from({ length: 6 }, () => add());
    for (const id of ids) progress(id, true);
    simulator.setFaults([{ kind: 'drop', match: ids[0] as string }]);
    await pass(120_000);
    simulator.clearRequests();
    await pass(60_000);
    expect(simulator.requests.filter(({ path }) => path.includes(ids[0] as string)).length).toBeLessThanOrEqual(7);
  });
});

describe('a list', () => {
  test('that is refused for a while is swept again later', async () => {
    const { simulator, add, record, reads } = createScene();
    simulator.setFaults([{ kind: 'status', status: 403, match: /projects/, times: 1 }]);
    for (let index = 0; index < 3; index += 1) record(add());
    await pass(20_000);
    expect(reads().filter(isRecord).length).toBeGreaterThan(9);
    await pass(360_000);
    expect(reads().filter(isList).length).toBeGreaterThan(5);
  });

  test('that does not name a container leaves it to be read by itself, and its end is known as soon', async () => {
    const lost: string[] = [];
    const world = createScene();
    const { simulator, add, observe, reads } = world;
    const client = createLayersClient({
      baseUrl: 'https://lost.invalid',
      fetch: async (url, init) => {
        const response = await simulator.fetch(url, init);
        if (!isList(url)) return response;
        const body = (await response.json()) as { items: { id: string }[] };
        return Response.json({ ...body, items: body.items.filter(({ id }) => !lost.includes(id)) });
      },
    });
    const ids = Array.from({ length: 4 }, () => add());
    const looks = ids.map((id) => {
      client.schedule.show(id, {}, false);
      return observe<Container>(containerOptions(client, id));
    });
    await pass(5_000);
    const [id] = ids as [string];
    lost.push(id);
    await pass(5_000);
    reads();
    await pass(30_000);
    const asked = reads().filter((path) => path.includes(id));
    expect(asked.length).toBeGreaterThanOrEqual(5);
    expect(asked.length).toBeLessThanOrEqual(16);
    simulator.finish(id);
    await pass(6_000);
    expect(looks[0]?.data()?.status).toBe('completed');
  });
});

describe('many who look at one container', () => {
  test('one that asks for no reads does not stop another that does', async () => {
    const { simulator, client, record, observe } = createScene();
    const id = simulator.addContainer({ generation: long });
    record(id);
    const still = observe(containerOptions(client, id, { refetchInterval: false }));
    await pass(10_000);
    expect(simulator.requests.length).toBeGreaterThan(3);
    still.stop();
    simulator.clearRequests();
    await pass(10_000);
    expect(simulator.requests.length).toBeGreaterThan(2);
  });

  test('data that was given at the start is read on like any other', async () => {
    const { simulator, client, observe } = createScene();
    const id = simulator.addContainer({ generation: long });
    const initialData = await client.getContainer(id);
    const { data } = observe<Container>({ ...containerOptions(client, id), initialData });
    simulator.finish(id);
    await pass(8_000);
    expect(data()?.status).toBe('completed');
  });

  test('two caches of one page are both kept, by one read', async () => {
    const { simulator, client, observe } = createScene();
    const id = simulator.addContainer({ generation: long });
    const one = observe<Container>(containerOptions(client, id), new QueryClient());
    const other = observe<Container>(containerOptions(client, id), new QueryClient());
    await pass(11_000);
    expect(simulator.requests.length).toBeGreaterThanOrEqual(5);
    expect(simulator.requests.length).toBeLessThanOrEqual(7);
    simulator.finish(id);
    await pass(4_000);
    expect([one.data()?.status, other.data()?.status]).toEqual(['completed', 'completed']);
  });

  test('asking again while a read is under way asks for something newer', async () => {
    const { simulator, client, queryClient, record } = createScene({ faults: [{ kind: 'latency', latencyMs: 2_000 }] });
    const id = simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    const { data } = record(id);
    const { queryKey } = containerOptions(client, id);
    await pass(3_000);
    void queryClient.invalidateQueries({ queryKey });
    await pass(1_000);
    simulator.decide(id, 'approved');
    void queryClient.invalidateQueries({ queryKey });
    await pass(5_000);
    expect(data()?.approvalStatus).toBe('approved');
    expect(simulator.requests).toHaveLength(3);
  });
});

test('a container that is made anew in its place is followed again, and its record read again when it ends', async () => {
  const { simulator, client, observe } = createScene(
    { edition: 'legacy', generation: { ...long, stages: [{ stage: 'generating_visuals', durationMs: 8_000 }] } },
    { edition: 'legacy' },
  );
  const id = simulator.addContainer({ state: 'completed', createdAt: Date.now() - 600_000 });
  const record = observe<Container>(containerOptions(client, id));
  const progress = observe<ContainerProgress>(containerProgressOptions(client, id));
  await pass(1_000);
  const first = record.data()?.completedAt;
  await client.regenerate(id);
  await pass(3_000);
  expect(progress.data()?.status).toBe('processing');
  expect(record.data()?.status).toBe('processing');
  await pass(15_000);
  expect(progress.data()?.status).toBe('completed');
  expect(record.data()?.completedAt).not.toBe(first);
});

test('on a server, two people who ask for the same at once get each their own answer', async () => {
  let person = '';
  const client = createLayersClient({
    baseUrl: 'https://people.invalid',
    headers: () => ({ 'x-person': person }),
    fetch: async (_, { headers }) => {
      await new Promise(setImmediate);
      return Response.json({ id: 'cnt_1', status: 'completed', caption: (headers as Record<string, string>)['x-person'] });
    },
  });
  person = 'Ana';
  const ana = client.getContainer('cnt_1');
  // The request of the first is on its way by then, and not answered.
  await new Promise<void>((resolve) => process.nextTick(resolve));
  person = 'Bo';
  const bo = client.getContainer('cnt_1');
  expect([(await ana).caption, (await bo).caption]).toEqual(['Ana', 'Bo']);
});
