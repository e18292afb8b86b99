import { type AdvanceProgressOptions, advanceProgress } from '../../src/progress/advanceProgress.js';
import { AHEAD_SECONDS, type FillMotion, moveFill, shareAt } from '../../src/components/ProgressBar/fillMotion.js';
import type { ContainerProgress } from '../../src/progress/ContainerProgress.js';
import { advanceEta, type EtaBucket } from '../../src/progress/advanceEta.js';
import { progressAt } from '../../src/progress/progressAt.js';
import type { Poll } from './polls.js';

/** A bar: it is told of every answer, and asked ten times a second what it shows. */
export interface Bar {
  take(poll: Poll): void;
  /** Percent and seconds in words; `null`: shows none. */
  at(seconds: number): { percent: number | null; words: number | null };
}

/** The share of the present stage, as sent. */
export function rawBar(): Bar {
  let percent: number | null = null;
  return {
    take({ snapshot }) {
      percent = snapshot.stageProgress === null ? null : snapshot.stageProgress * 100;
    },
    at: () => ({ percent, words: null }),
  };
}

/** Time gone by against time gone by and the last ETA, as sent; its words are that ETA, rounded like ours. */
export function elapsedBar(): Bar {
  let startedAt: number | null = null;
  let shown: { percent: number | null; words: number | null } = { percent: null, words: null };
  return {
    take({ at, snapshot: { status, etaSeconds } }) {
      if (startedAt === null || (shown.percent === 100 && status !== 'completed')) startedAt = at;
      const elapsed = at - startedAt;
      if (status === 'completed') shown = { percent: 100, words: null };
      else if (etaSeconds === null) shown = { percent: null, words: null };
      else
        shown = {
          percent: elapsed + etaSeconds === 0 ? 0 : (100 * elapsed) / (elapsed + etaSeconds),
          words: inWords(advanceEta(null, etaSeconds)),
        };
    },
    at: () => shown,
  };
}

/** `advanceProgress` and `progressAt`; `lives` collects every life that completes. */
export function ourBar(options: AdvanceProgressOptions, lives: ContainerProgress[] = []): Bar {
  let progress: ContainerProgress | null = null;
  let bucket: EtaBucket = null;
  return {
    take({ at, snapshot }) {
      const next: ContainerProgress = advanceProgress(progress, snapshot, at * 1000, options);
      if (next.isTerminal && next !== progress) lives.push(next);
      progress = next;
    },
    at(seconds) {
      if (progress === null) return { percent: null, words: null };
      const { percent, remainingSeconds } = progressAt(progress, seconds * 1000);
      bucket = advanceEta(bucket, remainingSeconds);
      return { percent, words: inWords(bucket) };
    },
  };
}

/** The fill of `ProgressBar`, as its transition draws it between two readings. It has no words of its own. */
export function drawnBar(options: AdvanceProgressOptions): Bar {
  let progress: ContainerProgress | null = null;
  let motion: FillMotion | null = null;
  return {
    take({ at, snapshot }) {
      const next: ContainerProgress = advanceProgress(progress, snapshot, at * 1000, options);
      if (next === progress) return;
      progress = next;
      const { percent, percentPerSecond, observedAt, status, isTerminal } = next;
      if (percent === null) {
        motion = null;
        return;
      }
      const ahead = percentPerSecond === null ? null : progressAt(next, observedAt + AHEAD_SECONDS * 1000).percent;
      const life = String(next.memory.life);
      motion = moveFill(
        motion,
        { life, percent, ahead, isCompleted: status === 'completed', isStill: isTerminal || status === 'queued' },
        at * 1000,
      );
    },
    at: (seconds) => ({ percent: motion && 100 * shareAt(motion, seconds * 1000), words: null }),
  };
}

function inWords(bucket: EtaBucket): number | null {
  if (bucket === null) return null;
  if (bucket === 'overdue') return 0;
  return bucket.unit === 'seconds' ? bucket.value : bucket.value * 60;
}
