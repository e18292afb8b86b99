import { Profiler } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { useContainerProgress } from '../../src/index.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld } from '../support/world.js';

beforeEach(() => {
  stopTime();
});

afterEach(async () => {
  await cleanup();
  vi.useRealTimers();
});

function Row({ id }: { id: string }) {
  const { data } = useContainerProgress(id);
  return <li>{data?.status}</li>;
}

test('a sweep that changes forty rows is one React commit', async () => {
  const world = createWorld();
  const ids = Array.from({ length: 40 }, () =>
    world.simulator.addContainer({ generation: { queuedMs: 10_000, stages: [{ stage: 'generating_visuals', durationMs: 600_000 }] } }),
  );
  for (const id of ids) world.client.schedule.show(id, {}, false);
  let commits = 0;
  const { container } = await render(
    <world.wrapper>
      <Profiler
        id="rows"
        onRender={() => {
          commits += 1;
        }}
      >
        {ids.map((id) => (
          <Row key={id} id={id} />
        ))}
      </Profiler>
    </world.wrapper>,
  );
  const shown = (status: string) => [...container.querySelectorAll('li')].filter(({ textContent }) => textContent === status).length;
  await pass(8_000);
  expect(shown('queued')).toBe(40);
  const before = commits;
  await pass(6_000);
  expect(shown('processing')).toBe(40);
  expect(commits - before).toBe(1);
});
