import type { Plan, PlannedRead } from './singleReads.js';
import type { Track } from './track.js';

/** When each track, and each project's list, is read next, with a slot every `spacing` from `slotAt` on. `isPolled`: its own progress is. */
export function dueTimes(plan: Plan, slotAt: number, spacing: number) {
  const times = new Map<Track | string, { at: number; isPolled: boolean }>();
  const note = (read: PlannedRead, at: number, isPolled: boolean) => {
    const what = read.kind === 'sweep' ? read.projectId : read.track;
    const before = times.get(what);
    if (!before?.isPolled) times.set(what, { at: Math.min(at, before?.at ?? Number.POSITIVE_INFINITY), isPolled });
  };
  const { sweep, first, screen, rest } = plan;
  for (const [reads, every] of [[screen, 1] as const, [rest, screen.length > 0 ? restEvery(plan) : 1] as const]) {
    // What is due keeps the order of the plan.
    const line = reads.map((read) => ({ read, from: Math.max(slotAt, read.dueAt) })).sort((one, other) => one.from - other.from);
    let freeAt = slotAt;
    for (const { read, from } of line) {
      const at = Math.max(from, freeAt);
      freeAt = at + spacing * every;
      note(read, at, reads === screen && (read.kind === 'progress' || read.kind === 'job'));
    }
  }
  for (const read of [...first, ...sweep]) note(read, read.dueAt, false);
  return times;
}

/** One slot in so many goes to priority `rest` before `screen`: fewer slots while the screen is polled three times slower than documented, or slower still. */
export const restEvery = ({ stretch }: Plan) => (stretch < 3 ? 2 : 10);
