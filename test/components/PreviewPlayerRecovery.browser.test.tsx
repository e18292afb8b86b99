import '../../src/styles/index.css';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { ContainerCard, limitLiveVideos, PreviewPlayer } from '../../src/components/index.js';
import type { Preview } from '../../src/model/preview.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld } from '../support/world.js';
import { fileOfItsOwn, isPlaying, isWebKitGtk, stateOf, videoAt, videoOf } from './realMedia.js';
import { findViolations, previews } from './support.js';

const EXPIRED = 'status=403';

afterEach(() => {
  vi.useRealTimers();
  limitLiveVideos(6);
});

/** The same picture under a signature that has run out, and under a new one. */
function imageOfItsOwn() {
  const file = fileOfItsOwn('city-honey.jpg');
  const at = (signature: string): Preview => {
    const url = file.url('', signature);
    return { ...previews.image, primaryUrl: url, imageUrls: [url] };
  };
  return { file, at };
}

describe('addresses that have run out', () => {
  it('of an image are replaced by one read', async () => {
    const { at } = imageOfItsOwn();
    const onRefresh = vi.fn(async () => at('fresh'));
    const screen = await render(<PreviewPlayer preview={at(EXPIRED)} onRefresh={onRefresh} />);
    await expect.poll(() => stateOf(screen.container)).toBe('ready');
    expect(screen.container.querySelector('img')?.src).toBe(at('fresh').primaryUrl);
    expect(onRefresh).toHaveBeenCalledOnce();
  });

  it('of all slides are replaced by one read', async () => {
    const files = [1, 2, 3].map((number) => fileOfItsOwn(`patient-plants/${number}.jpg`));
    const at = (signature: string): Preview => ({ ...previews.slideshow, imageUrls: files.map((file) => file.url('', signature)) });
    const onRefresh = vi.fn(async () => at('fresh'));
    const screen = await render(<PreviewPlayer preview={at(EXPIRED)} onRefresh={onRefresh} />);
    await expect.element(screen.getByRole('button', { name: 'Next slide' })).toBeInTheDocument();
    const shown = () => [...screen.container.querySelectorAll<HTMLImageElement>('[data-part="slide"] img')];
    await expect.poll(() => shown().map(({ complete, naturalWidth }) => complete && naturalWidth > 0)).toEqual([true, true]);
    await screen.getByRole('button', { name: 'Show slide 3 of 3' }).click();
    await expect.poll(() => shown().map(({ naturalWidth }) => naturalWidth > 0)).toEqual([true, true, true]);
    expect(screen.container.textContent).not.toContain('could not');
    expect(onRefresh).toHaveBeenCalledOnce();
  });

  it('of a poster are replaced by one read, before anybody asks for the video', async () => {
    const [film, poster] = [fileOfItsOwn(), fileOfItsOwn('dawn-run.jpg')];
    const at = (signature: string) => videoAt(film.url('', signature), { thumbnailUrl: poster.url('', signature) });
    const onRefresh = vi.fn(async () => at('fresh'));
    const screen = await render(<PreviewPlayer preview={at(EXPIRED)} onRefresh={onRefresh} muted />);
    const shown = () => screen.container.querySelector<HTMLImageElement>('[data-part="poster"]');
    await expect.poll(() => shown()?.src).toBe(poster.url('', 'fresh'));
    await expect.poll(() => shown()?.naturalWidth).toBeGreaterThan(0);
    expect(stateOf(screen.container)).toBe('idle');
    expect(screen.container.textContent).not.toContain('expired');
    await screen.getByRole('button', { name: 'Play video' }).click();
    await isPlaying(screen.container);
    expect(onRefresh).toHaveBeenCalledOnce();
  });

  it('are read at most once a minute, however often the media comes and goes', async () => {
    stopTime();
    const { at } = imageOfItsOwn();
    const onRefresh = vi.fn(async () => at(`${EXPIRED}&again`));
    const fails = async () => {
      const screen = await render(<PreviewPlayer preview={at(EXPIRED)} onRefresh={onRefresh} />);
      await expect.poll(() => stateOf(screen.container)).toBe('error');
      await screen.unmount();
    };
    await fails();
    await fails();
    expect(onRefresh).toHaveBeenCalledTimes(1);
    await pass(59_000);
    await fails();
    expect(onRefresh).toHaveBeenCalledTimes(1);
    await pass(1_000);
    await fails();
    expect(onRefresh).toHaveBeenCalledTimes(2);
  });

  it('are not read again for a row that scrolls away and comes back as it was', async () => {
    const { at } = imageOfItsOwn();
    const onRefresh = vi.fn(async () => at('fresh'));
    for (const _ of [1, 2]) {
      const screen = await render(<PreviewPlayer preview={at(EXPIRED)} onRefresh={onRefresh} />);
      await expect.poll(() => stateOf(screen.container)).toBe('ready');
      await screen.unmount();
    }
    expect(onRefresh).toHaveBeenCalledOnce();
  });

  it('are not waited for without end, and another player of the same media may ask anew', async () => {
    const { at } = imageOfItsOwn();
    stopTime();
    const onRefresh = vi.fn(() => new Promise<Preview>(() => {}));
    const screen = await render(<PreviewPlayer preview={at(EXPIRED)} onRefresh={onRefresh} />);
    await expect.poll(() => onRefresh.mock.calls.length).toBe(1);
    await pass(30_000);
    await expect.poll(() => stateOf(screen.container)).toBe('error');
    await expect.element(screen.getByRole('button', { name: 'Try again' })).toBeInTheDocument();
    const other = await render(<PreviewPlayer preview={at(EXPIRED)} onRefresh={async () => at('fresh')} />);
    await expect.poll(() => stateOf(other.container)).toBe('ready');
  });

  it('that cannot be read leave the error, also where the host throws', async () => {
    const { at } = imageOfItsOwn();
    const onRefresh = vi.fn(() => {
      throw new Error('No network');
    });
    const screen = await render(<PreviewPlayer preview={at(EXPIRED)} onRefresh={onRefresh} />);
    await expect.poll(() => stateOf(screen.container)).toBe('error');
    expect(onRefresh).toHaveBeenCalledOnce();
  });

  // WebKit tells of a broken connection only once it plays on.
  it.skipIf(isWebKitGtk)('leave a video paused that was paused', async () => {
    const file = fileOfItsOwn();
    const onRefresh = vi.fn(async () => videoAt(file.url('', 'fresh')));
    const preview = videoAt(file.url('', 'until=60000&kbps=1200'));
    const screen = await render(<PreviewPlayer preview={preview} muted autoPlay onRefresh={onRefresh} />);
    await isPlaying(screen.container);
    const video = videoOf(screen.container);
    video.pause();
    const { currentTime } = video;
    video.playbackRate = 1.5;
    // Beyond what has come.
    video.currentTime = 5;
    await expect.poll(() => video.src).toBe(file.url('', 'fresh'));
    await expect.poll(() => video.currentTime).toBeCloseTo(5, 0);
    expect(currentTime).toBeLessThan(4);
    expect(video.paused).toBe(true);
    expect(video.playbackRate).toBe(1.5);
    expect(onRefresh).toHaveBeenCalledOnce();
    await video.play();
    await isPlaying(screen.container);
  });
});

describe('a card in a list', () => {
  it('reads its container through the provider when the address that it came with has run out', async () => {
    const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
    const id = world.simulator.addContainer({ state: 'completed', generation: { kind: 'image' } });
    const record = await world.client.getContainer(id);
    const row = { ...record, preview: imageOfItsOwn().at(EXPIRED) };
    const screen = await render(
      <div style={{ display: 'grid', gridTemplateColumns: '150px 150px' }}>
        <ContainerCard container={row} />
        <ContainerCard container={row} />
      </div>,
      { wrapper: world.wrapper },
    );
    const images = () => [...screen.container.querySelectorAll('img')];
    await expect.poll(() => images().map(({ naturalWidth }) => naturalWidth > 0)).toEqual([true, true]);
    expect(images()[0]?.src).toBe(record.preview?.primaryUrl);
    // One by this test, one for both cards.
    expect(world.reads(/\/v1\/content\/[^/]+$/)).toHaveLength(2);
  });

  it('asks its host where there is no provider', async () => {
    const world = createWorld();
    const record = await world.client.getContainer(world.simulator.addContainer({ state: 'completed', generation: { kind: 'image' } }));
    const { at } = imageOfItsOwn();
    const onRefresh = vi.fn(async () => at('fresh'));
    const screen = await render(<ContainerCard container={{ ...record, preview: at(EXPIRED) }} onRefresh={onRefresh} />);
    await expect.poll(() => stateOf(screen.container)).toBe('ready');
    expect(onRefresh).toHaveBeenCalledOnce();
  });
});

describe('a video without a poster', () => {
  it('has a word in its place while others have the seats', async () => {
    limitLiveVideos(1);
    const screen = await render(
      <main style={{ display: 'grid', gridTemplateColumns: 'repeat(3, 120px)' }}>
        <h1>Three</h1>
        {['One', 'Two', 'Three'].map((name) => (
          <PreviewPlayer key={name} preview={previews.videoWithoutPoster} alt={name} />
        ))}
      </main>,
    );
    await expect.poll(() => screen.container.querySelectorAll('video').length).toBe(1);
    const signs = [...screen.container.querySelectorAll('[data-part="frame"]')].map((frame) => {
      const sign = frame.querySelector('[data-part="blank"]')?.getBoundingClientRect();
      const button = frame.querySelector('[data-part="play"]')?.getBoundingClientRect();
      return sign && button && sign.height > 0 && sign.top >= button.bottom;
    });
    expect(signs).toEqual([true, true, true]);
    expect(await findViolations(screen.container)).toEqual([]);
  });
});
