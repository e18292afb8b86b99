import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import vm from 'node:vm';
import { afterEach, expect, test, vi } from 'vitest';
import { expressApp } from '../../examples/server/express.js';
import { honoApp } from '../../examples/server/hono.js';
import { nodeServer } from '../../examples/server/node.js';
import { listen, closeServers } from '../server/sockets.js';
import { apiKey, setup } from '../server/support.js';

const root = resolve(import.meta.dirname, '../..');

afterEach(() => {
  closeServers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

type Ask = (path: string, init?: RequestInit) => Promise<Response>;

const overHttp =
  (port: number): Ask =>
  (path, init) =>
    fetch(`http://127.0.0.1:${port}${path}`, init);

test.each<[string, (server: ReturnType<typeof setup>['server']) => Promise<Ask>]>([
  [
    'node:http',
    async (layers) => {
      const server = nodeServer(layers);
      return overHttp(await listen((request, response) => void server.emit('request', request, response)));
    },
  ],
  ['Express', async (layers) => overHttp(await listen(expressApp(layers)))],
  ['Hono', async (layers) => async (path, init) => honoApp(layers).request(path, init)],
])('mounted in %s: a read, a write with a body, and nothing elsewhere', async (_, mount) => {
  const { server, simulator } = setup();
  const ask = await mount(server);
  const id = simulator.addContainer({ state: 'completed' });
  const read = await ask(`/api/layers/v1/content/${id}`);
  expect([read.status, (await read.json()).id]).toEqual([200, id]);
  const write = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"reason":"Too dark"}' };
  expect(await (await ask(`/api/layers/v1/content/${id}/reject`, write)).json()).toMatchObject({
    approvalStatus: 'rejected',
    reason: 'Too dark',
  });
  expect((await ask('/elsewhere')).status).toBe(404);
});

test('as a route handler of Next.js, with the project looked up', async () => {
  const { simulator, projectId } = setup();
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => simulator.fetch(url, init));
  vi.stubEnv('LAYERS_API_KEY', apiKey);
  vi.stubEnv('PROJECT', projectId);
  const { GET, POST } = await import('../../examples/server/next.js');
  expect(POST).toBe(GET);
  const id = simulator.addContainer({ state: 'completed' });
  const get = async (user: string) =>
    (await GET(new Request(`https://partner.example/api/layers/v1/content/${id}`, { headers: { 'x-user': user } }))).status;
  expect([await get('ann'), await get('eve')]).toEqual([200, 404]);
});

test('in a runtime without process, Buffer and modules of Node', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'layers-worker-'));
  try {
    // In a process of its own: Vite's build must not share this one's settings.
    const script = `import { build } from 'vite';
      await build({ configFile: false, logLevel: 'error', build: { outDir: ${JSON.stringify(folder)}, minify: false,
        lib: { entry: 'examples/server/worker.ts', formats: ['iife'], name: 'worker', fileName: () => 'worker.js' } } });`;
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root });
    const code = readFileSync(join(folder, 'worker.js'), 'utf8');
    expect(code).not.toMatch(/["']node:|\brequire\(/);
    const { simulator } = setup();
    const id = simulator.addContainer({ state: 'completed' });
    const web = {
      Request,
      Response,
      Headers,
      URL,
      URLSearchParams,
      TextEncoder,
      TextDecoder,
      ReadableStream,
      AbortController,
      AbortSignal,
      crypto,
    };
    const send = (url: string, init: RequestInit) => simulator.fetch(url, init);
    const scope = vm.createContext({ ...web, Uint8Array, setTimeout, clearTimeout, fetch: send });
    const worker = vm.runInContext(`${code}; worker`, scope);
    const ask = (authorization: string) =>
      worker.fetch(new Request(`https://partner.example/v1/content/${id}`, { headers: { authorization } }), {
        LAYERS_API_KEY: apiKey,
        OWNER_TOKEN: 'mine',
      }) as Promise<Response>;
    expect(vm.runInContext('typeof process + typeof Buffer', scope)).toBe('undefinedundefined');
    expect([(await ask('Bearer mine')).status, (await ask('Bearer theirs')).status]).toEqual([200, 404]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
