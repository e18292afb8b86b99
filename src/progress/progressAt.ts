import type { ContainerProgress } from './ContainerProgress.js';
import { within } from './numbers.js';

/** The share of the bar that is never passed before a container is completed, in percent (model rule 6). @internal */
export const MOST_BEFORE_COMPLETED = 99;

/** A bar that is ahead of the estimate still moves, in percent a second: one that stands still looks broken. @internal */
export const CREEP = 0.03;
/**
 * From here on a bar only creeps, in percent: estimates call the end too early as often as too late, and these last steps are all that is left to
 * move by. @internal
 */
export const HOME_STRETCH = 95.6;

const FULL_SPEED_SECONDS = 7;
/** Without news for as long, a bar stands still. @internal */
export const STANDSTILL_SECONDS = 15;

/** A bar between two snapshots. */
export interface ProgressMoment {
  /** Share of the whole job, 0 to 100; `null`: no basis. */
  percent: number | null;
  /** Seconds left; `null`: unknown, or nothing is left to wait for. */
  remainingSeconds: number | null;
}

/**
 * Where the bar stands at `nowMs` (the clock that was given to `advanceProgress`): it moves on at `percentPerSecond` for 7 s after the last
 * snapshot, then slows down, and stands still after 15 s without news. It never falls, never passes 99 before the container is completed, and gives
 * the moment of the snapshot itself for a `nowMs` that is earlier or not a number.
 */
export function progressAt(progress: ContainerProgress, nowMs: number): ProgressMoment {
  const { percentPerSecond, remainingSeconds, observedAt, memory } = progress;
  const waited = Number.isFinite(nowMs) ? within((nowMs - observedAt) / 1000, 0, STANDSTILL_SECONDS) : 0;
  const percent = progress.percent === null ? null : Math.max(progress.percent, memory.shownPercent ?? 0);
  return {
    percent:
      percent === null || percentPerSecond === null
        ? percent
        : Math.max(percent, Math.min(MOST_BEFORE_COMPLETED, moved(percent, percentPerSecond, movingSeconds(waited)))),
    remainingSeconds: remainingSeconds === null ? null : Math.max(0, remainingSeconds - waited),
  };
}

function moved(percent: number, percentPerSecond: number, seconds: number): number {
  const free = Math.max(0, HOME_STRETCH - percent);
  const reach = percentPerSecond * seconds;
  if (reach <= free) return percent + reach;
  return percent + free + Math.min(percentPerSecond, CREEP) * (seconds - free / percentPerSecond);
}

/** The seconds of full speed that a wait is worth: all of them at first, then fewer and fewer. */
function movingSeconds(waited: number): number {
  const slowing = Math.max(0, waited - FULL_SPEED_SECONDS);
  return waited - slowing ** 2 / (2 * (STANDSTILL_SECONDS - FULL_SPEED_SECONDS));
}
