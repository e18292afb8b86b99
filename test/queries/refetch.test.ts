import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { containerOptions, containerProgressOptions, layersKeys } from '../../src/core.js';
import { createSimulator } from '../../src/testing.js';
import { type Page, closePages, isDetail, isProgress, lasting, openPageOf, stopTime } from '../truth/support.js';

beforeEach(() => {
  stopTime();
});
afterEach(closePages);

type Kind = 'record' | 'progress';

/** Mounts observers of one container in this order, as hooks do, and waits until nothing more is read. */
async function mounted(kinds: Kind[], state: 'completed' | 'in flight', { enabled = true } = {}) {
  const simulator = createSimulator({ tier: 'off' });
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const response = await simulator.fetch(url, init);
    return isDetail.test(url) && response.ok ? Response.json({ ...(await response.json()), caption: page.caption }) : response;
  };
  const page = Object.assign(openPageOf(simulator, { fetch }), { caption: 'old' });
  const id = page.simulator.addContainer(state === 'completed' ? { state } : { generation: lasting(600_000) });
  const observers = kinds.map((kind) => {
    const options = { ...optionsOf(page, id, kind), enabled };
    const observer = new QueryObserver(page.queryClient, options as never);
    observer.subscribe(() => {});
    return observer;
  });
  await vi.advanceTimersByTimeAsync(10_000);
  return { page, id, observers, queryKey: layersKeys.container(page.client, id) };
}

const optionsOf = ({ client }: Page, id: string, kind: Kind) =>
  kind === 'record' ? containerOptions(client, id) : containerProgressOptions(client, id);

/** What was read, in the order of the alphabet. Lists aside. */
const kindsOf = (page: Page) =>
  page
    .reads()
    .flatMap((path) => (isProgress.test(path) ? ['progress'] : isDetail.test(path) ? ['record'] : []))
    .sort();

/** What is read in the moment of an action, before the scheduler's next poll. */
async function during(page: Page, act: () => unknown): Promise<string[]> {
  page.sent.length = 0;
  const done = act();
  await vi.advanceTimersByTimeAsync(20);
  await done;
  return kindsOf(page);
}

const both: Kind[][] = [
  ['record', 'progress'],
  ['progress', 'record'],
];

describe.each(both)('with observers of the %s and then of the %s', (...kinds) => {
  test.each(['invalidateQueries', 'refetchQueries'] as const)('%s reads what each of them needs', async (how) => {
    for (const [state, expected] of [
      ['completed', ['record']],
      ['in flight', ['progress', 'record']],
    ] as const) {
      const { page, queryKey } = await mounted(kinds, state);
      expect(await during(page, () => page.queryClient[how]({ queryKey }))).toEqual(expected);
    }
  });

  test('it does not depend on which of them rendered last', async () => {
    for (const last of [0, 1]) {
      const { page, id, observers, queryKey } = await mounted(kinds, 'completed');
      observers[last]?.setOptions(optionsOf(page, id, kinds[last] as Kind) as never);
      await vi.advanceTimersByTimeAsync(10);
      expect(await during(page, () => page.queryClient.invalidateQueries({ queryKey }))).toEqual(['record']);
    }
  });

  test('refetch of either, or of both at once, reads each once, and the budget counts what is sent', async () => {
    const { page, observers } = await mounted(kinds, 'in flight');
    const { budget } = page.client.lines['read-light'];
    for (const asked of [[0], [1], [0, 1]]) {
      const before = budget.spent(Date.now());
      const read = await during(page, () => Promise.all(asked.map(async (index) => observers[index]?.refetch())));
      expect(read).toEqual(['progress', 'record']);
      expect(budget.spent(Date.now()) - before).toBe(2);
      await vi.advanceTimersByTimeAsync(2_500);
    }
  });

  test('the failure of either read reaches both, and what the other read brought is kept', async () => {
    for (const match of [isProgress, isDetail]) {
      const { page, observers } = await mounted(kinds, 'in flight');
      const errors = () => observers.map((observer) => (observer.getCurrentResult().error as { status?: number } | null)?.status);
      page.caption = 'new';
      page.simulator.setFaults([{ kind: 'status', status: 503, match }]);
      await during(page, () => observers[0]?.refetch());
      expect(errors()).toEqual([503, 503]);
      const shown = observers.map((observer) => (observer.getCurrentResult().data as { caption?: string }).caption);
      expect(shown).toContain(match === isProgress ? 'new' : 'old');
      page.simulator.setFaults([]);
      await during(page, () => observers[1]?.refetch());
      expect(errors()).toEqual([undefined, undefined]);
    }
  });
});

describe('one read where one suffices', () => {
  test.each([
    ['record', 'completed'],
    ['record', 'in flight'],
    ['progress', 'completed'],
    ['progress', 'in flight'],
  ] as const)('an observer of the %s alone, %s', async (kind, state) => {
    const { page, observers, queryKey } = await mounted([kind, kind], state);
    expect(await during(page, () => page.queryClient.invalidateQueries({ queryKey }))).toEqual([kind]);
    await vi.advanceTimersByTimeAsync(2_500);
    expect(await during(page, () => observers[0]?.refetch())).toEqual([kind]);
  });

  test('a disabled observer that refetches has its own kind read', async () => {
    for (const kind of ['record', 'progress'] as const) {
      const { page, observers } = await mounted([kind], 'completed', { enabled: false });
      expect(page.reads()).toEqual([]);
      expect(await during(page, () => observers[0]?.refetch())).toEqual([kind]);
    }
  });
});
