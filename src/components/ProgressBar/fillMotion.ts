import { CREEP, MOST_BEFORE_COMPLETED } from '../../progress/progressAt.js';

/** How far past a reading the fill moves on by itself. A little over the slow cadence of 5 s: a reading that is much later leaves the fill standing. */
const AHEAD_SECONDS = 8;
const FINISH_SECONDS = 0.24;

/** A reading, as far as the fill is concerned. */
export interface FillTarget {
  /** Changes when the bar shows another container, or another life of the same. */
  life: string;
  /** 0 to 100. */
  percent: number;
  /** Percent a second until the next reading; `null`: stand still. */
  percentPerSecond: number | null;
  isCompleted: boolean;
  isTerminal: boolean;
}

/** A straight movement of the fill. Shares are 0 to 1; `startedAt` is in milliseconds on the clock that {@link moveFill} is given. */
export interface FillMotion {
  life: string;
  from: number;
  to: number;
  /** The highest share that a reading of this life has told: never shown less. */
  least: number;
  startedAt: number;
  seconds: number;
}

/** Where the fill goes next: on at the reading's speed, to the end when completed, and in one life never back. Pure. */
export function moveFill(previous: FillMotion | null, target: FillTarget, now: number): FillMotion {
  const { life, isCompleted, isTerminal } = target;
  const share = Math.min(1, Math.max(0, target.percent / 100));
  const least = previous?.life === life ? Math.max(previous.least, share) : share;
  const move = (from: number, to: number, seconds: number): FillMotion => ({ life, from, to, least, startedAt: now, seconds });
  // First seen: shown where it is, since sliding there from nothing would tell of progress that nobody saw.
  if (!previous || previous.life !== life) return move(share, share, 0);
  const shown = shareAt(previous, now);
  if (isCompleted) return move(shown, 1, FINISH_SECONDS);
  if (isTerminal) return move(shown, Math.max(shown, least), 0);
  if (target.percentPerSecond === null) return move(shown, Math.max(shown, least), AHEAD_SECONDS);
  const ahead = share + (Math.max(0, target.percentPerSecond) * AHEAD_SECONDS) / 100;
  // What is at work is seen to move, also where the fill is ahead of its reading.
  const crept = shown + (CREEP * AHEAD_SECONDS) / 100;
  return move(shown, Math.max(shown, least, Math.min(MOST_BEFORE_COMPLETED / 100, Math.max(crept, ahead))), AHEAD_SECONDS);
}

/** The share that a movement shows at a moment. */
export function shareAt({ from, to, startedAt, seconds }: FillMotion, now: number): number {
  const done = seconds === 0 ? 1 : Math.min(1, Math.max(0, (now - startedAt) / (seconds * 1000)));
  return from + (to - from) * done;
}
