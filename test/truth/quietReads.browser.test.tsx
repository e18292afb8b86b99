import { Profiler } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { ProgressBar, StatusBadge, useContainer, useContainerList, useContainerProgress } from '../../src/index.js';
import type { SimulatorGeneration } from '../../src/testing.js';
import { pass } from '../support/time.js';
import { createWorld, type World } from '../support/world.js';
import { stopTime } from './support.js';

beforeEach(() => {
  stopTime();
});

afterEach(async () => {
  await cleanup();
  vi.useRealTimers();
});

interface Shown {
  world: World;
  id: string;
}

function Row({ world, id }: Shown) {
  const { data: record } = useContainer(id);
  const { data: progress } = useContainerProgress(id);
  const { data: list } = useContainerList(world.projectId, { refreshInterval: false });
  return (
    <p>
      {record?.status} {progress?.status} {list?.containers.length} <StatusBadge containerId={id} />
    </p>
  );
}

const shown = [
  { what: 'the hooks of a row', Show: Row },
  { what: 'a bar', Show: ({ id }: Shown) => <ProgressBar containerId={id} /> },
];

/** Queued with a date that moves at each read, or at work without any basis for an estimate. */
const queued: SimulatorGeneration = { queuedMs: 600_000, stages: [{ stage: 'generating_visuals', durationMs: 9_000 }], eta: 'none' };

describe.each(shown)('$what', ({ Show }) => {
  test('renders for no read that brings only another date, and for the start', async () => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: queued });
    let commits = 0;
    const count = () => {
      commits += 1;
    };
    await render(
      <Profiler id="row" onRender={count}>
        <Show world={world} id={id} />
      </Profiler>,
      { wrapper: world.wrapper },
    );
    await pass(120_000);
    const [reads, before] = [world.reads(/progress/).length, commits];
    // Less than the minute in which the words of a bar change.
    await pass(45_000);
    expect(world.reads(/progress/).length).toBeGreaterThan(reads + 7);
    expect(commits - before).toBeLessThanOrEqual(1);
    await pass(450_000);
    expect(commits).toBeGreaterThan(before);
  });
});
