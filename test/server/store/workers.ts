import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

/** Builds one file of this folder with all that it imports, so that any Node can run it. */
export async function buildWorker(name: string): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'layers-worker-'));
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: join(import.meta.dirname, `${name}.ts`), outDir, minify: false, target: 'node20' },
  });
  return join(outDir, `${name}.js`);
}

/** A process and the lines that it has said. */
export class Worker {
  readonly said: string[] = [];
  readonly #process: ChildProcess;

  constructor(file: string, settings: object) {
    this.#process = spawn(process.execPath, [file, JSON.stringify(settings)], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process.stdout?.on('data', (part: Buffer) => this.said.push(...part.toString().trim().split('\n')));
  }

  /** Ends it as `kill -9` does. */
  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exited;
  }
}

/** An API that knows nothing of any budget, and notes when each request was sent. */
export async function countingApi() {
  const departures: number[] = [];
  const server = createServer((request, response) => {
    departures.push(Number(request.headers['x-sent-at']));
    const id = request.url?.split('/').pop();
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ id, status: 'processing' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    departures,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The most requests that were sent in any window of so many milliseconds. */
    mostIn: (windowMs: number) =>
      Math.max(0, ...departures.map((from) => departures.filter((at) => at >= from && at < from + windowMs).length)),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
