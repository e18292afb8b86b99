import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright';
import { build, preview } from 'vite';
import { chromiumArgs, findChromium } from '../../scripts/browser.mjs';
import { trace, type TraceFigures } from './trace.js';

const RUNS = 3;
const QUIET_SECONDS = 5;
const POLLS = 4;
const POLL_EVERY_MS = 2_000;
const ways = [
  { how: 'layers-react', name: 'layers-react' },
  { how: 'width', name: 'CSS width transition' },
  { how: 'frame', name: 'setState each frame' },
];

interface Run {
  quiet: TraceFigures & { renders: number };
  polled: TraceFigures;
}

// A production build, but of the React that tells its Profiler of renders.
const root = fileURLToPath(new URL('./page', import.meta.url));
const outDir = mkdtempSync(join(tmpdir(), 'layers-bars-'));
await build({
  root,
  configFile: false,
  logLevel: 'error',
  resolve: { alias: { 'react-dom/client': 'react-dom/profiling' } },
  build: { outDir, emptyOutDir: true },
});
const server = await preview({ root, configFile: false, logLevel: 'error', build: { outDir }, preview: { host: '127.0.0.1', port: 0 } });
const url = server.resolvedUrls?.local[0] ?? '';

const executablePath = await findChromium();
const browser = await chromium.launch({ args: chromiumArgs, ...(executablePath && { executablePath }) });

async function measure(on: Browser, how: string): Promise<Run> {
  const page = await on.newPage({ viewport: { width: 1600, height: 1300 } });
  const session = await page.context().newCDPSession(page);
  await page.goto(`${url}?how=${how}`);
  await page.waitForFunction(() => typeof window.poll === 'function');
  // From the second reading on a bar moves.
  await page.waitForTimeout(1_500);
  await page.evaluate(() => window.poll());
  await page.waitForTimeout(500);
  const before = await page.evaluate(() => window.rendersBetween);
  const quiet = await trace(session, () => page.waitForTimeout(QUIET_SECONDS * 1_000));
  const renders = (await page.evaluate(() => window.rendersBetween)) - before;
  const polled = await trace(session, async () => {
    for (let poll = 0; poll < POLLS; poll += 1) {
      await page.evaluate(() => window.poll());
      await page.waitForTimeout(POLL_EVERY_MS);
    }
  });
  await page.close();
  return { quiet: { ...quiet, renders }, polled };
}

const runs = new Map<string, Run[]>(ways.map(({ how }) => [how, []]));
for (let run = 0; run < RUNS; run += 1) for (const { how } of ways) runs.get(how)?.push(await measure(browser, how));
const version = browser.version();
await browser.close();
await server.close();
rmSync(outDir, { recursive: true, force: true });

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const rounded = (value: number) => (value >= 10 ? Math.round(value) : Math.round(value * 100) / 100);
const columns = [
  '200 bars',
  'frames a second',
  'layouts a second',
  'style recalculations a second',
  'main thread, ms a second',
  `React renders in ${QUIET_SECONDS} s between polls`,
  'main thread with polls every 2 s, ms a second',
];
const rows = ways.map(({ how, name }) => {
  const all = runs.get(how) ?? [];
  const of = (pick: (run: Run) => number) => rounded(median(all.map(pick)));
  return [
    name,
    of(({ quiet }) => quiet.frames),
    of(({ quiet }) => quiet.layouts),
    of(({ quiet }) => quiet.styles),
    of(({ quiet }) => quiet.mainThread),
    of(({ quiet }) => quiet.renders),
    of(({ polled }) => polled.mainThread),
  ];
});
const machine = `${cpus().length} cores, Chromium ${version}, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;
const text = `# Bars

200 bars on one screen, all of them moving, in a production build; traced for ${QUIET_SECONDS} s between two readings, then over ${POLLS} readings of all
bars at once. Medians of ${RUNS} runs. Chromium runs without a GPU. \`npm run bench:bars\`; ${machine}.

${[columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}
`;
mkdirSync('bench/results', { recursive: true });
writeFileSync('bench/results/bars.md', text);
writeFileSync('bench/results/bars.json', `${JSON.stringify({ machine, columns, rows, runs: Object.fromEntries(runs) }, null, 2)}\n`);
console.log(`\n${text}`);
process.exit(0);
