// Runs one benchmark: `node bench/run.mjs progress` loads bench/progress/run.ts through Vite, because Node 20 does not read TypeScript.
// Whatever follows the name is the benchmark's own, in `process.argv` from the third word on.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

// What is built for a page is built as a partner builds it; without this Vite takes React's development edition.
process.env.NODE_ENV = 'production';

const name = process.argv[2] ?? '';
const file = fileURLToPath(new URL(`./${name}/run.ts`, import.meta.url));
if (!/^[\w-]+$/.test(name) || !existsSync(file)) {
  console.error('Usage: node bench/run.mjs <name of a folder in bench that has a run.ts>');
  process.exit(1);
}
await runnerImport(file, { root: fileURLToPath(new URL('..', import.meta.url)), logLevel: 'error' });
