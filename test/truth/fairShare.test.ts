import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLayersServer } from '../../src/server.js';
// Loaded here, so that nothing waits for the disk while time is stopped.
import '../../src/queries/push/push.js';
import { createSimulator } from '../../src/testing.js';
import { busiestMinute, closePages, followRow, LATENCY, lasting, openPageOf, stopTime, tick } from './support.js';

vi.setConfig({ testTimeout: 120_000 });

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  closePages();
  vi.useRealTimers();
});

const MANY = { containers: 1_000, projects: 50, perStream: 500 };
/** Those of other people: two in a project of their own, and one alone. */
const OTHERS = 3;

test.each([
  { what: 'by push, in many projects', push: true, projects: MANY.projects },
  { what: 'by push, each in a project of its own', push: true, projects: MANY.containers },
  { what: 'by polling, in many projects', push: false, projects: MANY.projects },
])('one viewer who follows a thousand containers ($what) does not starve the others', async ({ push, projects }) => {
  const apiKey = 'lp_live_of_the_house';
  const projectIds = Array.from({ length: projects + OTHERS }, (_, index) => `prj_${index}`);
  const simulator = createSimulator({ apiKeys: [{ key: apiKey, tier: 'standard' }], faults: [LATENCY], projectIds });
  const viewer = (request: Request) => request.headers.get('x-user');
  const server = createLayersServer({ apiKey, authorize: () => true, viewer, baseUrl: 'https://api.invalid', fetch: simulator.fetch });
  const send = (path: string, init?: RequestInit) => server.fetch(new Request(`https://host.invalid${path}`, init));
  const many = Array.from({ length: MANY.containers }, (_, index) =>
    simulator.addContainer({ projectId: projectIds[index % projects] ?? '', generation: lasting(3_600_000) }),
  );
  const greedy = { 'x-user': 'greedy', 'content-type': 'application/json', 'x-layers-events': '1' };
  const statuses: number[] = [];
  const readers: ReadableStreamDefaultReader<Uint8Array>[] = [];
  for (let first = 0; push && first < many.length; first += MANY.perStream) {
    const follow = many
      .slice(first, first + MANY.perStream)
      .map((id) => ({ id, wants: ['record', 'progress'], isOnScreen: true, isKnown: false }));
    const { status, body } = await send('/v1/events', { method: 'POST', headers: greedy, body: JSON.stringify({ follow, projects: [] }) });
    statuses.push(status);
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    readers.push(reader);
    void (async () => {
      while (!(await reader.read()).done);
    })();
  }
  expect(statuses).toEqual(push ? [200, 200] : []);
  let polled = 0;
  const poll = () => {
    if (push) return;
    for (let times = 0; times < 3; times += 1) {
      polled += 1;
      void send(`/v1/content/${many[polled % many.length]}/progress`, { headers: greedy }).then((response) => response.text());
    }
  };
  await tick(60_000, poll);

  const arrivedAt = Date.now();
  const rows = Array.from({ length: OTHERS }, (_, index) => {
    const projectId = projectIds[projects + index] ?? '';
    const page = openPageOf(simulator, {
      push: 'auto',
      fetch: (url, init) =>
        server.fetch(
          new Request(url, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), 'x-user': `other-${index}` } }),
        ),
    });
    const ids = Array.from({ length: 1 + (index % 2) }, () =>
      simulator.addContainer({ projectId, generation: { ...lasting(60_000), queuedMs: 0 } }),
    );
    return ids.map((id) => followRow(page, id, true));
  }).flat();
  await tick(100_000, poll);
  const since = (from: number, at: number | null) => (at ?? Number.POSITIVE_INFINITY) - from;
  for (const { first, over } of rows) {
    expect(since(arrivedAt, first.progress)).toBeLessThan(30_000);
    expect(since(arrivedAt + 60_000, over.container)).toBeLessThan(40_000);
  }
  expect(busiestMinute(simulator.requests.map(({ at }) => at))).toBeLessThanOrEqual(96);
  expect(simulator.requests.filter(({ status }) => status === 429)).toEqual([]);
  for (const reader of readers) await reader.cancel();
  server.close();
});
