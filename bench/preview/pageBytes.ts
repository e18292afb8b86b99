import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

/** Gzipped bytes of a page, React not counted. */
export interface PageBytes {
  /** What it starts with. */
  initial: number;
  /** With every chunk that it may fetch later. */
  all: number;
  css: number;
  /** Whether TanStack Query is in it. */
  tanstack: boolean;
}

const SHOW = `import { createElement as h } from 'react'; import { createRoot } from 'react-dom/client';
const show = (element) => createRoot(document.body).render(element);\n`;

/** Builds a page for production with the project's Vite and weighs it. `page` may call `show(element)` and `h`, which is `createElement`; `absent` is left out as if not installed. */
export async function measurePage(page: string, root: string, absent = /^$/): Promise<PageBytes> {
  const entry = join(root, 'page-under-measure.js');
  const built = await build({
    root,
    configFile: false,
    mode: 'production',
    oxc: { jsx: { runtime: 'automatic', development: false } },
    logLevel: 'silent',
    plugins: [
      {
        name: 'page',
        enforce: 'pre',
        resolveId: (id) => (id === entry ? entry : undefined),
        load: (id) => (id === entry ? SHOW + page : undefined),
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: { input: entry, external: [/^react(-dom)?($|\/)/, absent] },
    },
  });
  const { output } = (Array.isArray(built) ? built[0] : built) as Rolldown.RolldownOutput;
  const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])));
  const initial = new Set<string>();
  const follow = (name: string) => {
    if (initial.has(name) || !chunks.has(name)) return;
    initial.add(name);
    for (const next of chunks.get(name)?.imports ?? []) follow(next);
  };
  for (const [name, { isEntry }] of chunks) if (isEntry) follow(name);
  const weigh = (names: Iterable<string>) => [...names].reduce((sum, name) => sum + gzip(chunks.get(name)?.code ?? ''), 0);
  const css = output.reduce((sum, file) => (file.type === 'asset' && file.fileName.endsWith('.css') ? sum + gzip(file.source) : sum), 0);
  const tanstack = [...chunks.values()].some(({ moduleIds }) => moduleIds.some((id) => id.includes('@tanstack')));
  return { initial: weigh(initial), all: weigh(chunks.keys()), css, tanstack };
}

const gzip = (source: string | Uint8Array) => gzipSync(source, { level: 9 }).length;
