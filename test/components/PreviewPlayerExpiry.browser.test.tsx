import '../../src/styles/index.css';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { ContainerScreen, PreviewPlayer } from '../../src/components/index.js';
import { frames } from '../support/frames.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld } from '../support/world.js';
import { fileOfItsOwn } from './realMedia.js';
import { previews } from './support.js';

beforeEach(async () => {
  // Fetched when it is first needed: here it is there already, so that only the time decides.
  await import('../../src/components/PreviewPlayer/Expiry.js');
  stopTime();
});
afterEach(async () => {
  await cleanup();
  vi.useRealTimers();
});

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();
const image = () => {
  const url = fileOfItsOwn('city-honey.jpg').url();
  return { ...previews.image, primaryUrl: url, imageUrls: [url], thumbnailUrl: null };
};

describe('addresses that expire', () => {
  it('are renewed once, 30 s before, while they are on the screen', async () => {
    const onRefresh = vi.fn(() => {});
    await render(<PreviewPlayer preview={image()} expiresAt={inSeconds(120)} onRefresh={onRefresh} />);
    await frames(8);
    await pass(85_000);
    expect(onRefresh).not.toHaveBeenCalled();
    await pass(10_000);
    expect(onRefresh).toHaveBeenCalledOnce();
    await pass(300_000);
    expect(onRefresh).toHaveBeenCalledOnce();
  });

  it('wait while they are off the screen', async () => {
    const onRefresh = vi.fn(() => {});
    const player = <PreviewPlayer preview={image()} expiresAt={inSeconds(60)} onRefresh={onRefresh} style={{ width: 200 }} />;
    const screen = await render(<div style={{ paddingBlockStart: '300vh' }}>{player}</div>);
    await frames(8);
    await pass(120_000);
    expect(onRefresh).not.toHaveBeenCalled();
    (screen.container.querySelector('.layers-PreviewPlayer') as HTMLElement).scrollIntoView();
    await frames(8);
    await pass(1_000);
    expect(onRefresh).toHaveBeenCalledOnce();
    window.scrollTo(0, 0);
  });

  it('are not asked for again and again where the clocks differ', async () => {
    const onRefresh = vi.fn(() => {});
    const preview = image();
    const show = (seconds: number) => <PreviewPlayer preview={preview} expiresAt={inSeconds(seconds)} onRefresh={onRefresh} />;
    const screen = await render(show(-7_200));
    await frames(8);
    await pass(1_000);
    expect(onRefresh).toHaveBeenCalledOnce();
    await screen.rerender(show(-7_100));
    await pass(300_000);
    expect(onRefresh).toHaveBeenCalledOnce();
  });

  it.each(['player', 'screen'] as const)('of a container are renewed by one read of it (%s)', async (shown) => {
    const url = fileOfItsOwn('city-honey.jpg').url();
    let isDated = true;
    const world = createWorld(
      {},
      {
        fetch: async (input, init) => {
          const response = await world.simulator.fetch(input, init);
          if (!/\/content\/[^/]+$/.test(new URL(input).pathname)) return response;
          const body: object = await response.json();
          const expiresAt = inSeconds(isDated ? 120 : 36_000);
          return Response.json({
            ...body,
            preview: { kind: 'image', primaryUrl: url, imageUrls: [url] },
            assets: [{ assetId: 'ast:01', kind: 'image', url, expiresAt, checksumSha256: 'e3b0' }],
          });
        },
      },
    );
    const id = world.simulator.addContainer({ state: 'completed' });
    const element = shown === 'player' ? <PreviewPlayer containerId={id} /> : <ContainerScreen containerId={id} />;
    await render(element, { wrapper: world.wrapper });
    await pass(2_000);
    await frames(8);
    expect(world.reads()).toHaveLength(1);
    isDated = false;
    await pass(100_000);
    expect(world.reads()).toHaveLength(2);
    await pass(300_000);
    expect(world.reads()).toHaveLength(2);
  });
});
