import { once } from 'node:events';
import { createServer as createSocket } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumArgs, findChromium } from '../scripts/browser.mjs';

// The demo as a newcomer starts it, in a browser of its own. A slow machine needs a while for what a page loads.
const PATIENCE_MS = 120_000;

let server: ViteDevServer;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

async function freePort(): Promise<number> {
  const socket = createSocket().listen(0, '127.0.0.1');
  await once(socket, 'listening');
  const address = socket.address();
  socket.close();
  return typeof address === 'object' && address ? address.port : 0;
}

beforeAll(async () => {
  process.env['DEMO_SECONDS'] = '6';
  const port = await freePort();
  server = await createServer({
    configFile: 'examples/demo/vite.config.ts',
    logLevel: 'error',
    cacheDir: 'node_modules/.vite-demo-test',
    server: { port },
  });
  await server.listen();
  const executablePath = await findChromium();
  browser = await chromium.launch({ args: chromiumArgs, ...(executablePath && { executablePath }) });
  page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  // However slow the machine is, no state of the screen's bar is missed.
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { barStates: seen });
    new MutationObserver(() => {
      const state = document.querySelector('.layers-ContainerScreen [role=progressbar]')?.getAttribute('data-state');
      if (state && seen.at(-1) !== state) seen.push(state);
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
  await page.goto(`http://127.0.0.1:${port}/`);
}, PATIENCE_MS);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test(
  'somebody makes a video, sees it wait and come along, plays it and approves it',
  async () => {
    await page.getByRole('button', { name: 'Make a video' }).click();
    const screen = page.locator('.layers-ContainerScreen');
    const play = screen.getByRole('button', { name: /^Play video/ });
    await play.waitFor();
    const states = await page.evaluate(() => (window as unknown as { barStates: string[] }).barStates);
    expect(states).toEqual(['queued', expect.stringMatching(/^(running|indeterminate)$/), 'completed']);

    await play.click();
    const video = screen.locator('video');
    await video.evaluate(
      (element: HTMLVideoElement) =>
        new Promise<void>((resolve) => {
          const look = () => !element.paused && element.currentTime > 0 && resolve();
          element.addEventListener('timeupdate', look);
          look();
        }),
    );

    await screen.getByRole('button', { name: 'Approve' }).click();
    await screen.getByText('Approved', { exact: true }).first().waitFor();
    await screen.getByRole('button', { name: 'Approve' }).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  },
  PATIENCE_MS,
);

test(
  'why nothing was made covers nothing on a phone, and goes with the next try or when it is closed',
  async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    let isRefused = true;
    await page.route('**/content/ugc-remix', (route) =>
      isRefused ? route.fulfill({ status: 503, json: { error: { code: 'UNAVAILABLE', message: 'Down' } } }) : route.continue(),
    );
    const make = page.getByRole('button', { name: 'Make a video' });
    const close = page.getByRole('button', { name: 'Close' });
    await page.goto(`${new URL(page.url()).origin}/#all`);
    await make.click();
    await close.waitFor();
    const [header, heading] = await Promise.all([page.locator('header').boundingBox(), page.locator('h1').boundingBox()]);
    expect((header?.y ?? 0) + (header?.height ?? 0)).toBeLessThanOrEqual(heading?.y ?? 0);
    await close.click();
    await close.waitFor({ state: 'detached' });
    await make.click();
    await close.waitFor();
    isRefused = false;
    await make.click();
    await page.locator('.layers-ContainerScreen').waitFor();
    await close.waitFor({ state: 'detached' });
  },
  PATIENCE_MS,
);
