// Runs the tests of real media in Firefox: `npm run test:engines`. Installs Firefox ESR, and the codecs that it takes H.264 from, where apt can.
import { spawnSync } from 'node:child_process';
import { findFirefox, onPath } from './browser.mjs';

/**
 * @param {string} command
 * @param {...string} args
 */
const run = (command, ...args) =>
  spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', BROWSERS: 'firefox' } }).status ??
  1;

if (!(await findFirefox()) && onPath('apt-get')) {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  /** @param {...string} args */
  const apt = (...args) => {
    const [command = '', ...rest] = [...sudo, 'apt-get', '-q', '-o', 'DPkg::Lock::Timeout=300', ...args];
    return run(command, ...rest);
  };
  apt('update');
  apt('install', '-y', '--no-install-recommends', 'firefox-esr', 'libavcodec59');
}
if (!(await findFirefox())) throw new Error('No Firefox. Install Firefox, or set FIREFOX_PATH.');
process.exitCode = run(process.execPath, 'node_modules/vitest/vitest.mjs', 'run', '--project', 'firefox');
