import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LayersServerOptions } from '../../../src/server.js';
import { stopTime, tick as pass } from '../../truth/support.js';
import { house, listen } from './support.js';

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A server part that allows each viewer one stream, and a request for one that its browser can end. */
function setup(options: Partial<LayersServerOptions> = {}) {
  const parts = house({ viewer: () => 'one', push: { streamsPerViewer: 1 }, ...options });
  const browser = new AbortController();
  const id = parts.inFlight();
  const request = new Request('https://partner.example/api/layers/v1/events', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-layers-events': '1' },
    body: JSON.stringify({ follow: [{ id, wants: ['record', 'progress'], isOnScreen: true, isKnown: false }], projects: [] }),
    signal: browser.signal,
  });
  /** Whether a stream counts or anything is read a minute later. */
  const isOver = async () => {
    await pass(1_000);
    const before = parts.sent.length;
    await pass(60_000);
    expect(parts.sent).toHaveLength(before);
    return (await parts.ask([])).status === 200;
  };
  return { ...parts, browser, request, id, isOver };
}

describe('a stream whose response is dropped without a word', () => {
  test("ends when its request is aborted: nothing is read for it, and it takes nobody's place", async () => {
    const { server, browser, request, sent, isOver } = setup();
    expect((await server.fetch(request)).status).toBe(200);
    await pass(10_000);
    expect(sent.length).toBeGreaterThan(1);
    browser.abort();
    expect([await isOver(), request.signal.aborted]).toEqual([true, true]);
    server.close();
  });

  test('never begins where its browser has left before the answer', async () => {
    let answer: (id: string) => void = () => {};
    const viewer = new Promise<string>((resolve) => (answer = resolve));
    const { server, browser, request, sent, asked, isOver } = setup({ viewer: () => viewer });
    const response = server.fetch(request);
    await pass(10);
    browser.abort();
    answer('one');
    await response;
    await pass(10_000);
    expect([sent, asked]).toEqual([[], []]);
    expect(await isOver()).toBe(true);
    server.close();
  });

  test('is over for whoever reads it after all', async () => {
    const { server, browser, request } = setup();
    const stream = listen(await server.fetch(request));
    await pass(5_000);
    expect(stream.messages.length).toBeGreaterThan(1);
    browser.abort();
    await pass(10);
    expect([stream.isOver, request.signal.aborted]).toEqual([true, true]);
    server.close();
  });
});

test('a stream that nobody reads, canceled long after its server was closed, takes nothing from those that were opened since', async () => {
  const { ask, open, inFlight, webhook, projectId, server } = house();
  const id = inFlight();
  const still = await ask([id], { cookie: 'one' });
  await pass(3_000);
  server.close();
  const since = await open([id], { cookie: 'two' });
  await pass(5_000);
  await still.body?.cancel();
  const before = since.told().length;
  await webhook({ id: 'evt_1', type: 'content.approved', data: { id, projectId } });
  await pass(10);
  expect(JSON.stringify(since.told().slice(before))).toContain('"approvalStatus":"approved"');
  server.close();
});
