import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { measureInBrowser } from './browser.js';
import { measureBytes } from './bytes.js';

/** Gzipped kB of other players, React external, as measured on such a machine in November 2026: what they start with, and all they may fetch. */
const PEERS: [string, string, string][] = [
  ['react-player', '2.4', '626'],
  ['media-chrome, minimal controls', '45', '45'],
  ['Vidstack, core / default layout', '80', '94 + 11 css'],
  ['video.js', '209 + 12 css', '209 + 12 css'],
  ['Livepeer player', '250', '250'],
  ['Mux player / its lazy entry', '329 / 1.0', '329'],
];

const kB = (bytes: number) => (bytes / 1000).toFixed(1);
const MB = (bytes: number) => (bytes / 1e6).toFixed(2);
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const bytes = await measureBytes();
const browser = await measureInBrowser();
const change = (browser.heapAfter / browser.heapBefore - 1) * 100;

const rows = [
  ['PreviewPlayer, gzip beyond React, at first', `${kB(bytes.initial)} kB`, '8 kB'],
  ['with every part that it may fetch, save hls.js', `${kB(bytes.all)} kB`, ''],
  ['TanStack Query in it', bytes.tanstack ? 'yes' : 'no', 'no'],
  ['mounting 200 previews, median', `${median(browser.mounts).toFixed(0)} ms`, '100 ms'],
  ['`<video>` elements then', String(browser.videosAtMount), '0'],
  ['most `<video>` at once, 1,000 previews end to end and back', String(browser.mostVideos), '6'],
  ['heap before and after that', `${MB(browser.heapBefore)} and ${MB(browser.heapAfter)} MB (${change.toFixed(1)}%)`, '10%'],
  ['layout shift', String(browser.shift), '0'],
  ['requests after unmounting', String(browser.afterUnmount), '0'],
];
const table = (head: string[], body: string[][]) =>
  [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const machine = `${cpus().length} cores, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;
const text = `# Previews

Chromium, production build, demo media over HTTP. The 200 have posters; the 1,000 have none, so that each wants a \`<video>\` for its first frame.
\`npm run bench:preview\`; ${machine}.

${table(['', 'measured', 'at most'], rows)}

Gzipped kB of other players, React external (measured earlier, not in this run):

${table(['player', 'at first', 'all chunks'], PEERS)}
`;
mkdirSync('bench/results', { recursive: true });
writeFileSync('bench/results/preview.md', text);
writeFileSync('bench/results/preview.json', `${JSON.stringify({ machine, bytes, browser }, null, 2)}\n`);
console.log(text);
