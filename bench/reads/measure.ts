import { withGlobal } from '@sinonjs/fake-timers';
import type { Reader } from './readers.js';
import { createScene, type Life, type Scene } from './scene.js';

/** What one run showed. Times in milliseconds, reads as the server counted them. */
export interface Figures {
  firstMinute: number;
  /** Reads a minute, from the second minute on. */
  steady: number;
  /** The most reads in any 60 s. */
  busiest: number;
  refused: number;
  /** From a container's end on the server to the hook's data. */
  knownAfter: number[];
  /** Containers whose end was never known while the run lasted, and that ended more than 10 s before it did. */
  neverKnown: number;
  /** Age of what is on screen, sampled twice a second. */
  ages: number[];
}

const MINUTES = 4;
const STEP_MS = 50;
const clocks = withGlobal(globalThis);

/**
 * Follows `count` containers for four minutes of virtual time: timers and dates are faked, everything else (the simulator with its limiter, TanStack
 * Query, the client) is real. Time moves in steps of 50 ms, and between two steps everything that is asynchronous settles.
 */
export async function measure(count: number, reader: (scene: Scene) => Reader, seed = 1): Promise<Figures> {
  const clock = clocks.install({
    now: Date.UTC(2026, 0, 1),
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
  });
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  try {
    const scene = createScene(count, seed);
    const startedAt = Date.now();
    const knownAfter: number[] = [];
    const ages: number[] = [];
    const inFlight = new Map<Life, () => void>();
    const unknown = new Set<Life>();
    const reading = reader(scene);
    const begin = (life: Life) => {
      unknown.add(life);
      const stop = reading.follow(life, () => {
        unknown.delete(life);
        knownAfter.push(Math.max(0, Date.now() - life.endsAt));
      });
      inFlight.set(life, stop);
    };
    for (const life of scene.lives) begin(life);

    for (let elapsed = 0; elapsed < MINUTES * 60_000; elapsed += STEP_MS) {
      await clock.tickAsync(STEP_MS);
      await settle();
      for (const [life, stop] of inFlight) {
        if (life.endsAt > Date.now()) {
          if (life.onScreen && elapsed % 500 === 0) ages.push(Date.now() - (scene.progressAt.get(life.id) ?? life.metAt));
        } else if (!unknown.has(life)) {
          stop();
          inFlight.delete(life);
        }
        // The library in flight stays as large as it is, whatever the reader knows.
        if (life.endsAt <= Date.now() && life.endsAt > Date.now() - STEP_MS) begin(scene.replace(life));
      }
    }
    for (const stop of inFlight.values()) stop();
    reading.close();
    return {
      ...count429(scene, startedAt),
      knownAfter,
      ages,
      neverKnown: [...unknown].filter(({ endsAt }) => endsAt < Date.now() - 10_000).length,
    };
  } finally {
    clock.uninstall();
  }
}

function count429({ simulator }: Scene, startedAt: number) {
  const reads = simulator.requests.filter(({ method }) => method === 'GET');
  const times = reads.map(({ at }) => at);
  let first = 0;
  let busiest = 0;
  times.forEach((time, last) => {
    while (time - (times[first] as number) >= 60_000) first += 1;
    busiest = Math.max(busiest, last - first + 1);
  });
  const firstMinute = times.filter((time) => time < startedAt + 60_000).length;
  return {
    firstMinute,
    steady: Math.round((times.length - firstMinute) / (MINUTES - 1)),
    busiest,
    refused: reads.filter(({ status }) => status === 429).length,
  };
}

/** The share `at` (0 to 1) of sorted values; `null` of none. */
export function quantile(values: readonly number[], at: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? null;
}
