import { afterEach, expect, test, vi } from 'vitest';
import { closePages, followRow, openPage, quantile, randomFrom, stopTime, tick } from './support.js';

// On a slow machine too.
vi.setConfig({ testTimeout: 60_000 });

afterEach(() => {
  closePages();
  vi.useRealTimers();
});

// Rows of the old edition have no media: each of the 200 needs a read of its record once it has ended.
test.each([
  { edition: 'legacy', count: 200, seed: 2 },
  { edition: 'legacy', count: 50, seed: 1 },
  { edition: 'legacy', count: 50, seed: 7 },
  { edition: 'current', count: 200, seed: 8 },
] as const)(
  '$count rows that all end, $edition edition, seed $seed: every end is known soon, the last one too',
  async ({ edition, count, seed }) => {
    stopTime();
    const random = randomFrom(seed * 99);
    const page = openPage({ edition }, { edition });
    const createdAt = Date.now();
    const rows = Array.from({ length: count }, (_, index) => {
      const [first, second] = [15_000 + random() * 30_000, 10_000 + random() * 40_000];
      const stages = [
        { stage: 'writing_script', durationMs: Math.round(first) },
        { stage: 'rendering', durationMs: Math.round(second) },
      ];
      const id = page.simulator.addContainer({ createdAt, generation: { queuedMs: 3_000, stages, outcome: 'completed' } });
      return { ...followRow(page, id, index < 10), endsAt: createdAt + 3_000 + Math.round(first) + Math.round(second) };
    });
    await tick(160_000);
    const known = rows.map(({ over, endsAt }) => (over.container ?? Number.POSITIVE_INFINITY) - endsAt);
    expect(Math.min(...known)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...known)).toBeLessThan(9_000);
    expect(quantile(known, 0.95)).toBeLessThanOrEqual(4_500);
  },
);
