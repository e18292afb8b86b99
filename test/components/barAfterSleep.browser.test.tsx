import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { ProgressBar } from '../../src/index.js';
import { hidePage, showPage } from '../support/page.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife } from '../support/world.js';

const HOUR = 3_600_000;

beforeEach(() => {
  stopTime();
});
afterEach(async () => {
  await cleanup();
  showPage();
  vi.useRealTimers();
});

/** The machine sleeps: its clock goes on, and no timer does. */
const sleep = () => {
  vi.setSystemTime(Date.now() + 6 * HOUR);
};

/** The page waits in the cache of the browser's history, and comes back. */
const goAndComeBack = () => {
  window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
  hidePage();
  sleep();
  window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  showPage();
};

const ways: [string, () => void][] = [
  ['six hours of sleep', sleep],
  ['six hours in the back/forward cache', goAndComeBack],
];

async function follow(durationMs: number) {
  const world = createWorld();
  const id = world.simulator.addContainer({ generation: shortLife(durationMs) });
  // What is on the screen is told by the browser in its own time, which does not stand still.
  world.client.schedule.show(id, {}, true);
  const screen = await render(<ProgressBar containerId={id} />, { wrapper: world.wrapper });
  const words = () => screen.container.querySelector<HTMLElement>('[data-part="words"]')?.innerText.replace(/\s+/g, ' ');
  const percent = () => Number(screen.getByRole('progressbar').element().ariaValueNow);
  return { world, id, words, percent };
}

test.each(ways)('after %s a bar shows what has come of its container', async (_, away) => {
  const { world, words } = await follow(120_000);
  await pass(30_000);
  const before = world.reads().length;
  away();
  await pass(10_000);
  expect(words()).toBe('Ready');
  // No burst for what was missed.
  expect(world.reads().length - before).toBeLessThan(8);
});

test.each(ways)('after %s a bar of a container that is still at work is live again, and further than before', async (_, away) => {
  const { world, id, words, percent } = await follow(20 * HOUR);
  await pass(60_000);
  const before = percent();
  const reads = world.reads(/\/progress$/).length;
  away();
  // One that takes so long is read once a minute.
  await pass(70_000);
  expect(world.reads(/\/progress$/).length).toBeGreaterThan(reads);
  expect(percent()).toBeGreaterThan(before + 20);
  expect(percent()).toBeLessThan(99);
  expect(words()).toContain('Generating visuals');
  expect(world.client.schedule.freshness(id)).toMatchObject({ state: 'slowed', reason: 'deadline' });
});
