// Builds a page from the packed package as a partner's Vite does, without hls.js, and plays a preview that has HLS in it: `npm run package:check`, after
// `npm run build`. The video has to play from its MP4, and nothing has to be missing at build time.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import pkg from '../package.json' with { type: 'json' };
import { chromiumArgs, findChromium } from './browser.mjs';

const folder = mkdtempSync(join(tmpdir(), 'layers-consumer-'));
const modules = join(folder, 'node_modules');

/**
 * @param {string} command
 * @param {...string} args
 */
const run = (command, ...args) => {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
};

const page = `
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { PreviewPlayer } from 'layers-react';
import 'layers-react/styles.css';
const at = (file) => new URL(file, location.href).href;
const preview = { kind: 'video', primaryUrl: at('dawn-run.mp4'), videoUrl: at('dawn-run.mp4'), hlsUrl: at('none.m3u8'), thumbnailUrl: at('dawn-run.jpg'),
  imageUrls: [], durationMs: 7000, aspectRatio: '9:16' };
createRoot(document.getElementById('root')).render(createElement(PreviewPlayer, { preview, autoPlay: true, loop: true, controls: 'minimal' }));
`;

try {
  mkdirSync(join(modules, 'layers-react'), { recursive: true });
  const [{ filename }] = JSON.parse(run('npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', folder));
  run('tar', '-xzf', join(folder, filename), '-C', join(modules, 'layers-react'), '--strip-components=1');
  // What a partner's `npm install` puts beside it; hls.js is optional and not asked for.
  const peers = ['react', 'react-dom', 'scheduler', '@tanstack/react-query', '@tanstack/query-core', '@types/react', '@types/react-dom'];
  for (const name of [...Object.keys(pkg.dependencies), ...peers]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(resolve('node_modules', name), join(modules, name), 'dir');
  }
  const files = join(modules, 'layers-react/dist/simulator/media/files');
  for (const name of ['dawn-run.mp4', 'dawn-run.jpg']) cpSync(join(files, name), join(folder, 'public', name));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><div id="root"></div><script type="module" src="./main.js"></script>');
  writeFileSync(join(folder, 'main.js'), page);

  const config = /** @type {const} */ ({ root: folder, configFile: false, logLevel: 'error' });
  await build({ ...config, resolve: { preserveSymlinks: true } });
  const server = await preview({ ...config, preview: { host: '127.0.0.1', port: 0 } });
  const executablePath = await findChromium();
  const browser = await chromium.launch({ args: chromiumArgs, ...(executablePath && { executablePath }) });
  try {
    const tab = await browser.newPage();
    await tab.goto(server.resolvedUrls?.local[0] ?? '');
    await tab.waitForSelector('.layers-PreviewPlayer[data-state="playing"]', { timeout: 15_000 });
    const source = await tab.locator('video').getAttribute('src');
    if (!source?.endsWith('dawn-run.mp4')) throw new Error(`Without hls.js the video plays from ${source}, not from its MP4.`);
    console.log('A page built from the package without hls.js plays the MP4.');
  } finally {
    await browser.close();
    await server.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
