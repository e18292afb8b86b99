import { describe, expect, test } from 'vitest';
import { createMemoryDedupe, dedupeKey, type MemoryDedupeOptions } from '../../../src/server/webhooks/dedupe.js';

const day = 86_400_000;

function setup(options: MemoryDedupeOptions = {}) {
  let time = 0;
  const dedupe = createMemoryDedupe({ now: () => time, ...options });
  return {
    dedupe,
    at: (ms: number) => {
      time = ms;
    },
    see: async (...ids: string[]) => {
      const answers: boolean[] = [];
      for (const id of ids) answers.push(await dedupe.isNew(id));
      return answers;
    },
  };
}

describe('in the memory of one process', () => {
  test('an event is new once', async () => {
    const { see } = setup();
    expect(await see('evt_1', 'evt_1', 'evt_2', 'evt_1')).toEqual([true, false, true, false]);
  });

  test('of several that ask at once, one is told so', async () => {
    const { dedupe } = setup();
    const answers = await Promise.all(Array.from({ length: 50 }, () => dedupe.isNew('evt_1')));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  test('one that could not be handled is new again', async () => {
    const { dedupe, see } = setup();
    await see('evt_1');
    await dedupe.forget('evt_1');
    await dedupe.forget('evt_never_seen');
    expect(await see('evt_1', 'evt_1')).toEqual([true, false]);
  });

  test('it is remembered for as long as the API tries again, and not for longer', async () => {
    const { see, at } = setup();
    await see('evt_1');
    at(2 * day - 1);
    expect(await see('evt_1')).toEqual([false]);
    at(2 * day);
    expect(await see('evt_1')).toEqual([true]);
  });

  test('a life of its own can be set', async () => {
    const { see, at } = setup({ lifeMs: 1000 });
    await see('evt_1');
    at(999);
    expect(await see('evt_1')).toEqual([false]);
    at(1000);
    expect(await see('evt_1')).toEqual([true]);
  });

  test('no more are kept than the bound: the oldest go', async () => {
    const { see } = setup({ maxEvents: 3 });
    await see('evt_1', 'evt_2', 'evt_3');
    expect(await see('evt_1', 'evt_2', 'evt_3')).toEqual([false, false, false]);
    await see('evt_4');
    expect(await see('evt_2', 'evt_3', 'evt_4')).toEqual([false, false, false]);
    expect(await see('evt_1')).toEqual([true]);
  });
});

test('a replay is another event than what it replays, even under one id, and its retries are not', () => {
  const key = (id: string | null, replayOf: string | null = null) => dedupeKey({ id, replayOf });
  const keys = [key('evt_1'), key('evt_1', 'dlv_1'), key('evt_1', 'dlv_2'), key('evt_2', 'dlv_1')];
  expect(new Set(keys).size).toBe(4);
  expect(key('evt_1', 'dlv_1')).toBe(key('evt_1', 'dlv_1'));
  expect(key('evt_1')).toBe('evt_1');
  expect([key(null), key(null, 'dlv_1')]).toEqual([null, null]);
});
