// Finds the Redis server that the tests of several server processes use, and installs it where it is missing:
//   1. $REDIS_SERVER_PATH
//   2. redis-server on the PATH
//   3. `ensure`: apt-get install redis-server (root, or passwordless sudo in CI)
// Where none of these works, those tests are skipped, and say so.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { onPath } from './browser.mjs';

/** @returns {string | undefined} */
export function findRedis() {
  const asked = process.env.REDIS_SERVER_PATH;
  if (asked) return existsSync(asked) ? asked : undefined;
  return onPath('redis-server', 'valkey-server');
}

function ensureRedis() {
  const found = findRedis();
  if (found) return found;
  const sudo = process.getuid?.() === 0 ? [] : process.env.CI && onPath('sudo') ? ['sudo', '-n'] : undefined;
  if (process.platform !== 'linux' || !onPath('apt-get') || !sudo) return undefined;
  console.error('No redis-server here: installing one.');
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'redis-server']]) {
    const [cmd = '', ...rest] = [...sudo, 'apt-get', '-q', '-o', 'DPkg::Lock::Timeout=300', ...args];
    spawnSync(cmd, rest, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  }
  return findRedis();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const path = ensureRedis();
  if (path) console.log(`Redis: ${path}`);
  else console.error('NO REDIS: the tests of several server processes are SKIPPED. Install redis-server, or set REDIS_SERVER_PATH.');
}
