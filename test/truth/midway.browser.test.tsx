import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import {
  ContainerCard,
  ContainerGrid,
  ContainerScreen,
  PreviewPlayer,
  ProgressBar,
  useContainerList,
  useTitleProgress,
} from '../../src/index.js';
import { advanceProgress, parseProgress } from '../../src/core.js';
import { pass } from '../support/time.js';
import { createWorld, type World } from '../support/world.js';
import { stopTime } from './support.js';

vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  stopTime();
  document.title = 'Studio';
});
afterEach(async () => {
  await cleanup();
  vi.useRealTimers();
});

const TOTAL = 200_000;

/** A container that is 60% through its life when the page is opened. */
const addMidway = (world: World, share = 0.6) =>
  world.simulator.addContainer({
    createdAt: Date.now() - share * TOTAL,
    generation: {
      queuedMs: 4_000,
      stages: [{ stage: 'generating_visuals', durationMs: TOTAL - 4_000 }],
      outcome: 'completed',
      eta: 'exact',
    },
  });

/** The numbers that the bars of a page have shown, looked at four times a second; `null`: none. */
async function watch(root: ParentNode, seconds: number): Promise<(number | null)[][]> {
  const seen: (number | null)[][] = [];
  for (let at = 0; at < seconds * 4; at += 1) {
    await pass(250);
    seen.push(
      [...root.querySelectorAll('[role="progressbar"]')].map((bar) => {
        const now = bar.getAttribute('aria-valuenow');
        return now === null ? null : Number(now);
      }),
    );
  }
  return seen;
}

/** The steps from one number to the next, of every bar. */
const stepsOf = (seen: (number | null)[][]) =>
  seen.slice(1).flatMap((bars, index) =>
    bars.flatMap((number, bar) => {
      const before = seen[index]?.[bar] ?? null;
      return number === null || before === null ? [] : [number - before];
    }),
  );

const numbersOf = (seen: (number | null)[][]) => seen.flat().filter((number) => number !== null);

function Rows({ world }: { world: World }) {
  const { data } = useContainerList(world.projectId);
  return data?.containers.map(({ id }) => <ProgressBar key={id} containerId={id} />);
}

function Titled({ id }: { id: string }) {
  useTitleProgress(id);
  return null;
}

const places: [string, (world: World, id: string) => ReactNode][] = [
  ['a bar', (_, id) => <ProgressBar containerId={id} />],
  ['a bar beside a player', (_, id) => [<ProgressBar key="bar" containerId={id} />, <PreviewPlayer key="player" containerId={id} />]],
  ['a row of a list', (world) => <Rows world={world} />],
  ['a screen', (_, id) => <ContainerScreen containerId={id} />],
  ['a card', (_, id) => <ContainerCard containerId={id} />],
  ['a grid', (world) => <ContainerGrid projectId={world.projectId} />],
];

describe('a page opened midway', () => {
  test.each(places)('shows the right number or none in %s, by steps of at most 3, and never back', async (_, place) => {
    const world = createWorld();
    const id = addMidway(world);
    const screen = await render(
      <world.wrapper>
        {place(world, id)}
        <Titled id={id} />
      </world.wrapper>,
    );
    const seen = await watch(screen.container, 16);
    const numbers = numbersOf(seen);
    expect(numbers.length).toBeGreaterThan(30);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(57);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(71);
    const steps = stepsOf(seen);
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...steps)).toBeLessThanOrEqual(3);
    expect(document.title).toMatch(/^6\d% · Studio$/);
  });

  test('loaded again, shows no less than before, however its ETA trembles', async () => {
    sessionStorage.clear();
    const world = createWorld({ generation: { eta: 'noisy' } });
    const id = world.simulator.addContainer({
      createdAt: Date.now() - 0.4 * TOTAL,
      generation: {
        queuedMs: 4_000,
        stages: [{ stage: 'generating_visuals', durationMs: TOTAL - 4_000 }],
        outcome: 'completed',
        eta: 'noisy',
      },
    });
    let last = 0;
    for (let load = 0; load < 8; load += 1) {
      const { wrapper: Wrapper } = createWorld({}, { fetch: world.simulator.fetch });
      const screen = await render(
        <Wrapper>
          <ProgressBar containerId={id} />
        </Wrapper>,
      );
      const numbers = numbersOf(await watch(screen.container, 8));
      expect(numbers.length).toBeGreaterThan(10);
      expect(numbers.filter((number) => number < last)).toEqual([]);
      last = numbers.at(-1) ?? 0;
      window.dispatchEvent(new PageTransitionEvent('pagehide'));
      await cleanup();
    }
    expect(last).toBeLessThan(90);
  });

  test('takes a date up at once that its list tells late', async () => {
    const world: World = createWorld(
      {},
      {
        fetch: async (input, init) => {
          const response = await world.simulator.fetch(input, init);
          if (!String(input).includes('/progress')) await new Promise((resolve) => setTimeout(resolve, 5_000));
          return response;
        },
      },
    );
    const id = addMidway(world);
    const screen = await render(
      <world.wrapper>
        <ProgressBar containerId={id} />
        <Rows world={world} />
      </world.wrapper>,
    );
    expect(numbersOf(await watch(screen.container, 4.5))).toEqual([]);
    expect(screen.container.textContent).toContain('about 2 min');
    const seen = await watch(screen.container, 10);
    const numbers = numbersOf(seen);
    expect(numbers.length).toBeGreaterThan(60);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(60);
    expect(Math.max(...stepsOf(seen))).toBeLessThanOrEqual(3);
  });

  test('shows no number for the sample of the documentation, which tells nothing of its start', async () => {
    const sample = {
      containerId: 'cnt_7d18b9a1',
      status: 'processing',
      stage: 'generating_visuals',
      stageProgress: 0.42,
      etaSeconds: 38,
      updatedAt: '2026-04-18T09:30:04Z',
    };
    const screen = await render(<ProgressBar progress={advanceProgress(null, parseProgress(sample), Date.now())} />);
    expect(screen.container.textContent).toBe('Generating visualsunder 1 min');
    expect(screen.container.querySelector('[data-value], [aria-valuenow]')).toBeNull();
  });
});
