import type { ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type LayersServerOptions, toNodeHandler } from '../../src/server.js';
import { closeServers, listen, memoryOf, RawClient } from './sockets.js';
import { setup } from './support.js';

const MB = 1_000_000;
const HUGE = 256 * MB;
const approve = 'POST /v1/content/c1/approve HTTP/1.1';
const asJson = 'content-type: application/json';

afterEach(() => {
  vi.useRealTimers();
  closeServers();
});

/** A server part that listens; `received` settles when a request has come so far that it waits for something. */
async function attacked(options: Partial<LayersServerOptions> = {}) {
  const world = setup(options);
  const handler = toNodeHandler(world.server);
  let arrive = () => {};
  const received = new Promise<void>((resolve) => (arrive = resolve));
  const port = await listen((incoming, outgoing) => {
    handler(incoming, outgoing);
    setImmediate(arrive);
  });
  return { ...world, port, received };
}

describe('a huge body', () => {
  test('is refused before authorize could read it', async () => {
    const read: number[] = [];
    const { port, sent } = await attacked({
      authorize: async (request) => {
        read.push((await request.text()).length);
        return true;
      },
    });
    for (const length of [`content-length: ${HUGE}`, 'transfer-encoding: chunked']) {
      const size = HUGE.toString(16);
      const client = new RawClient(port, [approve, asJson, length], length.startsWith('transfer') ? `${size}\r\n` : '');
      let taken = 0;
      const memory = await memoryOf(async () => (taken = await client.flood(HUGE)));
      expect([client.status, taken < 32 * MB, memory < 100]).toEqual([413, true, true]);
    }
    expect([read, sent]).toEqual([[], []]);
  });

  test('of the largest size that is allowed is all that authorize can read', async () => {
    const read: number[] = [];
    const { port, sent } = await attacked({
      authorize: async (request) => {
        read.push((await request.text()).length);
        return true;
      },
    });
    const body = (bytes: number) => `"${'a'.repeat(bytes - 2)}"`;
    const client = new RawClient(port, [approve, asJson, 'content-length: 65536'], body(65_536));
    await client.responds();
    expect([client.status, read, sent.length]).toEqual([422, [65_536], 1]);
    client.socket.destroy();
  });

  test.each([
    [413, [approve, asJson]],
    [415, [approve, 'content-type: text/plain']],
    [403, [approve, asJson, 'sec-fetch-site: cross-site']],
    [404, ['POST /v1/nowhere HTTP/1.1', asJson]],
    [405, ['PUT /v1/content/c1 HTTP/1.1', asJson]],
    [405, ['TRACE /v1/content/c1 HTTP/1.1']],
    [404, ['GET /v1/content/c1 HTTP/1.1']],
  ])('is not read on after %i %j', async (status, head) => {
    const { port } = await attacked();
    const client = new RawClient(port, [...head, `content-length: ${HUGE}`]);
    const taken = await client.flood(HUGE);
    await client.closed;
    expect([client.status, taken < 32 * MB]).toEqual([status, true]);
  });

  test('that stops coming after the refusal keeps its connection for a second', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { port } = await attacked();
    const client = new RawClient(port, [approve, 'content-type: text/plain', 'content-length: 1000'], '{');
    await client.responds();
    expect(client.status).toBe(415);
    await vi.advanceTimersByTimeAsync(999);
    expect(client.socket.readyState).toBe('open');
    await vi.advanceTimersByTimeAsync(1);
    await client.closed;
  });
});

describe('a slow one', () => {
  test('is a body of which a byte comes every second: 408 after ten, for each of 200', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { server, asked } = setup();
    const handler = toNodeHandler(server);
    let arrived = 0;
    let all = () => {};
    const received = new Promise<void>((resolve) => (all = resolve));
    const port = await listen((incoming, outgoing) => {
      handler(incoming, outgoing);
      arrived += 1;
      if (arrived === 200) setImmediate(all);
    });
    const clients = Array.from({ length: 200 }, () => new RawClient(port, [approve, asJson, 'content-length: 1000'], '{'));
    await received;
    for (let second = 1; second < 10; second += 1) {
      await vi.advanceTimersByTimeAsync(1000);
      for (const { socket } of clients) socket.write(' ');
    }
    await vi.advanceTimersByTimeAsync(999);
    expect(clients.filter(({ status }) => status !== 0)).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await Promise.all(clients.map((client) => client.responds()));
    expect(new Set(clients.map(({ status }) => status))).toEqual(new Set([408]));
    await vi.advanceTimersByTimeAsync(1000);
    await Promise.all(clients.map(({ closed }) => closed));
    expect(asked).toEqual([]);
  });

  test('is authorize that hangs: 500 at the time limit, and the API is not asked', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { port, received, sent, reported } = await attacked({ timeoutMs: 3000, authorize: () => new Promise(() => {}) });
    const client = new RawClient(port, ['GET /v1/content/c1 HTTP/1.1']);
    await received;
    await vi.advanceTimersByTimeAsync(2999);
    expect(client.text).toBe('');
    await vi.advanceTimersByTimeAsync(1);
    await client.responds();
    expect([client.status, sent]).toEqual([500, []]);
    expect(reported.map(({ code, message }) => [code, message])).toEqual([
      ['AUTHORIZATION_FAILED', 'layers-react: authorize did not answer within 3000 ms (timeoutMs), so the request was answered 500.'],
    ]);
    client.socket.destroy();
  });

  test('is a client that takes nothing of its response: it is disconnected after half a minute', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let pulls = 0;
    let isCanceled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulls += 1;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
      cancel: () => void (isCanceled = true),
    });
    const port = await listen(toNodeHandler({ fetch: async () => new Response(body) }));
    const client = new RawClient(port, ['GET / HTTP/1.1']);
    client.socket.pause();
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    // Until the buffers on the way are full.
    for (let seen = -1; pulls === 0 || seen !== pulls; ) {
      seen = pulls;
      for (let turns = 0; turns < 50; turns += 1) await turn();
    }
    await vi.advanceTimersByTimeAsync(29_999);
    expect([isCanceled, pulls * 64 * 1024 < 32 * MB]).toEqual([false, true]);
    while (!isCanceled) {
      await vi.advanceTimersByTimeAsync(1000);
      await turn();
    }
    client.socket.resume();
    await client.closed;
  });
});

describe('from the API', () => {
  /** A server part in front of an API over HTTP that answers in its own way; `closed` settles when the API has lost the connection. */
  async function hostileApi(answer: (outgoing: ServerResponse) => void) {
    let close = () => {};
    const closed = new Promise<void>((resolve) => (close = resolve));
    const port = await listen((_, outgoing) => {
      outgoing.once('close', close);
      answer(outgoing);
    });
    const { get, reported } = setup({ fetch: undefined, baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 50_000 });
    let status = 0;
    const memory = await memoryOf(async () => {
      const response = await get('/v1/content/c1');
      await response.text();
      status = response.status;
      await closed;
    });
    return { status, memory, reported: reported.map(({ code }) => code) };
  }

  test('a small response that is huge once decompressed is 502', async () => {
    const { status, memory, reported } = await hostileApi((outgoing) => {
      outgoing.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      const bomb = createGzip({ level: 1 });
      bomb.pipe(outgoing);
      outgoing.once('close', () => bomb.destroy());
      const chunk = Buffer.alloc(MB, ' ');
      const more = (left: number) => {
        if (left === 0) bomb.end('{}');
        else bomb.write(chunk, () => more(left - 1));
      };
      more(HUGE / MB);
    });
    expect([status, memory < 100, reported]).toEqual([502, true, ['UPSTREAM_TOO_LARGE']]);
  });

  test.each([200, 404, 500])('a body without an end, with %i, is 502, and its connection is closed', async (sent) => {
    const { status, memory, reported } = await hostileApi((outgoing) => {
      outgoing.writeHead(sent, { 'content-type': 'application/json' });
      const chunk = Buffer.alloc(64 * 1024, ' ');
      const more = () => {
        while (!outgoing.destroyed && outgoing.write(chunk));
      };
      outgoing.on('drain', more);
      more();
    });
    expect([status, memory < 100, reported]).toEqual([502, true, ['UPSTREAM_TOO_LARGE']]);
  });
});
