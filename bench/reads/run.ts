import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { chromium } from 'playwright';
import { chromiumArgs, findChromium } from '../../scripts/browser.mjs';
import { measureBurst } from './burst.js';
import type { BurstFigures } from './burstScene.js';
import { measureBurstInVirtualTime } from './burstVirtual.js';
import { measureInChromium, type Way } from './chromium.js';
import type { Figures } from './figures.js';
import { buildPage } from './pages.js';
import { burstTable, reportOf } from './report.js';
import { byHandScenes, chromiumScenes, quickScenes, type Scene, virtualScenes } from './scenes.js';
import { listOf } from './table.js';
import { measureVirtual } from './virtual.js';

// `npm run bench:reads`: all, with results kept. `-- <scene>…`: those, on the terminal alone. `-- quick [seconds]`: a fast look in virtual time.
// `--before <dist>`: the same pages against an earlier build in the same run. `--after <dist>`: a build to take instead of a new one.
const { names, options } = readArguments(process.argv.slice(3));
/** Scenes of one tab at a time. They wait for most of their minutes, and their main thread is counted in thread time. */
const AT_ONCE = 2;

if (names.includes('quick')) {
  const seconds = names.map(Number).find((each) => each > 0);
  for (const quick of quickScenes) {
    const scene = { ...quick, seconds: seconds ?? quick.seconds };
    console.log(`${listOf(await measureVirtual(scene, 'layers-react'), scene.title)}\n`);
  }
  console.log(burstTable([await measureBurstInVirtualTime()]));
  process.exit(0);
}

const isAsked = (name: string, group: string) => names.length === 0 || names.includes(name) || names.includes(group);
const known = new Set(['virtual', 'chromium', 'burst', ...[...virtualScenes, ...chromiumScenes].map(({ name }) => name)]);
const strange = names.filter((name) => !known.has(name));
if (strange.length > 0) {
  console.error(`There is no scene ${strange.join(', ')}. Scenes: quick, ${[...known].join(', ')}.`);
  process.exit(1);
}

const virtual: Figures[] = [];
for (const scene of virtualScenes.filter(({ name }) => isAsked(name, 'virtual')))
  for (const how of ['by hand', 'layers-react'] as const) virtual.push(report(scene, await measureVirtual(scene, how)));

const { figures, bursts, version } = await inChromium();

const text = reportOf({ virtual, figures, bursts, machine: machineOf(version), hasBefore: options.before !== undefined });
if (names.length === 0) {
  mkdirSync('bench/results', { recursive: true });
  writeFileSync('bench/results/reads.md', text);
  const never = (_: string, value: unknown) => (value === Number.POSITIVE_INFINITY ? 'never' : value);
  writeFileSync(
    'bench/results/reads.json',
    `${JSON.stringify({ machine: machineOf(version), virtual, chromium: figures, bursts }, never, 2)}\n`,
  );
}
console.log(`\n${text}`);
// Caches keep timers for minutes after their last observer.
process.exit(0);

function readArguments(given: readonly string[]) {
  const found: { before?: string; after?: string } = {};
  const rest: string[] = [];
  for (let index = 0; index < given.length; index += 1) {
    const word = given[index] ?? '';
    if (word === '--before' || word === '--after') found[word === '--before' ? 'before' : 'after'] = given[(index += 1)] ?? '';
    else rest.push(word);
  }
  return { names: rest, options: found };
}

function report(scene: Scene, figures: Figures): Figures {
  console.log(`${listOf(figures, scene.title)}\n${figures.notes.join('; ')}\n`);
  return figures;
}

/** Every asked scene in Chromium: before (where an old build was given), by hand, and as the package is now. */
async function inChromium(): Promise<{ figures: Figures[]; bursts: BurstFigures[]; version: string }> {
  const scenes = chromiumScenes.filter(({ name }) => isAsked(name, 'chromium'));
  const hasBurst = isAsked('burst', 'chromium');
  if (scenes.length === 0 && !hasBurst) return { figures: [], bursts: [], version: '' };
  if (options.after === undefined) buildPackage();
  const now = await buildPage(options.after ?? 'dist');
  const before = options.before === undefined ? null : await buildPage(options.before);
  const ways: Way[] = [
    ...(before ? [{ how: 'layers-react before', page: 'ours' as const, built: before }] : []),
    { how: 'layers-react', page: 'ours', built: now },
  ];
  const byHand: Way = { how: 'by hand', page: 'by hand', built: now };
  const executablePath = await findChromium();
  const browser = await chromium.launch({ args: chromiumArgs, ...(executablePath && { executablePath }) });
  try {
    const figures: Figures[] = [];
    const bursts: BurstFigures[] = [];
    const jobsOf = (of: readonly Scene[]) =>
      of.flatMap((scene) =>
        [...(byHandScenes.includes(scene.name) ? [byHand] : []), ...ways].map((way, place) => async () => {
          figures[chromiumScenes.indexOf(scene) * 3 + place] = report(scene, await measureInChromium(browser, scene, way));
        }),
      );
    for (const job of jobsOf(scenes.filter(({ tabs }) => tabs > 1))) await job();
    const jobs = [
      ...jobsOf(scenes.filter(({ tabs }) => tabs === 1)),
      ...(hasBurst ? ways : []).map((way, place) => async () => {
        bursts[place] = await measureBurst(browser, way);
        console.log(burstTable([bursts[place]]));
      }),
    ];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let job = jobs.shift(); job; job = jobs.shift()) await job();
      }),
    );
    return { figures: figures.filter(Boolean), bursts, version: browser.version() };
  } finally {
    await browser.close();
    now.remove();
    before?.remove();
  }
}

function buildPackage(): void {
  const { status } = spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error'], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The package could not be built.');
}

function machineOf(version: string): string {
  const browser = version === '' ? [] : [`Chromium ${version}`];
  return [`${cpus().length} cores`, `Node ${process.versions.node}`, ...browser, new Date().toISOString().slice(0, 10)].join(', ');
}
