import { vi } from 'vitest';
import { hashed } from '../support/hashing.js';
import { nextTask } from '../support/nextTask.js';

/** Numbers from 0 to 1, the same at every run. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The most of these moments in any 60 s. */
export function busiestMinute(times: readonly number[]): number {
  let first = 0;
  return times.reduce((most, time, last) => {
    while (time - (times[first] as number) >= 60_000) first += 1;
    return Math.max(most, last - first + 1);
  }, 0);
}

/** The share `at` (0 to 1) of values; Infinity of none, so that nothing passes for having been measured. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? Number.POSITIVE_INFINITY;
}

/** Lets time go by in steps so short that moments are measured to a tenth of a second; `between` runs after each. */
export async function tick(milliseconds: number, between: () => void = () => {}, step = 100): Promise<void> {
  for (let left = milliseconds; left > 0; left -= step) {
    await vi.advanceTimersByTimeAsync(Math.min(step, left));
    // The body of an answer is real, and takes turns of its own.
    await nextTask();
    await nextTask();
    while (await hashed()) await nextTask();
    between();
  }
}
