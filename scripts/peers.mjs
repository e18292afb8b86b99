// Runs what rests on TanStack Query against both ends of the peer range: `npm run test:peers`, or `npm run test:peers 5.100.0` for one version.
// Each version is installed into a temporary folder, beside this checkout's own React.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import pkg from '../package.json' with { type: 'json' };

const NAME = '@tanstack/react-query';
const FOLDERS = ['test/schedule', 'test/queries', 'test/truth', 'test/hooks'];
/** What TanStack Query and its types take from beside it. */
const SHARED = ['react', 'react-dom', '@types/react', '@types/react-dom', 'csstype'];

const lowest = pkg.peerDependencies[NAME].replace(/^\^/, '');
const newest = lowest.split('.')[0] ?? lowest;

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} command
 * @param {...string} args
 */
const run = (env, command, ...args) => spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status === 0;

/** @param {string} version */
function passes(version) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'layers-peers-')));
  const modules = join(folder, 'node_modules');
  try {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    const install = ['install', '--prefix', folder, '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=error'];
    if (!run({}, 'npm', ...install, `${NAME}@${version}`)) return false;
    for (const name of SHARED) {
      mkdirSync(dirname(join(modules, name)), { recursive: true });
      symlinkSync(realpathSync(resolve('node_modules', name)), join(modules, name), 'dir');
    }
    return (
      typesHold(modules, folder) &&
      run({ TANSTACK: modules }, process.execPath, 'node_modules/vitest/vitest.mjs', 'run', '--project', 'node', ...FOLDERS)
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Whether the sources, and what is asserted about their types, compile against it.
 *
 * @param {string} modules
 * @param {string} folder
 */
function typesHold(modules, folder) {
  const root = resolve('.');
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      paths: { '@tanstack/*': [`${modules}/@tanstack/*`] },
      types: ['node'],
      typeRoots: [join(root, 'node_modules/@types')],
    },
    include: ['src', 'test/types', 'test/truth/*.test-d.tsx'].map((path) => join(root, path)),
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  return run({}, process.execPath, 'node_modules/typescript/bin/tsc', '--noEmit', '-p', folder);
}

const asked = process.argv.slice(2);
// Ends with the first that fails, so that the end of the log says what failed.
const failed = (asked.length > 0 ? asked : [lowest, newest]).find((version) => {
  console.log(`\n${NAME}@${version}`);
  return !passes(version);
});
if (failed !== undefined) {
  console.error(`Failed with ${NAME} ${failed}. Run it alone with \`npm run test:peers ${failed}\`.`);
  process.exitCode = 1;
}
