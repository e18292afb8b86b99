import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import pkg from '../../package.json' with { type: 'json' };
import type { Simulator } from '../../src/testing.js';
import { logRequests } from './readLog.js';

/** A built page, and what throws it away. */
export interface BuiltPage {
  folder: string;
  remove(): void;
}

const root = fileURLToPath(new URL('./page', import.meta.url));

/**
 * Builds the page for production. What it imports from the sources is taken from a built package, which may be that of another checkout. What the library
 * rests on is that of this checkout in either case, so that nothing but the library differs.
 */
export async function buildPage(dist: string): Promise<BuiltPage> {
  const folder = mkdtempSync(join(tmpdir(), 'layers-reads-'));
  const at = (file: string) => resolve(dist, file);
  for (const file of ['index.js', 'styles.css'])
    if (!existsSync(at(file))) throw new Error(`${at(file)} is missing: build the package first.`);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: {
      alias: [
        { find: /^.*\/src\/styles\/index\.css$/, replacement: at('styles.css') },
        { find: /^.*\/src\/index\.js$/, replacement: at('index.js') },
      ],
      dedupe: [...Object.keys(pkg.peerDependencies), ...Object.keys(pkg.dependencies)],
    },
    build: { outDir: folder, emptyOutDir: true },
  });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Serves a built page and a simulator from one address, as a partner's server does, and logs every request to the API. */
export async function serve({ folder }: BuiltPage, simulator: Simulator) {
  const { log, fetch } = logRequests(simulator);
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const path = incoming.url ?? '/';
    if (!path.startsWith('/v1/')) {
      const file = path === '/' ? '/index.html' : path.replace(/\?.*/, '');
      const type = types[extname(file)] ?? 'application/octet-stream';
      outgoing.writeHead(200, { 'content-type': type }).end(await readFile(join(folder, file)));
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    );
    const method = incoming.method ?? 'GET';
    const init: RequestInit = { method, headers, ...(chunks.length > 0 && { body: Buffer.concat(chunks).toString() }) };
    const response = await fetch(`https://api.invalid${path}`, init);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(Buffer.from(await response.arrayBuffer()));
  };
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}/`, log, close };
}
