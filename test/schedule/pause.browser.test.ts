import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { monotonicNow } from '../../src/internal/monotonicNow.js';
import { sharedLines } from '../../src/schedule/sharedBudget.js';

/** A name for each test: what is stored is listened to as long as its page lives. */
let name = '';
let key = '';
let tests = 0;

beforeEach(() => {
  tests += 1;
  name = `paused ${tests}`;
  key = `layers-react pause ${name}`;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  localStorage.clear();
});

/** The budget of reads of a page that is loaded now. */
function load(shareTabs = true) {
  const limits = { readsPerMinute: 96, isBudgetFixed: false, writesPerMinute: 48, isWriteBudgetFixed: false, shareTabs };
  const { budget } = sharedLines(() => {}, name, limits)['read-light'];
  return {
    refuse: (retryAfterMs: number) => budget.hear({ status: 429, retryAfterMs, limit: null, remaining: null }, monotonicNow()),
    pausedFor: () => Math.max(0, budget.pausedUntil - monotonicNow()),
  };
}

describe('a pause that the server asks for', () => {
  test('holds in a page that is loaded anew, until it is over', () => {
    load().refuse(60_000);
    vi.advanceTimersByTime(20_000);
    expect(load().pausedFor()).toBeGreaterThan(39_000);
    expect(load().pausedFor()).toBeLessThanOrEqual(40_000);
    vi.advanceTimersByTime(41_000);
    expect(load().pausedFor()).toBe(0);
  });

  test('is the longer one of two', () => {
    const page = load();
    page.refuse(60_000);
    page.refuse(5_000);
    expect(load().pausedFor()).toBeGreaterThan(59_000);
  });

  test('holds in another tab from when it was asked for', () => {
    const tab = load();
    const newValue = String(Date.now() + 30_000);
    window.dispatchEvent(new StorageEvent('storage', { key, newValue, storageArea: localStorage }));
    expect(tab.pausedFor()).toBeGreaterThan(29_000);
  });

  test.each([
    ['longer than any that is kept to', () => String(Date.now() + 3_600_000)],
    ['no number', () => 'soon'],
    ['over', () => String(Date.now() - 1)],
  ])('is none where what is stored is %s', (_, stored) => {
    localStorage.setItem(key, stored());
    expect(load().pausedFor()).toBe(0);
  });

  test('holds in its own page where storage is blocked', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('No.', 'QuotaExceededError');
    });
    const page = load();
    page.refuse(60_000);
    expect(page.pausedFor()).toBeGreaterThan(59_000);
  });

  test('is not stored by a client that shares nothing', () => {
    load(false).refuse(60_000);
    expect(localStorage.length).toBe(0);
    expect(load().pausedFor()).toBe(0);
  });
});
