import { createServer, type IncomingMessage } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { LayersError } from '../../src/core.js';
import { verifyWebhook, type WebhookEvent } from '../../src/server.js';
import { createSimulator, type SimulatorOptions } from '../../src/testing.js';
import { slow } from './support.js';

const secret = 'whsec_simulated';
const closing: (() => unknown)[] = [];

afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** Hands out what comes in, one by one, however early or late it is asked for. */
function inbox<Item>() {
  const items: Item[] = [];
  const waiting: ((item: Item) => void)[] = [];
  return {
    push: (item: Item) => {
      const next = waiting.shift();
      if (next) next(item);
      else items.push(item);
    },
    next: () => new Promise<Item>((resolve) => (items.length > 0 ? resolve(items.shift() as Item) : void waiting.push(resolve))),
    size: () => items.length,
  };
}

/** An endpoint on a socket that verifies the bytes it gets, as a partner's would, and answers what the test says. */
async function endpoint(answer: () => number = () => 204) {
  const events = inbox<WebhookEvent | string>();
  const bodyOf = async (incoming: IncomingMessage) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Uint8Array);
    return Buffer.concat(chunks);
  };
  const server = createServer((incoming, outgoing) => {
    void bodyOf(incoming)
      .then((body) => verifyWebhook(body, incoming.headers, { secret }))
      .then(
        (event) => {
          outgoing.writeHead(answer()).end();
          events.push(event);
        },
        (error: LayersError) => {
          outgoing.writeHead(error.status ?? 500).end();
          events.push(error.code);
        },
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return { events, url: `http://127.0.0.1:${address.port}/webhooks` };
}

describe('over a socket', () => {
  const simulate = (url: string, options: SimulatorOptions = {}) => createSimulator({ webhooks: { url, secret }, ...options });

  test('they leave by themselves, verify, and point at the media of the server that simulates', async () => {
    const { events, url } = await endpoint();
    const simulator = simulate(url);
    const server = await simulator.listen();
    closing.push(() => server.close());
    const id = simulator.addContainer({ generation: { kind: 'video' } });
    simulator.finish(id);
    const told = [await events.next(), await events.next()] as WebhookEvent[];
    const content = told.find(({ type }) => type === 'content.generated');
    if (content?.type !== 'content.generated') throw new Error('not told');
    expect(content.container.id).toBe(id);
    const media = await fetch(content.container.preview?.primaryUrl ?? '', { method: 'HEAD' });
    expect([media.status, media.headers.get('content-type')]).toEqual([200, 'video/mp4']);
    expect(told.map(({ type }) => type).sort()).toEqual(['content.generated', 'job.completed']);
  });

  test('forged ones are refused, and the true ones believed', async () => {
    const { events, url } = await endpoint();
    const simulator = simulate(url, { faults: [{ kind: 'webhook-forged' }] });
    const id = simulator.addContainer({ state: 'completed' });
    simulator.decide(id, 'approved');
    const got = [await events.next(), await events.next()];
    expect(got).toContain('WEBHOOK_SIGNATURE_MISMATCH');
    expect(got).toContainEqual(expect.objectContaining({ type: 'content.approved' }));
    await vi.waitFor(() => expect(simulator.webhooks.map(({ status }) => status)).toEqual([400, 204]));
  });

  test('where nobody listens no answer came, and nothing is thrown', async () => {
    const simulator = simulate('http://127.0.0.1:1/webhooks', { now: () => 0 });
    simulator.sendWebhook('test.ping');
    await simulator.deliverWebhooks();
    expect(simulator.webhooks).toMatchObject([{ status: 0, attempt: 1 }]);
  });
});

describe('timers', () => {
  function fake(options: SimulatorOptions = {}) {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.UTC(2026, 3, 18) });
    const sent = inbox<string>();
    const simulator = createSimulator({
      generation: slow,
      webhooks: {
        url: 'https://partner.example/webhooks',
        secret,
        async fetch(request) {
          const { type } = (await request.json()) as { type: string };
          sent.push(type);
          if (type === 'hangs') await new Promise(() => {});
          return new Response(null, { status: type === 'refused' ? 503 : 204 });
        },
      },
      ...options,
    });
    const began = Date.now();
    const times = () => simulator.webhooks.map(({ at }) => at - began);
    return { simulator, sent, times };
  }

  test('one is set for the next end, and moved when that changes', async () => {
    const { simulator, sent, times } = fake();
    const one = simulator.addContainer();
    const two = simulator.addContainer({ generation: { outcome: 'failed', endsAt: 0.5 } });
    simulator.addContainer({ generation: { outcome: 'stalled' } });
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(await sent.next()).toBe('job.failed');
    await vi.advanceTimersByTimeAsync(1000);
    simulator.finish(one, 'canceled');
    simulator.finish(two);
    await vi.advanceTimersByTimeAsync(0);
    expect(await sent.next()).toBe('job.canceled');
    expect(times()).toEqual([40_000, 41_000]);
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(0));
  });

  test('the next one is set once one has ended, and an accepted cancel moves it', async () => {
    const { simulator, sent, times } = fake();
    const failing = { outcome: 'failed', endsAt: 0.5 } as const;
    simulator.addContainer({ generation: failing });
    await vi.advanceTimersByTimeAsync(1000);
    simulator.addContainer({ generation: failing });
    const canceled = simulator.addContainer();
    await vi.advanceTimersByTimeAsync(39_000);
    expect(await sent.next()).toBe('job.failed');
    await vi.advanceTimersByTimeAsync(1000);
    expect(await sent.next()).toBe('job.failed');
    await simulator.fetch(`https://api.example/v1/jobs/${simulator.jobId(canceled)}/cancel`, { method: 'POST' });
    await vi.advanceTimersByTimeAsync(2000);
    expect(await sent.next()).toBe('job.canceled');
    expect(times()).toEqual([40_000, 41_000, 43_000]);
  });

  test('a retry has one too', async () => {
    const { simulator, sent, times } = fake();
    simulator.sendWebhook('refused');
    await vi.advanceTimersByTimeAsync(0);
    expect(await sent.next()).toBe('refused');
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await sent.next()).toBe('refused');
    expect(times()).toEqual([0, 30_000]);
  });

  test('a retry is not held up by another webhook that is not answered', async () => {
    const { simulator, sent, times } = fake();
    simulator.sendWebhook('hangs');
    simulator.sendWebhook('refused');
    await vi.advanceTimersByTimeAsync(0);
    expect([await sent.next(), await sent.next()].sort()).toEqual(['hangs', 'refused']);
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await sent.next()).toBe('refused');
    expect(times()).toEqual([0, 0, 30_000]);
  });

  test('with an injected clock, and without webhooks, there is none', () => {
    const { simulator } = fake({ now: () => 0 });
    simulator.finish(simulator.addContainer());
    createSimulator({ containers: 20 }).addContainer();
    expect(vi.getTimerCount()).toBe(0);
  });
});
