import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import pkg from '../package.json' with { type: 'json' };
import config from '../vite.config.js';
import { importsOf, sourceOf } from './support/imports.js';

const root = resolve(import.meta.dirname, '..');
const entries = import.meta.glob<Record<string, unknown>>('../src/*.ts');
const namesOf = async (entry: string) => Object.keys((await entries[`../src/${entry}.ts`]?.()) ?? {}).sort();
const withoutServer = !existsSync(join(root, 'src/server.ts'));

const core = [
  'LayersError',
  'advanceEta',
  'advanceJob',
  'advanceProgress',
  'approvalOptions',
  'assetOptions',
  'cancelJobOptions',
  'cloneOptions',
  'containerKey',
  'containerListOptions',
  'containerListPresets',
  'containerOptions',
  'containerProgressOptions',
  'createLayersClient',
  'fieldErrorsOf',
  'generateOptions',
  'inputOf',
  'isLayersError',
  'isTerminalStatus',
  'jobOptions',
  'jobProgressOptions',
  'layersKeys',
  'learnFromProgress',
  'parseApprovalResult',
  'parseAsset',
  'parseCancelResult',
  'parseContainer',
  'parseContainerPage',
  'parseJob',
  'parsePreview',
  'parseProgress',
  'parseProgressHistory',
  'progressAt',
  'readGenerationProblem',
  'regenerateOptions',
  'safeImageUrl',
  'safeUrl',
  'splitCaption',
];

const react = [
  'ApprovalActions',
  'ApprovalBadge',
  'ContainerCard',
  'ContainerGrid',
  'ContainerScreen',
  'LayersProvider',
  'PlatformFitNotice',
  'PostDetails',
  'PreviewPlayer',
  'ProgressBar',
  'StatusBadge',
  'englishMessages',
  'limitLiveVideos',
  'useApproval',
  'useAsset',
  'useCancelJob',
  'useClone',
  'useBulkApproval',
  'useCompletionNotification',
  'useContainer',
  'useContainerList',
  'useContainerProgress',
  'useFreshness',
  'useGenerate',
  'useJob',
  'useJobProgress',
  'useLayersClient',
  'useOnScreen',
  'useRegenerate',
  'useTitleProgress',
];

describe('public names', () => {
  test('of layers-react/core are these', async () => {
    expect(await namesOf('core')).toEqual(core);
  });

  test('of layers-react are those of core and these', async () => {
    expect(await namesOf('index')).toEqual([...core, ...react].sort());
  });

  test('of layers-react/testing are these', async () => {
    expect(await namesOf('testing')).toEqual(['createSimulator', 'mediaCatalog']);
  });

  test.skipIf(withoutServer)('of layers-react/server are these', async () => {
    expect(await namesOf('server')).toEqual([
      'createLayersServer',
      'createMemoryStore',
      'createRedisStore',
      'layersFormats',
      'parseWebhookEvent',
      'toNodeHandler',
      'verifyWebhook',
    ]);
  });
});

const isReact = (from: string) => /^(react|react-dom|@tanstack\/react-query)(\/|$)/.test(from);

/** Every package that an entry loads, itself or through a file it loads, and by way of which file. @param isAtOnce without what `import()` loads */
function packagesOf(entry: string, isAtOnce = false): Map<string, string> {
  const packages = new Map<string, string>();
  const seen = new Set<string>();
  const walk = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { from, typeOnly, isLater } of importsOf(file)) {
      if (typeOnly || (isAtOnce && isLater)) continue;
      if (!from.startsWith('.')) packages.set(from, relative(root, file));
      else walk(sourceOf(file, from));
    }
  };
  walk(join(root, 'src', `${entry}.ts`));
  return packages;
}

describe('what an entry loads', () => {
  test('layers-react/core loads zod/mini, with push a parser of its events, and nothing else, React least of all', () => {
    expect(Object.fromEntries(packagesOf('core'))).toEqual({
      'zod/mini': expect.any(String),
      'eventsource-parser': 'src/queries/push/stream.ts',
    });
  });

  test('layers-react/testing loads no React, no TanStack Query and no zod', () => {
    const loaded = [...packagesOf('testing')].filter(([from]) => !from.startsWith('node:'));
    expect(loaded).toEqual([]);
  });

  test.skipIf(withoutServer)('layers-react/server loads no React and no TanStack Query', () => {
    expect([...packagesOf('server')].filter(([from]) => isReact(from))).toEqual([]);
  });

  test.skipIf(withoutServer)('layers-react/server loads neither Redis nor what streams are made of before they are used', () => {
    const later = ['redis', 'eventsource-encoder'];
    expect([...packagesOf('server', true).keys()].filter((from) => later.includes(from))).toEqual([]);
    expect([...packagesOf('server').keys()]).toContain('eventsource-encoder');
  });

  test.skipIf(withoutServer)('layers-react/server loads no module of Node, so that it runs on Workers', () => {
    expect([...packagesOf('server').keys()].filter((from) => from.startsWith('node:'))).toEqual([]);
  });

  test('layers-react loads only what the package declares', () => {
    const declared = [...Object.keys(pkg.dependencies), ...Object.keys(pkg.peerDependencies)];
    const loaded = [...packagesOf('index').keys()];
    expect(loaded).toContain('react');
    expect(loaded.filter((from) => !declared.some((name) => from === name || from.startsWith(`${name}/`)))).toEqual([]);
  });

  test('no file of React loads a stylesheet', () => {
    expect([...packagesOf('index').keys()].filter((from) => from.endsWith('.css'))).toEqual([]);
  });
});

describe('the package', () => {
  const built = (config as { build: { lib: { entry: Record<string, string> } } }).build.lib.entry;
  const scripts = Object.entries(pkg.exports).flatMap(([subpath, target]) =>
    typeof target === 'object' && target.default.endsWith('.js') && !target.default.includes('*') ? [[subpath, target] as const] : [],
  );

  test.each(scripts)('%s is built, and its types stand first', (subpath, target) => {
    const name = /^\.\/dist\/(.+)\.js$/.exec(target.default)?.[1] ?? '';
    expect(Object.keys(built)).toContain(name);
    expect(target).toEqual({ types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` });
    expect(Object.keys(target)[0]).toBe('types');
    expect(subpath).toBe(name === 'index' ? '.' : `./${name}`);
  });

  test('every entry that is built can be imported by a subpath, and its source is there', () => {
    expect(scripts.map(([, target]) => target.default).sort()).toEqual(
      Object.keys(built)
        .map((name) => `./dist/${name}.js`)
        .sort(),
    );
    const missing = Object.values(built).filter((source) => !existsSync(join(root, source)));
    expect(missing).toEqual(withoutServer ? ['src/server.ts'] : []);
  });

  test('React and TanStack Query are peers, never dependencies', () => {
    expect(Object.keys(pkg.dependencies).filter(isReact)).toEqual([]);
    expect(Object.keys(pkg.peerDependencies).sort()).toEqual(expect.arrayContaining(['@tanstack/react-query', 'react']));
  });
});

describe("'use client'", () => {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => `src/${file.replaceAll('\\', '/')}`);
  const isMarked = (file: string) => /^'use client';\n/.test(readFileSync(join(root, file), 'utf8'));
  const usesReact = (file: string) => importsOf(join(root, file)).some(({ from, typeOnly }) => !typeOnly && isReact(from));
  const needsIt = (file: string) => /^src\/(provider|hooks|components)\//.test(file) && usesReact(file);

  test('stands first in every file of provider, hooks and components that uses React', () => {
    expect(files.filter(needsIt).length).toBeGreaterThan(10);
    expect(files.filter((file) => needsIt(file) && !isMarked(file))).toEqual([]);
  });

  test('stands in no file that does not use React, and in no room that has none', () => {
    const marked = files.filter((file) => readFileSync(join(root, file), 'utf8').includes("'use client'"));
    expect(marked.filter((file) => !isMarked(file) || !usesReact(file))).toEqual([]);
    expect(marked.filter((file) => !/^src\/(provider|hooks|components|internal)\//.test(file))).toEqual([]);
  });
});

describe('the rooms', () => {
  let house = '';

  beforeAll(() => {
    house = mkdtempSync(join(tmpdir(), 'layers-rooms-'));
    cpSync(join(root, '.oxlintrc.json'), join(house, '.oxlintrc.json'));
  });

  afterAll(() => {
    rmSync(house, { recursive: true, force: true });
  });

  /** What the lint rule says of files planted in a copy of the house: those it refuses. */
  function refused(planted: Record<string, string>): string[] {
    for (const [file, text] of Object.entries(planted)) {
      mkdirSync(dirname(join(house, file)), { recursive: true });
      writeFileSync(join(house, file), text);
    }
    const { stdout } = spawnSync(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '--format', 'json', '.'], {
      cwd: house,
      encoding: 'utf8',
    });
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { filename: string; code: string }[] };
    const names = diagnostics
      .filter(({ code }) => code.includes('no-restricted-imports'))
      .map(({ filename }) => filename.replaceAll('\\', '/'));
    return [...new Set(names)].sort();
  }

  const importing = (from: string) => `import { thing } from '${from}';\nexport const used = thing;\n`;

  test('may import only from above: every way down is refused, every way up is not', () => {
    const rooms = ['model', 'progress', 'client', 'schedule', 'queries', 'provider', 'hooks', 'components'];
    const planted: Record<string, string> = {};
    const wrong: string[] = [];
    for (const [from, room] of rooms.entries())
      for (const [to, other] of rooms.entries()) {
        if (from === to) continue;
        const file = `src/${room}/imports-${other}.ts`;
        planted[file] = importing(`../${other}/thing.js`);
        if (to > from) wrong.push(file);
      }
    expect(refused(planted).filter((file) => file.includes('/imports-'))).toEqual(wrong.sort());
  });

  test('without React stay without it', () => {
    const planted = Object.fromEntries(
      ['model', 'progress', 'client', 'schedule', 'queries', 'server'].flatMap((room) =>
        ['react', '@tanstack/react-query', '@tanstack/query-core'].map(
          (from, index) => [`src/${room}/react-${index}.ts`, importing(from)] as const,
        ),
      ),
    );
    expect(refused(planted).filter((file) => file.includes('/react-'))).toEqual(Object.keys(planted).sort());
  });

  test('of queries know the types of TanStack Query, and no room above them does', () => {
    const typed = "import type { Thing } from '@tanstack/react-query';\nexport const thing: Thing | null = null;\n";
    const planted = Object.fromEntries(['client', 'schedule', 'queries'].map((room) => [`src/${room}/types-0.ts`, typed]));
    expect(refused(planted).filter((file) => file.includes('/types-'))).toEqual(['src/client/types-0.ts', 'src/schedule/types-0.ts']);
  });

  test('of the simulator and the server know no others, and a helper without a domain knows none', () => {
    const bad = {
      'src/simulator/side-1.ts': importing('../model/thing.js'),
      'src/simulator/side-2.ts': importing('../client/thing.js'),
      'src/server/side-1.ts': importing('../hooks/thing.js'),
      'src/server/side-2.ts': importing('../simulator/thing.js'),
      'src/internal/side-1.ts': importing('../model/thing.js'),
      'src/internal/side-2.ts': importing('../schedule/thing.js'),
      'src/hooks/side-1.ts': importing('../simulator/thing.js'),
    };
    const good = {
      'src/simulator/side-9.ts': "import type { Thing } from '../model/thing.js';\nexport const thing: Thing | null = null;\n",
      'src/server/side-8.ts': importing('../schedule/thing.js'),
      'src/server/side-9.ts': importing('../client/thing.js'),
      'src/hooks/side-9.ts': importing('../internal/thing.js'),
    };
    expect(refused({ ...bad, ...good }).filter((file) => file.includes('/side-'))).toEqual(Object.keys(bad).sort());
  });
});
