import { hash32 } from './random.js';
import { wholeSecond } from './time.js';

/** A container's status in the spelling of the current edition. */
export type LifeStatus = 'queued' | 'processing' | 'completed' | 'failed' | 'canceled';

/** Why a generation failed, as `lastError` carries it. */
export interface GenerationError {
  code: string;
  message: string;
}

/** How a generation came to its end. */
export interface Ending {
  /** Milliseconds since 1970. */
  at: number;
  outcome: 'completed' | 'failed' | 'canceled';
  lastError: GenerationError | null;
}

/** One generation: a plan made once, from which every later reading follows. Durations in milliseconds. */
export interface Run {
  startedAt: number;
  queuedMs: number;
  stages: readonly { stage: string; durationMs: number }[];
  /** Queue and stages together. */
  totalMs: number;
  outcome: 'completed' | 'failed' | 'canceled' | 'stalled';
  /** Where an outcome other than completed happens, from `startedAt`. */
  endsAfterMs: number;
  lastError: GenerationError;
  eta: 'exact' | 'noisy' | 'none';
  /** What the noise of the ETA is drawn from. */
  noise: number;
  /** Set by a cancel or by hand; counts when it comes before the planned end. */
  cut: Ending | null;
}

/** What can be read of a run at one moment. */
export interface Life {
  status: LifeStatus;
  /** `queued` before the first stage. */
  stage: string;
  /** 0 to 1 with two decimals, of this stage only. */
  stageProgress: number;
  /** Share of the whole run, 0 to 1 with two decimals; never falls. */
  share: number;
  etaSeconds: number | null;
  /** Milliseconds since 1970. */
  updatedAt: number;
  ending: Ending | null;
}

/** Rounds a share down to two decimals, from 0 to 0.99: only what is completed is at 1. */
export function hundredths(value: number): number {
  return Math.floor(Math.min(0.99, Math.max(0, value)) * 100 + 1e-9) / 100;
}

/** The end of a run as far as it is known now; `null` for one that stalls. */
export function endingOf(run: Run): Ending | null {
  const planned: Ending | null =
    run.outcome === 'stalled'
      ? null
      : run.outcome === 'completed'
        ? { at: run.startedAt + run.totalMs, outcome: 'completed', lastError: null }
        : { at: run.startedAt + run.endsAfterMs, outcome: run.outcome, lastError: run.outcome === 'failed' ? run.lastError : null };
  return run.cut && (!planned || run.cut.at <= planned.at) ? run.cut : planned;
}

/** The status alone, without the allocations of `lifeAt`: lists filter thousands of rows by it. */
export function statusAt(run: Run, now: number): LifeStatus {
  const { cut, startedAt, outcome } = run;
  const end = outcome === 'stalled' ? Infinity : startedAt + (outcome === 'completed' ? run.totalMs : run.endsAfterMs);
  if (cut && cut.at <= end) {
    if (now >= cut.at) return cut.outcome;
  } else if (now >= end && outcome !== 'stalled') return outcome;
  const stuckInQueue = run.stages.length === 0 || (outcome === 'stalled' && run.endsAfterMs < run.queuedMs);
  return stuckInQueue || now < startedAt + run.queuedMs ? 'queued' : 'processing';
}

/** Where a run stands, from its plan and the time alone: no timers, so injected time works. */
export function lifeAt(run: Run, now: number): Life {
  const ending = endingOf(run);
  if (ending && now >= ending.at) return endedLife(run, ending);
  const moving = run.outcome === 'stalled' ? Math.min(now, run.startedAt + run.endsAfterMs) : now;
  const { index, from, durationMs } = stageAt(run, moving);
  const stage = run.stages[index];
  // Within one second the body stays the same, however often it is read.
  const second = Math.max(wholeSecond(moving), from);
  return {
    status: stage ? 'processing' : 'queued',
    stage: stage?.stage ?? 'queued',
    stageProgress: stage ? hundredths((second - from) / durationMs) : 0,
    share: run.totalMs > 0 ? hundredths((second - run.startedAt) / run.totalMs) : 0,
    etaSeconds: etaSeconds(run, second),
    updatedAt: second,
    ending: null,
  };
}

function endedLife(run: Run, ending: Ending): Life {
  const done = { status: ending.outcome, etaSeconds: null, updatedAt: ending.at, ending };
  if (ending.outcome === 'completed') return { ...done, stage: 'finalizing', stageProgress: 1, share: 1 };
  const { index, from, durationMs } = stageAt(run, Math.min(ending.at, run.startedAt + run.totalMs - 1));
  const stage = run.stages[index];
  return {
    ...done,
    stage: stage?.stage ?? 'queued',
    stageProgress: stage ? hundredths((ending.at - from) / durationMs) : 0,
    share: run.totalMs > 0 ? hundredths((ending.at - run.startedAt) / run.totalMs) : 0,
  };
}

function stageAt(run: Run, at: number): { index: number; from: number; durationMs: number } {
  let from = run.startedAt + run.queuedMs;
  if (at < from) return { index: -1, from: run.startedAt, durationMs: run.queuedMs };
  for (const [index, { durationMs }] of run.stages.entries()) {
    if (at < from + durationMs) return { index, from, durationMs };
    from += durationMs;
  }
  const index = run.stages.length - 1;
  const durationMs = run.stages[index]?.durationMs ?? 0;
  return { index, from: from - durationMs, durationMs };
}

function etaSeconds(run: Run, at: number): number | null {
  if (run.eta === 'none') return null;
  const exact = Math.max(0, run.startedAt + run.totalMs - at) / 1000;
  if (run.eta === 'exact') return Math.ceil(exact);
  const draw = hash32(`${run.noise}|${wholeSecond(at)}`) / 4294967296;
  return Math.max(1, Math.round(exact * (0.7 + 0.6 * draw)));
}
