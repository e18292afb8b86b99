import type { BurstFigures } from './burstScene.js';
import type { Figures } from './figures.js';
import { chromiumScenes, virtualScenes } from './scenes.js';
import { type Column, costs, named, seconds, seen, tableOf, waitCell } from './table.js';

const titles = new Map([...virtualScenes, ...chromiumScenes].map(({ name, title }) => [name, title]));

/** What was measured, as Markdown. */
export function reportOf({
  virtual,
  figures,
  bursts,
  machine,
  hasBefore,
}: {
  virtual: readonly Figures[];
  figures: readonly Figures[];
  bursts: readonly BurstFigures[];
  machine: string;
  hasBefore: boolean;
}): string {
  const parts = [
    `# Reads

Rows as users mount them: each is \`useContainer(id)\`, \`useContainerProgress(id)\` and a \`ProgressBar\` with that id. The page knows ids, and no project.
Containers live 60 to 270 s, are met midway, and are replaced when they end; a row leaves once both hooks know the end. The API is the simulator with
its standard limiter (120 reads a minute) and answers after 40 to 160 ms. Times are median / p95 in seconds; what never happened counts as longer than
anything, and waits that began in the last 10 s of a run are left out. The age of what is on screen is the time since the server made the last answer
that has arrived, twice a second for each row in flight. "By hand" is TanStack Query: a record read once and again at the end, the progress at the
documented cadence. \`npm run bench:reads\`; ${machine}.`,
  ];
  if (figures.length > 0) parts.push(inChromium(figures, hasBefore));
  if (bursts.length > 0)
    parts.push(`## A hundred hooks at once

100 \`useContainerProgress\` mount in one commit, with nothing that says what is on screen. 0.3 s later "load more" of a list is clicked, 0.6 s later
"approve"; both belong to another project and were on the page before. Watched for 75 s; a request leaves when it reaches the server.

${burstTable(bursts)}`);
  if (virtual.length > 0)
    parts.push(`## Virtual time

The same without a page: an observer of each of the two builders for each container, and the word of what is on screen. Timers and dates are faked,
everything else is real. A row is looked at every 50 ms. "Renders" are result notifications of an observer that tracks \`data\` alone.

${table(virtual)}`);
  return `${parts.join('\n\n')}\n`;
}

function inChromium(figures: readonly Figures[], hasBefore: boolean): string {
  const notes = figures.map(({ scene, how, notes: said }) => `- ${titles.get(scene)}, ${how}: ${said.join('; ')}.`);
  const before = hasBefore ? ' "Before" is the same page built against an earlier build of the package, in the same run.' : '';
  return `## In Chromium

The built package in a page built by Vite for production, in real time, over HTTP, without a window.${before} Script and main thread are
thread time of the page from 5 s after it was opened, whatever it did: bars that move and rows that are added are in it. All tabs of a scene count: reads
together, rows of each. Rows whose end is never known stay, so that more are in view at the end.

${table(figures)}

${notes.join('\n')}`;
}

/** Two tables of the same runs: what a person sees, and what it costs. Columns in which nothing stands are left out. */
function table(figures: readonly Figures[]): string {
  const drawn = (columns: readonly Column[]) => {
    const used = [...named, ...columns].filter(({ cell }) => figures.some((each) => cell(each, '') !== '-'));
    return tableOf(
      used.map(({ head }) => head),
      figures.map((each) => used.map(({ cell }) => cell(each, titles.get(each.scene) ?? each.scene))),
    );
  };
  return `${drawn(seen)}\n\n${drawn(costs)}`;
}

/** The figures of bursts as a Markdown table. */
export function burstTable(bursts: readonly BurstFigures[]): string {
  const head = [
    'how',
    'reads in 1 s',
    'in 10 s',
    'most in 60 s',
    '429s',
    'longest time without a read',
    '"load more" leaves after',
    'is shown after',
    '"approve" leaves after',
    'first data of 100 hooks',
  ];
  const body = bursts.map((each) => [
    each.how,
    each.firstSecond,
    each.firstTenSeconds,
    each.busiest,
    each.refused,
    `${seconds(each.longestPause)} s`,
    ...[each.moreAfter, each.moreShownAfter, each.approveAfter].map((ms) => (ms === null ? 'never' : `${seconds(ms)} s`)),
    waitCell(each.data),
  ]);
  return tableOf(head, body);
}
