import { createSimulator, type Simulator } from '../../src/testing.js';

/** One container of the benchmark. Its end is known from its plan. */
export interface Life {
  id: string;
  createdAt: number;
  /** Milliseconds since 1970; `Infinity` for one that stalls, in the past for one that had ended before the page opened. */
  endsAt: number;
  onScreen: boolean;
  /** Whether it had ended before the page opened, and stays. */
  isOld: boolean;
}

/** What a scene is made of. */
export interface LibraryPlan {
  inFlight: number;
  /** How many of those in flight are on screen. */
  onScreen: number;
  /** Containers that ended before the page opened, and how many of those are on screen. */
  ended?: number | undefined;
  endedOnScreen?: number | undefined;
  /** Containers that stay where they are for ever, so that no read brings news. */
  stalled?: boolean | undefined;
  seed?: number | undefined;
}

/** The API with its limiter, and a library that keeps as many containers in flight as it began with. */
export interface Library {
  simulator: Simulator;
  lives: Life[];
  /** Puts a new container in the place of one that ended. */
  replace(life: Life): Life;
}

const STAGES = [
  { stage: 'writing_script', share: 0.12 },
  { stage: 'generating_visuals', share: 0.6 },
  { stage: 'adding_voice', share: 0.16 },
  { stage: 'finalizing', share: 0.12 },
];
const SHORTEST_MS = 60_000;
const LONGEST_MS = 270_000;
const LATENCY_MS = [40, 160] as const;

/** Makes a library of lives of 60 to 270 s, each met somewhere on its way, against the standard limiter of 120 reads a minute. */
export function createLibrary({ inFlight, onScreen, ended = 0, endedOnScreen = 0, stalled = false, seed = 1 }: LibraryPlan): Library {
  const random = randomFrom(seed);
  const faults = [{ kind: 'latency', latencyMs: LATENCY_MS }] as const;
  const simulator = createSimulator({ seed, tier: stalled ? 'off' : 'standard', faults });
  const length = () => SHORTEST_MS + random() * (LONGEST_MS - SHORTEST_MS);

  const begin = (createdAt: number, totalMs: number, isOnScreen: boolean): Life => {
    const stages = STAGES.map(({ stage, share }) => ({ stage, durationMs: Math.round(totalMs * share) }));
    const generation = { queuedMs: 0, stages, kind: 'video', outcome: 'completed', eta: 'noisy' } as const;
    const id = simulator.addContainer({ createdAt, generation });
    return {
      id,
      createdAt,
      endsAt: createdAt + stages.reduce((sum, { durationMs }) => sum + durationMs, 0),
      onScreen: isOnScreen,
      isOld: false,
    };
  };
  const stall = (index: number): Life => {
    const createdAt = Date.now() - 60_000;
    const id = simulator.addContainer({ createdAt, generation: { outcome: 'stalled', endsAt: 0.01, eta: 'none', queuedMs: 0 } });
    return { id, createdAt, endsAt: Number.POSITIVE_INFINITY, onScreen: index < onScreen, isOld: false };
  };
  const finish = (index: number): Life => {
    const createdAt = Date.now() - 3_600_000 - index * 60_000;
    return {
      id: simulator.addContainer({ createdAt, state: 'completed' }),
      createdAt,
      endsAt: createdAt,
      onScreen: index < endedOnScreen,
      isOld: true,
    };
  };

  const lives = Array.from({ length: inFlight }, (_, index) => {
    if (stalled) return stall(index);
    const totalMs = length();
    return begin(Math.round(Date.now() - totalMs * random()), totalMs, index < onScreen);
  });
  return {
    simulator,
    lives: [...lives, ...Array.from({ length: ended }, (_, index) => finish(index))],
    replace: (life) => begin(Date.now(), length(), life.onScreen),
  };
}

/** Numbers from 0 to 1 that are the same in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
