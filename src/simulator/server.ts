import type { IncomingMessage, ServerResponse } from 'node:http';
import { importNode } from './node.js';
import type { SimulatorServer } from './types.js';
import type { Transport } from './transport.js';
import { wait } from './wait.js';

/** Where a simulator's server has its media. */
export const mediaPath = '/media/';

/** Serves a simulator over HTTP on 127.0.0.1. Node only. @param mediaBase `null`: the server's own media */
export async function listen(transport: Transport, port: number, mediaBase: string | null): Promise<SimulatorServer> {
  const { createServer } = await importNode('http');
  let base = '';
  const server = createServer((incoming, outgoing) => {
    answer(transport, incoming, outgoing, mediaBase ?? base).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  const url = `http://127.0.0.1:${taken}`;
  base = url + mediaPath;
  return {
    url,
    port: taken,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function answer(transport: Transport, incoming: IncomingMessage, outgoing: ServerResponse, mediaBase: string): Promise<void> {
  const url = incoming.url ?? '/';
  const cut = url.indexOf('?');
  const path = cut === -1 ? url : url.slice(0, cut);
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const request = {
    method: incoming.method ?? 'GET',
    path,
    search: cut === -1 ? '' : url.slice(cut),
    headers: headersOf(incoming),
    body: Buffer.concat(chunks).toString('utf8'),
    mediaBase,
  };
  const { latencyMs, result } = await transport.dispatch(request, path.startsWith(mediaPath) ? path.slice(mediaPath.length) : null);
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  if (latencyMs > 0) await wait(latencyMs, gone.signal);
  if (result === 'hang') await wait(Infinity, gone.signal);
  if (result === 'drop' || result === 'hang') {
    incoming.socket.destroy();
    return;
  }
  const { status, headers, body } = result;
  outgoing.writeHead(status, headers);
  outgoing.end(body ?? undefined);
}

function headersOf({ headers }: IncomingMessage): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) result.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return result;
}
