import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';

/** Leaves out what is fetched only when it is first shown. */
const withoutParts: Plugin = {
  name: 'without-parts',
  setup: (bundler) =>
    bundler.onResolve({ filter: /.*/ }, ({ kind, path }) => (kind === 'dynamic-import' ? { path, external: true } : undefined)),
};

/** Gzipped bytes of a page with only `PreviewPlayer`, React external: what it starts with, and with every part of ours that it may fetch. */
export async function measureBytes(): Promise<{ initial: number; all: number; tanstack: boolean }> {
  const bundle = async (plugins: Plugin[]) => {
    const { outputFiles, metafile } = await build({
      stdin: { contents: "export { PreviewPlayer } from './src/index.ts';", resolveDir: '.', loader: 'ts' },
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      jsx: 'automatic',
      write: false,
      metafile: true,
      external: ['react', 'react-dom', 'react/jsx-runtime', 'hls.js', '@tanstack/react-query'],
      plugins,
    });
    const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path));
    return { bytes: gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length, imports };
  };
  const initial = await bundle([withoutParts]);
  const all = await bundle([]);
  return { initial: initial.bytes, all: all.bytes, tanstack: initial.imports.includes('@tanstack/react-query') };
}
