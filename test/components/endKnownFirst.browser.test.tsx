import '../../src/styles/index.css';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { ContainerCard, ContainerGrid, ContainerScreen, PreviewPlayer, ProgressBar } from '../../src/components/index.js';
import { frames } from '../support/frames.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife, type World } from '../support/world.js';

beforeEach(() => {
  stopTime();
});
afterEach(async () => {
  await cleanup();
  vi.useRealTimers();
});

const RECORD = /GET \/v1\/content\/[^/]+$/;
const ROWS = /GET \/v1\/projects/;

it.each([
  { what: 'ContainerCard', draw: (_: World, id: string) => <ContainerCard containerId={id} /> },
  { what: 'ContainerGrid', draw: ({ projectId }: World) => <ContainerGrid projectId={projectId} now={Date.now()} /> },
  {
    what: 'ContainerGrid as a list',
    draw: ({ projectId }: World) => <ContainerGrid projectId={projectId} variant="list" now={Date.now()} />,
  },
  { what: 'ContainerScreen', draw: (_: World, id: string) => <ContainerScreen containerId={id} /> },
  {
    what: 'PreviewPlayer',
    draw: (_: World, id: string) => (
      <>
        <PreviewPlayer containerId={id} />
        <ProgressBar containerId={id} />
      </>
    ),
  },
])('$what never says that there is no media while its record is still to be read', async ({ draw }) => {
  const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
  const id = world.simulator.addContainer({ generation: { ...shortLife(6_000), queuedMs: 0 } });
  const screen = await render(draw(world, id), { wrapper: world.wrapper });
  await pass(1_000);
  // The browser says what is in view when it lays out a frame.
  await frames(4);
  await pass(1_000);
  // Its progress tells the end, and what came of it takes long.
  world.simulator.setFaults([
    { kind: 'latency', match: RECORD, latencyMs: 8_000 },
    { kind: 'latency', match: ROWS, latencyMs: 30_000 },
  ]);
  const texts = new Set<string>();
  const watch = new MutationObserver(() => texts.add(screen.container.textContent ?? ''));
  watch.observe(screen.container, { subtree: true, childList: true, characterData: true });
  await pass(9_000);
  expect([...texts].some((text) => /ready|almost|100%/i.test(text))).toBe(true);
  expect(screen.container.querySelector('video, [data-part="poster"]')).toBeNull();
  await pass(12_000);
  watch.disconnect();
  expect([...texts].filter((text) => /no preview(?! yet)/i.test(text))).toEqual([]);
  expect(screen.container.querySelector('video, [data-part="poster"]')).not.toBeNull();
});
