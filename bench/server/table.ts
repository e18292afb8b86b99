import type { Waits } from '../reads/figures.js';
import { seconds, tableOf } from '../reads/table.js';
import type { Figures } from './measure.js';

const both = ({ median, p95 }: Waits) => `${seconds(median)} / ${seconds(p95)}`;
const kilobytes = (bytes: number) => `${Math.round(bytes / 1_000)} kB`;

const sharesOf = (counts: readonly number[]) => {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => `${Math.round((100 * count) / Math.max(1, all))}%`).join(', ');
};

const columns: readonly [head: string, cell: (figures: Figures) => string | number][] = [
  ['viewers', ({ viewers }) => viewers],
  ['how', ({ how }) => how],
  ['upstream reads a minute', ({ readsAMinute }) => Math.round(readsAMinute)],
  ['of lists, progress, records', ({ kinds }) => sharesOf([kinds.list, kinds.progress, kinds.container])],
  ['most in 60 s', ({ most }) => most],
  ['429s', ({ refused }) => refused],
  ['end known', ({ end }) => both(end)],
  ['never', ({ end }) => `${end.never} of ${end.count}`],
  ['age on screen, any read', ({ age }) => both(age.read)],
  ['age on screen, progress', ({ age }) => both(age.progress)],
  ['server CPU, s a viewer-minute', ({ cpuAViewerMinute }) => cpuAViewerMinute.toFixed(3)],
  ['server memory a viewer: heap, RSS', ({ heapAViewer, rssAViewer }) => `${kilobytes(heapAViewer)}, ${kilobytes(rssAViewer)}`],
  ['to the browser, a viewer-minute', ({ bytesAViewerMinute }) => kilobytes(bytesAViewerMinute)],
  ['`authorize` a minute', ({ authorizesAMinute }) => Math.round(authorizesAMinute)],
  ['full clients', ({ full }) => full],
  ['cores: server, viewers, API', ({ cores }) => [cores.server, cores.viewers, cores.api].map((each) => each.toFixed(2)).join(', ')],
  ["viewers' timers late", ({ lateMs }) => `${Math.round(lateMs)} ms`],
];

/** The runs as a Markdown table. */
export const serverTable = (figures: readonly Figures[]): string =>
  tableOf(
    columns.map(([head]) => head),
    figures.map((each) => columns.map(([, cell]) => cell(each))),
  );
