import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { chromiumArgs, findChromium } from '../../scripts/browser.mjs';
import type { ListFigures } from './page/main.js';

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
    for (const how of ['by hand', 'layers-react'] as const) {
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

const figures = await measure();
const columns = [
  'how',
  'requests for a refresh, 50 pages loaded',
  'rows that stay the same object, 1 put in above 199',
  'the same, above 4,999',
  'row renders for one status change, 5,000 rows',
  'list renders for it',
];
const rows = figures.map(({ how, requests, kept, rowRenders, listRenders }) => [
  how,
  requests,
  `${kept[200]} / 199`,
  `${kept[5000]} / 4999`,
  rowRenders,
  listRenders,
]);
const machine = `${cpus().length} cores, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;
const table = [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const text = `# Lists: the data

In Chromium, on the simulator in the same page. "By hand" is TanStack Query's \`useInfiniteQuery\` as its documentation shows it, refreshed by \`refetch()\`;
both draw every row with a memoized component, of which the renders are counted. All figures are counts. \`npm run bench:list\`; ${machine}.

${table}
`;
mkdirSync('bench/results', { recursive: true });
writeFileSync('bench/results/list.md', text);
writeFileSync('bench/results/list.json', `${JSON.stringify({ machine, columns, rows }, null, 2)}\n`);
process.stdout.write(`${text}\n`);
process.exit(0);
