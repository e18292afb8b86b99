// Builds the README's Next.js example from the packed package and looks at it on a server and in a page: `npm run test:next`, after `npm run build`.
// What the server prefetched has to hydrate without another read, and neither the API's address nor the key may reach the browser.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright';
import { transformWithOxc } from 'vite';
import pkg from '../package.json' with { type: 'json' };
import { chromiumArgs, findChromium } from './browser.mjs';

/** The newest release of Next.js that runs on the Node versions this package supports. */
const NEXT = '16.4.5';
const API = 'https://api.layers.com';
const API_KEY = 'lp_test_0123456789abcdef0123456789abcdef';
const MEDIA = 'https://media.simulator.invalid/';
const HOOK = 'Three knots in a minute';

const folder = mkdtempSync(join(tmpdir(), 'layers-next-'));

/**
 * @param {string} file
 * @param {string} text
 */
const write = (file, text) => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
};

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 */
const run = (command, args, cwd) => {
  const env = { ...process.env, LAYERS_API_KEY: API_KEY, NEXT_TELEMETRY_DISABLED: '1' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
  return stdout;
};

/**
 * @param {boolean} holds
 * @param {string} otherwise
 */
const hold = (holds, otherwise) => {
  if (!holds) throw new Error(otherwise);
};

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  return port;
};

/** @param {string} api */
async function writeApp(api) {
  const blocks = [...readFileSync('README.md', 'utf8').matchAll(/```tsx\n\/\/ (app\/\S+)\.tsx\n([\s\S]*?)```/g)];
  hold(blocks.length >= 2, 'The README has no Next.js example.');
  for (const [, name = '', text = ''] of blocks) {
    const { code } = await transformWithOxc(text.replaceAll(API, api), `${name}.tsx`, { jsx: 'preserve', sourcemap: false });
    write(`${name}.jsx`, code);
  }
  const handler = `createLayersServer({ apiKey: '${API_KEY}', baseUrl: '${api}', authorize: () => true })`;
  write(
    'app/api/layers/[...path]/route.js',
    `import { createLayersServer } from 'layers-react/server';\nexport const { fetch: GET, fetch: POST } = ${handler};\n`,
  );
  write('package.json', '{ "private": true, "type": "module" }\n');
  write('next.config.js', `export default { turbopack: { root: ${JSON.stringify(folder)} } };\n`);
}

/** @param {string} url */
async function answered(url) {
  for (;;) {
    const response = await fetch(url).catch(() => null);
    if (response) return response;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

// Built, and so unknown to the type checker.
/** @type {typeof import('../src/testing.js')} */
const { createSimulator } = await import(new URL('../dist/testing.js', import.meta.url).href);
const simulator = createSimulator({ apiKeys: [{ key: API_KEY, tier: 'off' }], mediaBaseUrl: MEDIA });
const done = simulator.addContainer({ state: 'completed', hook: HOOK });
const api = await simulator.listen(0);
/** @type {import('node:child_process').ChildProcess | undefined} */
let server;
/** @type {import('playwright').Browser | undefined} */
let browser;
try {
  await writeApp(api.url);
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], '.'));
  const { react, 'react-dom': dom, '@tanstack/react-query': query } = pkg.devDependencies;
  const packages = [`next@${NEXT}`, `react@${react}`, `react-dom@${dom}`, `@tanstack/react-query@${query}`, join(folder, filename)];
  run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages], folder);
  const next = join(folder, 'node_modules/next/dist/bin/next');
  run(process.execPath, [next, 'build'], folder);

  const port = await freePort();
  const url = `http://127.0.0.1:${port}/content/`;
  server = spawn(process.execPath, [next, 'start', '-p', String(port), '-H', '127.0.0.1'], {
    cwd: folder,
    stdio: 'ignore',
    env: { ...process.env, LAYERS_API_KEY: API_KEY },
  });
  const html = await (await answered(url + done)).text();
  hold(html.includes(HOOK), 'The HTML does not show what the server prefetched.');
  hold(!html.includes(new URL(api.url).host) && !html.includes(API_KEY), 'The HTML names the API or the key.');

  const executablePath = await findChromium();
  browser = await chromium.launch({ args: chromiumArgs, ...(executablePath && { executablePath }) });
  const page = await browser.newPage();
  /** @type {string[]} */
  const reads = [];
  /** @type {string[]} */
  const complaints = [];
  page.on('request', (request) => request.url().includes('/api/layers/') && reads.push(request.url()));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.route(`${MEDIA}**`, async (route) => {
    const response = await simulator.fetch(route.request().url());
    const { status, headers } = response;
    await route.fulfill({ status, headers: Object.fromEntries(headers), body: Buffer.from(await response.arrayBuffer()) });
  });
  await page.goto(url + done, { waitUntil: 'networkidle' });
  hold((await page.textContent('body'))?.includes(HOOK) === true, 'The page lost what the server prefetched.');
  hold(reads.length === 0, `The page read again what it had: ${reads.join(', ')}`);

  // What is in flight goes on from there.
  const live = simulator.addContainer({ hook: HOOK, generation: { queuedMs: 0, stages: [{ stage: 'finalizing', durationMs: 6_000 }] } });
  await page.goto(url + live);
  await page.waitForSelector('.layers-ContainerScreen[data-state="making"]');
  await page.waitForFunction(() => !document.querySelector('.layers-ContainerScreen[data-state="making"]'));
  hold(reads.length > 0, 'The page did not follow what was in flight.');
  hold(complaints.length === 0, `The page complained: ${complaints.join('\n')}`);
  console.log('What Next.js prefetched hydrates: no second read, no address and no key in the page.');
} finally {
  await browser?.close();
  if (server?.exitCode === null && server.kill()) await once(server, 'exit');
  await api.close();
  rmSync(folder, { recursive: true, force: true });
}
