import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cleanup, renderHook } from 'vitest-browser-react';
import { useContainerProgress, useFreshness } from '../../src/index.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife } from '../support/world.js';

beforeEach(() => {
  stopTime();
});

afterEach(async () => {
  await cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function reportConnection(isOnline: boolean): void {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(isOnline);
  window.dispatchEvent(new Event(isOnline ? 'online' : 'offline'));
}

async function follow() {
  const world = createWorld();
  const id = world.simulator.addContainer({ generation: shortLife(600_000) });
  const { result } = await renderHook(
    () => {
      useContainerProgress(id);
      return useFreshness(id);
    },
    { wrapper: world.wrapper },
  );
  return { world, result };
}

test('a browser that reports no connection is believed until something is read', async () => {
  const { world, result } = await follow();
  await pass(5_000);
  reportConnection(false);
  await pass(100);
  expect(result.current).toMatchObject({ state: 'offline', reason: 'network' });
  await pass(6_000);
  expect(result.current).toMatchObject({ state: 'live', reason: null });
  // Reported once more, and this time nothing comes through.
  world.simulator.setFaults([{ kind: 'drop' }]);
  reportConnection(false);
  await pass(20_000);
  expect(result.current).toMatchObject({ state: 'offline', reason: 'network' });
  world.simulator.setFaults([]);
  reportConnection(true);
  await pass(6_000);
  expect(result.current).toMatchObject({ state: 'live', reason: null });
});

test('a page opened while the browser reports no connection is live once something is read', async () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  const { result } = await follow();
  await pass(6_000);
  expect(result.current).toMatchObject({ state: 'live', reason: null });
});
