import { between, factor, type Random, randomFrom } from './random.js';

/** A stretch of a life in which one stage runs or, `paused`, nothing does. Times in seconds from the creation of the job. */
interface Stretch {
  stage: string;
  from: number;
  to: number;
  /** Share of the stage's own work done at `from` and at `to`. */
  shareFrom: number;
  shareTo: number;
  paused: boolean;
}

/** One life of one container as it really went: what no reader of the API ever sees. */
export interface Life {
  format: string;
  /** Seconds in the queue, before the first stretch. */
  queued: number;
  stretches: Stretch[];
  /** Seconds from creation to completion, pauses included. */
  total: number;
  /** How each stage misreports its share: the exponent of its curve, and the step it is rounded to. */
  reports: Record<string, { exponent: number; step: number }>;
  /** Whether `updatedAt` moves on while the job is paused. */
  heartbeat: boolean;
  /** Whether the container is regenerated in place afterwards: the next life continues the same container. */
  regenerated: boolean;
}

/** A format: what its containers have in common. */
interface Format {
  name: string;
  stages: { stage: string; seconds: number; chance: number; exponent: number; step: number }[];
}

const words = [
  'analyzing_source',
  'writing_script',
  'generating_visuals',
  'adding_voice',
  'captioning',
  'rendering',
  'reviewing',
  'finalizing',
];

function drawFormat(random: Random, name: string): Format {
  const count = 1 + Math.floor(random() * words.length);
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(Math.floor(random() * words.length));
  const seconds = between(random, 50, 420);
  const weights = [...chosen].sort((a, b) => a - b).map((index) => ({ index, weight: between(random, 0.2, 1) * (index === 2 ? 4 : 1) }));
  const sum = weights.reduce((total, { weight }) => total + weight, 0);
  return {
    name,
    stages: weights.map(({ index, weight }) => ({
      stage: words[index] ?? 'rendering',
      seconds: (seconds * weight) / sum,
      chance: count > 2 && random() < 0.15 ? 0.6 : 1,
      exponent: between(random, 0.6, 1.7),
      step: random() < 0.2 ? 0.1 : 0.01,
    })),
  };
}

function drawLife(random: Random, format: Format): Life {
  const pace = factor(random, 0.22);
  const queued = random() < 0.3 ? 0 : between(random, 1, 15);
  const taken = format.stages.filter(({ chance }) => random() < chance);
  const stages = taken.length > 0 ? taken : format.stages.slice(0, 1);
  const stretches: Stretch[] = [];
  let at = queued;
  for (const { stage, seconds } of stages) {
    const work = Math.max(1.5, seconds * pace * factor(random, 0.18));
    const pause = random() < 0.06 ? { at: random(), seconds: between(random, 8, 40) } : null;
    const push = (length: number, shareFrom: number, shareTo: number, paused: boolean) => {
      stretches.push({ stage, from: at, to: at + length, shareFrom, shareTo, paused });
      at += length;
    };
    push(work * (pause?.at ?? 1), 0, pause?.at ?? 1, false);
    if (pause === null) continue;
    push(pause.seconds, pause.at, pause.at, true);
    push(work * (1 - pause.at), pause.at, 1, false);
  }
  return {
    format: format.name,
    queued,
    stretches,
    total: at,
    reports: Object.fromEntries(stages.map(({ stage, exponent, step }) => [stage, { exponent, step }])),
    heartbeat: random() < 0.7,
    regenerated: random() < 0.1,
  };
}

/** The lives of `containers` containers, in groups by format, and for each format the lives that a reader has seen to the end before. */
export function drawLives(seed: number, containers: number): { format: string; before: Life[]; lives: Life[] }[] {
  const random = randomFrom(seed);
  const perFormat = 10;
  return Array.from({ length: Math.ceil(containers / perFormat) }, (_, index) => {
    const format = drawFormat(random, `format-${index}`);
    const draw = () => drawLife(random, format);
    return { format: format.name, before: Array.from({ length: 5 }, draw), lives: Array.from({ length: perFormat }, draw) };
  });
}
