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
const anySnapshot: fc.Arbitrary<ProgressSnapshot> = fc.record({
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
});
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
const lives = fc.array(fc.record({ stages: fc.constant(['a', 'b']), seconds: fc.tuple(anyNumber, anyNumber) }), { maxLength: 3 });
const anyOptions: fc.Arbitrary<AdvanceProgressOptions> = fc.record(
  {
    createdAt: fc.oneof(fc.constantFrom(null, 'never'), fc.integer({ min: -4000, max: 40 }).map(date)),
    plan,
    history: fc.oneof(
      fc.constant(null),
      lives.map((known) => ({ version: 1 as const, formats: { x: known } })),
    ),
    format: fc.constantFrom('x', 'y', null),
  },
  { requiredKeys: [] },
);

function check(
  previous: ContainerProgress | null,
  { snapshot, now, look }: { snapshot: ProgressSnapshot; now: number; look: number },
  options: AdvanceProgressOptions,
) {
  const frozen = JSON.stringify(previous);
  const next = advanceProgress(previous, snapshot, now, options);
  expect(JSON.stringify(previous)).toBe(frozen);
  expect(advanceProgress(previous, snapshot, now, options)).toStrictEqual(next);
  expect(JSON.parse(JSON.stringify(next))).toStrictEqual(next);
  expect(advanceProgress(next, snapshot, look, options)).toBe(next);

  const { percent, percentPerSecond, stageProgress, remainingSeconds } = next;
  expect(percent === 100).toBe(next.status === 'completed');
  if (percent !== null && next.status !== 'completed') expect(percent >= 0 && percent <= 99).toBe(true);
  expect(percent === null).toBe(next.basis === null);
  if (percentPerSecond !== null)
    expect(percentPerSecond >= 0 && percent !== null && percent + 8 * percentPerSecond <= 99.000001).toBe(true);
  if (remainingSeconds !== null) expect(remainingSeconds >= 0 && !next.isTerminal).toBe(true);
  if (stageProgress !== null) expect(stageProgress >= 0 && stageProgress <= 1).toBe(true);
  const shown = progressAt(next, look).percent;
  expect(shown === null).toBe(percent === null);
  if (shown !== null && percent !== null) expect(shown >= percent && shown <= Math.max(99, percent)).toBe(true);

  if (previous === null || next === previous) return next;
  const sameLife = next.memory.life === previous.memory.life;
  expect(sameLife).toBe(!previous.isTerminal);
  if (!sameLife) {
    expect(Date.parse(next.updatedAt ?? '')).toBeGreaterThan(Date.parse(previous.memory.newestUpdatedAt ?? date(-1)));
    return next;
  }
  expect(next.observedAt).toBeGreaterThanOrEqual(previous.observedAt);
  expect(next.startedAt).toBe(previous.startedAt);
  if (previous.percent !== null) {
    expect(percent).toBeGreaterThanOrEqual(previous.percent);
    // What a bar showed just before the snapshot is not taken back by it.
    expect(progressAt(next, next.observedAt).percent).toBeGreaterThanOrEqual(progressAt(previous, next.observedAt).percent ?? 0);
  }
  if (next.stage === previous.stage && previous.stageProgress !== null)
    expect(stageProgress).toBeGreaterThanOrEqual(previous.stageProgress);
  return next;
}

describe('any snapshots in any order', () => {
  it('hold model rule 6', () => {
    fc.assert(
      fc.property(anyStory, anyOptions, (story, options) => {
        let progress: ContainerProgress | null = null;
        for (const step of story) progress = check(progress, step, options);
      }),
      { numRuns: 6000 },
    );
  }, 120_000);
});
