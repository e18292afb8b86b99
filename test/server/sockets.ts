import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

const open = new Set<Server>();

/** Listens on a free port of this machine. */
export async function listen(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  open.add(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Closes every server that {@link listen} started, and their connections. */
export function closeServers(): void {
  for (const server of open) {
    server.close();
    server.closeAllConnections();
  }
  open.clear();
}

/** A client that does what no honest one does. */
export class RawClient {
  readonly socket: Socket;
  /** Everything that came. */
  text = '';
  /** Settles when the connection has ended, whoever ended it. */
  readonly closed: Promise<void>;

  constructor(port: number, head: string[], body = '') {
    this.socket = connect({ port, host: '127.0.0.1' });
    this.socket.setEncoding('utf8');
    this.socket.on('data', (part: string) => (this.text += part));
    // A reset is one of the ways in which a server may end it.
    this.socket.on('error', () => {});
    this.closed = new Promise((resolve) => this.socket.once('close', () => resolve()));
    this.socket.write(`${[...head, 'host: 127.0.0.1'].join('\r\n')}\r\n\r\n${body}`);
  }

  get status(): number {
    return Number(/^HTTP\/1\.1 (\d+)/.exec(this.text)?.[1] ?? 0);
  }

  /** Settles when a response has begun to come, or the connection has ended. */
  async responds(): Promise<void> {
    while (this.text === '' && !this.socket.destroyed)
      await Promise.race([new Promise((resolve) => this.socket.once('data', resolve)), this.closed]);
  }

  /** Sends spaces as fast as they are taken, without ever stopping for a response. @returns how many bytes were taken before the connection ended */
  async flood(bytes: number): Promise<number> {
    const chunk = Buffer.alloc(64 * 1024, ' ');
    while (this.socket.bytesWritten < bytes && !this.socket.destroyed)
      if (!this.socket.write(chunk)) await Promise.race([new Promise((resolve) => this.socket.once('drain', resolve)), this.closed]);
    return this.socket.bytesWritten - this.socket.writableLength;
  }
}

const used = () => {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** The most memory that was in use while something ran, beyond what was before, in megabytes. Garbage counts. */
export async function memoryOf(work: () => Promise<unknown>): Promise<number> {
  const before = used();
  let most = before;
  const sample = setInterval(() => (most = Math.max(most, used())), 2);
  try {
    await work();
  } finally {
    clearInterval(sample);
  }
  return (Math.max(most, used()) - before) / 1e6;
}
