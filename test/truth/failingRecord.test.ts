import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { closePages, followRow, isDetail, isProgress, lasting, openPage, stopTime, tick } from './support.js';

vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  closePages();
  vi.useRealTimers();
});

test.each([1, 2, 6])(
  'a record that fails is read again with backoff, however often the progress of its container is read: %i rows',
  async (count) => {
    const page = openPage({ tier: 'off', faults: [{ kind: 'status', status: 502, match: isDetail }] });
    const rows = Array.from({ length: count }, () =>
      followRow(page, page.simulator.addContainer({ generation: lasting(3_600_000) }), true),
    );
    await tick(600_000, () => {}, 500);
    const readsOf = (pattern: RegExp, id: string) => page.sent.filter(({ path }) => pattern.test(path) && path.includes(id)).length;
    for (const { id } of rows) {
      // After 2, 4, 8 s and so on, then once a minute, each with jitter of ±25%.
      expect(readsOf(isDetail, id)).toBeLessThanOrEqual(20);
      expect(readsOf(isDetail, id)).toBeGreaterThanOrEqual(3);
      expect(readsOf(isProgress, id)).toBeGreaterThanOrEqual(60);
    }
    page.simulator.setFaults([]);
    await tick(90_000);
    for (const row of rows) expect(row.container()?.isPartial).toBeUndefined();
  },
);
