// Weighs what a partner's page takes from the package, as that page's own Vite would bundle it: `npm run size`, after `npm run build`.
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import pkg from '../package.json' with { type: 'json' };

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {string} file What is imported from, in `dist`
 * @property {string[]} [names] What is imported; everything where left out
 * @property {number} limit What is loaded at once, in kilobytes of gzip
 * @property {number} [later] The parts that are fetched when they are first shown, in kilobytes of gzip; 0 where left out
 */

/** @type {Row[]} */
const rows = [
  { name: 'everything', file: 'index.js', limit: 99.2, later: 10.2 },
  {
    name: 'LayersProvider, ProgressBar, useContainerProgress',
    file: 'index.js',
    names: ['LayersProvider', 'ProgressBar', 'useContainerProgress'],
    limit: 55.0,
    later: 4.2,
  },
  {
    name: 'LayersProvider, useContainer, useContainerProgress, useContainerList',
    file: 'index.js',
    names: ['LayersProvider', 'useContainer', 'useContainerProgress', 'useContainerList'],
    limit: 53.8,
    later: 4.2,
  },
  { name: 'ProgressBar', file: 'index.js', names: ['ProgressBar'], limit: 8.7 },
  { name: 'ContainerGrid', file: 'index.js', names: ['ContainerGrid'], limit: 46.1, later: 6.7 },
  { name: 'PreviewPlayer', file: 'index.js', names: ['PreviewPlayer'], limit: 14.0, later: 7.1 },
  { name: 'useContainer', file: 'index.js', names: ['useContainer'], limit: 3.5 },
  { name: 'layers-react/core', file: 'core.js', limit: 53.0, later: 4.2 },
  { name: 'layers-react/server', file: 'server.js', limit: 72.8, later: 3.3 },
  { name: 'layers-react/testing', file: 'testing.js', limit: 23.7 },
  { name: 'layers-react/styles.css', file: 'styles.css', limit: 8.5 },
];

/** What the page has anyway, or loads only where it plays HLS without the browser's help. */
const external = [...Object.keys(pkg.peerDependencies), 'node:'];
const ENTRY = 'virtual:entry';

/** @param {Row} row */
async function weigh({ file, names }) {
  const path = JSON.stringify(fileURLToPath(new URL(`../dist/${file}`, import.meta.url)));
  const source = file.endsWith('.css') ? `import ${path};` : `export ${names ? `{ ${names.join(', ')} }` : '*'} from ${path};`;
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [{ name: 'entry', resolveId: (id) => (id === ENTRY ? id : null), load: (id) => (id === ENTRY ? source : null) }],
    build: {
      write: false,
      rolldownOptions: {
        input: ENTRY,
        // As in a page: what the entry and the parts that come later share stays with the entry.
        preserveEntrySignatures: 'allow-extension',
        external: (id) => external.some((name) => id === name || id.startsWith(name.endsWith(':') ? name : `${name}/`)),
      },
    },
  });
  const parts = [result].flat().flatMap((each) => ('output' in each ? each.output : []));
  const atOnce = new Set(parts.filter((part) => part.type === 'asset' || part.isEntry).map(({ fileName }) => fileName));
  for (const name of atOnce)
    for (const part of parts) if (part.type === 'chunk' && part.fileName === name) for (const each of part.imports) atOnce.add(each);
  const weight = { atOnce: 0, later: 0 };
  for (const part of parts)
    weight[atOnce.has(part.fileName) ? 'atOnce' : 'later'] += gzipSync(part.type === 'chunk' ? part.code : part.source).length / 1000;
  return weight;
}

for (const row of rows) {
  const { limit, later: laterLimit = 0 } = row;
  const { atOnce, later } = await weigh(row);
  const isOver = atOnce > limit || later > laterLimit;
  if (isOver) process.exitCode = 1;
  const parts = later > 0 ? `, later ${later.toFixed(1)} of ${laterLimit}` : '';
  console.log(`${isOver ? 'TOO LARGE ' : ''}${row.name}: ${atOnce.toFixed(1)} kB of ${limit}${parts}`);
}
