import type { ContainerProgress } from './ContainerProgress.js';
import { within } from './numbers.js';

/** The share of the bar that is never passed before a container is completed, in percent (model rule 6). @internal */
export const MOST_BEFORE_COMPLETED = 99;

const FULL_SPEED_SECONDS = 7;
/** Without news for as long, a bar stands still. @internal */
export const STANDSTILL_SECONDS = 15;
/** The seconds of full speed that a bar is worth between two snapshots, at most. @internal */
export const LONGEST_MOVE_SECONDS = (FULL_SPEED_SECONDS + STANDSTILL_SECONDS) / 2;

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
        : Math.max(percent, Math.min(MOST_BEFORE_COMPLETED, percent + percentPerSecond * movingSeconds(waited))),
    remainingSeconds: remainingSeconds === null ? null : Math.max(0, remainingSeconds - waited),
  };
}

/** The seconds of full speed that a wait is worth: all of them at first, then fewer and fewer. */
function movingSeconds(waited: number): number {
  const slowing = Math.max(0, waited - FULL_SPEED_SECONDS);
  return waited - slowing ** 2 / (2 * (STANDSTILL_SECONDS - FULL_SPEED_SECONDS));
}
