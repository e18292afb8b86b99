import { type Figures, figuresOf, type Quiet } from './figures.js';
import { createLibrary, type LibraryPlan, type Life } from './library.js';
import { byHand, type FollowedRow, ours } from './readers.js';
import { logRequests } from './readLog.js';
import { RowWatch } from './rowWatch.js';
import type { Scene } from './scenes.js';
import { inVirtualTime, STEP_MS } from './virtualTime.js';

const WARM_UP_MS = 60_000;
const QUIET_MS = 20_000;
const readers = { 'by hand': byHand, 'layers-react': ours };

/** Follows the containers of a scene in virtual time; the simulator with its limiter, TanStack Query and the client are real. */
export async function measureVirtual(scene: Scene, how: keyof typeof readers): Promise<Figures> {
  const main = await inVirtualTime(async (pass) => {
    const stage = setUp(scene, how);
    const startedAt = Date.now();
    await pass(scene.seconds * 1000, () => stage.turn());
    const endedAt = Date.now();
    const seen = stage.rows.map(({ life, watch }) => ({ life, marks: watch.marks(endedAt) }));
    const renders = stage.rows.reduce((sum, row) => sum + row.renders, 0);
    stage.close();
    return { ...figuresOf(seen, stage.log, startedAt, endedAt), renders };
  });
  const quiet = await inVirtualTime(async (pass): Promise<Quiet> => {
    const stage = setUp({ ...scene, stalled: true, ended: 0 }, how);
    await pass(WARM_UP_MS, () => stage.turn());
    const readsBefore = stage.log.length;
    const before = new Map(stage.rows.filter(({ watch }) => watch.hasData).map((row) => [row, row.renders]));
    await pass(QUIET_MS, () => stage.turn());
    const renders = [...before].reduce((sum, [row, renderedBefore]) => sum + row.renders - renderedBefore, 0);
    stage.close();
    return { renders, polls: stage.log.length - readsBefore };
  });
  return { scene: scene.name, how, ...main, quiet, mainThread: null, notes: [] };
}

interface Row {
  life: Life;
  watch: RowWatch;
  followed: FollowedRow;
  renders: number;
}

function setUp(plan: LibraryPlan, how: keyof typeof readers) {
  const library = createLibrary(plan);
  const { log, fetch } = logRequests(library.simulator);
  const reader = readers[how](fetch);
  const rows: Row[] = [];
  let alive: Row[] = [];
  const follow = (life: Life) => {
    const row: Row = { life, watch: new RowWatch(Date.now()), renders: 0, followed: reader.follow(life, () => (row.renders += 1)) };
    rows.push(row);
    alive.push(row);
  };
  for (const life of library.lives) follow(life);
  return {
    rows,
    log,
    /** Looks at every row. The library in flight stays as large as it is; a row leaves once both of its hooks know of the end. */
    turn: () => {
      const now = Date.now();
      for (const { watch, followed } of alive) watch.look(followed.statuses(), now);
      const ended = alive.filter(({ life }) => life.endsAt <= now && life.endsAt > now - STEP_MS);
      const gone = new Set(alive.filter(({ life, watch }) => !life.isOld && life.endsAt <= now && watch.hasEnded));
      for (const { followed } of gone) followed.stop();
      alive = alive.filter((row) => !gone.has(row));
      for (const { life } of ended) follow(library.replace(life));
    },
    close: () => {
      for (const { followed } of alive) followed.stop();
      reader.close();
    },
  };
}
