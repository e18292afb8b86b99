import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { circularFiles, filesOf } from './support/imports.js';

const src = resolve(import.meta.dirname, '../src');
const planted = mkdtempSync(join(tmpdir(), 'layers-circle-'));

afterAll(() => rmSync(planted, { recursive: true, force: true }));

test('no file imports itself by way of another, types included', () => {
  const files = filesOf(src);
  expect(files.length).toBeGreaterThan(200);
  expect(circularFiles(files).map((file) => relative(src, file))).toEqual([]);
});

test('a circle is found, also one of types alone and one that leads through a third file', () => {
  writeFileSync(join(planted, 'one.ts'), "import type { Two } from './two.js';\nexport type One = Two | null;\n");
  writeFileSync(join(planted, 'two.ts'), "export type Two = import('./three.js').Three;\n");
  writeFileSync(join(planted, 'three.ts'), "export { type One as Three } from './one.js';\n");
  writeFileSync(join(planted, 'four.ts'), "export type { One } from './one.js';\n");
  expect(
    circularFiles(filesOf(planted))
      .map((file) => relative(planted, file))
      .sort(),
  ).toEqual(['one.ts', 'three.ts', 'two.ts']);
});
