import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { quantile, stopTime, tick } from '../../truth/support.js';
import { setup } from '../support.js';

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  vi.useRealTimers();
});

const lasting = (durationMs: number) =>
  ({ queuedMs: 0, stages: [{ stage: 'rendering', durationMs }], kind: 'video', outcome: 'completed', eta: 'exact' }) as const;

/** A server part, and viewers who poll paths every 2 s. What it hashes is hashed in real time: each step waits for that. */
function house() {
  const parts = setup({ readsPerMinute: 96 });
  const get = async (path: string, viewer: string) => {
    const response = await parts.get(path, { headers: { cookie: viewer } });
    const body: { status?: string } = await response.json();
    return { status: response.status, age: Number(response.headers.get('age')), body };
  };
  const run = async (ms: number, each: () => void = () => {}) => {
    for (let at = 0; at < ms; at += 500) {
      if (at % 2_000 === 0) each();
      await tick(500, () => {}, 250);
      await crypto.subtle.digest('SHA-256', new Uint8Array(10_000));
    }
  };
  const readsOf = (pattern: RegExp) => parts.sent.filter(({ url }) => pattern.test(url)).length;
  return { ...parts, get, run, readsOf };
}

describe('what is polled', () => {
  test.each([3, 150])('by %i viewers is read as often as the plan says, and each is answered at once with its age', async (viewers) => {
    const { simulator, get, run, sent, server } = house();
    const paths = Array.from({ length: 10 }, () => `/v1/content/${simulator.addContainer({ generation: lasting(600_000) })}/progress`);
    await run(20_000, () => {
      for (const path of paths) void get(path, 'first');
    });
    const [before, ages]: [number, number[]] = [sent.length, []];
    await run(20_000, () => {
      for (let viewer = 0; viewer < viewers; viewer += 1)
        void get(paths[viewer % 10] as string, `${viewer}`).then(({ age }) => ages.push(age));
    });
    expect(ages).toHaveLength(viewers * 10);
    expect(quantile(ages, 1)).toBeLessThanOrEqual(15);
    expect(sent.length - before).toBeGreaterThanOrEqual(20);
    expect(sent.length - before).toBeLessThanOrEqual(34);
    server.close();
  });

  test('is followed by the sweep of its project: an end that a list shows is told to whoever polls progress', async () => {
    const { simulator, get, run, readsOf, server } = house();
    const ids = Array.from({ length: 40 }, (_, index) => simulator.addContainer({ generation: lasting(index === 0 ? 40_000 : 600_000) }));
    const startedAt = Date.now();
    let knownAt = Number.POSITIVE_INFINITY;
    await run(60_000, () => {
      for (const id of ids)
        void get(`/v1/content/${id}/progress`, id).then(({ body }) => {
          if (id === ids[0] && body.status === 'completed') knownAt = Math.min(knownAt, Date.now());
        });
    });
    expect(readsOf(/\/v1\/projects\//)).toBeGreaterThan(5);
    expect(knownAt - startedAt - 40_000).toBeLessThanOrEqual(7_500);
    server.close();
  });

  test('is read no more 15 s after the last time, and nothing is read of what has ended', async () => {
    const { simulator, get, run, sent, server } = house();
    const id = simulator.addContainer({ generation: lasting(600_000) });
    await run(10_000, () => void get(`/v1/content/${id}/progress`, 'one'));
    await run(16_000);
    const before = sent.length;
    await run(60_000);
    expect(sent.length).toBe(before);
    const ended = simulator.addContainer({ state: 'completed' });
    for (let round = 0; round < 3; round += 1) await get(`/v1/content/${ended}/progress`, 'one');
    await run(30_000);
    expect(sent.length).toBe(before + 1);
    server.close();
  });

  test('by somebody who polls hundreds of containers leaves room for what others poll', async () => {
    const { simulator, get, run, readsOf, server } = house();
    const add = () => simulator.addContainer({ generation: lasting(900_000) });
    const [many, few] = [Array.from({ length: 200 }, add), Array.from({ length: 5 }, add)];
    const poll = () => {
      for (const id of many) get(`/v1/content/${id}/progress`, 'greedy').catch(() => {});
    };
    await run(20_000, poll);
    const answers: number[] = [];
    await run(16_000, () => {
      poll();
      for (const id of few) void get(`/v1/content/${id}/progress`, 'modest').then(({ status }) => answers.push(status));
    });
    // Each is read within seconds, and then answered at once.
    expect(answers.filter((status) => status === 200).length).toBeGreaterThanOrEqual(20);
    for (const id of few) expect(readsOf(new RegExp(id))).toBeGreaterThan(0);
    server.close();
  });
});
