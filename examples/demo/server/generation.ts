import type { SimulatorContainerInput, SimulatorGeneration } from '../../../src/testing.js';

const shares = { writing_script: 12, generating_visuals: 56, rendering: 22, finalizing: 10 };
const QUEUED_MS = 2000;

/** Stages that last so many seconds together, the queue included. */
const lasting = (seconds: number): SimulatorGeneration => ({
  queuedMs: QUEUED_MS,
  stages: Object.entries(shares).map(([stage, percent]) => ({ stage, durationMs: ((seconds * 1000 - QUEUED_MS) * percent) / 100 })),
});

/** How what is made in the demo is generated: in 25 to 60 s, a little different each time, or in `DEMO_SECONDS`. */
export const generation: SimulatorGeneration = {
  queuedMs: QUEUED_MS,
  get stages() {
    return lasting(Number(process.env['DEMO_SECONDS']) || 25 + Math.random() * 35).stages;
  },
};

/** What is being made when the demo starts, beside what the simulator draws: one that takes long, and one that fails. */
export const atStart: readonly SimulatorContainerInput[] = [
  { format: 'ugc-remix', generation: lasting(155) },
  {
    format: 'ugc-remix',
    generation: {
      ...lasting(90),
      outcome: 'failed',
      lastError: { code: 'CONTENT_POLICY', message: 'The hook was declined by the content policy of a target platform.' },
    },
  },
];
