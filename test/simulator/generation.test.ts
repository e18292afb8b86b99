import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lifeAt, statusAt } from '../../src/simulator/generation.js';
import { planRun } from '../../src/simulator/plan.js';
import { randomFrom } from '../../src/simulator/random.js';

const runs = fc.record({
  seed: fc.integer(),
  kind: fc.constantFrom('video', 'slideshow', 'image'),
  outcome: fc.constantFrom('completed', 'failed', 'canceled', 'stalled'),
  endsAt: fc.double({ min: 0, max: 1, noNaN: true }),
  startedAt: fc.integer({ min: 0, max: 2_000_000_000_000 }),
  cut: fc.option(fc.record({ after: fc.integer({ min: 0, max: 300_000 }), outcome: fc.constantFrom('completed', 'failed', 'canceled') })),
  steps: fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 60 }),
});

describe('any generation, read at any times', () => {
  test('moves forward only, keeps to its bounds, and ends for good', () => {
    fc.assert(
      fc.property(runs, ({ seed, kind, outcome, endsAt, startedAt, cut, steps }) => {
        const run = planRun({ outcome, endsAt }, kind, startedAt, randomFrom(seed, 'plan'));
        if (cut) run.cut = { at: startedAt + cut.after, outcome: cut.outcome, lastError: null };
        let now = startedAt;
        let before = lifeAt(run, now);
        for (const step of steps) {
          now += step;
          const life = lifeAt(run, now);
          expect(life.status).toBe(statusAt(run, now));
          expect(life.share).toBeGreaterThanOrEqual(before.share);
          expect(life.updatedAt).toBeGreaterThanOrEqual(before.updatedAt);
          expect(life.updatedAt).toBeLessThanOrEqual(now);
          expect(life.stageProgress).toBeGreaterThanOrEqual(life.stage === before.stage ? before.stageProgress : 0);
          expect(life.stageProgress).toBeLessThanOrEqual(life.status === 'completed' ? 1 : 0.99);
          expect(life).toEqual(before.ending ? before : life);
          expect(life.etaSeconds === null).toBe(life.ending !== null);
          expect(life.etaSeconds ?? 1).toBeGreaterThan(0);
          before = life;
        }
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['video', 60, 270],
    ['slideshow', 35, 90],
    ['image', 15, 40],
  ] as const)('a drawn %s takes %i to %i seconds in three to five stages, the visuals the longest', (kind, min, max) => {
    for (let seed = 0; seed < 200; seed += 1) {
      const { stages, totalMs, queuedMs } = planRun({}, kind, 0, randomFrom(seed, 'plan'));
      expect(stages.length).toBeGreaterThanOrEqual(3);
      expect(stages.length).toBeLessThanOrEqual(5);
      // Each stage is rounded to whole seconds.
      expect(Math.abs((totalMs - queuedMs) / 1000 - (min + max) / 2)).toBeLessThanOrEqual((max - min) / 2 + stages.length);
      expect(stages.at(-1)?.stage).toBe('finalizing');
      expect([...stages].sort((a, b) => b.durationMs - a.durationMs)[0]?.stage).toBe('generating_visuals');
    }
  });
});
