import type { Figures, Waits } from './figures.js';

type Cells = (string | number)[];

/** Seconds with one digit. */
export const seconds = (ms: number | null) => (ms === null ? '-' : ms === Number.POSITIVE_INFINITY ? 'never' : (ms / 1000).toFixed(1));

/** Median / p95 in seconds, and how many of how many never came. */
export const waitCell = ({ count, median, p95, never }: Waits) =>
  count === 0 ? '-' : `${seconds(median)} / ${seconds(p95)}, ${never === 0 ? '0' : `${never} of ${count}`} never`;

/** One column: its head, and its cell in a row. */
export interface Column {
  head: string;
  cell: (figures: Figures, title: string) => string | number;
}

/** Which run a row is of. */
export const named: readonly Column[] = [
  { head: 'in flight', cell: (_, title) => title },
  { head: 'how', cell: ({ how }) => how },
];

/** What a person sees of it. */
export const seen: readonly Column[] = [
  { head: 'first data, `useContainer`', cell: ({ data }) => waitCell(data.container) },
  { head: 'first data, `useContainerProgress`', cell: ({ data }) => waitCell(data.progress) },
  { head: 'first data of ended, `useContainer`', cell: ({ endedData }) => (endedData ? waitCell(endedData.container) : '-') },
  { head: 'first data of ended, `useContainerProgress`', cell: ({ endedData }) => (endedData ? waitCell(endedData.progress) : '-') },
  { head: 'end known, `useContainer`', cell: ({ end }) => waitCell(end.container) },
  { head: 'end known, `useContainerProgress`', cell: ({ end }) => waitCell(end.progress) },
  {
    head: 'hooks disagree: rows, times, median',
    cell: ({ disagreements: { rows, times, ms } }) => (rows === 0 ? '0' : `${rows}, ${times}, ${seconds(ms)} s`),
  },
  { head: 'age on screen, `/progress` only', cell: ({ age }) => `${seconds(age.progress.median)} / ${seconds(age.progress.p95)}` },
  { head: 'age on screen, any read', cell: ({ age }) => `${seconds(age.any.median)} / ${seconds(age.any.p95)}` },
];

/** What it costs. */
export const costs: readonly Column[] = [
  { head: 'lasted', cell: ({ seconds: length }) => `${length} s` },
  { head: 'reads, 1st minute', cell: ({ reads }) => reads.firstMinute },
  { head: 'reads a minute later', cell: ({ reads }) => reads.steady ?? '-' },
  { head: 'most in 60 s', cell: ({ reads }) => reads.busiest },
  { head: '429s', cell: ({ reads }) => reads.refused },
  { head: 'renders', cell: ({ renders }) => renders },
  { head: 'renders in 20 s without news', cell: ({ quiet }) => quiet?.renders ?? '-' },
  { head: 'polls meanwhile', cell: ({ quiet }) => quiet?.polls ?? '-' },
  { head: 'script a read', cell: ({ mainThread }) => (mainThread ? `${mainThread.scriptPerRead.toFixed(1)} ms` : '-') },
  {
    head: 'script, main thread in 1 s',
    cell: ({ mainThread }) => (mainThread ? `${mainThread.scriptPerSecond.toFixed(0)}, ${mainThread.allPerSecond.toFixed(0)} ms` : '-'),
  },
];

/** A Markdown table. */
export function tableOf(head: readonly string[], body: readonly Cells[]): string {
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The same figures one below the other, for a terminal. */
export function listOf(figures: Figures, title: string): string {
  return [...named, ...costs, ...seen].map(({ head, cell }) => `${head.padEnd(46)} ${cell(figures, title)}`).join('\n');
}
