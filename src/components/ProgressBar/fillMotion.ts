import { CREEP, MOST_BEFORE_COMPLETED } from '../../progress/progressAt.js';

/**
 * How far past a reading the fill moves on, in seconds. Readings come every 5 s at the slow cadence: one that is lost leaves no pause, while a longer silence
 * leaves the fill standing.
 */
export const AHEAD_SECONDS = 10;
const FINISH_SECONDS = 0.24;
/**
 * A bar that is behind by more than this, in percent, is not put right at once, and what was learned is not reached faster than by so much a second: a jump looks
 * like an error.
 */
export const MOST_CATCH_UP = 2.9;

/** A reading, as far as the fill is concerned. */
export interface FillTarget {
  /** Changes when the bar shows another container, or another life of the same. */
  life: string;
  /** 0 to 100. */
  percent: number;
  /** Where the estimate will be {@link AHEAD_SECONDS} after the reading, in percent; `null`: stand still. */
  ahead: number | null;
  isCompleted: boolean;
  /** It ended, or waits to start: the fill stays where it is. */
  isStill: boolean;
}

/** A straight movement of the fill. Shares are 0 to 1; `startedAt` is in milliseconds on the clock that {@link moveFill} is given. */
export interface FillMotion {
  life: string;
  from: number;
  to: number;
  /** The highest share that a reading of this life has told: what is shown without motion. */
  least: number;
  startedAt: number;
  seconds: number;
}

/** Where the fill goes next: to where the estimate will be, to the end when completed, and in one life never back. Pure. */
export function moveFill(previous: FillMotion | null, target: FillTarget, now: number): FillMotion {
  const { life, isCompleted, isStill } = target;
  const before = previous?.life === life ? previous : null;
  const share = shareOf(target.percent);
  const least = Math.max(before?.least ?? 0, share);
  // First seen: shown where it is, since sliding there from nothing would tell of progress that nobody saw.
  const shown = before ? shareAt(before, now) : share;
  const move = (to: number, seconds: number): FillMotion => {
    // A transition that is given its own end once more goes on as it was.
    if (before?.to === to && seconds > 0) return { ...before, least };
    return { life, from: shown, to, least, startedAt: now, seconds };
  };
  if (isCompleted) return move(1, before ? FINISH_SECONDS : 0);
  const behind = Math.max(0, least - shown);
  const catchUpSeconds = (100 * behind) / MOST_CATCH_UP;
  if (isStill) return move(Math.max(shown, least), catchUpSeconds > 1 ? catchUpSeconds : 0);
  if (target.ahead === null) return move(Math.max(shown, least), before ? Math.max(AHEAD_SECONDS, catchUpSeconds) : 0);
  const ahead = shareOf(target.ahead);
  // What is at work is seen to move, also where the fill is ahead of its reading.
  const crept = shown + (CREEP * AHEAD_SECONDS) / 100;
  const reach = shown + Math.max(ahead - share, (MOST_CATCH_UP * AHEAD_SECONDS) / 100);
  return move(Math.max(shown, Math.min(MOST_BEFORE_COMPLETED / 100, Math.max(crept, Math.min(ahead, reach)))), AHEAD_SECONDS);
}

const shareOf = (percent: number) => Math.min(1, Math.max(0, percent / 100));

/** The share that a movement shows at a moment. */
export function shareAt({ from, to, startedAt, seconds }: FillMotion, now: number): number {
  const done = seconds === 0 ? 1 : Math.min(1, Math.max(0, (now - startedAt) / (seconds * 1000)));
  return from + (to - from) * done;
}
