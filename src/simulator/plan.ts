import type { GenerationError, Run } from './generation.js';
import { between, pick, type Random } from './random.js';
import type { SimulatorGeneration } from './types.js';

/** What a container's media can be. */
export type MediaKind = 'video' | 'slideshow' | 'image';

// The share of the whole that each stage takes. Only `queued`, `generating_visuals` and `finalizing` are in the documentation; the
// set is open there, so the rest is made up.
const stageSets: Record<MediaKind, readonly (readonly [stage: string, weight: number])[][]> = {
  video: [
    [
      ['analyzing_source', 10],
      ['generating_visuals', 55],
      ['adding_voice', 14],
      ['rendering', 15],
      ['finalizing', 6],
    ],
    [
      ['writing_script', 9],
      ['generating_visuals', 62],
      ['rendering', 22],
      ['finalizing', 7],
    ],
    [
      ['generating_visuals', 72],
      ['rendering', 20],
      ['finalizing', 8],
    ],
  ],
  slideshow: [
    [
      ['writing_script', 18],
      ['generating_visuals', 64],
      ['finalizing', 18],
    ],
    [
      ['analyzing_source', 16],
      ['generating_visuals', 52],
      ['rendering', 20],
      ['finalizing', 12],
    ],
  ],
  image: [
    [
      ['writing_script', 20],
      ['generating_visuals', 62],
      ['finalizing', 18],
    ],
  ],
};

const totalSeconds: Record<MediaKind, readonly [number, number]> = { video: [60, 270], slideshow: [35, 90], image: [15, 40] };

/** Believable ends of a failed generation; the documentation lists no `lastError` codes. */
const generationErrors: readonly GenerationError[] = [
  { code: 'GENERATION_FAILED', message: 'The visuals could not be generated. Generate again with a fresh hook.' },
  { code: 'SOURCE_UNAVAILABLE', message: 'The source post was removed or made private while we were reading it.' },
  { code: 'CONTENT_POLICY', message: 'The hook was declined by the content policy of a target platform.' },
  { code: 'VOICE_UNAVAILABLE', message: "The influencer's voice is still being trained. Try again in a few minutes." },
  { code: 'RENDER_TIMEOUT', message: 'Rendering took too long and was stopped.' },
];

/** Makes the plan of one generation: what the caller fixed, the rest drawn. */
export function planRun(options: SimulatorGeneration, kind: MediaKind, startedAt: number, random: Random): Run {
  const drawn = drawStages(kind, random);
  const queuedDraw = between(random, 1, 6) * 1000;
  const error = pick(random, generationErrors);
  const noise = Math.floor(random() * 4294967296);
  const stages = options.stages ?? drawn;
  const queuedMs = options.queuedMs ?? queuedDraw;
  const totalMs = stages.reduce((sum, { durationMs }) => sum + durationMs, queuedMs);
  return {
    startedAt,
    queuedMs,
    stages,
    totalMs,
    outcome: options.outcome ?? 'completed',
    endsAfterMs: Math.round(totalMs * Math.min(1, Math.max(0, options.endsAt ?? 0.6))),
    lastError: options.lastError ?? error,
    eta: options.eta ?? 'noisy',
    noise,
    cut: null,
  };
}

function drawStages(kind: MediaKind, random: Random): { stage: string; durationMs: number }[] {
  const set = pick(random, stageSets[kind]);
  const [min, max] = totalSeconds[kind];
  const seconds = between(random, min, max);
  const weights = set.map(([stage, weight]) => ({ stage, weight: weight * (0.8 + 0.4 * random()) }));
  const sum = weights.reduce((total, { weight }) => total + weight, 0);
  return weights.map(({ stage, weight }) => ({ stage, durationMs: Math.max(1, Math.round((seconds * weight) / sum)) * 1000 }));
}
