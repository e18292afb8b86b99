import { Agent, createServer, request as httpRequest, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { resolve as resolvePath } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RedisClientType } from 'redis';
import { answer, sendNews } from './child.js';

export interface HostSettings {
  apiUrl: string;
  /** The built package; `null`: a proxy that passes everything on. */
  dist: string | null;
  /** `null`: this process shares nothing with another. */
  redisUrl: string | null;
  /** @default 'lp_bench' */
  apiKey?: string;
  /** Of webhooks; none are taken without. */
  webhookSecret?: string;
}

/** What the server part needs of them. */
interface PartSettings extends Omit<HostSettings, 'dist'> {
  dist: string;
}

/** What a server process used since it started; memory in bytes after a collection. */
export interface HostUsage {
  cpuSeconds: number;
  /** The heap, and what is held outside of it. */
  heap: number;
  rss: number;
  /** Sent to browsers, headers included. */
  bytes: number;
  authorizes: number;
  /** Calls of `onError`. */
  errors: number;
}

/** The partner's server in a process of its own. */
export async function runHost(settings: HostSettings): Promise<void> {
  const counts = { authorizes: 0, errors: 0 };
  const { dist, apiUrl } = settings;
  const server = createServer(dist === null ? passOn(apiUrl) : await serverPart({ ...settings, dist }, counts));
  const sockets = new Set<Socket>();
  let closedBytes = 0;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => {
      closedBytes += socket.bytesWritten;
      sockets.delete(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    globalThis.gc?.();
    const { heapUsed, external, rss } = process.memoryUsage();
    const bytes = closedBytes + [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0);
    answer({ cpuSeconds: (user + system) / 1e6, heap: heapUsed + external, rss, bytes, ...counts } satisfies HostUsage);
  });
  answer({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

function passOn(apiUrl: string): RequestListener {
  const agent = new Agent({ keepAlive: true });
  return (incoming, outgoing) => {
    const sent = httpRequest(`${apiUrl}${incoming.url}`, { method: incoming.method, agent }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    sent.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
    sent.end();
  };
}

async function serverPart(
  { dist, apiUrl, redisUrl, apiKey = 'lp_bench', webhookSecret }: PartSettings,
  counts: { authorizes: number; errors: number },
): Promise<RequestListener> {
  const built = await import(/* @vite-ignore */ pathToFileURL(resolvePath(dist, 'server.js')).href);
  const store = redisUrl === null ? undefined : await redisStore(built, redisUrl, apiKey);
  const layers = built.createLayersServer({
    apiKey,
    baseUrl: apiUrl,
    authorize: () => {
      counts.authorizes += 1;
      return true;
    },
    onError: () => {
      counts.errors += 1;
    },
    ...(store !== undefined && { store }),
    ...(webhookSecret !== undefined && { webhookSecret }),
  });
  return built.toNodeHandler(layers);
}

/** What {@link redisStore} needs of the package. */
interface Built {
  createRedisStore: (client: Pick<RedisClientType, 'sendCommand' | 'duplicate' | 'on'>) => unknown;
}

/** When a process was given the lease, and so reads for all. */
export interface Lead {
  leadsAt: number;
  apiKey: string;
}

/** The store of a partner's process, which also tells the benchmark when it is given the lease. */
async function redisStore({ createRedisStore }: Built, url: string, apiKey: string): Promise<unknown> {
  const { createClient } = await import('redis');
  const client = (await createClient({ url }).connect()) as RedisClientType;
  let leads = false;
  const sendCommand: RedisClientType['sendCommand'] = async (args, options) => {
    const reply = await client.sendCommand(args, options);
    // The script that takes or keeps it has a key, a holder and a time.
    if (args[3]?.includes(':lease:') && args.length === 6) {
      if (Number(reply) === 1 && !leads) sendNews({ leadsAt: Date.now(), apiKey } satisfies Lead);
      leads = Number(reply) === 1;
    }
    return reply as never;
  };
  return createRedisStore({ sendCommand, duplicate: () => client.duplicate(), on: (event, listener) => client.on(event, listener) });
}
