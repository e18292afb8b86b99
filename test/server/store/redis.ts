import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createClient } from 'redis';
import { findRedis } from '../../../scripts/redis.mjs';

const path = findRedis();

/** `false`: the tests that need a redis-server are skipped. `npm test` installs one, or says loudly that it can't. */
export const hasRedis = path !== undefined;

/** A Redis server of its own, which keeps nothing on disk. */
export class RedisServer {
  readonly port: number;
  #process: ChildProcess | undefined;

  private constructor(port: number) {
    this.port = port;
  }

  static async start(): Promise<RedisServer> {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    probe.close();
    await once(probe, 'close');
    const server = new RedisServer(port);
    await server.begin();
    return server;
  }

  async begin(): Promise<void> {
    const args = ['--port', `${this.port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.#process = spawn(path ?? '', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    for await (const part of this.#process.stdout as AsyncIterable<Buffer>) {
      said += part.toString();
      if (said.includes('Ready to accept connections')) break;
    }
  }

  /** Ends it; what it held is lost. */
  async end(): Promise<void> {
    const ending = this.#process;
    this.#process = undefined;
    if (ending === undefined) return;
    const exited = once(ending, 'exit');
    ending.kill('SIGKILL');
    await exited;
  }

  /** It keeps its connections, and answers nothing. */
  hang(): void {
    this.#process?.kill('SIGSTOP');
  }

  resume(): void {
    this.#process?.kill('SIGCONT');
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** A connected client, as a partner makes it. */
  async client() {
    const client = createClient({ url: this.url, socket: { reconnectStrategy: 50 } });
    await client.connect();
    return client;
  }
}
