import { connect, createServer as createHttp2Server } from 'node:http2';
import { createServer, request, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type LayersServer, type NodeRequest, toNodeHandler } from '../../src/server.js';
import { setup } from './support.js';

const open: Server[] = [];

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

afterEach(() => {
  for (const server of open.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** Sends a target as it stands: `fetch` would tidy it. */
function raw(port: number, path: string, method = 'GET', headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers }, async (answer: IncomingMessage) => {
      let text = '';
      for await (const part of answer) text += String(part);
      resolve({ status: answer.statusCode ?? 0, text });
    })
      .on('error', reject)
      .end();
  });
}

const approval = (body: string): RequestInit => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body });

describe('toNodeHandler', () => {
  test('answers reads and decisions in a plain server', async () => {
    const { simulator, server } = setup();
    const port = await serve(toNodeHandler(server));
    const id = simulator.addContainer({ state: 'completed' });
    const url = `http://127.0.0.1:${port}/api/layers/v1/content/${id}`;
    const read = await fetch(url);
    expect([read.status, read.headers.get('cache-control'), ((await read.json()) as { id: string }).id]).toEqual([200, 'no-store', id]);
    const decided = await fetch(`${url}/reject`, approval(JSON.stringify({ reason: 'Zu dunkel 🌚' })));
    expect(await decided.json()).toMatchObject({ reason: 'Zu dunkel 🌚' });
    expect((await fetch(`${url}/approve`, approval('{}'))).status).toBe(409);
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(405);
  });

  test('passes 304 without a body', async () => {
    const { simulator, server } = setup({}, { now: () => 1_776_504_600_000 });
    const port = await serve(toNodeHandler(server));
    const url = `http://127.0.0.1:${port}/v1/jobs/${simulator.jobId(simulator.addContainer())}`;
    const etag = (await fetch(url)).headers.get('etag') ?? '';
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  test('sees the whole address where a mount has cut it, even through /v1', async () => {
    const { server, asked } = setup({ authorize: (request) => request.url.endsWith('/api/v1/content/c1?x=1') });
    const handler = toNodeHandler(server);
    const port = await serve((incoming: NodeRequest, outgoing) => {
      incoming.originalUrl = incoming.url;
      incoming.url = (incoming.url ?? '').replace('/api/v1', '');
      handler(incoming, outgoing);
    });
    expect((await raw(port, '/api/v1/content/c1?x=1')).text).toContain('Container not found');
    expect(asked).toEqual([]);
  });

  test.each([
    ['an object', (text: string): unknown => JSON.parse(text)],
    ['text', (text: string): unknown => text],
    ['bytes', (text: string): unknown => Buffer.from(text)],
  ])('takes a body that a parser before it has read into %s', async (_, parse) => {
    const { simulator, server } = setup();
    const handler = toNodeHandler(server);
    const id = simulator.addContainer({ state: 'completed' });
    const port = await serve(async (incoming: NodeRequest, outgoing) => {
      let text = '';
      for await (const part of incoming) text += String(part);
      incoming.body = parse(text);
      handler(incoming, outgoing);
    });
    const response = await fetch(`http://127.0.0.1:${port}/v1/content/${id}/reject`, approval('{"reason":"Too dark"}'));
    expect(await response.json()).toMatchObject({ approvalStatus: 'rejected', reason: 'Too dark' });
  });

  test('a body over the limit is refused and the connection lives on', async () => {
    const { simulator, server, sent } = setup();
    const port = await serve(toNodeHandler(server));
    const id = simulator.addContainer({ state: 'completed' });
    const url = `http://127.0.0.1:${port}/v1/content/${id}/approve`;
    expect((await fetch(url, approval(JSON.stringify({ note: 'a'.repeat(300_000) })))).status).toBe(413);
    const stream = new ReadableStream({
      start(controller) {
        for (let part = 0; part < 40; part += 1) controller.enqueue(new TextEncoder().encode(' '.repeat(8192)));
        controller.close();
      },
    });
    const init: RequestInit & { duplex: 'half' } = { ...approval(''), body: stream, duplex: 'half' };
    expect((await fetch(url, init)).status).toBe(413);
    expect(sent).toEqual([]);
    expect((await fetch(url, approval('{}'))).status).toBe(200);
  });

  test('the upstream read ends when the browser closes the connection', async () => {
    const { server, sent } = setup({}, { faults: [{ kind: 'hang' }] });
    const port = await serve(toNodeHandler(server));
    const browser = new AbortController();
    const pending = fetch(`http://127.0.0.1:${port}/v1/content/c1`, { signal: browser.signal }).catch(() => 'left');
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    browser.abort();
    expect(await pending).toBe('left');
    await vi.waitFor(() => expect(sent[0]?.init.signal?.aborted).toBe(true));
  });

  test('an answered request aborts nothing', async () => {
    const signals: AbortSignal[] = [];
    const { server } = setup({
      authorize: (asking) => {
        signals.push(asking.signal);
        return false;
      },
    });
    const port = await serve(toNodeHandler(server));
    await raw(port, '/v1/content/c1', 'GET', { connection: 'close' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  });

  test.each(['//evil.example/v1/content/c1', '/\\evil.example/v1/content/c1', '/a/../v1/content/c1'])(
    'an address cannot name another server: %s',
    async (path) => {
      const urls: string[] = [];
      const { server } = setup({
        authorize: (asking) => {
          urls.push(new URL(asking.url).hostname);
          return false;
        },
      });
      const port = await serve(toNodeHandler(server));
      expect((await raw(port, path)).status).toBe(404);
      expect(urls).toEqual(['127.0.0.1']);
    },
  );

  test.each(['http://evil.example/v1/content/c1', '*'])('a target that is no path is not there: %s', async (path) => {
    const { server, asked } = setup();
    const port = await serve(toNodeHandler(server));
    expect((await raw(port, path)).status).toBe(404);
    expect(asked).toEqual([]);
  });

  test('a Host header that is none does no harm', async () => {
    const { simulator, server } = setup();
    const port = await serve(toNodeHandler(server));
    const id = simulator.addContainer({ state: 'completed' });
    for (const host of ['a b', ']', 'x/y?z#', 'user@evil.example'])
      expect([host, (await raw(port, `/v1/content/${id}`, 'GET', { host })).status]).toEqual([host, 200]);
  });

  test('what goes wrong on the way is the next handler’s, or 500', async () => {
    const broken: Pick<LayersServer, 'fetch'> = { fetch: () => Promise.reject(new Error('broken')) };
    const errors: unknown[] = [];
    const handler = toNodeHandler(broken);
    const withNext = await serve((incoming, outgoing) =>
      handler(incoming, outgoing, (error) => {
        errors.push(error);
        outgoing.writeHead(503).end();
      }),
    );
    expect([(await raw(withNext, '/v1/content/c1')).status, errors]).toEqual([503, [new Error('broken')]]);
    const alone = await serve(handler);
    expect(await raw(alone, '/v1/content/c1')).toEqual({ status: 500, text: '' });
  });

  test('answers over HTTP/2 as well', async () => {
    const { simulator, server } = setup();
    const handler = toNodeHandler(server);
    const id = simulator.addContainer({ state: 'completed' });
    const http2 = createHttp2Server((incoming, outgoing) => handler(incoming as never, outgoing as never));
    await new Promise<void>((resolve) => http2.listen(0, '127.0.0.1', resolve));
    const session = connect(`http://127.0.0.1:${(http2.address() as AddressInfo).port}`);
    try {
      const send = async (path: string, body?: string) => {
        const method = body === undefined ? {} : { ':method': 'POST', 'content-type': 'application/json' };
        const stream = session.request({ ':path': path, ...method });
        stream.end(body);
        let text = '';
        for await (const part of stream) text += String(part);
        return JSON.parse(text) as Record<string, unknown>;
      };
      expect(await send(`/v1/content/${id}`)).toMatchObject({ id });
      expect(await send(`/v1/content/${id}/approve`, '{"note":"Good"}')).toMatchObject({ approvalStatus: 'approved' });
    } finally {
      session.close();
      http2.close();
    }
  });

  test('a method that a Request cannot have is refused', async () => {
    const { server } = setup();
    const port = await serve(toNodeHandler(server));
    expect((await raw(port, '/v1/content/c1', 'TRACE')).status).toBe(405);
  });
});
