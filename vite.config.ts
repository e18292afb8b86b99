import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import pkg from './package.json' with { type: 'json' };

const external = ['node:', ...Object.keys(pkg.peerDependencies), ...Object.keys(pkg.dependencies)];

/** Joins the stylesheets of src/styles in name order, with base.css first, and adds the declaration that TypeScript 6+ asks of a side-effect import. */
const assets: Plugin = {
  name: 'layers-assets',
  closeBundle() {
    const names = readdirSync('src/styles').filter((name) => name.endsWith('.css') && name !== 'index.css');
    names.sort((a, b) => Number(b === 'base.css') - Number(a === 'base.css') || a.localeCompare(b));
    writeFileSync('dist/styles.css', names.map((name) => readFileSync(`src/styles/${name}`, 'utf8')).join('\n'));
    writeFileSync('dist/styles.css.d.ts', 'export {};\n');
    if (existsSync('src/simulator/media/files')) cpSync('src/simulator/media/files', 'dist/simulator/media/files', { recursive: true });
  },
};

const languages = ['en', 'de', 'es', 'fr', 'pt-BR', 'ja', 'ar'].map((tag) => [`locales/${tag}`, `src/locales/${tag}.ts`]);

export default defineConfig({
  plugins: [react(), assets],
  build: {
    target: 'es2022',
    sourcemap: true,
    minify: false,
    lib: {
      entry: {
        index: 'src/index.ts',
        core: 'src/core.ts',
        server: 'src/server.ts',
        testing: 'src/testing.ts',
        ...Object.fromEntries(languages),
      },
      formats: ['es'],
    },
    rolldownOptions: {
      external: (id) => external.some((name) => id === name || id.startsWith(name.endsWith(':') ? name : `${name}/`)),
      // One file a module: only so does each React file keep its own 'use client'.
      output: { preserveModules: true, preserveModulesRoot: 'src', entryFileNames: '[name].js' },
    },
  },
});
