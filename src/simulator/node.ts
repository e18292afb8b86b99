/**
 * Loads a module of Node by its name without `node:`. Bundlers neither see nor follow it, so the rest of the simulator can be
 * bundled for browsers.
 */
export function importNode(name: 'http'): Promise<typeof import('node:http')>;
export function importNode(name: 'fs/promises'): Promise<typeof import('node:fs/promises')>;
export function importNode(name: string): Promise<unknown> {
  return import(/* webpackIgnore: true */ /* @vite-ignore */ `node:${name}`);
}
