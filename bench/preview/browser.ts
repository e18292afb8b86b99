import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import { type CDPSession, chromium, type Page } from 'playwright';
import { chromiumArgs, findChromium } from '../../scripts/browser.mjs';
import { serveMedia } from '../../src/simulator/media/serve.js';
import { previewStyles } from './bytes.js';

/** What one browser showed. */
export interface BrowserFigures {
  /** Milliseconds to mount 200 previews, run by run. */
  mounts: number[];
  /** `<video>` elements right after. */
  videosAtMount: number;
  /** Of 1,000 previews without posters, scrolled end to end and back. */
  mostVideos: number;
  heapBefore: number;
  heapAfter: number;
  shift: number;
  /** Requests after the page had been emptied in the middle of a tour, once those under way had ended. */
  afterUnmount: number;
}

const RUNS = 7;

/** Mounts and scrolls previews in Chromium, built for production, with the demo media over real HTTP. */
export async function measureInBrowser(): Promise<BrowserFigures> {
  const server = await serve();
  const executablePath = await findChromium();
  const args = [...chromiumArgs, '--js-flags=--expose-gc'];
  const browser = await chromium.launch({ args, ...(executablePath && { executablePath }) });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const mounts: number[] = [];
    let videosAtMount = 0;
    for (let run = 0; run < RUNS; run += 1) {
      await page.goto(server.url);
      mounts.push(await page.evaluate(() => window.mountPreviews(200, true)));
      videosAtMount = Math.max(videosAtMount, await page.evaluate(() => document.querySelectorAll('video').length));
    }
    await page.goto(server.url);
    await page.evaluate(() => window.mountPreviews(1000, false));
    const session = await page.context().newCDPSession(page);
    await page.waitForTimeout(1500);
    const heapBefore = await heapOf(session);
    const mostVideos = await tour(page);
    await page.waitForTimeout(1500);
    const heapAfter = await heapOf(session);
    const shift = await page.evaluate(() => window.shift);
    await page.evaluate(() => window.scrollTo(0, 3000));
    await page.waitForTimeout(300);
    await page.evaluate(() => window.unmountPreviews());
    await page.waitForTimeout(500);
    const before = server.count();
    await page.waitForTimeout(3000);
    return { mounts, videosAtMount, mostVideos, heapBefore, heapAfter, shift, afterUnmount: server.count() - before };
  } finally {
    await browser.close();
    server.close();
  }
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

/** Down and up again by half a screen, counting at every frame. */
function tour(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let most = 0;
    const end = document.documentElement.scrollHeight;
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (const sign of [1, -1])
      for (let at = 0; at <= end; at += 400) {
        window.scrollTo(0, sign === 1 ? at : end - at);
        for (let wait = 0; wait < 3; wait += 1) {
          await frame();
          most = Math.max(most, document.querySelectorAll('video').length);
        }
      }
    return most;
  });
}

async function serve() {
  const { outputFiles } = await build({
    entryPoints: ['bench/preview/page/main.tsx'],
    bundle: true,
    minify: true,
    format: 'esm',
    outfile: 'main.js',
    jsx: 'automatic',
    write: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    external: ['hls.js'],
  });
  const styles = previewStyles();
  let requests = 0;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://bench.invalid').pathname;
    if (path.startsWith('/media/')) {
      requests += 1;
      const { range } = request.headers;
      void serveMedia('GET', path.slice('/media/'.length), new Headers(range ? { range } : {}), 'req').then(({ status, headers, body }) =>
        response.writeHead(status, headers).end(body),
      );
    } else if (path === '/main.js') response.setHeader('Content-Type', 'text/javascript').end(outputFiles[0]?.contents);
    else if (path === '/styles.css') response.setHeader('Content-Type', 'text/css').end(styles);
    else createReadStream('bench/preview/page/index.html').pipe(response.setHeader('Content-Type', 'text/html'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, count: () => requests, close: () => server.close() };
}
