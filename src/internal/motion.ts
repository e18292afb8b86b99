import { attempt } from './attempt.js';

/** Whether a person asked their system for less motion, and when that changes; `undefined` where a browser (or jsdom) can't tell. */
export const prefersLessMotion = (): MediaQueryList | undefined => attempt(() => matchMedia('(prefers-reduced-motion: reduce)'));

/** Whether a person asked their browser or system to save data. */
export const prefersLessData = (): boolean =>
  attempt(() => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData) === true ||
  attempt(() => matchMedia('(prefers-reduced-data: reduce)').matches) === true;

/**
 * Handles `animationstart`: puts the endless animations of an element in step with those of the rest of the page. React listens for the end of each round, for
 * which the browser has to draw a frame: fifty bars out of step make it draw twenty a second, in step one in two seconds.
 */
export function keepInStep({ currentTarget }: { currentTarget: Element }): void {
  // A browser without this draws more frames.
  attempt(() => {
    for (const animation of currentTarget.getAnimations({ subtree: true })) {
      const isEndless = animation.effect?.getTiming().iterations === Number.POSITIVE_INFINITY;
      if (isEndless && animation.playState === 'running') animation.startTime = 0;
    }
  });
}
