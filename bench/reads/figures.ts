import type { Life } from './library.js';
import { agesOf, countReads, type LoggedRequest, type ReadCounts } from './readLog.js';
import { HOOKS, type Hook, type RowMarks } from './rowWatch.js';

/** How long something took, in milliseconds. `never` counts what did not happen at all; for the quantiles that is longer than anything. */
export interface Waits {
  count: number;
  median: number | null;
  p95: number | null;
  never: number;
  /** The same of those that did happen: what a run without an end would give lies between the two. */
  known: { median: number | null; p95: number | null };
}

/** Renders of rows that had data, during 20 s of polls that brought nothing new. */
export interface Quiet {
  renders: number;
  polls: number;
}

/** What one run of one scene showed. */
export interface Figures {
  scene: string;
  how: string;
  seconds: number;
  reads: ReadCounts;
  /** From when a row appeared to the first data of each of its hooks. */
  data: Record<Hook, Waits>;
  /** The same for containers that had ended before the page opened; `null` in a scene without any. */
  endedData: Record<Hook, Waits> | null;
  /** From a container's end on the server to the data of each hook. */
  end: Record<Hook, Waits>;
  /** Rows of which both hooks had data with two different statuses: how many, how often, how long the median of them. */
  disagreements: { rows: number; times: number; ms: number };
  /** Age of what is on screen: since the last answer of `/progress`, and since any answer that names the container. */
  age: { progress: Waits; any: Waits };
  /** Renders of all rows in the whole run. */
  renders: number;
  quiet: Quiet | null;
  /** Thread time of the page in milliseconds: script for each read, script in a second, everything its main thread did in a second. */
  mainThread: { scriptPerRead: number; scriptPerSecond: number; allPerSecond: number } | null;
  /** What else a reader of the table should know. */
  notes: string[];
}

/** One row and what was seen of it, in one tab. */
export interface SeenRow {
  life: Life;
  marks: RowMarks;
}

/** A wait that began less than this before the end of the run is left out, whether it ended or not. */
const TAIL_MS = 10_000;

/** Works out the figures of a run of a scene from the rows' marks and the server's log. */
export function figuresOf(rows: readonly SeenRow[], log: readonly LoggedRequest[], startedAt: number, endedAt: number) {
  const closing = endedAt - TAIL_MS;
  const first = (of: readonly SeenRow[]) =>
    eachHook((hook) => of.filter(({ marks }) => marks.shownAt <= closing).map(({ marks }) => since(marks.shownAt, marks.dataAt[hook])));
  const alreadyEnded = rows.filter(({ life }) => life.isOld);
  const inFlight = rows.filter(({ life }) => !life.isOld);
  const ending = inFlight.filter(({ life }) => life.endsAt <= closing);
  const differing = rows.filter(({ marks }) => marks.disagreements > 0).map(({ marks }) => marks);
  return {
    seconds: Math.round((endedAt - startedAt) / 1000),
    reads: countReads(log, startedAt, endedAt),
    data: first(inFlight),
    endedData: alreadyEnded.length > 0 ? first(alreadyEnded) : null,
    end: eachHook((hook) => ending.map(({ life, marks }) => since(Math.max(life.endsAt, marks.shownAt), marks.endedAt[hook]))),
    disagreements: {
      rows: differing.length,
      times: differing.reduce((sum, { disagreements }) => sum + disagreements, 0),
      ms:
        quantile(
          differing.map(({ disagreedMs }) => disagreedMs),
          0.5,
        ) ?? 0,
    },
    age: ageOf(inFlight, log, endedAt),
  };
}

function ageOf(rows: readonly SeenRow[], log: readonly LoggedRequest[], endedAt: number): Figures['age'] {
  const answers = new Map<string, LoggedRequest[]>();
  for (const { life } of rows) if (life.onScreen) answers.set(life.id, []);
  for (const entry of log) for (const id of entry.ids) answers.get(id)?.push(entry);
  const ages = (isProgressOnly: boolean) =>
    rows
      .filter(({ life }) => life.onScreen)
      .flatMap(({ life, marks }) => {
        const named = (answers.get(life.id) ?? []).filter(({ isProgress }) => isProgress || !isProgressOnly);
        return agesOf(life, marks.shownAt, endedAt, named);
      });
  return { progress: waits(ages(true)), any: waits(ages(false)) };
}

const eachHook = (values: (hook: Hook) => number[]) =>
  Object.fromEntries(HOOKS.map((hook) => [hook, waits(values(hook))])) as Record<Hook, Waits>;

const since = (from: number, to: number | null) => (to === null ? Number.POSITIVE_INFINITY : Math.max(0, to - from));

/** Sums up waits; `Infinity` stands for one that never ended. */
export function waits(values: readonly number[]): Waits {
  const known = values.filter((value) => value !== Number.POSITIVE_INFINITY);
  return {
    count: values.length,
    median: quantile(values, 0.5),
    p95: quantile(values, 0.95),
    never: values.length - known.length,
    known: { median: quantile(known, 0.5), p95: quantile(known, 0.95) },
  };
}

/** The share `at` (0 to 1) of sorted values; `null` of none. */
function quantile(values: readonly number[], at: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? null;
}
