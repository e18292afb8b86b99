import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { chromiumArgs, findChromium } from '../../scripts/browser.mjs';
import type { ScreenFigures } from './screen/main.js';

const ROWS = 10_000;
const PAGE_SIZE = 200;
const APPENDS = 7;
/** How many runs each way has. */
export const SCREEN_RUNS = 3;
const ways = [
  { how: 'all rows', name: '`useInfiniteQuery` by hand, all rows' },
  { how: 'window', name: 'by hand, a window of fixed heights' },
  { how: 'ours', name: 'layers-react' },
] as const;

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), 0);

/** Shows 10,000 containers in a production build, three runs of each way, one after the other; medians, and the worst frame of the median run. */
export async function measureScreen(): Promise<{ columns: string[]; rows: string[][] }> {
  const root = fileURLToPath(new URL('./screen', import.meta.url));
  const outDir = mkdtempSync(join(tmpdir(), 'layers-list-'));
  const publicDir = fileURLToPath(new URL('../../src/simulator/media/files', import.meta.url));
  // A production build, but of the React that tells its Profiler of renders.
  const resolve = { alias: { 'react-dom/client': 'react-dom/profiling' } };
  await build({ root, configFile: false, logLevel: 'error', publicDir, resolve, build: { outDir, emptyOutDir: true } });
  const server = await preview({ root, configFile: false, logLevel: 'error', build: { outDir }, preview: { host: '127.0.0.1', port: 0 } });
  const executablePath = await findChromium();
  const figures = new Map<string, (ScreenFigures & { heap: number })[]>();
  try {
    for (let run = 0; run < SCREEN_RUNS; run += 1) {
      for (const { how } of ways) {
        const browser = await chromium.launch({
          args: [...chromiumArgs, '--enable-precise-memory-info'],
          ...(executablePath && { executablePath }),
        });
        const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
        page.setDefaultTimeout(180_000);
        const session = await page.context().newCDPSession(page);
        await page.goto(server.resolvedUrls?.local[0] ?? '');
        await page.waitForFunction(() => 'prepareList' in window);
        await page.evaluate(([name, rows, size]) => window.prepareList(name, rows, size), [how, ROWS, PAGE_SIZE] as const);
        const heapOf = async () => {
          await session.send('HeapProfiler.collectGarbage');
          return (await session.send('Runtime.getHeapUsage')).usedSize;
        };
        const before = await heapOf();
        const measured = await page.evaluate((appends) => window.measureScreen(appends), APPENDS);
        figures.set(how, [...(figures.get(how) ?? []), { ...measured, heap: (await heapOf()) - before }]);
        await browser.close();
      }
    }
  } finally {
    await server.close();
    rmSync(outDir, { recursive: true, force: true });
  }
  const ms = (value: number) => `${Math.round(value)} ms`;
  const rows = ways.map(({ how, name }) => {
    const runs = figures.get(how) ?? [];
    const over = (pick: (run: ScreenFigures & { heap: number }) => number) => median(runs.map(pick));
    return [
      name,
      ms(over((run) => run.mount)),
      ms(over((run) => median(run.appends))),
      String(over((run) => run.cardRenders)),
      ms(over((run) => run.statusChange)),
      over((run) => run.nodes).toLocaleString('en'),
      over((run) => run.mostNodes).toLocaleString('en'),
      String(over((run) => run.mostVideos)),
      `${(over((run) => run.heap) / 1e6).toFixed(1)} MB`,
      ms(over((run) => most(run.frames))),
      `${over((run) => run.frames.filter((each) => each > 50).length)} of ${over((run) => run.frames.length)}`,
    ];
  });
  const columns = [
    '10,000 containers, cards in 6 columns',
    'mount',
    'append 200',
    'card renders for one status change',
    'until it is drawn',
    'elements',
    'most while scrolling',
    'live videos at most',
    'heap beyond the data',
    'worst frame of a scroll',
    'frames over 50 ms',
  ];
  return { columns, rows };
}
