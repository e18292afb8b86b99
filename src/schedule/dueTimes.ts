import type { Plan, PlannedRead } from './singleReads.js';
import type { Track } from './track.js';

/** One slot in this many goes to priority `rest` before `screen`; fewer while much on screen is overdue. */
const REST_EVERY = { few: 2, many: 10 } as const;
/** From this multiple of the documented cadence on, the screen counts as overdue. */
const MUCH_WAITS_FROM = 3;

/** When something is read next. `isPolled`: its own progress is. */
export interface DueTime {
  at: number;
  isPolled: boolean;
}

/** When each track, and each project's list, is read next, with a slot every `spacing` from `slotAt` on. */
export function dueTimes(plan: Plan, slotAt: number, spacing: number): Map<Track | string, DueTime> {
  const times = new Map<Track | string, DueTime>();
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
      note(read, at, reads === screen && read.kind === 'progress');
    }
  }
  for (const read of [...first, ...sweep]) note(read, read.dueAt, false);
  return times;
}

/** One slot in so many goes to priority `rest` before `screen`. */
export const restEvery = ({ stretch }: Plan) => (stretch < MUCH_WAITS_FROM ? REST_EVERY.few : REST_EVERY.many);
