import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProgressSnapshot } from '../../src/model/progress.js';
import { type AdvanceProgressOptions, advanceProgress } from '../../src/progress/advanceProgress.js';
import type { ContainerProgress } from '../../src/progress/ContainerProgress.js';
import { progressAt } from '../../src/progress/progressAt.js';
import { date } from './support.js';

const anyNumber = fc.oneof(
  fc.double(),
  fc.double({ min: 0, max: 1 }),
  fc.integer({ min: 0, max: 600 }),
  fc.constantFrom(0, -0, 1e308, -1e308, Number.NaN, Number.POSITIVE_INFINITY, Number.MIN_VALUE),
);
const anySnapshot: fc.Arbitrary<ProgressSnapshot> = fc.record(
  {
    containerId: fc.constantFrom('cnt_1', '1', 'cnt_1', 'cnt_1'),
    status: fc.oneof(
      { weight: 8, arbitrary: fc.constant('processing' as const) },
      {
        weight: 3,
        arbitrary: fc.constantFrom('queued' as const, 'unknown' as const, 'completed' as const, 'failed' as const, 'canceled' as const),
      },
    ),
    rawStatus: fc.constant('raw'),
    stage: fc.constantFrom('a', 'b', 'c', null),
    stageProgress: fc.oneof(fc.constant(null), anyNumber),
    etaSeconds: fc.oneof(fc.constant(null), anyNumber),
    updatedAt: fc.oneof(fc.integer({ min: 0, max: 40 }).map(date), fc.constantFrom(null, 'never', '')),
    jobProgress: anyNumber,
  },
  { requiredKeys: ['containerId', 'status', 'rawStatus', 'stage', 'stageProgress', 'etaSeconds', 'updatedAt'] },
);
// Duplicated by drawing from a small pool, reordered by drawing the order.
const anyStory = fc
  .array(anySnapshot, { minLength: 1, maxLength: 8 })
  .chain((pool) =>
    fc.array(
      fc.record({ snapshot: fc.constantFrom(...pool), now: fc.oneof(anyNumber, fc.integer({ min: 0, max: 300_000 })), look: anyNumber }),
      { minLength: 1, maxLength: 25 },
    ),
  );
const plan = fc.array(fc.record({ stage: fc.constantFrom('a', 'b', 'c'), seconds: anyNumber }), { maxLength: 4 });
const lives = fc.array(
  fc.record({ stages: fc.constant<string[]>(['a', 'b']), seconds: fc.array(anyNumber, { minLength: 1, maxLength: 3 }) }),
  { maxLength: 3 },
);
const anyOptions: fc.Arbitrary<AdvanceProgressOptions> = fc.record(
  {
    createdAt: fc.oneof(fc.constantFrom(null, 'never'), fc.integer({ min: -4000, max: 40 }).map(date)),
    jobStartedAt: fc.oneof(fc.constantFrom(null, 'never'), fc.integer({ min: -4000, max: 40 }).map(date)),
    shownPercent: fc.oneof(fc.constant(null), anyNumber, fc.integer({ min: 0, max: 110 })),
    serverTime: fc.oneof(fc.constantFrom(null, 'never'), fc.integer({ min: 0, max: 60 }).map(date)),
    plan,
    history: fc.oneof(
      fc.constant(null),
      lives.map((known) => ({ version: 1 as const, formats: { x: known } })),
    ),
    format: fc.constantFrom('x', 'y', null),
  },
  { requiredKeys: [] },
);

interface Step {
  snapshot: ProgressSnapshot;
  now: number;
  look: number;
}

/** The clauses of rule 6 that `next` breaks, on its own and as the answer to `step` after `previous`. */
function broken(
  previous: ContainerProgress | null,
  next: ContainerProgress,
  { snapshot, now, look }: Step,
  options: AdvanceProgressOptions,
) {
  const { percent, percentPerSecond, stageProgress, remainingSeconds } = next;
  const shown = progressAt(next, look).percent;
  const clauses = {
    'same input, same output': isDeepStrictEqual(advanceProgress(previous, snapshot, now, options), next),
    'plain JSON': isDeepStrictEqual(JSON.parse(JSON.stringify(next)), next),
    'an equal snapshot gives the same object': advanceProgress(next, snapshot, look, options) === next,
    '100 if and only if completed': (percent === 100) === (next.status === 'completed'),
    'at most 99 before': percent === null || percent === 100 || (percent >= 0 && percent <= 99),
    'a percent has a basis': (percent === null) === (next.basis === null),
    'below 99 after 8 s': percentPerSecond === null || (percentPerSecond >= 0 && (percent ?? 99) + 8 * percentPerSecond <= 99.000001),
    'time left': remainingSeconds === null || (remainingSeconds >= 0 && !next.isTerminal),
    'no number without a start, except what the server tells of the whole':
      percent === null ||
      next.isTerminal ||
      next.basis === 'job' ||
      next.memory.seenFromStart ||
      next.memory.secondsBefore !== null ||
      previous?.percent === percent,
    'a share': stageProgress === null || (stageProgress >= 0 && stageProgress <= 1),
    'the bar starts at the percent':
      shown === null || percent === null ? shown === percent : shown >= percent && shown <= Math.max(99, percent),
    ...(previous !== null && next !== previous ? followed(previous, next) : {}),
  };
  return Object.entries(clauses).flatMap(([clause, holds]) => (holds ? [] : [clause]));
}

function followed(previous: ContainerProgress, next: ContainerProgress): Record<string, boolean> {
  if (previous.isTerminal) {
    const [date, before] = [Date.parse(next.updatedAt ?? ''), Date.parse(previous.memory.newestUpdatedAt ?? '')];
    return { 'a new life is newer': next.memory.life === previous.memory.life + 1 && date > before };
  }
  const [barBefore, bar] = [progressAt(previous, next.observedAt).percent, progressAt(next, next.observedAt).percent];
  return {
    'one life': next.memory.life === previous.memory.life && next.startedAt === previous.startedAt,
    'time does not run backwards': next.observedAt >= previous.observedAt,
    'percent does not fall': previous.percent === null || (next.percent !== null && next.percent >= previous.percent),
    'what a bar showed is not taken back': barBefore === null || (bar !== null && bar >= barBefore),
    'the share of a stage does not fall':
      next.stage !== previous.stage || previous.stageProgress === null || (next.stageProgress ?? -1) >= previous.stageProgress,
  };
}

describe('any snapshots in any order', () => {
  it('hold model rule 6', () => {
    fc.assert(
      fc.property(anyStory, anyOptions, (story, options) => {
        let progress: ContainerProgress | null = null;
        for (const step of story) {
          const next = advanceProgress(progress, step.snapshot, step.now, options);
          expect(broken(progress, next, step, options)).toEqual([]);
          progress = next;
        }
      }),
      { numRuns: 6000 },
    );
  }, 120_000);
});

describe('one life of which the start becomes known at any time', () => {
  const shares = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 20 });

  it('has no number until then, and from then on the right one', () => {
    fc.assert(
      fc.property(
        shares,
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 5, max: 300 }),
        fc.integer({ min: 100, max: 400 }),
        (gaps, known, before, left) => {
          let progress: ContainerProgress | null = null;
          let at = 0;
          for (const [index, gap] of gaps.entries()) {
            at += gap;
            const snapshot = {
              containerId: 'cnt_1',
              status: 'processing',
              rawStatus: 'processing',
              stage: 'a',
              stageProgress: 0,
              updatedAt: date(at),
            } as const;
            const createdAt = index >= known ? date(-before) : null;
            progress = advanceProgress(progress, { ...snapshot, etaSeconds: left - at }, at * 1000, { createdAt });
            const right = createdAt === null ? null : (100 * (before + at)) / (before + left);
            expect(Math.abs((progress.percent ?? -1) - (right ?? -1))).toBeLessThan(3);
          }
        },
      ),
    );
  });
});
