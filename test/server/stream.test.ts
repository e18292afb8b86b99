import { createServer as createHttp2Server, connect as connectHttp2 } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type LayersServer, toNodeHandler } from '../../src/server.js';
import { closeServers, listen, RawClient } from './sockets.js';
import { setup } from './support.js';

afterEach(closeServers);

const turn = () => new Promise((resolve) => setImmediate(resolve));
const bytes = (text: string) => new TextEncoder().encode(text);

/** A server whose one response is a stream that the test writes. */
async function streaming() {
  const stream: { controller?: ReadableStreamDefaultController<Uint8Array>; request?: Request; isCanceled: boolean } = {
    isCanceled: false,
  };
  let cancel = () => {};
  const canceled = new Promise<void>((resolve) => (cancel = resolve));
  const server: Pick<LayersServer, 'fetch'> = {
    fetch: async (request) => {
      stream.request = request;
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => void (stream.controller = controller),
        cancel: () => {
          stream.isCanceled = true;
          cancel();
        },
      });
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    },
  };
  const handler = toNodeHandler(server);
  const port = await listen((incoming, outgoing) => handler(incoming, outgoing));
  return { stream, canceled, port, server };
}

describe('a streamed response', () => {
  test('has its headers sent before its first event, and each event when it happens', async () => {
    const { stream, port } = await streaming();
    const response = await fetch(`http://127.0.0.1:${port}/v1/events`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    for (const event of ['data: 1\n\n', 'data: 2\n\n']) {
      stream.controller?.enqueue(bytes(event));
      expect((await reader.read()).value).toBe(event);
    }
    stream.controller?.close();
    expect((await reader.read()).done).toBe(true);
    expect([stream.isCanceled, stream.request?.signal.aborted]).toEqual([false, false]);
  });

  test('is canceled, and its request aborted, when the client disconnects', async () => {
    const { stream, canceled, port } = await streaming();
    const client = new RawClient(port, ['GET /v1/events HTTP/1.1']);
    await client.responds();
    client.socket.destroy();
    await canceled;
    expect(stream.request?.signal.aborted).toBe(true);
  });

  test('is read no further than the client takes it, and in full once it does', async () => {
    let pulls = 0;
    const total = 512;
    const body = () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          pulls += 1;
          controller.enqueue(new Uint8Array(64 * 1024));
          if (pulls === total) controller.close();
        },
      });
    const port = await listen(toNodeHandler({ fetch: async () => new Response(body()) }));
    const client = new RawClient(port, ['GET / HTTP/1.0']);
    client.socket.pause();
    for (let seen = -1; pulls === 0 || seen !== pulls; ) {
      seen = pulls;
      for (let turns = 0; turns < 50; turns += 1) await turn();
    }
    expect(pulls).toBeLessThan(total / 2);
    client.socket.resume();
    await client.closed;
    expect(pulls).toBe(total);
    expect(client.text.length).toBeGreaterThan(total * 64 * 1024);
  });

  test('that fails on its way does not pass for a whole one', async () => {
    const { stream, port } = await streaming();
    const response = await fetch(`http://127.0.0.1:${port}/v1/events`);
    stream.controller?.enqueue(bytes('data: 1\n\n'));
    stream.controller?.error(new Error('lost'));
    await expect(response.text()).rejects.toThrow('terminated');
  });

  test('goes over HTTP/2, and ends there with its client as well', async () => {
    const { stream, canceled, server } = await streaming();
    const handler = toNodeHandler(server);
    const http2 = createHttp2Server((incoming, outgoing) => handler(incoming as never, outgoing as never));
    await new Promise<void>((resolve) => http2.listen(0, '127.0.0.1', resolve));
    const session = connectHttp2(`http://127.0.0.1:${(http2.address() as AddressInfo).port}`);
    try {
      const client = session.request({ ':path': '/v1/events' });
      client.setEncoding('utf8');
      await new Promise((resolve) => client.once('response', resolve));
      const heard = new Promise((resolve) => client.once('data', resolve));
      stream.controller?.enqueue(bytes('data: 1\n\n'));
      expect(await heard).toBe('data: 1\n\n');
      client.close(8);
      await canceled;
      expect(stream.request?.signal.aborted).toBe(true);
    } finally {
      session.destroy();
      http2.close();
    }
  });
});

describe('the connection of a request that was refused unread', () => {
  test('serves the next request if the body was short', async () => {
    const { server } = setup();
    const port = await listen(toNodeHandler(server));
    const refused = 'POST /v1/nowhere HTTP/1.1\r\nhost: x\r\ncontent-length: 40000\r\n\r\n';
    const client = new RawClient(port, ['GET /v1/nowhere HTTP/1.1']);
    await client.responds();
    client.socket.write(refused + ' '.repeat(40_000));
    client.socket.write('GET /v1/content/c1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    await client.closed;
    expect(client.text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 404', 'HTTP/1.1 404', 'HTTP/1.1 404']);
    expect(client.text).toContain('Container not found');
  });

  test('over HTTP/2 tells the client to stop sending', async () => {
    const { server } = setup();
    const handler = toNodeHandler(server);
    const http2 = createHttp2Server((incoming, outgoing) => handler(incoming as never, outgoing as never));
    await new Promise<void>((resolve) => http2.listen(0, '127.0.0.1', resolve));
    const session = connectHttp2(`http://127.0.0.1:${(http2.address() as AddressInfo).port}`);
    try {
      const client = session.request({ ':method': 'POST', ':path': '/v1/nowhere', 'content-length': '1000000000' });
      client.write(' ');
      const status = await new Promise((resolve) => client.once('response', (headers) => resolve(headers[':status'])));
      client.resume();
      await new Promise((resolve) => client.once('close', resolve));
      expect([status, client.rstCode]).toEqual([404, 0]);
    } finally {
      session.destroy();
      http2.close();
    }
  });
});
