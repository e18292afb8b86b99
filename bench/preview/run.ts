import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { measureInBrowser } from './browser.js';
import { measureOwn } from './bytes.js';
import type { PageBytes } from './pageBytes.js';
import { measurePeers } from './peers.js';

const kB = (bytes: number) => (bytes / 1000).toFixed(1);
const MB = (bytes: number) => (bytes / 1e6).toFixed(2);
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const { own, withHls, empty } = await measureOwn();
const peers = await measurePeers();
const browser = await measureInBrowser();
const change = (browser.heapAfter / browser.heapBefore - 1) * 100;

const rows = [
  ['PreviewPlayer, gzip beyond React, at first', `${kB(own.initial - empty.initial)} kB`, '8 kB'],
  ['TanStack Query in it', own.tanstack ? 'yes' : 'no', 'no'],
  ['mounting 200 previews, median', `${median(browser.mounts).toFixed(0)} ms`, '100 ms'],
  ['`<video>` elements then', String(browser.videosAtMount), '0'],
  ['most `<video>` at once, 1,000 previews end to end and back', String(browser.mostVideos), '6'],
  ['heap before and after that', `${MB(browser.heapBefore)} and ${MB(browser.heapAfter)} MB (${change.toFixed(1)}%)`, '10%'],
  ['layout shift', String(browser.shift), '0'],
  ['requests after unmounting', String(browser.afterUnmount), '0'],
];
const table = (head: string[], body: string[][]) =>
  [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const weights = (bytes: PageBytes | string) =>
  typeof bytes === 'string' ? [bytes, '', ''] : [kB(bytes.initial - empty.initial), kB(bytes.all - empty.initial), kB(bytes.css)];
const players = [
  ['PreviewPlayer', ...weights(own)],
  ['PreviewPlayer, hls.js installed', ...weights(withHls)],
  ...peers.map(({ name, bytes }) => [name, ...weights(bytes)]),
];
const machine = `${cpus().length} cores, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;
const text = `# Previews

Chromium, production build, demo media over HTTP. The 200 have posters; the 1,000 have none, so that each wants a \`<video>\` for its first frame.
\`npm run bench:preview\`; ${machine}.

${table(['', 'measured', 'at most'], rows)}

Gzipped kB of a page with one player, built by the project's Vite in this run: beyond React, and beyond a page that shows nothing, which has
${kB(empty.initial)} kB (Vite's own loader of chunks, above all). The other players are installed for the run; their versions are in \`bench/preview/peers.json\`.

${table(['page with', 'at first', 'with all chunks', 'css'], players)}
`;
mkdirSync('bench/results', { recursive: true });
writeFileSync('bench/results/preview.md', text);
writeFileSync('bench/results/preview.json', `${JSON.stringify({ machine, bytes: { own, withHls, empty }, peers, browser }, null, 2)}\n`);
console.log(text);
