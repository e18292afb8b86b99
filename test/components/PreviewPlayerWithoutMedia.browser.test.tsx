import '../../src/styles/index.css';
import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { PreviewPlayer } from '../../src/components/index.js';
import { layersKeys, parseContainer } from '../../src/index.js';
import { fileOfItsOwn } from './realMedia.js';
import { createWorld, type World } from '../support/world.js';
import { previews } from './support.js';

describe('a player of a container that has ended without media', () => {
  it.for(['completed', 'canceled', 'failed'] as const)('does not say that there is none yet: %s', async (state) => {
    const world: World = createWorld(
      {},
      {
        fetch: async (...request) => {
          const response = await world.simulator.fetch(...request);
          return new Response(JSON.stringify({ ...((await response.json()) as object), preview: null, assets: [] }), response);
        },
      },
    );
    const id = world.simulator.addContainer({ state, generation: { kind: 'video' } });
    const screen = await render(<PreviewPlayer containerId={id} />, { wrapper: world.wrapper });
    await expect.element(screen.getByText('No preview', { exact: true })).toBeVisible();
    expect(screen.container.textContent).not.toContain('yet');
  });

  it('says that there is none yet while it is in flight', async () => {
    const world = createWorld();
    const screen = await render(<PreviewPlayer containerId={world.simulator.addContainer()} />, { wrapper: world.wrapper });
    await expect.poll(() => world.reads().length).toBeGreaterThan(0);
    await expect.element(screen.getByText('No preview yet')).toBeVisible();
  });
});

describe('a player whose container cannot be read', () => {
  it('says so also where it is known as completed, and tries again when asked', async () => {
    const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
    const id = world.simulator.addContainer({ state: 'completed', generation: { kind: 'image' } });
    world.simulator.setFaults([{ kind: 'status', status: 404, match: /GET \/v1\/content/ }]);
    const known = { ...parseContainer({ id, status: 'completed' }), isPartial: true };
    world.queryClient.setQueryData(layersKeys.container(world.client, id), known, { updatedAt: 0 });
    const screen = await render(<PreviewPlayer containerId={id} alt="Honey" />, { wrapper: world.wrapper });
    await expect.element(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
    world.simulator.setFaults([]);
    await screen.getByRole('button', { name: 'Try again' }).click();
    await expect.element(screen.getByRole('img', { name: 'Honey' })).toBeVisible();
  });

  it('speaks of no link while it is read again', async () => {
    let isBack = false;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const world: World = createWorld(
      { mediaBaseUrl: `${location.origin}/` },
      {
        fetch: async (...request) => {
          if (isBack) await held;
          return world.simulator.fetch(...request);
        },
      },
    );
    const id = world.simulator.addContainer({ state: 'completed', generation: { kind: 'image' } });
    world.simulator.setFaults([{ kind: 'status', status: 404 }]);
    const screen = await render(<PreviewPlayer containerId={id} alt="Honey" />, { wrapper: world.wrapper });
    const retry = screen.getByRole('button', { name: 'Try again' });
    await expect.element(retry).toBeVisible();
    isBack = true;
    world.simulator.setFaults([]);
    const words = new Set<string>();
    const watch = new MutationObserver(() => words.add(screen.container.textContent ?? ''));
    watch.observe(screen.container, { subtree: true, childList: true, characterData: true });
    await retry.click();
    release();
    await expect.element(screen.getByRole('img', { name: 'Honey' })).toBeVisible();
    watch.disconnect();
    expect([...words].filter((text) => text.includes('link'))).toEqual([]);
  });
});

it('a poster that is lost and has no video behind it has a word in its place', async () => {
  const poster = fileOfItsOwn('dawn-run.jpg').url('status=404');
  const screen = await render(<PreviewPlayer preview={{ ...previews.posterOnly, thumbnailUrl: poster }} />);
  await expect.element(screen.getByText('Video', { exact: true })).toBeVisible();
  expect(screen.container.querySelector('img, button')).toBeNull();
});
