import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { ProgressBar, useContainerProgress } from '../../src/index.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife, type World } from '../support/world.js';

beforeEach(() => {
  stopTime();
});
afterEach(async () => {
  await cleanup();
  vi.useRealTimers();
});

const bodies = {
  'without containerId': {},
  'with containerId': { containerId: 'cnt_of_the_job' },
};

test.each(Object.keys(bodies) as (keyof typeof bodies)[])(
  'a job in the place of a progress is understood %s: it is of the container that was asked for, and its share is that of the whole',
  async (kind) => {
    let progress = 0.2;
    const world: World = createWorld(
      {},
      {
        fetch: async (input, init) => {
          const response = await world.simulator.fetch(input, init);
          if (!String(input).endsWith('/progress')) return response;
          progress = Math.min(1, progress + 0.02);
          const status = progress < 0.9 ? 'running' : 'completed';
          return Response.json({ jobId: 'job_1', kind: 'content_generate', status, progress, stage: 'rendering', ...bodies[kind] });
        },
      },
    );
    const id = world.simulator.addContainer({ generation: shortLife(600_000) });
    const seen: (number | null)[] = [];
    function Follow() {
      const { data } = useContainerProgress(id);
      seen.push(data?.percent ?? null);
      return <ProgressBar containerId={id} />;
    }
    const screen = await render(
      <world.wrapper>
        <Follow />
      </world.wrapper>,
    );
    await pass(3_000);
    expect(screen.container.textContent).toMatch(/^Rendering2\d%/);
    await pass(20_000);
    expect(screen.container.textContent).toMatch(/^Rendering4\d%/);
    await pass(200_000);
    expect(seen.at(-1)).toBe(100);
    const numbers = seen.flatMap((percent) => percent ?? []);
    expect(numbers.slice(1).every((percent, index) => percent >= (numbers[index] ?? 0))).toBe(true);
  },
);
