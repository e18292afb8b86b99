import { advanceEta, type EtaBucket } from '../../progress/advanceEta.js';
import type { ContainerProgress } from '../../progress/ContainerProgress.js';
import { progressAt } from '../../progress/progressAt.js';
import { MOST_CATCH_UP } from './fillMotion.js';

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
  /** Percent shown, 0 to 99; `null`: there is no number. It never falls in one life, and what was learned at once is reached in steps. */
  percent: number | null;
  /** When that was, on the page's clock. */
  at: number;
  /** The reading that it was shown for: when it was taken in, and its percent. */
  reading: Pick<ContainerProgress, 'observedAt' | 'percent'>;
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
  const { remainingSeconds, percent } = progressAt(progress, now - offset);
  const at = Math.max(before?.at ?? now, now);
  const isOut = remainingSeconds !== null && remainingSeconds <= NOTHING_LEFT;
  const ranOutAt = progress.observedAt + offset + Math.max(0, (progress.remainingSeconds ?? 0) - NOTHING_LEFT) * 1000;
  const outSince = isOut ? (before?.outSince ?? Math.min(now, ranOutAt)) : null;
  const isOverdue = outSince !== null && now - outSince >= OVERDUE_AFTER_MS;
  return {
    life,
    offset: nowMs === null ? (before?.offset ?? 0) : offset,
    percent: stepTo(percent, before, progress, at),
    at,
    reading: { observedAt: progress.observedAt, percent: progress.percent },
    left: advanceEta(before?.left ?? null, isOut ? (isOverdue ? 0 : NOTHING_LEFT) : remainingSeconds),
    outSince,
    waited: inSteps((now - offset - progress.observedAt) / 1000 + progress.memory.watchedSeconds + (progress.memory.secondsBefore ?? 0)),
  };
}

/** Where the number goes from where it is: at once where there was none, else as fast as the fill. Percent given by hand, at the same moment, is shown as it is. */
function stepTo(percent: number | null, before: BarTime | null, { observedAt, ...progress }: ContainerProgress, at: number): number | null {
  if (before?.percent == null || percent === null || !Number.isFinite(percent)) return percent;
  const isByHand = observedAt === before.reading.observedAt && progress.percent !== before.reading.percent;
  if (isByHand) return percent;
  const seconds = Math.max(at - before.at, observedAt - before.reading.observedAt) / 1000;
  const step = Math.max(MOST_CATCH_UP, progress.percentPerSecond ?? 0) * seconds;
  return Math.max(before.percent, Math.min(percent, before.percent + step));
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
