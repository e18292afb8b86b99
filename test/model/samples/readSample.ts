import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../fixtures/api/', import.meta.url);

/** The names of all recorded bodies. */
export const sampleNames = readdirSync(FOLDER).filter((name) => name !== 'README.md');

/** One recorded body, parsed. `.jsonc` carries the comments of the page it comes from. */
export function readSample(name: string): unknown {
  const source = readFileSync(new URL(name, FOLDER), 'utf8');
  return JSON.parse(name.endsWith('.jsonc') ? source.replace(/\/\*.*?\*\//gs, '') : source);
}

/** A recorded body that is an object, with some members replaced. `undefined` removes one. */
export function sampleWith(name: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  const body = { ...(readSample(name) as Record<string, unknown>), ...changes };
  for (const key of Object.keys(body)) if (body[key] === undefined) delete body[key];
  return body;
}

/** A recorded body and what it must become. */
export interface SampleCase {
  parse: (json: unknown) => unknown;
  expected: unknown;
}
