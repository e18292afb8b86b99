import type { SimulatorContainerInput, SimulatorGeneration } from '../../../src/testing.js';
import { fittingWords } from './words.js';

type Stages = NonNullable<SimulatorGeneration['stages']>;

const video = [
  ['writing_script', 12] as const,
  ['generating_visuals', 56] as const,
  ['rendering', 22] as const,
  ['finalizing', 10] as const,
];
const slideshow = [['writing_script', 18] as const, ['generating_visuals', 64] as const, ['finalizing', 18] as const];

const QUEUED_MS = 2000;

/** Stages that last so many seconds together, the queue included. */
function stagesOf(seconds: number, shares: readonly (readonly [stage: string, percent: number])[] = video): Stages {
  return shares.map(([stage, percent]) => ({ stage, durationMs: Math.round(((seconds * 1000 - QUEUED_MS) * percent) / 100) }));
}

/** How what is made in the demo is generated: in 25 to 60 s, a little different each time. */
export const generation: SimulatorGeneration = {
  queuedMs: QUEUED_MS,
  get stages() {
    return stagesOf(25 + Math.random() * 35);
  },
};

/** What is already there: how long ago in minutes, and what of it is not as usual. Oldest first. */
const past: readonly (SimulatorContainerInput & { minutesAgo: number })[] = [
  { minutesAgo: 17_000, format: 'video-remix', approvalStatus: 'approved' },
  { minutesAgo: 15_800, format: 'slideshow-builder', approvalStatus: 'approved' },
  { minutesAgo: 14_500, creativeType: 'uploaded', generation: { kind: 'image' }, approvalStatus: 'approved' },
  { minutesAgo: 13_100, format: 'ugc-remix', approvalStatus: 'rejected' },
  { minutesAgo: 11_600, format: 'slideshow-remix', approvalStatus: 'approved' },
  { minutesAgo: 10_300, format: 'slideshow-builder', generation: { kind: 'image' }, approvalStatus: 'approved' },
  { minutesAgo: 9400, format: 'ugc-remix', approvalStatus: 'approved' },
  { minutesAgo: 8700, format: 'ugc-remix', state: 'canceled' },
  { minutesAgo: 7300, format: 'slideshow-builder', approvalStatus: 'not_required' },
  { minutesAgo: 6100, format: 'ugc-remix', generation: { poster: false, probed: false }, approvalStatus: 'approved' },
  { minutesAgo: 5000, creativeType: 'uploaded', generation: { kind: 'video' }, approvalStatus: 'not_required' },
  { minutesAgo: 4300, format: 'slideshow-builder', generation: { kind: 'image' }, approvalStatus: 'rejected' },
  { minutesAgo: 3400, format: 'ugc-remix', approvalStatus: 'approved' },
  {
    minutesAgo: 2900,
    format: 'slideshow-builder',
    state: 'failed',
    generation: { lastError: { code: 'RENDER_TIMEOUT', message: 'Rendering took too long and was stopped.' } },
  },
  { minutesAgo: 2700, format: 'video-remix', approvalStatus: 'approved' },
  { minutesAgo: 1600, format: 'slideshow-builder', approvalStatus: 'pending' },
  { minutesAgo: 1300, format: 'ugc-remix', approvalStatus: 'pending' },
  { minutesAgo: 400, format: 'slideshow-builder', generation: { kind: 'image' }, approvalStatus: 'pending' },
  { minutesAgo: 190, format: 'ugc-remix', approvalStatus: 'approved' },
  { minutesAgo: 75, format: 'slideshow-remix', approvalStatus: 'pending' },
  { minutesAgo: 34, format: 'video-remix', approvalStatus: 'pending' },
  { minutesAgo: 12, format: 'ugc-remix', approvalStatus: 'pending' },
];

/** What is being made: for how many seconds already, and how many it takes. One of them fails at the share of `endsAt`. */
const inFlight: readonly (SimulatorContainerInput & { secondsAgo: number; seconds: number })[] = [
  { secondsAgo: 40, seconds: 155, format: 'ugc-remix' },
  { secondsAgo: 25, seconds: 50, format: 'ugc-remix' },
  {
    secondsAgo: 20,
    seconds: 110,
    format: 'ugc-remix',
    generation: {
      outcome: 'failed',
      endsAt: 0.6,
      lastError: { code: 'CONTENT_POLICY', message: 'The hook was declined by the content policy of a target platform.' },
    },
  },
  { secondsAgo: 10, seconds: 105, format: 'slideshow-builder', generation: { stages: stagesOf(105, slideshow) } },
  { secondsAgo: 0, seconds: 70, format: 'ugc-remix' },
];

/** The containers of a small brand: of all kinds and formats, some decided and some waiting, the newest still being made. */
export async function drawLibrary(now: number): Promise<SimulatorContainerInput[]> {
  const inputs: SimulatorContainerInput[] = [
    ...past.map(({ minutesAgo, ...input }) => ({ state: 'completed' as const, ...input, createdAt: now - minutesAgo * 60_000 })),
    ...inFlight.map(({ secondsAgo, seconds, ...input }) => ({
      ...input,
      createdAt: now - secondsAgo * 1000,
      generation: { queuedMs: QUEUED_MS, stages: stagesOf(seconds), ...input.generation },
    })),
  ];
  return Promise.all(inputs.map(async (input, place) => ({ ...input, ...(await wordsOf(input, place)) })));
}

async function wordsOf(input: SimulatorContainerInput, place: number): Promise<SimulatorContainerInput> {
  const { hook, caption } = await fittingWords(place, input);
  // Remixes take their words from the source, and uploads have no hook.
  return input.format === 'ugc-remix' || input.format === 'slideshow-builder' ? { hook, caption } : { caption };
}
