import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import {
  ContainerCard,
  ContainerGrid,
  ContainerScreen,
  LayersProvider,
  type LayersProviderProps,
  ProgressBar,
  type ProgressHistory,
  useContainer,
  useContainerProgress,
} from '../../src/index.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife, type World } from '../support/world.js';

beforeEach(() => {
  stopTime();
});
afterEach(async () => {
  await cleanup();
  vi.useRealTimers();
});

const plan = [
  { stage: 'generating_visuals', seconds: 200 },
  { stage: 'finalizing', seconds: 100 },
];
const words = ['generating_visuals', 'finalizing'];

/** One container of which the server tells no time left: without a plan there is no percentage. */
function start(durationMs = 300_000) {
  const world = createWorld();
  const id = world.simulator.addContainer({ format: 'ugc_remix', generation: { ...shortLife(durationMs), eta: 'none' } });
  // What is on the screen is told by the browser in its own time, which does not stand still.
  world.client.schedule.show(id, {}, true);
  return { world, id };
}

const provide = ({ client, queryClient }: World, children: ReactNode, props: Partial<LayersProviderProps> = {}) => (
  <LayersProvider {...(props as object)} client={client} queryClient={queryClient}>
    {children}
  </LayersProvider>
);

const Hook = ({ id }: { id: string }) => <p role="progressbar" aria-valuenow={useContainerProgress(id).data?.percent ?? undefined} />;

/** The percentage that is drawn a quarter into the life, rounded; `null`: none. */
async function shareOf(world: World, children: ReactNode, props?: Partial<LayersProviderProps>): Promise<number | null> {
  const screen = await render(provide(world, children, props));
  await pass(75_000);
  const value = screen.getByRole('progressbar').element().ariaValueNow;
  return value === null ? null : Number(value);
}

describe('a plan of stages with their seconds is what the estimate rests on', () => {
  test.each<[string, (id: string, world: World) => ReactNode]>([
    ['ProgressBar', (id) => <ProgressBar containerId={id} stages={plan} />],
    ['ContainerCard', (id) => <ContainerCard containerId={id} stages={plan} />],
    ['ContainerGrid', (_, { projectId }) => <ContainerGrid projectId={projectId} stages={plan} />],
    ['ContainerScreen', (id) => <ContainerScreen containerId={id} stages={plan} />],
  ])('of %s', async (_, draw) => {
    const { world, id } = start();
    const share = await shareOf(world, draw(id, world));
    expect(share).toBeGreaterThan(18);
    expect(share).toBeLessThan(32);
  });

  test.each<[string, LayersProviderProps['stages']]>([
    ['for all formats', plan],
    ['for its format', { 'ugc-remix': plan }],
    ['for its format as the API writes it', { ugc_remix: plan }],
  ])('of the provider, %s', async (_, stages) => {
    const { world, id } = start();
    function Known() {
      useContainer(id);
      return <Hook id={id} />;
    }
    const share = await shareOf(world, <Known />, { stages });
    expect(share).toBeGreaterThan(18);
    expect(share).toBeLessThan(32);
  });

  test.each<[string, (id: string) => ReactNode, LayersProviderProps['stages']]>([
    ['without seconds', (id) => <ProgressBar containerId={id} stages={words} />, undefined],
    ['of another format', (id) => <ProgressBar containerId={id} />, { 'slideshow-remix': plan }],
  ])('but not one %s', async (_, draw, stages) => {
    const { world, id } = start();
    expect(await shareOf(world, draw(id), { stages })).toBeNull();
  });

  test('one beside an estimate of the host: each has its part', async () => {
    const { world, id } = start();
    const history: ProgressHistory = { version: 1, formats: {} };
    function Both() {
      useContainerProgress(id, { estimate: { history } });
      return null;
    }
    const children = (
      <>
        <ProgressBar containerId={id} stages={plan} />
        <Both />
      </>
    );
    expect(await shareOf(world, children)).toBeGreaterThan(18);
  });
});

test('a grid that is given its plan in place draws no card again for that', async () => {
  const { world } = start();
  const draws = vi.fn<() => null>(() => null);
  const grid = () => provide(world, <ContainerGrid projectId={world.projectId} stages={[...plan]} renderItem={draws} />);
  const screen = await render(grid());
  await pass(3_000);
  expect(draws).toHaveBeenCalled();
  const before = draws.mock.calls.length;
  await screen.rerender(grid());
  expect(draws.mock.calls.length).toBe(before);
});

describe('what is learned is filed under the format of the container', () => {
  const lives = (history: ProgressHistory | undefined) =>
    Object.entries(history?.formats ?? {}).map(([format, all]) => [format, all.length]);

  function Record({ id }: { id: string }) {
    useContainer(id);
    return null;
  }

  test('also where that is told only after the end, and once', async () => {
    const { world, id } = start(20_000);
    const onProgressHistory = vi.fn<(history: ProgressHistory) => void>();
    const bar = <ProgressBar containerId={id} hasMedia />;
    const screen = await render(provide(world, bar, { onProgressHistory }));
    await pass(30_000);
    expect(onProgressHistory.mock.calls.map(([history]) => lives(history))).toEqual([[['', 1]]]);
    const late = (
      <>
        {bar}
        <Record id={id} />
      </>
    );
    await screen.rerender(provide(world, late, { onProgressHistory }));
    await pass(5_000);
    expect(onProgressHistory.mock.calls.map(([history]) => lives(history))).toEqual([[['', 1]], [['ugc-remix', 1]]]);
  });
});
