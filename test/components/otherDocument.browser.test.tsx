import { createPortal } from 'react-dom';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { ContainerCard, ProgressBar } from '../../src/index.js';
import { monotonicNow } from '../../src/internal/monotonicNow.js';
import { progressOf } from '../../stories/support/progress.js';
import { hidePage, showPage } from '../support/page.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife } from '../support/world.js';

/** What shows something of the page while the page is hidden: a document of its own, as a window has that the page has opened. */
let frame: HTMLIFrameElement;
const other = () => frame.contentDocument as Document;

/** Timers of the other window are its own: they stand still with those of the page. */
const timers = ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const;

beforeEach(() => {
  frame = document.body.appendChild(document.createElement('iframe'));
  stopTime();
  for (const timer of timers) Object.assign(frame.contentWindow as object, { [timer]: globalThis[timer].bind(globalThis) });
});
afterEach(async () => {
  await cleanup();
  frame.remove();
  showPage();
  vi.useRealTimers();
});

function hide(page: Document): void {
  Object.defineProperty(page, 'visibilityState', { configurable: true, value: 'hidden' });
  page.dispatchEvent(new Event('visibilitychange'));
}

const wordsOf = (name: string) => other().querySelector(`[data-part="${name}"]`)?.textContent;

test('a bar in a window that is seen is read while the page is hidden, and no more once that window is hidden, too', async () => {
  const world = createWorld();
  const id = world.simulator.addContainer({ generation: shortLife(600_000) });
  world.client.schedule.show(id, {}, true);
  const draw = (isOpen: boolean) => isOpen && createPortal(<ProgressBar containerId={id} />, other().body);
  const screen = await render(draw(true), { wrapper: world.wrapper });
  await pass(5_000);
  hidePage();
  const count = () => world.reads(/\/progress$/).length;
  const before = count();
  await pass(10_000);
  expect(count() - before).toBeGreaterThanOrEqual(2);
  expect(world.client.schedule.freshness(id).state).toBe('live');

  hide(other());
  const hidden = count();
  await pass(20_000);
  expect(count()).toBe(hidden);
  expect(world.client.schedule.freshness(id)).toMatchObject({ state: 'paused', reason: 'hidden' });
  await screen.rerender(draw(false));
  showPage();
});

test('a page that is hidden is read no more once nothing of it is in the other window', async () => {
  const world = createWorld();
  const [here, there] = [1, 2].map(() => world.simulator.addContainer({ generation: shortLife(600_000) })) as [string, string];
  for (const id of [here, there]) world.client.schedule.show(id, {}, true);
  const draw = (isOpen: boolean) => (
    <>
      <ProgressBar containerId={here} />
      {isOpen && createPortal(<ProgressBar containerId={there} />, other().body)}
    </>
  );
  const screen = await render(draw(true), { wrapper: world.wrapper });
  await pass(5_000);
  hidePage();
  await pass(5_000);
  await screen.rerender(draw(false));
  const before = world.reads().length;
  await pass(20_000);
  expect(world.reads().length).toBe(before);
});

test('the words of a bar there count down by the timer of that window, while the page is hidden', async () => {
  const reading = progressOf({ percent: 42, remainingSeconds: 64, observedAt: monotonicNow(), startedAt: monotonicNow() });
  await render(createPortal(<ProgressBar progress={reading} />, other().body));
  hidePage();
  expect(wordsOf('share')).toBe('42% · about 2 min');
  await pass(6_000);
  expect(wordsOf('share')).toBe('42% · about 1 min');
});

test('the age of a card there goes on, while the page is hidden', async () => {
  const world = createWorld();
  const id = world.simulator.addContainer({ state: 'completed' });
  await render(createPortal(<ContainerCard containerId={id} />, other().body), { wrapper: world.wrapper });
  await pass(2_000);
  const before = wordsOf('time');
  hidePage();
  await pass(180_000);
  expect(wordsOf('time')).not.toBe(before);
});
