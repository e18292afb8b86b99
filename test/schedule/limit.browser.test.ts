import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { monotonicNow } from '../../src/internal/monotonicNow.js';
import { sharedLines } from '../../src/schedule/sharedBudget.js';

/** A name for each test: what is stored is listened to as long as its page lives. */
let name = '';
let key = '';
let tests = 0;

beforeEach(() => {
  tests += 1;
  name = `limited ${tests}`;
  key = `layers-react limit ${name}`;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  localStorage.clear();
});

/** The budget of reads of a page that is loaded now; `chosen`: its `readsPerMinute`. */
function load({ chosen, shareTabs = true }: { chosen?: number; shareTabs?: boolean } = {}) {
  const { budget, queue } = sharedLines(() => {}, name, {
    readsPerMinute: chosen ?? 96,
    isBudgetFixed: chosen !== undefined,
    writesPerMinute: 48,
    isWriteBudgetFixed: false,
    shareTabs,
  })['read-light'];
  const hear = (status: number, limit: number | null) =>
    budget.hear({ status, retryAfterMs: null, limit, remaining: null }, monotonicNow());
  return {
    budget,
    queue,
    names: (limit: number) => hear(200, limit),
    refuses: () => hear(429, null),
    limit: () => budget.limit(monotonicNow()),
  };
}

/** What the last write of a page is to another tab. */
function toOtherTabs() {
  window.dispatchEvent(new StorageEvent('storage', { key, newValue: localStorage.getItem(key), storageArea: localStorage }));
}

/** What the server named in another tab so long ago. */
const entry = ({ v = 1, at = Date.now(), limit = 600, share = 1 }: Partial<Record<'v' | 'at' | 'limit' | 'share', unknown>> = {}) =>
  [v, at, limit, share].join(' ');

describe('a limit that the server names', () => {
  test.each([
    [600, 480],
    [240, 192],
    [60, 48],
  ])('holds in a page that is loaded anew, up and down: %d', (named, limit) => {
    load().names(named);
    expect(load().limit()).toBe(limit);
  });

  test('makes room there for what is read, although more than the default was spent', () => {
    const page = load();
    page.names(600);
    for (let request = 0; request < 300; request += 1) {
      page.budget.depart('screen', monotonicNow());
      vi.advanceTimersByTime(200);
    }
    vi.advanceTimersByTime(1_000);
    const { budget } = load();
    const now = monotonicNow();
    expect(budget.spent(now)).toBeGreaterThan(280);
    expect(budget.nextAt('person', now)).toBe(now);
    expect(budget.nextAt('screen', now) - now).toBeLessThan(1_000);
  });

  test('reaches a tab that is open, and what waits there for the old one leaves', () => {
    const tab = load();
    for (let request = 0; request < 96; request += 1) tab.budget.note(monotonicNow());
    const sent = vi.fn<() => void>();
    tab.queue.reserve(
      () => 'person',
      {},
      sent,
      () => {},
    );
    vi.advanceTimersByTime(5_000);
    expect(sent).not.toHaveBeenCalled();
    load().names(600);
    toOtherTabs();
    vi.advanceTimersByTime(1_000);
    expect(sent).toHaveBeenCalledOnce();
    expect(tab.limit()).toBe(480);
  });

  test('is trusted for five minutes, and for longer where responses go on to name it', () => {
    const page = load();
    page.names(600);
    vi.advanceTimersByTime(5 * 60_000 + 1);
    expect(load().limit()).toBe(96);
    page.names(600);
    vi.advanceTimersByTime(4 * 60_000);
    page.names(600);
    vi.advanceTimersByTime(4 * 60_000);
    expect(load().limit()).toBe(480);
  });

  test('is written once a minute while it stays the same, and at once where it changes', () => {
    const write = vi.spyOn(Storage.prototype, 'setItem');
    const page = load();
    for (let response = 0; response < 90; response += 1) {
      page.names(600);
      vi.advanceTimersByTime(1_000);
    }
    expect(write).toHaveBeenCalledTimes(2);
    page.names(240);
    expect(load().limit()).toBe(192);
  });

  test('never raises one that was chosen, and lowers it', () => {
    load().names(600);
    expect(load({ chosen: 40 }).limit()).toBe(40);
    const tab = load({ chosen: 96 });
    localStorage.setItem(key, entry());
    toOtherTabs();
    expect(tab.limit()).toBe(96);
    localStorage.setItem(key, entry({ limit: 60 }));
    toOtherTabs();
    expect(tab.limit()).toBe(48);
    expect(load({ chosen: 96 }).limit()).toBe(48);
  });

  test('is not stored by a client that shares nothing', () => {
    load({ shareTabs: false }).names(600);
    expect(localStorage.length).toBe(0);
    expect(load({ shareTabs: false }).limit()).toBe(96);
  });

  test('holds in its own page where storage is blocked', () => {
    vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('No.', 'SecurityError');
    });
    const page = load();
    page.names(600);
    expect(page.limit()).toBe(480);
    expect(load().limit()).toBe(96);
  });
});

describe('a limit that a 429 lowered', () => {
  test('is as low in a page that is loaded anew and in other tabs, and comes back there, too', () => {
    const tab = load();
    const page = load();
    page.refuses();
    toOtherTabs();
    expect([tab.limit(), load().limit()]).toEqual([72, 72]);
    vi.advanceTimersByTime(30_000);
    expect([page.limit(), tab.limit(), load().limit()]).toEqual([84, 84, 84]);
    vi.advanceTimersByTime(30_000);
    expect([page.limit(), tab.limit(), load().limit()]).toEqual([96, 96, 96]);
  });

  test('is not raised by a tab that had fewer', () => {
    const tab = load();
    tab.refuses();
    localStorage.setItem(key, entry({ limit: 0, share: 0.9 }));
    toOtherTabs();
    expect(tab.limit()).toBe(72);
  });
});

test.each<[string, () => string]>([
  ['a text', () => 'limit'],
  ['empty', () => ''],
  ['JSON', () => '{"v":1}'],
  ['too short', () => `1 ${Date.now()} 600`],
  ['another version', () => entry({ v: 2 })],
  ['old', () => entry({ at: Date.now() - 5 * 60_000 - 1 })],
  ['of the future: the clock was set back', () => entry({ at: Date.now() + 1_000 })],
  ['without a time', () => entry({ at: 'now' })],
  ['negative', () => entry({ limit: -600 })],
  ['zero', () => entry({ limit: 0 })],
  ['larger than any', () => entry({ limit: 6_001 })],
  ['no number', () => entry({ limit: 'many' })],
  ['lowered below nothing', () => entry({ share: -1 })],
  ['raised', () => entry({ share: 50 })],
])('what is stored is nothing where it is %s, and is written over', (_, stored) => {
  localStorage.setItem(key, stored());
  const page = load();
  toOtherTabs();
  expect(page.limit()).toBe(96);
  page.names(240);
  expect(load().limit()).toBe(192);
});
