/** Whether a person asked their system for less motion, and when that changes; `undefined` where a browser (or jsdom) can't tell. */
export const prefersLessMotion = (): MediaQueryList | undefined =>
  typeof matchMedia === 'function' ? matchMedia('(prefers-reduced-motion: reduce)') : undefined;
