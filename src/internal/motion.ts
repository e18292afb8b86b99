import { attempt } from './attempt.js';

/** Whether a person asked their system for less motion, and when that changes; `undefined` where a browser (or jsdom) can't tell. */
export const prefersLessMotion = (): MediaQueryList | undefined => attempt(() => matchMedia('(prefers-reduced-motion: reduce)'));

/** Whether a person asked their browser or system to save data. */
export const prefersLessData = (): boolean =>
  attempt(() => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData) === true ||
  attempt(() => matchMedia('(prefers-reduced-data: reduce)').matches) === true;
