import type { ContainerProgress } from './ContainerProgress.js';
import { guessesAt, type WeighedGuess } from './etaFilter.js';
import { comparableLives } from './history.js';
import type { ProgressMemory } from './memory.js';
import { combine, type Guess } from './numbers.js';
import type { AdvanceProgressOptions } from './options.js';
import { STANDSTILL_SECONDS } from './progressAt.js';
import { stageGuess } from './stageEvidence.js';
import type { SeenStages } from './stageTrack.js';

/** What everything known so far says of a whole job at one moment. @internal */
export interface Estimate {
  /** Share of the whole job that is done, 0 to 1: time gone by against all of the time; `null`: not known for how long it has run. */
  share: number | null;
  /** By how much that grows in a second, as far as is known. */
  sharePerSecond: number;
  /** Seconds left; `null`: not known, where the server told the share alone. */
  remaining: number | null;
  basis: NonNullable<ContainerProgress['basis']>;
}

/** A smaller share of a job says nothing of its pace. */
const LEAST_SHARE = 0.02;

/** What {@link estimate} looks at. @internal */
export interface Evidence {
  /** Seconds since the job began; `null`: not known. */
  elapsed: number | null;
  /** The share of the whole job that the server told, 0 to 1, whether just now, and how many seconds ago; `null`: none. */
  told: { share: number; isNew: boolean; seconds: number } | null;
  /** The moment of the estimate: milliseconds, the reducer's clock. */
  at: number;
  eta: ProgressMemory['eta'];
  seen: SeenStages;
}

/** The whole-job estimate; `null` where there is no honest basis for one: no share told, no ETA, no plan, nothing learned. @internal */
export function estimate(evidence: Evidence, options: AdvanceProgressOptions): Estimate | null {
  const { elapsed, told, eta } = evidence;
  const byTime = estimateByTime(evidence, options);
  if (told === null) return byTime;
  // Beside an ETA it is only what the bar does not fall behind.
  if (!told.isNew && eta !== null && byTime !== null && byTime.share !== null)
    return { ...byTime, share: Math.max(byTime.share, told.share) };
  const began = elapsed === null ? 0 : elapsed - told.seconds;
  const byShare = began <= 0 || told.share < LEAST_SHARE ? null : Math.max(0.5, (began * (1 - told.share)) / told.share - told.seconds);
  const remaining = byTime?.remaining ?? byShare;
  const sharePerSecond = remaining === null ? 0 : (1 - told.share) / (remaining + told.seconds);
  return {
    share: Math.min(1, told.share + sharePerSecond * Math.min(told.seconds, STANDSTILL_SECONDS)),
    sharePerSecond,
    remaining,
    basis: 'job',
  };
}

/** What the ETAs and the stages say. */
function estimateByTime({ elapsed, at, eta, seen }: Evidence, options: AdvanceProgressOptions): Estimate | null {
  const stages = stageGuess(seen, comparableLives(options.history, options.format), options.plan);
  const guesses = eta === null ? null : guessesAt(eta, at);
  if (stages === null && guesses === null) return null;
  const left =
    guesses === null
      ? [{ ...(stages?.left ?? { mean: 1, deviation: 1 }), weight: 1 }]
      : stages === null
        ? guesses
        : joined(guesses, stages.left);
  const all = left.reduce((sum, { weight }) => sum + weight, 0);
  const share =
    elapsed === null ? null : left.reduce((sum, { mean, weight }) => sum + (weight * elapsed) / (elapsed + Math.max(0.5, mean)), 0) / all;
  const remaining = Math.max(0.5, left.reduce((sum, { mean, weight }) => sum + weight * mean, 0) / all);
  const etaIsSurer = guesses !== null && (stages === null || deviationOf(guesses) <= stages.left.deviation);
  const sharePerSecond = elapsed === null ? 0 : 1 / (elapsed + remaining);
  return { share, sharePerSecond, remaining, basis: etaIsSurer || stages === null ? 'eta' : stages.basis };
}

/** Each reading of the ETAs together with the stages; a reading that the stages contradict counts less. */
function joined(guesses: WeighedGuess[], stages: Guess): WeighedGuess[] {
  return guesses.map((guess) => {
    const variance = guess.deviation ** 2 + stages.deviation ** 2;
    // No contradiction is held to be impossible: jobs that take three times as long as any before do happen.
    const apart = Math.min(9, (guess.mean - stages.mean) ** 2 / variance);
    return { ...combine(guess, stages), weight: (guess.weight * Math.exp(-apart / 2)) / Math.sqrt(variance) };
  });
}

function deviationOf(guesses: WeighedGuess[]): number {
  const mean = guesses.reduce((sum, guess) => sum + guess.weight * guess.mean, 0);
  return Math.sqrt(guesses.reduce((sum, guess) => sum + guess.weight * (guess.deviation ** 2 + (guess.mean - mean) ** 2), 0));
}
