import { type Clock, withGlobal } from '@sinonjs/fake-timers';
import { vi } from 'vitest';

// Vitest brings an earlier version of this library, which goes through every timer for each one that fires: a third of what a page of many viewers costs here.
const timers = withGlobal(globalThis);
type Config = NonNullable<Parameters<typeof timers.install>[0]>;

let clock: Clock | null = null;

function current(): Clock {
  if (clock === null) throw new Error('Time goes by itself: call `vi.useFakeTimers()` before it is moved.');
  return clock;
}

Object.assign(vi, {
  useFakeTimers: (config: Config = {}) => {
    const now = config.now ?? Date.now();
    clock?.uninstall();
    const toFake = config.toFake ?? Object.keys(timers.timers).filter((name) => name !== 'nextTick' && name !== 'queueMicrotask');
    clock = timers.install({ ...config, now, toFake: toFake as Config['toFake'], ignoreMissingTimers: true } as Config);
    return vi;
  },
  useRealTimers: () => {
    clock?.uninstall();
    clock = null;
    return vi;
  },
  isFakeTimers: () => clock !== null,
  getTimerCount: () => clock?.countTimers() ?? 0,
  setSystemTime: (time: number | Date) => {
    current().setSystemTime(time);
    return vi;
  },
  advanceTimersByTime: (ms: number) => {
    current().tick(ms);
    return vi;
  },
  advanceTimersByTimeAsync: async (ms: number) => {
    await current().tickAsync(ms);
    return vi;
  },
});
