import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { ProgressBar, useContainer } from '../../src/index.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife } from '../support/world.js';

beforeEach(() => {
  stopTime();
});
afterEach(async () => {
  await cleanup();
  vi.useRealTimers();
});

/** A screen that shows a bar only while there is something to wait for. */
function Clip({ id }: { id: string }) {
  const { data } = useContainer(id);
  return data && data.status !== 'completed' ? <ProgressBar containerId={id} label="Clip" /> : <i />;
}

/** All that the page's voice says from now on. */
function listen(): string[] {
  const said: string[] = [];
  const region = document.querySelector('[data-layers-live]') as HTMLElement;
  new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
  return said;
}

test('the end is said once also where the bar is taken away in the render that would show it', async () => {
  const world = createWorld();
  const id = world.simulator.addContainer({ generation: shortLife(20_000) });
  await render(<Clip id={id} />, { wrapper: world.wrapper });
  const said = listen();
  await pass(60_000);
  expect(document.querySelector('.layers-ProgressBar')).toBeNull();
  expect(said.filter((text) => text.includes('Clip: Ready'))).toHaveLength(1);
});

test('the end of a regeneration is said as well', async () => {
  const world = createWorld();
  const id = world.simulator.addContainer({ generation: shortLife(20_000) });
  await render(<Clip id={id} />, { wrapper: world.wrapper });
  await pass(60_000);
  const said = listen();
  await Promise.all([world.client.regenerate(id), pass(2_000)]);
  void world.queryClient.refetchQueries();
  await pass(5_000);
  expect(document.querySelector('.layers-ProgressBar')).not.toBeNull();
  world.simulator.finish(id);
  await pass(60_000);
  expect(document.querySelector('.layers-ProgressBar')).toBeNull();
  expect(said.filter((text) => text.includes('Clip: Ready'))).toHaveLength(1);
});
