import { join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesOf, importsOf, sourceOf } from '../support/imports.js';

const src = resolve(import.meta.dirname, '../../src');
const files = ['components', 'provider', 'locales'].flatMap((room) => filesOf(join(src, room)));
const importedBy = (file: string) => importsOf(file).filter(({ typeOnly }) => !typeOnly);

/** Everything that a file loads, itself or through a file it loads: packages by name, files by their path in `src`. */
function loadedBy(name: string): string[] {
  const loaded = new Set<string>();
  const walk = (file: string) => {
    for (const { from } of importedBy(file)) {
      const target = from.startsWith('.') ? sourceOf(file, from) : from;
      const known = target.startsWith('/') ? relative(src, target) : target;
      if (loaded.has(known)) continue;
      loaded.add(known);
      if (from.startsWith('.')) walk(target);
    }
  };
  walk(join(src, name));
  return [...loaded];
}

test('no file of a component, a hook or the provider loads the whole catalogue of words', () => {
  const catalogue = join(src, 'components/messages.ts');
  const loading = files.filter((file) => importedBy(file).some(({ from }) => from.startsWith('.') && sourceOf(file, from) === catalogue));
  expect(loading.map((file) => relative(src, file)).sort()).toEqual(['components/index.ts', 'locales/en.ts']);
});

// What follows one container comes from the provider. A list and a decision are brought by the component that is about them.
describe.for(['ProgressBar', 'StatusBadge', 'ApprovalBadge', 'PlatformFitNotice', 'PostDetails', 'PreviewPlayer', 'ContainerCard'])(
  'a page with %s and plain data',
  (name) => {
    const loaded = loadedBy(`components/${name}/${name}.tsx`);

    test('loads neither TanStack Query nor the client nor a schema', () => {
      expect(loaded).toContain('react');
      expect(loaded.filter((each) => /^(@tanstack|zod|hooks\/|client\/)/.test(each))).toEqual([]);
    });

    test('loads only its own words, those of its parts and those that all share', () => {
      const made: Record<string, string[]> = {
        ContainerCard: ['ProgressBar', 'StatusBadge', 'ApprovalBadge', 'PreviewPlayer'],
        PostDetails: ['PlatformFitNotice'],
      };
      const parts = [...(made[name] ?? []), name];
      const words = loaded.filter((each) => /^components\/.*[wW]ords\.ts$/.test(each));
      expect(words.filter((each) => each !== 'components/words.ts' && !parts.some((part) => each.includes(`/${part}/`)))).toEqual([]);
      expect(words).toContain(`components/${name}/words.ts`);
    });
  },
);
