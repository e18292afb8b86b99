import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { monotonicNow } from '../../src/internal/monotonicNow.js';
import { isLayersError } from '../../src/model/errors.js';
import { Budget } from '../../src/schedule/budget.js';
import type { Priority } from '../../src/schedule/priority.js';
import { Queue } from '../../src/schedule/queue.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A budget that lets one request leave every second, whoever asks, from one second on. */
function everySecond() {
  const start = monotonicNow();
  let due = start + 1_000;
  return {
    nextAt: (_priority: Priority, now: number) => Math.max(now, due),
    depart: vi.fn((_priority: Priority, now: number) => {
      due = now + 1_000;
    }),
  };
}

/** Names in the order in which they left. */
function recorder(queue: Queue) {
  const left: string[] = [];
  const enter = (name: string, priority: Priority | (() => Priority), signal?: AbortSignal, owner: object = queue) =>
    queue
      .enter(typeof priority === 'function' ? priority : () => priority, owner, signal)
      .then(() => left.push(name))
      .then(() => 'left')
      .catch((error: unknown) => (isLayersError(error) ? error.code : (error as Error).name));
  return { left, enter };
}

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1_000);

describe('who leaves next', () => {
  test('what a person did, then in the order of priorities, then who came first', async () => {
    const { left, enter } = recorder(new Queue(everySecond()));
    for (const [name, priority] of [
      ['rest', 'rest'],
      ['screen', 'screen'],
      ['first a', 'first'],
      ['sweep', 'sweep'],
      ['first b', 'first'],
      ['person', 'person'],
    ] as const)
      void enter(name, priority);
    await seconds(6);
    expect(left).toEqual(['person', 'sweep', 'first a', 'first b', 'screen', 'rest']);
  });

  test('a sweep every third time while lists wait for their first page, however many sweeps are due', async () => {
    const queue = new Queue(everySecond());
    const { left, enter } = recorder(queue);
    for (let list = 0; list < 20; list += 1) void enter('list', 'list');
    for (let project = 0; project < 20; project += 1) void enter('sweep', 'sweep');
    await seconds(30);
    expect(left.indexOf('sweep')).toBe(2);
    expect(left.filter((name) => name === 'list')).toHaveLength(20);
    expect(left.filter((name) => name === 'sweep')).toHaveLength(10);
    await seconds(10);
    expect(left).toHaveLength(40);
  });

  test('the priority is looked up when one may leave, not when it came', async () => {
    const { left, enter } = recorder(new Queue(everySecond()));
    let priority: Priority = 'rest';
    void enter('scrolled into view', () => priority);
    void enter('first', 'first');
    priority = 'sweep';
    await seconds(2);
    expect(left).toEqual(['scrolled into view', 'first']);
  });

  test('every sixth slot in the background belongs to the one that has waited longest', async () => {
    const queue = new Queue(everySecond());
    const { left, enter } = recorder(queue);
    void enter('rest', 'rest');
    for (let second = 0; second < 20; second += 1) {
      void enter('sweep', 'sweep');
      void enter('sweep', 'sweep');
      await seconds(1);
    }
    expect(left.indexOf('rest')).toBe(5);
    expect(left).toHaveLength(20);
  });

  test('nobody waits for ever, not even behind a person who never stops', async () => {
    const { left, enter } = recorder(new Queue(everySecond()));
    for (const priority of ['sweep', 'first', 'screen', 'rest'] as const) void enter(priority, priority);
    void enter('oldest click', 'person');
    for (let second = 0; second < 40; second += 1) {
      void enter('click', 'person');
      void enter('click', 'person');
      await seconds(1);
    }
    for (const name of ['oldest click', 'sweep', 'first', 'screen', 'rest']) expect(left).toContain(name);
    expect(left.filter((name) => name === 'click').length).toBeGreaterThan(30);
  });

  test('a click leaves within 2 s although 200 queries were invalidated in the same moment', async () => {
    const { left, enter } = recorder(new Queue(new Budget({ limit: 96 })));
    for (let query = 0; query < 200; query += 1) void enter('invalidated', 'person');
    for (let minute = 0; minute < 4; minute += 1) {
      const before = left.length;
      void enter(`click ${minute}`, 'person');
      await seconds(2);
      expect(left.slice(before)).toContain(`click ${minute}`);
      await seconds(58);
    }
    expect(left).toHaveLength(204);
  });

  test('a click leaves at once although 100 hooks were mounted in the same moment, and they all follow', async () => {
    const { left, enter } = recorder(new Queue(new Budget({ limit: 96 })));
    for (let hook = 0; hook < 100; hook += 1) void enter('mounted', 'first');
    void enter('click', 'person');
    await seconds(0);
    expect(left.filter((name) => name === 'mounted').length).toBeLessThanOrEqual(8);
    expect(left).toContain('click');
    await seconds(75);
    expect(left).toHaveLength(101);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('what leaves', () => {
  test('is counted once, with its priority', async () => {
    const budget = everySecond();
    const { enter } = recorder(new Queue(budget));
    void enter('first', 'first');
    await seconds(1);
    expect(budget.depart.mock.calls.map(([priority]) => priority)).toEqual(['first']);
  });

  test('decides only then what to send, and costs nothing when there is nothing to send', async () => {
    const budget = everySecond();
    const queue = new Queue(budget);
    const { left, enter } = recorder(queue);
    const use = vi.fn(() => false);
    queue.reserve(
      () => 'sweep',
      queue,
      use,
      () => {},
    );
    void enter('first', 'first');
    await seconds(1);
    expect(use).toHaveBeenCalledOnce();
    expect(left).toEqual(['first']);
    expect(budget.depart).toHaveBeenCalledOnce();
  });

  test('may bring more along, which is not let through on its slot', async () => {
    const budget = everySecond();
    const queue = new Queue(budget);
    const { left, enter } = recorder(queue);
    queue.reserve(
      () => 'sweep',
      queue,
      () => {
        void enter('next page', 'person');
        return true;
      },
      () => {},
    );
    await seconds(1);
    expect(left).toEqual([]);
    await seconds(1);
    expect(left).toEqual(['next page']);
  });

  test('and throws keeps nobody else', async () => {
    const queue = new Queue({ nextAt: (_priority, now) => now, depart: () => {} });
    const { left, enter } = recorder(queue);
    const use = () => {
      void enter('next', 'first');
      throw new Error('No.');
    };
    expect(() =>
      queue.reserve(
        () => 'sweep',
        queue,
        use,
        () => {},
      ),
    ).toThrow('No.');
    await seconds(1);
    expect(left).toEqual(['next']);
  });

  test('waits no longer than the budget says after a change: pump()', async () => {
    let due = monotonicNow() + 60_000;
    const queue = new Queue({ nextAt: (_priority, now) => Math.max(now, due), depart: () => {} });
    const { left, enter } = recorder(queue);
    void enter('first', 'first');
    await seconds(1);
    expect(left).toEqual([]);
    due = 0;
    queue.pump();
    await seconds(0);
    expect(left).toEqual(['first']);
  });
});

describe('who leaves the queue', () => {
  test('what is aborted rejects with the reason of its signal, and leaves no timer', async () => {
    const queue = new Queue(everySecond());
    const { left, enter } = recorder(queue);
    const controller = new AbortController();
    const outcome = enter('first', 'first', controller.signal);
    controller.abort();
    expect(await outcome).toBe('AbortError');
    expect(await enter('late', 'first', controller.signal)).toBe('AbortError');
    await seconds(5);
    expect(left).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('closing rejects what waits, and leaves no timer', async () => {
    const queue = new Queue(everySecond());
    const { left, enter } = recorder(queue);
    const owner = {};
    const waiting = [enter('a', 'first', undefined, owner), enter('b', 'person', new AbortController().signal, owner)];
    const use = vi.fn(() => true);
    const reject = vi.fn();
    queue.reserve(() => 'sweep', owner, use, reject);
    queue.close(owner);
    expect(reject).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'CLOSED' }));
    expect(await Promise.all(waiting)).toEqual(['CLOSED', 'CLOSED']);
    await seconds(5);
    expect(left).toEqual([]);
    expect(use).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('an owner that closes takes only its own along', async () => {
    const queue = new Queue(everySecond());
    const { left, enter } = recorder(queue);
    const [one, other] = [{}, {}];
    const gone = enter('a', 'first', undefined, one);
    void enter('b', 'first', undefined, other);
    queue.close(one);
    expect(await gone).toBe('CLOSED');
    void enter('c', 'first', undefined, one);
    await seconds(2);
    expect(left).toEqual(['b', 'c']);
  });

  test('what withdraws its reservation is not asked any more', async () => {
    const queue = new Queue(everySecond());
    const use = vi.fn(() => true);
    queue.reserve(
      () => 'sweep',
      queue,
      use,
      () => {},
    )();
    await seconds(5);
    expect(use).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});
