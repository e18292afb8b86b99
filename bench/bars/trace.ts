import type { CDPSession } from 'playwright';

interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  pid: number;
  tid: number;
  cat: string;
  args: { name?: string };
}

/** What a trace says of one page, for each second. */
export interface TraceFigures {
  frames: number;
  layouts: number;
  styles: number;
  /** Milliseconds in which the main thread was at work. */
  mainThread: number;
}

const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  'toplevel',
];

/** Traces the page of a session while `during` runs. */
export async function trace(session: CDPSession, during: () => Promise<void>): Promise<TraceFigures> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: object[] }) => void events.push(...(value as TraceEvent[]));
  session.on('Tracing.dataCollected', collect);
  const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: CATEGORIES } });
  const startedAt = performance.now();
  await during();
  const seconds = (performance.now() - startedAt) / 1000;
  await session.send('Tracing.end');
  await complete;
  session.off('Tracing.dataCollected', collect);

  const mains = new Set(events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf));
  const onMain = events.filter((event) => mains.has(threadOf(event)));
  // The page under test is the renderer that did most.
  const busiest = mostFrequent(onMain.filter(({ name }) => name === 'RunTask').map(threadOf));
  const own = onMain.filter((event) => threadOf(event) === busiest);
  const pid = own[0]?.pid;
  const count = (name: string) => own.filter((event) => event.name === name && event.ph !== 'E').length / seconds;
  return {
    frames: events.filter((event) => event.name === 'DrawFrame' && event.pid === pid).length / seconds,
    layouts: count('Layout'),
    styles: count('UpdateLayoutTree'),
    mainThread: own.filter(({ name }) => name === 'RunTask').reduce((sum, { dur = 0 }) => sum + dur, 0) / 1000 / seconds,
  };
}

const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;

function mostFrequent(words: string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
