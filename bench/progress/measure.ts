import type { Bar } from './estimators.js';
import type { Watched } from './polls.js';

/** What one bar did over one life. */
export interface Measured {
  backward: number;
  early100: number;
  /** Distance from the true share of time, 0 to 1, ten times a second while the job runs and a share is shown. */
  errors: Float32Array;
  /** The longest time in seconds without a move of 0.3 px on a bar of 300 px while the last news was at most 10 s old. */
  freeze: number;
  /** The highest percentage shown while the job ran; 0 where none was. */
  highest: number;
  wordsUp: number;
  /** The largest step of the percentage from one sample to the next while the job ran. */
  jump: number;
  /** Share of the running time without a percentage. */
  blank: number;
}

const STEP = 0.1;
const FRESH_SECONDS = 10;
/** How long a bar is, and which move of it is seen, in pixels: browsers draw the edge of the fill to a tenth of a pixel. */
const BAR_PIXELS = 300;
const VISIBLE_PIXELS = 0.3;
/** A bar that stands still for longer looks broken, in seconds. */
export const LONGEST_STANDSTILL = 4;

/** Watches a bar through all the lives of a container. */
export function measure(watched: Watched, bar: Bar): Measured[] {
  let next = 0;
  return watched.lives.map((life) => {
    const errors: number[] = [];
    let [backward, early100, wordsUp, freeze, highest, blank, running, jump] = [0, 0, 0, 0, 0, 0, 0, 0];
    let last: { percent: number | null; words: number | null } = { percent: null, words: null };
    let anchor: { at: number; pixels: number } | null = null;
    let [news, newsAt, status] = ['', -Infinity, ''];
    const first = watched.polls.find(({ at }) => at >= life.from);
    for (let at = first?.at ?? life.from; at < life.to; at += STEP) {
      for (let poll = watched.polls[next]; poll !== undefined && poll.at <= at; poll = watched.polls[++next]) {
        bar.take(poll);
        const said = JSON.stringify(poll.snapshot);
        if (said === news) continue;
        [news, newsAt, status] = [said, poll.at, poll.snapshot.status];
      }
      const shown = bar.at(at);
      const { percent } = shown;
      if (percent !== null && last.percent !== null && percent < last.percent - 1e-9) backward++;
      if (percent !== null && last.percent !== null && status === 'processing') jump = Math.max(jump, percent - last.percent);
      if (percent !== null && percent >= 99.5 && (last.percent ?? 0) < 99.5) early100++;
      if (shown.words !== null && last.words !== null && shown.words > last.words) wordsUp++;
      last = shown;
      if (status !== 'processing') continue;
      running++;
      if (percent === null) {
        blank++;
        anchor = null;
        continue;
      }
      errors.push(Math.abs(percent / 100 - (at - life.from) / (life.to - life.from)));
      highest = Math.max(highest, percent);
      const pixels = (percent / 100) * BAR_PIXELS;
      if (at - newsAt > FRESH_SECONDS) anchor = null;
      else if (anchor === null || Math.abs(pixels - anchor.pixels) >= VISIBLE_PIXELS - 1e-9) anchor = { at, pixels };
      else freeze = Math.max(freeze, at - anchor.at);
    }
    // Whatever comes between the end of a life and the next one belongs to neither.
    const end = watched.polls.findIndex((poll, index) => index >= next && poll.snapshot.status === 'completed');
    for (; next <= end; next++) bar.take(watched.polls[next] as (typeof watched.polls)[number]);
    return {
      backward,
      early100,
      errors: Float32Array.from(errors),
      freeze,
      highest,
      wordsUp,
      jump,
      blank: running === 0 ? 0 : blank / running,
    };
  });
}

/** Many lives in one row. */
export interface Row {
  lives: number;
  backward: number;
  early100: number;
  meanError: number;
  p95Error: number;
  longestFreeze: number;
  /** Lives in which the bar stood still for longer than {@link LONGEST_STANDSTILL}. */
  frozen: number;
  highest: number;
  wordsUpMedian: number;
  wordsUpMean: number;
  jump: number;
  blank: number;
  /** Lives that showed a percentage while they ran. */
  spoke: number;
}

/** Sums up; the mean error is the mean over lives of each life's mean, so that a long life counts no more than a short one. */
export function sumUp(measured: Measured[]): Row {
  const add = (value: (one: Measured) => number) => measured.reduce((sum, one) => sum + value(one), 0);
  const spoke = measured.filter(({ errors }) => errors.length > 0);
  const all = Float32Array.from(measured.flatMap(({ errors }) => [...errors])).sort();
  const wordsUp = measured.map((one) => one.wordsUp).sort((a, b) => a - b);
  return {
    lives: measured.length,
    backward: add(({ backward }) => backward),
    early100: add(({ early100 }) => early100),
    meanError: spoke.reduce((sum, { errors }) => sum + errors.reduce((total, error) => total + error, 0) / errors.length, 0) / spoke.length,
    p95Error: all[Math.floor(all.length * 0.95)] ?? Number.NaN,
    frozen: measured.filter(({ freeze }) => freeze > LONGEST_STANDSTILL).length,
    highest: measured.reduce((most, one) => Math.max(most, one.highest), 0),
    longestFreeze: measured.reduce((most, { freeze }) => Math.max(most, freeze), 0),
    wordsUpMedian: wordsUp[Math.floor(wordsUp.length / 2)] ?? 0,
    wordsUpMean: add((one) => one.wordsUp) / measured.length,
    jump: measured.reduce((most, one) => Math.max(most, one.jump), 0),
    spoke: spoke.length,
    blank: add(({ blank }) => blank) / measured.length,
  };
}
