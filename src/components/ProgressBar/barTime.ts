import { advanceEta, type EtaBucket } from '../../progress/advanceEta.js';
import type { ContainerProgress } from '../../progress/ContainerProgress.js';
import { progressAt } from '../../progress/progressAt.js';

/** A countdown is not over before it has stood at nothing for as long: the next reading may well bring the end. */
const OVERDUE_AFTER_MS = 10_000;
/** Up to here a countdown counts as run out, in seconds: an estimate never says less than half a second. */
const NOTHING_LEFT = 1;
/** A reading that comes within so many seconds needs no word. */
const SOON_SECONDS = 15;
/** Clocks that differ by less than this are the same clock. */
const DAY_MS = 86_400_000;

/** The time that a bar shows, in steps: it is another one only when its words are. */
export interface BarTime {
  /** Changes when the bar shows another container, or another life of the same. */
  life: string;
  /** What to add to the clock of the readings to get the page's, in milliseconds. */
  offset: number;
  /** Time left. */
  left: EtaBucket;
  /** When the time left ran out, on the page's clock; `null` while it has not. */
  outSince: number | null;
  /** Seconds that the container has waited to start, or has been known to, in steps. */
  waited: number;
}

/** The life that a progress tells of, in one word. */
export const lifeOf = ({ containerId, startedAt }: ContainerProgress) => `${containerId} ${startedAt}`;

/**
 * The time of a bar at a moment: counts down between readings, and its words rise only with hysteresis. Pure.
 *
 * @param nowMs the page's clock (`monotonicNow`); `null`: the moment of the reading itself, as a server or a first render has it
 */
export function advanceBarTime(previous: BarTime | null, progress: ContainerProgress, nowMs: number | null): BarTime {
  const life = lifeOf(progress);
  const before = previous?.life === life ? previous : null;
  // Readings that were dated by another clock than the page's are as old as they have been on this bar.
  const apart = nowMs === null ? 0 : nowMs - progress.observedAt;
  const offset = before?.offset ?? (apart >= 0 && apart < DAY_MS ? 0 : apart);
  const now = nowMs ?? progress.observedAt + offset;
  const { remainingSeconds } = progressAt(progress, now - offset);
  const isOut = remainingSeconds !== null && remainingSeconds <= NOTHING_LEFT;
  const ranOutAt = progress.observedAt + offset + Math.max(0, (progress.remainingSeconds ?? 0) - NOTHING_LEFT) * 1000;
  const outSince = isOut ? (before?.outSince ?? Math.min(now, ranOutAt)) : null;
  const isOverdue = outSince !== null && now - outSince >= OVERDUE_AFTER_MS;
  return {
    life,
    offset: nowMs === null ? (before?.offset ?? 0) : offset,
    left: advanceEta(before?.left ?? null, isOut ? (isOverdue ? 0 : NOTHING_LEFT) : remainingSeconds),
    outSince,
    waited: inSteps((now - offset - progress.observedAt) / 1000 + progress.memory.watchedSeconds + (progress.memory.secondsBefore ?? 0)),
  };
}

/** Seconds until the next reading in the same steps, rounded up; 0 where that comes too soon to tell. */
export function untilInSteps(seconds: number): number {
  if (!Number.isFinite(seconds) || seconds <= SOON_SECONDS) return 0;
  return seconds <= 50 ? Math.ceil(seconds / 10) * 10 : Math.ceil(seconds / 60) * 60;
}

/** A growing number of seconds in steps: tens, from a minute on whole minutes; 0 under ten. */
export function inSteps(seconds: number): number {
  if (!Number.isFinite(seconds) || seconds < 10) return 0;
  return seconds < 60 ? Math.floor(seconds / 10) * 10 : Math.floor(seconds / 60) * 60;
}
