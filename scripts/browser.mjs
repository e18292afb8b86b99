// Finds browsers that the tests can drive, and installs a Chromium where there is none.
// Chromium, in this order:
//   1. $CHROMIUM_PATH / $CHROME_BIN / $CHROME_PATH
//   2. the copy that `npx playwright install chromium` left (GitHub Actions, laptops)
//   3. Chrome, Chromium or Edge installed on this machine
//   4. @sparticuz/chromium from node_modules (Linux x64; optional dependency: no root, no download)
//   5. `ensure`: apt-get install chromium (root, or passwordless sudo in CI), else `playwright install chromium`
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const isRoot = process.getuid?.() === 0;

/** @param {string | undefined | false} p */
const executable = (p) => {
  if (!p) return undefined;
  try {
    accessSync(p, constants.X_OK);
    return p;
  } catch {
    return undefined;
  }
};

/** @param {string[]} names */
export const onPath = (...names) => {
  for (const name of names)
    for (const dir of (process.env.PATH ?? '').split(delimiter)) {
      const p = executable(dir && join(dir, name));
      if (p) return p;
    }
  return undefined;
};

/** @param {'chromium' | 'firefox'} name */
const playwrightOwn = async (name) => {
  const playwright = await import('playwright');
  try {
    return executable(playwright[name].executablePath());
  } catch {
    return undefined;
  }
};

const installedChrome = () => {
  if (process.platform === 'darwin') {
    for (const app of ['Google Chrome', 'Chromium', 'Microsoft Edge'])
      for (const root of ['/Applications', join(process.env.HOME ?? '', 'Applications')]) {
        const p = executable(join(root, `${app}.app/Contents/MacOS/${app}`));
        if (p) return p;
      }
    return undefined;
  }
  if (process.platform === 'win32') {
    for (const root of [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA])
      for (const rel of [
        'Google/Chrome/Application/chrome.exe',
        'Chromium/Application/chrome.exe',
        'Microsoft/Edge/Application/msedge.exe',
      ]) {
        const p = executable(root && join(root, rel));
        if (p) return p;
      }
    return undefined;
  }
  return onPath('chromium', 'google-chrome-stable', 'google-chrome', 'chromium-browser', 'microsoft-edge-stable');
};

const npmChromium = async () => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const before = process.env.AWS_LAMBDA_JS_RUNTIME;
  try {
    // makes the package unpack its own NSS libraries and fonts, and point LD_LIBRARY_PATH / FONTCONFIG_PATH at them
    process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs20.x';
    const { default: chromium } = await import('@sparticuz/chromium');
    return executable(await chromium.executablePath());
  } catch {
    return undefined;
  } finally {
    if (before === undefined) delete process.env.AWS_LAMBDA_JS_RUNTIME;
    else process.env.AWS_LAMBDA_JS_RUNTIME = before;
  }
};

/** @returns {Promise<string | undefined>} */
export async function findChromium() {
  const asked = process.env.CHROMIUM_PATH ?? process.env.CHROME_BIN ?? process.env.CHROME_PATH;
  if (asked) return executable(asked);
  return (await playwrightOwn('chromium')) ?? installedChrome() ?? (await npmChromium());
}

/**
 * Playwright's own Firefox, else an installed one over WebDriver BiDi.
 * @returns {Promise<{ executablePath: string, channel?: string } | undefined>}
 */
export async function findFirefox() {
  const own = process.env.FIREFOX_PATH ? undefined : await playwrightOwn('firefox');
  if (own) return { executablePath: own };
  const path = executable(process.env.FIREFOX_PATH) ?? onPath('firefox-esr', 'firefox');
  return path ? { executablePath: path, channel: 'moz-firefox' } : undefined;
}

/**
 * WebKitGTK's own small browser, where its driver and a screen for it are here as well.
 * @returns {{ browser: string } | undefined}
 */
export function findWebKit() {
  const places = ['x86_64-linux-gnu', 'aarch64-linux-gnu', '.'].flatMap((folder) =>
    ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0'].map((name) => join('/usr/lib', folder, name, 'MiniBrowser')),
  );
  const browser = [process.env.MINIBROWSER, ...places].find(executable);
  return browser && onPath('WebKitWebDriver') && onPath('xvfb-run') ? { browser } : undefined;
}

/**
 * @param {string} cmd
 * @param {string[]} args
 */
const run = (cmd, args) =>
  spawnSync(cmd, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;

export async function ensureChromium() {
  let found = await findChromium();
  if (found) return found;
  console.error('No Chromium here: installing one.');
  const sudo = isRoot ? [] : process.env.CI && onPath('sudo') ? ['sudo', '-n'] : undefined;
  if (process.platform === 'linux' && onPath('apt-get') && sudo) {
    /** @param {string[]} args */
    const apt = (...args) => {
      const [cmd = '', ...rest] = [...sudo, 'apt-get', '-q', '-o', 'DPkg::Lock::Timeout=300', ...args];
      return run(cmd, rest);
    };
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core');
    found = installedChrome();
    if (found) return found;
  }
  run(process.execPath, [join(import.meta.dirname, '../node_modules/playwright/cli.js'), 'install', 'chromium']);
  found = await findChromium();
  if (!found) throw new Error('No Chromium. Install Chrome or Chromium, or set CHROMIUM_PATH.');
  return found;
}

export const chromiumArgs = [
  // Chromium's sandbox does not start as root, nor in most CI containers
  ...(process.platform === 'linux' && (isRoot || process.env.CI) ? ['--no-sandbox'] : []),
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(`Chromium: ${await ensureChromium()}`);
