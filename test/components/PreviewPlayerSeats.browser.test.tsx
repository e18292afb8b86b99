import '../../src/styles/index.css';
import { afterEach, describe, expect, it } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { limitLiveVideos, PreviewPlayer } from '../../src/components/index.js';
import { frames } from '../support/frames.js';
import { fileOfItsOwn, isPlaying, stateOf, videoAt, videoOf } from './realMedia.js';
import { previews } from './support.js';

afterEach(async () => {
  await cleanup();
  limitLiveVideos(6);
  window.scrollTo({ top: 0, behavior: 'instant' });
});

it('a video that plays by itself and has to make room can be played again by its button', async () => {
  limitLiveVideos(1);
  const screen = await render(
    <div style={{ display: 'grid', gridTemplateColumns: '120px 120px' }}>
      <PreviewPlayer preview={previews.video} alt="One" muted loop autoPlay exclusive={false} />
      <PreviewPlayer preview={previews.otherVideo} alt="Two" muted loop exclusive={false} />
    </div>,
  );
  const states = () => [...screen.container.querySelectorAll<HTMLElement>('.layers-PreviewPlayer')].map(({ dataset }) => dataset.state);
  await expect.poll(states).toEqual(['playing', 'idle']);
  await screen.getByRole('button', { name: 'Play video: Two' }).click();
  await expect.poll(states).toEqual(['idle', 'playing']);
  await screen.getByRole('button', { name: 'Play video: One' }).click();
  await expect.poll(states).toEqual(['playing', 'idle']);
});

it.skipIf(!document.pictureInPictureEnabled)('a video off the screen stops once the window of its own is closed', async () => {
  const screen = await render(
    <div style={{ inlineSize: 180 }}>
      <PreviewPlayer preview={previews.video} muted loop />
      <div style={{ blockSize: 3000 }} />
    </div>,
  );
  await screen.getByRole('button', { name: 'Play video' }).click();
  await isPlaying(screen.container);
  const video = videoOf(screen.container);
  await video.requestPictureInPicture();
  window.scrollTo({ top: 2500, behavior: 'instant' });
  await frames();
  expect(videoOf(screen.container)).toBe(video);
  expect(video.paused).toBe(false);
  await document.exitPictureInPicture();
  await expect.poll(() => videoOf(screen.container)).toBeNull();
  expect(video.paused).toBe(true);
});

describe('the poster of a video', () => {
  it('stays over it until it has begun, and does not come back where it waits for more', async () => {
    const file = fileOfItsOwn();
    const screen = await render(<PreviewPlayer preview={videoAt(file.url('hold=1'))} muted autoPlay loop />);
    await expect.poll(() => stateOf(screen.container)).toBe('loading');
    const video = videoOf(screen.container);
    video.style.transition = 'none';
    expect(getComputedStyle(video).opacity).toBe('0');
    await file.release();
    await isPlaying(screen.container);
    // Nothing that comes afterwards ends the waiting.
    video.pause();
    await expect.poll(() => stateOf(screen.container)).toBe('paused');
    video.dispatchEvent(new Event('waiting'));
    await expect.poll(() => stateOf(screen.container)).toBe('loading');
    expect(getComputedStyle(video).opacity).toBe('1');
  });
});
