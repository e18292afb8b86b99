import { attempt } from './attempt.js';

/** Whether a person asked their system for less motion, and when that changes; `undefined` where a browser (or jsdom) can't tell. */
export const prefersLessMotion = (): MediaQueryList | undefined => attempt(() => matchMedia('(prefers-reduced-motion: reduce)'));

/** Whether a person asked their browser or system to save data. */
export const prefersLessData = (): boolean =>
  attempt(() => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData) === true ||
  attempt(() => matchMedia('(prefers-reduced-data: reduce)').matches) === true;

/** After so many milliseconds all endless animations of the stylesheets are where they began: their rounds last 1.6, 2.8, 4.8 (there and back) and 10 s. */
const COMMON_MS = 840_000;

/**
 * Handles `animationstart`: puts an endless animation in step with all others of the page, by the delay that the stylesheets read. React listens for the end of
 * each round, for which the browser has to draw a frame: fifty bars out of step make it draw twenty a second, in step one in two seconds.
 */
export function keepInStep({ currentTarget }: { currentTarget: HTMLElement | SVGElement }): void {
  const { timeline } = currentTarget.ownerDocument;
  const now = Number(timeline?.currentTime ?? performance.now());
  currentTarget.style.setProperty('--_phase', `${-(now % COMMON_MS)}ms`);
}
