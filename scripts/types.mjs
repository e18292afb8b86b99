// Compiles a partner's file against the types of the packed package, those of libraries included: `npm run package:check`, after `npm run build`. With the
// oldest TypeScript that they work with (TanStack Query asks for it) and ours, and as bundlers and Node look for modules.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import pkg from '../package.json' with { type: 'json' };

const OLDEST = '5.4.5';
const folder = mkdtempSync(join(tmpdir(), 'layers-types-'));
const modules = join(folder, 'node_modules');

/**
 * @param {string} command
 * @param {...string} args
 */
const run = (command, ...args) => {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', cwd: folder });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
};

try {
  const ours = resolve('node_modules/typescript/bin/tsc');
  run('npm', 'install', '--no-save', '--no-package-lock', '--prefix', join(folder, 'oldest'), `typescript@${OLDEST}`);
  mkdirSync(join(modules, 'layers-react'), { recursive: true });
  const [{ filename }] = JSON.parse(run('npm', 'pack', resolve('.'), '--json', '--ignore-scripts', '--pack-destination', folder));
  run('tar', '-xzf', join(folder, filename), '-C', join(modules, 'layers-react'), '--strip-components=1');
  const peers = ['react', 'react-dom', 'csstype', '@tanstack/react-query', '@tanstack/query-core', '@types', 'undici-types'];
  for (const name of [...Object.keys(pkg.dependencies), ...peers]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(resolve('node_modules', name), join(modules, name), 'dir');
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  cpSync(resolve('test/package/props.tsx'), join(folder, 'props.tsx'));
  const strict = ['--strict', '--noEmit', '--skipLibCheck', 'false', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess'];
  const page = ['--jsx', 'react-jsx', '--target', 'es2022', '--lib', 'es2023,dom,dom.iterable', '--types', 'node', 'props.tsx'];
  for (const [name, tsc, more] of /** @type {const} */ ([
    [OLDEST, join(folder, 'oldest/node_modules/typescript/bin/tsc'), []],
    [pkg.devDependencies.typescript, ours, ['--ignoreConfig']],
  ]))
    for (const modulesOf of [['esnext', '--moduleResolution', 'bundler'], ['node16']]) {
      run(process.execPath, tsc, ...more, ...strict, '--module', ...modulesOf, ...page);
      console.log(`TypeScript ${name}, ${modulesOf.at(-1)}: the types of the package compile strictly, and wrong props are refused.`);
    }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
