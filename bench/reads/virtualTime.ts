import { withGlobal } from '@sinonjs/fake-timers';

/** How far time moves at once. Between two steps everything that is asynchronous settles. */
export const STEP_MS = 50;

const clocks = withGlobal(globalThis);
/** Each run begins a day after the last, so that no clock runs backwards. */
let day = 0;

/** Runs something with faked timers and dates; everything else is real. `pass` lets time pass, and calls `eachStep` after each step. */
export async function inVirtualTime<Result>(
  run: (pass: (milliseconds: number, eachStep?: () => void) => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const clock = clocks.install({
    now: Date.UTC(2027, 0, (day += 1)),
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
  });
  try {
    const result = await run(async (milliseconds, eachStep) => {
      for (let passed = 0; passed < milliseconds; passed += STEP_MS) {
        await clock.tickAsync(STEP_MS);
        await new Promise<void>((resolve) => setImmediate(resolve));
        eachStep?.();
      }
    });
    await clock.tickAsync(STEP_MS);
    return result;
  } finally {
    clock.uninstall();
  }
}
