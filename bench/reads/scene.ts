import { createSimulator, type Simulator } from '../../src/testing.js';

/** One container of the benchmark: when it ends is known from its plan. */
export interface Life {
  id: string;
  endsAt: number;
  onScreen: boolean;
  /** When it was first followed. */
  metAt: number;
}

/** The API with its standard limiter, and a library of containers in flight that stays as large as it is. */
export interface Scene {
  simulator: Simulator;
  lives: Life[];
  /** The simulator's `fetch`, which notes when the server made the last progress answer of each container that has arrived. */
  fetch: (input: string, init?: RequestInit) => Promise<Response>;
  /** Server time of the last progress that arrived, by container. */
  progressAt: Map<string, number>;
  /** A new container in the place of one that ended. */
  replace(life: Life): Life;
}

const STAGES = [
  { stage: 'writing_script', share: 0.12 },
  { stage: 'generating_visuals', share: 0.6 },
  { stage: 'adding_voice', share: 0.16 },
  { stage: 'finalizing', share: 0.12 },
];
const ON_SCREEN = 10;
const LATENCY_MS = [40, 160] as const;

/** A number from 0 to 1 that is the same at every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** `count` containers in flight, met midway through lives of 60 to 270 s, 10 of them on screen. */
export function createScene(count: number, seed = 1): Scene {
  const random = randomFrom(seed);
  const simulator = createSimulator({ seed, tier: 'standard', faults: [{ kind: 'latency', latencyMs: LATENCY_MS }] });
  const progressAt = new Map<string, number>();

  const begin = (createdAt: number, totalMs: number, onScreen: boolean): Life => {
    const stages = STAGES.map(({ stage, share }) => ({ stage, durationMs: Math.round(totalMs * share) }));
    const id = simulator.addContainer({
      createdAt,
      generation: { queuedMs: 0, stages, kind: 'video', outcome: 'completed', eta: 'noisy' },
    });
    return { id, endsAt: createdAt + stages.reduce((sum, { durationMs }) => sum + durationMs, 0), onScreen, metAt: Date.now() };
  };
  const length = () => 60_000 + random() * 210_000;

  const lives = Array.from({ length: count }, (_, index) => {
    const totalMs = length();
    return begin(Math.round(Date.now() - totalMs * random()), totalMs, index < ON_SCREEN);
  });
  return {
    simulator,
    lives,
    progressAt,
    replace: ({ onScreen }) => begin(Date.now(), length(), onScreen),
    fetch: async (input, init) => {
      const askedAt = Date.now();
      const response = await simulator.fetch(input, init);
      const id = /\/content\/([^/]+)\/progress$/.exec(input)?.[1];
      if (id !== undefined && response.ok) progressAt.set(id, askedAt);
      return response;
    },
  };
}
