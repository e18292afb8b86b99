import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { monotonicNow } from '../../src/internal/monotonicNow.js';
import { createLedger } from '../../src/schedule/ledger.js';

/** A name for each test: a ledger listens as long as its page lives. */
let name = '';
let key = '';
let tests = 0;

function ledger() {
  const note = vi.fn<(at: number) => void>();
  return { spent: createLedger(name, note), note };
}

/** What a page that is loaded now knows. */
function known(of = name): number[] {
  const times: number[] = [];
  createLedger(of, (at) => times.push(at));
  return times;
}

/** What a write of another tab looks like here. */
function writtenElsewhere(newValue: string | null, oldValue = localStorage.getItem(key), of = key) {
  window.dispatchEvent(new StorageEvent('storage', { key: of, oldValue, newValue, storageArea: localStorage }));
}

beforeEach(() => {
  tests += 1;
  name = `test ${tests}`;
  key = `layers-react budget ${name}`;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  localStorage.clear();
});

describe('what was spent outlives a reload', () => {
  test('to half a second, and never earlier than it was', () => {
    const { spent } = ledger();
    const left: number[] = [];
    for (let request = 0; request < 90; request += 1) {
      left.push(monotonicNow());
      spent(monotonicNow());
      vi.advanceTimersByTime(600);
    }
    const read = known();
    expect(read).toHaveLength(90);
    read.forEach((at, index) => {
      expect(at).toBeGreaterThanOrEqual(left[index] as number);
      expect(at).toBeLessThanOrEqual((left[index] as number) + 500);
    });
  });

  test('many in one moment as many, none in the future', () => {
    const { spent } = ledger();
    const now = monotonicNow();
    for (let request = 0; request < 50; request += 1) spent(now);
    vi.advanceTimersByTime(1);
    const read = known();
    expect(read).toHaveLength(50);
    expect(Math.max(...read)).toBeLessThanOrEqual(now + 1);
  });

  test('for as long as the window, and is small', () => {
    const { spent } = ledger();
    for (let request = 0; request < 5_000; request += 1) {
      spent(monotonicNow());
      vi.advanceTimersByTime(50);
    }
    expect(known().length).toBeGreaterThanOrEqual(1_190);
    expect(known().length).toBeLessThanOrEqual(1_220);
    expect(localStorage.getItem(key)?.length).toBeLessThan(500);
    vi.advanceTimersByTime(61_000);
    expect(known()).toEqual([]);
  });

  test('when the page goes away in the same moment', () => {
    const { spent } = ledger();
    spent(monotonicNow());
    expect(localStorage.getItem(key)).toBeNull();
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(known()).toHaveLength(1);
  });

  test('under its own name only', () => {
    const { spent } = ledger();
    spent(monotonicNow());
    vi.advanceTimersByTime(1);
    expect(known('another')).toEqual([]);
  });
});

describe('writing', () => {
  test('is done at most every 250 ms, and not at all while nothing leaves', () => {
    const write = vi.spyOn(Storage.prototype, 'setItem');
    const { spent } = ledger();
    for (let request = 0; request < 100; request += 1) {
      spent(monotonicNow());
      vi.advanceTimersByTime(10);
    }
    expect(write.mock.calls.length).toBeGreaterThanOrEqual(4);
    expect(write.mock.calls.length).toBeLessThanOrEqual(5);
    vi.advanceTimersByTime(1_000);
    write.mockClear();
    vi.advanceTimersByTime(60_000);
    expect(write).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('keeps what other tabs wrote', () => {
    const [one, other] = [ledger(), ledger()];
    for (let request = 0; request < 3; request += 1) {
      one.spent(monotonicNow());
      vi.advanceTimersByTime(300);
      other.spent(monotonicNow());
      vi.advanceTimersByTime(300);
    }
    expect(known()).toHaveLength(6);
  });

  test('of something that is older than the window by then leaves nothing behind', () => {
    const { spent } = ledger();
    spent(monotonicNow());
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(1);
    expect(localStorage.getItem(key)).toBeNull();
  });
});

describe('other tabs', () => {
  test('are heard once for each of their requests', () => {
    const { spent, note } = ledger();
    spent(monotonicNow());
    vi.advanceTimersByTime(1);
    const before = localStorage.getItem(key) as string;
    const { v, s, n } = JSON.parse(before) as { v: number; s: number; n: number[] };
    vi.advanceTimersByTime(1_000);
    const now = monotonicNow();
    writtenElsewhere(JSON.stringify({ v, s, n: [...n, 2] }), before);
    expect(note.mock.calls).toHaveLength(2);
    for (const [at] of note.mock.calls) {
      expect(now - at).toBeLessThanOrEqual(1_000);
      expect(at).toBeLessThanOrEqual(now);
    }
    writtenElsewhere(JSON.stringify({ v, s, n: [...n, 2] }), JSON.stringify({ v, s, n: [...n, 2] }));
    expect(note).toHaveBeenCalledTimes(2);
  });

  test('that use another name, or clear the storage, are not', () => {
    const { note } = ledger();
    const s = Math.floor(Date.now() / 500);
    writtenElsewhere(JSON.stringify({ v: 1, s, n: [1] }), null, 'layers-react budget another');
    writtenElsewhere(null, JSON.stringify({ v: 1, s, n: [1] }));
    window.dispatchEvent(new StorageEvent('storage', { key: null }));
    expect(note).not.toHaveBeenCalled();
  });
});

describe('what cannot be used', () => {
  test.each<[string, (step: number) => unknown]>([
    ['no JSON', () => '{'],
    ['another version', (s) => JSON.stringify({ v: 2, s, n: [1] })],
    ['no object', () => 'null'],
    ['no list', (s) => JSON.stringify({ v: 1, s, n: 'x' })],
    ['no start', () => JSON.stringify({ v: 1, s: 'x', n: [1] })],
    ['no counts', (s) => JSON.stringify({ v: 1, s, n: ['x', null, -1, 0.5, Number.MAX_VALUE] })],
    ['more than any key is allowed', (s) => JSON.stringify({ v: 1, s: s - 2, n: [4_000, 4_000] })],
    ['the future: the clock was set back', (s) => JSON.stringify({ v: 1, s: s + 7_200, n: [90] })],
  ])('%s counts as nothing, and is written over', (_what, value) => {
    localStorage.setItem(key, String(value(Math.floor(Date.now() / 500))));
    expect(known()).toEqual([]);
    const { spent } = ledger();
    spent(monotonicNow());
    vi.advanceTimersByTime(1);
    expect(known()).toHaveLength(1);
  });

  test('a clock that is set back while the page is open loses nothing that comes after', () => {
    const { spent } = ledger();
    vi.setSystemTime(Date.now() - 3_600_000);
    for (let request = 0; request < 3; request += 1) {
      spent(monotonicNow());
      vi.advanceTimersByTime(1_000);
    }
    const read = known();
    expect(read).toHaveLength(3);
    for (const at of read) expect(monotonicNow() - at).toBeLessThanOrEqual(3_000);
  });

  test('blocked storage', () => {
    vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('No.', 'SecurityError');
    });
    const { spent } = ledger();
    expect(known()).toEqual([]);
    spent(monotonicNow());
    vi.advanceTimersByTime(1_000);
    vi.restoreAllMocks();
    expect(localStorage.getItem(key)).toBeNull();
  });

  test('full storage', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('Full.', 'QuotaExceededError');
    });
    const { spent } = ledger();
    spent(monotonicNow());
    vi.advanceTimersByTime(1_000);
    expect(known()).toEqual([]);
  });
});
