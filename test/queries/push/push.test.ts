import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { containerProgressOptions } from '../../../src/core.js';
// Loaded here, so that nothing waits for the disk while time is stopped.
import '../../../src/queries/push/push.js';
import { createLayersServer } from '../../../src/server.js';
import { createSimulator } from '../../../src/testing.js';
import { closePages, followRow, isDetail, lasting, openPageOf, type Page, stopTime, tick } from '../../truth/support.js';

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  closePages();
  vi.useRealTimers();
});

/** What a page asks of its server part, and passes it on. */
type Send = (request: Request) => Promise<Response>;

/** A page of a server part that offers push. `between`: what is between the two. */
function open(between: (request: Request, send: Send) => Promise<Response> = (request, send) => send(request)) {
  const simulator = createSimulator({ tier: 'off' });
  const server = createLayersServer({
    apiKey: 'lp_live_of_the_house',
    authorize: () => true,
    baseUrl: 'https://api.invalid',
    fetch: simulator.fetch,
  });
  const page = openPageOf(simulator, {
    fetch: (url, init) => between(new Request(url, init as RequestInit), (request) => server.fetch(request)),
  });
  const add = (durationMs: number) => simulator.addContainer({ generation: { ...lasting(durationMs), queuedMs: 0 } });
  return { simulator, server, page, add };
}

const isEvents = ({ url }: { url: string }) => url.endsWith('/v1/events');
const streams = (page: Page) => page.sent.filter(({ path }) => path.endsWith('/v1/events'));

test('an end of which the outcome is not pushed is read after half a minute, though nothing else is in flight', async () => {
  const { simulator, server, page, add } = open();
  const id = add(20_000);
  const row = followRow(page, id, true);
  await tick(15_000);
  simulator.setFaults([{ kind: 'status', status: 502, match: /content\/[^/?]+$/ }]);
  await tick(15_000);
  expect(row.container()).toMatchObject({ status: 'completed', isPartial: true });
  const before = page.reads(isDetail).length;
  await tick(35_000);
  expect(page.reads(isDetail).length).toBeGreaterThan(before);
  expect(page.client.schedule.isPushOpen).toBe(true);
  server.close();
});

test('a client that is closed while it changes what it follows opens no other stream', async () => {
  let isHeld = false;
  const { server, page, add } = open((request, send) => {
    if (!isHeld || !isEvents(request)) return send(request);
    return new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason as Error)));
  });
  followRow(page, add(600_000), true);
  await tick(5_000);
  expect(streams(page)).toHaveLength(1);
  isHeld = true;
  followRow(page, add(600_000), true);
  await tick(1_000);
  expect(streams(page)).toHaveLength(2);
  page.client.close();
  await tick(5_000);
  expect(streams(page)).toHaveLength(2);
  server.close();
});

test.each([Number.POSITIVE_INFINITY, Number.NaN, -1, 0, false] as const)(
  'what is followed with an interval of %s is read once, and not followed by push either',
  async (refetchInterval) => {
    const { server, page, add } = open();
    const options = containerProgressOptions(page.client, add(600_000), { refetchInterval });
    new QueryObserver(page.queryClient, options).subscribe(() => {});
    await tick(20_000);
    expect(page.reads()).toHaveLength(1);
    expect(streams(page)).toEqual([]);
    server.close();
  },
);

test('what is pushed is as current as before, soon after the clock of this machine was set ahead', async () => {
  /** By how much this machine is ahead of the server, in milliseconds, of what is beyond a network's delay. */
  let aheadMs = 0;
  const { server, page, add } = open(async (request, send) => {
    const response = await send(request);
    if (!isEvents(request) || response.body === null) return response;
    const onItsClock = (_: string, name: string, at: string) => `"${name}":${Number(at) - aheadMs}`;
    const decoder = new TextDecoder();
    const encoder = new TextEncoder();
    const clock = new TransformStream<Uint8Array, Uint8Array>({
      transform: (part, controller) =>
        controller.enqueue(encoder.encode(decoder.decode(part, { stream: true }).replaceAll(/"(now|at|readAt)":([\d.]+)/g, onItsClock))),
    });
    return new Response(response.body.pipeThrough(clock), response);
  });
  const id = add(600_000);
  followRow(page, id, true);
  await tick(20_000);
  aheadMs = 60_000;
  await tick(20_000);
  const from = page.reads().length;
  await tick(20_000);
  const { state, lastReadAt } = page.client.schedule.freshness(id);
  expect(state).toBe('live');
  expect(Date.now() - (lastReadAt ?? 0)).toBeLessThan(9_000);
  expect(page.reads()).toHaveLength(from);
  expect(streams(page)).toHaveLength(2);
  server.close();
});
