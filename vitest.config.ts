import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';
import { chromiumArgs, findChromium, findFirefox } from './scripts/browser.mjs';
import { faultyMedia } from './test/support/faultyMedia.js';
import { opaqueFrames } from './test/support/opaqueFrames.js';
import { refuseFile } from './test/support/refusedFiles.js';
import { serverHtml } from './test/support/serverHtml.js';

const here = (path: string) => new URL(path, import.meta.url).pathname;
const react18 = process.env.REACT === '18';
const alias = react18
  ? [
      { find: /^react-dom($|\/)/, replacement: `${here('./test/react-18/node_modules/react-dom')}$1` },
      { find: /^react($|\/)/, replacement: `${here('./test/react-18/node_modules/react')}$1` },
    ]
  : [];
// The `node_modules` of another version of TanStack Query: see scripts/peers.mjs.
const tanstack = process.env.TANSTACK;
const peerAlias = tanstack ? [{ find: /^@tanstack\/(react-query|query-core)$/, replacement: `${tanstack}/@tanstack/$1` }] : [];
const cacheDir = (name: string) => `node_modules/.vite-${name}-react${react18 ? 18 : 19}${tanstack ? '-peer' : ''}`;

const executablePath = await findChromium();
// Made anew for each project: Vitest writes the project's name into it.
const browser = () => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  api: { host: '127.0.0.1' },
  commands: { serverHtml, refuseFile },
  viewport: { width: 800, height: 600 },
  provider: playwright({ launchOptions: { args: chromiumArgs, ...(executablePath && { executablePath }) } }),
  instances: [{ browser: 'chromium' as const }],
});

const browserDeps = {
  include: ['react', 'react-dom', 'react-dom/client', 'react/jsx-dev-runtime', '@tanstack/react-query', 'zod/mini', 'hls.js', 'fast-check'],
};

// A slow or busy machine needs longer for what is waited for. Nothing passes by being slow: these only bound how long a failure takes.
// What fails is tried once more, and named at the end of the run: a browser's frames, real media and the order of a busy machine's sockets are not ours to pace.
const patience = { testTimeout: 30_000, hookTimeout: 30_000, expect: { poll: { timeout: 15_000 } }, retry: 1 };

// The suffix picks the runner: .test and .ssr.test run in Node, .browser.test in Chromium; .test-d files are held by `tsc`.
const projects: TestProjectConfiguration[] = [
  {
    plugins: [react()],
    cacheDir: cacheDir('node'),
    resolve: { alias: peerAlias },
    test: {
      ...patience,
      name: 'node',
      environment: 'node',
      setupFiles: ['./test/support/clock.ts', './test/support/properties.ts'],
      // Time is simulated wherever it matters: how fast the machine is must not decide.
      testTimeout: 60_000,
      include: ['test/**/*.test.{ts,tsx}'],
      exclude: ['test/**/*.browser.test.{ts,tsx}', '**/node_modules/**'],
    },
  },
  {
    plugins: [react(), faultyMedia(), opaqueFrames()],
    cacheDir: cacheDir('browser'),
    publicDir: here('./src/simulator/media/files'),
    resolve: { alias },
    optimizeDeps: browserDeps,
    test: {
      ...patience,
      name: 'browser',
      include: ['test/**/*.browser.test.{ts,tsx}'],
      exclude: ['test/engines/**', '**/node_modules/**'],
      browser: browser(),
    },
  },
];
if (!react18)
  projects.push({
    plugins: [storybookTest({ configDir: here('./.storybook') })],
    cacheDir: cacheDir('storybook'),
    test: { ...patience, name: 'storybook', browser: browser() },
  });

// Only through `npm run test:engines`: the tests of real media in other engines, one at a time.
const mediaTests = ['test/components/PreviewPlayer*.browser.test.tsx', 'test/components/slideshow*.browser.test.tsx'];
const engine = (name: string, more: object, include = mediaTests): TestProjectConfiguration => ({
  plugins: [react(), faultyMedia()],
  cacheDir: cacheDir(name),
  publicDir: here('./src/simulator/media/files'),
  optimizeDeps: browserDeps,
  test: { ...patience, name, include, fileParallelism: false, browser: { ...browser(), ...more } },
});
const engines = process.env.ENGINES?.split(',') ?? [];
if (engines.includes('firefox')) {
  const installed = await findFirefox();
  // Vitest scales the frame round a test; over BiDi nothing in it can then be clicked.
  const unscaled =
    "document.head.append(Object.assign(document.createElement('style'), { textContent: '#vitest-tester, #vitest-tester * { transform: none !important }' }))";
  // 0 lets everything play by itself, 5 nothing.
  const firefox = (autoplay: 0 | 5) => ({
    orchestratorScripts: [{ type: 'text/javascript', content: unscaled }],
    provider: playwright({
      launchOptions: { ...installed, firefoxUserPrefs: { 'media.autoplay.default': autoplay, 'media.autoplay.blocking_policy': 2 } },
    }),
    instances: [{ browser: 'firefox' as const }],
  });
  projects.push(engine('firefox', firefox(0)), engine('firefox-refuses', firefox(5), ['test/engines/refusal.browser.test.tsx']));
}
if (engines.includes('webkit')) {
  const { webkitgtk } = await import('./test/support/webkitgtk.js');
  const shown = () => ({ headless: false, ui: false, instances: [{ browser: 'safari' as const }] });
  projects.push(
    engine('webkit', { ...shown(), provider: webkitgtk({ port: 4577, nativeHls: true }) }),
    // What plays HLS by itself never needs hls.js: the same engine without that shows that it works over ManagedMediaSource as well.
    engine('webkit-mse', { ...shown(), provider: webkitgtk({ port: 4578, nativeHls: false }) }, [
      'test/components/PreviewPlayerHls.browser.test.tsx',
    ]),
  );
}

export default defineConfig({
  test: {
    projects,
    maxWorkers: 2,
    reporters: ['default', './scripts/failed-reporter.ts', './scripts/count-reporter.ts'],
    coverage: { include: ['src/**'] },
  },
});
