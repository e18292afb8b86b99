import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { chromiumArgs, findChromium } from '../../scripts/browser.mjs';
import type { ListFigures } from './page/main.js';
import { measureScreen, SCREEN_RUNS } from './screen.js';

/** Counts, all exact: nothing here is timed, so one run says as much as many. */
async function measure(): Promise<ListFigures[]> {
  const server = await createServer({
    root: fileURLToPath(new URL('./page', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, hmr: false },
  });
  await server.listen();
  const executablePath = await findChromium();
  const browser = await chromium.launch({ args: chromiumArgs, ...(executablePath && { executablePath }) });
  try {
    const figures: ListFigures[] = [];
    for (const how of ['by hand', 'by hand, virtualized', 'layers-react'] as const) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
      await page.goto(server.resolvedUrls?.local[0] ?? '');
      await page.waitForFunction(() => 'measureList' in window);
      figures.push(await page.evaluate((name) => window.measureList(name), how));
      await page.close();
    }
    return figures;
  } finally {
    await browser.close();
    await server.close();
  }
}

const data = await measure();
const columns = [
  'how',
  'requests for a refresh, 50 pages loaded',
  'rows that stay the same object, 1 put in above 199',
  'the same, above 4,999',
  'row renders for one status change, 5,000 rows',
  'list renders for it',
  'rows in the document',
];
const rows = data.map(({ how, requests, kept, rowRenders, listRenders, drawn }) => [
  how,
  requests,
  `${kept[200]} / 199`,
  `${kept[5000]} / 4999`,
  rowRenders,
  listRenders,
  drawn,
]);
const tableOf = (head: readonly string[], body: readonly (readonly (string | number)[])[]) =>
  [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const machine = `${cpus().length} cores, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;
// The data alone is a matter of seconds: `npm run bench:list -- data`, which keeps no results.
if (process.argv.includes('data')) {
  process.stdout.write(`${tableOf(columns, rows)}\n`);
  process.exit(0);
}
const screen = await measureScreen();
const text = `# Lists

In Chromium, on the simulator in the same page. "By hand" is TanStack Query's \`useInfiniteQuery\` as its documentation shows it, refreshed by \`refetch()\`.
\`npm run bench:list\`; ${machine}.

## The data

All draw rows with a memoized component, of which the renders are counted; "virtualized" draws those in view through TanStack Virtual, the others all. All
figures are counts.

${tableOf(columns, rows)}

## The screen

The same \`ContainerCard\` in all three, with pictures, 1280 x 720, a production build. The window by hand knows the height of its rows, cannot be reached by
keys and restores nothing. "Mount": again, with all data in the cache. The scroll: 300 frames of 120 px, then 80 leaps over all rows and back, of which a
way whose frames take longer does as many as fit in 10 s each. Medians of ${SCREEN_RUNS} runs, each in a browser of its own; of each run the median of 7 appends.

${tableOf(screen.columns, screen.rows)}
`;
mkdirSync('bench/results', { recursive: true });
writeFileSync('bench/results/list.md', text);
writeFileSync('bench/results/list.json', `${JSON.stringify({ machine, data: { columns, rows }, screen }, null, 2)}\n`);
process.stdout.write(`${text}\n`);
process.exit(0);
