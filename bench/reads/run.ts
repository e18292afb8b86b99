import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { measureInBrowser } from './browser.js';
import { type Figures, measure, quantile } from './measure.js';
import { byHand, ours } from './readers.js';

const asked = process.argv.slice(3).map(Number).filter(Number.isFinite);
const counts = asked.length > 0 ? asked : [1, 5, 10, 50, 200, 1000];

const seconds = (milliseconds: number | null) => (milliseconds === null ? '-' : (milliseconds / 1000).toFixed(1));

const columns = [
  'in flight',
  'how',
  'reads, 1st minute',
  'reads a minute',
  'most in 60 s',
  '429s',
  'end known after, median',
  'p95',
  'never known',
  'age on screen, median',
  'p95',
];

function row(count: number, how: string, figures: Figures): (string | number)[] {
  const { firstMinute, steady, busiest, refused, knownAfter, ages, neverKnown } = figures;
  return [
    count,
    how,
    firstMinute,
    steady,
    busiest,
    refused,
    `${seconds(quantile(knownAfter, 0.5))} s`,
    `${seconds(quantile(knownAfter, 0.95))} s`,
    neverKnown,
    `${seconds(quantile(ages, 0.5))} s`,
    `${seconds(quantile(ages, 0.95))} s`,
  ];
}

const rows: (string | number)[][] = [];
for (const count of counts) {
  rows.push(row(count, 'by hand', await measure(count, byHand)));
  rows.push(row(count, 'layers-react', await measure(count, ours)));
  console.log(
    rows
      .slice(-2)
      .map((cells) => cells.join(' | '))
      .join('\n'),
  );
}

const inBrowser = asked.length > 0 ? [] : await measureInBrowser();
const browserColumns = [
  'how',
  'tabs',
  'reads, 1st minute',
  '429s',
  'end known after, median',
  'p95',
  'renders in 20 s without news',
  'polls meanwhile',
];
const browserRows = inBrowser.map(({ how, tabs, reads, refused, knownAfter, quiet }) => [
  how,
  tabs,
  reads,
  refused,
  `${seconds(knownAfter.median)} s`,
  `${seconds(knownAfter.p95)} s`,
  quiet.renders,
  quiet.polls,
]);

const machine = `${cpus().length} cores, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;
const tableOf = (head: string[], body: (string | number)[][]) =>
  [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const text = `# Reads

Four minutes of virtual time (timers and dates faked, everything else real) against the simulator with its standard limiter: 120 reads a minute.
Containers live 60 to 270 s and are replaced when they end; from 10 up, 10 are on screen. "By hand" is TanStack Query with one query a container and the
documented cadence. \`npm run bench:reads\`; ${machine}.

${tableOf(columns, rows)}

The same limiter in real time, in Chromium, over HTTP: 50 containers, 10 on screen, that end one after the other from 20 s on.

${tableOf(browserColumns, browserRows)}
`;
if (asked.length === 0) {
  mkdirSync('bench/results', { recursive: true });
  writeFileSync('bench/results/reads.md', text);
  writeFileSync('bench/results/reads.json', `${JSON.stringify({ machine, columns, rows, browserColumns, browserRows }, null, 2)}\n`);
}
console.log(`\n${text}`);
// Caches keep timers for minutes after their last observer.
process.exit(0);
