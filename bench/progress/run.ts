import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import type { AdvanceProgressOptions } from '../../src/progress/advanceProgress.js';
import type { ContainerProgress } from '../../src/progress/ContainerProgress.js';
import { learnFromProgress, type ProgressHistory } from '../../src/progress/history.js';
import { type Bar, drawnBar, elapsedBar, ourBar, rawBar } from './estimators.js';
import { LONGEST_STANDSTILL, measure, type Measured, type Row, sumUp } from './measure.js';
import { type EtaFault, watch } from './polls.js';
import { drawLives, type Life } from './traces.js';

const CONTAINERS = 500;
/** The estimator was worked out on the first set; the second was drawn afterwards and only ever measured. */
const sets = [
  { name: 'worked on', seed: 1 },
  { name: 'held out', seed: 777 },
];
const faults: { name: string; fault: EtaFault }[] = [
  { name: 'exact', fault: { noise: 0, bias: 1 } },
  { name: '±30%', fault: { noise: 0.3, bias: 1 } },
  { name: '±60%', fault: { noise: 0.6, bias: 1 } },
  { name: '×0.5', fault: { noise: 0, bias: 0.5 } },
  { name: '×2', fault: { noise: 0, bias: 2 } },
  { name: '×0.5 ±30%', fault: { noise: 0.3, bias: 0.5 } },
  { name: '×2 ±30%', fault: { noise: 0.3, bias: 2 } },
  { name: 'none', fault: null },
];
const bars: { name: string; learns: boolean; make: (options: AdvanceProgressOptions) => Bar }[] = [
  { name: 'raw stageProgress', learns: false, make: rawBar },
  { name: 'elapsed/(elapsed+ETA)', learns: false, make: elapsedBar },
  { name: 'ours', learns: false, make: (options) => ourBar(options) },
  { name: 'ours, 5 lives learned', learns: true, make: (options) => ourBar(options) },
  { name: 'ours, as drawn', learns: false, make: drawnBar },
];

function learned(before: Life[], fault: EtaFault, format: string, seed: number): ProgressHistory | null {
  let history: ProgressHistory | null = null;
  for (const [index, life] of before.entries()) {
    const finished: ContainerProgress[] = [];
    const watched = watch([life], fault, seed + index);
    measure(watched, ourBar({ createdAt: watched.createdAt }, finished));
    for (const progress of finished) history = learnFromProgress(history, progress, format);
  }
  return history;
}

/** A container's lives: one, or two where it is regenerated in place. */
function livesOf(lives: Life[], index: number): Life[] {
  const life = lives[index];
  if (life === undefined) return [];
  const again = lives[(index + 1) % lives.length];
  return life.regenerated && again !== undefined ? [life, again] : [life];
}

function row(seed: number, fault: EtaFault, bar: (typeof bars)[number]): Row {
  const measured: Measured[] = [];
  for (const [group, { format, before, lives }] of drawLives(seed, CONTAINERS).entries()) {
    const history = bar.learns ? learned(before, fault, format, seed + group * 100) : null;
    for (const index of lives.keys()) {
      const watched = watch(livesOf(lives, index), fault, seed + group * 1000 + index);
      measured.push(...measure(watched, bar.make({ history, format, createdAt: watched.createdAt })));
    }
  }
  return sumUp(measured);
}

/** Seconds after the first answer at which a late `createdAt` comes: about a record's answer, which is read when the budget has room. */
const LATE_SECONDS = 3.5;
/** Shares of a life at which a page is opened. */
const openings = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** Pages opened midway, while the job runs: one that still waits to start is seen from its start. */
function midway(seed: number, fault: EtaFault, bar: (typeof bars)[number], dated: 'at once' | 'late' | 'never'): Row {
  const measured: Measured[] = [];
  for (const [group, { format, before, lives }] of drawLives(seed, CONTAINERS).entries()) {
    const history = bar.learns ? learned(before, fault, format, seed + group * 100) : null;
    for (const [index, life] of lives.entries()) {
      const opened = openings[(group + index) % openings.length] ?? 0.5;
      if (life.total * opened <= life.queued) continue;
      const watched = watch([life], fault, seed + group * 1000 + index, opened);
      const options: AdvanceProgressOptions = { history, format, createdAt: dated === 'at once' ? watched.createdAt : null };
      const inner = bar.make(options);
      const lateAt = (watched.polls[0]?.at ?? 0) + LATE_SECONDS;
      const take: Bar['take'] = (poll) => {
        if (dated === 'late' && poll.at >= lateAt) options.createdAt = watched.createdAt;
        inner.take(poll);
      };
      measured.push(...measure(watched, { take, at: (seconds) => inner.at(seconds) }));
    }
  }
  return sumUp(measured);
}

const rows: ({ set: string; eta: string; bar: string } & Row)[] = [];
for (const { name: set, seed } of sets) {
  for (const { name: eta, fault } of faults) {
    for (const bar of bars) {
      if (fault === null && bar.make === elapsedBar) continue;
      rows.push({ set, eta, bar: bar.name, ...row(seed, fault, bar) });
    }
  }
  for (const fault of [faults[0], faults[1]]) {
    for (const dated of ['at once', 'late', 'never'] as const) {
      for (const bar of bars.slice(1)) {
        const eta = `${fault?.name ?? ''}, opened midway, createdAt ${dated}`;
        if (fault && (bar.make !== elapsedBar || dated === 'never'))
          rows.push({ set, eta, bar: bar.name, ...midway(seed, fault.fault, bar, dated) });
      }
    }
  }
}

const head = [
  'set',
  'ETA',
  'bar',
  'lives',
  'backward',
  'early 100',
  'mean error',
  'p95 error',
  'longest freeze s',
  `freeze over ${LONGEST_STANDSTILL} s`,
  'highest before the end',
  'words up, median',
  'words up, mean',
  'largest jump',
  'no estimate',
  'lives with a number',
];
const hasWords = (bar: string) => bar !== 'raw stageProgress' && bar !== 'ours, as drawn';
const lines = rows.map((one) => [
  one.set,
  one.eta,
  one.bar,
  one.lives,
  one.backward,
  one.early100,
  one.blank === 1 ? '-' : one.meanError.toFixed(3),
  one.blank === 1 ? '-' : one.p95Error.toFixed(3),
  one.longestFreeze.toFixed(1),
  one.frozen,
  one.highest.toFixed(1),
  hasWords(one.bar) ? one.wordsUpMedian : '-',
  hasWords(one.bar) ? one.wordsUpMean.toFixed(2) : '-',
  one.blank === 1 ? '-' : one.jump.toFixed(1),
  `${(100 * one.blank).toFixed(1)}%`,
  one.spoke,
]);
const table = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const legend = [
  `${CONTAINERS} containers a set, a tenth of them regenerated in place; bars are sampled ten times a second while the job runs.`,
  'Backward: samples below the one before. Early 100: times that a bar would be shown as 100 (99.5 or more) before the job was done.',
  'Error: distance from the true share of time, 0 to 1. Freeze: on a bar of 300 px, no move of 0.3 px while the last news was at most 10 s old.',
  `Freeze over ${LONGEST_STANDSTILL} s: lives that had one. As drawn: the fill of ProgressBar between two readings; the other rows are estimates.`,
  'Words up: how often in a life the time left in words rose. No estimate: share of the running time without a percentage.',
  'Largest jump: the largest step of the percentage within a tenth of a second, without the step to 100. Lives with a number: those that showed a percentage.',
  `Opened midway: the page is opened at 10 to 90% of a life, while the job runs; createdAt is known with the first answer, from ${LATE_SECONDS} s later on, or never, and then any number is a false one.`,
].join('\n');
console.log(table);

const machine = {
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  cores: availableParallelism(),
  memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
};
const results = new URL('../results/', import.meta.url);
mkdirSync(results, { recursive: true });
writeFileSync(new URL('progress.json', results), `${JSON.stringify({ ...machine, rows }, null, 2)}\n`);
writeFileSync(
  new URL('progress.md', results),
  `# Progress: the whole-job estimate\n\n\`npm run bench:progress\`, ${machine.date}, Node ${machine.node}, ${machine.cores} cores, ${machine.memory}.\n\n${legend}\n\n${table}\n`,
);
