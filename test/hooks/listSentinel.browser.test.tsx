import { afterEach, expect, test } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { type UseContainerListOptions, useContainerList } from '../../src/index.js';
import { until } from '../support/until.js';
import { createWorld, type World } from '../support/world.js';

afterEach(async () => {
  await cleanup();
  window.scrollTo(0, 0);
});

function List({ world, options }: { world: World; options?: UseContainerListOptions }) {
  const { data, sentinelRef } = useContainerList(world.projectId, { limit: 20, ...options });
  return (
    <>
      <ol>
        {data?.containers.map(({ id }) => (
          <li key={id} style={{ height: 40 }}>
            {id}
          </li>
        ))}
      </ol>
      <div ref={sentinelRef}>end</div>
    </>
  );
}

function worldOf(count: number, approvalStatus: 'pending' | 'approved' = 'approved') {
  const world = createWorld();
  for (let index = 0; index < count; index += 1)
    world.simulator.addContainer({ state: 'completed', approvalStatus, createdAt: Date.now() - 1_000_000 + index });
  return world;
}

const shown = (container: Element) => container.querySelectorAll('li').length;
/** Long enough for the browser to say what is in view, several times over. */
const frames = async (count = 20) => {
  for (let frame = 0; frame < count; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
};

test('a sentinel in view loads a page, and the next only when it is in view again, to the end', async () => {
  const world = worldOf(70);
  const { container } = await render(
    <world.wrapper>
      <List world={world} />
    </world.wrapper>,
  );
  // 20 rows of 40 px are more than the 600 px of the screen and its margin: nothing more is wanted yet.
  await until(() => expect(shown(container)).toBe(20));
  await frames();
  expect(world.reads()).toHaveLength(1);
  for (const count of [40, 60, 70]) {
    window.scrollTo(0, document.body.scrollHeight);
    await until(() => expect(shown(container)).toBe(count));
    await frames();
    expect(shown(container)).toBe(count);
  }
  window.scrollTo(0, 0);
  await frames();
  window.scrollTo(0, document.body.scrollHeight);
  await frames();
  expect(world.reads()).toHaveLength(4);
});

test('a sentinel that stays in view because pages are short goes on until the screen is full', async () => {
  const world = worldOf(100);
  const { container } = await render(
    <world.wrapper>
      <List world={world} options={{ limit: 5 }} />
    </world.wrapper>,
  );
  await until(() => expect(shown(container) * 40).toBeGreaterThanOrEqual(innerHeight));
  await frames();
  expect(shown(container) * 40).toBeLessThanOrEqual(innerHeight + 400);
});

test('a sentinel that comes into view while the list is refreshed is not forgotten', async () => {
  const world = worldOf(60);
  const { container } = await render(
    <world.wrapper>
      <List world={world} options={{ refreshInterval: 5_000 }} />
    </world.wrapper>,
  );
  await until(() => expect(shown(container)).toBe(20));
  world.simulator.setFaults([{ kind: 'latency', latencyMs: 1_000 }]);
  void world.queryClient.refetchQueries();
  window.scrollTo(0, document.body.scrollHeight);
  await until(() => expect(shown(container)).toBe(40));
});

test('a load that brings no row is not followed by another, though the sentinel is still in view', async () => {
  const world = worldOf(2_300);
  await render(
    <world.wrapper>
      <List world={world} options={{ approval: 'pending' }} />
    </world.wrapper>,
  );
  await until(() => expect(world.reads().length).toBeGreaterThanOrEqual(5));
  await frames(60);
  expect(world.reads().length).toBeLessThanOrEqual(10);
});
