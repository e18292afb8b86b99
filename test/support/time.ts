import { vi } from 'vitest';
import { settled } from './bodies.js';

/**
 * Makes timers and the date stand still until {@link pass} moves them. React's own scheduler runs on. Where time stands still already it goes on from
 * there: our clock never runs backwards, and so would count from another date than the simulator's.
 */
export const stopTime = () =>
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'], now: Date.now() });

/**
 * Lets time go by in small steps, so that what is real (the body of an answer, React's scheduler) keeps up with what is not, and lets all that began
 * finish, which takes a few milliseconds more.
 */
export async function pass(milliseconds: number): Promise<void> {
  const step = Math.max(500, milliseconds / 400);
  for (let left = milliseconds; left > 0; left -= step) {
    await vi.advanceTimersByTimeAsync(Math.min(step, left));
    await settled();
  }
  for (let turn = 0; turn < 4; turn += 1) {
    await settled();
    await vi.advanceTimersByTimeAsync(1);
  }
}
