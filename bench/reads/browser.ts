import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright';
import { createServer } from 'vite';
import { chromiumArgs, findChromium } from '../../scripts/browser.mjs';
import { createSimulator, type Simulator } from '../../src/testing.js';
import { quantile } from './measure.js';

/** What one run in Chromium showed. */
export interface BrowserFigures {
  how: string;
  tabs: number;
  reads: number;
  refused: number;
  knownAfter: { median: number | null; p95: number | null };
  /** React renders of rows while 20 s of polls brought nothing new, and how many polls that were. */
  quiet: { renders: number; polls: number };
}

const COUNT = 50;
const MINUTE = 60_000;

/** N = 50 in real time, in Chromium, over real HTTP: one tab by hand, one of ours, and ten of ours on the same containers. */
export async function measureInBrowser(): Promise<BrowserFigures[]> {
  const executablePath = await findChromium();
  const browser = await chromium.launch({ args: chromiumArgs, ...(executablePath && { executablePath }) });
  try {
    return [await run(browser, 'by hand', 1), await run(browser, 'layers-react', 1), await run(browser, 'layers-react', 10)];
  } finally {
    await browser.close();
  }
}

async function run(browser: Browser, how: string, tabs: number): Promise<BrowserFigures> {
  const simulator = createSimulator({ tier: 'standard', seed: 5 });
  const now = Date.now();
  const lives = Array.from({ length: COUNT }, (_, index) => {
    const totalMs = 20_000 + index * 3_000;
    const stages = [
      { stage: 'generating_visuals', durationMs: totalMs * 0.8 },
      { stage: 'finalizing', durationMs: totalMs * 0.2 },
    ];
    return {
      id: simulator.addContainer({ createdAt: now, generation: { queuedMs: 0, stages, outcome: 'completed' } }),
      endsAt: now + totalMs,
    };
  });
  const known: number[] = [];
  const minute = await open(
    browser,
    simulator,
    how,
    lives.map(({ id }) => id),
    tabs,
    MINUTE,
    (ended) => {
      for (const { id, endsAt } of lives) if (ended[id] !== undefined) known.push(ended[id] - endsAt);
    },
  );
  const stalled = createSimulator({ tier: 'off', seed: 6 });
  const still = Array.from({ length: COUNT }, () =>
    stalled.addContainer({ createdAt: Date.now() - 60_000, generation: { outcome: 'stalled', endsAt: 0.01, eta: 'none', queuedMs: 0 } }),
  );
  const quiet = await openQuiet(browser, stalled, how, still);
  return { how, tabs, ...minute, knownAfter: { median: quantile(known, 0.5), p95: quantile(known, 0.95) }, quiet };
}

async function serve(simulator: Simulator) {
  const api = await simulator.listen(0);
  const vite = await createServer({
    root: fileURLToPath(new URL('./page', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, proxy: { '/v1': { target: api.url } }, hmr: false },
  });
  await vite.listen();
  const url = vite.resolvedUrls?.local[0] ?? '';
  return { url, close: () => Promise.all([vite.close(), api.close()]) };
}

async function open(
  browser: Browser,
  simulator: Simulator,
  how: string,
  ids: string[],
  tabs: number,
  forMs: number,
  told: (ended: Record<string, number>) => void,
) {
  const server = await serve(simulator);
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const address = `${server.url}?how=${encodeURIComponent(how)}&ids=${ids.join(',')}`;
  const pages = await Promise.all(Array.from({ length: tabs }, () => context.newPage()));
  for (const page of pages) await page.goto(address);
  simulator.clearRequests();
  await pages[0]?.waitForTimeout(forMs);
  for (const page of pages) told(await page.evaluate(() => window.ended));
  const reads = simulator.requests.length;
  const refused = simulator.requests.filter(({ status }) => status === 429).length;
  await context.close();
  await server.close();
  return { reads, refused };
}

async function openQuiet(browser: Browser, simulator: Simulator, how: string, ids: string[]) {
  const server = await serve(simulator);
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await page.goto(`${server.url}?how=${encodeURIComponent(how)}&ids=${ids.join(',')}`);
  await page.waitForTimeout(20_000);
  simulator.clearRequests();
  const before = await page.evaluate(() => window.renders);
  await page.waitForTimeout(20_000);
  const renders = (await page.evaluate(() => window.renders)) - before;
  const polls = simulator.requests.length;
  await page.close();
  await server.close();
  return { renders, polls };
}
