import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { ProgressBar, useApproval, useContainer, useContainerList, useContainerProgress } from '../../src/index.js';
import type { SimulatorRequest } from '../../src/testing.js';
import { pass } from '../support/time.js';
import { createWorld, type World } from '../support/world.js';
import { busiestMinute, lasting, stopTime } from './support.js';

// On a slow machine too.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  stopTime();
});
afterEach(async () => {
  await cleanup();
  vi.useRealTimers();
});

function Bar({ id }: { id: string }) {
  const { data } = useContainerProgress(id);
  return <li data-known={data?.status}>{data?.status}</li>;
}

function Buttons({ world, id }: { world: World; id: string }) {
  const list = useContainerList(world.projectId, { limit: 5 });
  const approval = useApproval(id);
  const { refetch } = useContainer(id);
  return (
    <>
      <button type="button" onClick={() => void list.fetchNextPage()}>
        More
      </button>
      <button type="button" onClick={() => approval.mutate({ decision: 'approve' })}>
        Approve
      </button>
      <button type="button" onClick={() => void refetch()}>
        Again
      </button>
      <i>{list.data?.containers.length}</i>
    </>
  );
}

/** A hundred bars that nobody says the place of, and what a person clicks. */
async function hundredBars() {
  const world = createWorld({ tier: 'standard', faults: [{ kind: 'latency', latencyMs: [40, 160] }] });
  const pending = world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending', createdAt: Date.now() - 1_000 });
  const ids = Array.from({ length: 100 }, () => world.simulator.addContainer({ generation: lasting(600_000) }));
  const screen = await render(
    <world.wrapper>
      <Buttons world={world} id={pending} />
      <ul>
        {ids.map((id) => (
          <Bar key={id} id={id} />
        ))}
      </ul>
    </world.wrapper>,
  );
  return { world, pending, ...screen };
}

test.each([
  { name: 'More', isIt: ({ path }: SimulatorRequest) => path.includes('cursor=') },
  { name: 'Approve', isIt: ({ method }: SimulatorRequest) => method === 'POST' },
  { name: 'Again', isIt: ({ path }: SimulatorRequest, pending: string) => path.endsWith(`/content/${pending}`) },
])('"$name", clicked in the second in which a hundred bars mount, leaves within 2 s', async ({ name, isIt }) => {
  const { world, pending, container, getByRole } = await hundredBars();
  await pass(800);
  // More can be asked for once there is something.
  for (let turn = 0; turn < 6 && container.querySelector('i')?.textContent === ''; turn += 1) await pass(500);
  const clickedAt = Date.now();
  (getByRole('button', { name }).element() as HTMLElement).click();
  await pass(4_000);
  const sent = world.simulator.requests.find((request) => request.at >= clickedAt && isIt(request, pending));
  expect((sent?.at ?? Number.POSITIVE_INFINITY) - clickedAt).toBeLessThanOrEqual(2_000);
  expect(sent?.status).toBeLessThan(300);
});

test('all of a hundred bars know within 4 s, and nothing waits a minute for its turn', async () => {
  const { world, container } = await hundredBars();
  await pass(4_500);
  expect(container.querySelectorAll('[data-known="processing"]')).toHaveLength(100);
  const burst = world.simulator.requests.length;
  expect(burst).toBeLessThanOrEqual(30);
  for (let tenth = 0; tenth < 6; tenth += 1) {
    const before = world.simulator.requests.length;
    await pass(10_000);
    expect(world.simulator.requests.length).toBeGreaterThan(before);
  }
  expect(busiestMinute(world.simulator.requests.map(({ at }) => at))).toBeLessThanOrEqual(96);
});

/** A row as partners build it. */
function Row({ id, ended }: { id: string; ended: (who: string) => void }) {
  const { data } = useContainer(id);
  if (data?.status === 'completed') ended('useContainer');
  return (
    <li style={{ height: 55 }}>
      {data?.status}
      <ProgressBar containerId={id} />
    </li>
  );
}

test.each([10, 50])('%i rows with a bar each, ten on screen: data, and ends, soon in hook and bar', async (count) => {
  const world = createWorld({ tier: 'standard', faults: [{ kind: 'latency', latencyMs: [40, 160] }] });
  const startedAt = Date.now();
  const lives = Array.from({ length: count }, (_, index) => {
    const totalMs = 12_000 + index * 500;
    return { id: world.simulator.addContainer({ generation: lasting(totalMs) }), endsAt: startedAt + totalMs };
  });
  const known = new Map<string, number>();
  const { container } = await render(
    <world.wrapper>
      <ul style={{ margin: 0, padding: 0 }}>
        {lives.map(({ id, endsAt }) => (
          <Row key={id} id={id} ended={() => known.has(id) || known.set(id, Date.now() - endsAt)} />
        ))}
      </ul>
    </world.wrapper>,
  );
  // The browser says what is in view in its own time.
  for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  await pass(4_500);
  expect([...container.querySelectorAll('li')].filter(({ textContent }) => !textContent?.includes('processing'))).toHaveLength(0);
  expect(container.querySelectorAll('.layers-ProgressBar[data-state="loading"]')).toHaveLength(0);
  await pass(12_000 + count * 500 + 8_000);
  const after = lives.map(({ id }) => known.get(id) ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  expect(after[Math.floor(after.length / 2)]).toBeLessThanOrEqual(2_500);
  expect(after[Math.floor(after.length * 0.95)]).toBeLessThanOrEqual(5_000);
  expect(after.at(-1)).toBeLessThan(12_000);
  expect(world.simulator.requests.filter(({ status }) => status === 429)).toHaveLength(0);
});
