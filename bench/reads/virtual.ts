import { withGlobal } from '@sinonjs/fake-timers';
import { type Figures, figuresOf, type Quiet } from './figures.js';
import { createLibrary, type LibraryPlan, type Life } from './library.js';
import { byHand, type FollowedRow, ours } from './readers.js';
import { logRequests } from './readLog.js';
import { RowWatch } from './rowWatch.js';
import type { Scene } from './scenes.js';

const STEP_MS = 50;
const WARM_UP_MS = 60_000;
const QUIET_MS = 20_000;
const clocks = withGlobal(globalThis);
const readers = { 'by hand': byHand, 'layers-react': ours };
/** Each run begins a day after the last, so that no clock runs backwards. */
let day = 0;

/** Where the virtual table comes from. */
export type VirtualHow = keyof typeof readers;

/**
 * Follows the containers of a scene in virtual time: timers and dates are faked, everything else (the simulator with its limiter, TanStack Query, the
 * client) is real. Time moves in steps of 50 ms; between two steps everything that is asynchronous settles, then each row is looked at.
 */
export async function measureVirtual(scene: Scene, how: VirtualHow): Promise<Figures> {
  const main = await run(scene, how, scene.seconds * 1000, true);
  const quiet = await run({ ...scene, stalled: true, ended: 0 }, how, WARM_UP_MS + QUIET_MS, false);
  return {
    scene: scene.name,
    how,
    ...figuresOf(main.rows, main.log, main.startedAt, main.endedAt),
    renders: main.renders,
    quiet: quiet.quiet,
    mainThread: null,
    notes: [],
  };
}

interface Row {
  life: Life;
  watch: RowWatch;
  followed: FollowedRow;
  renders: number;
}

async function run(plan: LibraryPlan, how: VirtualHow, lengthMs: number, replaces: boolean) {
  const clock = clocks.install({
    now: Date.UTC(2027, 0, (day += 1)),
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
  });
  try {
    const library = createLibrary(plan);
    const { log, fetch } = logRequests(library.simulator);
    const reader = readers[how](fetch);
    const startedAt = Date.now();
    const rows: Row[] = [];
    let alive: Row[] = [];
    const follow = (life: Life) => {
      const watch = new RowWatch(Date.now());
      const row: Row = { life, watch, renders: 0, followed: reader.follow(life, () => (row.renders += 1)) };
      rows.push(row);
      alive.push(row);
    };
    for (const life of library.lives) follow(life);

    const quiet = new QuietCount(rows, log);
    for (let elapsed = 0; elapsed < lengthMs; elapsed += STEP_MS) {
      if (elapsed === WARM_UP_MS) quiet.begin();
      await clock.tickAsync(STEP_MS);
      await new Promise<void>((resolve) => setImmediate(resolve));
      const now = Date.now();
      for (const row of alive) row.watch.look(row.followed.statuses(), now);
      // The library in flight stays as large as it is, whatever the reader knows; a row leaves once both of its hooks know of the end.
      if (replaces) {
        const ended = alive.filter(({ life }) => life.endsAt <= now && life.endsAt > now - STEP_MS);
        const gone = alive.filter(({ life, watch }) => !life.isOld && life.endsAt <= now && watch.hasEnded);
        for (const { followed } of gone) followed.stop();
        alive = alive.filter((row) => !gone.includes(row));
        for (const { life } of ended) follow(library.replace(life));
      }
    }
    const endedAt = Date.now();
    const seen = rows.map(({ life, watch }) => ({ life, marks: watch.marks(endedAt) }));
    for (const { followed } of alive) followed.stop();
    reader.close();
    await clock.tickAsync(STEP_MS);
    const renders = rows.reduce((sum, row) => sum + row.renders, 0);
    return { rows: seen, log, startedAt, endedAt, renders, quiet: quiet.end() };
  } finally {
    clock.uninstall();
  }
}

/** Counts renders of rows that have data, and reads, from `begin` to `end`. */
class QuietCount {
  readonly #rows: readonly Row[];
  readonly #log: readonly unknown[];
  #before = new Map<Row, number>();
  #readsBefore = 0;

  constructor(rows: readonly Row[], log: readonly unknown[]) {
    this.#rows = rows;
    this.#log = log;
  }

  begin(): void {
    this.#readsBefore = this.#log.length;
    this.#before = new Map(this.#rows.filter(({ watch }) => watch.hasData).map((row) => [row, row.renders]));
  }

  end(): Quiet {
    let renders = 0;
    for (const [row, before] of this.#before) renders += row.renders - before;
    return { renders, polls: this.#log.length - this.#readsBefore };
  }
}
