import { createSimulator, type Simulator } from '../../src/testing.js';
import { type Waits, waits } from './figures.js';
import { countReads, type LoggedRequest } from './readLog.js';

/** When what happens, in milliseconds: after the page has settled the hooks mount, then the two clicks come, one after the other. */
export const BURST = { hooks: 100, pageSize: 20, settlesMs: 4_000, moreAfterMs: 300, approveAfterMs: 300, lastsMs: 75_000 } as const;

const LISTED = 60;
const PROJECTS = ['prj_11111111-1111-4111-8111-111111111111', 'prj_22222222-2222-4222-8222-222222222222'] as const;

/** What a page does on which 100 hooks mount at once. Times in milliseconds. */
export interface BurstFigures {
  how: string;
  /** Reads in the first second, in the first ten, in any 60 s, and those refused. */
  firstSecond: number;
  firstTenSeconds: number;
  busiest: number;
  refused: number;
  /** The longest time in which no request left. */
  longestPause: number;
  /** From each click until its request reached the server; `null`: it did not. */
  moreAfter: number | null;
  approveAfter: number | null;
  /** From the click until the list had more rows; `null`: never. */
  moreShownAfter: number | null;
  /** From mounting until a hook has data. */
  data: Waits;
}

/** Two projects: one with a list of which every row waits for approval, one with containers in flight of which the page knows the ids alone. */
export function createBurst(): { simulator: Simulator; listed: string; pendingId: string; ids: string[] } {
  const [listed, busy] = PROJECTS;
  const faults = [{ kind: 'latency', latencyMs: [40, 160] }] as const;
  const simulator = createSimulator({ seed: 3, tier: 'standard', projectIds: PROJECTS, faults });
  const now = Date.now();
  const ended = Array.from({ length: LISTED }, (_, index) =>
    simulator.addContainer({
      projectId: listed,
      state: 'completed',
      approvalStatus: 'pending',
      createdAt: now - 3_600_000 + index * 1_000,
    }),
  );
  const stages = [{ stage: 'generating_visuals', durationMs: 300_000 }];
  const ids = Array.from({ length: BURST.hooks }, (_, index) =>
    simulator.addContainer({ projectId: busy, createdAt: now - index * 1_000, generation: { queuedMs: 0, stages } }),
  );
  return { simulator, listed, pendingId: ended.at(-1) ?? '', ids };
}

/** Works out the figures of a burst from the server's log and from how long each hook waited. */
export function burstFiguresOf(
  how: string,
  log: readonly LoggedRequest[],
  at: { mountedAt: number; moreAt: number; moreShownAt: number | null; approveAt: number; endedAt: number },
  waited: readonly number[],
): BurstFigures {
  const { mountedAt, moreAt, moreShownAt, approveAt, endedAt } = at;
  const { busiest, refused } = countReads(log, mountedAt, endedAt);
  const leftAfter = (since: number, is: (entry: LoggedRequest) => boolean) => {
    const entry = log.find((each) => each.at >= since && is(each));
    return entry ? entry.at - since : null;
  };
  const reads = log.filter(({ method, at: time }) => method === 'GET' && time >= mountedAt && time < endedAt).map(({ at: time }) => time);
  const pauses = [mountedAt, ...reads].map((time, index) => (reads[index] ?? endedAt) - time);
  return {
    how,
    firstSecond: reads.filter((time) => time < mountedAt + 1_000).length,
    firstTenSeconds: reads.filter((time) => time < mountedAt + 10_000).length,
    busiest,
    refused,
    longestPause: Math.max(...pauses),
    moreAfter: leftAfter(moreAt, ({ path }) => path.includes('cursor=')),
    approveAfter: leftAfter(approveAt, ({ method, path }) => method === 'POST' && path.includes('/approve')),
    moreShownAfter: moreShownAt === null ? null : moreShownAt - moreAt,
    data: waits(waited),
  };
}
