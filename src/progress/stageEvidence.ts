import type { FinishedLife } from './history.js';
import { combine, type Guess, within } from './numbers.js';
import type { AdvanceProgressOptions } from './options.js';
import type { SeenStages } from './stageTrack.js';

/** What stage durations say of one life. @internal */
export interface StageGuess {
  /** Seconds left. */
  left: Guess;
  basis: 'plan' | 'history' | 'stages';
}

/** A stage plan counts as one life that was seen before, of this much doubt (a share of what it says). */
const PLAN_DOUBT = 0.3;
/** Doubt that stays with learned durations, however well they agree. */
const HISTORY_DOUBT = 0.2;
/** How far one stage of one life may be from the same stage of another, as a share. */
const STAGE_DOUBT = 0.3;
const LONGEST_SECONDS = 86_400;
/** As many seconds of finished stages are needed before a life's own pace counts for half. */
const PACE_SECONDS = 30;

/** What a plan and learned durations say; `null` where there is neither. @internal */
export function stageGuess(seen: SeenStages, lives: FinishedLife[], plan: AdvanceProgressOptions['plan']): StageGuess | null {
  const learned = lives.length === 0 ? null : fromLives(seen, lives, HISTORY_DOUBT, 'history');
  const planned = plan === undefined || plan.length === 0 ? null : fromPlan(seen, plan);
  if (learned === null || planned === null) return learned ?? planned;
  const both = combine(learned.left, planned.left);
  const surer = learned.left.deviation <= planned.left.deviation ? learned : planned;
  return { ...surer, left: both };
}

function fromPlan(seen: SeenStages, plan: NonNullable<AdvanceProgressOptions['plan']>): StageGuess | null {
  const usable = plan.filter(({ stage }) => typeof stage === 'string');
  const known = usable.every(({ seconds }) => seconds !== undefined && seconds >= 0 && Number.isFinite(seconds));
  if (usable.length === 0) return null;
  if (known) {
    const life = {
      stages: usable.map(({ stage }) => stage),
      seconds: usable.map(({ seconds }) => within(seconds ?? 0, 0.5, LONGEST_SECONDS)),
    };
    return fromLives(seen, [life], PLAN_DOUBT, 'plan');
  }
  return fromCount(
    seen,
    usable.map(({ stage }) => stage),
  );
}

/** A plan without durations: each stage is taken to be as long as those seen so far. */
function fromCount({ stages, track }: SeenStages, planned: string[]): StageGuess | null {
  const at = planned.indexOf(stages[track.index] ?? '');
  const share = track.shares[track.index] ?? 0;
  const spent = track.seconds.reduce((sum, seconds) => sum + seconds, 0);
  const done = at + share;
  // The first moments say nothing of how long a stage takes.
  if (at === -1 || done < 0.02 || spent < 1) return null;
  const left = within((spent / done) * (planned.length - done), 1, LONGEST_SECONDS);
  return { left: { mean: left, deviation: left + 1 }, basis: 'stages' };
}

function fromLives(seen: SeenStages, lives: FinishedLife[], doubt: number, basis: 'plan' | 'history'): StageGuess {
  const matches = lives.map((life) => ({ left: matchLife(seen, life), weight: likeness(seen, life) }));
  const total = matches.reduce((sum, { weight }) => sum + weight, 0);
  const mean = matches.reduce((sum, { left, weight }) => sum + left * weight, 0) / total;
  const spread = matches.reduce((sum, { left, weight }) => sum + weight * (left - mean) ** 2, 0) / total;
  const effective = total ** 2 / matches.reduce((sum, { weight }) => sum + weight ** 2, 0);
  // Few lives say little of how far lives differ: until there are some, an ordinary spread is added in.
  const ordinary = (STAGE_DOUBT * mean) ** 2 / (effective + 1);
  return { left: { mean, deviation: Math.sqrt(spread + ordinary + (doubt * mean) ** 2 + 1) }, basis };
}

/** How much another life counts: fully where it went through the same stages up to here, hardly where it never had the present one. */
function likeness({ stages, track }: SeenStages, life: FinishedLife): number {
  const present = stages[track.index];
  if (present === undefined) return 1;
  const position = life.stages.indexOf(present);
  if (position === -1) return 0.01;
  const same = stages.slice(0, track.index).filter((stage) => life.stages.slice(0, position).includes(stage)).length;
  return Math.max(0.02, 0.7 ** (track.index - same + (position - same)));
}

/** Seconds left, as they would go by the stages of another life. */
function matchLife({ stages, track }: SeenStages, life: FinishedLife): number {
  const expected = (stage: string | undefined) => life.seconds[life.stages.indexOf(stage ?? '')] ?? 0;
  const present = stages[track.index];
  const position = life.stages.indexOf(present ?? '');
  const [actualDone, expectedDone] = doneSeconds(stages, track, expected);
  const shrink = expectedDone / (expectedDone + PACE_SECONDS);
  const pace = expectedDone > 0 && actualDone > 0 ? within(actualDone / expectedDone, 0.2, 5) ** shrink : 1;
  const all = life.seconds.reduce((sum, seconds) => sum + seconds, 0);
  if (present === undefined) return all;
  if (position === -1) {
    const spent = track.seconds.reduce((sum, seconds) => sum + seconds, 0);
    return Math.max(all * pace - spent, 0.15 * all);
  }
  const later = life.seconds.slice(position + 1).reduce((sum, seconds) => sum + seconds, 0);
  return restOfStage(stageLength(expected(present) * pace, track), track) + later * pace;
}

/** Seconds of the stages that were seen whole, as they went here and as they went there. */
function doneSeconds(stages: string[], track: SeenStages['track'], expected: (stage: string) => number): [number, number] {
  let [actual, other] = [0, 0];
  for (const [index, stage] of stages.entries()) {
    const there = expected(stage);
    if (index === track.index || there <= 0 || (track.sharesAtSight[index] ?? 0) > 0.3) continue;
    actual += track.seconds[index] ?? 0;
    other += there;
  }
  return [actual, other];
}

/** How long the present stage will have been: as expected, and as its share grows. */
function stageLength(expected: number, track: SeenStages['track']): number {
  const share = track.shares[track.index] ?? 0;
  const grown = share - (track.sharesAtSight[track.index] ?? 0);
  const spent = track.seconds[track.index] ?? 0;
  if (grown < 0.04 || spent <= 0) return expected;
  const projected = spent / grown;
  return combine(
    { mean: expected, deviation: STAGE_DOUBT * expected + 0.5 },
    { mean: projected, deviation: projected * (0.08 + 0.7 * (1 - share)) + 0.5 },
  ).mean;
}

/** Seconds left in the present stage, by the clock and by its share: shares are not even in time, and clocks do not know of slow days. */
function restOfStage(length: number, track: SeenStages['track']): number {
  const spent = (track.seconds[track.index] ?? 0) + (track.sharesAtSight[track.index] ?? 0) * length;
  const byClock = Math.max(length - spent, 0.1 * length);
  const share = track.shares[track.index] ?? null;
  return share === null ? byClock : (byClock + (1 - share) * length) / 2;
}
