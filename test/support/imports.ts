import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseAst } from 'vite';

/** A module that a file names. */
export interface Import {
  from: string;
  /** Whether it is gone after compilation. */
  typeOnly: boolean;
  /** Whether it is loaded when that is asked for: `import()`. */
  isLater?: boolean;
}

interface Node {
  type: string;
  [key: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

/** Every module that a file names, `import()` too; what its JSX is compiled to counts as an import of React. */
export function importsOf(file: string): Import[] {
  const known = read.get(file) ?? readImports(file);
  read.set(file, known);
  return known;
}

const read = new Map<string, Import[]>();

function readImports(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const found: Import[] = [];
  const sourceText = ({ source }: Node) => (isNode(source) ? text.slice(Number(source.start), Number(source.end)) : '');
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    if (!isNode(value)) return;
    const source = value.source as { value?: unknown } | null | undefined;
    if (/^(Import|Export(Named|All))Declaration$/.test(value.type) && typeof source?.value === 'string')
      found.push({ from: source.value, typeOnly: value.importKind === 'type' || value.exportKind === 'type' });
    if (value.type === 'TSImportType')
      found.push({ from: /['"]([^'"]*)/.exec(text.slice(Number(value.start), Number(value.end)))?.[1] ?? '', typeOnly: true });
    // A name that is put together at run time counts by how it begins: `node:${name}`.
    if (value.type === 'ImportExpression')
      found.push({ from: /['"`]([^'"`$]*)/.exec(sourceText(value))?.[1] ?? '', typeOnly: false, isLater: true });
    if (value.type.startsWith('JSX') && !found.some(({ from }) => from === 'react/jsx-runtime'))
      found.push({ from: 'react/jsx-runtime', typeOnly: false });
    for (const [key, child] of Object.entries(value)) if (key !== 'parent') visit(child);
  };
  visit(parseAst(text, { lang: file.endsWith('x') ? 'tsx' : 'ts' }));
  return found;
}

/** Every TypeScript file of a folder. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join(folder, file));
}

/** The files that import themselves by way of others, types included. */
export function circularFiles(files: readonly string[]): string[] {
  const imported = (file: string) => importsOf(file).flatMap(({ from }) => (from.startsWith('.') ? sourceOf(file, from) : []));
  return files.filter((start) => {
    const reached = new Set<string>();
    const walk = (file: string) => {
      for (const target of imported(file)) {
        if (reached.has(target)) continue;
        reached.add(target);
        if (/\.tsx?$/.test(target)) walk(target);
      }
    };
    walk(start);
    return reached.has(start);
  });
}

/** The file that a file means by a relative import. */
export function sourceOf(file: string, from: string): string {
  const base = resolve(dirname(file), from).replace(/\.js$/, '');
  const target = [`${base}.ts`, `${base}.tsx`, base].find((path) => existsSync(path));
  if (target === undefined) throw new Error(`${file} imports ${from}, which is not there`);
  return target;
}
