// Runs the tests of real media in the other engines, one after the other: `npm run test:engines`, or `npm run test:engines webkit`.
// Installs Firefox ESR, WebKitGTK and the codecs that they take H.264 from, where apt can.
import { spawnSync } from 'node:child_process';
import { findFirefox, findWebKit, onPath } from './browser.mjs';

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} command
 * @param {...string} args
 */
const run = (env, command, ...args) => spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1;

/** @param {...string} packages */
const install = (...packages) => {
  if (!onPath('apt-get')) return;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  /** @param {...string} args */
  const apt = (...args) => {
    const [command = '', ...rest] = [...sudo, 'apt-get', '-q', '-o', 'DPkg::Lock::Timeout=300', ...args];
    return run({ DEBIAN_FRONTEND: 'noninteractive' }, command, ...rest);
  };
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...packages);
};

const gstreamer = ['libav', 'plugins-base', 'plugins-good', 'plugins-bad'].map((name) => `gstreamer1.0-${name}`);
const engines = [
  {
    name: 'firefox',
    projects: ['firefox', 'firefox-refuses'],
    packages: ['firefox-esr', 'libavcodec59'],
    find: findFirefox,
    advice: 'Install Firefox, or set FIREFOX_PATH.',
  },
  {
    name: 'webkit',
    projects: ['webkit', 'webkit-mse'],
    packages: ['webkit2gtk-driver', 'xvfb', 'xauth', ...gstreamer],
    find: async () => findWebKit(),
    advice: 'Only Linux has it: install WebKitWebDriver, its MiniBrowser (or set MINIBROWSER) and xvfb-run.',
  },
];

const asked = process.argv.slice(2);
let failures = 0;
for (const { name, projects, packages, find, advice } of engines.filter((engine) => asked.length === 0 || asked.includes(engine.name))) {
  if (!(await find())) install(...packages);
  if (!(await find())) {
    console.error(`No ${name}. ${advice}`);
    failures += 1;
    continue;
  }
  // One at a time: two browsers that decode video at once make each other late.
  for (const project of projects) {
    console.log(`\n${project}`);
    failures += Number(run({ ENGINES: name }, process.execPath, 'node_modules/vitest/vitest.mjs', 'run', '--project', project) !== 0);
  }
}
process.exitCode = failures === 0 ? 0 : 1;
