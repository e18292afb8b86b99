import type { LibraryPlan } from './library.js';

/** A page of rows, and how long it is watched. */
export interface Scene extends LibraryPlan {
  name: string;
  /** What the table calls it. */
  title: string;
  seconds: number;
  tabs: number;
  /** Whether the page without news is measured, too. */
  measuresQuiet: boolean;
}

const base = { tabs: 1, measuresQuiet: false };
const ten = (inFlight: number, seconds: number, name = `${inFlight}`): Scene => ({
  ...base,
  name,
  title: `${inFlight}, ${inFlight > 10 ? 'ten' : 'all'} on screen`,
  inFlight,
  onScreen: Math.min(10, inFlight),
  seconds,
});
const all = (inFlight: number, seconds: number, name = `${inFlight}-all`): Scene => ({
  ...base,
  name,
  title: `${inFlight}, all on screen`,
  inFlight,
  onScreen: inFlight,
  seconds,
});
const mixed = (seconds: number): Scene => ({
  ...base,
  name: 'mixed',
  title: '20 among 100 ended, ten on screen',
  inFlight: 20,
  onScreen: 5,
  ended: 100,
  endedOnScreen: 5,
  seconds,
});

/** A fast look at what matters most, in virtual time. */
export const quickScenes: readonly Scene[] = [ten(10, 60), ten(50, 60), all(50, 60), ten(200, 60), all(200, 60), mixed(60), ten(1000, 60)];

const VIRTUAL_SECONDS = 240;

/** The table in virtual time, by hand and by this library. */
export const virtualScenes: readonly Scene[] = [1, 5, 10, 50, 200, 1000].map((count) => ten(count, VIRTUAL_SECONDS, `virtual-${count}`));

/** The table in Chromium, in real time. */
export const chromiumScenes: readonly Scene[] = [
  { ...ten(10, 150), measuresQuiet: true },
  { ...ten(50, 150), measuresQuiet: true },
  { ...ten(50, 120, '50-10tabs'), title: '50, ten on screen, 10 tabs', tabs: 10 },
  all(50, 120),
  ten(200, 150),
  all(200, 180),
  ten(1000, 120),
  mixed(120),
];

/** The scenes in Chromium that are shown by hand, too. */
export const byHandScenes: readonly string[] = ['50', '200'];
