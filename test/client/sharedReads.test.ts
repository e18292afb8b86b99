import { describe, expect, test, vi } from 'vitest';
import { SharedReads } from '../../src/client/sharedReads.js';

/** A read that ends when it is told to. */
function request() {
  let end: (value: string) => void = () => {};
  let fail: (error: unknown) => void = () => {};
  const signals: AbortSignal[] = [];
  const start = vi.fn((signal: AbortSignal) => {
    signals.push(signal);
    return new Promise<string>((resolve, reject) => {
      [end, fail] = [resolve, reject];
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  });
  return { start, signals, end: (value: string) => end(value), fail: (error: unknown) => fail(error) };
}

describe('equal reads', () => {
  test('that overlap are one, for as long as it is under way', async () => {
    const shared = new SharedReads();
    const { start, end } = request();
    const reads = [shared.join('/a', undefined, start), shared.join('/a', new AbortController().signal, start)];
    end('answer');
    expect(await Promise.all(reads)).toEqual(['answer', 'answer']);
    expect(start).toHaveBeenCalledTimes(1);
    void shared.join('/a', undefined, start);
    expect(start).toHaveBeenCalledTimes(2);
  });

  test('of another address are not joined', () => {
    const shared = new SharedReads();
    const { start } = request();
    void shared.join('/a', undefined, start);
    void shared.join('/b', undefined, start);
    expect(start).toHaveBeenCalledTimes(2);
  });

  test('that fail fail for all, and the next one is sent', async () => {
    const shared = new SharedReads();
    const { start, fail } = request();
    const reads = [shared.join('/a', undefined, start), shared.join('/a', new AbortController().signal, start)];
    fail(new Error('no'));
    for (const read of reads) await expect(read).rejects.toThrow('no');
    void shared.join('/a', undefined, start);
    expect(start).toHaveBeenCalledTimes(2);
  });

  test('are not joined once something was written, and the one under way still answers', async () => {
    const shared = new SharedReads();
    const [before, after] = [request(), request()];
    const first = shared.join('/a', undefined, before.start);
    shared.seal();
    const second = shared.join('/a', undefined, after.start);
    before.end('old');
    after.end('new');
    expect([await first, await second]).toEqual(['old', 'new']);
  });

  test('an old one that ends does not let a newer one be forgotten', async () => {
    const shared = new SharedReads();
    const [before, after, third] = [request(), request(), request()];
    const first = shared.join('/a', undefined, before.start);
    shared.seal();
    void shared.join('/a', undefined, after.start);
    before.end('old');
    await first;
    void shared.join('/a', undefined, third.start);
    expect(third.start).not.toHaveBeenCalled();
  });
});

describe('whoever cancels', () => {
  test('gets the reason, and only the last one cancels the request', async () => {
    const shared = new SharedReads();
    const { start, signals } = request();
    const [one, other] = [new AbortController(), new AbortController()];
    const reads = [shared.join('/a', one.signal, start), shared.join('/a', other.signal, start)];
    one.abort('enough');
    await expect(reads[0]).rejects.toBe('enough');
    expect(signals[0]?.aborted).toBe(false);
    other.abort('enough as well');
    await expect(reads[1]).rejects.toBe('enough as well');
    expect(signals[0]?.aborted).toBe(true);
  });

  test('is no reason to end it for somebody who cannot cancel', async () => {
    const shared = new SharedReads();
    const { start, end } = request();
    const controller = new AbortController();
    const canceled = shared.join('/a', controller.signal, start);
    const kept = shared.join('/a', undefined, start);
    controller.abort('enough');
    await expect(canceled).rejects.toBe('enough');
    end('answer');
    expect(await kept).toBe('answer');
  });

  test('before it began starts nothing', async () => {
    const shared = new SharedReads();
    const { start } = request();
    await expect(shared.join('/a', AbortSignal.abort('late'), start)).rejects.toBe('late');
    expect(start).not.toHaveBeenCalled();
  });

  test('the last one leaves the next to send a request of its own', async () => {
    const shared = new SharedReads();
    const { start } = request();
    const controller = new AbortController();
    const read = shared.join('/a', controller.signal, start);
    controller.abort('enough');
    void shared.join('/a', undefined, start);
    expect(start).toHaveBeenCalledTimes(2);
    await expect(read).rejects.toBe('enough');
  });
});

describe('a read that waits for its turn', () => {
  /** A wait that ends when it is told to. */
  function pace() {
    let grant: () => void = () => {};
    let refuse: (error: unknown) => void = () => {};
    const signals: AbortSignal[] = [];
    const wait = (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<void>((resolve, reject) => {
        [grant, refuse] = [resolve, reject];
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
    };
    return { wait, signals, grant: () => grant(), refuse: (error: unknown) => refuse(error) };
  }
  const start = vi.fn(async (_: AbortSignal, turn: { granted: Promise<void>; isNew: boolean }) => {
    await turn.granted;
    return turn.isNew ? 'new' : 'any';
  });

  test('is sent for all as soon as one of those who wait is let through, and the others stop waiting', async () => {
    const shared = new SharedReads();
    const [slow, quick] = [pace(), pace()];
    const reads = [shared.join('/a', undefined, start, { pace: slow.wait }), shared.join('/a', undefined, start, { pace: quick.wait })];
    quick.grant();
    expect(await Promise.all(reads)).toEqual(['any', 'any']);
    expect(slow.signals[0]?.aborted).toBe(true);
  });

  test('is sent at once for whoever has a turn already, and asks no cache if one of them wants that', async () => {
    const shared = new SharedReads();
    const reads = [shared.join('/a', undefined, start, { pace: pace().wait }), shared.join('/a', undefined, start, { isNew: true })];
    expect(await Promise.all(reads)).toEqual(['new', 'new']);
  });

  test('fails when all were refused, not when one was', async () => {
    const shared = new SharedReads();
    const [one, other] = [pace(), pace()];
    const reads = [shared.join('/a', undefined, start, { pace: one.wait }), shared.join('/a', undefined, start, { pace: other.wait })];
    one.refuse('closed');
    expect(await Promise.race([reads[0], new Promise((resolve) => setTimeout(resolve, 0, 'waits'))])).toBe('waits');
    other.refuse('closed too');
    for (const read of reads) await expect(read).rejects.toBe('closed too');
  });

  test('leaves its place when the last one cancels', async () => {
    const shared = new SharedReads();
    const { wait, signals } = pace();
    const controller = new AbortController();
    const read = shared.join('/a', controller.signal, start, { pace: wait });
    controller.abort('enough');
    await expect(read).rejects.toBe('enough');
    expect(signals[0]?.aborted).toBe(true);
  });
});

test('closing gives the reason to everybody who waits, with a signal or without', async () => {
  const shared = new SharedReads();
  const [{ start }, sealed] = [request(), request()];
  const before = shared.join('/b', undefined, sealed.start);
  shared.seal();
  const reads = [before, shared.join('/a', undefined, start), shared.join('/a', new AbortController().signal, start)];
  shared.close('closed');
  for (const read of reads) await expect(read).rejects.toBe('closed');
});
